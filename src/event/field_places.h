// Where a field of a rule may stand in a record.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "event/field_part.h"
#include "event/key_table.h"
#include "event/trails.h"

namespace nepho::event {

// Where a field may stand, in terms of a key table: for each dotted prefix of its path ("a", "a.b",
// "a.b.c") the key's number and what remains of the path behind it. A plain value; belongs to the
// table it was made with, and to the log source whose parts it goes by.
class FieldPath {
 public:
  struct Prefix {
    std::uint32_t key = 0;
    std::uint32_t rest_begin = 0;  // in the text
    std::uint32_t rest_size = 0;   // 0: the key is the whole path
    // Of the rest below the key, or of what stands in it before a part; Trails::kNone when scans do
    // not look for it.
    std::uint32_t trail = Trails::kNone;
    // Where the rest ends with a part: the number of the place that a view keeps for what the part
    // makes of texts (Trails::add_part()). The value is then at the end of the trail, or, where
    // nothing stands before the part, at the key.
    std::uint32_t part = Trails::kNone;
    bool has_trail() const { return trail != Trails::kNone; }
    bool has_part() const { return part != Trails::kNone; }
    // Whether what is found needs no walk: the key is the whole path, or a trail leads there.
    bool is_told() const { return rest_size == 0 || has_trail() || has_part(); }
  };
  FieldPath(std::string_view path, KeyTable& keys);
  // The values at any of several paths, of which the first is the usual one. `parts` are those that
  // steps of the paths number (event/field_part.h).
  FieldPath(const std::vector<std::string>& paths, KeyTable& keys,
            std::span<const FieldPart> parts = {});

  // All prefixes, and those to look at in a record that has no rare key.
  std::span<const Prefix> prefixes() const { return prefixes_; }
  std::span<const Prefix> usual_prefixes() const { return prefixes().first(num_usual_); }
  std::string_view rest(const Prefix& prefix) const {
    return std::string_view(text_).substr(prefix.rest_begin, prefix.rest_size);
  }
  // Sets the common prefixes apart; to be called when the table has all its keys (before, all
  // count).
  void settle(const KeyTable& keys);
  // Has scans look for it, wherever it can be followed; again is the same as once.
  void follow(Trails& trails);
  // The same where other fields have scans look into the object that it is a member of: that costs
  // less than a walk. Parts only where they have scans look for what they are made of, too.
  void follow_further(Trails& trails);
  // Whether a selector stands in one of the paths: strings at this field count without their
  // quotes too (plan/semantics.h, "name/value arrays").
  bool holds_selector() const { return holds_selector_; }
  // Whether a part's step stands in one of them, and the parts that such steps number.
  bool holds_part() const { return event::holds_part(text_); }
  std::span<const FieldPart> parts() const { return parts_; }

 private:
  template <typename UseOf>
  void add(std::string_view path, KeyTable& keys, UseOf use_of);
  template <typename TrailOf>
  void follow_by(Trails& trails, TrailOf trail_of);

  std::string text_;  // the paths, one behind the other
  std::vector<Prefix> prefixes_;
  std::size_t num_usual_ = 0;
  bool holds_selector_ = false;
  std::span<const FieldPart> parts_;
};

}  // namespace nepho::event
