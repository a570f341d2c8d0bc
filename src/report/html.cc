#include "report/html.h"

#include <fmt/format.h>

#include "base/sha256.h"
#include "report/html_parts.h"
#include "report/page_style.h"
#include "text/base64.h"

namespace nepho::report {
namespace {

using coverage::Coverage;

// The page is this table: what stands in the navigation is what stands below.
struct Section {
  std::string_view id;
  std::string_view title;
  void (*write)(HtmlWriter&, const Coverage&);
  bool is_for_leadership = false;
};

constexpr Section kSections[] = {
    {"providers", "By provider", write_providers, true},
    {"core", "The baseline", write_baseline, true},
    {"map", "The matrix", write_maps},
    {"broken", "Broken rules", write_broken},
    {"fired", "What fired", write_fired},
    {"mapped", "What the rules map", write_mapped},
    {"unmapped", "Rules that count nowhere", write_unmapped},
    {"why", "Every cell, and why", write_reasons},
};

bool is_read_by(Audience audience, const Section& section) {
  return audience == Audience::kEngineering || section.is_for_leadership;
}

// Nothing may run and nothing may load; our own style is let in by its digest (CSP Level 3, 2.3.1).
std::string policy_for(const std::string& style) {
  return fmt::format(
      "default-src 'none'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
      text::to_base64(sha256(style)));
}

// The organisation first: these files lie beside each other in folders and tabs.
std::string title_of(const PageOptions& options) {
  return options.organisation.empty() ? "Detection coverage of the cloud"
                                      : options.organisation + ": detection coverage of the cloud";
}

// No icon, font or script is named, so a browser that opens the page asks for nothing else.
void write_head(HtmlWriter& page, const Coverage& coverage, const PageOptions& options) {
  const std::string style = page_style(num_maps(coverage));
  page.open("head").lone("meta", {{"charset", "utf-8"}});
  page.lone("meta", {{"http-equiv", "Content-Security-Policy"}, {"content", policy_for(style)}});
  page.lone("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  page.lone("meta", {{"name", "referrer"}, {"content", "no-referrer"}});
  page.element("title", title_of(options));
  page.open("style").verbatim(style).close().close();
}

// Whose coverage, of what, when: what a printed page must say.
void write_top(HtmlWriter& page, const Coverage& coverage, const PageOptions& options) {
  std::string providers;
  for (const auto& provider : coverage.providers) {
    providers += (providers.empty() ? "" : ", ") + provider.name;
  }
  page.open("header", {{"class", "top"}}).element("h1", title_of(options));
  page.element("p", {{"class", "meta"}},
               fmt::format("{} · MITRE ATT&CK {} · {}", providers, coverage.attack_version,
                           coverage.as_of.substr(0, coverage.as_of.find('T'))));
  page.open("nav", {{"aria-label", "Sections"}});
  for (const Section& section : kSections) {
    if (!is_read_by(options.audience, section)) continue;
    page.element("a", {{"href", fmt::format("#{}", section.id)}}, section.title);
  }
  page.close().close();
}

// The words of the page, for who reads it without us.
void write_footer(HtmlWriter& page, const PageOptions& options) {
  page.open("footer");
  page.element("p",
               "A cell is one technique on one provider. Percentages are over the cells that are "
               "known to apply; those not known to are counted beside them. On paper means that a "
               "working rule names the technique; it does not mean that an alert was seen. A rule "
               "tagged with a technique counts for its sub-techniques on paper, and a rule tagged "
               "with a sub-technique for the technique above it.");
  page.element("p", fmt::format("Made by Nephometer {}. ATT&CK is a registered trademark of The "
                                "MITRE Corporation.",
                                options.program_version));
  page.close();
}

}  // namespace

std::string_view to_string(Audience audience) {
  return audience == Audience::kLeadership ? "leadership" : "engineering";
}

std::string to_html(const Coverage& coverage, const PageOptions& options) {
  HtmlWriter page;
  page.verbatim("<!doctype html>").open("html", {{"lang", "en"}});
  write_head(page, coverage, options);
  page.open("body");
  write_top(page, coverage, options);
  page.open("main");
  write_headline(page, coverage);
  for (const Section& section : kSections) {
    if (!is_read_by(options.audience, section)) continue;
    page.open("section",
              {{"aria-labelledby", section.id}, {"class", fmt::format("part-{}", section.id)}});
    page.element("h2", {{"id", section.id}}, section.title);
    section.write(page, coverage);
    page.close();
  }
  page.close();
  write_footer(page, options);
  page.close().close().verbatim("\n");
  return page.take();
}

}  // namespace nepho::report
