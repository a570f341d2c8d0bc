// Finds the records in a file of values over its structural index: top-level objects, the elements
// of top-level arrays, and those of envelopes.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "base/limits.h"
#include "event/skip_reason.h"

namespace nepho::stream {

// Walks one text after another, each beginning where the one before was left off, and says what
// lies there, in order and without overlap. What it leaves out without a word is white space,
// commas, the brackets of arrays, and the heads and tails of envelopes.
//
//   file     = { object | array | envelope | other }
//   array    = '[' { object | page | other } ']'
//   page     = '[' [ object { object | page | other } ] ']'
//   envelope = '{' [ heads ] list-key ':' array { member } '}'     (event/envelope_keys.h)
//
// Not thread-safe. Cost: about 1 ns for each position of the index.
class ValueWalker {
 public:
  struct Step {
    enum class Kind : std::uint8_t {
      kRecords,  // whole objects, with nothing but white space and commas between them, or one
                 // string that may hold one
      kSkipped,  // something that is no record, or none that we take
      kMore,     // the index is used up; the next text must begin at `begin`
    };
    Kind kind = Kind::kMore;
    std::size_t begin = 0;
    std::size_t end = 0;
    event::SkipReason reason = event::SkipReason::kMalformedJson;
  };

  explicit ValueWalker(const Limits& limits) : limits_(limits) {}

  // A new file.
  void reset();
  // The next text. Both stay in use until kMore.
  void start(std::string_view text, std::span<const std::uint32_t> index);
  Step next();

  // After kMore: whether a value begins at `begin` and does not end in the text.
  bool in_value() const { return in_value_; }
  // Whether that value cannot end well: it is an object and a ']' closes it.
  bool is_broken() const { return is_broken_; }
  // Whether it is nested deeper than Limits::max_json_depth, and so not looked at to its end.
  bool is_too_deep() const { return is_too_deep_; }

 private:
  enum class Where : std::uint8_t { kTop, kArray, kList, kTail };
  enum class Head : std::uint8_t { kEnvelope, kRecord, kUndecided };

  char at(std::size_t i) const { return text_[index_[i]]; }
  bool has(std::size_t i) const { return i < index_.size(); }
  // Each handles what stands at position_; true when there is a step to give.
  bool object(Step& out);
  bool open_or_skip_array(Step& out);
  void close_array();
  bool tail();
  Step scalar_or_garbage();
  Step garbage();
  // The index of the bracket that closes the one at `open`, or npos.
  std::size_t closing(std::size_t open);
  // Whether an envelope opens at `open`; `list` becomes the index of its '['.
  Head head(std::size_t open, std::size_t& list) const;
  // Whether a list of records stands at key index `key` ('"', ':', '[', '{').
  Head list_at(std::size_t key) const;
  std::string_view key_at(std::size_t i) const;
  Step take_run();

  Limits limits_;
  std::string_view text_;
  std::span<const std::uint32_t> index_;
  std::size_t position_ = 0;  // in index_
  Where where_ = Where::kTop;
  std::size_t depth_ = 0;       // kTail: brackets open
  std::size_t num_arrays_ = 0;  // kArray: those open
  bool in_value_ = false;
  bool is_broken_ = false;
  bool is_too_deep_ = false;
  std::size_t run_begin_ = 0;  // records found and not yet given
  std::size_t run_end_ = 0;
};

}  // namespace nepho::stream
