// The layer is read as JSON for where things stand, and only those bytes are exchanged: a layer is
// somebody's work, with spacing, order and fields of its own, none of which is ours to change. An
// entry is a cell (technique, tactic); renaming may send two entries to one cell, and the Navigator
// would show the last and hide the other in silence: one of them is taken out.
//
// So all entries are read before the first is written: what becomes of each (read_entry), which of
// them go for another's sake (superfluous), and then the edits. Each step is linear in the text but
// for one lookup a cell.
#include "navigator/migrate_layer.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "attack/platform.h"
#include "base/printable.h"
#include "navigator/errors.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::navigator {
namespace {

using text::JsonValue;

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string in_quotes(std::string_view text) {
  std::string out;
  text::append_json_quoted(text, out);
  return out;
}

double score_of(const JsonValue& entry) {
  const auto score = entry.find("score");
  if (!score || score->type() != text::JsonType::kNumber) {
    return -std::numeric_limits<double>::infinity();
  }
  return std::strtod(std::string(score->text()).c_str(), nullptr);
}

// Removes the elements of a list for which `goes`, each with one comma.
void remove_elements(const std::vector<Span>& elements, const std::vector<bool>& goes,
                     std::vector<text::Edit>& edits) {
  bool is_any_kept = false;
  for (std::size_t i = 0; i < elements.size(); ++i) {
    if (!goes[i]) {
      is_any_kept = true;
    } else if (is_any_kept) {
      edits.push_back({elements[i - 1].end, elements[i].end - elements[i - 1].end, ""});
    } else if (i + 1 < elements.size()) {
      edits.push_back({elements[i].begin, elements[i + 1].begin - elements[i].begin, ""});
    } else {
      edits.push_back({elements[i].begin, elements[i].end - elements[i].begin, ""});
    }
  }
}

// An entry of `techniques` and what becomes of it.
struct Entry {
  JsonValue value;
  Span span;
  attack::TechniqueId id;                         // now
  std::string tactic;                             // now; empty: all
  std::optional<std::string> second_tactic = {};  // a copy of the entry stands for it
  bool is_changed = false;
  std::vector<text::Edit> edits = {};
};

class LayerMigration {
 public:
  // `json` is what the layers to come were parsed from.
  LayerMigration(std::string_view json, const std::string& file, const attack::Catalogue& target)
      : file_(file), target_(target), line_begins_{0} {
    for (std::size_t at = json.find('\n'); at != json.npos; at = json.find('\n', at + 1)) {
      line_begins_.push_back(at + 1);
    }
  }

  Result<void> migrate(const JsonValue& layer) {
    const auto techniques = layer.find("techniques");
    if (!layer.is_object() || !techniques || !techniques->is_array()) {
      return fail(kNoLayer, "expected a Navigator layer: an object with a list 'techniques'",
                  place_of(layer));
    }
    const std::string_view domain = layer.string_at("domain");
    if (domain.find("mobile") != domain.npos || domain.find("ics") != domain.npos) {
      migrated_.report.add_warning(Error(
          kBadField, "not a layer of Enterprise ATT&CK, left as it is: " + escape_for_log(domain),
          place_of(layer)));
      return {};
    }
    migrate_entries(*techniques);
    if (const auto versions = layer.find("versions")) migrate_version(*versions);
    if (const auto filters = layer.find("filters")) {
      if (const auto platforms = filters->find("platforms")) migrate_platforms(*platforms);
    }
    return {};
  }

  attack::Migrated take() { return std::move(migrated_); }

 private:
  Span span_of(const JsonValue& value) const {
    return {value.offset(), value.offset() + value.source().size()};
  }
  // A binary search, since each of very many entries may be changed or warned of: to ask the
  // document for a place costs a walk through all that stands before it.
  Place place_of(const JsonValue& value) const {
    const auto next = std::ranges::upper_bound(line_begins_, value.offset());
    return {.file = file_,
            .line = static_cast<std::size_t>(next - line_begins_.begin()),
            .column = value.offset() - *std::prev(next) + 1,
            .offset = value.offset()};
  }

  void change(const JsonValue& at, std::string_view from, std::string_view to) {
    migrated_.changes.push_back({place_of(at).line, std::string(from), std::string(to)});
  }
  text::Edit exchange(const JsonValue& value, std::string_view text) const {
    const Span span = span_of(value);
    return {span.begin, span.end - span.begin, in_quotes(text)};
  }

  void migrate_entries(const JsonValue& list) {
    std::vector<Entry> entries;
    std::vector<Span> elements;
    for (const JsonValue& value : list.children()) {
      elements.push_back(span_of(value));
      entries.push_back({.value = value, .span = elements.back()});
      read_entry(entries.back());
    }
    const std::vector<bool> goes = superfluous(entries);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (!goes[i]) write_entry(entries[i]);
    }
    remove_elements(elements, goes, migrated_.edits);
  }

  void read_entry(Entry& entry) {
    const auto id_value = entry.value.find("techniqueID");
    if (!id_value || !id_value->is_string()) return;
    const auto id = attack::parse_technique_id(id_value->text());
    const auto fate = id ? attack::fate_of(target_, *id) : attack::TechniqueFate{};
    if (fate.fate == attack::Fate::kUnknown || fate.fate == attack::Fate::kWithdrawn) {
      const bool withdrawn = fate.fate == attack::Fate::kWithdrawn;
      migrated_.report.add_warning(
          Error(withdrawn ? attack::kWithdrawnTechnique : attack::kUnknownTechnique,
                (withdrawn ? "withdrawn, and nothing took its place: "
                           : "no technique of this version of ATT&CK: ") +
                    escape_for_log(id_value->text()),
                place_of(*id_value)));
      return;
    }
    entry.id = fate.id;
    if (fate.id.value != id_value->text()) {
      entry.is_changed = true;
      entry.edits.push_back(exchange(*id_value, fate.id.value));
      change(*id_value, id_value->text(), fate.id.value);
    }
    if (const auto tactic = entry.value.find("tactic"); tactic && !tactic->text().empty()) {
      read_tactic(entry, *tactic);
    }
  }

  void read_tactic(Entry& entry, const JsonValue& value) {
    entry.tactic = value.text();
    const auto meant = attack::tactics_meant(target_, value.text());
    if (meant.empty())
      return;  // no tactic of any version: the Navigator hides it, and so did it before
    const auto now = attack::tactics_in_use(target_, meant, std::span(&entry.id, 1));
    if (!now.empty() && now.front()->shortname == value.text()) return;
    entry.is_changed = true;
    if (now.empty()) {
      entry.tactic.clear();
      remove_member(entry, value);
      change(value, value.text(), "");
      return;
    }
    entry.tactic = now.front()->shortname;
    entry.edits.push_back(exchange(value, entry.tactic));
    change(value, value.text(), entry.tactic);
    if (now.size() > 1) entry.second_tactic = now[1]->shortname;
  }

  // Takes the member with this value out of the entry.
  void remove_member(Entry& entry, const JsonValue& value) const {
    std::vector<Span> members;
    std::vector<bool> goes;
    const std::string_view source = entry.value.source();
    std::size_t key_from = entry.span.begin + 1;
    for (const JsonValue& member : entry.value.children()) {
      const std::size_t key = source.find('"', key_from - entry.span.begin);
      members.push_back({entry.span.begin + key, span_of(member).end});
      goes.push_back(member.offset() == value.offset());
      key_from = members.back().end;
    }
    remove_elements(members, goes, entry.edits);
  }

  // Which entries go, because another now stands for the same cell.
  std::vector<bool> superfluous(const std::vector<Entry>& entries) {
    std::vector<bool> goes(entries.size(), false);
    std::map<std::pair<attack::TechniqueId, std::string>, std::size_t> kept;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].id.empty()) continue;
      const auto [at, is_first] = kept.emplace(std::pair(entries[i].id, entries[i].tactic), i);
      if (is_first) continue;
      const Entry& other = entries[at->second];
      if (!entries[i].is_changed && !other.is_changed) continue;  // was so before
      const bool is_better = score_of(entries[i].value) > score_of(other.value);
      const std::size_t out = is_better ? at->second : i;
      if (is_better) at->second = i;
      goes[out] = true;
      change(entries[out].value, entries[out].value.string_at("techniqueID"), "");
    }
    return goes;
  }

  void write_entry(const Entry& entry) {
    if (entry.second_tactic) {
      std::vector<text::Edit> inside = entry.edits;
      for (text::Edit& edit : inside) {
        edit.offset -= entry.span.begin;
        if (edit.replacement == in_quotes(entry.tactic))
          edit.replacement = in_quotes(*entry.second_tactic);
      }
      std::string copy = text::apply_edits(entry.value.source(), std::move(inside));
      migrated_.edits.insert(migrated_.edits.end(), entry.edits.begin(), entry.edits.end());
      migrated_.edits.push_back({entry.span.end, 0, ", " + std::move(copy)});
      return;
    }
    migrated_.edits.insert(migrated_.edits.end(), entry.edits.begin(), entry.edits.end());
  }

  void migrate_version(const JsonValue& versions) {
    const auto value = versions.find("attack");
    if (!value || value->is_container() || target_.version().empty()) return;
    const auto major = [](std::string_view version) {
      return version.substr(0, version.find('.'));
    };
    const std::string_view wanted = major(target_.version());
    if (value->is_string() && major(value->text()) == wanted) return;
    migrated_.edits.push_back(exchange(*value, wanted));
    change(*value, "ATT&CK " + std::string(value->text()), "ATT&CK " + std::string(wanted));
  }

  void migrate_platforms(const JsonValue& list) {
    std::vector<Span> elements;
    std::vector<bool> goes;
    std::vector<std::string> names;
    for (const JsonValue& value : list.children()) {
      const std::string name(attack::current_platform(value.text()));
      elements.push_back(span_of(value));
      const bool is_renamed = value.is_string() && name != value.text();
      goes.push_back(is_renamed && is_elsewhere(list, value, name, names));
      names.push_back(name);
      if (!is_renamed) continue;
      change(value, value.text(), goes.back() ? "" : name);
      if (!goes.back()) migrated_.edits.push_back(exchange(value, name));
    }
    remove_elements(elements, goes, migrated_.edits);
  }

  // Whether a platform of this name stands before `value` now, or behind it already.
  static bool is_elsewhere(const JsonValue& list, const JsonValue& value, const std::string& name,
                           const std::vector<std::string>& before) {
    if (std::ranges::count(before, name) != 0) return true;
    for (const JsonValue& other : list.children()) {
      if (other.offset() > value.offset() && other.text() == name) return true;
    }
    return false;
  }

  const std::string& file_;
  const attack::Catalogue& target_;
  std::vector<std::size_t> line_begins_;
  attack::Migrated migrated_;
};

}  // namespace

Result<attack::Migrated> migrate_layer(std::string_view json, const std::string& file,
                                       const attack::Catalogue& target) {
  // JsonDocument's offsets do not count a byte order mark; edits must.
  const std::size_t skipped = json.starts_with(kByteOrderMark) ? kByteOrderMark.size() : 0;
  json.remove_prefix(skipped);
  const auto document = text::JsonDocument::parse(std::string(json), file);
  if (!document) return std::unexpected(document.error());
  LayerMigration migration(json, file, target);
  const JsonValue root = document->root();
  if (root.is_array() && root.num_children() != 0) {
    for (const JsonValue& layer : root.children()) {
      if (auto done = migration.migrate(layer); !done) return std::unexpected(done.error());
    }
  } else if (auto done = migration.migrate(root); !done) {
    return std::unexpected(done.error());
  }
  attack::Migrated migrated = migration.take();
  for (text::Edit& edit : migrated.edits) edit.offset += skipped;
  return migrated;
}

}  // namespace nepho::navigator
