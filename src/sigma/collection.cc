// Only documents that an action touches are merged and counted; in the usual file of one rule
// nothing is copied.
#include "sigma/collection.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <unordered_map>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;

using Member = YamlNode::Member;

// Keys and values and elements, however deep.
std::size_t num_nodes(const YamlNode& root) {
  std::size_t count = 0;
  std::vector<const YamlNode*> pending{&root};
  while (!pending.empty()) {
    const YamlNode* node = pending.back();
    pending.pop_back();
    ++count;
    for (const YamlNode& item : node->items) pending.push_back(&item);
    for (const auto& [key, value] : node->members) pending.push_back(&value);
    count += node->members.size();
  }
  return count;
}

// Lays `over` over `under`, key by key. The pairs of mappings still to be merged are on a stack.
YamlNode merged(YamlNode under, const YamlNode& over) {
  std::vector<std::pair<YamlNode*, const YamlNode*>> pending{{&under, &over}};
  while (!pending.empty()) {
    const auto [target, source] = pending.back();
    pending.pop_back();
    std::unordered_map<std::string_view, const Member*> laid_over;
    for (const Member& member : source->members) laid_over.emplace(member.first.text, &member);
    // Room first, so that no pointer into the members moves while it is on the stack.
    target->members.reserve(target->members.size() + source->members.size());
    for (auto& [key, value] : target->members) {
      const auto found = laid_over.find(key.text);
      if (found == laid_over.end()) continue;
      const auto& [other_key, other] = *found->second;
      laid_over.erase(found);
      if (value.is_mapping() && other.is_mapping()) {
        pending.emplace_back(&value, &other);
      } else {
        key = other_key;
        value = other;
      }
    }
    for (const Member& member : source->members)
      if (laid_over.contains(member.first.text)) target->members.push_back(member);
  }
  under.line = over.line;
  under.column = over.column;
  return under;
}

// Takes the member `action` out of the document. Nothing when it has none, or an empty one, which
// YAML cannot tell from a key that somebody means to fill in later.
std::optional<YamlNode> take_action(YamlNode& document) {
  const auto found = std::ranges::find_if(
      document.members, [](const Member& member) { return member.first.text == "action"; });
  if (found == document.members.end()) return std::nullopt;
  YamlNode action = std::move(found->second);
  document.members.erase(found);
  return action.is_null() ? std::nullopt : std::optional(std::move(action));
}

Error unknown_action(const YamlNode& action, const std::string& file) {
  constexpr auto kActions = std::to_array<std::string_view>({"global", "reset", "repeat"});
  const std::string near = text::did_you_mean(action.text, kActions);
  const std::string what =
      action.is_scalar() ? "'" + escape_for_log(action.text) + "'" : "a list or a mapping";
  return {kUnknownAction, fmt::format("expected an action, found {}", what), action.place(file),
          near.empty() ? "actions are global, reset and repeat" : near};
}

// Carries the actions out in the order of the documents; what a later one may need is kept here.
class Collection {
 public:
  Collection(const std::string& file, const Limits& limits, bool is_single, LoadReport& report)
      : file_(file), limits_(limits), is_single_(is_single), report_(report) {}

  // False when no more documents may be taken.
  bool take(YamlNode document) {
    const auto action = take_action(document);
    if (!action) return add(global_ && document.is_mapping(), global_, std::move(document));
    if (action->text == "global") {
      global_ = global_ ? merged(*std::move(global_), document) : std::move(document);
    } else if (action->text == "reset") {
      global_.reset();
    } else if (action->text != "repeat") {
      report_.add_error(unknown_action(*action, file_));
    } else if (before_) {
      return add(true, before_, std::move(document));
    } else {
      report_.add_error(
          {kUnknownAction, "there is no document before this one to repeat", action->place(file_)});
    }
    return true;
  }

  std::vector<YamlNode> finish() { return std::move(documents_); }

 private:
  bool add(bool is_merged, const std::optional<YamlNode>& under, YamlNode document) {
    if (is_merged) {
      YamlNode whole = merged(*under, document);
      num_merged_nodes_ += num_nodes(whole);
      if (num_merged_nodes_ > limits_.max_yaml_nodes) {
        report_.add_error({kTooMany,
                           fmt::format("'action' makes more than {} nodes of this file; this "
                                       "document and those behind it are left out",
                                       limits_.max_yaml_nodes),
                           document.place(file_)});
        return false;
      }
      document = std::move(whole);
    }
    // Kept only where a later document may ask for it; a copy of every rule would be dear.
    if (!is_single_) before_ = document;
    documents_.push_back(std::move(document));
    return true;
  }

  const std::string& file_;
  const Limits& limits_;
  const bool is_single_;
  LoadReport& report_;
  std::vector<YamlNode> documents_;
  std::optional<YamlNode> global_;
  std::optional<YamlNode> before_;
  std::size_t num_merged_nodes_ = 0;
};

}  // namespace

std::vector<YamlNode> carry_out_actions(std::vector<YamlNode> documents, const std::string& file,
                                        const Limits& limits, LoadReport& report) {
  Collection collection(file, limits, documents.size() == 1, report);
  for (YamlNode& document : documents) {
    if (document.is_null()) continue;
    if (!collection.take(std::move(document))) break;
  }
  return collection.finish();
}

}  // namespace nepho::sigma
