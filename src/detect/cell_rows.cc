#include "detect/cell_rows.h"

#include <algorithm>

namespace nepho::detect {
namespace {

// Layouts at hand: one for each form of line and for each header, of files that are read one by
// one.
constexpr std::size_t kMostLayouts = 64;
// Which columns have values: flow logs know three such sets, access logs some ten. Of others the
// source is found row by row.
constexpr std::size_t kMostKinds = 32;

void want(const std::vector<event::FieldPath>& paths, std::vector<bool>& wanted) {
  for (const event::FieldPath& path : paths) {
    for (const auto& prefix : path.prefixes()) wanted[prefix.key] = true;
  }
}

}  // namespace

CellRows::CellRows(const plan::Plan& plan) : plan_(&plan), view_(plan.keys(), &plan.trails()) {}

std::optional<std::uint32_t> CellRows::read(event::RowReader& reader, std::string_view row) {
  layout_ = reader.cut(row, cells_);
  if (layout_ == nullptr) return std::nullopt;
  if (layout_->most_bytes(row.size()) > kDefaultLimits.max_record_bytes) return std::nullopt;
  Use& use = use_of(*layout_);
  const Kind* const kind = kind_of(use);
  if (kind == nullptr || !kind->source_plan) return read_all(use);
  if (!fields_of(use, *kind->source_plan).lay(cells_, view_)) return std::nullopt;
  return kind->source_plan;
}

CellRows::Use& CellRows::use_of(const event::RowLayout& layout) {
  const auto known = uses_.find(layout.number());
  if (known != uses_.end()) return known->second;
  if (uses_.size() >= kMostLayouts) uses_.clear();
  const std::vector<bool> every(plan_->keys().size(), true);
  Use use{event::RowFields(layout, plan_->keys(), every), {}, {}, {}};
  use.unsure = use.all.keys_of_others();
  return uses_.emplace(layout.number(), std::move(use)).first->second;
}

// Null where it is not known and cannot be kept.
const CellRows::Kind* CellRows::kind_of(Use& use) {
  const auto present = use.all.present(cells_);
  if (!present) return nullptr;
  const auto known = std::ranges::find(use.kinds, *present, &Kind::present);
  if (known != use.kinds.end()) return &*known;
  if (use.kinds.size() >= kMostKinds || !use.all.lay_whole_cells(cells_, view_)) return nullptr;
  Kind kind{*present, std::nullopt};
  const auto source = plan_->recogniser().recognise_by_keys(view_, use.unsure);
  if (source && *source != nullptr) kind.source_plan = plan_->plan_of(*source);
  return &use.kinds.emplace_back(kind);
}

std::optional<std::uint32_t> CellRows::read_all(Use& use) {
  if (!use.all.lay(cells_, view_)) return std::nullopt;
  const event::LogSource* const source = plan_->recogniser().recognise(view_, recognised_);
  if (source == nullptr) return std::nullopt;
  return plan_->plan_of(source);
}

event::RowFields& CellRows::fields_of(Use& use, std::uint32_t source_plan) {
  const auto known = use.read.find(source_plan);
  if (known != use.read.end()) return known->second;
  const plan::SourcePlan& source = *plan_->sources()[source_plan];
  std::vector<bool> wanted(plan_->keys().size(), false);
  want(source.slots, wanted);
  want(source.time, wanted);
  return use.read.emplace(source_plan, event::RowFields(*layout_, plan_->keys(), wanted))
      .first->second;
}

}  // namespace nepho::detect
