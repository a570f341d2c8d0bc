#include "text/line_offsets.h"

#include <algorithm>

#include "base/utf8.h"

namespace nepho::text {
namespace {

// The length of the line break at `at`, 0 where there is none. libyaml counts lines by YAML 1.1
// section 5.4: CR alone and the three of Unicode (NEL, LS, PS) end a line as LF does.
std::size_t line_break_length(std::string_view text, std::size_t at, Counting counting) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with('\n')) return 1;
  if (counting != Counting::kYaml) return 0;
  if (rest.starts_with("\r\n")) return 2;
  if (rest.starts_with('\r')) return 1;
  if (rest.starts_with("\xC2\x85")) return 2;
  return rest.starts_with("\xE2\x80\xA8") || rest.starts_with("\xE2\x80\xA9") ? 3 : 0;
}

}  // namespace

LineOffsets::LineOffsets(std::string_view text, Counting counting)
    : text_(text), counting_(counting) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  begins_.push_back(text.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0);
  for (std::size_t at = begins_.front(); at < text.size();) {
    const std::size_t length = line_break_length(text, at, counting);
    at += std::max<std::size_t>(length, 1);
    if (length != 0) begins_.push_back(at);
  }
}

std::size_t LineOffsets::line_begin(std::size_t line) const {
  return line == 0 ? 0 : line <= begins_.size() ? begins_[line - 1] : text_.size();
}

std::size_t LineOffsets::offset_of(std::size_t line, std::size_t column) const {
  std::size_t at = line_begin(line);
  if (counting_ == Counting::kBytes)
    return std::min(at + std::max<std::size_t>(column, 1) - 1, text_.size());
  for (std::size_t passed = 1; passed < column && at < text_.size(); ++passed)
    at += first_code_point(text_.substr(at)).size;
  return at;
}

std::size_t LineOffsets::line_of(std::size_t offset) const {
  const auto next = std::ranges::upper_bound(begins_, offset);
  return std::max<std::size_t>(static_cast<std::size_t>(next - begins_.begin()), 1);
}

std::optional<Span> LineOffsets::find_scalar(std::size_t line, std::size_t column,
                                             std::string_view scalar) const {
  if (line == 0 || scalar.empty()) return std::nullopt;
  const std::size_t at = offset_of(line, column);
  const std::string_view rest = text_.substr(at);
  const bool is_quoted = rest.starts_with('"') || rest.starts_with('\'') || rest.starts_with('`');
  if (!is_quoted)
    return rest.starts_with(scalar) ? std::optional(Span{at, at + scalar.size()}) : std::nullopt;
  const std::string_view inner = rest.substr(1);
  const bool stands =
      inner.starts_with(scalar) && inner.size() > scalar.size() && inner[scalar.size()] == rest[0];
  return stands ? std::optional(Span{at + 1, at + 1 + scalar.size()}) : std::nullopt;
}

}  // namespace nepho::text
