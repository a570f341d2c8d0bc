// What was decided by what stood at places looked at one after another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace nepho::plan {

// Whoever decides by looking at one place after another, where what was found so far says which one
// comes next, and in the end what is decided, comes by the same ways again and again. They are kept
// as a tree of places and outcomes: following one costs what is looked at and a comparison each.
//
// Bounded by what one row of outcomes takes: a tree that grows large is begun anew. A plain value.
template <typename Decision>
class OutcomeTree {
 public:
  struct Outcome {
    std::uint32_t place = 0;
    std::uint64_t what = 0;

    bool operator==(const Outcome&) const = default;
  };

  // What was decided when the same was found as now; nothing where it did not come yet, or where
  // `look_at`, which is given a place, says nothing.
  template <typename LookAt>
  std::optional<Decision> follow(LookAt look_at) const {
    std::uint32_t at = first_;
    while (at != kNone && nodes_[at].place != kDecided) {
      const std::optional<std::uint64_t> what = look_at(nodes_[at].place);
      if (!what) return std::nullopt;
      std::uint32_t next = nodes_[at].first;
      while (next != kNone && nodes_[next].what != *what) next = nodes_[next].beside;
      at = next;
    }
    return at == kNone ? std::nullopt : std::optional(nodes_[at].decision);
  }

  // That this was decided when these were the outcomes, in the order of their places. Whoever
  // decides must look at the same place again wherever the outcomes before are the same.
  void add(std::span<const Outcome> outcomes, Decision decision) {
    if (nodes_.size() + outcomes.size() + 1 > kMostNodes) clear();
    if (first_ == kNone) first_ = new_node(0);
    std::uint32_t at = first_;
    for (const auto& [place, what] : outcomes) {
      nodes_[at].place = place;
      at = behind(at, what);
    }
    nodes_[at].decision = decision;
  }

  void clear() {
    nodes_.clear();
    first_ = kNone;
  }

 private:
  static constexpr std::uint32_t kNone = 0xFFFFFFFF;
  static constexpr std::uint32_t kDecided = 0xFFFFFFFF;  // in place of a place
  // 8 KiB where a decision is a pointer, or what one row of outcomes takes; a guess.
  static constexpr std::size_t kMostNodes = 256;

  struct Node {
    std::uint64_t what = 0;          // the outcome that leads here
    std::uint32_t place = kDecided;  // to be looked at
    std::uint32_t first = kNone;     // the node of one of its outcomes
    std::uint32_t beside = kNone;    // of another outcome of the same place
    Decision decision{};
  };

  std::uint32_t new_node(std::uint64_t what) {
    nodes_.push_back({.what = what});
    return static_cast<std::uint32_t>(nodes_.size() - 1);
  }

  std::uint32_t behind(std::uint32_t at, std::uint64_t what) {
    std::uint32_t next = nodes_[at].first;
    while (next != kNone && nodes_[next].what != what) next = nodes_[next].beside;
    if (next != kNone) return next;
    next = new_node(what);
    nodes_[next].beside = nodes_[at].first;
    return nodes_[at].first = next;
  }

  std::vector<Node> nodes_;
  std::uint32_t first_ = kNone;
};

}  // namespace nepho::plan
