// The parts of the report's page, one function each, in the order of the page.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "coverage/coverage.h"
#include "report/html_writer.h"

namespace nepho::report {

// Small pieces that several parts use.
std::string percent(const coverage::Share& share);  // "22.1 %"
// "T1078.004-aws": the fragment under which a cell's reasons stand.
std::string cell_anchor(const coverage::Cell& cell);
void write_state(HtmlWriter& page, coverage::State state);
// A bar of states, or of one share; `label` says in words what it shows.
void write_bar(HtmlWriter& page, const coverage::Tally& tally, std::string_view label);
void write_bar(HtmlWriter& page, const coverage::Share& share, std::string_view label);

// How many heatmaps write_maps() shows: one a provider, and one of all where there are several.
std::size_t num_maps(const coverage::Coverage& coverage);

void write_headline(HtmlWriter& page, const coverage::Coverage& coverage);
void write_providers(HtmlWriter& page, const coverage::Coverage& coverage);
void write_maps(HtmlWriter& page, const coverage::Coverage& coverage);
void write_baseline(HtmlWriter& page, const coverage::Coverage& coverage);
void write_broken(HtmlWriter& page, const coverage::Coverage& coverage);
void write_fired(HtmlWriter& page, const coverage::Coverage& coverage);
void write_mapped(HtmlWriter& page, const coverage::Coverage& coverage);
void write_unmapped(HtmlWriter& page, const coverage::Coverage& coverage);
void write_reasons(HtmlWriter& page, const coverage::Coverage& coverage);

}  // namespace nepho::report
