// The names that one principal, account or address goes by in logs and in alerts.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::exercise {

using Names = std::set<std::string, std::less<>>;

// Adds all names that `text` may mean somebody by, in lower case: the whole; of an ARN its
// resource, role, user and session; of an AWS principal id ("AROA...:session") both halves; of a
// mail address what stands before the '@'. What says that nothing is known ("unknown", "-") has
// none.
void add_principal(std::string_view text, Names& names);

// Adds an account, project or tenant, or an address, in lower case.
void add_name(std::string_view text, Names& names);

// Whether two lists of names mean the same.
enum class Agreement : std::uint8_t {
  kUnknown,  // one has none, or none of the other's kind: nothing can be said
  kAgrees,   // they share one
  kDiffers,
};
// Ids are compared with ids only: an AWS account (12 digits) or a UUID says nothing of a name.
Agreement compare(const Names& one, const Names& other);

}  // namespace nepho::exercise
