#include "exercise/mutate_policy.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>

#include "exercise/mutate_values.h"
#include "exercise/tree_paths.h"
#include "text/json.h"
#include "text/json_yaml.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

Tree list_of(Tree value) {
  Tree list;
  list.kind = text::YamlKind::kSequence;
  list.items.push_back(std::move(value));
  return list;
}

// Calls `visit(value)` with each value of the statements under one of the keys.
template <typename Visit>
void each_element(Tree& document, std::span<const std::string_view> keys, Visit visit) {
  for (const std::string_view key : keys) {
    each_member_at(
        document, "Statement." + std::string(key),
        [&](Tree& mapping, std::size_t member) { visit(mapping.members[member].second); });
  }
}

constexpr std::array<std::string_view, 4> kListed{"Action", "NotAction", "Resource", "NotResource"};
constexpr std::array<std::string_view, 2> kActions{"Action", "NotAction"};
constexpr std::array<std::string_view, 2> kPrincipals{"Principal", "NotPrincipal"};

void turn_list(Tree& value) {
  if (value.is_sequence() && value.items.size() == 1) {
    Tree only = std::move(value.items[0]);
    value = std::move(only);
  } else if (!value.is_sequence()) {
    value = list_of(std::move(value));
  }
}

void turn_lists(Tree& document) {
  each_element(document, kListed, turn_list);
  each_element(document, kPrincipals, [](Tree& principal) {
    for (auto& [key, value] : principal.members) turn_list(value);
  });
  each_member_at(document, "Statement", [](Tree& mapping, std::size_t member) {
    turn_list(mapping.members[member].second);
  });
}

void reverse_all(Tree& tree) {
  std::ranges::reverse(tree.items);
  std::ranges::reverse(tree.members);
  for (Tree& item : tree.items) reverse_all(item);
  for (auto& [key, value] : tree.members) reverse_all(value);
}

void swap_case(Tree& value) {
  each_scalar(value, [](Tree& scalar) { scalar.text = with_case_swapped(scalar.text); });
}

// "*" is every action, and so is "*:*"; behind the colon one character at least has to stand.
void respell_wildcards(Tree& value) {
  each_scalar(value, [](Tree& scalar) {
    if (scalar.text == "*") {
      scalar.text = "*:*";
    } else if (scalar.text.ends_with(":*")) {
      scalar.text.insert(scalar.text.size() - 1, "?");
    }
  });
}

// An account's number and its root's ARN name the same principal.
void respell_account(Tree& scalar) {
  constexpr std::string_view kBegin = "arn:aws:iam::";
  constexpr std::string_view kEnd = ":root";
  constexpr std::size_t kDigits = 12;
  std::string& text = scalar.text;
  if (text.size() == kBegin.size() + kDigits + kEnd.size() && text.starts_with(kBegin) &&
      text.ends_with(kEnd)) {
    text = text.substr(kBegin.size(), kDigits);
  } else if (text.size() == kDigits && text.find_first_not_of("0123456789") == std::string::npos) {
    text = fmt::format("{}{}{}", kBegin, text, kEnd);
  }
}

void respell_principal(Tree& principal) {
  const bool is_everybody = principal.is_scalar() && principal.text == "*";
  if (is_everybody) {
    principal = mapping_tree();
    principal.members.emplace_back(text_tree("AWS"), text_tree("*"));
    return;
  }
  const Tree* aws = principal.find("AWS");
  if (aws != nullptr && principal.members.size() == 1 && aws->is_scalar() && aws->text == "*") {
    principal = text_tree("*");
    return;
  }
  for (auto& [key, value] : principal.members) {
    if (key.text == "AWS") each_scalar(value, respell_account);
  }
}

// Letters and signs, which is what rules look for.
std::string escaped(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x7f && c != ' ' ? fmt::format("\\u{:04x}", byte) : std::string(1, c);
  }
  return out + "\"";
}

// Recurses as deep as the document, which text/json.h bounds.
void append_text(const Tree& tree, PolicyWay way, std::string& out) {
  const bool is_spaced = way == PolicyWay::kSpacing;
  const std::string_view gap = is_spaced ? "\n\t " : "";
  const auto separate = [&](bool is_first) {
    if (!is_first) out += is_spaced ? " ," : ",";
    out += gap;
  };
  if (tree.is_mapping()) {
    out += '{';
    for (const auto& [key, value] : tree.members) {
      separate(&key == &tree.members.front().first);
      append_text(key, way, out);
      out += is_spaced ? " : " : ":";
      append_text(value, way, out);
    }
    out += gap;
    out += '}';
  } else if (tree.is_sequence()) {
    out += '[';
    for (const Tree& item : tree.items) {
      separate(&item == &tree.items.front());
      append_text(item, way, out);
    }
    out += gap;
    out += ']';
  } else if (way == PolicyWay::kEscapes && !tree.is_plain) {
    out += escaped(tree.text);
  } else {
    text::append_json(tree, out);
  }
}

bool is_policy(const Tree& tree) { return tree.is_mapping() && tree.find("Statement") != nullptr; }

std::optional<Tree> policy_in(const std::string& text) {
  if (text.find("Statement") == std::string::npos) return std::nullopt;
  const auto document = text::JsonDocument::parse(text);
  if (!document) return std::nullopt;
  Tree tree = text::yaml_of_json(*document);
  return is_policy(tree) ? std::optional(std::move(tree)) : std::nullopt;
}

// Nothing where it is no policy, or one that the way does not concern.
std::optional<std::string> rewritten(const std::string& text, PolicyWay way) {
  auto document = policy_in(text);
  if (!document) return std::nullopt;
  const std::string before = text::json_of_yaml(*document);
  rewrite_policy(*document, way);
  std::string after = policy_text(*document, way);
  return after == before ? std::nullopt : std::optional(std::move(after));
}

}  // namespace

void rewrite_policy(Tree& document, PolicyWay way) {
  switch (way) {
    case PolicyWay::kSpacing:
    case PolicyWay::kEscapes: return;
    case PolicyWay::kLists: return turn_lists(document);
    case PolicyWay::kOrder: return reverse_all(document);
    case PolicyWay::kCase: return each_element(document, kActions, swap_case);
    case PolicyWay::kWildcards: return each_element(document, kActions, respell_wildcards);
    case PolicyWay::kPrincipals: return each_element(document, kPrincipals, respell_principal);
  }
}

std::string policy_text(const Tree& document, PolicyWay way) {
  std::string out;
  append_text(document, way, out);
  return out;
}

void rewrite_policies(const Edit& edit, Played& played) {
  each_edited(edit, played, [&](PlayedRecord&, RecordValues& values, std::size_t) {
    if (values.is_line()) return;
    for (const Edit::Field& field : edit.fields) {
      each_member_at(values.tree(), field.path, [&](Tree& mapping, std::size_t member) {
        Tree& value = mapping.members[member].second;
        if (is_policy(value)) return rewrite_policy(value, edit.policy);
        if (!value.is_scalar()) return;
        if (auto text = rewritten(value.text, edit.policy)) value.text = *std::move(text);
      });
    }
  });
}

}  // namespace nepho::exercise
