// The cells of a row that somebody asks for, as members of a record, without making JSON of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "event/key_table.h"
#include "event/record_view.h"
#include "event/row_cells.h"
#include "event/row_layout.h"

namespace nepho::event {

// Of one layout and a set of keys: where in a row the members stand that have one of these keys. A
// view laid so answers for those keys what the view of the layout's JSON would, but for source().
// One owner. Cost: 2 to 3 ns a member.
class RowFields {
 public:
  // `wanted` says of each key of the table whether it is one of them.
  RowFields(const RowLayout& layout, const KeyTable& keys, const std::vector<bool>& wanted);

  // Lays `view` over the cells, which the layout has cut; both must stay as they are while it is
  // asked. False where one of the members cannot be read in place: only the JSON tells then.
  bool lay(RowCells& cells, RecordView& view);
  // Only the members that are whole cells.
  bool lay_whole_cells(RowCells& cells, RecordView& view);
  // The keys of the members that lay() adds to these, where a row has them.
  std::vector<std::uint32_t> keys_of_others() const;
  // A bit for each of the first 64 columns with a key wanted, whether the row has a value there;
  // nothing where there are more. Of two rows with the same, the same keys are laid of whole cells.
  std::optional<std::uint64_t> present(const RowCells& cells) const;

 private:
  struct Field {
    std::size_t column = 0;
    std::uint32_t key = KeyTable::kAbsent;
    bool is_number = false;
    const LineForm::Part* part = nullptr;  // only where a key of its is in the table
    std::vector<std::uint32_t> part_keys;
  };
  struct Join {
    std::uint32_t key = KeyTable::kAbsent;
    std::vector<std::size_t> columns;
  };
  void begin(const RowCells& cells, RecordView& view);
  bool add(std::uint32_t key, std::uint32_t begin, std::uint32_t end, bool is_string,
           const RowCells& cells, RecordView& view);

  std::vector<Field> fields_;
  std::vector<Join> joins_;
  std::vector<std::uint32_t> bounds_;  // of the members laid, as RecordView takes them
  std::uint32_t num_members_ = 0;
};

}  // namespace nepho::event
