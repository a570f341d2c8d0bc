#include "sigma/behaviour_parser.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/timespan.h"

namespace nepho::sigma {
namespace {

using text::YamlNode;
using Relation = Threshold::Relation;

// What one type asks for.
struct Form {
  CorrelationType type = CorrelationType::kNewValue;
  std::span<const std::string_view> keys;
  std::size_t fewest_fields = 1;
  std::size_t most_fields = 1;
  std::span<const Relation> relations;  // of its condition; none: it has no condition
  std::string_view example;
};

constexpr std::size_t kMostFields = 16;  // of a tuple; a guess, more than any rule names
constexpr auto kNewValueKeys = std::to_array<std::string_view>({"field", "x_memory"});

constexpr auto kBurstKeys = std::to_array<std::string_view>({"field", "x_denials", "x_denied"});
constexpr auto kVolumeKeys = std::to_array<std::string_view>({"field", "x_memory", "x_minimum"});
constexpr auto kRareKeys = std::to_array<std::string_view>({"field", "x_memory", "x_minimum"});
constexpr auto kBelow = std::to_array<Relation>({Relation::kLt, Relation::kLte});
constexpr auto kVelocityKeys = std::to_array<std::string_view>({"field", "x_distance"});
constexpr auto kAbove = std::to_array<Relation>({Relation::kGt, Relation::kGte});
constexpr auto kAnyRelation = std::to_array<Relation>(
    {Relation::kGt, Relation::kGte, Relation::kLt, Relation::kLte, Relation::kEq, Relation::kNeq});
// What CloudTrail writes of a call that failed.
constexpr std::string_view kDeniedField = "errorCode";

// Of x_volume. Four weeks: as many as its weekly baseline needs. A day of hours: a guess. More
// windows than a year of hours take 160 KB a group.
constexpr auto kVolumeMemory = std::chrono::days(28);
constexpr std::uint64_t kVolumeMinimum = 24;
// Of x_rare: a share of 1 % cannot be told from fewer. A guess.
constexpr std::uint64_t kRareMinimum = 100;
// Of x_velocity: about how far databases of addresses err within a country. A guess.
constexpr double kLeastDistanceKm = 100;
constexpr double kHalfAroundTheEarthKm = 20'038;
constexpr std::int64_t kMostWindows = 10'000;

constexpr auto kForms = std::to_array<Form>({
    {CorrelationType::kNewValue, kNewValueKeys, 1, kMostFields, {}, "field: awsRegion"},
    {CorrelationType::kBurst, kBurstKeys, 1, kMostFields, kAnyRelation, "field: eventName"},
    {CorrelationType::kVolume, kVolumeKeys, 0, 1, kAbove, "condition: {gte: 6}"},
    {CorrelationType::kRare, kRareKeys, 1, kMostFields, kBelow, "condition: {lt: 0.01}"},
    {CorrelationType::kVelocity, kVelocityKeys, 2, 2, kAbove, "field: [latitude, longitude]"},
});

const Form* form_of(CorrelationType type) {
  const auto found = std::ranges::find(kForms, type, &Form::type);
  return found == kForms.end() ? nullptr : &*found;
}

class BehaviourReader {
 public:
  BehaviourReader(const YamlNode& node, const ParseContext& context, Correlation& correlation)
      : node_(node), context_(context), correlation_(correlation) {}

  void read() {
    read_fields();
    read_memory();
    read_denials();
    read_minimum();
    read_distance();
    if (correlation_.type == CorrelationType::kVolume) settle_windows();
    if (correlation_.type == CorrelationType::kRare && correlation_.behaviour.minimum == 0)
      correlation_.behaviour.minimum = kRareMinimum;
  }

  void check(const YamlNode& key) {
    const Form& form = *form_of(correlation_.type);
    const std::string_view type = to_string(form.type);
    const std::size_t num_fields = correlation_.fields.size();
    if (num_fields < form.fewest_fields || num_fields > form.most_fields)
      error(num_fields == 0 ? kMissingKey : kBadValue,
            fmt::format("{} looks at {}, found {}", type, number_of_fields(form), num_fields), key,
            fmt::format("for example: {}", form.example));
    for (const Threshold& threshold : correlation_.thresholds) {
      if (std::ranges::count(form.relations, threshold.relation) != 0) continue;
      error(kBadValue, wrong_relation(form), *node_.find_key("condition"),
            fmt::format("for example: {}", form.example));
      return;
    }
  }

 private:
  void error(ErrorCode code, std::string message, const YamlNode& at, std::string hint = {}) {
    context_.report.add_error({code, std::move(message), at.place(context_.file), std::move(hint)});
  }

  static std::string number_of_fields(const Form& form) {
    if (form.fewest_fields == form.most_fields)
      return fmt::format("{} field{}", form.most_fields, form.most_fields == 1 ? "" : "s");
    return fmt::format("{} to {} fields", form.fewest_fields, form.most_fields);
  }

  static std::string wrong_relation(const Form& form) {
    const std::string_view type = to_string(form.type);
    if (form.relations.empty()) return fmt::format("{} compares with no number", type);
    std::vector<std::string_view> words;
    for (const Relation relation : form.relations) words.push_back(to_string(relation));
    return fmt::format("{} compares with {} only", type, fmt::join(words, " or "));
  }

  void read_fields() {
    const YamlNode* field = node_.find("field");
    if (field == nullptr) return;
    const auto take = [&](const YamlNode& item) {
      if (!item.is_scalar() || item.text.empty() || item.is_null())
        return error(kWrongType, "'field' expects the name of a field or a list of names", item);
      correlation_.fields.push_back(item.text);
    };
    if (!field->is_sequence()) return take(*field);
    for (const YamlNode& item : field->items) take(item);
  }

  void read_memory() {
    const YamlNode* memory = node_.find("x_memory");
    if (memory == nullptr) return;
    const auto span = text::parse_timespan(memory->text);
    if (!memory->is_scalar() || !span || *span < correlation_.timespan)
      return error(kBadTimespan,
                   fmt::format("expected a time not shorter than the timespan, found '{}'",
                               escape_for_log(memory->text)),
                   *memory, "write a whole number and s, m, h or d: 'x_memory: 90d'");
    correlation_.behaviour.memory = *span;
  }

  void read_minimum() {
    const YamlNode* minimum = node_.find("x_minimum");
    if (minimum == nullptr) return;
    const auto number = minimum->integer();
    if (!minimum->is_scalar() || !number || *number < 1 ||
        static_cast<double>(*number) > kMostCounted)
      return error(kBadValue,
                   fmt::format("expected a whole number from 1 to a million, found '{}'",
                               escape_for_log(minimum->text)),
                   *minimum);
    correlation_.behaviour.minimum = static_cast<std::uint64_t>(*number);
  }

  void read_distance() {
    if (correlation_.type == CorrelationType::kVelocity)
      correlation_.behaviour.distance_km = kLeastDistanceKm;
    const YamlNode* distance = node_.find("x_distance");
    if (distance == nullptr) return;
    const auto number = distance->number();
    if (!distance->is_scalar() || !number || !(*number >= 0 && *number < kHalfAroundTheEarthKm))
      return error(kBadValue,
                   fmt::format("expected kilometres, from 0 to half around the Earth, found '{}'",
                               escape_for_log(distance->text)),
                   *distance, "write a number: 'x_distance: 100'");
    correlation_.behaviour.distance_km = *number;
  }

  // A baseline of more windows than are remembered would never be there.
  void settle_windows() {
    BehaviourOptions& options = correlation_.behaviour;
    if (options.minimum == 0) options.minimum = kVolumeMinimum;
    if (!options.memory) options.memory = kVolumeMemory;
    if (correlation_.timespan <= std::chrono::seconds(0)) return;  // an error of its own
    const std::int64_t num_windows = *options.memory / correlation_.timespan;
    if (num_windows > kMostWindows)
      return error(
          kTooMany,
          fmt::format("{} windows are to be remembered, more than {}", num_windows, kMostWindows),
          *node_.find_key("timespan"), "make 'timespan' longer or 'x_memory' shorter");
    if (static_cast<std::uint64_t>(num_windows) < options.minimum)
      error(kBadTimespan,
            fmt::format("x_memory holds {} windows of the timespan, of the {} that x_minimum asks "
                        "for",
                        num_windows, options.minimum),
            *node_.find_key("timespan"), "make 'timespan' shorter or 'x_memory' longer");
  }

  void read_denials() {
    const YamlNode* share = node_.find("x_denials");
    const YamlNode* field = node_.find("x_denied");
    if (field != nullptr && (!field->is_scalar() || field->text.empty() || field->is_null()))
      return error(kWrongType, "'x_denied' expects the name of a field", *field,
                   "it is there in what was denied: 'x_denied: errorCode'");
    if (field != nullptr && share == nullptr)
      return error(kMissingKey, "'x_denied' is of use with 'x_denials' only", *field,
                   "add the share of denials: 'x_denials: 0.5'");
    if (share == nullptr) return;
    const auto number = share->number();
    if (!share->is_scalar() || !number || !(*number >= 0 && *number <= 1))
      return error(
          kBadValue,
          fmt::format("expected a share from 0 to 1, found '{}'", escape_for_log(share->text)),
          *share, "for half of the events: 'x_denials: 0.5'");
    correlation_.behaviour.denials = *number;
    correlation_.behaviour.denied_field = field == nullptr ? kDeniedField : field->text;
  }

  const YamlNode& node_;
  const ParseContext& context_;
  Correlation& correlation_;
};

}  // namespace

std::span<const std::string_view> behaviour_keys(CorrelationType type) {
  const Form* form = form_of(type);
  return form == nullptr ? std::span<const std::string_view>{} : form->keys;
}

void read_behaviour(const YamlNode& node, const ParseContext& context, Correlation& correlation) {
  BehaviourReader(node, context, correlation).read();
}

void check_behaviour(const YamlNode& key, const YamlNode& node, const ParseContext& context,
                     Correlation& correlation) {
  BehaviourReader(node, context, correlation).check(key);
}

}  // namespace nepho::sigma
