// Which log source a record is of, without building a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/kept_by_row.h"
#include "event/key_mask.h"
#include "event/key_table.h"
#include "event/recognise.h"
#include "event/record_view.h"
#include "plan/outcome_tree.h"
#include "text/short_text.h"

namespace nepho::plan {

// The compiled form of event::recognise(), with the same answers. Immutable; safe to share between
// threads. Cost: some 5 ns for each path that records with the same row of keys were told by,
// mostly one to four; for a record whose row or whose outcome did not come yet, a few ns for each
// way of recognition that its keys leave possible, and all ways once for each set of keys.
class Recogniser {
 public:
  Recogniser() = default;
  // Registers the keys of the signs in `keys`, and has scans look for the signs themselves.
  Recogniser(const std::vector<event::Recognition>& order, event::KeyTable& keys,
             event::Trails& trails);

  // What a caller keeps between records: which ways the keys of records left possible, since those
  // of one log have few different sets of keys. Belongs to one recogniser and one thread.
  class Memory {
    friend class Recogniser;
    struct Possible {
      bool is_set = false;
      event::KeyMask keys;              // as RecordView::key_mask()
      std::vector<std::uint32_t> ways;  // in their order
    };
    // By the upper bits of the hash, which all its bits make; of those that share these, any. 70
    // KiB, and 4 bytes a way.
    static constexpr std::size_t kSetBits = 7;
    static constexpr std::size_t kNumTogether = 4;
    std::vector<Possible> places_;
    std::size_t next_ = 0;  // which of those together is given up next
    // A log has some dozen operations, of which each is met again; 88 bytes each.
    static constexpr std::size_t kToldBits = 6;
    // A text that stood at a path and which of the path's lists want it.
    struct Told {
      text::NameText text;
      std::uint64_t wanted = 0;
    };
    // What stands at a path in the record numbered `epoch`: many ways look at the same, and the
    // texts there repeat themselves from record to record.
    struct Seen {
      std::uint64_t epoch = 0;
      bool is_there = false;
      bool is_told = false;                 // `wanted` says which of the path's lists want it
      std::uint64_t wanted = 0;             // bit n: by list n
      std::vector<event::RawValue> values;  // where it is no short text
      std::vector<Told> told;               // by the upper bits of the hash, once asked for
    };
    std::vector<Seen> seen_;  // by path
    std::uint64_t epoch_ = 0;

    // What records with one row of keys (RecordView::row()) were, by what stood at paths.
    using Tree = OutcomeTree<const event::LogSource*>;
    event::KeptByRow<Tree> trees_;
    std::vector<Tree::Outcome> outcomes_;  // of the record at hand, while it is recognised

    void note(std::uint32_t path, const Seen& seen);
  };

  // The source of the record that `view` has just scanned, or nullptr.
  const event::LogSource* recognise(const event::RecordView& view, Memory& memory) const;

  // The source of every record of cells (RecordView::holds_cells()) that has the keys of this one
  // and any of the keys in `unsure` besides, or nullptr; nothing where it depends on which of them,
  // or on values. Cost: a look at every way.
  std::optional<const event::LogSource*> recognise_by_keys(
      const event::RecordView& view, const std::vector<std::uint32_t>& unsure) const;

 private:
  using List = std::vector<std::string>;
  struct Path {
    event::FieldPath path;
    std::vector<const List*> lists;  // of the signs on it that want values
  };
  struct Sign {
    std::uint32_t path = 0;  // in paths_
    const List* values = nullptr;
    std::uint32_t list = 0;      // of its path, where there are values
    event::KeyMask keys;         // one of these must be there,
    bool may_be_untold = false;  // or one that no mask tells
  };
  struct Way {
    const event::LogSource* source = nullptr;
    std::vector<Sign> signs;
  };
  // The ways whose signs all have a key that may be there.
  const std::vector<std::uint32_t>& possible(const event::KeyMask& there, Memory& memory) const;
  const std::vector<std::uint32_t>& find_possible(const event::KeyMask& there,
                                                  Memory::Possible& place) const;
  const event::LogSource* recognise_by_signs(const event::RecordView& view, Memory& memory) const;
  bool bears(const event::RecordView& view, const Sign& sign, Memory& memory) const;
  const Memory::Seen& look_at(std::uint32_t path, const event::RecordView& view,
                              Memory& memory) const;
  static std::optional<std::uint64_t> outcome_of(const Memory::Seen& seen);
  static std::uint64_t told(const Path& path, std::string_view text, Memory::Seen& seen);

  std::vector<Path> paths_;
  std::vector<Way> ways_;
};

}  // namespace nepho::plan
