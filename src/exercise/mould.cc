#include "exercise/mould.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "exercise/functions.h"

namespace nepho::exercise {
namespace {

// Nobody's text; if it were, a record would differ from what its template makes, which tests of all
// that is played would show.
constexpr std::string_view kBegin = "qN8xHole";
constexpr std::size_t kDigits = 6;

std::optional<std::size_t> number_at(std::string_view digits) {
  std::size_t number = 0;
  if (digits.size() < kDigits) return std::nullopt;
  const char* const end = digits.data() + kDigits;
  const auto [read_to, error] = std::from_chars(digits.data(), end, number);
  if (error != std::errc{} || read_to != end) return std::nullopt;
  return number;
}

Result<std::string> made_by(const Mould::Hole& hole, Random& random, std::chrono::days later) {
  Result<std::optional<std::string>> made =
      hole.time ? time_text(hole.function, hole.argument, *hole.time + later)
                : drawn_text(hole.function, hole.argument, random);
  return std::move(made).transform(
      [](std::optional<std::string> text) { return std::move(text).value_or(""); });
}

}  // namespace

std::string Mould::mark(std::size_t number) {
  return fmt::format("{}{:0{}}", kBegin, number, kDigits);
}

Mould::Mould(std::string_view marked, std::vector<Hole> holes) : holes_(std::move(holes)) {
  Piece piece;
  while (!marked.empty()) {
    const std::size_t at = std::min(marked.find(kBegin), marked.size());
    piece.literal += marked.substr(0, at);
    marked.remove_prefix(at);
    if (marked.empty()) break;
    const auto number = number_at(marked.substr(kBegin.size()));
    if (!number || *number >= holes_.size()) {
      piece.literal += kBegin;
      marked.remove_prefix(kBegin.size());
      continue;
    }
    piece.hole = number;
    pieces_.push_back(std::move(piece));
    piece = {};
    marked.remove_prefix(kBegin.size() + kDigits);
  }
  pieces_.push_back(std::move(piece));
}

Result<void> Mould::fill(Random random, std::chrono::days later, std::string& out) const {
  std::vector<std::string> made;
  made.reserve(holes_.size());
  for (const Hole& hole : holes_) {
    auto text = made_by(hole, random, later);
    if (!text) return std::unexpected(std::move(text.error()));
    made.push_back(*std::move(text));
  }
  for (const auto& [literal, hole] : pieces_) {
    out += literal;
    if (hole) out += made[*hole];
  }
  return {};
}

}  // namespace nepho::exercise
