// STIX is a graph: objects, and relationships that are objects too. Objects are gathered by type
// first, because what one means depends on others: a technique's phases on the tactics, a
// relationship on both its ends. Each kind then becomes its list of facts, and every STIX id leads
// to its entry, so that the relationships can be hung on at the end.
#include "attack/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>
#include <vector>

#include "base/printable.h"
#include "text/json.h"

namespace nepho::attack {
namespace {

using text::JsonValue;

// Whose ids count; other references (CAPEC, reports) are not ATT&CK's.
bool is_attack_source(std::string_view name) {
  return name == "mitre-attack" || name == "mitre-mobile-attack" || name == "mitre-ics-attack";
}

// Ids stand in lists and lines of our own; what could break those is no id.
bool is_plain_id(std::string_view id) {
  constexpr std::size_t kMaxIdBytes = 32;  // ATT&CK's longest has 8
  return id.size() <= kMaxIdBytes && std::ranges::all_of(id, [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                  c == '.' || c == '-';
         });
}

// "T1078.004"; empty when the object has none.
std::string external_id(const JsonValue& object) {
  const auto references = object.find("external_references");
  if (!references) return {};
  for (const JsonValue& reference : references->children()) {
    if (!is_attack_source(reference.string_at("source_name"))) continue;
    const std::string_view id = reference.string_at("external_id");
    return is_plain_id(id) ? std::string(id) : std::string();
  }
  return {};
}

Status status_of(const JsonValue& object) {
  if (object.flag_at("revoked")) return Status::kRevoked;
  return object.flag_at("x_mitre_deprecated") ? Status::kDeprecated : Status::kActive;
}

std::string string_of(const JsonValue& object, std::string_view key) {
  return std::string(object.string_at(key));
}

std::vector<std::string> strings_of(const JsonValue& object, std::string_view key) {
  std::vector<std::string> strings;
  if (const auto list = object.find(key)) {
    for (const JsonValue& item : list->children()) {
      if (!item.text().empty()) strings.emplace_back(item.text());
    }
  }
  return strings;
}

// Where the facts of a STIX id stand.
template <typename Object>
struct Entry {
  std::size_t index = 0;
};
using AnyEntry = std::variant<Entry<Tactic>, Entry<Technique>, Entry<Group>, Entry<Campaign>,
                              Entry<Software>, Entry<Mitigation>, Entry<DataComponent>,
                              Entry<DetectionStrategy>, Entry<Analytic>>;

class BundleReader {
 public:
  // `objects` is the bundle's list.
  ImportedBundle read(const JsonValue& objects) {
    for (const JsonValue& object : objects.children()) {
      const std::string_view type = object.string_at("type");
      by_type_[type].push_back(object);
      ++counts_.objects[std::string(type)];
    }
    read_collection();
    read_tactics();
    each("attack-pattern", facts_.techniques, [&](const JsonValue& o) { return technique(o); });
    each("intrusion-set", facts_.groups, [&](const JsonValue& o) { return group(o); });
    each("campaign", facts_.campaigns, [&](const JsonValue& o) { return campaign(o); });
    each("malware", facts_.software, [&](const JsonValue& o) { return software(o); });
    each("tool", facts_.software, [&](const JsonValue& o) { return software(o); });
    each("course-of-action", facts_.mitigations,
         [&](const JsonValue& o) { return named<Mitigation>(o); });
    each("x-mitre-data-component", facts_.data_components,
         [&](const JsonValue& o) { return named<DataComponent>(o); });
    each("x-mitre-analytic", facts_.analytics, [&](const JsonValue& o) { return analytic(o); });
    each("x-mitre-detection-strategy", facts_.strategies,
         [&](const JsonValue& o) { return strategy(o); });
    for (const JsonValue& relationship : by_type_["relationship"]) relate(relationship);
    return {Catalogue(std::move(facts_)), std::move(counts_)};
  }

 private:
  void skip(std::string reason) { ++counts_.skipped[std::move(reason)]; }

  // Reads all objects of a type into `list` and enters them under their STIX ids.
  template <typename Object, typename Read>
  void each(std::string_view type, std::vector<Object>& list, Read&& read) {
    for (const JsonValue& object : by_type_[type]) {
      Object facts = read(object);
      if (facts.id.empty()) {
        skip(fmt::format("{} without an ATT&CK id", type));
        continue;
      }
      entries_[object.string_at("id")] = Entry<Object>{list.size()};
      list.push_back(std::move(facts));
    }
  }

  void read_collection() {
    for (const JsonValue& collection : by_type_["x-mitre-collection"]) {
      facts_.version = string_of(collection, "x_mitre_version");
      facts_.released = parse_date(collection.string_at("modified"));
    }
    for (const JsonValue& matrix : by_type_["x-mitre-matrix"]) {
      if (facts_.domain.empty()) facts_.domain = external_id(matrix);
    }
  }

  // The matrix lists the tactics in their order; a tactic it does not list is no column of it.
  void read_tactics() {
    std::unordered_map<std::string_view, JsonValue> tactics;
    for (const JsonValue& object : by_type_["x-mitre-tactic"]) {
      tactics.emplace(object.string_at("id"), object);
    }
    for (const JsonValue& matrix : by_type_["x-mitre-matrix"]) {
      for (const std::string& reference : strings_of(matrix, "tactic_refs")) {
        const auto found = tactics.find(reference);
        if (found == tactics.end()) {
          skip("tactic of the matrix that is not in the bundle");
          continue;
        }
        const JsonValue object = found->second;
        Tactic tactic{{external_id(object)},
                      string_of(object, "x_mitre_shortname"),
                      string_of(object, "name")};
        tactics.erase(found);
        if (tactic.id.empty()) {
          skip("x-mitre-tactic without an ATT&CK id");
          continue;
        }
        tactic_of_phase_.emplace(tactic.shortname, tactic.id);
        entries_[object.string_at("id")] = Entry<Tactic>{facts_.tactics.size()};
        facts_.tactics.push_back(std::move(tactic));
      }
    }
    for (std::size_t i = 0; i < tactics.size(); ++i) skip("x-mitre-tactic outside the matrix");
  }

  // An object of which the catalogue keeps the id, the name and the status.
  template <typename Object>
  Object named(const JsonValue& object) {
    Object facts;
    facts.id.value = external_id(object);
    facts.name = string_of(object, "name");
    facts.status = status_of(object);
    return facts;
  }

  Technique technique(const JsonValue& object) {
    auto facts = named<Technique>(object);
    const auto id = parse_technique_id(facts.id.value);
    facts.id = id.value_or(TechniqueId{});
    if (is_subtechnique(facts.id)) facts.parent = parent_of(facts.id);
    facts.platforms = strings_of(object, "x_mitre_platforms");
    facts.version = string_of(object, "x_mitre_version");
    facts.created = parse_date(object.string_at("created"));
    facts.modified = parse_date(object.string_at("modified"));
    if (const auto phases = object.find("kill_chain_phases")) {
      for (const JsonValue& phase : phases->children()) {
        const auto tactic = tactic_of_phase_.find(phase.string_at("phase_name"));
        if (tactic == tactic_of_phase_.end()) {
          skip("phase that is no tactic of the matrix");
        } else {
          facts.tactics.push_back(tactic->second);
        }
      }
    }
    return facts;
  }

  Group group(const JsonValue& object) {
    auto facts = named<Group>(object);
    facts.aliases = strings_of(object, "aliases");
    facts.version = string_of(object, "x_mitre_version");
    facts.created = parse_date(object.string_at("created"));
    facts.modified = parse_date(object.string_at("modified"));
    return facts;
  }

  Campaign campaign(const JsonValue& object) {
    auto facts = named<Campaign>(object);
    facts.aliases = strings_of(object, "aliases");
    facts.first_seen = parse_date(object.string_at("first_seen"));
    facts.last_seen = parse_date(object.string_at("last_seen"));
    return facts;
  }

  Software software(const JsonValue& object) {
    auto facts = named<Software>(object);
    facts.is_tool = object.string_at("type") == "tool";
    facts.aliases = strings_of(object, "x_mitre_aliases");
    facts.platforms = strings_of(object, "x_mitre_platforms");
    return facts;
  }

  Analytic analytic(const JsonValue& object) {
    Analytic facts{.id = {external_id(object)},
                   .status = status_of(object),
                   .platforms = strings_of(object, "x_mitre_platforms")};
    if (const auto references = object.find("x_mitre_log_source_references")) {
      for (const JsonValue& reference : references->children()) {
        LogSourceReference log_source{.name = string_of(reference, "name"),
                                      .channel = string_of(reference, "channel")};
        const auto* component =
            find<DataComponent>(reference.string_at("x_mitre_data_component_ref"));
        if (component == nullptr) {
          skip("data component of an analytic that is not in the bundle");
        } else {
          log_source.data_component = facts_.data_components[component->index].id;
        }
        facts.log_sources.push_back(std::move(log_source));
      }
    }
    return facts;
  }

  DetectionStrategy strategy(const JsonValue& object) {
    auto facts = named<DetectionStrategy>(object);
    for (const std::string& reference : strings_of(object, "x_mitre_analytic_refs")) {
      if (const auto* found = find<Analytic>(reference)) {
        facts.analytics.push_back(facts_.analytics[found->index].id);
      } else {
        skip("analytic of a strategy that is not in the bundle");
      }
    }
    return facts;
  }

  template <typename Object>
  const Entry<Object>* find(std::string_view stix_id) const {
    const auto found = entries_.find(stix_id);
    return found == entries_.end() ? nullptr : std::get_if<Entry<Object>>(&found->second);
  }

  void relate(const JsonValue& relationship) {
    const std::string_view kind = relationship.string_at("relationship_type");
    const std::string_view source = relationship.string_at("source_ref");
    const std::string_view target = relationship.string_at("target_ref");
    const auto type_of = [](std::string_view stix_id) {
      return stix_id.substr(0, stix_id.find("--"));
    };
    ++counts_.relationships[fmt::format("{}:{}->{}", kind, type_of(source), type_of(target))];
    if (relationship.flag_at("revoked") || relationship.flag_at("x_mitre_deprecated")) {
      return skip("relationship that is revoked or deprecated");
    }
    const auto from = entries_.find(source);
    const auto to = entries_.find(target);
    if (from == entries_.end() || to == entries_.end()) {
      return skip("relationship to an object that is not in the catalogue");
    }
    const bool kept =
        std::visit([&](auto a, auto b) { return relate(kind, a, b); }, from->second, to->second);
    if (!kept) skip("relationship of a kind that is not kept");
  }

  // One overload a kind of relationship that the catalogue keeps; the last takes the others.
  bool relate(std::string_view kind, Entry<Technique> from, Entry<Technique> to) {
    if (kind == "subtechnique-of") return true;  // the ids say so already
    if (kind != "revoked-by") return false;
    facts_.techniques[from.index].revoked_by = facts_.techniques[to.index].id;
    return true;
  }
  bool relate(std::string_view kind, Entry<Group> from, Entry<Group> to) {
    if (kind != "revoked-by") return false;
    facts_.groups[from.index].revoked_by = facts_.groups[to.index].id;
    return true;
  }
  bool relate(std::string_view kind, Entry<Software> from, Entry<Software> to) {
    if (kind != "revoked-by") return false;
    facts_.software[from.index].revoked_by = facts_.software[to.index].id;
    return true;
  }
  bool relate(std::string_view kind, Entry<Group> from, Entry<Technique> to) {
    return kind == "uses" && add_technique(facts_.groups[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Campaign> from, Entry<Technique> to) {
    return kind == "uses" && add_technique(facts_.campaigns[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Software> from, Entry<Technique> to) {
    return kind == "uses" && add_technique(facts_.software[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Mitigation> from, Entry<Technique> to) {
    return kind == "mitigates" && add_technique(facts_.mitigations[from.index], to);
  }
  bool relate(std::string_view kind, Entry<DetectionStrategy> from, Entry<Technique> to) {
    return kind == "detects" && add_technique(facts_.strategies[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Group> from, Entry<Software> to) {
    return kind == "uses" && add_software(facts_.groups[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Campaign> from, Entry<Software> to) {
    return kind == "uses" && add_software(facts_.campaigns[from.index], to);
  }
  bool relate(std::string_view kind, Entry<Campaign> from, Entry<Group> to) {
    if (kind != "attributed-to") return false;
    facts_.campaigns[from.index].groups.push_back(facts_.groups[to.index].id);
    return true;
  }
  template <typename From, typename To>
  bool relate(std::string_view, From, To) {
    return false;
  }

  template <typename Object>
  bool add_technique(Object& user, Entry<Technique> technique) {
    user.techniques.push_back(facts_.techniques[technique.index].id);
    return true;
  }
  template <typename Object>
  bool add_software(Object& user, Entry<Software> software) {
    user.software.push_back(facts_.software[software.index].id);
    return true;
  }

  std::unordered_map<std::string_view, std::vector<JsonValue>> by_type_;
  std::unordered_map<std::string_view, AnyEntry> entries_;  // by STIX id
  std::map<std::string, TacticId, std::less<>> tactic_of_phase_;
  Facts facts_;
  BundleCounts counts_;
};

constexpr const char* kWhereBundlesAre =
    "a STIX bundle is one JSON object; MITRE's are at "
    "https://github.com/mitre-attack/attack-stix-data";

// What the document is, when it is something else that people have lying beside bundles.
std::string hint_for(const JsonValue& root) {
  const bool layer = root.is_object() && root.find("techniques") && root.find("name");
  if (layer) return "this looks like a Navigator layer: 'nepho import' reads those";
  if (root.is_object() && root.string_at("type") == "attack-pattern") {
    return "this is one STIX object; a bundle lists them under 'objects'";
  }
  return kWhereBundlesAre;
}

}  // namespace

Result<ImportedBundle> import_bundle(std::string text, const std::string& file) {
  const auto document = text::JsonDocument::parse(std::move(text), file);
  if (!document) {
    Error error = document.error();
    if (error.hint.empty()) error.hint = kWhereBundlesAre;
    return std::unexpected(std::move(error));
  }
  const JsonValue root = document->root();
  const auto refuse = [&](ErrorCode code, std::string message, const JsonValue& at) {
    return fail(code, std::move(message), document->place_of(at, file), hint_for(root));
  };
  if (!root.is_object() || root.string_at("type") != "bundle") {
    return refuse(kNoBundle, "expected a STIX bundle: an object with \"type\": \"bundle\"", root);
  }
  const auto objects = root.find("objects");
  if (!objects || !objects->is_array()) {
    return refuse(kNoBundle, "the bundle has no list 'objects'", objects.value_or(root));
  }
  for (const JsonValue& object : objects->children()) {
    if (object.is_object()) continue;
    return refuse(kNoBundle, "expected a STIX object: " + escape_for_log(object.source()), object);
  }
  ImportedBundle bundle = BundleReader().read(*objects);
  if (bundle.catalogue.facts().techniques.empty()) {
    return refuse(kNoTechniques, "the bundle holds no technique of ATT&CK", *objects);
  }
  return bundle;
}

}  // namespace nepho::attack
