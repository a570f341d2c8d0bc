#include "exercise/silence.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/counted.h"
#include "base/printable.h"
#include "event/recognise.h"
#include "plan/near_miss.h"

namespace nepho::exercise {
namespace {

// Events looked at for an explanation; an attack that needs more is explained by its first ones.
constexpr std::size_t kMaxRecords = 200;
constexpr std::size_t kMaxUnmetShown = 2;

struct Best {
  plan::NearMiss miss;
  std::uint32_t rule = 0;
};

// Whether the rule reads this log source at all.
bool is_read_by(const plan::Plan& plan, std::uint32_t rule, const event::LogSource& source) {
  const auto& of_source = plan.sources()[plan.plan_of(&source)]->rules;
  return std::ranges::find(of_source, rule) != of_source.end();
}

std::string sentence(const RuleBook& rules, const Best& best) {
  std::string out =
      fmt::format("'{}' came nearest: ", escape_for_log(rules.claims[best.rule].title));
  const auto& unmet = best.miss.unmet;
  for (std::size_t i = 0; i < std::min(unmet.size(), kMaxUnmetShown); ++i) {
    out += (i == 0 ? "" : "; ") + to_sentence(unmet[i]);
  }
  if (unmet.size() > kMaxUnmetShown) {
    out += "; and " + counted(unmet.size() - kMaxUnmetShown, "more test");
  }
  return out;
}

std::string gated_sentence(const std::vector<const GatedRule*>& gated) {
  std::string out = fmt::format("'{}' cannot run: {}", escape_for_log(gated.front()->title),
                                escape_for_log(gated.front()->reason));
  if (gated.size() > 1) out += fmt::format(" (and {})", counted(gated.size() - 1, "more rule"));
  return out;
}

}  // namespace

Silence explain_silence(const RuleBook& rules, const std::vector<std::string_view>& records,
                        std::string_view technique) {
  std::vector<std::uint32_t> counting;
  for (std::uint32_t i = 0; i < rules.claims.size(); ++i) {
    const RuleClaim& claim = rules.claims[i];
    if (claim.is_alert && counts_for(claim.techniques, technique)) counting.push_back(i);
  }
  std::vector<const GatedRule*> gated;
  for (const GatedRule& rule : rules.gated) {
    if (counts_for(rule.techniques, technique)) gated.push_back(&rule);
  }
  if (counting.empty()) {
    if (!gated.empty()) return {gated_sentence(gated), true, {}};
    return {fmt::format("no rule is mapped to {}", escape_for_log(technique)), false, {}};
  }

  Silence silence{.reason = {}, .has_rules = true, .tried = {}};
  std::optional<Best> best;
  for (const std::string_view record :
       records.size() > kMaxRecords ? std::vector(records.begin(), records.begin() + kMaxRecords)
                                    : records) {
    const auto document = text::JsonDocument::parse(std::string(record));
    if (!document) continue;
    const auto* source = event::recognise(document->root(), rules.plan.recognition());
    if (source == nullptr) continue;
    for (const std::uint32_t rule : counting) {
      if (!is_read_by(rules.plan, rule, *source)) continue;
      auto miss = plan::near_miss(rules.plan.rules()[rule], document->root(), *source);
      if (!miss) continue;
      silence.tried.insert(rule);
      if (!best || miss->unmet.size() < best->miss.unmet.size()) best = {*std::move(miss), rule};
    }
  }
  if (best) {
    silence.reason = sentence(rules, *best);
    // The rule that was made for these events may be one that cannot run.
    if (!gated.empty()) silence.reason += "; " + gated_sentence(gated);
  } else if (!gated.empty()) {
    silence.reason = gated_sentence(gated);
  } else {
    const std::string name = escape_for_log(technique);
    silence.reason =
        counting.size() == 1
            ? fmt::format("the only rule mapped to {} is not made for these events", name)
            : fmt::format("none of the {} rules mapped to {} is made for these events",
                          counting.size(), name);
  }
  return silence;
}

}  // namespace nepho::exercise
