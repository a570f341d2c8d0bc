// Everything works on the pieces of a pattern, so that wildcards go through where they have a
// meaning (windash, utf16) and are refused where they have none (base64).
#include "sigma/encoding.h"

#include <fmt/format.h>

#include <array>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "sigma/errors.h"
#include "text/base64.h"

namespace nepho::sigma {
namespace {

using text::WildcardPattern;
using Kind = WildcardPattern::Kind;

// The characters that start a command line's option (modifiers appendix 2.1, "windash").
constexpr auto kDashes = std::to_array<std::string_view>({"-", "/", "\u2013", "\u2014", "\u2015"});

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// The length of the dash at `at` of `text` if it begins a word, else 0.
std::size_t dash_length(std::string_view text, std::size_t at) {
  if (at > 0 && is_word(text[at - 1])) return 0;
  for (const std::string_view dash : kDashes) {
    const bool begins_word = text.substr(at).starts_with(dash) && at + dash.size() < text.size() &&
                             is_word(text[at + dash.size()]);
    if (begins_word) return dash.size();
  }
  return 0;
}

// Appends `literal` to every pattern in `patterns`, multiplied by the dashes in it.
Result<void> append_dashed(std::string_view literal, const Limits& limits,
                           std::vector<WildcardPattern>& patterns) {
  std::size_t begin = 0;
  for (std::size_t at = 0; at < literal.size(); ++at) {
    const std::size_t length = dash_length(literal, at);
    if (length == 0) continue;
    if (patterns.size() * kDashes.size() > limits.max_values_per_item)
      return fail(
          kTooMany,
          fmt::format("windash makes more than {} values of this one", limits.max_values_per_item),
          {}, "split the value at its options and join the parts with |all");
    std::vector<WildcardPattern> longer;
    longer.reserve(patterns.size() * kDashes.size());
    for (const WildcardPattern& pattern : patterns) {
      for (const std::string_view dash : kDashes) {
        longer.push_back(pattern);
        longer.back().append_literal(literal.substr(begin, at - begin));
        longer.back().append_literal(dash);
      }
    }
    patterns = std::move(longer);
    begin = at + length;
  }
  for (WildcardPattern& pattern : patterns) pattern.append_literal(literal.substr(begin));
  return {};
}

Result<std::vector<WildcardPattern>> windash(const WildcardPattern& pattern, const Limits& limits) {
  std::vector<WildcardPattern> patterns(1);
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == Kind::kLiteral) {
      if (auto done = append_dashed(piece.literal, limits, patterns); !done)
        return std::unexpected(done.error());
      continue;
    }
    for (WildcardPattern& one : patterns)
      piece.kind == Kind::kAnyRun ? one.append_any_run() : one.append_any_one();
  }
  return patterns;
}

WildcardPattern with_literals(const WildcardPattern& pattern,
                              std::string (*encode)(std::string_view)) {
  WildcardPattern encoded;
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == Kind::kLiteral) encoded.append_literal(encode(piece.literal));
    if (piece.kind == Kind::kAnyRun) encoded.append_any_run();
    if (piece.kind == Kind::kAnyOne) encoded.append_any_one();
  }
  return encoded;
}

// What stays the same of the base64 of ...`bytes`... when it begins 0, 1 or 2 bytes into a group of
// three: characters that hold bits of what stands in front or behind are cut off.
std::vector<WildcardPattern> base64_offsets(std::string_view bytes) {
  constexpr std::array<std::size_t, 3> kCutInFront = {0, 2, 3};  // by the bytes in front
  constexpr std::array<std::size_t, 3> kCutBehind = {0, 3, 2};   // by the bytes in the last group
  std::vector<WildcardPattern> patterns;
  for (std::size_t offset = 0; offset < 3; ++offset) {
    const std::string encoded = text::to_base64(std::string(offset, ' ').append(bytes));
    const std::size_t begin = kCutInFront[offset];
    const std::size_t end = encoded.size() - kCutBehind[(offset + bytes.size()) % 3];
    if (begin < end)
      patterns.push_back(
          WildcardPattern::literal(std::string_view(encoded).substr(begin, end - begin)));
  }
  return patterns;
}

Result<std::vector<WildcardPattern>> encode_literal(Modifier modifier,
                                                    const WildcardPattern& pattern) {
  if (!pattern.is_literal())
    return fail(kBadValue, fmt::format("'{}' needs a value without wildcards", to_string(modifier)),
                {}, "put contains, startswith or endswith behind it; write \\* for the character");
  const std::string_view literal = pattern.literal_text();
  if (literal.empty())
    return fail(kBadValue,
                fmt::format("'{}' needs a value that is not empty", to_string(modifier)));
  if (modifier == Modifier::kBase64)
    return std::vector{WildcardPattern::literal(text::to_base64(literal))};
  if (modifier == Modifier::kUtf16)
    return std::vector{WildcardPattern::literal("\xFF\xFE" + text::to_utf16le(literal))};
  auto patterns = base64_offsets(literal);
  if (patterns.size() < 3)
    return fail(kBadValue, "'base64offset' needs a value of 2 bytes or more");
  return patterns;
}

std::vector<WildcardPattern> with_ends(WildcardPattern pattern, bool any_in_front,
                                       bool any_behind) {
  if (any_in_front) pattern.prepend_any_run();
  if (any_behind) pattern.append_any_run();
  return {std::move(pattern)};
}

}  // namespace

Result<std::vector<WildcardPattern>> apply(Modifier modifier, const WildcardPattern& pattern,
                                           const Limits& limits) {
  switch (modifier) {
    case Modifier::kContains: return with_ends(pattern, true, true);
    case Modifier::kStartsWith: return with_ends(pattern, false, true);
    case Modifier::kEndsWith: return with_ends(pattern, true, false);
    case Modifier::kWindash: return windash(pattern, limits);
    case Modifier::kUtf16Le: return std::vector{with_literals(pattern, text::to_utf16le)};
    case Modifier::kUtf16Be: return std::vector{with_literals(pattern, text::to_utf16be)};
    case Modifier::kBase64:
    case Modifier::kBase64Offset:
    case Modifier::kUtf16: return encode_literal(modifier, pattern);
    default: return std::vector{pattern};
  }
}

bool is_text(const WildcardPattern& pattern) {
  for (const auto& piece : pattern.pieces())
    if (first_invalid_utf8(piece.literal) != piece.literal.size()) return false;
  return true;
}

}  // namespace nepho::sigma
