// Which log source a record is of, without building a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "event/key_table.h"
#include "event/recognise.h"
#include "event/record_view.h"

namespace nepho::plan {

// The compiled form of event::recognise(), with the same answers. Immutable; safe to share between
// threads. Cost: a few ns for each way of recognition that the record's keys leave possible, mostly
// one to three of more than a hundred; each path of theirs once; all ways once for each set of keys
// that comes up.
class Recogniser {
 public:
  Recogniser() = default;
  // Registers the keys of the signs in `keys`.
  Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys);

  // What a caller keeps between records: which ways the keys of records left possible, since those
  // of one log have few different sets of keys. Belongs to one recogniser and one thread.
  class Memory {
    friend class Recogniser;
    struct Possible {
      bool is_set = false;
      std::uint64_t keys = 0;           // as RecordView::key_mask()
      std::vector<std::uint32_t> ways;  // in their order
    };
    // By hash, and of those with one hash any: 20 KiB, and 4 bytes a way.
    static constexpr std::size_t kNumPlaces = 512;
    static constexpr std::size_t kNumTogether = 4;
    std::vector<Possible> places_;
    std::size_t next_ = 0;  // which of those together is given up next
    // What stands at a path in the record numbered `epoch`: many ways look at the same. 32 bytes a
    // path, and those of the most values that stood there.
    struct Seen {
      std::uint64_t epoch = 0;
      std::vector<event::RawValue> values;
    };
    std::vector<Seen> seen_;  // by path
    std::uint64_t epoch_ = 0;
  };

  // The source of the record that `view` has just scanned, or nullptr.
  const event::LogSource* recognise(const event::RecordView& view, Memory& memory) const;

  // The source of every record of cells (RecordView::holds_cells()) that has the keys of this one
  // and any of the keys in `unsure` besides, or nullptr; nothing where it depends on which of them,
  // or on values. Cost: a look at every way.
  std::optional<const event::LogSource*> recognise_by_keys(
      const event::RecordView& view, const std::vector<std::uint32_t>& unsure) const;

 private:
  struct Sign {
    std::uint32_t path = 0;  // in paths_
    const std::vector<std::string>* values = nullptr;
    std::uint64_t keys = 0;  // one of these bits of RecordView::key_mask() must be set
  };
  struct Way {
    const event::LogSource* source = nullptr;
    std::vector<Sign> signs;
  };
  // The ways whose signs all have a key that may be there.
  const std::vector<std::uint32_t>& possible(std::uint64_t there, Memory& memory) const;
  const std::vector<std::uint32_t>& find_possible(std::uint64_t there,
                                                  Memory::Possible& place) const;
  bool bears(const event::RecordView& view, const Sign& sign, Memory& memory) const;
  const std::vector<event::RawValue>& values_at(std::uint32_t path, const event::RecordView& view,
                                                Memory& memory) const;

  std::vector<event::FieldPath> paths_;
  std::vector<Way> ways_;
};

}  // namespace nepho::plan
