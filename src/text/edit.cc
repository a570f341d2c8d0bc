// Edits refer to the text before any of them, so they can be collected in any order and from
// several passes. They are made in one pass from the front: the order among several at one offset
// is that in which they were given (a stable sort), which lets an insertion stand before a removal.
#include "text/edit.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/check.h"

namespace nepho::text {
namespace {

void put_in_order(std::vector<Edit>& edits) { std::ranges::stable_sort(edits, {}, &Edit::offset); }

// The bytes [begin, end) of `original` with the edits that lie in them.
std::string edited(std::string_view original, std::size_t begin, std::size_t end,
                   std::span<const Edit> edits) {
  std::string out;
  for (const Edit& edit : edits) {
    CHECK(edit.offset >= begin && edit.offset + edit.size <= end);
    out += original.substr(begin, edit.offset - begin);
    out += edit.replacement;
    begin = edit.offset + edit.size;
  }
  return out += original.substr(begin, end - begin);
}

std::size_t line_begin(std::string_view text, std::size_t offset) {
  if (offset == 0) return 0;
  const std::size_t before = text.rfind('\n', offset - 1);
  return before == std::string_view::npos ? 0 : before + 1;
}

// Behind the line end of the line that `offset` stands in.
std::size_t line_end(std::string_view text, std::size_t offset) {
  const std::size_t end = text.find('\n', offset);
  return end == std::string_view::npos ? text.size() : end + 1;
}

std::size_t count_lines(std::string_view text) {
  const auto ends = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return ends + (text.empty() || text.ends_with('\n') ? 0 : 1);
}

void append_lines(std::string_view text, char sign, std::string& out) {
  while (!text.empty()) {
    const std::size_t end = line_end(text, 0);
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end);
    while (line.ends_with('\n') || line.ends_with('\r')) line.remove_suffix(1);
    out += sign;
    out += line;
    out += '\n';
  }
}

std::string range_of(std::size_t line, std::size_t count) {
  return count == 1 ? std::to_string(line) : fmt::format("{},{}", line, count);
}

}  // namespace

std::string apply_edits(std::string_view original, std::vector<Edit> edits) {
  put_in_order(edits);
  return edited(original, 0, original.size(), edits);
}

std::string diff_of_edits(std::string_view original, std::vector<Edit> edits) {
  put_in_order(edits);
  std::string out;
  std::size_t old_line = 1;
  std::size_t new_line = 1;
  std::size_t at = 0;  // where old_line and new_line stand
  for (std::size_t i = 0; i < edits.size();) {
    const std::size_t begin = line_begin(original, edits[i].offset);
    std::size_t end = begin;
    std::size_t next = i;
    // Edits whose lines touch are one change. One that ends with a line takes no more than it.
    // `end` is the end of a line, so what lies before it needs no look at its line's: a line may be
    // the whole text and have very many edits.
    while (next < edits.size() && (next == i || edits[next].offset < end ||
                                   line_begin(original, edits[next].offset) <= end)) {
      const Edit& edit = edits[next++];
      const std::size_t last = edit.offset + (edit.size == 0 ? 0 : edit.size - 1);
      if (last >= end) end = line_end(original, last);
    }
    const std::string_view before = original.substr(begin, end - begin);
    const std::string after = edited(original, begin, end, std::span(edits).subspan(i, next - i));
    const std::size_t between = count_lines(original.substr(at, begin - at));
    old_line += between;
    new_line += between;
    if (before != after) {
      out += fmt::format("@@ -{} +{} @@\n", range_of(old_line, count_lines(before)),
                         range_of(new_line, count_lines(after)));
      append_lines(before, '-', out);
      append_lines(after, '+', out);
    }
    old_line += count_lines(before);
    new_line += count_lines(after);
    at = end;
    i = next;
  }
  return out;
}

}  // namespace nepho::text
