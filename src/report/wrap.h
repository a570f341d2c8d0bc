// Breaking lines of text to a width.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace nepho::report {

// `lines`, each broken into pieces of at most `width` columns: at a blank, which goes; else behind
// a sign that joins words (, / : - . _); else anywhere between two characters. No text is lost but
// those blanks. A width of 0 breaks nothing.
std::vector<std::string> wrap(const std::vector<std::string>& lines, std::size_t width);

// The columns of the longest piece of `lines` that wrap() does not break while it need not.
std::size_t longest_word(const std::vector<std::string>& lines);

}  // namespace nepho::report
