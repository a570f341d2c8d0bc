#include "exercise/tree_paths.h"

#include <algorithm>

namespace nepho::exercise {
namespace {

bool same(const Tree& a, const Tree& b) {
  if (a.kind != b.kind || a.is_plain != b.is_plain || a.text != b.text) return false;
  return std::ranges::equal(a.items, b.items, same) &&
         std::ranges::equal(a.members, b.members, [](const auto& x, const auto& y) {
           return x.first.text == y.first.text && same(x.second, y.second);
         });
}

void add_below(const Tree& before, const Tree& after, const std::string& path,
               std::set<std::string>& paths) {
  if (same(before, after)) return;
  if (before.is_sequence() && after.is_sequence() && before.items.size() == after.items.size()) {
    for (std::size_t i = 0; i < before.items.size(); ++i)
      add_below(before.items[i], after.items[i], path, paths);
    return;
  }
  if (!before.is_mapping() || !after.is_mapping()) {
    paths.insert(path);
    return;
  }
  const auto below = [&](const std::string& key) { return path.empty() ? key : path + "." + key; };
  for (const auto& [key, value] : before.members) {
    const Tree* other = after.find(key.text);
    if (other == nullptr) {
      paths.insert(below(key.text));
    } else {
      add_below(value, *other, below(key.text), paths);
    }
  }
  for (const auto& [key, value] : after.members) {
    if (before.find(key.text) == nullptr) paths.insert(below(key.text));
  }
}

}  // namespace

void each_member_at(Tree& root, std::string_view path, const VisitMember& visit) {
  if (root.is_sequence()) {
    for (Tree& item : root.items) each_member_at(item, path, visit);
    return;
  }
  // From the back: a visit may take its member away.
  for (std::size_t i = root.members.size(); i-- > 0;) {
    const std::string& key = root.members[i].first.text;
    if (path == key) {
      visit(root, i);
    } else if (path.size() > key.size() && path.starts_with(key) && path[key.size()] == '.') {
      each_member_at(root.members[i].second, path.substr(key.size() + 1), visit);
    }
  }
}

const Tree* first_scalar_at(const Tree& root, std::string_view path) {
  if (root.is_sequence()) {
    for (const Tree& item : root.items) {
      if (const Tree* found = first_scalar_at(item, path)) return found;
    }
    return nullptr;
  }
  if (path.empty()) return root.is_scalar() ? &root : nullptr;
  for (const auto& [key, value] : root.members) {
    const Tree* found = nullptr;
    if (path == key.text) {
      found = first_scalar_at(value, {});
    } else if (path.size() > key.text.size() && path.starts_with(key.text) &&
               path[key.text.size()] == '.') {
      found = first_scalar_at(value, path.substr(key.text.size() + 1));
    }
    if (found != nullptr) return found;
  }
  return nullptr;
}

bool has_value_at(const Tree& root, std::string_view path) {
  const auto leads = [&](const Tree::Member& member) {
    const std::string& key = member.first.text;
    if (path == key) return true;
    return path.size() > key.size() && path.starts_with(key) && path[key.size()] == '.' &&
           has_value_at(member.second, path.substr(key.size() + 1));
  };
  const auto holds = [&](const Tree& item) { return has_value_at(item, path); };
  return std::ranges::any_of(root.items, holds) || std::ranges::any_of(root.members, leads);
}

void each_scalar(Tree& root, const std::function<void(Tree&)>& visit) {
  if (root.is_scalar()) return visit(root);
  for (Tree& item : root.items) each_scalar(item, visit);
  for (auto& [key, value] : root.members) each_scalar(value, visit);
}

void each_scalar(const Tree& root, const std::function<void(const Tree&)>& visit) {
  if (root.is_scalar()) return visit(root);
  for (const Tree& item : root.items) each_scalar(item, visit);
  for (const auto& [key, value] : root.members) each_scalar(value, visit);
}

void add_differences(const Tree& before, const Tree& after, std::set<std::string>& paths) {
  add_below(before, after, {}, paths);
}

bool is_on_one_way(std::string_view a, std::string_view b) {
  if (a.size() > b.size()) std::swap(a, b);
  return b.starts_with(a) && (a.size() == b.size() || b[a.size()] == '.');
}

}  // namespace nepho::exercise
