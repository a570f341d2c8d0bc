// The top of the page: what a reader with one minute must know, the worst first.
#include <fmt/format.h>

#include <algorithm>

#include "coverage/appearance.h"
#include "coverage/baseline.h"
#include "report/html_parts.h"
#include "text/escape.h"

namespace nepho::report {
namespace {

using coverage::Coverage;
using coverage::Share;
using coverage::State;
using coverage::Tally;

// Rules that work nowhere; one that is broken on one provider alone is in that cell's reasons.
std::size_t num_broken(const Coverage& coverage) {
  return static_cast<std::size_t>(
      std::ranges::count_if(coverage.rules, [](const auto& rule) { return !rule.faults.empty(); }));
}

// The one sentence that is quoted; it must not promise more than was shown.
std::string lead(const Coverage& coverage) {
  const Tally& cells = coverage.totals.cells;
  std::string words = fmt::format(
      "On paper, working rules cover {} of the {} technique-on-a-provider cells that "
      "apply ({}). ",
      cells.paper.part, cells.paper.whole, percent(cells.paper));
  if (cells.exercised.part == 0) {
    words += "None of it is proven: no attack has been played against these rules yet.";
  } else {
    words += fmt::format("{} {} proven on made telemetry or better, {} on real attacks.",
                         cells.exercised.part, cells.exercised.part == 1 ? "is" : "are",
                         cells.validated.part);
  }
  return words;
}

// A number with what it means; red where something is to be done.
struct Card {
  std::string number;
  std::string title;
  std::string of;
  const Share* share = nullptr;
  bool is_bad = false;
};

void write_card(HtmlWriter& page, const Card& card) {
  page.open("div", {{"class", card.is_bad ? "card bad" : "card"}});
  page.element("b", card.number).element("span", card.title);
  page.element("span", {{"class", "of"}}, card.of);
  if (card.share != nullptr) write_bar(page, *card.share, card.title + ": " + card.number);
  page.close();
}

// From what is claimed to what is proven, then what is wrong.
void write_cards(HtmlWriter& page, const Coverage& coverage) {
  const Tally& cells = coverage.totals.cells;
  const coverage::TechniqueTally& techniques = coverage.totals.techniques;
  const coverage::BaselineTally core = coverage::baseline_of(coverage);
  const std::size_t broken = num_broken(coverage);
  const auto of = [](const Share& share, std::string_view what) {
    return fmt::format("{} of {} {}", share.part, share.whole, what);
  };
  const Card cards[] = {
      {percent(cells.paper), "on paper", of(cells.paper, "cells"), &cells.paper},
      {percent(cells.exercised), "exercised", of(cells.exercised, "cells, made telemetry"),
       &cells.exercised},
      {percent(cells.validated), "validated", of(cells.validated, "cells, real attacks"),
       &cells.validated},
      {fmt::format("{}/{}", core.mapped.part, core.mapped.whole), "of the baseline mapped",
       fmt::format("{} proven", core.exercised.part), &core.mapped,
       core.mapped.part < core.mapped.whole},
      {fmt::format("{}", broken), "broken rules",
       fmt::format("of {} rules; {} cells have no other", coverage.rules.size(), cells.broken),
       nullptr, broken > 0},
      {fmt::format("{}", techniques.paper_any.part), "techniques on some provider",
       fmt::format("{} on all; {} apply, {} in the matrix", techniques.paper_all.part,
                   techniques.paper_any.whole, techniques.matrix),
       &techniques.paper_any},
  };
  page.open("div", {{"class", "cards"}});
  for (const Card& card : cards) write_card(page, card);
  page.close();
}

// Above the numbers: they are only as good as this.
void write_assumptions(HtmlWriter& page, const Coverage& coverage) {
  if (coverage.assumptions.empty()) return;
  page.open("div", {{"class", "assumed"}}).text("Taken for granted here:").open("ul");
  for (const std::string& text : coverage.assumptions) page.element("li", text);
  page.close().close();
}

// The rect of a bar; lengths in hundredths of the whole.
std::string rect(double x, double width, std::string_view fill) {
  return fmt::format(R"(<rect x="{:.2f}" width="{:.2f}" height="10" fill="{}"/>)", x, width, fill);
}

// Drawn, not styled: a style attribute would need 'unsafe-inline' in the page's policy.
void open_bar(HtmlWriter& page, std::string_view label) {
  page.verbatim(R"(<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" role="img" )");
  page.verbatim(fmt::format("aria-label=\"{}\">", text::html_attribute(label)));
  page.verbatim(R"(<rect class="track" width="100" height="10"/>)");
}

}  // namespace

std::string percent(const Share& share) { return fmt::format("{:.1f} %", 100 * share.ratio()); }

void write_bar(HtmlWriter& page, const Share& share, std::string_view label) {
  open_bar(page, label);
  page.verbatim(rect(0, 100 * share.ratio(), coverage::appearance_of(State::kValidated).fill));
  page.verbatim("</svg>");
}

void write_bar(HtmlWriter& page, const Tally& tally, std::string_view label) {
  open_bar(page, label);
  double x = 0;
  for (const State state : coverage::kStatesBestFirst) {
    const auto number = static_cast<double>(tally.by_state[static_cast<std::size_t>(state)]);
    if (number == 0 || state == State::kBlind) continue;
    const double width = 100 * number / static_cast<double>(std::max<std::size_t>(tally.yes, 1));
    page.verbatim(rect(x, width, coverage::appearance_of(state).fill));
    x += width;
  }
  page.verbatim("</svg>");
}

void write_headline(HtmlWriter& page, const Coverage& coverage) {
  page.element("p", {{"class", "lead"}}, lead(coverage));
  write_assumptions(page, coverage);
  write_cards(page, coverage);
}

// A bar of states a provider, the clouds below each other to be compared.
void write_providers(HtmlWriter& page, const Coverage& coverage) {
  page.open("div", {{"class", "scroll"}}).open("table");
  page.open("thead").open("tr").element("th", "Provider").element("th", "States of its cells");
  for (const char* title :
       {"On paper", "Exercised", "Validated", "Mapped", "Apply", "Unknown", "Broken only"}) {
    page.element("th", {{"class", "n"}}, title);
  }
  page.element("th", "Logs that arrive").close().close().open("tbody");
  for (const auto& provider : coverage.providers) {
    const auto found = coverage.totals.by_provider.find(provider.id);
    if (found == coverage.totals.by_provider.end()) continue;
    const Tally& tally = found->second;
    page.open("tr").element("th", {{"scope", "row"}}, provider.name);
    page.open("td", {{"class", "w"}});
    write_bar(page, tally,
              fmt::format("{}: {} of {} cells mapped", provider.name, tally.paper.part,
                          tally.paper.whole));
    page.close();
    for (const Share* share : {&tally.paper, &tally.exercised, &tally.validated}) {
      page.element("td", {{"class", "n"}}, percent(*share));
    }
    for (const std::size_t number : {tally.paper.part, tally.yes, tally.unknown, tally.broken}) {
      page.element("td", {{"class", "n"}}, fmt::format("{}", number));
    }
    page.element("td", provider.log_sources.empty()
                           ? "none"
                           : fmt::format("{}", fmt::join(provider.log_sources, ", ")));
    page.close();
  }
  page.close().close().close();
}

}  // namespace nepho::report
