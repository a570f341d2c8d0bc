#include "event/prefixes_by_row.h"

#include <algorithm>
#include <iterator>

namespace nepho::event {

PrefixesByRow::Row& PrefixesByRow::row_of_record() {
  return rows_.of(view_->row(), [this](Row& row) {
    row.paths.assign(paths_.size(), {});
    row.prefixes.clear();
  });
}

std::span<const FieldPath::Prefix> PrefixesByRow::learn(std::uint32_t number,
                                                        std::span<const FieldPath::Prefix> all) {
  const std::size_t begin = row_->prefixes.size();
  std::ranges::copy_if(all, std::back_inserter(row_->prefixes),
                       [this](const auto& prefix) { return view_->has(prefix.key); });
  const std::size_t size = row_->prefixes.size() - begin;
  row_->paths[number] = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(size)};
  return std::span(row_->prefixes).subspan(begin, size);
}

}  // namespace nepho::event
