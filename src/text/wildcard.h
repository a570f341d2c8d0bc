// Text with the wildcards of Sigma: '*' for any run of characters, '?' for one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::text {

// A pattern is a row of pieces: literal text, '*', '?'. It is anchored at both ends; '*' and '?'
// cross line ends, and '?' is one code point (Sigma specification 2.1, "Wildcards"). Neighbouring
// literals and neighbouring stars are joined. A plain value.
class WildcardPattern {
 public:
  enum class Kind : std::uint8_t { kLiteral, kAnyRun, kAnyOne };
  struct Piece {
    Kind kind = Kind::kLiteral;
    std::string literal;  // only kLiteral
    bool operator==(const Piece&) const = default;
  };

  WildcardPattern() = default;
  static WildcardPattern literal(std::string_view text);

  void append_literal(std::string_view text);
  void append_any_run();
  void append_any_one();
  // A '*' in front.
  void prepend_any_run();

  const std::vector<Piece>& pieces() const { return pieces_; }
  // No wildcard at all: the pattern is literal_text().
  bool is_literal() const;
  // Only "*": holds for every text.
  bool matches_everything() const;
  // The text of a literal pattern; CHECKs is_literal().
  std::string_view literal_text() const;
  // The longest literal piece: every text that matches holds it (under the same folding). Empty
  // when there is none.
  std::string_view longest_literal() const;

  // The pattern with every literal folded (text/fold.h): what matches_folded() needs.
  WildcardPattern folded() const;

  // Whether the whole of `text` matches, byte for byte. O(text * pattern) at worst, in practice
  // linear; never exponential, however many stars.
  bool matches(std::string_view text) const;
  // The same without regard to case: this pattern must be folded(). Folds no more than it looks at.
  bool matches_ignoring_case(std::string_view text) const;

  bool operator==(const WildcardPattern&) const = default;

 private:
  std::vector<Piece> pieces_;
};

}  // namespace nepho::text
