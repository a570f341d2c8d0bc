#include "coverage/baseline.h"

#include "attack/technique_pattern.h"
#include "base/printable.h"
#include "text/yaml.h"
#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

constexpr std::string_view kPath = "intel/core.yml";

}  // namespace

Result<std::vector<std::string>> load_baseline(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kBadBaseline, "knowledge/intel/core.yml is missing");
  return parse_baseline(file->content, file->place);
}

// Patterns are checked here, where they have a place; later a wrong one would match nothing in
// silence, and the baseline would look met.
Result<std::vector<std::string>> parse_baseline(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  if (auto known = text::expect_keys(*root, {"core"}, file); !known) {
    return std::unexpected(known.error());
  }
  std::vector<std::string> patterns = root->texts_at("core");
  for (const std::string& pattern : patterns) {
    if (attack::is_technique_pattern(pattern)) continue;
    return fail(kBadBaseline, "no technique id or pattern: " + escape_for_log(pattern),
                root->place(file), "write T1078, T1078.004 or T1078.*");
  }
  return patterns;
}

// Cells not known to apply are left out, as in every share.
BaselineTally baseline_of(const Coverage& coverage) {
  BaselineTally tally;
  for (const Cell& cell : coverage.cells) {
    const TechniqueRow* row = coverage.find(cell.technique);
    if (!cell.counts() || row == nullptr || !row->is_core) continue;
    ++tally.mapped.whole;
    ++tally.exercised.whole;
    const bool proven = cell.state == State::kExercised || cell.state == State::kValidated;
    tally.exercised.part += proven ? 1 : 0;
    tally.mapped.part += cell.is_mapped() ? 1 : 0;
    if (!cell.is_mapped()) tally.open.push_back(&cell);
  }
  return tally;
}

}  // namespace nepho::coverage
