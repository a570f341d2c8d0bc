// Matching works on segments: the rows of literals and '?' between two stars. A segment after a
// star goes to its leftmost place, which never rules out a match of what follows; the last one must
// end where the text ends. That is why no backtracking is needed.
#include "text/wildcard.h"

#include <algorithm>
#include <span>

#include "base/check.h"
#include "base/utf8.h"
#include "text/fold.h"

namespace nepho::text {
namespace {

using Piece = WildcardPattern::Piece;
using Kind = WildcardPattern::Kind;
using Segment = std::span<const Piece>;

constexpr std::size_t kNowhere = std::string_view::npos;

constexpr bool is_ascii(char byte) { return static_cast<unsigned char>(byte) < 0x80; }
constexpr bool is_upper(char byte) { return byte >= 'A' && byte <= 'Z'; }
constexpr char lower(char byte) { return is_upper(byte) ? static_cast<char>(byte | 0x20) : byte; }

// How two texts are compared: byte for byte. `match_at` gives where `literal` ends when it stands
// at `at`, else kNowhere.
struct ByBytes {
  static std::size_t match_at(std::string_view text, std::size_t at, std::string_view literal) {
    return text.substr(at).starts_with(literal) ? at + literal.size() : kNowhere;
  }
  static bool may_start(char byte, char first) { return byte == first; }
};

// The same with the text folded on the way; `literal` is folded already. Simple folding maps one
// code point to one code point, so that both sides go in step.
struct ByFoldedText {
  static std::size_t match_at(std::string_view text, std::size_t at, std::string_view literal) {
    while (!literal.empty()) {
      if (at == text.size()) return kNowhere;
      if (is_ascii(text[at])) {
        if (lower(text[at]) != literal[0]) return kNowhere;
        ++at;
        literal.remove_prefix(1);
        continue;
      }
      const CodePoint ours = first_code_point(literal);
      const CodePoint theirs = first_code_point(text.substr(at));
      if (fold_case(theirs.value) != ours.value) return kNowhere;
      at += theirs.size;
      literal.remove_prefix(ours.size);
    }
    return at;
  }
  // A letter outside ASCII may fold into it (KELVIN SIGN), so it is never ruled out here.
  static bool may_start(char byte, char first) { return !is_ascii(byte) || lower(byte) == first; }
};

// Where `segment` ends when it stands at `at`, else kNowhere.
template <typename Compare>
std::size_t match_segment_at(std::string_view text, std::size_t at, Segment segment) {
  for (const Piece& piece : segment) {
    if (piece.kind == Kind::kLiteral) {
      at = Compare::match_at(text, at, piece.literal);
      if (at == kNowhere) return kNowhere;
    } else {
      if (at == text.size()) return kNowhere;
      at += first_code_point(text.substr(at)).size;
    }
  }
  return at;
}

// The first place from `at` on where a text beginning with `first` may stand, as far as ASCII
// tells: most of a long text is passed over here.
template <typename Compare>
std::size_t next_start(std::string_view text, std::size_t at, char first) {
  while (at < text.size() && is_ascii(text[at]) && !Compare::may_start(text[at], first)) ++at;
  return at;
}

// Where the leftmost occurrence of `segment` from `at` on ends, else kNowhere.
template <typename Compare>
std::size_t find_segment(std::string_view text, std::size_t at, Segment segment) {
  const bool has_first = !segment.empty() && segment[0].kind == Kind::kLiteral;
  for (;; at += first_code_point(text.substr(at)).size) {
    if (has_first) at = next_start<Compare>(text, at, segment[0].literal[0]);
    const std::size_t end = match_segment_at<Compare>(text, at, segment);
    if (end != kNowhere) return end;
    if (at == text.size()) return kNowhere;
  }
}

std::size_t num_code_points(std::string_view text) {
  std::size_t count = 0;
  for (; !text.empty(); ++count) text.remove_prefix(first_code_point(text).size);
  return count;
}

// The start of the code point that ends at `end` > 0; an invalid byte is one of its own.
std::size_t code_point_before(std::string_view text, std::size_t end) {
  const std::size_t longest = std::min<std::size_t>(end, 4);
  for (std::size_t size = longest; size > 1; --size)
    if (utf8_sequence_length(text.substr(end - size, size)) == size) return end - size;
  return end - 1;
}

// Whether `segment` stands at the end of `text`, not before `from`. Each code point of a segment
// takes one of the text, so the place is known.
template <typename Compare>
bool ends_with_segment(std::string_view text, std::size_t from, Segment segment) {
  std::size_t count = 0;
  for (const Piece& piece : segment)
    count += piece.kind == Kind::kLiteral ? num_code_points(piece.literal) : 1;
  std::size_t at = text.size();
  for (; count > 0; --count) {
    if (at <= from) return false;
    at = code_point_before(text, at);
  }
  return at >= from && match_segment_at<Compare>(text, at, segment) == text.size();
}

template <typename Compare>
bool matches_pieces(std::string_view text, Segment pieces) {
  const auto is_star = [](const Piece& piece) { return piece.kind == Kind::kAnyRun; };
  std::size_t at = 0;
  bool after_star = false;
  while (true) {
    const auto star = std::find_if(pieces.begin(), pieces.end(), is_star);
    const auto size = static_cast<std::size_t>(star - pieces.begin());
    const Segment segment = pieces.first(size);
    if (star == pieces.end()) {
      return after_star ? ends_with_segment<Compare>(text, at, segment)
                        : match_segment_at<Compare>(text, at, segment) == text.size();
    }
    at = after_star ? find_segment<Compare>(text, at, segment)
                    : match_segment_at<Compare>(text, at, segment);
    if (at == kNowhere) return false;
    pieces = pieces.subspan(size + 1);
    after_star = true;
  }
}

}  // namespace

WildcardPattern WildcardPattern::literal(std::string_view text) {
  WildcardPattern pattern;
  pattern.append_literal(text);
  return pattern;
}

void WildcardPattern::append_literal(std::string_view text) {
  if (text.empty()) return;
  if (pieces_.empty() || pieces_.back().kind != Kind::kLiteral)
    pieces_.push_back({Kind::kLiteral, {}});
  pieces_.back().literal += text;
}

void WildcardPattern::append_any_run() {
  if (pieces_.empty() || pieces_.back().kind != Kind::kAnyRun)
    pieces_.push_back({Kind::kAnyRun, {}});
}

void WildcardPattern::append_any_one() { pieces_.push_back({Kind::kAnyOne, {}}); }

void WildcardPattern::prepend_any_run() {
  if (pieces_.empty() || pieces_.front().kind != Kind::kAnyRun)
    pieces_.insert(pieces_.begin(), {Kind::kAnyRun, {}});
}

bool WildcardPattern::is_literal() const {
  return std::all_of(pieces_.begin(), pieces_.end(),
                     [](const Piece& piece) { return piece.kind == Kind::kLiteral; });
}

bool WildcardPattern::matches_everything() const {
  return pieces_.size() == 1 && pieces_[0].kind == Kind::kAnyRun;
}

std::string_view WildcardPattern::literal_text() const {
  CHECK(is_literal());
  return pieces_.empty() ? std::string_view{} : std::string_view(pieces_[0].literal);
}

std::string_view WildcardPattern::longest_literal() const {
  std::string_view longest;
  for (const Piece& piece : pieces_)
    if (piece.literal.size() > longest.size()) longest = piece.literal;
  return longest;
}

WildcardPattern WildcardPattern::folded() const {
  WildcardPattern pattern = *this;
  for (Piece& piece : pattern.pieces_) piece.literal = fold_case(piece.literal);
  return pattern;
}

bool WildcardPattern::matches(std::string_view text) const {
  return matches_pieces<ByBytes>(text, pieces_);
}

bool WildcardPattern::matches_ignoring_case(std::string_view text) const {
  return matches_pieces<ByFoldedText>(text, pieces_);
}

}  // namespace nepho::text
