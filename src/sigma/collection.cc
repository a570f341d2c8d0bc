#include "sigma/collection.h"

#include <fmt/format.h>

#include <array>
#include <optional>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

// Lays `over` over `under`, key by key. The pairs of mappings still to be merged are on a stack.
YamlNode merged(YamlNode under, const YamlNode& over) {
  std::vector<std::pair<YamlNode*, const YamlNode*>> pending{{&under, &over}};
  while (!pending.empty()) {
    const auto [target, source] = pending.back();
    pending.pop_back();
    // Adding first, so that no pointer into the members moves while it is on the stack.
    for (const auto& member : source->members)
      if (target->find(member.first.text) == nullptr) target->members.push_back(member);
    for (auto& [key, value] : target->members) {
      const YamlNode* other = source->find(key.text);
      if (other == nullptr) continue;
      if (value.is_mapping() && other->is_mapping()) {
        pending.emplace_back(&value, other);
      } else {
        key = *source->find_key(key.text);
        value = *other;
      }
    }
  }
  under.line = over.line;
  under.column = over.column;
  return under;
}

// Takes `action` out of the document; its text, or "" when there is none.
std::string take_action(YamlNode& document) {
  const auto found =
      std::find_if(document.members.begin(), document.members.end(),
                   [](const YamlNode::Member& member) { return member.first.text == "action"; });
  if (found == document.members.end()) return {};
  std::string action = found->second.text;
  document.members.erase(found);
  return action;
}

Error unknown_action(std::string_view action, const Place& place) {
  constexpr auto kActions = std::to_array<std::string_view>({"global", "reset", "repeat"});
  const std::string near = text::did_you_mean(action, kActions);
  return {kUnknownAction, fmt::format("'{}' is not an action", escape_for_log(action)), place,
          near.empty() ? "actions are global, reset and repeat" : near};
}

}  // namespace

std::vector<YamlNode> carry_out_actions(std::vector<YamlNode> documents, const std::string& file,
                                        LoadReport& report) {
  std::vector<YamlNode> result;
  std::optional<YamlNode> global;
  std::optional<YamlNode> before;
  for (YamlNode& document : documents) {
    if (document.is_null()) continue;
    const YamlNode* action_node = document.find("action");
    const Place place = action_node == nullptr ? Place{} : action_node->place(file);
    const std::string action = take_action(document);
    if (action == "global") {
      global = global ? merged(*std::move(global), document) : std::move(document);
    } else if (action == "reset") {
      global.reset();
    } else if (action == "repeat" && before) {
      result.push_back(merged(*before, document));
      before = result.back();
    } else if (action == "repeat") {
      report.add_error({kUnknownAction, "there is no document before this one to repeat", place});
    } else if (!action.empty()) {
      report.add_error(unknown_action(action, place));
    } else {
      result.push_back(global && document.is_mapping() ? merged(*global, document)
                                                       : std::move(document));
      // Kept only where a later document may ask for it; a copy of every rule would be dear.
      if (documents.size() > 1) before = result.back();
    }
  }
  return result;
}

}  // namespace nepho::sigma
