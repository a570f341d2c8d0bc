// Whether a line is of a form, asked of its words instead of a regular expression.
#pragma once

#include <bitset>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "event/row_cells.h"

namespace nepho::event {

// A `known_by` (event/line_form.h) that says something of the first words of a line, each by
// itself: "^[2-9] (\d{12}|-) \S+ ". What it answers for sure is what the expression answers.
// Immutable; safe to share between threads. Cost: a few ns a word, of words that may be anything
// one.
class LineSign {
 public:
  // Nothing where the expression is not made of words parted by `separator`, a blank, a tab or a
  // semicolon.
  static std::optional<LineSign> of(std::string_view pattern, char separator);

  enum class Answer : std::uint8_t { kNo, kYes, kUnsure };
  // kUnsure where a word says more than can be told here, and of a line with control characters,
  // tabs that part nothing, or bytes that are not ASCII.
  Answer ask(RowCells& line) const;

 private:
  // So many characters of a set; of one that is a range, from `low` on, `span` behind it.
  struct Run {
    std::bitset<128> set;
    std::uint32_t at_least = 1;
    std::uint32_t at_most = 1;
    bool is_range = false;
    unsigned low = 0;
    unsigned span = 0;

    bool takes(char c) const {
      const auto code = static_cast<unsigned char>(c);
      return is_range ? code - low <= span : set[code];
    }
  };
  // There is one way to take a word apart: where a run may be longer or shorter, the next begins
  // with something else.
  using Runs = std::vector<Run>;
  struct Word {
    bool is_any = false;     // all but nothing
    bool is_exact = true;    // else what fits `ways` may still not be such a word
    std::vector<Runs> ways;  // one of them
    std::bitset<128> first;  // characters that it may begin with, unless it may be empty
    bool may_be_empty = true;
  };
  class Reader;

  static void note_first(Word& word);
  static void note_range(Run& run);
  static bool may_begin(const Word& word, std::string_view text);
  static Answer ask(const Word& word, std::string_view text, bool is_begin);

  std::vector<Word> words_;
  char separator_ = ' ';
  bool ends_in_separator_ = false;  // else the last word is the beginning of one
};

}  // namespace nepho::event
