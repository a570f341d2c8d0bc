// Which JSON a text test cannot hold for, told from its bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sigma/item.h"

namespace nepho::plan {

// JSON as it was read, to look for runs in. Kept for its memory.
class SearchedJson {
 public:
  void clear() { text_.clear(); }
  // A value behind those that are there.
  void append(std::string_view json);
  // When all are there.
  void settle();

  std::string_view text() const { return text_; }
  // Whether a run of letters may be there without its bytes.
  bool is_opaque() const { return is_opaque_; }
  bool has_escapes() const { return has_escapes_; }

 private:
  std::string text_;
  bool is_opaque_ = false;
  bool has_escapes_ = false;
};

// What a test looks for in a container or in a whole record (a keyword) are the strings, keys and
// numbers in it and its compact text, for which it has to become a tree. Mostly none of them holds.
// What is wanted of a text are its runs of ASCII letters, digits, '-' and '_': where the text
// stands, each of them stands in the JSON's own bytes, in whatever case, since it lies within one
// string, key, number or literal, and no escape but "\u" writes a part of it. JSON where that may
// be otherwise is opaque. Where the JSON has no escape at all, the same is true of longer runs, of
// all that is printable but what may stand between strings: quotes, brackets, ',' and ':'.
class PlainRuns {
 public:
  // Of an item on texts. Of other items, and where a text has no such run, nothing is told.
  explicit PlainRuns(const sigma::Item& item);

  // False where the item, apart from its negation, cannot hold for any value in `json`. Mostly one
  // pass for each value of the item.
  bool may_hold(const SearchedJson& json) const;

 private:
  // Of one value of the item, in small letters, the longest first.
  struct Runs {
    std::vector<std::string> plain;
    std::vector<std::string> unescaped;
  };

  std::vector<Runs> runs_;  // one for each value of the item; or none
  bool all_ = false;        // each value is needed
};

}  // namespace nepho::plan
