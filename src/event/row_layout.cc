// Rows are written twice: straight into memory where every cell stands in JSON as it is, which is
// nearly always; and with escapes where one does not.
#include "event/row_layout.h"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <utility>

#include "text/json_scalar.h"
#include "text/json_writer.h"

namespace nepho::event {
namespace {

constexpr std::size_t kStep = 16;  // bytes copied at once

RowLayout::Padded member_of(std::string_view name) {
  std::string member;
  text::append_json_quoted(name, member);
  return RowLayout::Padded(member + ':');
}

bool needs_escapes(char c) {
  return c < ' ' || c == '"' || c == '\\' || c == '\x7f';  // above 0x7F chars are negative
}

// Any text, with escapes where it needs some.
class Escaping {
 public:
  explicit Escaping(std::string& out) : out_(out) {}
  void put(char c) { out_ += c; }
  void put(const RowLayout::Padded& member) { out_.append(member.bytes, 0, member.size); }
  void put(std::string_view text) { out_ += text; }
  void put_string(std::string_view text) {
    if (std::ranges::any_of(text, needs_escapes)) return text::append_json_quoted(text, out_);
    out_.append(1, '"').append(text).append(1, '"');
  }

 private:
  std::string& out_;
};

// Texts without anything to escape, into memory with room for all of them and kStep bytes more.
// Behind what it reads as many are readable.
class Plain {
 public:
  explicit Plain(char* to) : to_(to) {}
  void put(char c) { *to_++ = c; }
  void put(const RowLayout::Padded& member) { put({member.bytes.data(), member.size}); }
  void put(std::string_view text) {
    const char* from = text.data();
    char* to = to_;
    for (to_ += text.size(); to < to_; to += kStep, from += kStep) std::memcpy(to, from, kStep);
  }
  void put_string(std::string_view text) {
    put('"');
    put(text);
    put('"');
  }
  char* end() const { return to_; }

 private:
  char* to_;
};

std::uint64_t next_number() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

RowLayout::Padded::Padded(std::string_view shown) : bytes(shown), size(shown.size()) {
  bytes.append(kStep, '\0');
}

bool is_plain_number(std::string_view cell) {
  constexpr std::size_t kMostBytes = 18;
  const bool is_short = !cell.empty() && cell.size() <= kMostBytes;
  if (is_short && cell[0] >= '1' && cell[0] <= '9') {
    std::size_t digits = 1;
    while (digits < cell.size() && cell[digits] >= '0' && cell[digits] <= '9') ++digits;
    if (digits == cell.size()) return true;
  }
  return is_short && cell.find_first_of("eE") == std::string_view::npos &&
         text::is_json_number(cell);
}

RowLayout::RowLayout(std::vector<std::string> columns, char separator, const LineForm* form)
    : separator_(separator), number_(next_number()) {
  for (const auto& name : columns) {
    Column column{name, member_of(name), false, nullptr, {}};
    if (form != nullptr) {
      column.is_number = std::ranges::find(form->numbers, name) != form->numbers.end();
      const auto part = std::ranges::find(form->parts, name, &LineForm::Part::column);
      if (part != form->parts.end()) {
        column.part = &*part;
        for (const auto& each : part->names) column.part_members.push_back(member_of(each));
      }
    }
    columns_.push_back(std::move(column));
  }
  if (form != nullptr) {
    at_least_ = std::min(form->at_least, columns.size());
    for (const auto& join : form->joins) {
      Join made{join.name, member_of(join.name), {}};
      for (const auto& name : join.columns) {
        const auto found = std::ranges::find(columns, name);
        if (found != columns.end())
          made.columns.push_back(static_cast<std::size_t>(found - columns.begin()));
      }
      if (made.columns.size() == join.columns.size()) joins_.push_back(std::move(made));
    }
  }
  constexpr std::size_t kQuotesAndComma = 3;
  for (const Column& column : columns_) {
    members_bytes_ += column.member.size + kQuotesAndComma;
    for (const Padded& part : column.part_members) members_bytes_ += part.size + kQuotesAndComma;
  }
  for (const Join& join : joins_) {
    members_bytes_ += join.member.size + kQuotesAndComma + join.columns.size();
    num_joined_ += join.columns.size();
  }
}

std::size_t RowLayout::most_bytes(std::size_t row_size) const {
  constexpr std::size_t kMostEscaped = 6;  // "\\u0001"
  return members_bytes_ + kMostEscaped * (2 + num_joined_) * row_size + 2;
}

bool RowLayout::cut(RowCells& cells) const {
  cells.cut(separator_, columns_.size());
  return cells.cells().size() >= at_least_;
}

bool RowLayout::append(std::string_view row, std::string& out) const {
  static thread_local RowCells cells;
  while (row.ends_with('\n') || row.ends_with('\r')) row.remove_suffix(1);
  cells.take(row);
  if (!cut(cells)) return false;
  append(cells, out);
  return true;
}

void RowLayout::append(RowCells& cells, std::string& out) const {
  const bool is_plain = std::ranges::all_of(
      cells.cells(), [&](const RowCells::Cell& cell) { return cells.is_plain(cell); });
  if (!is_plain) {
    Escaping escaping(out);
    return write(cells, escaping);
  }
  // A cell stands there as itself and in its parts, and in each join that names it.
  const std::size_t before = out.size();
  const std::size_t most = members_bytes_ + (2 + num_joined_) * cells.row().size() + 2 + kStep;
  out.resize_and_overwrite(before + most, [&](char* memory, std::size_t) {
    Plain plain(memory + before);
    write(cells, plain);
    return static_cast<std::size_t>(plain.end() - memory);
  });
}

template <typename Out>
void RowLayout::write(RowCells& cells, Out& out) const {
  char before = '{';
  const auto begin_member = [&](const Padded& member) {
    out.put(std::exchange(before, ','));
    out.put(member);
  };
  std::size_t at = 0;
  for (const RowCells::Cell& place : cells.cells()) {
    const Column& column = columns_[at++];
    const std::string_view cell = cells.text(place);
    if (is_no_value(cell)) continue;
    begin_member(column.member);
    if (column.is_number && is_plain_number(cell)) {
      out.put(cell);
    } else {
      out.put_string(cell);
    }
    if (column.part == nullptr) continue;
    each_part(*column.part, cell, [&](std::size_t which, std::string_view text) {
      begin_member(column.part_members[which]);
      out.put_string(text);
    });
  }
  for (const Join& join : joins_) {
    begin_member(join.member);
    write_join(cells, join, out);
  }
  if (before == '{') out.put('{');
  out.put('}');
}

template <typename Out>
void RowLayout::write_join(const RowCells& cells, const Join& join, Out& out) const {
  std::string joined;
  for (const std::size_t column : join.columns) {
    if (column >= cells.cells().size()) continue;
    joined += joined.empty() ? "" : " ";
    joined += cells.text(cells.cells()[column]);
  }
  joined.append(kStep, '\0');
  out.put_string(std::string_view(joined).substr(0, joined.size() - kStep));
}

}  // namespace nepho::event
