#include "exercise/mutation.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/printable.h"
#include "exercise/errors.h"
#include "exercise/step_reader.h"
#include "text/nearest.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;

constexpr std::string_view kFolder = "mutation/";

constexpr std::array<std::string_view, 7> kPolicyWays{"spacing", "escapes",   "lists",     "order",
                                                      "case",    "wildcards", "principals"};

std::optional<PolicyWay> policy_way(std::string_view word) {
  const auto found = std::ranges::find(kPolicyWays, word);
  if (found == kPolicyWays.end()) return std::nullopt;
  return static_cast<PolicyWay>(found - kPolicyWays.begin());
}

class MutationReader {
 public:
  MutationReader(StepReader& reader, const ProviderOperations& provider)
      : reader_(reader), provider_(provider) {}

  ProviderMutations read(const YamlNode& root) {
    ProviderMutations all;
    if (!reader_.has_keys(root, {"changes", "calls", "callers"})) return all;
    for (const auto& [key, value] : mapping_at(root, "changes").members) {
      if (auto change = read_change(key.text, value)) all.changes.push_back(*std::move(change));
    }
    for (const YamlNode& node : items_at(root, "calls")) read_call(node, all);
    const YamlNode* callers = root.find("callers");
    if (callers != nullptr && reader_.has_keys(*callers, {"not_of", "instead"})) {
      all.callers_not_of = callers->texts_at("not_of");
      for (const YamlNode& node : items_at(*callers, "instead")) read_caller(node, all);
    }
    return all;
  }

 private:
  static YamlNode mapping_at(const YamlNode& node, std::string_view key) {
    const YamlNode* found = node.find(key);
    return found != nullptr && found->is_mapping() ? *found : mapping_tree();
  }
  static std::vector<YamlNode> items_at(const YamlNode& node, std::string_view key) {
    const YamlNode* found = node.find(key);
    return found == nullptr ? std::vector<YamlNode>{} : found->items;
  }

  std::optional<Change> read_change(const std::string& id, const YamlNode& node) {
    if (!reader_.has_keys(node, {"by", "dies_if", "why", "not_of", "edits"})) return std::nullopt;
    Change change{.id = id, .what = reader_.needed_text_at(node, "dies_if")};
    const std::string by = reader_.needed_text_at(node, "by");
    if (by == to_string(By::kProvider)) {
      change.by = By::kProvider;
    } else if (by != to_string(By::kAttacker)) {
      reader_.error(kBadValue, node,
                    "expected 'by: attacker' or 'by: provider', came: " + escape_for_log(by));
    }
    change.not_of = node.texts_at("not_of");
    for (const YamlNode& item : items_at(node, "edits")) {
      if (auto edit = read_edit(item)) change.edits.push_back(*std::move(edit));
    }
    if (change.edits.empty()) reader_.error(kMissingKey, node, "expected 'edits': a list");
    return change;
  }

  std::optional<Edit> read_edit(const YamlNode& node) {
    if (!reader_.has_keys(
            node, {"in", "where", "set", "rename", "to", "reverse", "policy", "fields", "order"})) {
      return std::nullopt;
    }
    Edit edit{.log_source = reader_.needed_text_at(node, "in")};
    edit.where = read_wanted(mapping_at(node, "where"));
    const auto fields = [&](std::string_view key) {
      for (std::string& path : node.texts_at(key)) edit.fields.push_back({std::move(path), {}});
    };
    if (const YamlNode* set = node.find("set")) {
      for (const auto& [key, value] : set->members)
        edit.fields.push_back({key.text, set->texts_at(key.text)});
    } else if (node.find("rename") != nullptr) {
      edit.kind = Edit::Kind::kRename;
      fields("rename");
      for (Edit::Field& field : edit.fields) field.to = node.texts_at("to");
    } else if (node.find("reverse") != nullptr) {
      edit.kind = Edit::Kind::kReverse;
      fields("reverse");
    } else if (node.find("policy") != nullptr) {
      fields("fields");
      read_policy(node, edit);
    } else if (const YamlNode* order = node.find("order")) {
      read_order(*order, edit);
      return edit;
    }
    if (edit.fields.empty()) {
      reader_.error(kMissingKey, node, "expected 'set', 'rename', 'reverse', 'policy' or 'order'");
    }
    return edit;
  }

  void read_policy(const YamlNode& node, Edit& edit) {
    edit.kind = Edit::Kind::kPolicy;
    const std::string word = reader_.text_at(node, "policy");
    if (const auto way = policy_way(word)) {
      edit.policy = *way;
    } else {
      reader_.error(kBadValue, node, "no such way to write a policy: " + escape_for_log(word),
                    text::did_you_mean(word, kPolicyWays));
    }
  }

  void read_order(const YamlNode& node, Edit& edit) {
    edit.kind = Edit::Kind::kOrder;
    if (!reader_.has_keys(node, {"asks", "who", "answers", "reads"})) return;
    edit.asks = node.texts_at("asks");
    edit.who = node.texts_at("who");
    edit.answers = node.texts_at("answers");
    edit.reads = read_wanted(mapping_at(node, "reads"));
  }

  static std::vector<Wanted> read_wanted(const YamlNode& node) {
    std::vector<Wanted> all;
    for (const auto& [key, value] : node.members)
      all.push_back({key.text, node.texts_at(key.text)});
    return all;
  }

  void read_call(const YamlNode& node, ProviderMutations& all) {
    if (!reader_.has_keys(
            node, {"call", "instead", "when", "not_by", "attributes", "keep", "dies_if", "why"}))
      return;
    CallVariant variant{.what = reader_.text_at(node, "dies_if"),
                        .call = reader_.needed_text_at(node, "call"),
                        .instead = reader_.needed_text_at(node, "instead"),
                        .when = read_wanted(mapping_at(node, "when")),
                        .not_by = node.texts_at("not_by"),
                        .attributes = mapping_at(node, "attributes"),
                        .keep = read_kept(node)};
    if (variant.what.empty()) {
      variant.what = fmt::format("{} is called in place of {}", variant.instead, variant.call);
    }
    reader_.check_names(variant.attributes, {});
    for (const std::string& call : {variant.call, variant.instead}) {
      if (!call.starts_with("*:") && !provider_.operations.contains(call)) {
        return reader_.error(kUnknownName, node, "no such operation: " + escape_for_log(call));
      }
    }
    all.calls.push_back(std::move(variant));
  }

  // Paths, or mappings of a path to another.
  static std::vector<CallVariant::Kept> read_kept(const YamlNode& node) {
    std::vector<CallVariant::Kept> kept;
    for (const YamlNode& item : items_at(node, "keep")) {
      if (item.is_scalar()) kept.push_back({item.text, item.text});
      for (const auto& [from, to] : item.members) kept.push_back({from.text, to.text});
    }
    return kept;
  }

  void read_caller(const YamlNode& node, ProviderMutations& all) {
    if (!reader_.has_keys(node, {"as", "by", "dies_if", "why"})) return;
    CallerVariant variant{reader_.needed_text_at(node, "dies_if"), reader_.principal_at(node, "as"),
                          reader_.principal_at(node, "by")};
    if (!variant.caller.empty() && !variant.instead.empty()) all.callers.push_back(variant);
  }

  StepReader& reader_;
  const ProviderOperations& provider_;
};

// "mutation/aws.yml" -> "aws".
std::string_view provider_of(std::string_view path) {
  path.remove_prefix(kFolder.size());
  return path.substr(0, path.find('.'));
}

}  // namespace

std::string_view to_string(By by) { return by == By::kAttacker ? "attacker" : "provider"; }

std::size_t Change::num_variants() const {
  std::size_t most = 1;
  for (const Edit& edit : edits) {
    for (const Edit::Field& field : edit.fields) most = std::max(most, field.to.size());
  }
  return most;
}

Mutations Mutations::load(const Knowledge& knowledge, const Operations& operations,
                          LoadReport& report) {
  Mutations all;
  for (const KnowledgeFile* file : knowledge.list(kFolder)) {
    const ProviderOperations* provider = operations.find(provider_of(file->path));
    if (provider == nullptr) {
      report.add_error(Error(kUnknownName, "no operations are known of the provider: " +
                                               escape_for_log(provider_of(file->path))));
      continue;
    }
    all.add(file->content, file->place, *provider, report);
  }
  return all;
}

void Mutations::add(std::string_view yaml, const std::string& file,
                    const ProviderOperations& provider, LoadReport& report) {
  const auto root = text::parse_yaml(yaml, file);
  if (!root) return report.add_error(root.error());
  StepReader reader(provider, file, report);
  providers_[provider.provider] = MutationReader(reader, provider).read(*root);
}

const ProviderMutations& Mutations::of(std::string_view provider) const {
  static const ProviderMutations none;
  const auto found = providers_.find(provider);
  return found == providers_.end() ? none : found->second;
}

bool is_among(std::string_view technique, const std::vector<std::string>& techniques) {
  return std::ranges::any_of(techniques, [&](const std::string& id) {
    return technique == id || (technique.starts_with(id) && technique[id.size()] == '.');
  });
}

}  // namespace nepho::exercise
