#include "coverage/baseline.h"

#include "attack/technique_pattern.h"
#include "base/printable.h"
#include "text/yaml.h"
#include "text/yaml_keys.h"

namespace nepho::coverage {
namespace {

// Inside knowledge/; a folder of --knowledge may lay its own over it.
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
  const text::YamlNode* core = root->find("core");
  if (core == nullptr || core->is_null() || core->is_mapping()) {
    return fail(kBadBaseline, "expected a list of techniques as 'core'", root->place(file),
                "write 'core: []' for none");
  }
  std::vector<std::string> patterns;
  for (const text::YamlNode& item : core->is_scalar() ? std::vector{*core} : core->items) {
    // What is no scalar has an empty text, which is no pattern.
    if (!attack::is_technique_pattern(item.text)) {
      return fail(kBadBaseline, "no technique id or pattern: " + escape_for_log(item.text),
                  item.place(file), "write T1078, T1078.004 or T1078.*");
    }
    patterns.push_back(item.text);
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
    // Partial is not enough: a core technique of which half the tests alert is open work.
    const bool proven = cell.state == State::kExercised || cell.state == State::kValidated;
    tally.exercised.part += proven ? 1 : 0;
    tally.mapped.part += cell.is_mapped() ? 1 : 0;
    if (!cell.is_mapped()) tally.open.push_back(&cell);
  }
  return tally;
}

}  // namespace nepho::coverage
