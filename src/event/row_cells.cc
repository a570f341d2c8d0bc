#include "event/row_cells.h"

#include <algorithm>
#include <bit>
#include <cstring>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

namespace nepho::event {
namespace {

constexpr std::size_t kWord = 64;

struct Marks {
  std::uint64_t blanks = 0;
  std::uint64_t tabs = 0;
  std::uint64_t closes = 0;
  std::uint64_t odd = 0;
  std::uint64_t wild = 0;
};

#if defined(__SSE2__)
Marks marks_of(const char* bytes) {
  Marks marks;
  for (unsigned at = 0; at < kWord; at += 16) {
    const __m128i sixteen = _mm_loadu_si128(reinterpret_cast<const __m128i*>(bytes + at));
    const auto is = [&](char c) { return _mm_cmpeq_epi8(sixteen, _mm_set1_epi8(c)); };
    const auto bits = [&](__m128i found) {
      return static_cast<std::uint64_t>(static_cast<unsigned>(_mm_movemask_epi8(found))) << at;
    };
    const __m128i quotes = is('"');
    // Bytes from 0x80 on are negative, below the blank like control characters.
    const __m128i below = _mm_cmplt_epi8(sixteen, _mm_set1_epi8(' '));
    const __m128i others = _mm_or_si128(is('\\'), is('\x7f'));
    const __m128i tabs = is('\t');
    marks.blanks |= bits(is(' '));
    marks.tabs |= bits(tabs);
    marks.wild |= bits(_mm_andnot_si128(tabs, below));
    marks.closes |= bits(_mm_or_si128(quotes, is(']')));
    marks.odd |= bits(_mm_or_si128(_mm_or_si128(below, others), quotes));
  }
  return marks;
}
#else
Marks marks_of(const char* bytes) {
  Marks marks;
  for (std::size_t at = 0; at < kWord; ++at) {
    const char c = bytes[at];
    const auto bit = std::uint64_t{1} << at;
    const auto byte = static_cast<unsigned char>(c);
    if (c == ' ') marks.blanks |= bit;
    if (c == '\t') marks.tabs |= bit;
    if (c == '"' || c == ']') marks.closes |= bit;
    if (byte < ' ' || byte >= 0x7f || c == '"' || c == '\\') marks.odd |= bit;
    if ((byte < ' ' && c != '\t') || byte >= 0x80) marks.wild |= bit;
  }
  return marks;
}
#endif

}  // namespace

void RowCells::take(std::string_view row) {
  size_ = row.size();
  used_ = kBefore + size_ + 1;
  const std::size_t wanted = 2 * used_ + kWord + kPadding;  // room to join all cells once
  if (bytes_.size() < wanted) bytes_.resize(2 * wanted);
  std::memcpy(bytes_.data() + kBefore, row.data(), size_);
  std::memset(bytes_.data() + end(), 0, kPadding);
  num_stops_ = num_cells_ = 0;
  mark();
}

// Bits of what stands before and behind the row are taken out.
void RowCells::mark() {
  const std::size_t words = end() / kWord + 1;
  if (odd_.size() < words) {
    for (Mask* mask : {&blanks_, &tabs_, &closes_, &odd_}) mask->resize(2 * words);
  }
  std::uint64_t odd = 0;
  std::uint64_t wild = 0;
  std::uint64_t tabs = 0;
  for (std::size_t word = 0; word < words; ++word) {
    const Marks marks = marks_of(bytes_.data() + word * kWord);
    std::uint64_t within = word == 0 ? ~std::uint64_t{0} << kBefore : ~std::uint64_t{0};
    if (word + 1 == words) within &= ~(~std::uint64_t{0} << (end() % kWord));
    blanks_[word] = marks.blanks & within;
    tabs_[word] = marks.tabs & within;
    closes_[word] = marks.closes & within;
    odd_[word] = marks.odd & within;
    odd |= odd_[word];
    tabs |= tabs_[word];
    wild |= marks.wild & within;
  }
  has_odd_ = odd != 0;
  is_wild_ = wild != 0;
  holds_tabs_ = tabs != 0;
}

bool RowCells::any(const Mask& mask, std::uint32_t begin, std::uint32_t end) const {
  if (begin >= end) return false;
  const std::uint64_t from = ~std::uint64_t{0} << (begin % kWord);
  const std::uint64_t to = ~std::uint64_t{0} >> (kWord - 1 - (end - 1) % kWord);
  std::size_t word = begin / kWord;
  const std::size_t last = (end - 1) / kWord;
  if (word == last) return (mask[word] & from & to) != 0;
  if ((mask[word] & from) != 0) return true;
  while (++word < last) {
    if (mask[word] != 0) return true;
  }
  return (mask[last] & to) != 0;
}

std::uint32_t* RowCells::put_places(const Mask& mask, std::uint32_t* next) const {
  const std::size_t words = end() / kWord + 1;
  for (std::size_t word = 0; word < words; ++word) {
    for (std::uint64_t bits = mask[word]; bits != 0; bits &= bits - 1) {
      *next++ = static_cast<std::uint32_t>(word * kWord) +
                static_cast<std::uint32_t>(std::countr_zero(bits));
    }
  }
  return next;
}

std::span<const std::uint32_t> RowCells::stops(char separator) {
  if (num_stops_ != 0 && stops_of_ == separator) return {stops_.data(), num_stops_};
  stops_of_ = separator;
  if (stops_.size() < size_ + 1) stops_.resize(2 * (size_ + 1));
  std::uint32_t* next = stops_.data();
  if (separator == ' ' || separator == '\t') {
    next = put_places(separator == ' ' ? blanks_ : tabs_, next);
  } else {
    const char* const first = bytes_.data();
    for (std::uint32_t at = begin(); at < end(); ++at) {
      const void* found = std::memchr(first + at, separator, end() - at);
      if (found == nullptr) break;
      at = static_cast<std::uint32_t>(static_cast<const char*>(found) - first);
      *next++ = at;
    }
  }
  *next++ = end();
  num_stops_ = static_cast<std::size_t>(next - stops_.data());
  return {stops_.data(), num_stops_};
}

// Not everybody escapes quotes within quotes: the one that ends the cell is the one behind which it
// is over. The row's end where there is none.
std::uint32_t RowCells::end_of_quoted(std::uint32_t begin, char close, char separator) const {
  const std::uint32_t from = begin + 1;
  const std::size_t words = end() / kWord + 1;
  std::uint64_t within = ~std::uint64_t{0} << (from % kWord);
  for (std::size_t word = from / kWord; word < words; ++word, within = ~std::uint64_t{0}) {
    for (std::uint64_t bits = closes_[word] & within; bits != 0; bits &= bits - 1) {
      const auto at = static_cast<std::uint32_t>(word * kWord) +
                      static_cast<std::uint32_t>(std::countr_zero(bits));
      if (bytes_[at] != close) continue;
      if (at + 1 == end() || bytes_[at + 1] == separator) return at;
    }
  }
  return end();
}

void RowCells::cut(char separator, std::size_t most) {
  const auto stops = this->stops(separator);
  if (cells_.size() < stops.size()) cells_.resize(2 * stops.size());
  Cell* cell = cells_.data();
  Cell* const last = cell + std::min(most, stops.size());
  std::uint32_t at = begin();
  for (const std::uint32_t* stop = stops.data(); cell < last && at <= end(); ++stop) {
    const char open = bytes_[at];
    if (open == '"' || open == '[') {
      const std::uint32_t quoted = end_of_quoted(at, open == '"' ? '"' : ']', separator);
      if (quoted != end()) {
        *cell++ = {at + 1, quoted};
        at = quoted + 2;
        while (*stop < quoted) ++stop;  // to the one behind the quote, or the row's end
        continue;
      }
    }
    *cell++ = {at, *stop};
    at = *stop + 1;
  }
  num_cells_ = static_cast<std::size_t>(cell - cells_.data());
}

std::optional<RowCells::Cell> RowCells::join(std::span<const std::size_t> columns) {
  Cell joined{static_cast<std::uint32_t>(used_), static_cast<std::uint32_t>(used_)};
  for (const std::size_t column : columns) {
    if (column >= num_cells_) continue;
    const std::string_view cell = text(cells_[column]);
    const std::size_t end = joined.end + 1 + cell.size();
    if (!is_plain(cells_[column]) || end + 1 + kPadding > bytes_.size()) return std::nullopt;
    if (joined.end != joined.begin) bytes_[joined.end++] = ' ';
    std::memcpy(bytes_.data() + joined.end, cell.data(), cell.size());
    joined.end += static_cast<std::uint32_t>(cell.size());
  }
  bytes_[joined.end] = '\0';
  used_ = joined.end + 1;
  return joined;
}

}  // namespace nepho::event
