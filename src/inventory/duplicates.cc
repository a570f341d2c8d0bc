// Every detection has keys, and those that share one are one group: a forest of parents, in which a
// key remembers the first that had it.
#include "inventory/duplicates.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <tuple>
#include <unordered_map>

#include "base/hash.h"
#include "base/printable.h"
#include "inventory/problems.h"
#include "text/fold.h"

namespace nepho::inventory {
namespace {

// A guess: shorter texts ("eventName=CreateUser") are written by two people without copying.
constexpr std::size_t kShortestLogic = 24;
constexpr std::size_t kGuidSize = 36;
// That a rule keeps of its copies, so that thousands of one text do not take room by the square. A
// guess: no team has a rule under more names.
constexpr std::size_t kMostOtherIds = 20;

bool is_hex(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_guid(std::string_view text) {
  if (text.size() != kGuidSize) return false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return true;
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Takes the macros `..._filter` out, arguments and all.
std::string without_filter_macros(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find('`'), text.size());
    kept.append(text.substr(0, open));
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('`', 1);
    if (close == std::string_view::npos) return kept.append(text);
    const std::string_view macro = text.substr(0, close + 1);
    const std::string_view name = macro.substr(1, macro.find_first_of("(`", 1) - 1);
    if (!name.ends_with("_filter")) kept.append(macro);
    text.remove_prefix(macro.size());
  }
  return kept;
}

// How the first of a group was found to be the same as another.
enum class Reason : std::uint8_t { kId, kTests, kText, kUpstream };

std::string_view in_words(Reason reason) {
  switch (reason) {
    case Reason::kId: return "it has the same id";
    case Reason::kTests: return "it tests the same";
    case Reason::kText: return "its logic reads the same";
    case Reason::kUpstream: return "one is made from the other";
  }
  return {};
}

class Groups {
 public:
  explicit Groups(std::size_t size) : parents_(size), reasons_(size, Reason::kId) {
    std::iota(parents_.begin(), parents_.end(), std::size_t{0});
  }

  // Puts the detection into the group of whoever had this key before.
  void add(std::size_t index, const std::string& key, Reason reason) {
    const auto [holder, is_new] = holders_.emplace(key, index);
    if (!is_new) join(index, holder->second, reason);
  }
  void join(std::size_t a, std::size_t b, Reason reason) {
    const std::size_t x = root(a);
    const std::size_t y = root(b);
    if (x == y) return;
    parents_[std::max(x, y)] = std::min(x, y);
    reasons_[a] = reason;
  }
  std::size_t root(std::size_t index) {
    while (parents_[index] != index) {
      parents_[index] = parents_[parents_[index]];
      index = parents_[index];
    }
    return index;
  }
  Reason reason(std::size_t index) const { return reasons_[index]; }
  const std::size_t* holder(const std::string& key) const {
    const auto found = holders_.find(key);
    return found == holders_.end() ? nullptr : &found->second;
  }

 private:
  std::vector<std::size_t> parents_;
  std::vector<Reason> reasons_;
  std::unordered_map<std::string, std::size_t> holders_;
};

std::string id_key(std::string_view id, std::string_view format) {
  if (is_guid(id)) return "id " + text::fold_case(id);
  return fmt::format("id {} {}", format, id);
}

void add_keys(const std::vector<Detection>& detections, Groups& groups) {
  for (std::size_t i = 0; i < detections.size(); ++i) {
    const Detection& detection = detections[i];
    if (!detection.id.empty()) groups.add(i, id_key(detection.id, detection.format), Reason::kId);
    if (!detection.hash.empty()) groups.add(i, "hash " + detection.hash, Reason::kTests);
    if (!detection.fingerprint.empty())
      groups.add(i, "text " + detection.fingerprint, Reason::kText);
  }
  // Only an id that somebody has: the original may not be here.
  for (std::size_t i = 0; i < detections.size(); ++i) {
    const std::string& upstream = detections[i].upstream;
    if (!is_guid(upstream)) continue;
    if (const std::size_t* original = groups.holder(id_key(upstream, {})))
      groups.join(i, *original, Reason::kUpstream);
  }
}

// "R-17", or where it stands.
std::string id_or_place(const Detection& detection) {
  return detection.id.empty() ? fmt::format("{}:{}", detection.path, detection.line) : detection.id;
}

// Says of a copy that it is one.
void mark_copy(const Detection& original, Reason reason, Detection& copy) {
  const Place place{.file = original.path, .line = original.line};
  copy.duplicate_of = Duplicate{.id = original.id, .place = place};
  const std::string name = original.name.empty() ? id_or_place(original) : original.name;
  copy.problems.push_back(
      {copy.enabled && original.enabled ? Severity::kWarning : Severity::kNote,
       Error(kDuplicate,
             fmt::format("the same rule as '{}' ({}): {}; they count once", escape_for_log(name),
                         escape_for_log(to_string(place)), in_words(reason)),
             {.file = copy.path, .line = copy.line}),
       {}});
}

void mark(std::vector<Detection>& detections, const std::vector<std::size_t>& group,
          const Groups& groups) {
  const std::size_t first = *std::ranges::min_element(group, {}, [&](std::size_t i) {
    return std::tuple(!detections[i].enabled, !detections[i].runnable, i);
  });
  const Detection& original = detections[first];
  for (const std::size_t i : group) {
    Detection& detection = detections[i];
    detection.group = id_key(id_or_place(original), original.format);
    for (const std::size_t other : group) {
      const std::string& id = detections[other].id;
      if (detection.also_known_as.size() == kMostOtherIds) break;
      if (other != i && !id.empty() && id != detection.id) detection.also_known_as.push_back(id);
    }
    // Whoever joined later knows why; of two it is the later one.
    if (i != first) mark_copy(original, groups.reason(std::max(i, first)), detection);
  }
}

}  // namespace

std::string fingerprint_of(std::string_view logic, const Detection& detection) {
  std::string text = without_filter_macros(logic);
  std::erase_if(text, is_blank);
  if (text.size() < kShortestLogic) return {};
  for (const auto* names : {&detection.providers, &detection.log_sources})
    for (const std::string& name : *names) text.append("\n").append(name);
  return to_hex(hash128(detection.format + "\n" + text::fold_case(text)));
}

std::string sigma_id_in(std::string_view text) {
  const std::string folded = text::fold_case(text);
  const std::size_t sigma = folded.find("sigma");
  if (sigma == std::string::npos) return {};
  const std::string_view rest = std::string_view(folded).substr(sigma);
  for (std::size_t at = 0; at + kGuidSize <= rest.size(); ++at)
    if (is_guid(rest.substr(at, kGuidSize))) return std::string(rest.substr(at, kGuidSize));
  return {};
}

void mark_duplicates(std::vector<Detection>& detections) {
  Groups groups(detections.size());
  add_keys(detections, groups);
  std::map<std::size_t, std::vector<std::size_t>> by_root;
  for (std::size_t i = 0; i < detections.size(); ++i) by_root[groups.root(i)].push_back(i);
  for (const auto& [root, group] : by_root)
    if (group.size() > 1) mark(detections, group, groups);
}

}  // namespace nepho::inventory
