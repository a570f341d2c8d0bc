// A path is laid in every way in which records may write it: for "a.b.c" the branches "a" and "a.b"
// lead to nodes where the rest begins, and "a.b.c" ends it. All ways end at one number, so that a
// scan only notes "trail 3 ended here". That makes 2^(parts-1) ways, hence the bound on parts.
#include "event/trails.h"

#include <algorithm>
#include <utility>

#include "event/path_marks.h"
#include "text/json_index.h"

namespace nepho::event {
namespace {

// Keys of four parts and more are not met in logs; 4 parts can be written in 8 ways.
constexpr std::ptrdiff_t kMostParts = 4;

bool can_be_followed(std::string_view rest) {
  const bool has_empty_part =
      rest.empty() || rest.starts_with('.') || rest.ends_with('.') || rest.find("..") != rest.npos;
  return !has_empty_part && rest.size() < text::kJsonPadding && !holds_mark(rest) &&
         rest.find_first_of("\\\"") == rest.npos && std::ranges::count(rest, '.') < kMostParts;
}

Trails::Branch branch_of(std::string_view key) {
  Trails::Branch branch;
  branch.quoted = std::string(key) + '"';
  std::string padded = branch.quoted;
  padded.resize(std::max(padded.size(), sizeof(branch.head)));
  branch.head = Trails::head_at(padded.data());
  return branch;
}

void put_in_place(Trails::Node& node, std::uint32_t number) {
  Trails::Branch& branch = node.branches[number];
  std::uint32_t& place = node.places[node.place_of(branch.head)];
  branch.next = place;
  place = number;
}

// Twice as many places as branches, and more.
void make_room(Trails::Node& node) {
  if (2 * node.branches.size() <= node.places.size()) return;
  node.places.assign(2 * node.places.size(), Trails::kNone);
  --node.shift;
  for (std::uint32_t number = 0; number < node.branches.size(); ++number)
    put_in_place(node, number);
}

}  // namespace

std::uint32_t Trails::new_node() {
  nodes_.emplace_back();
  return static_cast<std::uint32_t>(nodes_.size() - 1);
}

std::uint32_t Trails::add(std::uint32_t key, std::string_view rest) {
  if (!can_be_followed(rest)) return kNone;
  if (key >= roots_.size()) roots_.resize(key + 1, kNone);
  if (roots_[key] == kNone) roots_[key] = new_node();
  const std::uint32_t trail = add_below(roots_[key], rest, num_trails_);
  num_trails_ = std::max(num_trails_, trail + 1);
  return trail;
}

// Every way to write `rest` is laid, also as one key.
std::uint32_t Trails::find(std::uint32_t key, std::string_view rest) const {
  if (root(key) == kNone || !can_be_followed(rest)) return kNone;
  const Branch* const whole = branch_named(root(key), rest);
  return whole == nullptr ? kNone : whole->trail;
}

std::uint32_t Trails::add_further(std::uint32_t key, std::string_view rest) {
  std::uint32_t at = root(key);
  for (std::string_view left = rest; at != kNone; left.remove_prefix(left.find('.') + 1)) {
    const std::size_t end = left.find('.');
    if (end == left.npos) return add(key, rest);
    const Branch* const next = branch_named(at, left.substr(0, end));
    at = next == nullptr ? kNone : next->node;
  }
  return kNone;
}

// Adds every way to write `rest` below a node. Gives the trail that ended there before, else
// `trail`.
std::uint32_t Trails::add_below(std::uint32_t node, std::string_view rest, std::uint32_t trail) {
  std::uint32_t ended = kNone;
  for (std::size_t end = rest.find('.'); ended == kNone; end = rest.find('.', end + 1)) {
    const std::uint32_t at = branch_for(node, rest.substr(0, end));
    if (end == rest.npos) {
      Branch& branch = nodes_[node].branches[at];
      if (branch.trail == kNone) branch.trail = trail;
      ended = branch.trail;
      break;
    }
    if (nodes_[node].branches[at].node == kNone) {
      const std::uint32_t below = new_node();  // moves the nodes
      nodes_[node].branches[at].node = below;
    }
    add_below(nodes_[node].branches[at].node, rest.substr(end + 1), trail);
  }
  auto& trails = nodes_[node].trails;
  if (std::ranges::find(trails, ended) == trails.end()) trails.push_back(ended);
  return ended;
}

// The node's branch with this key, or nullptr.
const Trails::Branch* Trails::branch_named(std::uint32_t node, std::string_view key) const {
  const auto& branches = nodes_[node].branches;
  const auto named = std::ranges::find_if(branches, [key](const Branch& branch) {
    return std::string_view(branch.quoted).substr(0, branch.quoted.size() - 1) == key;
  });
  return named == branches.end() ? nullptr : &*named;
}

// The number of the node's branch with this key, made where there is none.
std::uint32_t Trails::branch_for(std::uint32_t of, std::string_view key) {
  Node& node = nodes_[of];
  if (const Branch* const known = branch_named(of, key))
    return static_cast<std::uint32_t>(known - node.branches.data());
  const auto number = static_cast<std::uint32_t>(node.branches.size());
  node.branches.push_back(branch_of(key));
  node.first_bytes |= Node::bit_of(key[0]);
  put_in_place(node, number);
  make_room(node);
  return number;
}

}  // namespace nepho::event
