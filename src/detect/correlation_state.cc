#include "detect/correlation_state.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "detect/correlation_node.h"
#include "detect/state_archive.h"
#include "sigma/digest.h"

namespace nepho::detect {
namespace {

constexpr std::string_view kMagic = "NEPHOSTA";
constexpr std::uint32_t kVersion = 1;

template <typename Archive>
void exchange(Archive& archive, RememberedEvent& event) {
  archive.number(event.key.high);
  archive.number(event.key.low);
  archive.number(event.file);
  archive.number(event.line);
  archive.number(event.offset);
  archive.number(event.index);
}

template <typename Archive>
void exchange(Archive& archive, RememberedCorrelation& correlation) {
  archive.text(correlation.rule_id);
  archive.text(correlation.digest);
  archive.number(correlation.now);
  archive.number(correlation.num_groups);
  archive.text(correlation.groups);
}

template <typename State, typename Archive>
void exchange_group(Archive& archive, Group<State>& group) {
  archive.time(group.last);
  if constexpr (Archive::kReads) archive.set_latest(group.last);
  archive.flag(group.holds);
  group.state.exchange(archive);
}

// The groups whose windows reach to the node's latest time, from the one that was quiet longest.
template <typename Visit>
void each_live_group(Correlator::Node& node, Visit visit) {
  const std::int64_t start = earlier_by(node.now(), node.settings().remembered);
  std::visit(
      [&](auto& groups) {
        groups.each([&](auto& group) {
          if (group.last >= start) visit(group);
        });
      },
      node.groups());
}

std::unexpected<Error> corrupt(const std::string& file, std::string what) {
  return fail(kCorruptState, "the state is damaged: " + std::move(what), {.file = file},
              "begin anew with another file; events of earlier runs are then forgotten");
}

template <typename State>
bool restore_groups(const RememberedCorrelation& remembered, std::uint64_t num_events,
                    const Correlator::Node& node, GroupTable<State>& groups) {
  const WindowSettings& settings = node.settings();
  StateReader reader(remembered.groups, num_events,
                     std::max(settings.most_values, settings.most_counted));
  for (std::uint64_t i = 0; i < remembered.num_groups; ++i) {
    std::string key;
    reader.text(key);
    reader.set_latest(remembered.now);
    const std::uint64_t hash = groups.hash(key);
    if (reader.failed() || groups.find(key, hash) != nullptr) return false;
    if (groups.size() >= node.max_groups()) groups.remove_oldest();
    Group<State>& group = groups.add(key, hash);
    exchange_group(reader, group);
    if (reader.failed() || !group.state.is_sound(settings)) return false;
  }
  return reader.at_end();
}

}  // namespace

std::string write_state(const CorrelationState& state) {
  std::string payload;
  StateWriter writer(payload);
  CorrelationState copy = state;  // `exchange` takes what it could change
  writer.number(copy.hash_key.seed);
  writer.number(static_cast<std::uint64_t>(copy.files.size()));
  for (const std::string& file : copy.files) writer.text(file);
  writer.number(static_cast<std::uint64_t>(copy.events.size()));
  for (RememberedEvent& event : copy.events) exchange(writer, event);
  writer.number(static_cast<std::uint64_t>(copy.correlations.size()));
  for (RememberedCorrelation& correlation : copy.correlations) exchange(writer, correlation);

  std::string bytes(kMagic);
  StateWriter frame(bytes);
  frame.number(kVersion);
  const Hash128 checksum = hash128(payload);
  frame.number(checksum.high);
  frame.number(checksum.low);
  bytes += payload;
  return bytes;
}

Result<CorrelationState> read_state(std::string_view bytes, const std::string& file) {
  if (!bytes.starts_with(kMagic))
    return fail(kNotState, "this is no state of nepho", {.file = file},
                "name a file that --state wrote, or one that does not exist yet");
  StateReader frame(bytes.substr(kMagic.size()), 0);
  std::uint32_t version = 0;
  Hash128 checksum;
  frame.number(version);
  if (!frame.failed() && version != kVersion)
    return fail(kStateVersion,
                "the state has version " + std::to_string(version) + ", expected " +
                    std::to_string(kVersion),
                {.file = file}, "begin anew with another file");
  frame.number(checksum.high);
  frame.number(checksum.low);
  if (frame.failed()) return corrupt(file, "it ends too early");
  const std::string_view payload = bytes.substr(kMagic.size() + sizeof kVersion + sizeof checksum);
  if (hash128(payload) != checksum) return corrupt(file, "its checksum is wrong");

  CorrelationState state;
  StateReader reader(payload, 0);
  reader.number(state.hash_key.seed);
  for (std::uint64_t left = reader.length(); left != 0 && !reader.failed(); --left)
    reader.text(state.files.emplace_back());
  for (std::uint64_t left = reader.length(); left != 0 && !reader.failed(); --left) {
    exchange(reader, state.events.emplace_back());
    if (state.events.back().file >= state.files.size())
      return corrupt(file, "an event is of no file");
  }
  for (std::uint64_t left = reader.length(); left != 0 && !reader.failed(); --left)
    exchange(reader, state.correlations.emplace_back());
  if (reader.failed() || !reader.at_end()) return corrupt(file, "its parts do not fit together");
  return state;
}

Result<void> restore(const CorrelationState& state, const std::vector<sigma::Rule>& rules,
                     Correlator& correlator) {
  for (const auto& node : correlator.nodes()) {
    const sigma::Rule& rule = rules[node->plan().rule];
    const auto remembered =
        std::ranges::find(state.correlations, rule.id.value, &RememberedCorrelation::rule_id);
    if (remembered == state.correlations.end() || remembered->digest != sigma::digest_of(rule))
      continue;
    node->now() = remembered->now;
    const bool is_sound = std::visit(
        [&](auto& groups) {
          return restore_groups(*remembered, state.events.size(), *node, groups);
        },
        node->groups());
    if (!is_sound) return corrupt({}, "the groups of '" + rule.id.value + "' cannot be read");
  }
  return {};
}

Remembered remember(Correlator& correlator, const std::vector<sigma::Rule>& rules) {
  Remembered all;
  EventNumbers numbers(all.numbers);
  for (const auto& node : correlator.nodes()) {
    each_live_group(*node, [&](auto& group) { exchange_group(numbers, group); });
  }
  std::ranges::sort(all.numbers);
  const auto repeats = std::ranges::unique(all.numbers);
  all.numbers.erase(repeats.begin(), repeats.end());
  for (const auto& node : correlator.nodes()) {
    const sigma::Rule& rule = rules[node->plan().rule];
    RememberedCorrelation one{rule.id.value, sigma::digest_of(rule), node->now(), 0, {}};
    StateWriter writer(one.groups, &all.numbers);
    each_live_group(*node, [&](auto& group) {
      writer.text(group.key);
      exchange_group(writer, group);
      ++one.num_groups;
    });
    all.correlations.push_back(std::move(one));
  }
  return all;
}

}  // namespace nepho::detect
