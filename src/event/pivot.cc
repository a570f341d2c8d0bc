#include "event/pivot.h"

#include <algorithm>
#include <cstddef>

namespace nepho::event {
namespace {

// The key in front, of a dotted path.
std::string_view first_part(std::string_view path) { return path.substr(0, path.find('.')); }

// One character of a raw JSON string, which may be written as an escape.
struct Unit {
  std::size_t size = 1;
  bool is_quote = false;
  bool is_backslash = false;
};

Unit unit_at(std::string_view raw, std::size_t at) {
  if (raw[at] != '\\' || at + 1 == raw.size()) return {};
  const char kind = raw[at + 1];
  if (kind != 'u') return {2, kind == '"', kind == '\\'};
  const std::string_view code = raw.substr(at + 2, 4);
  return {6, code == "0022", code == "005c" || code == "005C"};
}

}  // namespace

std::vector<std::string> Pivot::paths_of(std::string_view path) const {
  const bool is_below =
      path.size() > array.size() + 1 && path.starts_with(array) && path[array.size()] == '.';
  if (!is_below) return {};
  const std::string_view wanted = path.substr(array.size() + 1);
  const auto is_own_key = [&](const std::string& own) {
    return first_part(own) == first_part(wanted);
  };
  if (is_own_key(name) || std::ranges::any_of(value, is_own_key) ||
      std::ranges::any_of(also, is_own_key) || holds_mark(wanted))
    return {};
  std::vector<std::string> paths;
  const auto add = [&](std::string_view of_element, const std::string& part) {
    paths.push_back(array + '.' + kSelectorMark + name + kSelectorMark);
    paths.back().append(of_element).append({kSelectorMark, '.'}).append(part);
  };
  for (const std::string& part : value) add(wanted, part);
  for (const auto* parts : {&value, &also}) {
    for (const std::string& part : *parts) {
      if (wanted.size() > part.size() + 1 && wanted.ends_with('.' + part))
        add(wanted.substr(0, wanted.size() - part.size() - 1), part);
    }
  }
  return paths;
}

std::optional<Selector> Selector::begin_of(std::string_view path) {
  if (!begins_with_selector(path)) return std::nullopt;
  const std::size_t middle = path.find(kSelectorMark, 1);
  if (middle == path.npos) return std::nullopt;
  const std::size_t end = path.find(kSelectorMark, middle + 1);
  if (end == path.npos) return std::nullopt;
  std::string_view rest = path.substr(end + 1);
  if (!rest.empty()) {
    if (rest[0] != '.') return std::nullopt;
    rest.remove_prefix(1);
  }
  return Selector{path.substr(1, middle - 1), path.substr(middle + 1, end - middle - 1), rest};
}

std::optional<std::string_view> unquoted(std::string_view text) {
  if (text.size() < 2 || !text.starts_with('"') || !text.ends_with('"')) return std::nullopt;
  const std::string_view inside = text.substr(1, text.size() - 2);
  if (inside.find_first_of("\"\\") != inside.npos) return std::nullopt;
  return inside;
}

std::optional<std::string_view> unquoted_raw(std::string_view raw) {
  if (!raw.starts_with('\\')) return std::nullopt;
  const Unit first = unit_at(raw, 0);
  if (!first.is_quote) return std::nullopt;
  for (std::size_t at = first.size; at < raw.size();) {
    const Unit unit = unit_at(raw, at);
    if (unit.is_backslash) return std::nullopt;
    if (unit.is_quote) {
      if (at + unit.size != raw.size()) return std::nullopt;
      return raw.substr(first.size, at - first.size);
    }
    at += unit.size;
  }
  return std::nullopt;
}

}  // namespace nepho::event
