#include "sigma/placeholders.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"
#include "text/yaml.h"

namespace nepho::sigma {
namespace {

bool is_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         c == '-' || c == '.';
}

// The name of the placeholder at the start of `text`, or "" when none starts there.
std::string_view name_at(std::string_view text) {
  if (!text.starts_with('%')) return {};
  const auto end = std::find_if_not(text.begin() + 1, text.end(), is_name_character);
  if (end == text.end() || *end != '%') return {};
  return text.substr(1, static_cast<std::size_t>(end - text.begin()) - 1);
}

std::unexpected<Error> missing(std::string_view name, const Placeholders& placeholders) {
  std::vector<std::string_view> known;
  for (const auto& [known_name, values] : placeholders) known.push_back(known_name);
  const std::string near = text::did_you_mean(name, known);
  const std::string way = fmt::format(
      "supply it: --placeholders FILE with '{}: [value, ...]' in it", escape_for_log(name));
  return fail(kMissingPlaceholder,
              fmt::format("the placeholder %{}% has no values", escape_for_log(name)), {},
              near.empty() ? way : near + " or " + way);
}

// Appends to every text of `texts` every one of `values`.
Result<void> multiply(const std::vector<std::string>& values, const Limits& limits,
                      std::vector<std::string>& texts) {
  if (texts.size() * values.size() > limits.max_values_per_item)
    return fail(kTooMany, fmt::format("the placeholders make more than {} values",
                                      limits.max_values_per_item));
  std::vector<std::string> longer;
  longer.reserve(texts.size() * values.size());
  for (const std::string& text : texts)
    for (const std::string& value : values) longer.push_back(text + value);
  texts = std::move(longer);
  return {};
}

// The values at one name of a placeholder file.
Result<std::vector<std::string>> values_of(const text::YamlNode& node, const std::string& file) {
  std::vector<std::string> values;
  const auto add = [&](const text::YamlNode& value) {
    if (!value.is_scalar() || value.is_null()) return false;
    values.push_back(value.text);
    return true;
  };
  const bool good =
      node.is_sequence() ? std::all_of(node.items.begin(), node.items.end(), add) : add(node);
  if (!good || values.empty())
    return fail(kBadPlaceholders, "expected a value or a list of values", node.place(file));
  return values;
}

}  // namespace

Result<Placeholders> parse_placeholders(std::string_view text, const std::string& file,
                                        const Limits& limits) {
  const auto root = text::parse_yaml(text, file, limits);
  if (!root) return std::unexpected(root.error());
  if (!root->is_mapping())
    return fail(kBadPlaceholders, "expected a mapping from placeholder names to lists of values",
                root->place(file));
  Placeholders placeholders;
  for (const auto& [key, value] : root->members) {
    auto values = values_of(value, file);
    if (!values) return std::unexpected(values.error());
    std::string_view name = key.text;
    if (name.size() > 2 && name_at(name).size() == name.size() - 2)
      name = name.substr(1, name.size() - 2);
    placeholders[std::string(name)] = *std::move(values);
  }
  return placeholders;
}

Result<Expansion> expand(std::string_view text, const Placeholders& placeholders,
                         const Limits& limits) {
  Expansion expansion{.texts = {{}}};
  const auto append = [&](std::string_view part) {
    for (std::string& one : expansion.texts) one += part;
  };
  while (!text.empty()) {
    if (text.starts_with("\\\\") || text.starts_with("\\%")) {
      append(text[1] == '%' ? text.substr(1, 1) : text.substr(0, 2));
      text.remove_prefix(2);
    } else if (const std::string_view name = name_at(text); !name.empty()) {
      const auto found = placeholders.find(name);
      if (found == placeholders.end()) return missing(name, placeholders);
      if (auto done = multiply(found->second, limits, expansion.texts); !done)
        return std::unexpected(done.error());
      ++expansion.num_found;
      text.remove_prefix(name.size() + 2);
    } else {
      const std::size_t size = std::min(text.find_first_of("\\%", 1), text.size());
      append(text.substr(0, size));
      text.remove_prefix(size);
    }
  }
  return expansion;
}

std::vector<std::string> missing_names(std::string_view text, const Placeholders& placeholders) {
  std::vector<std::string> names;
  while (!text.empty()) {
    const bool is_escape = text.starts_with("\\\\") || text.starts_with("\\%");
    const std::string_view name = is_escape ? std::string_view() : name_at(text);
    if (!name.empty() && !placeholders.contains(name)) names.emplace_back(name);
    text.remove_prefix(is_escape ? 2 : name.empty() ? 1 : name.size() + 2);
  }
  return names;
}

}  // namespace nepho::sigma
