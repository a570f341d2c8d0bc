// What is kept of the rows of keys that came last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "text/short_text.h"

namespace nepho::event {

// A memory by RecordView::row(): a log has some dozens of rows, from which much follows. Each row
// has one of 256 places, which it may have to leave to another. One owner, no threads.
template <typename Kept>
class KeptByRow {
 public:
  // What is kept of a row, which is not 0; `begin` makes it what it is for a row that has no place.
  // Good until the next call with another row.
  template <typename Begin>
  Kept& of(std::uint64_t row, Begin begin) {
    if (places_.empty()) places_.resize(std::size_t{1} << kPlacesBits);
    // Views number their rows from one on, in the lower half: all bits must count.
    Place& place = places_[text::hash_with(0, row) >> (64U - kPlacesBits)];
    if (place.row != row) {
      place.row = row;
      begin(place.kept);
    }
    return place.kept;
  }

 private:
  static constexpr unsigned kPlacesBits = 8;
  struct Place {
    std::uint64_t row = 0;
    Kept kept;
  };
  std::vector<Place> places_;  // once asked for
};

}  // namespace nepho::event
