// The cells of one row of text, found by bit masks over its bytes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace nepho::event {

// Cells stand between single separators. One that begins with a quote or a bracket goes to the
// quote or bracket behind which a separator or the row's end stands, and may hold separators; it
// counts without them. Where none stands so, it is a cell like any other.
//
// Keeps a copy of the row, with room before and behind it, so that views of cells may be read a
// vector at a time. One owner; no allocation after the first rows. Cost: about 0.15 ns a byte and
// 2 ns a cell; more where cells are parted by anything but blanks and tabs.
class RowCells {
 public:
  // Readable bytes behind every cell: as much as text::ShortText and text::kJsonPadding ask for.
  static constexpr std::size_t kPadding = 64;

  struct Cell {
    std::uint32_t begin = 0;  // in bytes()
    std::uint32_t end = 0;
  };

  // Takes another row, without its line end.
  void take(std::string_view row);
  // Where the separators of the row stand, in rising order, and last its end. Valid until the next
  // call with another separator.
  std::span<const std::uint32_t> stops(char separator);
  // Cuts the row into its first `most` cells at most.
  void cut(char separator, std::size_t most);

  std::string_view row() const { return {bytes_.data() + kBefore, size_}; }
  std::span<const Cell> cells() const { return {cells_.data(), num_cells_}; }
  std::string_view text(const Cell& cell) const {
    return {bytes_.data() + cell.begin, cell.end - cell.begin};
  }
  // Whether a cell stands in JSON as it stands here: it holds no control character, quote,
  // backslash, DEL or byte that is not ASCII.
  bool is_plain(const Cell& cell) const { return !has_odd_ || !any(odd_, cell.begin, cell.end); }
  // Whether the row holds control characters other than tabs, or bytes that are not ASCII.
  bool is_wild() const { return is_wild_; }
  bool holds_tabs() const { return holds_tabs_; }
  std::uint32_t begin() const { return kBefore; }
  std::uint32_t end() const { return static_cast<std::uint32_t>(kBefore + size_); }

  // Writes these cells, those that the row has, behind the row with blanks between them. Nothing
  // where one of them is not plain, or there is no more room. Valid until take().
  std::optional<Cell> join(std::span<const std::size_t> columns);
  // The row and what was joined; the first byte is no cell's.
  std::string_view bytes() const { return {bytes_.data(), bytes_.size()}; }

 private:
  static constexpr std::uint32_t kBefore = 1;
  using Mask = std::vector<std::uint64_t>;  // bit n of word w: byte 64 w + n of bytes_

  bool any(const Mask& mask, std::uint32_t begin, std::uint32_t end) const;
  // Writes where the bits of a mask of the row stand; returns what is behind the last.
  std::uint32_t* put_places(const Mask& mask, std::uint32_t* next) const;
  std::uint32_t end_of_quoted(std::uint32_t begin, char close, char separator) const;
  void mark();

  std::vector<char> bytes_;
  std::size_t size_ = 0;  // of the row
  std::size_t used_ = kBefore;
  bool is_wild_ = false;
  bool has_odd_ = false;
  bool holds_tabs_ = false;
  Mask blanks_, tabs_, closes_, odd_;
  std::vector<std::uint32_t> stops_;
  std::size_t num_stops_ = 0;  // 0: not found yet
  char stops_of_ = '\0';
  std::vector<Cell> cells_;
  std::size_t num_cells_ = 0;
};

}  // namespace nepho::event
