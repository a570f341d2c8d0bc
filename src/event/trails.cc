// A path is laid in every way in which records may write it: for "a.b.c" the branches "a" and "a.b"
// lead to nodes where the rest begins, and "a.b.c" ends it. All ways end at one number, so that a
// scan only notes "trail 3 ended here". That makes 2^(parts-1) ways, hence the bound on parts.
#include "event/trails.h"

#include <algorithm>
#include <utility>

#include "event/path_marks.h"

namespace nepho::event {
namespace {

// Keys of four parts and more are not met in logs; 4 parts can be written in 8 ways.
constexpr std::ptrdiff_t kMostParts = 4;

bool can_be_followed(std::string_view rest) {
  const bool has_empty_part =
      rest.empty() || rest.starts_with('.') || rest.ends_with('.') || rest.find("..") != rest.npos;
  return !has_empty_part && !holds_mark(rest) && rest.find_first_of("\\\"") == rest.npos &&
         std::ranges::count(rest, '.') < kMostParts;
}

std::uint64_t bit_of(char first) { return std::uint64_t{1} << Trails::Node::place_of(first); }

Trails::Branch branch_of(std::string_view key) {
  Trails::Branch branch;
  branch.quoted = std::string(key) + '"';
  const std::size_t size = std::min(branch.quoted.size(), sizeof(branch.head));
  std::memcpy(&branch.head, branch.quoted.data(), size);
  std::memset(&branch.mask, 0xFF, size);
  return branch;
}

}  // namespace

std::uint32_t Trails::new_node() {
  Node& node = nodes_.emplace_back();
  node.first_bytes = bit_of('\\');
  node.places.fill(kNone);
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

// The number of the node's branch with this key, made where there is none.
std::uint32_t Trails::branch_for(std::uint32_t number, std::string_view key) {
  Node& node = nodes_[number];
  Branch wanted = branch_of(key);
  const auto known = std::ranges::find(node.branches, wanted.quoted, &Branch::quoted);
  if (known != node.branches.end())
    return static_cast<std::uint32_t>(known - node.branches.begin());
  std::uint32_t& place = node.places[Node::place_of(key[0])];
  wanted.next = place;
  place = static_cast<std::uint32_t>(node.branches.size());
  node.first_bytes |= bit_of(key[0]);
  node.branches.push_back(std::move(wanted));
  return place;
}

}  // namespace nepho::event
