#include "navigator/write_layer.h"

#include <fmt/format.h>

#include <cmath>

#include "text/json_writer.h"

namespace nepho::navigator {
namespace {

using text::JsonWriter;

// The shortest text that reads back as `value`: "35", not "35.0", as the strict schema wants it.
void write_number(JsonWriter& json, double value) {
  constexpr double kExact = 9007199254740992.0;  // 2^53
  if (value == std::floor(value) && std::abs(value) < kExact) {
    json.number(static_cast<std::int64_t>(value));
  } else {
    json.raw(fmt::format("{}", value));
  }
}

// An empty list is left out: mitreattack-python fails on some of them.
void write_pairs(JsonWriter& json, std::string_view key, const std::vector<Pair>& pairs,
                 std::string_view name, std::string_view value) {
  if (pairs.empty()) return;
  json.key(key).begin_array();
  for (const Pair& pair : pairs) {
    json.begin_object();
    if (pair.is_divider) {
      json.member("divider", true);
    } else {
      json.member(name, pair.name).member(value, pair.value);
    }
    json.end_object();
  }
  json.end_array();
}

// Empty means not there, in every text of the format.
void write_text(JsonWriter& json, std::string_view key, const std::string& text) {
  if (!text.empty()) json.member(key, text);
}

// Written whole: `mini` forces two of the others in the Navigator, so that half a layout would
// depend on the order of its keys.
void write_layout(JsonWriter& json, const Layout& layout) {
  json.key("layout").begin_object();
  json.member("layout", layout.layout).member("aggregateFunction", layout.aggregate_function);
  json.member("showID", layout.show_id).member("showName", layout.show_name);
  json.member("showAggregateScores", layout.show_aggregate_scores);
  json.member("countUnscored", layout.count_unscored);
  json.member("expandedSubtechniques", layout.expanded_subtechniques).end_object();
}

void write_gradient(JsonWriter& json, const Gradient& gradient) {
  json.key("gradient").begin_object().strings("colors", gradient.colors).key("minValue");
  write_number(json, gradient.min_value);
  json.key("maxValue");
  write_number(json, gradient.max_value);
  json.end_object();
}

// `enabled` is always there: whether a cell is shown should not hang on a default.
void write_technique(JsonWriter& json, const TechniqueEntry& entry) {
  json.begin_object().member("techniqueID", entry.technique_id);
  write_text(json, "tactic", entry.tactic);
  if (entry.score) {
    json.key("score");
    write_number(json, *entry.score);
  }
  write_text(json, "color", entry.color);
  write_text(json, "comment", entry.comment);
  json.member("enabled", entry.enabled);
  if (entry.show_subtechniques) json.member("showSubtechniques", true);
  write_pairs(json, "metadata", entry.metadata, "name", "value");
  write_pairs(json, "links", entry.links, "label", "url");
  json.end_object();
}

// All written, also where they are the default, since the specification and the code of the
// Navigator disagree on some.
void write_appearance(JsonWriter& json, const Layer& layer) {
  json.member("sorting", layer.sorting);
  if (layer.layout) write_layout(json, *layer.layout);
  json.member("hideDisabled", layer.hide_disabled);
  json.member("showTacticRowBackground", layer.show_tactic_row_background);
  json.member("tacticRowBackground", layer.tactic_row_background);
  json.member("selectTechniquesAcrossTactics", layer.select_techniques_across_tactics);
  json.member("selectSubtechniquesWithParent", layer.select_subtechniques_with_parent);
  json.member("selectVisibleTechniques", layer.select_visible_techniques);
}

// In the order of the specification, which is how people read layers.
void write_layer(JsonWriter& json, const Layer& layer) {
  json.begin_object().member("name", layer.name);
  json.key("versions").begin_object();
  write_text(json, "attack", layer.versions.attack);
  json.member("navigator", layer.versions.navigator).member("layer", "4.5").end_object();
  json.member("domain", layer.domain);
  write_text(json, "description", layer.description);
  write_text(json, "customDataURL", layer.custom_data_url);
  if (!layer.platforms.empty()) {
    json.key("filters").begin_object().strings("platforms", layer.platforms).end_object();
  }
  write_appearance(json, layer);
  json.key("techniques").begin_array();
  for (const TechniqueEntry& entry : layer.techniques) write_technique(json, entry);
  json.end_array();
  if (layer.gradient) write_gradient(json, *layer.gradient);
  if (!layer.legend.empty()) {
    json.key("legendItems").begin_array();
    for (const LegendItem& item : layer.legend) {
      json.begin_object().member("label", item.label).member("color", item.color).end_object();
    }
    json.end_array();
  }
  write_pairs(json, "metadata", layer.metadata, "name", "value");
  write_pairs(json, "links", layer.links, "label", "url");
  json.end_object();
}

}  // namespace

std::string to_json(const Layer& layer) {
  JsonWriter json(1);
  write_layer(json, layer);
  return json.take() + '\n';
}

std::string to_json(std::span<const Layer> layers) {
  if (layers.size() == 1) return to_json(layers.front());
  JsonWriter json(1);
  json.begin_array();
  for (const Layer& layer : layers) write_layer(json, layer);
  json.end_array();
  return json.take() + '\n';
}

}  // namespace nepho::navigator
