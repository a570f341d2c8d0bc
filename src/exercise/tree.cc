#include "exercise/tree.h"

#include <algorithm>
#include <charconv>

namespace nepho::exercise {
namespace {

constexpr std::string_view kAbsent = "$absent";

bool is_absent(const Tree& tree) { return tree.is_scalar() && tree.text == kAbsent; }

bool is_directive(const Tree& tree) {
  return tree.members.size() == 1 && tree.members.front().first.text.starts_with('$');
}

bool can_join(const Tree& base, const Tree& overlay) {
  return base.is_mapping() && overlay.is_mapping() && is_directive(base) == is_directive(overlay);
}

void lay_member_over(Tree& base, const Tree::Member& member) {
  const auto at = std::ranges::find(base.members, member.first.text,
                                    [](const Tree::Member& m) { return m.first.text; });
  if (is_absent(member.second)) {
    if (at != base.members.end()) base.members.erase(at);
  } else if (at == base.members.end()) {
    base.members.push_back(member);
  } else {
    lay_over(at->second, member.second);
  }
}

}  // namespace

Tree text_tree(std::string text) {
  Tree tree;
  tree.text = std::move(text);
  return tree;
}

Tree plain_tree(std::string text) {
  Tree tree = text_tree(std::move(text));
  tree.is_plain = true;
  return tree;
}

Tree mapping_tree() {
  Tree tree;
  tree.kind = text::YamlKind::kMapping;
  return tree;
}

void lay_over(Tree& base, const Tree& overlay) {
  if (!can_join(base, overlay)) {
    base = overlay;
    return;
  }
  for (const Tree::Member& member : overlay.members) lay_member_over(base, member);
}

const Tree* at_path(const Tree& root, std::string_view path) {
  const Tree* at = &root;
  while (at != nullptr && !path.empty()) {
    const std::string_view key = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(path.size(), key.size() + 1));
    if (!at->is_sequence()) {
      at = at->find(key);
      continue;
    }
    std::size_t index = 0;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), index);
    const bool is_index = error == std::errc{} && end == key.data() + key.size();
    at = is_index && index < at->items.size() ? &at->items[index] : nullptr;
  }
  return at;
}

std::size_t num_nodes(const Tree& tree) {
  std::size_t count = 1;
  for (const Tree& item : tree.items) count += num_nodes(item);
  for (const auto& [key, value] : tree.members) count += num_nodes(value);
  return count;
}

}  // namespace nepho::exercise
