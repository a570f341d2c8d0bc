#include "exercise/draws.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/printable.h"
#include "exercise/errors.h"
#include "exercise/functions.h"
#include "exercise/template.h"
#include "text/cidr.h"
#include "text/nearest.h"
#include "text/yaml_keys.h"

namespace nepho::exercise {
namespace {

using As = ValueDefinition::As;
using text::YamlNode;

// Definitions that name others, and choices tried before it is said that none is left.
constexpr std::size_t kMaxDepth = 16;
constexpr int kMaxTries = 64;

constexpr std::array<std::pair<std::string_view, As>, 6> kAs{{{"text", As::kText},
                                                              {"address", As::kAddress},
                                                              {"account", As::kAccount},
                                                              {"name", As::kName},
                                                              {"path", As::kPath},
                                                              {"session", As::kSession}}};

// "user2" -> "user".
std::string_view without_number(std::string_view name) {
  while (!name.empty() && name.back() >= '0' && name.back() <= '9') name.remove_suffix(1);
  return name;
}

const ValueDefinition* find_in(const ValueDefinitions& definitions, std::string_view name) {
  auto found = definitions.find(name);
  if (found == definitions.end()) found = definitions.find(without_number(name));
  return found == definitions.end() ? nullptr : &found->second;
}

std::vector<std::string_view> split(std::string_view text, char at) {
  std::vector<std::string_view> parts;
  for (std::size_t end = text.find(at); end != std::string_view::npos; end = text.find(at)) {
    parts.push_back(text.substr(0, end));
    text.remove_prefix(end + 1);
  }
  parts.push_back(text);
  return parts;
}

// A part of arn:aws:iam::ACCOUNT:role/PATH/NAME, .../user/..., or
// arn:aws:sts::ACCOUNT:assumed-role/NAME/SESSION. A text that is no ARN is a name.
std::string part_of(std::string_view arn, As as) {
  const auto fields = split(arn, ':');
  if (fields.size() < 6) return as == As::kName ? std::string(arn) : as == As::kPath ? "/" : "";
  if (as == As::kAccount) return std::string(fields[4]);
  auto resource = split(fields[5], '/');
  const bool is_session = resource.front() == "assumed-role";
  resource.erase(resource.begin());
  if (resource.empty()) return {};
  if (as == As::kSession) return is_session ? std::string(resource.back()) : "";
  if (as == As::kName) return std::string(is_session ? resource.front() : resource.back());
  std::string path = "/";
  for (std::size_t i = 0; !is_session && i + 1 < resource.size(); ++i) {
    path += std::string(resource[i]) + "/";
  }
  return path;
}

std::optional<ValueDefinition> read_definition(const YamlNode& node, const std::string& file,
                                               LoadReport& report) {
  ValueDefinition definition;
  const auto error = [&](const YamlNode& at, std::string message, std::string hint = {}) {
    report.add_error(Error(kBadValue, std::move(message), at.place(file), std::move(hint)));
    return std::nullopt;
  };
  if (node.is_scalar() && !node.is_null()) {
    definition.one_of = {node.text};
    return definition;
  }
  if (node.is_sequence()) {
    for (const YamlNode& item : node.items) definition.one_of.push_back(item.text);
  } else {
    const auto known =
        text::expect_keys(node, {"of", "begins", "one_of", "else", "not_in", "as"}, file);
    if (!known) {
      report.add_error(known.error());
      return std::nullopt;
    }
    definition.of = node.text_at("of");
    definition.begins = node.text_at("begins");
    definition.one_of = node.texts_at(node.find("else") != nullptr ? "else" : "one_of");
    definition.not_in = node.texts_at("not_in");
    if (const YamlNode* as = node.find("as")) {
      const auto* const found =
          std::ranges::find(kAs, as->text, &std::pair<std::string_view, As>::first);
      if (found == kAs.end()) {
        std::vector<std::string_view> words;
        for (const auto& [word, value] : kAs) words.push_back(word);
        return error(*as, "no such part of a value: " + escape_for_log(as->text),
                     text::did_you_mean(as->text, words));
      }
      definition.as = found->second;
    }
  }
  if (definition.one_of.empty()) return error(node, "expected at least one text to choose from");
  return definition;
}

}  // namespace

ValueDefinitions parse_values(const YamlNode& node, const std::string& file, LoadReport& report) {
  ValueDefinitions definitions;
  if (!node.is_mapping()) {
    report.add_error(Error(kBadValue, "expected a mapping of names to values", node.place(file)));
    return definitions;
  }
  for (const auto& [key, value] : node.members) {
    if (auto definition = read_definition(value, file, report)) {
      definitions[key.text] = *std::move(definition);
    }
  }
  return definitions;
}

bool defines(const ValueDefinitions& definitions, std::string_view name) {
  return find_in(definitions, name) != nullptr;
}

const ValueDefinition* Draws::find(std::string_view name) const {
  const ValueDefinition* found = find_in(own_, name);
  return found != nullptr ? found : find_in(shared_, name);
}

Result<std::string> Draws::value(std::string_view name) {
  if (const auto found = drawn_.find(name); found != drawn_.end()) return found->second;
  const ValueDefinition* definition = find(name);
  if (definition == nullptr) {
    return fail(kUnknownName, "nothing is named: " + escape_for_log(name));
  }
  if (depth_ >= kMaxDepth) {
    return fail(kTooDeep, "values name each other in a circle: " + escape_for_log(name));
  }
  ++depth_;
  Random random(seed_for(seed_, name));
  auto drawn = draw(*definition, random);
  --depth_;
  if (drawn) drawn_.emplace(name, *drawn);
  return drawn;
}

std::vector<std::string> Draws::listed(const ValueDefinition& definition) const {
  std::vector<std::string> entries = context_.list(definition.of);
  std::erase_if(entries, [&](const std::string& entry) {
    return !entry.starts_with(definition.begins) && !entry.starts_with('*');
  });
  return entries;
}

Result<std::string> Draws::draw(const ValueDefinition& definition, Random& random) {
  const std::vector<std::string> listed = this->listed(definition);
  const bool from_list = !listed.empty();
  for (int i = 0; i < kMaxTries; ++i) {
    const auto& choices = from_list ? listed : definition.one_of;
    const std::string& choice = choices[random.below(choices.size())];
    auto text = from_list ? without_wildcards(choice, random) : expand(choice, random);
    if (!text) return text;
    std::string value = *std::move(text);
    if (definition.as == As::kAddress) {
      const auto network = text::Network::parse(value);
      if (!network) return std::unexpected(network.error());
      value = random.address_in(*network);
    } else if (definition.as != As::kText) {
      value = part_of(value, definition.as);
    }
    if (!is_excluded(definition, value)) return value;
  }
  return fail(kNoValue, fmt::format("every choice is one of the organisation's own ({})",
                                    fmt::join(definition.not_in, ", ")));
}

Result<std::string> Draws::expand(std::string_view source, Random& random) {
  Expander expander([&](const Piece& piece) -> Result<std::optional<Tree>> {
    const auto function = drawn_text(piece.text, piece.argument, random);
    if (!function) return std::unexpected(function.error());
    if (*function) return text_tree(**function);
    const auto other = value(piece.text);
    if (!other) return std::unexpected(other.error());
    return text_tree(*other);
  });
  return expander.text(source);
}

bool Draws::is_excluded(const ValueDefinition& definition, std::string_view value) const {
  const auto address = text::Address::parse(value);
  return std::ranges::any_of(definition.not_in, [&](const std::string& name) {
    return std::ranges::any_of(context_.list(name), [&](const std::string& entry) {
      if (entry == value || !address) return entry == value;
      const auto network = text::Network::parse(entry);
      return network && network->contains(*address);
    });
  });
}

// "arn:aws:iam::*:role/terraform*" as one principal that it means: the account is ours, any other
// star a few letters.
Result<std::string> Draws::without_wildcards(std::string pattern, Random& random) {
  constexpr std::string_view kAccountStar = ":*:";
  if (const auto at = pattern.find(kAccountStar);
      pattern.starts_with("arn:") && at != std::string::npos) {
    const auto account = value("account");
    if (!account) return account;
    pattern.replace(at, kAccountStar.size(), ":" + *account + ":");
  }
  for (auto at = pattern.find('*'); at != std::string::npos; at = pattern.find('*')) {
    pattern.replace(at, 1, "-" + random.letters("abcdefghijklmnopqrstuvwxyz", 4));
  }
  return pattern;
}

}  // namespace nepho::exercise
