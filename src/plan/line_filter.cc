#include "plan/line_filter.h"

#include <algorithm>
#include <cstring>
#include <memory>
#include <set>
#include <utility>

#include "event/path_marks.h"
#include "plan/plan.h"
#include "text/fold.h"

namespace nepho::plan {
namespace {

using text::LineNeedles;
using Kind = LineNeedles::Hit::Kind;

constexpr std::string_view kSpace = " \t\r";

// The last part of a path, as it stands in a record whichever of its dots are in keys.
std::string last_part(std::string_view path) {
  return std::string(path.substr(path.rfind('.') + 1));
}

// What all rules together require.
struct Required {
  std::set<std::string> names;             // of the fields by which rules name their events, folded
  std::unordered_set<std::string> wanted;  // of those fields, folded
};

// Adds what the rules of one log source require; false where one requires nothing.
bool add_required(const SourcePlan& source, Required& required) {
  // The field that tells most: the last one that the log source lists.
  const std::size_t num_fields = source.dispatch_slots.size();
  if (source.source == nullptr || num_fields == 0) return false;
  for (const std::string& path : source.source->paths_of(source.source->dispatch[num_fields - 1])) {
    if (event::holds_part(path)) return false;  // its values do not stand in the record
    required.names.insert(text::fold_case(last_part(path)));
  }
  for (std::size_t rule = 0; rule < source.rules.size(); ++rule) {
    const auto& texts = source.dispatch->required(rule, num_fields - 1);
    if (!texts) return false;
    required.wanted.insert(texts->begin(), texts->end());
  }
  return true;
}

std::size_t skip_space(std::string_view text, std::size_t at) {
  while (at < text.size() && kSpace.find(text[at]) != std::string_view::npos) ++at;
  return at;
}

// The string that is the value of the key at `name`, without its quotes, when both stand there
// plainly: no escape, no other type.
std::optional<std::string_view> plain_value(std::string_view text, const LineNeedles::Hit& name) {
  const std::size_t behind = name.position + name.size;
  const bool is_key = name.position != 0 && text[name.position - 1] == '"' &&
                      text.substr(behind).starts_with('"') &&
                      (name.position < 2 || text[name.position - 2] != '\\');
  if (!is_key) return std::nullopt;
  std::size_t at = skip_space(text, behind + 1);
  if (!text.substr(at).starts_with(':')) return std::nullopt;
  at = skip_space(text, at + 1);
  if (!text.substr(at).starts_with('"')) return std::nullopt;
  const std::string_view value = text.substr(at + 1);
  const std::size_t end = value.find_first_of("\"\\\n");
  if (end == std::string_view::npos || value[end] != '"') return std::nullopt;
  return value.substr(0, end);
}

}  // namespace

std::optional<LineFilter> LineFilter::for_rules_of(
    const std::vector<std::unique_ptr<SourcePlan>>& sources) {
  if (!LineNeedles::is_quick()) return std::nullopt;
  Required required;
  for (const auto& source : sources) {
    if (!source->rules.empty() && !add_required(*source, required)) return std::nullopt;
  }
  const bool can_look =
      !required.names.empty() && required.names.size() <= LineNeedles::kMost &&
      std::all_of(required.names.begin(), required.names.end(), LineNeedles::takes);
  // A rule for an event without a name would hold where none of the names stands.
  if (!can_look || required.wanted.contains("")) return std::nullopt;
  return LineFilter(LineNeedles({required.names.begin(), required.names.end()}),
                    std::move(required.wanted));
}

void LineFilter::sort_out(std::string_view text, Memory& memory) const {
  memory.runs.clear();
  memory.num_needless_behind = 0;
  needles_.find(text, memory.hits);
  memory.hits.push_back({text.size(), 0, Kind::kLineEnd});
  std::size_t line_begin = 0;
  const LineNeedles::Hit* name = nullptr;
  bool is_clear = true;
  for (const LineNeedles::Hit& hit : memory.hits) {
    if (hit.kind != Kind::kLineEnd) {
      is_clear = is_clear && hit.kind == Kind::kName && name == nullptr;
      name = &hit;
      continue;
    }
    const std::size_t end = std::min(hit.position + 1, text.size());
    if (is_clear && name != nullptr && is_needless(text, line_begin, *name, memory)) {
      ++memory.num_needless_behind;
    } else if (!memory.runs.empty() && memory.runs.back().end == line_begin) {
      memory.runs.back().end = end;
    } else if (end != line_begin) {
      memory.runs.push_back({line_begin, end, std::exchange(memory.num_needless_behind, 0)});
    }
    line_begin = end;
    name = nullptr;
    is_clear = true;
  }
}

// Behind a '[' the name may be that of one among many.
bool LineFilter::is_needless(std::string_view text, std::size_t line_begin,
                             const LineNeedles::Hit& name, Memory& memory) const {
  const auto value = plain_value(text, name);
  if (!value || is_wanted(*value, memory)) return false;
  const std::string_view before = text.substr(line_begin, name.position - line_begin);
  return std::memchr(before.data(), '[', before.size()) == nullptr;
}

bool LineFilter::is_wanted(std::string_view text, Memory& memory) const {
  if (text.empty() || text.size() > text::kShortTextBytes) {
    return wanted_.contains(text::fold_case(text));
  }
  const auto last = static_cast<unsigned char>(text.back());
  const auto middle = static_cast<unsigned char>(text[text.size() / 2]);
  auto& place =
      memory.unwanted[(text.size() * 7 + last * 31U + middle * 101U) % memory.unwanted.size()];
  if (place.equals_padded(text)) return false;
  if (wanted_.contains(text::fold_case(text))) return true;
  place.assign(text);
  return false;
}

}  // namespace nepho::plan
