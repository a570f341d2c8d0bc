#include "cli/arguments.h"

#include <charconv>
#include <utility>

#include "base/check.h"
#include "text/timestamp.h"

namespace nepho::cli {
const std::vector<std::string>& Arguments::values(std::string_view name) const {
  const auto found = values_.find(name);
  CHECK(found != values_.end());
  return found->second;
}

std::optional<std::string> Arguments::value(std::string_view name) const {
  const auto& all = values(name);
  return all.empty() ? std::nullopt : std::optional(all.back());
}

std::string Arguments::value_or(std::string_view name, std::string_view fallback) const {
  return value(name).value_or(std::string(fallback));
}

std::optional<std::size_t> Arguments::count(std::string_view name) const {
  const auto text = value(name);
  return text ? parse_count(*text) : std::nullopt;
}

void Arguments::add(std::string_view name, std::string value) {
  const auto found = values_.find(name);
  CHECK(found != values_.end());
  found->second.push_back(std::move(value));
}

std::optional<std::size_t> parse_count(std::string_view text) {
  std::size_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<std::chrono::sys_seconds> parse_date(std::string_view text) {
  if (text.size() < 10 || text[4] != '-') return std::nullopt;  // a bare number is no date here
  const auto timestamp = text::parse_timestamp(text);
  if (!timestamp) return std::nullopt;
  return std::chrono::floor<std::chrono::seconds>(timestamp->time);
}

}  // namespace nepho::cli
