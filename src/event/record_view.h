// One JSON record read in place: checked once over the structural index, then looked into on
// demand.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/field_places.h"
#include "event/key_mask.h"
#include "event/key_order.h"
#include "event/key_table.h"
#include "event/part_memory.h"
#include "event/trails.h"
#include "text/escape_index.h"
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

enum class ScanFault : std::uint8_t { kNone, kMalformed, kTooDeep, kNotAnObject };

// Reads the records of one indexed text, one after another. scan() checks the grammar of RFC 8259
// over every token of the record (but for escapes in strings, see text::EscapeIndex) and notes
// where the top-level members lie whose keys are in the table, and where the trails end. Everything
// else below is walked only when asked for.
//
// The key table must have all its keys before, and the trails, which must outlive the view. One
// owner, no threads. No allocation after the first records. Cost: about 1 ns a token.
class RecordView {
 public:
  explicit RecordView(const KeyTable& keys, const Trails* trails = nullptr);

  // The text, its index from text::JsonIndexer, and where its escapes are; without the last every
  // record may hold some. All must outlive the calls below.
  void reset(std::string_view text, std::span<const std::uint32_t> tokens,
             const text::EscapeIndex* escapes = nullptr);

  // The same for a value that another view gave of its text: scan() reads this one.
  void reset_to_value(const RecordView& whole, const RawValue& value);

  // Whether another value starts; commas between values are passed over.
  bool has_next();
  // Checks the record that starts here and moves behind it. After a fault nothing more can be read
  // from this text. A value that is no object is passed over and reported as kNotAnObject.
  ScanFault scan();

  // A record that is no JSON, in place of reset() and scan(): its members are stretches of a text,
  // added one after another, in which nothing is escaped. Member n stands between bounds[2n] and
  // bounds[2n + 1], none of which is 0; both must outlive the calls below. A string may not begin
  // with a bracket. source() is empty.
  void reset_to_cells(std::string_view text, std::span<const std::uint32_t> bounds);
  void add_cell(std::uint32_t key, std::uint32_t member, bool is_string);
  bool holds_cells() const { return holds_cells_; }

  // Of the record scanned last: its bytes, and its offset in the text.
  std::string_view source() const { return text_.substr(begin_, end_ - begin_); }
  std::size_t begin() const { return begin_; }
  std::size_t end() const { return end_; }
  // Whether a string of the record may be written with escapes: if not, raw texts are the texts.
  bool may_have_escapes() const {
    return escapes_ == nullptr || escapes_->may_stand_in(begin_, end_);
  }
  // Whether a text stands in what was given to reset(), and was not made by a part.
  bool is_of_text(std::string_view raw) const {
    return raw.data() >= text_.data() && raw.data() < text_.data() + text_.size();
  }
  // Whether the record has a top-level member with this number of the key table.
  bool has(std::uint32_t key) const { return chains_[key].epoch == epoch_; }

  // The number of the row of its top-level keys, which no other row of keys has, nor any row of
  // another view; 0 where it has none, as that of cells.
  std::uint64_t row() const { return row_; }
  // Those prefixes of `path` under which something may stand in this record.
  std::span<const FieldPath::Prefix> prefixes_of(const FieldPath& path) const {
    return has_rare_keys_ ? path.prefixes() : path.usual_prefixes();
  }

  // Of the keys of the top-level members.
  const KeyMask& key_mask() const { return key_mask_; }

  // Appends every value at `path` to `out`, as event::resolve() defines it (arrays as themselves),
  // at most Limits.max_values_per_field. What a part of a log source made is a string that stands
  // in no record; it is good until the next scan(), or until the same path is asked for again.
  void resolve(const FieldPath& path, std::vector<RawValue>& out) const {
    resolve(path, prefixes_of(path), out);
  }

  // The same where it takes one step, which is nearly always: whether there is nothing at `path`,
  // or the one value that is set; or whether only resolve() can tell.
  enum class Found : std::uint8_t { kNothing, kOne, kUnsure };
  Found find_one(const FieldPath& path, RawValue& value) const {
    return find_one(path, prefixes_of(path), value);
  }
  // Either of both where it is known which of the path's prefixes have a key in this record;
  // `prefixes` are these, in the path's order, and may be more.
  using Prefixes = std::span<const FieldPath::Prefix>;
  Found find_one(const FieldPath& path, Prefixes prefixes, RawValue& value) const;
  void resolve(const FieldPath& path, Prefixes prefixes, std::vector<RawValue>& out) const;

  // Sets `value` to the first string, number or boolean among the elements of an array; arrays in
  // it are not opened. False where there is none.
  bool first_scalar_in(const RawValue& array, RawValue& value) const;

  // Whether an element of an array, or of arrays in it, is a string.
  bool holds_string(const RawValue& array) const;

  // Appends the values at `rest` (a path, no leading dot; empty: the value itself) below a value.
  void resolve_below(std::uint32_t token, std::string_view rest, std::vector<RawValue>& out) const;

 private:
  static constexpr std::uint32_t kLast = 0xFFFFFFFF;
  static constexpr std::uint32_t kBroken = 0xFFFFFFFF;  // in place of a token
  // Where a value lies. Of a string also what stands between its quotes: the scan has just read it,
  // and whoever asks later would fetch it from further away.
  struct Spot {
    std::uint32_t token = 0;
    std::uint32_t begin = 0;  // of the text; 0 for all but strings
    std::uint32_t end = 0;
  };
  // The members with one key in the record numbered `epoch`: they are chained through Member::next.
  struct Chain {
    std::uint64_t epoch = 0;
    std::uint32_t first = 0;
    std::uint32_t last = 0;
    std::uint32_t trails = Trails::kNone;  // the node where those below the key begin
    bool is_rare = false;
  };
  // Where a trail ended in the record numbered `epoch`, when it did so once. Where it led into an
  // array in an array or past a key with escapes it may have ended anywhere: that counts as often.
  struct TrailEnd {
    std::uint64_t epoch = 0;
    std::uint32_t times = 0;
    Spot spot;
  };
  // A member at the top whose key is in the table.
  struct Member {
    std::uint32_t next = 0;  // the next member with this key, or kLast
    Spot spot;
  };
  // A value on the way down, and what remains of the path there.
  struct Step {
    std::uint32_t token = 0;
    std::string_view rest;
  };

  void add_member(std::uint32_t key, std::uint32_t token);
  void add_member(std::uint32_t key, const Spot& spot);
  Spot spot_of(std::uint32_t token) const;
  void put(const Spot& spot, RawValue& value) const;
  void put(std::uint32_t token, RawValue& value) const;
  void put_but_string(std::uint32_t token, RawValue& value) const;
  void put_part(const Step& step, std::vector<RawValue>& out) const;
  Found find_one_of_parts(const FieldPath& path, Prefixes prefixes, RawValue& value) const;
  Found find_part(const FieldPath& path, const FieldPath::Prefix& prefix, const Spot& spot,
                  RawValue& value) const;
  const Spot* spot_of(const FieldPath::Prefix& prefix, bool& is_one) const;
  void resolve_prefix(const FieldPath& path, const FieldPath::Prefix& prefix,
                      std::vector<RawValue>& out) const;
  template <typename Hit>
  void each_child(const Step& step, Hit hit) const;
  bool select(Step& step) const;
  void descend(const Step& step, std::vector<RawValue>& out) const;
  void reach(std::uint32_t token, std::string_view below, std::vector<RawValue>& out) const;
  char at(std::uint32_t token) const { return text_[tokens_[token]]; }
  std::string_view string_at(std::uint32_t token) const;
  std::uint32_t behind(std::uint32_t token) const;
  bool takes(std::uint32_t key_token, std::string_view rest, std::string_view& below) const;
  std::uint32_t scan_members(std::uint32_t token);
  std::uint32_t number_of(std::string_view key);
  std::uint32_t number_of_escaped(std::string_view key);
  void grow_members();
  std::uint32_t scan_value(std::uint32_t token, std::size_t depth);
  std::uint32_t scan_container(std::uint32_t token, std::size_t depth);
  std::uint32_t scan_followed(std::uint32_t token, std::uint32_t node, std::size_t depth);
  std::uint32_t scan_followed_elements(std::uint32_t token, std::uint32_t node, std::size_t depth);
  const Trails::Branch* branch_at(const Trails::Node& node, std::uint32_t key_token);
  void note_end(std::uint32_t trail, std::uint32_t token);
  void note_often(const Trails::Node& node);
  bool scan_scalar(std::uint32_t token) const;
  ScanFault fault() const { return too_deep_ ? ScanFault::kTooDeep : ScanFault::kMalformed; }

  const KeyTable* keys_;
  std::string_view text_;
  std::span<const std::uint32_t> tokens_;
  const text::EscapeIndex* escapes_ = nullptr;
  std::uint32_t token_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
  bool too_deep_ = false;
  std::uint64_t row_ = 0;
  KeyMask key_mask_;
  bool has_rare_keys_ = false;
  std::vector<Member> members_;  // in the order of the record, the first num_members_ of them
  std::size_t num_members_ = 0;
  std::vector<Chain> chains_;  // by key
  const Trails* trails_;
  std::vector<TrailEnd> trail_ends_;  // by trail
  bool holds_cells_ = false;
  KeyOrder order_;
  std::uint64_t epoch_ = 0;
  std::vector<std::uint32_t> behind_;  // by token of an opening bracket: the token behind its end
  mutable std::vector<Step> pending_;  // of resolve_below(), kept for its memory
  mutable std::span<const FieldPart> parts_;  // of the path that resolve() follows
  mutable std::deque<PartText> part_texts_;   // those of this record first
  mutable std::vector<std::unique_ptr<PartMemory>> part_memories_;  // by the paths' parts
  mutable std::size_t num_part_texts_ = 0;
  std::string decoded_key_;
};

// Appends the decoded characters of a string, or the text of another scalar.
void append_text(const RawValue& value, std::string& out);

// What rules ask of every record stands here, to be compiled into its callers.

// What stands between the quotes of the string at `token`: it ends at the last quote before the
// next token, since nothing but white space can follow it.
inline std::string_view RecordView::string_at(std::uint32_t token) const {
  const std::size_t begin = tokens_[token] + 1;
  std::size_t end = token + 1 < tokens_.size() ? tokens_[token + 1] : text_.size();
  do {
    --end;
  } while (text_[end] != '"');
  return {text_.data() + begin, end - begin};
}

// Values are written where they belong, member by member: to build one and copy it makes the
// processor wait until what was stored in parts can be loaded whole (a third of all time that rules
// took).
inline void RecordView::put(const Spot& spot, RawValue& value) const {
  if (spot.begin == 0) return put_but_string(spot.token, value);
  value.type = text::JsonType::kString;
  value.raw = {text_.data() + spot.begin, spot.end - spot.begin};
  value.token = spot.token;
}

// Where a prefix that needs no walk leads, or nullptr where it leads nowhere. Clears `is_one` when
// it leads to more than this.
inline const RecordView::Spot* RecordView::spot_of(const FieldPath::Prefix& prefix,
                                                   bool& is_one) const {
  if (prefix.has_trail()) {
    const TrailEnd& end = trail_ends_[prefix.trail];
    if (end.epoch != epoch_) return nullptr;
    is_one = is_one && end.times == 1;
    return &end.spot;
  }
  const Chain& chain = chains_[prefix.key];
  if (chain.epoch != epoch_) return nullptr;
  is_one = is_one && chain.first == chain.last;
  return &members_[chain.first].spot;
}

// Usually there is one way, and the end of its trail says all.
inline RecordView::Found RecordView::find_one(const FieldPath& path, Prefixes prefixes,
                                              RawValue& value) const {
  if (prefixes.size() == 1 && prefixes[0].has_trail() && !prefixes[0].has_part()) {
    const TrailEnd& end = trail_ends_[prefixes[0].trail];
    if (end.epoch != epoch_) return Found::kNothing;
    if (end.times != 1) return Found::kUnsure;
    put(end.spot, value);
    return Found::kOne;
  }
  const Spot* spot = nullptr;
  for (const auto& prefix : prefixes) {
    bool is_one = prefix.is_told();
    const Spot* const here = spot_of(prefix, is_one);
    if (here == nullptr) continue;
    if (prefix.has_part()) return find_one_of_parts(path, prefixes, value);
    if (!is_one || spot != nullptr) return Found::kUnsure;
    spot = here;
  }
  if (spot == nullptr) return Found::kNothing;
  put(*spot, value);
  return Found::kOne;
}

}  // namespace nepho::event
