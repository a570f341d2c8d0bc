// A match that correlations need, in the form in which it waits for its turn: until all matches of
// the run are known and stand in the order of their times.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "detect/match.h"
#include "event/field_places.h"
#include "event/record_view.h"

namespace nepho::detect {

// All of a match but its texts. Trivial: written to disk as it is, and read back by the same
// program.
struct StoredHead {
  Instant time;
  EventPlace place;
  EventKey key;
  std::uint64_t fingerprint = 0;  // of the record's bytes: the same for copies of an event
  std::uint32_t rule = 0;         // index into plan.rules()
  std::uint32_t source_plan = 0;
  std::uint32_t num_columns = 0;
  std::uint32_t num_bytes = 0;  // of its texts
  bool is_repeat = false;

  // By time, then place, then rule: the order in which correlations are asked.
  auto order() const { return std::tuple(time, place.file, place.sequence, place.ordinal, rule); }
  bool same_event(const StoredHead& other) const {
    return place.file == other.place.file && place.sequence == other.place.sequence &&
           place.ordinal == other.place.ordinal;
  }
};

// Matches with their texts, in the order of adding. Memory: what they are, packed.
struct StoredInputs {
  std::vector<StoredHead> heads;
  std::vector<std::uint64_t> begins;  // of each one's texts
  std::string texts;
  std::uint64_t num_untimed = 0;  // matches without a time, which have no place in any window

  void clear();
  void append(const StoredHead& head, std::string_view its_texts);
  // Leaves out those of events that were met before; their texts stay where they are.
  void drop_repeats();
  std::string_view texts_of(std::size_t i) const {
    return std::string_view(texts).substr(begins[i], heads[i].num_bytes);
  }
  std::size_t num_bytes() const {
    return heads.size() * (sizeof(StoredHead) + sizeof(std::uint64_t)) + texts.size();
  }
};

// The value that a field has for correlations: the first that is not null, decoded; of an array or
// an object its compact JSON text. Nothing when there is none. Longer than kMaxColumnBytes it is
// cut and ends in a hash of the whole, so that different values stay different.
inline constexpr std::size_t kMaxColumnBytes = 1024;  // a guess: an ARN has up to 300
std::optional<std::string> column_value(std::span<const event::RawValue> values);

// Appends `match` with the values at `columns` in the record that `view` has just scanned.
// `scratch` is the caller's.
void store_input(const Match& match, std::span<const event::FieldPath> columns,
                 const event::RecordView& view, std::vector<event::RawValue>& scratch,
                 StoredInputs& stored);

// The texts of a stored match, read back.
struct StoredTexts {
  std::vector<std::optional<std::string_view>> columns;
  std::string_view actor;
  std::string_view source_ip;
  std::string_view account;
  std::string_view event;
};
// Views into `texts`.
void read_texts(const StoredHead& head, std::string_view texts, StoredTexts& read);

}  // namespace nepho::detect
