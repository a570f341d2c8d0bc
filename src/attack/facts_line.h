// One line of the catalogue's own form: fields separated by tabs, the first its kind.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "attack/date.h"
#include "attack/id.h"
#include "attack/technique.h"

namespace nepho::attack {

// The first line of a file: the name of the form and its version.
inline constexpr std::string_view kFactsFormat = "nephometer-attack\t1";

// Appends one line to `out`, field by field; its end when it goes.
//
// Ids in a list are separated by blanks, texts by '|'. In a text a backslash, tab, line end and '|'
// are written \\ \t \n \r and \|, so a list must not hold empty texts.
class LineWriter {
 public:
  LineWriter(std::string& out, std::string_view kind) : out_(out) { out_ += kind; }
  LineWriter(const LineWriter&) = delete;
  LineWriter& operator=(const LineWriter&) = delete;
  ~LineWriter() { out_ += '\n'; }

  LineWriter& text(std::string_view value) {
    out_ += '\t';
    append(value);
    return *this;
  }
  template <typename Kind>
  LineWriter& id(const Id<Kind>& value) {
    return text(value.value);
  }
  LineWriter& status(Status value) { return text(to_string(value)); }
  LineWriter& date(const Date& value) { return text(to_string(value)); }
  template <typename Kind>
  LineWriter& ids(const std::vector<Id<Kind>>& values) {
    out_ += '\t';
    for (const auto& value : values) {
      if (&value != &values.front()) out_ += ' ';
      append(value.value);
    }
    return *this;
  }
  LineWriter& texts(const std::vector<std::string>& values) {
    out_ += '\t';
    for (const auto& value : values) {
      if (&value != &values.front()) out_ += '|';
      append(value);
    }
    return *this;
  }

 private:
  void append(std::string_view text);

  std::string& out_;
};

// Takes the fields of one line in order. The first fault is kept and ends nothing: what is taken
// after it is empty. The line must outlive the reader.
class LineReader {
 public:
  explicit LineReader(std::string_view line);

  std::string_view kind() const { return fields_[0]; }
  // What is wrong with the line, empty when nothing is; a field that nobody took is wrong.
  const std::string& fault();
  void refuse(std::string reason);

  std::string text();
  // An id that may not be empty.
  std::string required_id();
  TechniqueId technique_id();
  Status status();
  Date date();
  std::vector<std::string> texts();
  template <typename Kind>
  std::vector<Id<Kind>> ids() {
    std::vector<Id<Kind>> ids;
    for (const std::string_view word : words()) ids.push_back({std::string(word)});
    return ids;
  }
  std::vector<TechniqueId> technique_ids();

 private:
  static constexpr std::size_t kMaxFields = 11;  // a group has most

  std::string_view take();
  std::vector<std::string_view> words();
  std::string unescaped(std::string_view field);
  TechniqueId technique_from(std::string_view text);

  std::array<std::string_view, kMaxFields> fields_{};
  std::size_t num_fields_ = 0;
  std::size_t next_ = 1;
  std::string fault_;
};

}  // namespace nepho::attack
