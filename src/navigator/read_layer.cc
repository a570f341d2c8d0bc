// One layer is read field by field; formats differ in few names, so there is one reader with the
// old names beside the new ones rather than one a format:
//
//   until 3.0   version: "3.0"; domain: "mitre-enterprise"; viewMode: 0|1|2; filters.stages
//   since 4.0   versions: {layer, navigator}; domain: "enterprise-attack"; layout: {...}
//   since 4.1   versions.attack
//   since 4.3   links; 4.5: layout.expandedSubtechniques, selectVisibleTechniques
#include "navigator/read_layer.h"

#include <cmath>
#include <unordered_map>

#include "base/printable.h"
#include "navigator/field_reader.h"
#include "text/json.h"
#include "text/utf16.h"

namespace nepho::navigator {
namespace {

using text::JsonType;
using text::JsonValue;

// A list of layers longer than this is no list of layers: the Navigator opens ten.
constexpr std::size_t kMaxLayers = 1000;

constexpr std::array<std::string_view, 26> kLayerFields{
    "name", "version", "versions", "domain", "description", "customDataURL", "filters", "sorting",
    "layout", "viewMode", "hideDisabled", "hideDisable", "techniques", "gradient", "legendItems",
    "showTacticRowBackground", "tacticRowBackground", "selectTechniquesAcrossTactics",
    "selectSubtechniquesWithParent", "selectVisibleTechniques", "metadata", "links",
    // Written by versions of the Navigator, read by none any more.
    "showTacticRowBackgroundColor", "sorting_mode", "showAggregateScores", "highlightedTechniques"};
constexpr std::array<std::string_view, 9> kTechniqueFields{
    "techniqueID", "tactic",   "comment", "enabled",          "score",
    "color",       "metadata", "links",   "showSubtechniques"};
constexpr std::array<std::string_view, 3> kLayouts{"side", "flat", "mini"};
constexpr std::array<std::string_view, 4> kAggregates{"average", "min", "max", "sum"};
constexpr std::array<std::string_view, 3> kExpansions{"none", "annotated", "all"};

// What the Navigator itself translates: the lower-case names of format 2 and the three clouds of
// ATT&CK 6 that version 9 joined into IaaS.
std::string platform_today(std::string_view name) {
  static const std::unordered_map<std::string_view, std::string_view> names{
      {"windows", "Windows"}, {"linux", "Linux"}, {"mac", "macOS"}, {"android", "Android"},
      {"ios", "iOS"},         {"AWS", "IaaS"},    {"GCP", "IaaS"},  {"Azure", "IaaS"}};
  const auto found = names.find(name);
  return std::string(found == names.end() ? name : found->second);
}

class LayerReader {
 public:
  explicit LayerReader(FieldReader& fields) : fields_(fields) {}

  ReadLayer read(const JsonValue& object) {
    ReadLayer read{.place = fields_.place_of(object)};
    Layer& layer = read.layer;
    fields_.note_unknown(object, kLayerFields);
    fields_.read(object, "name", layer.name);
    fields_.read(object, "description", layer.description);
    fields_.read(object, "customDataURL", layer.custom_data_url);
    read_versions(object, read);
    read_domain(object, layer);
    read_filters(object, layer);
    read_appearance(object, layer);
    read_gradient(object, layer);
    read_legend(object, layer);
    fields_.read_pairs(object, "metadata", kMetadataKeys, layer.metadata);
    fields_.read_pairs(object, "links", kLinkKeys, layer.links);
    if (const auto list = object.find("techniques"); list && list->is_array()) {
      read_techniques(*list, layer);
    } else if (list) {
      fields_.add(Severity::kWarning, kBadField, "'techniques' should be a list; left out", *list);
    }
    return read;
  }

 private:
  void read_versions(const JsonValue& object, ReadLayer& read) {
    Versions& versions = read.layer.versions;
    if (const auto value = object.find("versions"); value && value->is_object()) {
      // ATT&CK's version came as a number from some tools; the Navigator takes strings only.
      if (const auto attack = value->find("attack"); attack && !attack->is_container()) {
        versions.attack = attack->text();
      }
      fields_.read(*value, "navigator", versions.navigator);
      fields_.read(*value, "layer", read.format_version);
    } else if (const auto old = object.find("version"); old && !old->is_container()) {
      read.format_version = old->text();
    }
    versions.layer = "4.5";
    const std::string& format = read.format_version;
    if (format.empty() || !std::string_view("234").contains(format[0])) {
      fields_.add(Severity::kWarning, kUnknownVersion,
                  fmt::format("expected a layer format from 2.0 to 4.5, found '{}'",
                              escape_for_log(format)),
                  object, "read as 4.5");
    }
  }

  // Until 3.0 the domains were called after MITRE.
  void read_domain(const JsonValue& object, Layer& layer) {
    fields_.read(object, "domain", layer.domain);
    if (layer.domain == "mitre-enterprise") layer.domain = "enterprise-attack";
    if (layer.domain == "mitre-mobile") layer.domain = "mobile-attack";
    if (layer.domain == "mitre-ics") layer.domain = "ics-attack";
  }

  // Two old platforms may be one today; it stands once.
  void read_filters(const JsonValue& object, Layer& layer) {
    const auto filters = object.find("filters");
    if (!filters || !filters->is_object()) return;
    if (const auto stages = filters->find("stages")) {
      fields_.add(Severity::kNote, kObsoleteField, "filters.stages means nothing any more",
                  *stages);
    }
    std::vector<std::string> platforms;
    fields_.read(*filters, "platforms", platforms);
    for (const std::string& name : platforms) {
      std::string today = platform_today(name);
      if (std::ranges::find(layer.platforms, today) == layer.platforms.end()) {
        layer.platforms.push_back(std::move(today));
      }
    }
  }

  // How the matrix is shown; nothing here changes what a layer says.
  void read_appearance(const JsonValue& object, Layer& layer) {
    double sorting = layer.sorting;
    fields_.read(object, "sorting", sorting);
    if (sorting >= 0 && sorting <= 3 && sorting == std::floor(sorting)) {
      layer.sorting = static_cast<int>(sorting);
    } else {
      fields_.add(Severity::kWarning, kBadField, "'sorting' should be 0, 1, 2 or 3",
                  *object.find("sorting"));
    }
    fields_.read(object, "hideDisabled", layer.hide_disabled);
    fields_.read(object, "showTacticRowBackground", layer.show_tactic_row_background);
    fields_.read(object, "tacticRowBackground", layer.tactic_row_background);
    fields_.read(object, "selectTechniquesAcrossTactics", layer.select_techniques_across_tactics);
    fields_.read(object, "selectSubtechniquesWithParent", layer.select_subtechniques_with_parent);
    fields_.read(object, "selectVisibleTechniques", layer.select_visible_techniques);
    if (const auto value = object.find("layout"); value && value->is_object()) {
      layer.layout = read_layout(*value);
    } else if (const auto mode = object.find("viewMode")) {
      layer.layout = layout_of_view_mode(*mode);
    }
  }

  Layout read_layout(const JsonValue& object) {
    Layout layout;
    fields_.read_choice(object, "layout", kLayouts, layout.layout);
    fields_.read_choice(object, "aggregateFunction", kAggregates, layout.aggregate_function);
    fields_.read_choice(object, "expandedSubtechniques", kExpansions,
                        layout.expanded_subtechniques);
    fields_.read(object, "showID", layout.show_id);
    fields_.read(object, "showName", layout.show_name);
    fields_.read(object, "showAggregateScores", layout.show_aggregate_scores);
    fields_.read(object, "countUnscored", layout.count_unscored);
    return layout;
  }

  // Until 3.0: 0 is the full table, 1 the compact one (ids only), 2 the mini table.
  Layout layout_of_view_mode(const JsonValue& mode) {
    Layout layout;
    if (mode.text() == "1") layout.show_id = true;
    if (mode.text() == "2") layout.layout = "mini";
    layout.show_name = mode.text() == "0";
    if (mode.type() != JsonType::kNumber || !std::string_view("012").contains(mode.text())) {
      fields_.add(Severity::kWarning, kBadField, "'viewMode' should be 0, 1 or 2", mode);
      return {};
    }
    return layout;
  }

  // A gradient that the Navigator could not draw (one colour, or no range) is left out, and its
  // default red to green holds.
  void read_gradient(const JsonValue& object, Layer& layer) {
    const auto value = object.find("gradient");
    if (!value || !value->is_object()) return;
    Gradient gradient;
    fields_.read(*value, "colors", gradient.colors);
    fields_.read(*value, "minValue", gradient.min_value);
    fields_.read(*value, "maxValue", gradient.max_value);
    if (gradient.colors.size() < 2 || gradient.max_value <= gradient.min_value) {
      fields_.add(Severity::kWarning, kBadField,
                  "a gradient needs two colours and maxValue above minValue; left out", *value);
      return;
    }
    layer.gradient = std::move(gradient);
  }

  void read_legend(const JsonValue& object, Layer& layer) {
    std::vector<Pair> pairs;
    fields_.read_pairs(object, "legendItems", {"label", "color"}, pairs);
    for (Pair& pair : pairs) {
      if (!pair.is_divider) layer.legend.push_back({std::move(pair.name), std::move(pair.value)});
    }
  }

  // An entry is known by its technique and tactic; without a tactic it stands for all of them.
  void read_techniques(const JsonValue& list, Layer& layer) {
    std::unordered_map<std::string, std::size_t> seen;  // id and tactic -> index
    for (const JsonValue& item : list.children()) {
      if (item.string_at("techniqueID").empty()) {
        fields_.add(Severity::kWarning, kBadField, "a technique needs a 'techniqueID'; left out",
                    item);
        continue;
      }
      TechniqueEntry entry = read_technique(item);
      const auto [known, is_new] =
          seen.emplace(entry.technique_id + '|' + entry.tactic, layer.techniques.size());
      if (is_new) {
        layer.techniques.push_back(std::move(entry));
        continue;
      }
      fields_.add(
          Severity::kWarning, kRepeated,
          fmt::format("stands twice, the last one counts: {}", escape_for_log(entry.technique_id)),
          item);
      layer.techniques[known->second] = std::move(entry);
    }
  }

  TechniqueEntry read_technique(const JsonValue& item) {
    TechniqueEntry entry;
    fields_.note_unknown(item, kTechniqueFields);
    fields_.read(item, "techniqueID", entry.technique_id);
    fields_.read(item, "tactic", entry.tactic);
    fields_.read(item, "comment", entry.comment);
    fields_.read(item, "color", entry.color);
    fields_.read(item, "enabled", entry.enabled);
    fields_.read(item, "showSubtechniques", entry.show_subtechniques);
    entry.score = fields_.read_score(item);
    fields_.read_pairs(item, "metadata", kMetadataKeys, entry.metadata);
    fields_.read_pairs(item, "links", kLinkKeys, entry.links);
    return entry;
  }

  FieldReader& fields_;
};

// Many JSON files have techniques or domains; a layer has a list of the first, or the second with a
// version.
bool is_layer(const JsonValue& value) {
  if (!value.is_object()) return false;
  const auto techniques = value.find("techniques");
  return (techniques && techniques->is_array()) ||
         (value.find("domain") && (value.find("versions") || value.find("version")));
}

}  // namespace

Result<ReadLayers> read_layers(std::string bytes, const std::string& file, const Limits& limits) {
  const std::string text = text::utf8_of_document(std::move(bytes));
  const auto document = text::JsonDocument::parse(text, file, limits);
  if (!document) return std::unexpected(document.error());

  ReadLayers found;
  FieldReader fields(text, file, found.report);
  LayerReader reader(fields);
  const JsonValue root = document->root();
  if (root.is_array()) {
    for (const JsonValue& item : root.children()) {
      if (found.layers.size() == kMaxLayers) break;
      if (is_layer(item)) {
        found.layers.push_back(reader.read(item));
      } else {
        fields.add(Severity::kWarning, kNoLayer, "this element of the list is no layer", item);
      }
    }
  } else if (is_layer(root)) {
    found.layers.push_back(reader.read(root));
  }
  if (found.layers.empty()) {
    return fail(kNoLayer, "expected a Navigator layer (an object with 'techniques'), or a list",
                text::place_at(text, root.offset(), file));
  }
  if (root.is_array() && root.num_children() > kMaxLayers) {
    fields.add(Severity::kWarning, kMoreProblems,
               fmt::format("only the first {} layers were read", kMaxLayers), root);
  }
  fields.finish();
  return found;
}

}  // namespace nepho::navigator
