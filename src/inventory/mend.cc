#include "inventory/mend.h"

#include <algorithm>
#include <utility>

#include "attack/migrate_rule.h"
#include "base/printable.h"
#include "inventory/import.h"
#include "inventory/mend_elastic.h"
#include "inventory/mend_items.h"
#include "inventory/rule_file.h"

namespace nepho::inventory {
namespace {

using text::Counting;

// JSON's trees count bytes, as do the formats that we read ourselves; the readers of YAML and TOML
// count characters.
Counting counting_of(RuleFormat format, std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
  const bool is_json =
      first != std::string_view::npos && (text[first] == '{' || text[first] == '[');
  switch (format) {
    case RuleFormat::kElastic:
      // "[rule]" begins as a list of JSON does.
      return text.find("\n[rule]") == std::string_view::npos && is_json ? Counting::kBytes
                                                                        : Counting::kLines;
    case RuleFormat::kSentinelArm:
    case RuleFormat::kDatadog: return is_json ? Counting::kBytes : Counting::kYaml;
    case RuleFormat::kYaral:
    case RuleFormat::kWazuh:
    case RuleFormat::kSavedSearches:
    case RuleFormat::kSumo:
    case RuleFormat::kCsv: return Counting::kBytes;
    default: return is_json ? Counting::kBytes : Counting::kYaml;
  }
}

// Rows and cells of the one, cells of the other: their claims have no places of their own.
bool has_places(RuleFormat format) {
  return format != RuleFormat::kCsv && format != RuleFormat::kSumo;
}

void refuse(std::span<const ForeignRule> rules, attack::Migrated& mended) {
  for (const ForeignRule& rule : rules)
    for (const Mapping& mapping : rule.detection.mappings)
      if (!mapping.wanted.empty())
        mended.report.add_warning(
            Error(kNotMended, "this format is not mended: " + escape_for_log(mapping.written),
                  {.file = rule.place.file, .line = mapping.line}, "write " + mapping.wanted));
}

// Edits that would overlap cannot be made together; the later one waits for the next time.
void drop_overlaps(std::vector<text::Edit>& edits) {
  std::ranges::stable_sort(edits, {}, &text::Edit::offset);
  std::size_t end = 0;
  std::erase_if(edits, [&](const text::Edit& edit) {
    if (edit.offset < end) return true;
    end = edit.offset + edit.size;
    return false;
  });
}

}  // namespace

attack::Migrated mend(std::string text, const std::string& file, const References& references) {
  if (is_sigma(text)) return attack::migrate_rule(text, file, references.catalogue);
  attack::Migrated mended;
  auto rules_of = recognize(std::move(text), file);
  if (!rules_of) return mended;
  const std::vector<ForeignRule> rules = import_with_claims(*rules_of, references);
  const text::LineOffsets lines(rules_of->text, counting_of(rules_of->format, rules_of->text));
  if (!has_places(rules_of->format)) {
    refuse(rules, mended);
  } else if (rules_of->format == RuleFormat::kElastic) {
    mend_elastic(*rules_of, rules, lines, references.catalogue, mended);
  } else {
    mend_items(rules, lines, mended);
  }
  if (rules_of->error) mended.report.add_error(*rules_of->error);
  drop_overlaps(mended.edits);
  return mended;
}

}  // namespace nepho::inventory
