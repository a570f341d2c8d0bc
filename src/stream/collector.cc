#include "stream/collector.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "base/check.h"
#include "base/hash.h"

namespace nepho::stream {
namespace {

using detect::Finding;
using detect::Match;

bool earlier(const Match& a, const Match& b) {
  return a.time != b.time ? a.time < b.time : a.order() < b.order();
}

bool lies_before(const detect::SkippedRecord& a, const detect::SkippedRecord& b) {
  return std::tie(a.file, a.offset) < std::tie(b.file, b.offset);
}

}  // namespace

void Collector::add(const detect::Slice& slice, detect::SliceResult& result) {
  counters_.add(result.counters);
  blocks_[slice.file].push_back({slice.sequence, result.num_events});
  for (const auto& skipped : result.skipped) {
    skipped_.push_back(skipped);
    trim_skipped();
  }
  for (Match& match : result.matches) add_match(std::move(match));
  for (const detect::FoldedMatch& match : result.folded) {
    if (!match.is_repeat) ++found_[match.rule].num_matches;
  }
}

void Collector::add_skipped(const detect::SkippedRecord& skipped) {
  ++counters_.skipped[static_cast<std::size_t>(skipped.reason)];
  skipped_.push_back(skipped);
  trim_skipped();
}

// Keeps the lowest places; sorts only when twice too many have gathered.
void Collector::trim_skipped() {
  if (skipped_.size() < 2 * kMaxSkippedShown) return;
  std::nth_element(skipped_.begin(), skipped_.begin() + kMaxSkippedShown, skipped_.end(),
                   lies_before);
  skipped_.resize(kMaxSkippedShown);
}

std::vector<detect::SkippedRecord> Collector::skipped() const {
  std::vector<detect::SkippedRecord> shown = skipped_;
  std::sort(shown.begin(), shown.end(), lies_before);
  if (shown.size() > kMaxSkippedShown) shown.resize(kMaxSkippedShown);
  return shown;
}

void Collector::add_match(Match match) {
  Found& found = found_[match.rule];
  if (!match.is_repeat) ++found.num_matches;
  auto& matches = found.matches;
  const std::uint32_t rule = match.rule;
  if (fold_ == 0 || matches.size() < fold_) {
    // A rule with so many will likely have more: one step to the bound instead of many on the way.
    constexpr std::size_t kMany = 512;
    if (matches.size() == kMany && fold_ != 0) matches.reserve(fold_);
    matches.push_back(std::move(match));
    if (matches.size() != fold_) return;
    std::make_heap(matches.begin(), matches.end(), earlier);
  } else if (earlier(match, matches.front())) {
    std::pop_heap(matches.begin(), matches.end(), earlier);
    matches.back() = std::move(match);
    std::push_heap(matches.begin(), matches.end(), earlier);
  }
  bounds_[rule] = {matches.front().time, matches.front().place};
}

void Collector::join(Collector&& other) {
  counters_.add(other.counters_);
  skipped_.insert(skipped_.end(), other.skipped_.begin(), other.skipped_.end());
  trim_skipped();
  for (auto& [file, blocks] : other.blocks_) {
    auto& mine = blocks_[file];
    mine.insert(mine.end(), blocks.begin(), blocks.end());
  }
  for (std::size_t rule = 0; rule < found_.size(); ++rule) {
    const std::uint64_t num_matches = found_[rule].num_matches + other.found_[rule].num_matches;
    for (Match& match : other.found_[rule].matches) add_match(std::move(match));
    found_[rule].num_matches = num_matches;
    other.found_[rule] = {};
  }
}

// Turns the counts of blocks into the number of events before each block.
void Collector::sum_blocks() {
  for (auto& [file, blocks] : blocks_) {
    std::sort(blocks.begin(), blocks.end(),
              [](const auto& a, const auto& b) { return a.sequence < b.sequence; });
    std::uint64_t before = 0;
    for (BlockCount& block : blocks) before += std::exchange(block.num_events, before);
  }
}

std::uint64_t Collector::index_in_file(const detect::EventPlace& place) const {
  const auto file = blocks_.find(place.file);
  CHECK(file != blocks_.end());
  const auto block = std::lower_bound(
      file->second.begin(), file->second.end(), place.sequence,
      [](const BlockCount& b, std::uint64_t sequence) { return b.sequence < sequence; });
  CHECK(block != file->second.end() && block->sequence == place.sequence);
  return block->num_events + place.ordinal;
}

// Copies of one event that were met in different places are one finding, at the lowest place,
// whichever of them a thread met first. Without repeats nothing changes: with --duplicates keep
// every copy is a finding. Expects one rule's matches in order.
void Collector::merge_repeats(std::vector<Match*>& matches) {
  std::set<detect::EventKey> repeated;
  for (const Match* match : matches) {
    if (match->is_repeat) repeated.insert(match->key);
  }
  if (repeated.empty()) return;
  std::set<detect::EventKey> listed;
  std::erase_if(matches, [&](const Match* match) {
    return repeated.contains(match->key) && !listed.insert(match->key).second;
  });
}

detect::Findings Collector::take_findings(const plan::Plan& plan) {
  sum_blocks();
  // The matches that are findings, each with how many it stands for. They are large: only pointers
  // are sorted.
  struct Listed {
    Match* match;
    std::uint64_t count;
  };
  std::vector<Listed> listed;
  for (Found& found : found_) {
    std::vector<Match*> matches;
    for (Match& match : found.matches) matches.push_back(&match);
    std::sort(matches.begin(), matches.end(),
              [](const Match* a, const Match* b) { return earlier(*a, *b); });
    merge_repeats(matches);
    for (Match* match : matches) listed.push_back({match, 1});
    // All that are not listed fold into the last one that is.
    if (found.num_matches > matches.size() && !matches.empty()) {
      listed.back().count = found.num_matches - matches.size() + 1;
    }
  }
  std::stable_sort(listed.begin(), listed.end(),
                   [](const Listed& a, const Listed& b) { return earlier(*a.match, *b.match); });

  detect::Findings findings;
  findings.reserve(listed.size());
  std::map<std::pair<std::uint32_t, detect::EventKey>, std::uint64_t> ordinals;
  for (const Listed& each : listed) {
    const Match& match = *each.match;
    const std::string& rule_id = plan.rules()[match.rule].id.value;
    const std::uint64_t ordinal = ordinals[{match.rule, match.key}]++;
    const Hash128 id = hash128(rule_id + '\n' + to_hex(match.key) + '\n' + std::to_string(ordinal));
    findings.push_back({std::move(*each.match), index_in_file(match.place), each.count, id});
  }
  found_.assign(found_.size(), {});
  return findings;
}

}  // namespace nepho::stream
