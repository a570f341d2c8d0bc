#include "exercise/mutate_order.h"

#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <vector>

#include "exercise/tree_paths.h"

namespace nepho::exercise {
namespace {

constexpr std::size_t kMostReordered = 200;
// Texts as short as this mean something else elsewhere ("1", "gp3").
constexpr std::size_t kShortestText = 6;
// What happened so long before is what was usual there, and no step of the attack that could be put
// off. A guess: attacks by hand take minutes, and the procedures tell days of ordinary work.
constexpr std::chrono::hours kPause{1};

void reverse_below(Tree& tree) {
  std::ranges::reverse(tree.items);
  for (Tree& item : tree.items) reverse_below(item);
  for (auto& [key, value] : tree.members) reverse_below(value);
}

using Texts = std::set<std::string>;

// What one step needs and gives.
struct StepTexts {
  Texts asks;
  Texts who;
  Texts answers;
  bool changes_something = true;
  std::size_t stretch = 0;  // steps of another stretch are kPause or more away
};

Texts texts_at(RecordValues& values, const std::vector<std::string>& paths) {
  Texts texts;
  for (const std::string& path : paths) {
    each_member_at(values.tree(), path, [&](Tree& mapping, std::size_t member) {
      each_scalar(mapping.members[member].second, [&](Tree& scalar) {
        if (scalar.text.size() >= kShortestText) texts.insert(scalar.text);
      });
    });
  }
  return texts;
}

StepTexts step_of(const Edit& edit, RecordValues& values) {
  const bool only_reads = std::ranges::any_of(
      edit.reads, [&](const Wanted& wanted) { return holds({wanted}, values.root()); });
  return {texts_at(values, edit.asks), texts_at(values, edit.who), texts_at(values, edit.answers),
          !only_reads, 0};
}

bool share(const Texts& a, const Texts& b) {
  return std::ranges::any_of(a, [&](const std::string& text) { return b.contains(text); });
}

bool needs(const StepTexts& later, const StepTexts& earlier) {
  return later.stretch != earlier.stretch || share(earlier.answers, later.asks) ||
         share(earlier.answers, later.who) ||
         (earlier.changes_something && share(earlier.asks, later.asks)) ||
         (later.changes_something && share(earlier.asks, later.asks));
}

// The order in which the steps can be done with the last as early as possible.
std::vector<std::size_t> reversed_order(const std::vector<StepTexts>& steps) {
  std::vector<std::size_t> order;
  std::vector<bool> is_done(steps.size(), false);
  while (order.size() < steps.size()) {
    for (std::size_t i = steps.size(); i-- > 0;) {
      if (is_done[i]) continue;
      bool waits = false;
      for (std::size_t j = 0; j < i && !waits; ++j) {
        waits = !is_done[j] && needs(steps[i], steps[j]);
      }
      if (waits) continue;
      is_done[i] = true;
      order.push_back(i);
      break;
    }
  }
  return order;
}

}  // namespace

void reverse_lists(const Edit& edit, Played& played) {
  each_edited(edit, played, [&](PlayedRecord&, RecordValues& values, std::size_t) {
    if (values.is_line()) return;
    for (const Edit::Field& field : edit.fields) {
      each_member_at(values.tree(), field.path, [](Tree& mapping, std::size_t member) {
        reverse_below(mapping.members[member].second);
      });
    }
  });
}

void reorder_steps(const Edit& edit, const event::LogSource& source, Played& played) {
  std::vector<std::size_t> places;
  std::vector<StepTexts> steps;
  for (std::size_t i = 0; i < played.size(); ++i) {
    PlayedRecord& one = played[i];
    if (one.record.is_setup) continue;
    const bool is_readable = one.values && !one.values->is_line();
    if (!is_readable || !is_of_log_source(one.record.log_source, edit.log_source)) return;
    steps.push_back(step_of(edit, *one.values));
    if (!places.empty()) {
      const bool pauses = one.record.time - played[places.back()].record.time >= kPause;
      steps.back().stretch = steps[steps.size() - 2].stretch + (pauses ? 1 : 0);
    }
    places.push_back(i);
  }
  if (steps.size() < 2 || steps.size() > kMostReordered) return;
  const std::vector<std::size_t> order = reversed_order(steps);
  const Played before = played;
  for (std::size_t i = 0; i < order.size(); ++i) {
    const PlayedRecord& slot = before[places[i]];
    PlayedRecord moved = before[places[order[i]]];
    moved.record.time = slot.record.time;
    for (const std::string& path : source.time) {
      if (const std::string* time = slot.values->text_at(path)) moved.values->set(path, *time);
    }
    played[places[i]] = std::move(moved);
  }
}

}  // namespace nepho::exercise
