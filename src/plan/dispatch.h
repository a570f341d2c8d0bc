// Which rules an event can reach at all: by the values of the few fields that most rules name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sigma/rule.h"

namespace nepho::plan {

// Folded texts of which a field must have one, or a rule cannot hold.
using RequiredTexts = std::set<std::string, std::less<>>;

// What `rule` cannot do without in `field`; nothing when it can hold whatever stands there. Only
// for events in which the field is one string: other forms of it can hold in other ways.
std::optional<RequiredTexts> required_texts(const sigma::Rule& rule, std::string_view field);

// An index over the rules of one log source. Immutable after adding; safe to share between threads.
class Dispatch {
 public:
  explicit Dispatch(std::size_t num_fields) : by_text_(num_fields) {}

  // Adds rule number `rule` with what it requires in each dispatch field, as many as there are
  // fields. One that requires nothing is a candidate for every event.
  void add(std::uint32_t rule, std::vector<std::optional<RequiredTexts>> required);

  // The rules that an event with these texts can reach, in order. A field that is absent counts as
  // the empty text; one that is there but is not one string is given as nothing and excludes no
  // rule.
  std::vector<std::uint32_t> candidates(
      std::span<const std::optional<std::string_view>> texts) const;

  // The rules that require nothing in any of the fields, and so may hold for any event.
  std::vector<std::uint32_t> reached_by_all() const;

  // What the rule that was added as the `index`-th requires in a field.
  const std::optional<RequiredTexts>& required(std::size_t index, std::size_t field) const {
    return entries_[index].required[field];
  }

 private:
  struct Entry {
    std::uint32_t rule = 0;
    std::vector<std::optional<RequiredTexts>> required;
  };
  bool can_reach(const Entry& entry, std::span<const std::optional<std::string>> folded) const;

  std::vector<Entry> entries_;
  std::vector<std::size_t> without_key_;
  // For each field the entries that are reached through a text of it.
  std::vector<std::unordered_map<std::string, std::vector<std::size_t>>> by_text_;
  // Entries reached through field f, whatever its text: for events whose field is not one string.
  std::vector<std::vector<std::size_t>> keyed_ =
      std::vector<std::vector<std::size_t>>(by_text_.size());
};

}  // namespace nepho::plan
