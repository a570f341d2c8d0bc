// What is due: evidence ends by its cause (something it rests on changed) or by its time.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "evidence/words.h"
#include "report/validation.h"

namespace nepho::report {
namespace {

using std::chrono::days;

constexpr days kLife{180};
constexpr days kNotice{30};

struct Due {
  days left;  // below 0: it ended
  std::string reason;
  const evidence::Evidence* evidence = nullptr;
};

// A rule that alerted and is not what it was; "" when all are.
std::string changed_rule(const evidence::Evidence& evidence,
                         const std::map<std::string, std::string>& hashes) {
  for (const evidence::Trial& trial : evidence.trials) {
    if (!trial.alerted || trial.hash.empty()) continue;
    const auto now = hashes.find(trial.rule);
    if (now == hashes.end()) return fmt::format("rule {} runs no more", trial.rule);
    if (now->second != trial.hash) return fmt::format("rule {} was changed", trial.rule);
  }
  return {};
}

std::optional<Due> due_of(const evidence::Evidence& evidence,
                          const std::map<std::string, std::string>& hashes,
                          const std::string& schema, Instant now) {
  if (evidence.outcome != evidence::Outcome::kAlerted) return std::nullopt;
  const auto left = std::chrono::floor<days>(evidence.time + kLife - now);
  if (left.count() < 0)
    return Due{left, fmt::format("older than {} days", kLife.count()), &evidence};
  if (std::string reason = changed_rule(evidence, hashes); !reason.empty()) {
    return Due{days(-1), std::move(reason), &evidence};
  }
  if (!schema.empty() && !evidence.schema_hash.empty() && schema != evidence.schema_hash) {
    return Due{days(-1), "the log source's schema changed", &evidence};
  }
  if (left > kNotice) return std::nullopt;
  return Due{left, fmt::format("ends in {} days", left.count()), &evidence};
}

}  // namespace

Table due_table(std::span<const evidence::Evidence> latest,
                const std::map<std::string, std::string>& hashes,
                const std::function<std::string(const evidence::Evidence&)>& schema_of,
                Instant now) {
  std::vector<Due> all;
  for (const evidence::Evidence& evidence : latest) {
    if (auto due = due_of(evidence, hashes, schema_of(evidence), now)) all.push_back(*due);
  }
  std::ranges::stable_sort(all, {}, &Due::left);
  Table table({{"STATE", Align::kLeft, false},
               {"TECHNIQUE", Align::kLeft, false},
               {"PROCEDURE"},
               {"KIND", Align::kLeft, false},
               {"WHY"}});
  for (const Due& due : all) {
    const bool has_ended = due.left.count() < 0;
    table.add_row({{has_ended ? "stale" : "due", has_ended ? Tone::kBad : Tone::kMiddling},
                   due.evidence->technique,
                   due.evidence->procedure,
                   evidence::to_string(due.evidence->kind),
                   due.reason});
  }
  return table;
}

}  // namespace nepho::report
