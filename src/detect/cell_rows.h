// Rows of text as events, read where they stand instead of as JSON.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "event/record_view.h"
#include "event/row_cells.h"
#include "event/row_fields.h"
#include "event/rows.h"
#include "plan/plan.h"

namespace nepho::detect {

// Lays a view over what a plan reads of a row: the fields of rules and the event's time. Rules
// answer over it as over the row's JSON, but for those that ask for the whole record, and who wants
// to show the event needs the JSON. One owner, no threads; no allocation after the first rows of a
// layout. Cost: about 1 ns a byte of the row.
class CellRows {
 public:
  explicit CellRows(const plan::Plan& plan);

  // The source plan of the event that the row is, over which view() lies until the next call.
  // Nothing where only its JSON can tell.
  std::optional<std::uint32_t> read(event::RowReader& reader, std::string_view row);
  const event::RecordView& view() const { return view_; }

  // Appends the JSON of the row that was read last.
  void append_json(std::string& out) { layout_->append(cells_, out); }

 private:
  // A set of columns that have values, and what rows with these and no other are.
  struct Kind {
    std::uint64_t present = 0;
    std::optional<std::uint32_t> source_plan;  // nothing: it depends on the values
  };
  // What is known of the rows of a layout.
  struct Use {
    event::RowFields all;  // of every key of the plan
    std::vector<std::uint32_t> unsure;
    std::vector<Kind> kinds;
    std::map<std::uint32_t, event::RowFields> read;  // by source plan: of the keys that it reads
  };
  Use& use_of(const event::RowLayout& layout);
  const Kind* kind_of(Use& use);
  std::optional<std::uint32_t> read_all(Use& use);
  event::RowFields& fields_of(Use& use, std::uint32_t source_plan);

  const plan::Plan* plan_;
  event::RowCells cells_;
  event::RecordView view_;
  const event::RowLayout* layout_ = nullptr;
  std::unordered_map<std::uint64_t, Use> uses_;  // by RowLayout::number()
  plan::Recogniser::Memory recognised_;
};

}  // namespace nepho::detect
