// Which log source a record is of, without building a tree.
#pragma once

#include <cstddef>
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

  // What a caller keeps between records: memory, and where the search began for the last one, since
  // records of one log mostly have the same keys. Belongs to one recogniser and one thread.
  class Memory {
    friend class Recogniser;
    std::uint64_t keys_ = 0;  // as RecordView::key_mask()
    std::size_t first_ = 0;   // the first way that these keys leave possible
    bool is_set_ = false;
    std::vector<event::RawValue> values_;
  };

  // The source of the record that `view` has just scanned, or nullptr.
  const event::LogSource* recognise(const event::RecordView& view, Memory& memory) const;

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
  // The first way from `from` on whose signs all have a key that is there.
  std::size_t first_possible(std::uint64_t there, std::size_t from) const;
  static bool bears(const event::RecordView& view, const Sign& sign,
                    std::vector<event::RawValue>& values);

  std::vector<Way> ways_;
};

}  // namespace nepho::plan
