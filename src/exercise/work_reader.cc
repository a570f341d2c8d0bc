#include "exercise/work_reader.h"

#include <fmt/format.h>

#include <utility>

#include "exercise/errors.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;

// Beyond ten years of workdays an occasion is none of anybody's memory.
constexpr std::int64_t kMostWorkdays = 2'600;

// The number at `key`, 1 where it is missing.
std::size_t number_at(const YamlNode& node, std::string_view key, std::int64_t most,
                      StepReader& reader) {
  const YamlNode* const value = node.find(key);
  if (value == nullptr) return 1;
  const auto number = value->integer();
  if (number && *number >= 1 && *number <= most) return static_cast<std::size_t>(*number);
  reader.error(kBadValue, *value, fmt::format("expected a number from 1 to {}", most));
  return 1;
}

std::vector<Step> row_of(const YamlNode& node, StepReader& reader) {
  const YamlNode* const row = node.find("row");
  if (row != nullptr) return reader.steps(*row, {});
  reader.error(kMissingKey, node, "expected the key 'row'");
  return {};
}

Routine routine_of(const YamlNode& node, StepReader& reader) {
  if (node.find("row") != nullptr) {
    if (!reader.has_keys(node, {"row", "times"})) return {};
    return {number_at(node, "times", kMaxTimes, reader), row_of(node, reader)};
  }
  Step step = reader.step(node, {});
  const std::size_t share = std::exchange(step.times, 1);
  return {share, {std::move(step)}};
}

// The items of the list at `key`, each as `read` reads it.
template <typename Read>
void read_list(const YamlNode& root, std::string_view key, StepReader& reader, const Read& read) {
  const YamlNode* const list = root.find(key);
  if (list == nullptr) return;
  if (!list->is_sequence() || list->items.size() > kMaxSteps) {
    reader.error(kBadValue, *list, fmt::format("expected a list of at most {}", kMaxSteps));
    return;
  }
  for (const YamlNode& item : list->items) read(item);
}

}  // namespace

Work read_work(const YamlNode& root, StepReader& reader) {
  Work work;
  if (!reader.has_keys(root, {"steps", "occasions"})) return work;
  read_list(root, "steps", reader, [&](const YamlNode& item) {
    Routine routine = routine_of(item, reader);
    if (!routine.steps.empty()) work.routines.push_back(std::move(routine));
  });
  read_list(root, "occasions", reader, [&](const YamlNode& item) {
    if (!reader.has_keys(item, {"row", "workdays"})) return;
    Occasion occasion{number_at(item, "workdays", kMostWorkdays, reader), row_of(item, reader)};
    if (!occasion.steps.empty()) work.occasions.push_back(std::move(occasion));
  });
  return work;
}

}  // namespace nepho::exercise
