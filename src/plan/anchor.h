// Through which of their items rules are reached where many can be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

#include "sigma/rule.h"
#include "text/literal_set.h"
#include "text/network_table.h"

namespace nepho::plan {

// Items of `rule` of which one must hold, by some value that is there, for the rule to hold; of the
// sets of such items the one that likely holds for the fewest events. Nothing where the rule may
// hold without any (keywords, references, null, "not"). Only items for which `can_be` holds are
// taken. O(items).
std::optional<std::vector<std::size_t>> anchor_items(
    const sigma::Rule& rule, const std::function<bool(const sigma::Item&)>& can_be);

// Rules are reached through their anchors where more than so many of those that an event can reach
// have some: to run fewer costs less.
inline constexpr std::size_t kFewAnchored = 8;

// The rules of one log source that are reached through a value in one slot.
struct Anchors {
  std::uint32_t slot = 0;
  // Predicates on that slot, each with the rules that it leads to, as numbers among those of the
  // log source.
  struct Anchor {
    std::uint32_t predicate = 0;
    std::vector<std::uint32_t> rules;
  };
  std::vector<Anchor> anchors;

  // How the anchors are found that a value may hold for. By a literal of the log source's set: each
  // text that holds has one of the anchor's literals, both folded. By the network that an address
  // lies in. The others are asked each time. As numbers in `anchors`.
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> anchors_of_literal;
  std::optional<text::NetworkTable> networks;
  std::vector<std::uint32_t> others;
};

// Sorts the anchors of a log source into the ways above; to be called when all are there.
// `item_of` gives the item of a predicate. Returns the literals of all of them, as one set: each
// set costs a millisecond or two to make.
std::optional<text::LiteralSet> settle(
    std::vector<Anchors>& all, const std::function<const sigma::Item&(std::uint32_t)>& item_of);

}  // namespace nepho::plan
