#include "evidence/words.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace nepho::evidence {
namespace {

// By the value of each enumeration; a test reads every word back.
constexpr std::array<std::string_view, kNumKinds> kKinds{"synthetic", "replay", "live", "tabletop"};
constexpr std::array<std::string_view, 5> kOutcomes{"alerted", "logged", "none", "blocked",
                                                    "error"};
constexpr std::array<std::string_view, 8> kVerdicts{"not_played",  "no_telemetry",  "no_alert",
                                                    "alerted",     "alerted_other", "late",
                                                    "also_benign", "error"};
constexpr std::array<std::string_view, 3> kObservables{"yes", "partly", "no"};

// Which table is an enumeration's.
constexpr const auto& table_of(Kind) { return kKinds; }
constexpr const auto& table_of(Outcome) { return kOutcomes; }
constexpr const auto& table_of(Verdict) { return kVerdicts; }
constexpr const auto& table_of(Observable) { return kObservables; }

template <typename Enum>
std::string_view word_of(Enum value) {
  return table_of(value)[static_cast<std::size_t>(value)];
}

}  // namespace

std::string_view to_string(Kind kind) { return word_of(kind); }
std::string_view to_string(Outcome outcome) { return word_of(outcome); }
std::string_view to_string(Verdict verdict) { return word_of(verdict); }
std::string_view to_string(Observable observable) { return word_of(observable); }

template <typename Enum>
std::optional<Enum> parse(std::string_view word) {
  const auto& table = table_of(Enum{});
  const auto found = std::ranges::find(table, word);
  if (found == table.end()) return std::nullopt;
  return static_cast<Enum>(std::distance(table.begin(), found));
}

template <typename Enum>
std::vector<std::string_view> words_of() {
  const auto& table = table_of(Enum{});
  return {table.begin(), table.end()};
}

template std::optional<Kind> parse<Kind>(std::string_view);
template std::optional<Outcome> parse<Outcome>(std::string_view);
template std::optional<Verdict> parse<Verdict>(std::string_view);
template std::optional<Observable> parse<Observable>(std::string_view);
template std::vector<std::string_view> words_of<Kind>();
template std::vector<std::string_view> words_of<Outcome>();
template std::vector<std::string_view> words_of<Verdict>();
template std::vector<std::string_view> words_of<Observable>();

}  // namespace nepho::evidence
