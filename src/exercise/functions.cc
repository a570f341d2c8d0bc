#include "exercise/functions.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/printable.h"
#include "exercise/errors.h"
#include "text/timespan.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using std::chrono::seconds;

constexpr std::size_t kMostLetters = 4096;

struct Alphabet {
  std::string_view function;
  std::string_view letters;
};
constexpr Alphabet kAlphabets[] = {
    {"upper", "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"},
    {"hex", "0123456789abcdef"},
    {"hex_upper", "0123456789ABCDEF"},
    {"digits", "0123456789"},
    {"lower", "abcdefghijklmnopqrstuvwxyz"},
    {"base64", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"},
};
constexpr std::string_view kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::optional<std::size_t> number_of(std::string_view text) {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::unexpected<Error> bad_argument(std::string_view function, std::string_view argument) {
  return fail(kBadValue,
              fmt::format("{{{}}} does not take: {}", function, escape_for_log(argument)));
}

Result<std::optional<std::string>> number_between(std::string_view argument, Random& random) {
  const std::size_t dash = argument.find('-');
  if (dash == std::string_view::npos) return bad_argument("number", argument);
  const auto least = number_of(argument.substr(0, dash));
  const auto most = number_of(argument.substr(dash + 1));
  if (!least || !most || *most < *least || *most - *least == SIZE_MAX) {
    return bad_argument("number", argument);
  }
  return std::to_string(*least + random.below(*most - *least + 1));
}

struct Moment {
  std::chrono::year_month_day day;
  std::chrono::hh_mm_ss<seconds> clock;
};

Moment moment_of(Instant time) {
  const auto day = std::chrono::floor<std::chrono::days>(time);
  return {std::chrono::year_month_day(day),
          std::chrono::hh_mm_ss<seconds>(std::chrono::floor<seconds>(time - day))};
}

// How Java's MEDIUM date style writes it; JDK 9 put a comma behind the year, and IAM has none.
std::string us_text(const Moment& at, std::string_view behind_year) {
  const auto hours = at.clock.hours().count();
  const auto hour = hours % 12 == 0 ? 12 : hours % 12;
  return fmt::format(
      "{} {}, {}{} {}:{:02}:{:02} {}", kMonths[static_cast<unsigned>(at.day.month()) - 1],
      static_cast<unsigned>(at.day.day()), static_cast<int>(at.day.year()), behind_year, hour,
      at.clock.minutes().count(), at.clock.seconds().count(), hours < 12 ? "AM" : "PM");
}

std::string day_text(const Moment& at, std::string_view between) {
  return fmt::format("{:04}{}{:02}{}{:02}", static_cast<int>(at.day.year()), between,
                     static_cast<unsigned>(at.day.month()), between,
                     static_cast<unsigned>(at.day.day()));
}

std::string clock_text(const Moment& at) {
  return fmt::format("{:02}:{:02}:{:02}", at.clock.hours().count(), at.clock.minutes().count(),
                     at.clock.seconds().count());
}

using TimeWriter = std::string (*)(Instant);
struct TimeFunction {
  std::string_view name;
  TimeWriter write;
};
constexpr TimeFunction kTimeFunctions[] = {
    {"time", [](Instant t) { return text::to_rfc3339(std::chrono::floor<seconds>(t)); }},
    // Without its zone, for logs that write fractions of a second: "{bare_time}.{digits:6}Z".
    {"bare_time",
     [](Instant t) {
       std::string text = text::to_rfc3339(std::chrono::floor<seconds>(t));
       text.pop_back();
       return text;
     }},
    {"us_time", [](Instant t) { return us_text(moment_of(t), ","); }},
    {"iam_time", [](Instant t) { return us_text(moment_of(t), ""); }},
    {"epoch_ms",
     [](Instant t) { return std::to_string(t.time_since_epoch().count() / 1'000'000); }},
    {"epoch_s",
     [](Instant t) { return std::to_string(t.time_since_epoch().count() / 1'000'000'000); }},
    {"day", [](Instant t) { return day_text(moment_of(t), "-"); }},
    {"compact_day", [](Instant t) { return day_text(moment_of(t), ""); }},
    // "24/Nov/2026:08:00:00", as web servers and S3 write it.
    {"log_time",
     [](Instant t) {
       const Moment at = moment_of(t);
       return fmt::format("{:02}/{}/{:04}:{}", static_cast<unsigned>(at.day.day()),
                          kMonths[static_cast<unsigned>(at.day.month()) - 1],
                          static_cast<int>(at.day.year()), clock_text(at));
     }},
    {"seconds_clock", [](Instant t) { return clock_text(moment_of(t)); }},
    {"clock",
     [](Instant t) {
       const Moment at = moment_of(t);
       return fmt::format("{:02}{:02}", at.clock.hours().count(), at.clock.minutes().count());
     }},
};

}  // namespace

Result<std::optional<std::string>> drawn_text(std::string_view function, std::string_view argument,
                                              Random& random) {
  if (function == "uuid") return random.uuid();
  if (function == "number") return number_between(argument, random);
  const auto* const alphabet = std::ranges::find(kAlphabets, function, &Alphabet::function);
  if (alphabet == std::end(kAlphabets)) return std::nullopt;
  const auto size = number_of(argument);
  if (!size || *size == 0 || *size > kMostLetters) return bad_argument(function, argument);
  std::string out = random.letters(alphabet->letters, *size);
  if (function == "digits" && out.front() == '0') out.front() = '7';
  return out;
}

Result<std::optional<std::string>> time_text(std::string_view function, std::string_view argument,
                                             Instant time) {
  const auto* const found = std::ranges::find(kTimeFunctions, function, &TimeFunction::name);
  if (found == std::end(kTimeFunctions)) return std::nullopt;
  if (argument.empty()) return found->write(time);
  if (function == "day" && argument == "/") return day_text(moment_of(time), "/");
  const auto span = text::parse_timespan(argument.substr(1));
  if (!span || (argument.front() != '+' && argument.front() != '-')) {
    return bad_argument(function, argument);
  }
  return found->write(argument.front() == '+' ? time + *span : time - *span);
}

const std::vector<std::string_view>& function_names() {
  static const std::vector<std::string_view> kNames = [] {
    std::vector<std::string_view> names{"uuid", "number"};
    for (const Alphabet& alphabet : kAlphabets) names.push_back(alphabet.function);
    for (const TimeFunction& function : kTimeFunctions) names.push_back(function.name);
    return names;
  }();
  return kNames;
}

}  // namespace nepho::exercise
