// Gathers what the shards of a run find, bounded, and puts it in order at the end.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "detect/counters.h"
#include "detect/finding.h"
#include "detect/match.h"
#include "detect/shard.h"
#include "plan/plan.h"

namespace nepho::stream {

// Events a block held: with it the place of an event in its block becomes its place in its file.
struct BlockCount {
  std::uint64_t sequence = 0;
  std::uint64_t num_events = 0;
};

// One for each worker, joined at the end: no locks while the run goes on.
//
// A rule's findings are listed up to a bound (`--fold`), those with the earliest times and places;
// all beyond are counted into one folded finding. Copies of one event are one finding and take one
// place under the bound. Which are listed depends on the input alone, not on threads: of the
// earliest events of all input each is among the earliest of the part that any worker saw, so that
// joining the workers' lists loses none. Memory: 5/4 of the bound times the number of rules that
// reach it, whatever the size of the input, and 16 bytes a block.
// Not thread-safe: one worker, one owner.
class Collector {
 public:
  static constexpr std::size_t kDefaultFold = 10'000;

  // `fold`: listed findings a rule; 0 lists all.
  Collector(std::size_t num_rules, std::size_t fold)
      : fold_(fold), found_(num_rules), bounds_(num_rules) {}

  // Of a file whose earlier events were counted elsewhere, how many they are.
  void begin_file(std::uint32_t file, std::uint64_t num_events) { begun_[file] = num_events; }
  // Takes the result of one slice; its matches are moved out of it.
  void add(const detect::Slice& slice, detect::SliceResult& result);
  void add_skipped(const detect::SkippedRecord& skipped);
  void join(Collector&& other);

  // What a shard may leave out from now on.
  const detect::FoldBounds& bounds() const { return bounds_; }

  // The findings in order of time, rule, place; leaves the collector empty of matches.
  detect::Findings take_findings(const plan::Plan& plan);

  // The 0-based place of an event among its file's events; once take_findings() has been called.
  std::uint64_t index_in_file(const detect::EventPlace& place) const;

  // Events of this file that add() was given; once take_findings() has been called.
  std::uint64_t num_events(std::uint32_t file) const;

  const detect::Counters& counters() const { return counters_; }
  // Those with the lowest places, at most kMaxSkippedShown of them; the counters have all.
  static constexpr std::size_t kMaxSkippedShown = 1'000;
  std::vector<detect::SkippedRecord> skipped() const;

 private:
  struct Found {
    // Every match that may yet be listed, in no order; no two copies of one event after compact().
    std::vector<detect::Match, HugePageAllocator<detect::Match>> matches;
    std::uint64_t num_matches = 0;  // repeats left out
  };
  void add_match(detect::Match match);
  void compact(std::size_t rule);
  void trim_skipped();
  void sum_blocks();

  std::size_t fold_;
  std::vector<Found> found_;   // by rule
  detect::FoldBounds bounds_;  // by rule; set once a rule's list was full, only ever moves down
  detect::Counters counters_;
  std::vector<detect::SkippedRecord> skipped_;
  std::map<std::uint32_t, std::vector<BlockCount>> blocks_;  // by file; running sums once joined
  std::map<std::uint32_t, std::uint64_t> num_events_;        // by file, once joined
  std::map<std::uint32_t, std::uint64_t> begun_;             // by file, where it is not 0
};

}  // namespace nepho::stream
