#include "inventory/csv_rules.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "text/csv.h"
#include "text/fold.h"

namespace nepho::inventory {
namespace {

constexpr auto kProviders = std::to_array<ProviderWord>({
    {"aws", "aws"},
    {"azure", "azure"},
    {"entra", "entra"},
    {"azuread", "entra"},
    {"gcp", "gcp"},
    {"gws", "gws"},
    {"google_workspace", "gws"},
    {"m365", "m365"},
    {"o365", "m365"},
    {"okta", "okta"},
    {"github", "github"},
    {"kubernetes", "kubernetes"},
    {"k8s", "kubernetes"},
});

struct Row {
  std::vector<std::string> cells;
  std::size_t line = 0;
};

// Takes the next row off `text`, counting lines.
Row take_row(std::string_view& text, std::size_t& line) {
  const std::string_view row = text.substr(0, text::csv_row_size(text));
  text.remove_prefix(row.size());
  const std::size_t at = line;
  line += static_cast<std::size_t>(std::ranges::count(row, '\n'));
  return {text::csv_cells(row), at};
}

// Which column is what, as positions in a row.
class Columns {
 public:
  explicit Columns(const Row& head) : names_(head.cells) {
    if (!names_.empty() && names_[0].starts_with("\xEF\xBB\xBF")) names_[0].erase(0, 3);
  }

  bool has(std::initializer_list<std::string_view> names) const {
    return position(names) != names_.size();
  }
  // The cell under the first of these names that there is, or "".
  std::string_view cell(const Row& row, std::initializer_list<std::string_view> names) const {
    const std::size_t at = position(names);
    return at < row.cells.size() && at < names_.size() ? trimmed(row.cells[at])
                                                       : std::string_view();
  }

 private:
  std::size_t position(std::initializer_list<std::string_view> names) const {
    const auto found = std::ranges::find_if(names_, [&](const std::string& cell) {
      return std::ranges::any_of(names, [&](std::string_view name) {
        return text::equal_ignoring_case(trimmed(cell), name);
      });
    });
    return static_cast<std::size_t>(found - names_.begin());
  }

  std::vector<std::string> names_;
};

bool are_rules(const Columns& columns) {
  return columns.has({"techniques", "technique", "technique_id"}) && columns.has({"id", "name"});
}

// Tactics may be of two words ("Defense Evasion"): blanks part techniques only.
void add_list(std::string_view list, std::string_view separators, std::size_t line,
              std::vector<Claim>& claims) {
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find_first_of(separators));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    if (!trimmed(part).empty())
      claims.push_back({.text = std::string(leading_id(part)), .line = line, .column = 1});
  }
}

bool is_no(std::string_view cell) {
  constexpr auto kWords = std::to_array<std::string_view>({"false", "no", "0", "disabled", "off"});
  return std::ranges::any_of(
      kWords, [&](std::string_view word) { return text::equal_ignoring_case(word, cell); });
}

}  // namespace

bool is_csv_rules(std::string_view text) {
  constexpr std::size_t kLongestHead = 4096;  // a guess; keeps other texts cheap
  const std::size_t end = text.find('\n');
  if (end > kLongestHead || text.substr(0, end).find(',') == std::string_view::npos) return false;
  std::string_view head = text.substr(0, end);
  std::size_t line = 1;
  return are_rules(Columns(take_row(head, line)));
}

std::vector<ForeignRule> read_csv_rules(const RuleFile& file) {
  std::vector<ForeignRule> rules;
  std::string_view text = file.text;
  std::size_t line = 1;
  const Columns columns(take_row(text, line));
  while (!text.empty()) {
    const Row row = take_row(text, line);
    const std::string_view id = columns.cell(row, {"id"});
    const std::string_view name = columns.cell(row, {"name"});
    if (id.empty() && name.empty()) continue;
    ForeignRule& read = rules.emplace_back(rule_at(file, row.line, 1));
    Detection& detection = read.detection;
    detection.id = id.empty() ? name : id;
    detection.name = name.empty() ? id : name;
    detection.level = level_of(columns.cell(row, {"severity", "level"}));
    detection.status = status_of(columns.cell(row, {"status"}));
    detection.enabled = !is_no(columns.cell(row, {"enabled"}));
    add_providers(columns.cell(row, {"provider", "providers"}), kProviders, detection.providers);
    read.reads = columns.cell(row, {"log_sources", "log_source"});
    add_list(columns.cell(row, {"techniques", "technique", "technique_id"}), ";,| ", row.line,
             read.claims);
    add_list(columns.cell(row, {"tactics", "tactic"}), ";,|", row.line, read.claims);
  }
  return rules;
}

}  // namespace nepho::inventory
