// Under which of its prefixes a field may stand, known by the keys that a record has.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "event/field_places.h"
#include "event/kept_by_row.h"
#include "event/record_view.h"

namespace nepho::event {

// Fields with aliases may stand in thirty places and more, of which the records of one export have
// one or two. Records with one row of top-level keys have the same: they are looked for once a row
// and field, and kept while the row is among the latest.
//
// Bounded, whatever rows come. One owner, no threads; `paths` must outlive it.
class PrefixesByRow {
 public:
  explicit PrefixesByRow(std::span<const FieldPath> paths) : paths_(paths) {}

  // To be called for each record, with the view that has just scanned it.
  void begin(const RecordView& view) {
    view_ = &view;
    row_ = nullptr;
  }

  // What RecordView::prefixes_of() gives for path `number`, but for those whose key is not there.
  // Good until the next call.
  std::span<const FieldPath::Prefix> of(std::uint32_t number) {
    const auto all = view_->prefixes_of(paths_[number]);
    if (all.size() <= kFewPrefixes || view_->row() == 0) return all;
    if (row_ == nullptr) row_ = &row_of_record();
    const Stretch& known = row_->paths[number];
    return known.size == kUnknown ? learn(number, all)
                                  : std::span(row_->prefixes).subspan(known.begin, known.size);
  }

 private:
  // So many are looked at as quickly as what is known of them.
  static constexpr std::size_t kFewPrefixes = 2;
  static constexpr std::uint32_t kUnknown = 0xFFFFFFFF;
  struct Stretch {
    std::uint32_t begin = 0;
    std::uint32_t size = kUnknown;
  };
  struct Row {
    std::vector<Stretch> paths;  // of `prefixes`, by path; 8 bytes each
    std::vector<FieldPath::Prefix> prefixes;
  };
  Row& row_of_record();
  std::span<const FieldPath::Prefix> learn(std::uint32_t number,
                                           std::span<const FieldPath::Prefix> all);

  std::span<const FieldPath> paths_;
  const RecordView* view_ = nullptr;
  Row* row_ = nullptr;  // of the record in view_, once asked for
  KeptByRow<Row> rows_;
};

}  // namespace nepho::event
