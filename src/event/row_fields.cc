#include "event/row_fields.h"

#include <algorithm>

namespace nepho::event {

RowFields::RowFields(const RowLayout& layout, const KeyTable& keys,
                     const std::vector<bool>& wanted) {
  const auto key_of = [&](const std::string& name) {
    const std::uint32_t key = keys.find(name);
    return key != KeyTable::kAbsent && wanted[key] ? key : KeyTable::kAbsent;
  };
  std::size_t most = 0;
  for (std::size_t at = 0; at < layout.columns().size(); ++at) {
    const RowLayout::Column& column = layout.columns()[at];
    Field field{at, key_of(column.name), column.is_number, nullptr, {}};
    if (column.part != nullptr) {
      for (const auto& name : column.part->names) field.part_keys.push_back(key_of(name));
      const bool is_wanted = std::ranges::any_of(
          field.part_keys, [](std::uint32_t key) { return key != KeyTable::kAbsent; });
      if (is_wanted) field.part = column.part;
    }
    if (field.key == KeyTable::kAbsent && field.part == nullptr) continue;
    most += 1 + field.part_keys.size();
    fields_.push_back(std::move(field));
  }
  for (const RowLayout::Join& join : layout.joins()) {
    const std::uint32_t key = key_of(join.name);
    if (key == KeyTable::kAbsent) continue;
    joins_.push_back({key, join.columns});
    ++most;
  }
  bounds_.resize(2 * most);
}

std::vector<std::uint32_t> RowFields::keys_of_others() const {
  std::vector<std::uint32_t> keys;
  for (const Field& field : fields_) {
    if (field.part != nullptr)
      keys.insert(keys.end(), field.part_keys.begin(), field.part_keys.end());
  }
  for (const Join& join : joins_) keys.push_back(join.key);
  return keys;
}

std::optional<std::uint64_t> RowFields::present(const RowCells& cells) const {
  if (fields_.size() > 64) return std::nullopt;
  std::uint64_t present = 0;
  std::uint64_t bit = 1;
  for (const Field& field : fields_) {
    if (field.column >= cells.cells().size()) break;
    if (!is_no_value(cells.text(cells.cells()[field.column]))) present |= bit;
    bit <<= 1U;
  }
  return present;
}

void RowFields::begin(const RowCells& cells, RecordView& view) {
  num_members_ = 0;
  view.reset_to_cells(cells.bytes(), bounds_);
}

bool RowFields::lay_whole_cells(RowCells& cells, RecordView& view) {
  begin(cells, view);
  for (const Field& field : fields_) {
    if (field.column >= cells.cells().size()) break;
    const RowCells::Cell place = cells.cells()[field.column];
    if (is_no_value(cells.text(place))) continue;
    if (!cells.is_plain(place) || !add(field.key, place.begin, place.end, true, cells, view))
      return false;
  }
  return true;
}

inline bool RowFields::add(std::uint32_t key, std::uint32_t begin, std::uint32_t end,
                           bool is_string, const RowCells& cells, RecordView& view) {
  if (key == KeyTable::kAbsent) return true;
  const char first = cells.bytes()[begin];
  if (first == '{' || first == '[') return false;
  bounds_[2 * num_members_] = begin;
  bounds_[2 * num_members_ + 1] = end;
  view.add_cell(key, num_members_++, is_string);
  return true;
}

bool RowFields::lay(RowCells& cells, RecordView& view) {
  begin(cells, view);
  for (const Field& field : fields_) {
    if (field.column >= cells.cells().size()) break;
    const RowCells::Cell place = cells.cells()[field.column];
    const std::string_view cell = cells.text(place);
    if (is_no_value(cell)) continue;
    if (!cells.is_plain(place)) return false;
    const bool is_string = !field.is_number || !is_plain_number(cell);
    bool is_laid = add(field.key, place.begin, place.end, is_string, cells, view);
    if (field.part != nullptr) {
      each_part(*field.part, cell, [&](std::size_t which, std::string_view text) {
        const auto begin = place.begin + static_cast<std::uint32_t>(text.data() - cell.data());
        const auto end = begin + static_cast<std::uint32_t>(text.size());
        is_laid = is_laid && add(field.part_keys[which], begin, end, true, cells, view);
      });
    }
    if (!is_laid) return false;
  }
  for (const Join& join : joins_) {
    const auto joined = cells.join(join.columns);
    if (!joined || !add(join.key, joined->begin, joined->end, true, cells, view)) return false;
  }
  return true;
}

}  // namespace nepho::event
