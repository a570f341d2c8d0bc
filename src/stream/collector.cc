// What a run found is put in order only once, at its end; on the way each worker keeps the earliest
// matches of each rule (the least `fold` of a stream, by nth_element over a list a little longer)
// and a bound that tells its shard what it need not even write down.
#include "stream/collector.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <span>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "base/check.h"
#include "base/hash.h"
#include "base/keyed_hash.h"

namespace nepho::stream {
namespace {

using detect::Finding;
using detect::Match;

// Of which event, for which rule. Whoever writes logs may choose the events' keys.
using FindingKey = std::pair<std::uint32_t, detect::EventKey>;
struct FindingKeyHash {
  HashKey key;
  std::size_t operator()(const FindingKey& of) const {
    const std::array<std::uint64_t, 3> parts = {of.first, of.second.high, of.second.low};
    return key.hash64({reinterpret_cast<const char*>(parts.data()), sizeof(parts)});
  }
};

// A strict order of all matches: no two have the same rule and place.
bool earlier(const Match& a, const Match& b) {
  return a.time != b.time ? a.time < b.time : a.order() < b.order();
}

bool lies_before(const Match& match, const detect::FoldBound& bound) {
  return std::tie(match.time, match.place) < std::tie(bound.time, bound.place);
}

// Copies of one event that were met in different places are one finding, at the lowest place,
// whichever of them a thread met first. Without repeats nothing changes: with --duplicates keep
// every copy is a finding. Takes one rule's matches.
template <typename Matches>
void merge_repeats(Matches& matches) {
  // Of all copies of an event one is no repeat: where there are two, one of them says so.
  std::map<detect::EventKey, const Match*> lowest;
  for (const Match& match : matches) {
    if (match.is_repeat) lowest.emplace(match.key, nullptr);
  }
  if (lowest.empty()) return;
  for (const Match& match : matches) {
    const auto found = lowest.find(match.key);
    if (found == lowest.end()) continue;
    if (found->second == nullptr || earlier(match, *found->second)) found->second = &match;
  }
  // Marked first and taken out then: erasing moves what the pointers point at.
  std::vector<bool> is_copy(matches.size(), false);
  for (std::size_t i = 0; i < matches.size(); ++i) {
    const auto found = lowest.find(matches[i].key);
    is_copy[i] = found != lowest.end() && found->second != &matches[i];
  }
  std::size_t kept = 0;
  for (std::size_t i = 0; i < matches.size(); ++i) {
    if (is_copy[i]) continue;
    if (kept != i) matches[kept] = std::move(matches[i]);
    ++kept;
  }
  matches.resize(kept);
}

bool stands_before(const detect::SkippedRecord& a, const detect::SkippedRecord& b) {
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
                   stands_before);
  skipped_.resize(kMaxSkippedShown);
}

std::vector<detect::SkippedRecord> Collector::skipped() const {
  std::vector<detect::SkippedRecord> shown = skipped_;
  std::sort(shown.begin(), shown.end(), stands_before);
  if (shown.size() > kMaxSkippedShown) shown.resize(kMaxSkippedShown);
  return shown;
}

// The list grows a little past the bound and is then cut back to it at once: cheaper than keeping
// it exact with each match, and copies of an event can only be told when they stand side by side.
void Collector::add_match(Match match) {
  const std::uint32_t rule = match.rule;
  Found& found = found_[rule];
  if (!match.is_repeat) ++found.num_matches;
  if (fold_ != 0 && bounds_[rule] && !lies_before(match, *bounds_[rule])) return;
  auto& matches = found.matches;
  const std::size_t most = fold_ + fold_ / 4 + 1;
  // A rule with so many will likely have more: one step to the end instead of many on the way.
  constexpr std::size_t kMany = 512;
  if (matches.size() == kMany && fold_ != 0) matches.reserve(most);
  matches.push_back(std::move(match));
  if (fold_ != 0 && matches.size() >= most) compact(rule);
}

// Copies of events become one; of what remains the earliest stay, up to the bound.
void Collector::compact(std::size_t rule) {
  auto& matches = found_[rule].matches;
  merge_repeats(matches);
  if (fold_ == 0 || matches.size() < fold_) return;
  const auto last = matches.begin() + static_cast<std::ptrdiff_t>(fold_ - 1);
  std::nth_element(matches.begin(), last, matches.end(), earlier);
  bounds_[rule] = {last->time, last->place};
  matches.erase(last + 1, matches.end());
}

// What stands in `other`'s list was counted there already, and add_match() counts again: hence the
// sum that is put right afterwards.
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
    const auto begun = begun_.find(file);
    const std::uint64_t first = begun == begun_.end() ? 0 : begun->second;
    std::uint64_t before = first;
    for (BlockCount& block : blocks) before += std::exchange(block.num_events, before);
    num_events_[file] = before - first;
  }
}

// Every block that held an event has been counted, by whichever worker had it: not to find it here
// is a defect. O(log blocks).
std::uint64_t Collector::index_in_file(const detect::EventPlace& place) const {
  const auto file = blocks_.find(place.file);
  CHECK(file != blocks_.end());
  // Mostly no block is missing from the list of a file, and each stands where its number says.
  const auto& blocks = file->second;
  if (place.sequence < blocks.size() && blocks[place.sequence].sequence == place.sequence)
    return blocks[place.sequence].num_events + place.ordinal;
  const auto block = std::ranges::lower_bound(blocks, place.sequence, {}, &BlockCount::sequence);
  CHECK(block != blocks.end() && block->sequence == place.sequence);
  return block->num_events + place.ordinal;
}

std::uint64_t Collector::num_events(std::uint32_t file) const {
  const auto found = num_events_.find(file);
  return found == num_events_.end() ? 0 : found->second;
}

detect::Findings Collector::take_findings(const plan::Plan& plan) {
  sum_blocks();
  // The matches that are findings, each with how many it stands for. They are large: only pointers
  // are sorted.
  struct Listed {
    explicit Listed(Match& of) : match(&of), time(of.time) {}
    bool operator<(const Listed& other) const {
      return time != other.time ? time < other.time : earlier(*match, *other.match);
    }
    Match* match;
    std::optional<Instant> time;  // of the match, which need not be fetched for it
    std::uint64_t count = 1;
  };
  std::vector<Listed> listed;
  for (std::size_t rule = 0; rule < found_.size(); ++rule) {
    compact(rule);
    Found& found = found_[rule];
    for (Match& match : found.matches) listed.emplace_back(match);
    if (found.matches.empty() || found.num_matches <= found.matches.size()) continue;
    // All that are not listed fold into the last one that is.
    const auto mine = std::span(listed).last(found.matches.size());
    const auto last = std::max_element(mine.begin(), mine.end());
    last->count = found.num_matches - found.matches.size() + 1;
  }
  std::sort(listed.begin(), listed.end());

  // The ordinal tells findings apart that are one to their id: the same rule on equal events, which
  // only happens where copies are kept. The earlier one keeps its id when more copies arrive.
  detect::Findings findings;
  findings.reserve(listed.size());
  std::unordered_map<FindingKey, std::uint64_t, FindingKeyHash> ordinals(
      listed.size(), FindingKeyHash{random_hash_key()});
  std::string named;
  for (const Listed& each : listed) {
    const Match& match = *each.match;
    const std::uint64_t ordinal = ordinals[{match.rule, match.key}]++;
    named = plan.rules()[match.rule].id.value;
    named += '\n';
    append_hex(match.key, named);
    named += '\n';
    named += std::to_string(ordinal);
    findings.push_back(
        {std::move(*each.match), index_in_file(match.place), each.count, hash128(named), nullptr});
  }
  found_.assign(found_.size(), {});
  return findings;
}

}  // namespace nepho::stream
