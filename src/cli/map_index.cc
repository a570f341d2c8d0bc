#include "cli/map_index.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <functional>
#include <set>

#include "attack/migration.h"
#include "base/printable.h"
#include "cli/print.h"
#include "inventory/rule_index.h"
#include "text/json_writer.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

using inventory::Detection;
using inventory::NamedCell;

constexpr ErrorCode kUnknownName{"cli.unknown_name"};

Result<std::string> technique_meant(Session& session, const std::string& text) {
  const attack::Catalogue& catalogue = *session.catalogue();
  const auto id = attack::parse_technique_id(text);
  if (!id)
    return fail(kUnknownName, "no technique's id: " + escape_for_log(text), {},
                "an id is like T1537 or T1078.004");
  const attack::TechniqueFate fate = attack::fate_of(catalogue, *id);
  if (fate.fate == attack::Fate::kCurrent) return id->value;
  if (fate.fate == attack::Fate::kReplaced) {
    session.messages().note(
        fmt::format("{} was revoked; {} took its place", id->value, fate.id.value));
    return fate.id.value;
  }
  return fail(kUnknownName,
              fmt::format("ATT&CK {} has no active technique {}", catalogue.version(), id->value));
}

Result<void> check_provider(Session& session, const std::string& name) {
  const attack::Providers& providers = *session.providers();
  if (providers.find(name) != nullptr) return {};
  const std::string meant = text::did_you_mean(name, providers.ids());
  return fail(kUnknownName, "no such provider: " + escape_for_log(name), {},
              meant.empty() ? fmt::format("one of {}", fmt::join(providers.ids(), ", ")) : meant);
}

std::string_view name_of(Session& session, const std::string& technique) {
  const attack::Technique* found = session.catalogue()->find(attack::TechniqueId{technique});
  return found == nullptr ? std::string_view() : std::string_view(found->name);
}

bool is_wanted(std::string_view technique, const Wanted& wanted) {
  return wanted.techniques.empty() ||
         std::ranges::any_of(wanted.techniques, [&](const std::string& id) {
           return technique == id || technique.starts_with(id + ".");
         });
}

// The pairs that were asked for: a rule of two techniques names both, of which one may be wanted.
std::vector<NamedCell> wanted_cells(const inventory::Inventory& inventory, const Wanted& wanted) {
  std::vector<NamedCell> cells = inventory::rules_by_technique(inventory.detections);
  std::erase_if(cells, [&](const NamedCell& cell) {
    const bool has_provider =
        wanted.providers.empty() || std::ranges::count(wanted.providers, cell.provider) != 0;
    return !has_provider || !is_wanted(cell.technique, wanted);
  });
  return cells;
}

void write(Session& session, const NamedCell& cell, text::JsonWriter& json) {
  json.begin_object().member("technique", cell.technique);
  json.member("name", name_of(session, cell.technique)).member("provider", cell.provider);
  json.key("rules").begin_array();
  for (const Detection* rule : cell.rules) {
    json.begin_object().member("id", rule->id).member("name", rule->name);
    json.member("format", rule->format).member("path", rule->path).end_object();
  }
  json.end_array().end_object();
}

void print_json(Session& session, const std::vector<NamedCell>& cells) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", "nephometer/map-index/1").key("cells").begin_array();
  for (const NamedCell& cell : cells) write(session, cell, json);
  json.end_array().end_object();
  session.out().write(json.text() + "\n");
}

void print_lines(Session& session, const std::vector<NamedCell>& cells) {
  for (const NamedCell& cell : cells) {
    text::JsonWriter json;
    write(session, cell, json);
    session.out().write(json.text() + "\n");
  }
}

std::string shown_rules(const NamedCell& cell) {
  std::vector<std::string_view> names;
  for (const Detection* rule : cell.rules)
    names.push_back(rule->name.empty() ? rule->id : rule->name);
  return fmt::format("{}", fmt::join(names, "; "));
}

}  // namespace

std::vector<Option> map_index_options() {
  return {{.name = "--technique",
           .value_name = "T",
           .help = "only rules that name it or a sub-technique of it; may be repeated",
           .repeatable = true},
          {.name = "--provider",
           .value_name = "P",
           .help = "only rules of this provider; may be repeated",
           .repeatable = true},
          {.name = "--by-technique",
           .help = "from technique and provider to the rules that may alert, copies once"},
          {.name = "--one-rule", .help = "the same, only what hangs on a single rule"}};
}

Result<Wanted> wanted_of(Session& session) {
  Wanted wanted{.techniques = {}, .providers = session.arguments().values("--provider")};
  for (const std::string& text : session.arguments().values("--technique")) {
    auto meant = technique_meant(session, text);
    if (!meant) return std::unexpected(meant.error());
    wanted.techniques.push_back(*std::move(meant));
  }
  for (const std::string& name : wanted.providers)
    if (auto known = check_provider(session, name); !known) return std::unexpected(known.error());
  return wanted;
}

void narrow(const Wanted& wanted, inventory::Inventory& inventory) {
  std::erase_if(inventory.detections, [&](const Detection& detection) {
    const bool has_technique =
        wanted.techniques.empty() ||
        std::ranges::any_of(wanted.techniques, [&](const std::string& technique) {
          return inventory::names_technique(detection, technique);
        });
    const bool has_provider =
        wanted.providers.empty() ||
        std::ranges::any_of(wanted.providers, [&](const std::string& provider) {
          return std::ranges::count(detection.providers, provider) != 0;
        });
    return !has_technique || !has_provider;
  });
}

bool wants_index(const Session& session) {
  return session.arguments().has("--by-technique") || session.arguments().has("--one-rule");
}

void print_index(Session& session, const inventory::Inventory& inventory, const Wanted& wanted) {
  std::vector<NamedCell> cells = wanted_cells(inventory, wanted);
  const std::size_t num_cells = cells.size();
  const auto is_single = [](const NamedCell& cell) { return cell.rules.size() == 1; };
  const auto num_single = std::ranges::count_if(cells, is_single);
  if (session.arguments().has("--one-rule")) std::erase_if(cells, std::not_fn(is_single));
  if (session.format() == "json") return print_json(session, cells);
  if (session.format() == "ndjson") return print_lines(session, cells);
  report::Table table({{"TECHNIQUE", report::Align::kLeft, false},
                       {"NAME"},
                       {"PROVIDER", report::Align::kLeft, false},
                       {"RULES", report::Align::kRight, false},
                       {"WHICH"}});
  for (const NamedCell& cell : cells)
    table.add_row({report::Cell(cell.technique, report::Tone::kStrong),
                   std::string(name_of(session, cell.technique)), cell.provider,
                   std::to_string(cell.rules.size()), shown_rules(cell)});
  print(session, table);
  session.messages().note(fmt::format(
      "{} techniques on providers are named, {} of them by one rule", num_cells, num_single));
}

}  // namespace nepho::cli
