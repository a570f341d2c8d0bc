#include "exercise/tabletop_guide.h"

#include <fmt/format.h>

#include "exercise/errors.h"
#include "text/yaml.h"
#include "text/yaml_keys.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;
using Texts = std::vector<std::string>;

constexpr std::string_view kPath = "exercise/tabletop.yml";

// Reads one file; the first fault is kept, and what is read after it does not matter.
class Reader {
 public:
  explicit Reader(const std::string& file) : file_(file) {}

  TabletopGuide guide(const YamlNode& root) {
    expect(root, {"ask", "debrief", "tactics", "callers", "shows"});
    TabletopGuide guide;
    if (const YamlNode* ask = root.find("ask")) {
      expect(*ask, {"first", "next", "lookalike", "other_way"});
      guide.ask = {texts(*ask, "first"), texts(*ask, "next"), texts(*ask, "lookalike"),
                   texts(*ask, "other_way")};
    }
    guide.debrief = texts(root, "debrief");
    for (const auto& [key, node] : members(root, "tactics")) guide.tactics[key.text] = tactic(node);
    for (const auto& [key, node] : members(root, "callers")) {
      for (const auto& [principal, caller] : members_of(node)) {
        guide.callers[key.text][principal.text] = this->caller(caller);
      }
    }
    for (const auto& [key, node] : members(root, "shows")) guide.shows[key.text] = texts_of(node);
    return guide;
  }

  const std::optional<Error>& fault() const { return fault_; }

 private:
  TabletopGuide::Tactic tactic(const YamlNode& node) {
    expect(node, {"wants", "ask", "contain", "afterwards"});
    TabletopGuide::Tactic tactic{.wants = text(node, "wants"), .ask = texts(node, "ask")};
    for (const auto& [provider, steps] : members(node, "contain")) {
      tactic.contain[provider.text] = texts_of(steps);
    }
    tactic.afterwards = texts(node, "afterwards");
    return tactic;
  }

  TabletopGuide::Caller caller(const YamlNode& node) {
    expect(node, {"who", "contain"});
    return {.who = text(node, "who"), .contain = texts(node, "contain")};
  }

  void refuse(Error error) {
    if (!fault_) fault_ = std::move(error);
  }

  void expect(const YamlNode& node, std::initializer_list<std::string_view> keys) {
    if (auto known = text::expect_keys(node, keys, file_); !known) refuse(known.error());
  }

  const std::vector<YamlNode::Member>& members_of(const YamlNode& node) {
    if (!node.is_mapping()) refuse(Error(kBadValue, "expected a mapping", node.place(file_)));
    return node.members;
  }

  const std::vector<YamlNode::Member>& members(const YamlNode& node, std::string_view key) {
    const YamlNode* found = node.find(key);
    return found == nullptr ? nothing_ : members_of(*found);
  }

  std::string text(const YamlNode& node, std::string_view key) {
    const YamlNode* found = node.find(key);
    if (found != nullptr && found->is_scalar() && !found->text.empty()) return found->text;
    refuse(Error(kBadValue, fmt::format("expected a text at '{}'", key),
                 (found == nullptr ? node : *found).place(file_)));
    return {};
  }

  // A list of texts; none when the key is missing.
  Texts texts(const YamlNode& node, std::string_view key) {
    const YamlNode* found = node.find(key);
    return found == nullptr ? Texts{} : texts_of(*found);
  }
  Texts texts_of(const YamlNode& node) {
    Texts all;
    if (!node.is_sequence())
      refuse(Error(kBadValue, "expected a list of texts", node.place(file_)));
    for (const YamlNode& item : node.items) {
      if (!item.is_scalar()) refuse(Error(kBadValue, "expected a text", item.place(file_)));
      all.push_back(item.text);
    }
    return all;
  }

  const std::string& file_;
  const std::vector<YamlNode::Member> nothing_;
  std::optional<Error> fault_;
};

}  // namespace

std::vector<std::string> TabletopGuide::Tactic::steps_on(std::string_view provider) const {
  std::vector<std::string> steps;
  for (const std::string_view whose : {std::string_view("any"), provider}) {
    const auto found = contain.find(whose);
    if (found == contain.end()) continue;
    steps.insert(steps.end(), found->second.begin(), found->second.end());
  }
  return steps;
}

const TabletopGuide::Tactic* TabletopGuide::find_tactic(std::string_view word) const {
  const auto found = tactics.find(word);
  return found == tactics.end() ? nullptr : &found->second;
}

const TabletopGuide::Caller* TabletopGuide::find_caller(std::string_view provider,
                                                        std::string_view principal) const {
  const auto of_provider = callers.find(provider);
  if (of_provider == callers.end()) return nullptr;
  const auto found = of_provider->second.find(principal);
  return found == of_provider->second.end() ? nullptr : &found->second;
}

Result<TabletopGuide> load_tabletop_guide(const Knowledge& knowledge) {
  const KnowledgeFile* file = knowledge.find(kPath);
  if (file == nullptr) return fail(kMissingKey, fmt::format("there is no knowledge/{}", kPath));
  return parse_tabletop_guide(file->content, file->place);
}

Result<TabletopGuide> parse_tabletop_guide(std::string_view yaml, const std::string& file) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return std::unexpected(root.error());
  Reader reader(file);
  TabletopGuide guide = reader.guide(*root);
  if (reader.fault()) return std::unexpected(*reader.fault());
  return guide;
}

}  // namespace nepho::exercise
