// The lists of the page: what is broken, what fired, what is mapped and what is not, and the
// reasons of every cell.
#include <fmt/format.h>

#include <algorithm>

#include "coverage/appearance.h"
#include "coverage/baseline.h"
#include "coverage/explain.h"
#include "report/html_parts.h"

namespace nepho::report {
namespace {

using coverage::Cell;
using coverage::Coverage;
using coverage::RuleSummary;
using coverage::TechniqueRow;

struct Heading {
  std::string_view title;
  bool is_number = false;
};

// Wide tables scroll by themselves rather than the page.
void open_table(HtmlWriter& page, std::initializer_list<Heading> headings) {
  page.open("div", {{"class", "scroll"}}).open("table").open("thead").open("tr");
  for (const Heading& heading : headings) {
    if (heading.is_number) {
      page.element("th", {{"class", "n"}}, heading.title);
    } else {
      page.element("th", heading.title);
    }
  }
  page.close().close().open("tbody");
}

void close_table(HtmlWriter& page) { page.close().close().close(); }

void note(HtmlWriter& page, std::string_view text) { page.element("p", {{"class", "note"}}, text); }

// As in every list: the title, else the id, else the file.
std::string_view name_of(const RuleSummary& rule) {
  if (!rule.name.empty()) return rule.name;
  return rule.id.empty() ? std::string_view(rule.path) : rule.id;
}

// The file stands below the name: that is where a rule is mended.
void write_rule_name(HtmlWriter& page, const RuleSummary& rule) {
  page.open("td", {{"class", "w"}}).text(name_of(rule));
  page.lone("br", {}).element("code", {{"class", "soft"}}, rule.path).close();
}

std::string joined(const std::vector<attack::TechniqueId>& ids) {
  std::string text;
  for (const auto& id : ids) text += (text.empty() ? "" : ", ") + id.value;
  return text;
}

void write_number(HtmlWriter& page, std::uint64_t number) {
  page.element("td", {{"class", "n"}}, fmt::format("{}", number));
}

std::vector<const RuleSummary*> rules_where(const Coverage& coverage,
                                            bool (*holds)(const RuleSummary&)) {
  std::vector<const RuleSummary*> rules;
  for (const RuleSummary& rule : coverage.rules) {
    if (holds(rule)) rules.push_back(&rule);
  }
  return rules;
}

std::string provider_name(const Coverage& coverage, const std::string& id) {
  const auto* provider = coverage.find_provider(id);
  return provider == nullptr ? id : provider->name;
}

// A provider in the colour of its state, with the glyph; it leads to the cell's reasons.
void write_core_cell(HtmlWriter& page, const Coverage& coverage, const Cell& cell) {
  const std::string_view state = coverage::to_string(cell.state);
  const coverage::Appearance& look = coverage::appearance_of(cell.state);
  const std::string name = provider_name(coverage, cell.provider);
  const std::string words = fmt::format("{}: {}", name, look.label);
  page.element("a",
               {{"class", fmt::format("state s-{}", state)},
                {"href", "#" + cell_anchor(cell)},
                {"title", words},
                {"aria-label", words}},
               fmt::format("{} {}", look.glyph, name));
  page.text(" ");
}

// The anchor is inside the details, so that a link to it opens them (HTML, "ancestor details
// revealing algorithm").
void write_cell_reasons(HtmlWriter& page, const Coverage& coverage, const Cell& cell) {
  page.open("div", {{"id", cell_anchor(cell)}});
  page.open("h3").text(provider_name(coverage, cell.provider)).text(" ");
  write_state(page, cell.state);
  page.close().open("ol", {{"class", "steps"}});
  for (const coverage::Step& step : coverage::explain(coverage, cell)) {
    page.element("li", {{"class", coverage::to_string(step.kind)}}, step.text);
  }
  page.close().close();
}

}  // namespace

// A row for each core technique, all of its providers beside each other: six rows say where the
// baseline holds, however many clouds there are.
void write_baseline(HtmlWriter& page, const Coverage& coverage) {
  const coverage::BaselineTally tally = coverage::baseline_of(coverage);
  if (tally.mapped.whole == 0) return note(page, "No technique of the baseline applies here.");
  page.element("p", fmt::format("The techniques that come before all others. {} of {} core cells "
                                "have a working rule; {} {} proven.",
                                tally.mapped.part, tally.mapped.whole, tally.exercised.part,
                                tally.exercised.part == 1 ? "is" : "are"));
  open_table(page, {{"Core technique"}, {"State on each provider that it applies to"}});
  for (const TechniqueRow& row : coverage.techniques) {
    const std::vector<const Cell*> cells = coverage.cells_of(row.id);
    if (!row.is_core || std::ranges::none_of(cells, &Cell::counts)) continue;
    page.open("tr").element("th", {{"scope", "row"}}, fmt::format("{} {}", row.id.value, row.name));
    page.open("td");
    for (const Cell* cell : cells) {
      if (cell->counts()) write_core_cell(page, coverage, *cell);
    }
    page.close().close();
  }
  close_table(page);
}

void write_broken(HtmlWriter& page, const Coverage& coverage) {
  const auto rules =
      rules_where(coverage, [](const RuleSummary& rule) { return !rule.faults.empty(); });
  if (rules.empty()) return note(page, "No rule is broken.");
  page.element("p", "These rules name techniques and cannot detect them. They count nowhere.");
  open_table(page, {{"Rule"}, {"Would map"}, {"Why it is broken"}});
  for (const RuleSummary* rule : rules) {
    page.open("tr");
    write_rule_name(page, *rule);
    page.element("td", joined(rule->techniques));
    page.element("td", coverage::reasons(rule->faults)).close();
  }
  close_table(page);
}

// Most often first, since that is what somebody has to look at.
void write_fired(HtmlWriter& page, const Coverage& coverage) {
  auto rules = rules_where(
      coverage, [](const RuleSummary& rule) { return rule.was_run && rule.faults.empty(); });
  std::ranges::stable_sort(rules, std::ranges::greater{}, &RuleSummary::fired);
  std::ranges::stable_partition(rules, [](const RuleSummary* rule) { return rule->fired == 0; });
  if (rules.empty()) return note(page, "'nepho detect' has not run on logs in this workspace.");
  page.element("p",
               "How often rules fired on the logs last given to 'nepho detect', the silent ones "
               "first. That is information, not proof: whether an attack would be seen is what "
               "exercises show.");
  open_table(page, {{"Rule"}, {"Techniques"}, {"Level"}, {"Fired", true}});
  for (const RuleSummary* rule : rules) {
    page.open("tr");
    write_rule_name(page, *rule);
    page.element("td", joined(rule->techniques)).element("td", rule->level);
    if (rule->fired == 0) {
      page.element("td", "silent");
    } else {
      write_number(page, rule->fired);
    }
    page.close();
  }
  close_table(page);
}

void write_mapped(HtmlWriter& page, const Coverage& coverage) {
  const auto rules =
      rules_where(coverage, [](const RuleSummary& rule) { return rule.num_cells > 0; });
  if (rules.empty()) return note(page, "No working rule maps to a cell.");
  open_table(page, {{"Rule"},
                    {"Techniques"},
                    {"Providers"},
                    {"Logs"},
                    {"Status"},
                    {"Cells", true},
                    {"Fired", true}});
  for (const RuleSummary* rule : rules) {
    page.open("tr");
    write_rule_name(page, *rule);
    page.element("td", joined(rule->techniques));
    page.element("td", fmt::format("{}", fmt::join(rule->providers, ", ")));
    page.element("td", fmt::format("{}", fmt::join(rule->log_sources, ", ")));
    page.element("td", rule->status);
    write_number(page, rule->num_cells);
    write_number(page, rule->fired);
    page.close();
  }
  close_table(page);
}

void write_unmapped(HtmlWriter& page, const Coverage& coverage) {
  const auto rules =
      rules_where(coverage, [](const RuleSummary& rule) { return !rule.unmapped.empty(); });
  if (rules.empty()) return note(page, "Every rule names a cell of the matrix.");
  open_table(page, {{"Rule"}, {"Names"}, {"Why it counts nowhere"}});
  for (const RuleSummary* rule : rules) {
    page.open("tr");
    write_rule_name(page, *rule);
    page.element("td", joined(rule->techniques)).element("td", rule->unmapped).close();
  }
  close_table(page);
}

// Closed until asked for, and left out on paper: it is longer than all the rest together.
void write_reasons(HtmlWriter& page, const Coverage& coverage) {
  page.element("p", {{"class", "note"}},
               "The same as 'nepho explain TECHNIQUE --on PROVIDER' says. Open a technique, or "
               "follow a tile of the matrix.");
  for (const TechniqueRow& row : coverage.techniques) {
    const auto cells = coverage.cells_of(row.id);
    if (cells.empty()) continue;
    page.open("details").open("summary");
    page.text(fmt::format("{} {}", row.id.value,
                          row.parent_name.empty() ? row.name : row.parent_name + ": " + row.name));
    for (const Cell* cell : cells) {
      if (cell->state == coverage::State::kNotApplicable) continue;
      page.text(" ");
      page.element("span", {{"class", fmt::format("state s-{}", coverage::to_string(cell->state))}},
                   cell->provider);
    }
    page.close();
    for (const Cell* cell : cells) write_cell_reasons(page, coverage, *cell);
    page.close();
  }
}

}  // namespace nepho::report
