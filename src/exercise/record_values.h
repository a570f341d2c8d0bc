// A played record as values that can be looked up and changed, in JSON or in a line of text alike.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "event/rows.h"
#include "exercise/tree.h"

namespace nepho::exercise {

// What was not changed is written back byte for byte. A plain value.
class RecordValues {
 public:
  // Nothing for what is neither a JSON object nor a line of a known form.
  static std::optional<RecordValues> read(std::string_view text, const event::LineForms& forms);

  // A line of text: its cells have values, and no places of their own that could be moved.
  bool is_line() const { return is_line_; }
  // The values; of a line its cells by the names of the form.
  const Tree& root() const { return root_; }
  // To be changed in place. Not for a line.
  Tree& tree();

  // The text of the first scalar at `path` (event/field_path.h); nullptr where there is none.
  const std::string* text_at(std::string_view path) const;
  // Puts `text` in the place of every scalar at `path`, in arrays as well, which keeps its kind (a
  // number stays one). Of a line every cell, or part of one, that holds that value now.
  void set(std::string_view path, const std::string& text);
  // Puts `to` wherever `from` stands as a word of its own: with no letter, digit, "-" or "_" on
  // either side. Keys stay.
  void replace(std::string_view from, std::string_view to);

  // The record, on one line.
  std::string text() const;

 private:
  bool is_line_ = false;
  std::string line_;
  Tree root_;
};

// The same of one text.
std::string with_word_replaced(std::string_view text, std::string_view from, std::string_view to);

}  // namespace nepho::exercise
