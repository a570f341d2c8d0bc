// One JSON record read in place: checked once over the structural index, then looked into on
// demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/key_table.h"
#include "text/json.h"

namespace nepho::event {

// A value as it lies in the record's bytes. A view: valid as long as the buffer.
struct RawValue {
  text::JsonType type = text::JsonType::kNull;
  // For a string what stands between the quotes, escapes as they are; else the whole value.
  std::string_view raw;
  // Where its structural character stands in the index (for containers).
  std::uint32_t token = 0;

  bool is_container() const {
    return type == text::JsonType::kArray || type == text::JsonType::kObject;
  }
};

// A field path split once: for each dotted prefix ("a", "a.b", "a.b.c") its number in the key table
// and what remains of the path behind it. A plain value; belongs to the table it was made with.
struct FieldPath {
  struct Prefix {
    std::uint32_t key = 0;
    std::uint32_t rest = 0;  // offset of the remainder in `text`; text.size() when nothing remains
  };
  FieldPath(std::string path, KeyTable& keys);

  std::string text;
  std::vector<Prefix> prefixes;  // shortest first
};

enum class ScanFault : std::uint8_t { kNone, kMalformed, kTooDeep, kNotAnObject };

// Reads the records of one indexed text, one after another. scan() checks the grammar of RFC 8259
// over every token of the record (but for escapes in strings, see has_valid_escapes()) and notes
// where the top-level members lie whose keys are in the table. Everything below is walked only when
// asked for.
//
// One owner, no threads. No allocation after the first records. Cost: about 1 ns a token.
class RecordView {
 public:
  explicit RecordView(const KeyTable& keys) : keys_(&keys) {}

  // The text and its index from text::JsonIndexer; both must outlive the calls below.
  void reset(std::string_view text, std::span<const std::uint32_t> tokens);

  // Whether another value starts; commas between values are passed over.
  bool has_next();
  // Checks the record that starts here and moves behind it. After a fault nothing more can be read
  // from this text. A value that is no object is passed over and reported as kNotAnObject.
  ScanFault scan();

  // Of the record scanned last: its bytes, and its offset in the text.
  std::string_view source() const { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  // Whether the record has a top-level member with this number of the key table.
  bool has(std::uint32_t key) const;

  // Bit n is set when a top-level member has key number n; bit 63 stands for all from 63 on.
  std::uint64_t key_mask() const { return key_mask_; }

  // Appends every value at `path` to `out`, as event::resolve() defines it (arrays as themselves),
  // at most Limits.max_values_per_field.
  void resolve(const FieldPath& path, std::vector<RawValue>& out) const;

  // The members at the top whose keys are in the table, in the order of the record.
  struct Member {
    std::uint32_t key = 0;
    std::uint32_t token = 0;
  };
  std::span<const Member> members() const { return members_; }
  RawValue value_at(std::uint32_t token) const;
  // Appends the values at `rest` (a path, no leading dot; empty: the value itself) below a value.
  void resolve_below(std::uint32_t token, std::string_view rest, std::vector<RawValue>& out) const;

 private:
  char at(std::uint32_t token) const { return text_[tokens_[token]]; }
  std::string_view string_at(std::uint32_t token) const;
  std::uint32_t behind(std::uint32_t token) const;
  bool scan_members();
  bool scan_value();
  bool scan_container();
  bool scan_scalar();
  ScanFault fault() const { return too_deep_ ? ScanFault::kTooDeep : ScanFault::kMalformed; }

  const KeyTable* keys_;
  std::string_view text_;
  std::span<const std::uint32_t> tokens_;
  std::uint32_t token_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool too_deep_ = false;
  std::uint64_t key_mask_ = 0;
  std::vector<Member> members_;
  std::string decoded_key_;
};

// Whether `key`, raw as it stands between quotes, is `path` or a dotted prefix of it; `rest` is
// what remains of the path.
bool key_takes(std::string_view raw_key, std::string_view path, std::string_view& rest);

// Appends the decoded characters of a string, or the text of another scalar.
void append_text(const RawValue& value, std::string& out);

}  // namespace nepho::event
