#include "detect/window_state.h"

#include <bit>
#include <cmath>

namespace nepho::detect {
namespace {

using sigma::CorrelationType;
using sigma::Expression;

// Row "correlation order". Recurses as deep as the condition, which its parser bounds.
bool rules_hold(const Expression& expression, std::uint64_t asserted, std::uint64_t present,
                bool is_negated) {
  const auto child_holds = [&](const Expression& child) {
    return rules_hold(child, asserted, present, is_negated);
  };
  switch (expression.kind) {
    case Expression::Kind::kItem:
      return ((is_negated ? present : asserted) >> expression.item & 1U) != 0;
    case Expression::Kind::kNot:
      return !rules_hold(expression.children[0], asserted, present, !is_negated);
    case Expression::Kind::kAnd: return std::ranges::all_of(expression.children, child_holds);
    case Expression::Kind::kOr: return std::ranges::any_of(expression.children, child_holds);
  }
  return false;
}

// Rules of the set, without those from `rule` on, are before it.
bool comes_after(std::size_t rule, std::uint64_t rules) { return rules >> rule == 0; }

std::size_t last_rule(std::uint64_t rules) {
  return static_cast<std::size_t>(std::bit_width(rules));
}

std::int64_t in_nanoseconds(std::chrono::seconds span) {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(span).count();
}

// Types that judge events remember for ever, as long as nothing else is asked.
std::int64_t how_long_remembered(const sigma::Correlation& asked) {
  if (asked.behaviour.memory) return in_nanoseconds(*asked.behaviour.memory);
  const bool is_judged = sigma::judges_events(asked.type);
  if (is_judged && asked.type != CorrelationType::kVelocity)
    return std::numeric_limits<std::int64_t>::max();
  return in_nanoseconds(asked.timespan);
}

bool sorts_amounts(CorrelationType type) {
  return type == CorrelationType::kValuePercentile || type == CorrelationType::kValueMedian;
}

}  // namespace

bool rules_hold(const Expression& expression, std::uint64_t asserted, std::uint64_t present) {
  return rules_hold(expression, asserted, present, false);
}

WindowSettings::WindowSettings(const sigma::Correlation& asked)
    : correlation(&asked),
      timespan(in_nanoseconds(asked.timespan)),
      remembered(how_long_remembered(asked)) {
  using Relation = sigma::Threshold::Relation;
  if (sigma::is_numeric(asked.type) || sigma::judges_events(asked.type)) return;
  for (const sigma::Threshold& threshold : asked.thresholds) {
    // At least n, or less than n: from n on nothing changes. The others change once more above it.
    const bool ends_at_limit =
        threshold.relation == Relation::kGte || threshold.relation == Relation::kLt;
    const auto limit = static_cast<std::size_t>(threshold.limit);
    most_counted = std::max(most_counted, limit + (ends_at_limit ? 0 : 1));
  }
}

void StampRing::push(const Stamp& stamp, std::size_t most) {
  if (size_ >= most) drop_front();
  if (size_ == capacity_) {
    const auto wider = std::min<std::size_t>(std::max<std::size_t>(most, size_ + 1), 2 * capacity_);
    auto larger = std::make_unique<Stamp[]>(wider);
    for (std::size_t i = 0; i < size_; ++i) larger[i] = (*this)[i];
    heap_ = std::move(larger);
    begin_ = 0;
    capacity_ = static_cast<std::uint32_t>(wider);
  }
  data()[(begin_ + size_) % capacity_] = stamp;
  ++size_;
}

// ---- value_count ----

void DistinctState::forget_before(std::int64_t start) {
  const auto first =
      std::ranges::find_if(values_, [&](const Value& value) { return value.last.time >= start; });
  values_.erase(values_.begin(), first);
}

void DistinctState::add(const Sample& sample, const WindowSettings& settings) {
  if (!sample.value) return;
  const auto same = std::ranges::find(values_, *sample.value, &Value::value);
  if (same != values_.end()) {
    values_.erase(same);
  } else if (values_.size() >= settings.most_counted) {
    values_.erase(values_.begin());
  }
  values_.push_back({*sample.value, sample.stamp});
}

void DistinctState::list(std::vector<std::uint64_t>& events) const {
  for (const Value& value : values_) events.push_back(value.last.event);
}

// ---- temporal ----

void PresenceState::forget_before(std::int64_t start) {
  for (std::size_t rule = 0; rule < last_.size(); ++rule) {
    if (last_[rule].time < start) present_ &= ~(std::uint64_t{1} << rule);
  }
}

void PresenceState::add(const Sample& sample, const WindowSettings& settings) {
  last_.resize(settings.correlation->rules.size());
  present_ |= sample.rules;
  for (std::uint64_t rules = sample.rules; rules != 0; rules &= rules - 1)
    last_[static_cast<std::size_t>(std::countr_zero(rules))] = sample.stamp;
}

bool PresenceState::holds(const WindowSettings& settings) const {
  const auto& expression = settings.correlation->expression;
  if (expression) return rules_hold(*expression, present_, present_);
  return settings.counts(static_cast<std::size_t>(std::popcount(present_)));
}

void PresenceState::list(std::vector<std::uint64_t>& events) const {
  for (std::uint64_t rules = present_; rules != 0; rules &= rules - 1)
    events.push_back(last_[static_cast<std::size_t>(std::countr_zero(rules))].event);
}

void PresenceState::measure(const Sample& /*sample*/, const WindowSettings& settings,
                            Measurement& measured) const {
  measured.rules = present_;
  if (!settings.correlation->expression)
    measured.value = counted(static_cast<std::size_t>(std::popcount(present_)));
}

bool PresenceState::is_sound(const WindowSettings& settings) const {
  const std::size_t num_rules = settings.correlation->rules.size();
  return last_.size() <= num_rules &&
         static_cast<std::size_t>(std::bit_width(present_)) <= last_.size();
}

// ---- temporal_ordered ----

void SequenceState::forget_before(std::int64_t start) {
  presence_.forget_before(start);
  std::erase_if(sequences_,
                [&](const Sequence& sequence) { return sequence.stamps.front().time < start; });
}

// Sequences grow from what was there before the event: it is not its own successor.
void SequenceState::add(const Sample& sample, const WindowSettings& settings) {
  presence_.add(sample, settings);
  const bool by_set = settings.correlation->expression.has_value();
  std::vector<Sequence> longer;
  for (std::uint64_t rules = sample.rules; rules != 0; rules &= rules - 1) {
    const auto rule = static_cast<std::size_t>(std::countr_zero(rules));
    const std::uint64_t bit = std::uint64_t{1} << rule;
    longer.push_back({bit, {sample.stamp}});
    for (const Sequence& sequence : sequences_) {
      if (!comes_after(rule, sequence.rules)) continue;
      longer.push_back({sequence.rules | bit, sequence.stamps});
      longer.back().stamps.push_back(sample.stamp);
    }
  }
  for (Sequence& sequence : longer) keep(std::move(sequence), by_set);
}

void SequenceState::keep(Sequence sequence, bool by_set) {
  const auto same = std::ranges::find_if(sequences_, [&](const Sequence& other) {
    if (by_set) return other.rules == sequence.rules;
    return last_rule(other.rules) == last_rule(sequence.rules) &&
           other.stamps.size() == sequence.stamps.size();
  });
  if (same == sequences_.end()) {
    sequences_.push_back(std::move(sequence));
  } else if (sequence.stamps.front().time >= same->stamps.front().time) {
    *same = std::move(sequence);
  }
}

std::size_t SequenceState::longest() const {
  std::size_t longest = 0;
  for (const Sequence& sequence : sequences_) longest = std::max(longest, sequence.stamps.size());
  return longest;
}

bool SequenceState::holds(const WindowSettings& settings) const {
  const auto& expression = settings.correlation->expression;
  if (!expression) return settings.counts(longest());
  const std::uint64_t present = presence_.present();
  return rules_hold(*expression, 0, present) ||
         std::ranges::any_of(sequences_, [&](const Sequence& sequence) {
           return rules_hold(*expression, sequence.rules, present);
         });
}

void SequenceState::list(std::vector<std::uint64_t>& events) const {
  const auto longest = std::ranges::max_element(
      sequences_, {}, [](const Sequence& sequence) { return sequence.stamps.size(); });
  if (longest == sequences_.end()) return;
  for (const Stamp& stamp : longest->stamps) events.push_back(stamp.event);
}

void SequenceState::measure(const Sample& /*sample*/, const WindowSettings& settings,
                            Measurement& measured) const {
  measured.rules = presence_.present();
  if (!settings.correlation->expression) measured.value = counted(longest());
}

bool SequenceState::is_sound(const WindowSettings& settings) const {
  const std::size_t num_rules = settings.correlation->rules.size();
  const bool by_set = settings.correlation->expression.has_value();
  const std::size_t most =
      by_set ? std::size_t{1} << sigma::kMostOrderedRules : num_rules * num_rules;
  return presence_.is_sound(settings) && sequences_.size() <= most &&
         std::ranges::all_of(sequences_, [&](const Sequence& sequence) {
           return !sequence.stamps.empty() && sequence.stamps.size() <= num_rules &&
                  sequence.rules != 0 && last_rule(sequence.rules) <= num_rules;
         });
}

// ---- sums, averages, percentiles ----

void AmountState::drop_front() {
  const Measured& oldest = window_[begin_];
  sum_ -= oldest.amount;
  if (oldest.is_sorted) sorted_.erase(std::ranges::lower_bound(sorted_, oldest.amount));
  ++begin_;
  // Half of it is past: the rest moves to the front.
  if (begin_ * 2 > window_.size()) {
    window_.erase(window_.begin(), window_.begin() + static_cast<std::ptrdiff_t>(begin_));
    begin_ = 0;
  }
}

void AmountState::forget_before(std::int64_t start) {
  while (size() != 0 && window_[begin_].stamp.time < start) drop_front();
}

void AmountState::add(const Sample& sample, const WindowSettings& settings) {
  if (!sample.amount) return;
  if (size() >= settings.most_values) {
    drop_front();
    ++*settings.values_left_out;
  }
  take({sample.stamp, *sample.amount}, sorts_amounts(settings.correlation->type));
}

bool AmountState::is_sound(const WindowSettings& settings) const {
  const bool sorts = sorts_amounts(settings.correlation->type);
  return size() <= settings.most_values && sorted_.size() == (sorts ? size() : 0);
}

void AmountState::take(const Measured& measured, bool sorts) {
  window_.push_back(measured);
  window_.back().is_sorted = sorts;
  sum_ += measured.amount;
  if (sorts) sorted_.insert(std::ranges::upper_bound(sorted_, measured.amount), measured.amount);
}

// Sorted once: number by number that takes a square of them.
void AmountState::restore(std::vector<Measured> window) {
  window_ = std::move(window);
  for (const Measured& measured : window_) {
    sum_ += measured.amount;
    if (measured.is_sorted) sorted_.push_back(measured.amount);
  }
  std::ranges::sort(sorted_);
}

bool AmountState::holds(const WindowSettings& settings) const {
  if (size() == 0) return false;
  const auto& thresholds = settings.correlation->thresholds;
  switch (settings.correlation->type) {
    case CorrelationType::kValueSum: return plan::meets(thresholds, sum_);
    case CorrelationType::kValueAverage:
      return plan::meets(thresholds, sum_, static_cast<std::int64_t>(size()));
    default:
      return plan::meets(thresholds,
                         plan::percentile_of(sorted_, settings.correlation->percentile));
  }
}

void AmountState::measure(const Sample& /*sample*/, const WindowSettings& settings,
                          Measurement& measured) const {
  measured.num_events = size();
  switch (settings.correlation->type) {
    case CorrelationType::kValueSum: measured.value = sum_; break;
    case CorrelationType::kValueAverage:
      measured.value = plan::ratio_of(sum_, static_cast<std::int64_t>(size()));
      break;
    default: measured.value = plan::percentile_of(sorted_, settings.correlation->percentile);
  }
}

void AmountState::list(std::vector<std::uint64_t>& events) const {
  for (std::size_t i = begin_; i < window_.size(); ++i) events.push_back(window_[i].stamp.event);
}

}  // namespace nepho::detect
