// Changes of single values: what a client sends, and the names that whoever acts may choose.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "exercise/context.h"
#include "exercise/played.h"

namespace nepho::exercise {

// Each field of each record that the edit (kSet) is for gets its text of this variant. An address
// of the organisation's own is not put in: nobody can choose to come from there.
void set_values(const Edit& edit, std::size_t variant, const Context& context, Played& played);

// The values of the fields are collected over all records that the edit (kRename) is for; then each
// gives way to another wherever it stands, as a word, in any record. Two names stay two: the n-th
// takes the text n places on. Those shorter than 3 characters are left, as they stand in too much
// that means something else. Addresses as above.
void rename_values(const Edit& edit, std::size_t variant, const Context& context, Played& played);

// "iam:PassRole" -> "IAM:pASSrOLE"; of ASCII letters only.
std::string with_case_swapped(std::string_view text);
// Every letter of a URL's path and query, or of a part of them, as %XX (RFC 3986, section 2.1), but
// for those of escapes that are there.
std::string with_letters_percent_encoded(std::string_view text);
// "CreateFunction20150331" -> "CreateFunction20261101", "io.k8s.core.v1.pods.get" -> "...v2...",
// and "CreateUser" -> "CreateUser20150331": the ways in which events have been renamed.
std::string with_next_version(std::string_view text);

}  // namespace nepho::exercise
