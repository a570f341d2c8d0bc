// Which log source a record is of, without building a tree.
#pragma once

#include <cstdint>
#include <vector>

#include "event/key_table.h"
#include "event/recognise.h"
#include "event/record_view.h"

namespace nepho::plan {

// The compiled form of event::recognise(), with the same answers. Immutable; safe to share between
// threads. Cost: a few ns for a way of recognition whose keys the record does not have.
class Recogniser {
 public:
  Recogniser() = default;
  // Registers the keys of the signs in `keys`, best before anything else does (the first 63 are
  // fast).
  Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys);

  // The source of the record that `view` has just scanned, or nullptr. `scratch` is the caller's,
  // so that nothing is allocated on the usual path.
  const event::LogSource* recognise(const event::RecordView& view,
                                    std::vector<event::RawValue>& scratch) const;

 private:
  struct Sign {
    event::FieldPath path;
    const std::vector<std::string>* values = nullptr;
    std::uint64_t keys = 0;  // one of these bits of RecordView::key_mask() must be set
  };
  struct Way {
    const event::LogSource* source = nullptr;
    std::vector<Sign> signs;
  };
  static bool bears(const event::RecordView& view, const Sign& sign,
                    std::vector<event::RawValue>& scratch);

  std::vector<Way> ways_;
};

}  // namespace nepho::plan
