// Lines of text and rows of tables as records: one JSON object each, with the columns as members.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/line_form.h"
#include "event/log_source.h"

namespace nepho::event {

// What the cells of a row are called and how they become members. Made once for a header.
class RowLayout {
 public:
  RowLayout(std::vector<std::string> columns, char separator, const LineForm* form);

  // Appends `row` as a JSON object on one line. False, with `out` as it was, when it has fewer
  // cells than the form asks for. "-" and an empty cell are no value and left out. Bytes that are
  // not UTF-8 become U+FFFD. Cost: about 3 ns a byte.
  bool append(std::string_view row, std::string& out) const;

 private:
  struct Column {
    std::string member;  // "\"name\":", escaped
    bool is_number = false;
    const LineForm::Part* part = nullptr;
    std::vector<std::string> part_members;
  };
  struct Join {
    std::string member;
    std::vector<std::size_t> columns;
  };
  bool split(std::string_view row, std::vector<std::string_view>& cells) const;
  void append_part(const Column& column, std::string_view cell, std::string& out) const;
  void append_joins(const std::vector<std::string_view>& cells, std::string& out) const;

  std::vector<Column> columns_;
  std::vector<Join> joins_;
  std::size_t at_least_ = 1;
  char separator_ = ' ';
};

// Every form of line of every log source, ready to use. Immutable; safe to share between threads.
class LineForms {
 public:
  explicit LineForms(const std::vector<LogSource>& sources);
  LineForms(const LineForms&) = delete;
  LineForms& operator=(const LineForms&) = delete;

  // Appends the record that `line` holds; false when it is of no form.
  bool append(std::string_view line, std::string& out) const;
  // The layout that `line` sets for those below it, when it is a header: names of columns and
  // nothing else.
  std::optional<RowLayout> header(std::string_view line) const;

 private:
  struct Known {
    const LineForm* form;
    RowLayout layout;
  };
  std::vector<LineForm> forms_;
  std::vector<Known> known_;
};

// Whether the first line of a file is the header of comma-separated values (RFC 4180; semicolons
// and tabs serve as well): names only, at least two.
bool is_csv_header(std::string_view line);

// Whether a file that begins with `head`, its lines up to and with the first that is no comment,
// holds comma-separated values. "#Fields:" says otherwise.
bool is_csv_head(std::string_view head);

// The rows of one file, one after another: lines of the forms known, with or without a header;
// W3C extended logs ("#Fields: ..."); comma-separated values; and lines that hold a JSON object,
// alone or behind what a shipper put before it.
//
// One owner, no threads; `forms` must outlive it.
class RowReader {
 public:
  // `head` is the beginning of the file: its first lines up to and with the first that is no
  // comment.
  RowReader(const LineForms& forms, std::string_view head);

  enum class Row : std::uint8_t {
    kRecord,   // one JSON object was appended
    kNothing,  // blank, a comment or a header
    kUnknown,  // of no form that we know
  };
  Row append(std::string_view row, std::string& out);
  // The size of the first row of `text`, its line end included: a row of comma-separated values may
  // hold line ends within quotes.
  std::size_t size_of_first(std::string_view text) const;

 private:
  bool take_directive(std::string_view line);
  Row append_csv(std::string_view row, std::string& out) const;

  const LineForms& forms_;
  std::string head_;  // the header's line, which repeats where files were joined
  std::optional<RowLayout> layout_;
  std::vector<std::string> fields_;  // of "#Fields:", until the first row tells the separator
  bool is_csv_ = false;
};

}  // namespace nepho::event
