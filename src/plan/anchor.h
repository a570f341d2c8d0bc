// Through which of their items rules are reached where many can be.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
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

  // How the anchors are found that a value may hold for. By a literal: each text that holds has one
  // of the anchor's literals, both folded. By the network that an address lies in. The others are
  // asked each time. As numbers in `anchors`.
  std::optional<text::LiteralSet> literals;
  std::vector<std::vector<std::uint32_t>> anchors_of_literal;
  std::optional<text::NetworkTable> networks;
  std::vector<std::uint32_t> others;
};

// Sorts the anchors into the ways above; to be called when all are there. `items` are those of the
// predicates of the anchors, in their order.
void settle(Anchors& anchors, const std::vector<const sigma::Item*>& items);

}  // namespace nepho::plan
