#include "attack/date.h"

#include <fmt/format.h>

#include <charconv>
#include <cstddef>

namespace nepho::attack {
namespace {

// The number in `size` digits at `from`; -1 when they are not all digits.
int number_at(std::string_view text, std::size_t from, std::size_t size) {
  int value = 0;
  const char* const begin = text.data() + from;
  const auto [end, error] = std::from_chars(begin, begin + size, value);
  return error == std::errc{} && end == begin + size && *begin != '-' ? value : -1;
}

}  // namespace

Date parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return kNoDate;
  if (text.size() > 10 && text[10] != 'T') return kNoDate;
  const int year = number_at(text, 0, 4);
  const int month = number_at(text, 5, 2);
  const int day = number_at(text, 8, 2);
  if (year < 0 || month < 0 || day < 0) return kNoDate;
  const Date date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                  std::chrono::day{static_cast<unsigned>(day)}};
  return date.ok() ? date : kNoDate;
}

std::string to_string(const Date& date) {
  if (!date.ok()) return {};
  return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(date.year()),
                     static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
}

}  // namespace nepho::attack
