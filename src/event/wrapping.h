// What a record wraps that is of no log source itself, told without a tree.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/field_places.h"
#include "event/key_table.h"
#include "event/record_view.h"
#include "event/rows.h"

namespace nepho::event {

// The quick way beside unwrap() (event/envelope.h), for what logs have a million times: EventBridge
// around one event, AKS's line in Azure's diagnostics, AuditData in a row. It looks one wrapping
// deep, at one payload; lists, tables, texts that hold records, repeated keys and what lies deeper
// are for unwrap(). A text that holds none, as nearly every message does, is told here. Immutable;
// safe to share between threads.
class Wrapping {
 public:
  // Registers the keys of wrappings in `keys`. `lines` is what unwrap() is given and must outlive
  // this.
  explicit Wrapping(KeyTable& keys, const LineForms* lines = nullptr);

  struct Inside {
    enum class Kind : std::uint8_t {
      kNothing,  // the record is its own only one, and generic
      kPayload,  // one object: when a log source knows it, it is the only record
      // One object in a string under a key that we do not know: when no log source knows it and it
      // wraps nothing, the record is generic, else only unwrap() can tell.
      kPacked,
      kUnsure,  // only unwrap() can tell
    };
    Kind kind = Kind::kUnsure;
    std::string_view payload;       // in the record, or in `decoded`
    std::optional<RawValue> value;  // the payload, where it is in the record
    // Where the payload stands in the record's source(): its first byte, or the opening quote of
    // the string that holds it.
    std::size_t offset = 0;
  };
  // Of the record that `view` has just scanned and that no log source knows. `decoded` is the
  // caller's memory for what was packed in a string; as long as it is left alone `payload` is good.
  Inside look_into(const RecordView& view, std::string& decoded) const;

 private:
  struct Payload {
    FieldPath path;
    // Its first key and the whole as one key: nearly always, neither is there.
    std::uint32_t first = KeyTable::kAbsent;
    std::uint32_t joined = KeyTable::kAbsent;
    std::vector<FieldPath> outer;  // the first of two keys
  };
  enum class Found : std::uint8_t { kNothing, kOne, kUnsure };
  static Found find(const RecordView& view, const Payload& payload, RawValue& value);
  static Inside look_for_packed(std::string_view record, std::string& decoded);
  bool may_hold_records(std::string_view text) const;

  std::vector<std::uint32_t> lists_;  // keys that only unwrap() looks into
  std::vector<Payload> payloads_;
  const LineForms* lines_;
};

}  // namespace nepho::event
