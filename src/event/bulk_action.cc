#include "event/bulk_action.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "text/json.h"

namespace nepho::event {
namespace {

// Names and ids have at most 255 and 512 bytes.
constexpr std::size_t kMostBytes = 2048;

// "delete" has no record behind it, and "update" a part of one.
constexpr std::array<std::string_view, 2> kActions = {"index", "create"};

bool is_parameter(std::string_view key) {
  constexpr std::array<std::string_view, 6> kOthers = {
      "routing", "pipeline", "require_alias", "version", "version_type", "dynamic_templates"};
  return key.starts_with('_') || std::ranges::find(kOthers, key) != kOthers.end();
}

}  // namespace

bool is_bulk_action(std::string_view object) {
  constexpr std::string_view kBlank = " \t\r\n{";
  const std::size_t key = object.find_first_not_of(kBlank);
  if (object.size() > kMostBytes || key == object.npos) return false;
  const std::string_view rest = object.substr(key);
  if (!rest.starts_with("\"index\"") && !rest.starts_with("\"create\"")) return false;
  const auto document = text::JsonDocument::parse(std::string(object));
  if (!document || !document->root().is_object() || document->root().num_children() != 1)
    return false;
  const text::JsonValue action = *document->root().children().begin();
  if (!action.is_object() || std::ranges::find(kActions, action.key()) == kActions.end())
    return false;
  for (const text::JsonValue& parameter : action.children()) {
    if (!is_parameter(parameter.key())) return false;
  }
  return true;
}

}  // namespace nepho::event
