#include "tests/support/record_shape.h"

#include <algorithm>

namespace nepho::tests {
namespace {

text::JsonType type_of(const text::JsonValue& value) {
  return value.type() == text::JsonType::kFalse ? text::JsonType::kTrue : value.type();
}

}  // namespace

void add_paths(const text::JsonValue& value, const std::string& at,
               const std::set<std::string_view>& as_a_whole, Paths& paths) {
  if (as_a_whole.contains(std::string_view(at).substr(at.rfind('.') + 1))) return;
  for (const auto& child : value.children()) {
    const std::string path = value.is_array() ? at + "[]" : at + "." + std::string(child.key());
    paths[path].insert(type_of(child));
    add_paths(child, path, as_a_whole, paths);
  }
}

void add_member(const text::JsonValue& member, const std::set<std::string_view>& as_a_whole,
                Paths& paths) {
  const std::string key(member.key());
  paths[key].insert(type_of(member));
  add_paths(member, key, as_a_whole, paths);
}

double share_of(const Paths& real, const Paths& made, std::vector<std::string>& missing) {
  std::size_t there = 0;
  for (const auto& [path, types] : real) {
    const auto found = made.find(path);
    const bool is_same = found != made.end() && std::ranges::includes(found->second, types);
    there += is_same ? 1 : 0;
    if (!is_same) missing.push_back(found == made.end() ? path : path + " (type)");
  }
  return real.empty() ? 1 : static_cast<double>(there) / static_cast<double>(real.size());
}

}  // namespace nepho::tests
