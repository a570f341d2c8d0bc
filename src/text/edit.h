// Changing a few places of a text that someone else wrote, every other byte staying as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::text {

// In place of the `size` bytes at `offset` stands `replacement`.
struct Edit {
  std::size_t offset = 0;
  std::size_t size = 0;
  std::string replacement;
};

// `original` with all edits made. They must not overlap and lie within the text (CHECK); any order.
std::string apply_edits(std::string_view original, std::vector<Edit> edits);

// What the edits change, line by line, in the form of `diff -u0`: "@@ -3 +3 @@", then the old lines
// with '-' and the new ones with '+'. Without the two file lines at the top; empty when nothing
// changes.
std::string diff_of_edits(std::string_view original, std::vector<Edit> edits);

}  // namespace nepho::text
