// For tests: the elements of a page or picture, without their text. Two pages that differ only in
// what others wrote must have the same outline.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::report {

struct Outline {
  // Every start tag with the names of its attributes: "a class href", and how often it stands.
  std::map<std::string, std::size_t> elements;
  std::string fault;  // why it is not well-formed; empty when it is

  // How many start tags stand in one and not in the other; those of elements named in `but_for`
  // apart (a long name takes two lines of text).
  std::size_t num_unlike(const Outline& other,
                         std::initializer_list<std::string_view> but_for) const;
};

// Reads tags as an HTML tokenizer does, strictly: a '<' in text, an attribute without quotes, or an
// element that is closed out of order is a fault.
Outline outline(std::string_view markup);

// Texts that break out where escaping is forgotten; with those of ../shared/data/corpora beside the
// checkout (or under NEPHO_SHARED) where they are there.
std::vector<std::string> hostile_texts();

}  // namespace nepho::report
