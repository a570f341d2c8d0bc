// Lines of text and rows of tables as records: one JSON object each, with the columns as members.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/line_form.h"
#include "event/line_sign.h"
#include "event/log_source.h"
#include "event/row_cells.h"
#include "event/row_layout.h"

namespace nepho::event {

// Every form of line of every log source, ready to use. Immutable; safe to share between threads.
class LineForms {
 public:
  explicit LineForms(const std::vector<LogSource>& sources);
  LineForms(const LineForms&) = delete;
  LineForms& operator=(const LineForms&) = delete;

  // Appends the record that `line` holds; false when it is of no form. One that is parted by blanks
  // may have tabs instead.
  bool append(std::string_view line, std::string& out) const;
  // The same without writing: cuts the line that `cells` has taken. Null when it is of no form, or
  // only append() can tell.
  const RowLayout* cut(RowCells& cells) const;
  // The layout that `line` sets for those below it, when it is a header: names of columns and
  // nothing else.
  std::optional<RowLayout> header(std::string_view line) const;
  // The layout of rows with these columns: of the form that has them all, or of none.
  RowLayout layout_of(const std::vector<std::string>& names, char separator) const;

 private:
  bool append_as_is(std::string_view line, std::string& out) const;
  const LineForm* form_with(const std::vector<std::string>& names) const;

  struct Known {
    const LineForm* form;
    RowLayout layout;
    std::optional<LineSign> sign;  // known_by in a quicker form, where it has one
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
// W3C extended logs ("#Fields: ..."); comma-separated values; and lines that hold a JSON object or
// a hash as Ruby prints it, alone, behind what a shipper put before it, or between tabs.
//
// One owner, no threads; `forms` must outlive it.
class RowReader {
 public:
  // `head` is the beginning of the file: its first lines up to and with the first that is no
  // comment.
  RowReader(const LineForms& forms, std::string_view head);

  enum class Row : std::uint8_t {
    kRecord,   // one JSON object was appended, or an array of these as one line held it
    kNothing,  // blank, a comment or a header
    kUnknown,  // of no form that we know
  };
  Row append(std::string_view row, std::string& out);
  // Cuts a row of a layout that is known already, instead of writing it: append() would append what
  // the layout does, if only it is plain text. Null where append() has to tell.
  const RowLayout* cut(std::string_view row, RowCells& cells);
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
