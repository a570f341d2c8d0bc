#include "exercise/played.h"

#include <algorithm>

#include "event/recognise.h"
#include "exercise/tree_paths.h"
#include "text/cidr.h"

namespace nepho::exercise {
namespace {

// RFC 1918, RFC 3927, RFC 4193, RFC 4291 and the loopback networks: what no packet of the internet
// comes from.
constexpr std::string_view kPrivate[] = {"10.0.0.0/8",     "172.16.0.0/12", "192.168.0.0/16",
                                         "169.254.0.0/16", "127.0.0.0/8",   "fc00::/7",
                                         "fe80::/10",      "::1/128"};

bool is_public_address(std::string_view text) {
  static const std::vector<text::Network> networks = [] {
    std::vector<text::Network> all;
    for (const std::string_view network : kPrivate) all.push_back(*text::Network::parse(network));
    return all;
  }();
  const auto address = text::Address::parse(text);
  return address && std::ranges::none_of(networks, [&](const text::Network& network) {
           return network.contains(*address);
         });
}

bool fits(const std::string* value, std::string_view wanted) {
  if (wanted == "$absent") return value == nullptr;
  if (value == nullptr) return false;
  if (wanted == "$public_address") return is_public_address(*value);
  return event::is_wanted(*value, wanted);
}

bool holds_one(const Wanted& wanted, const Tree& values) {
  const Tree* scalar = first_scalar_at(values, wanted.path);
  const std::string* value = scalar == nullptr ? nullptr : &scalar->text;
  bool is_asked_for = false;
  bool is_there = false;
  for (const std::string_view text : wanted.texts) {
    if (text.starts_with('!')) {
      if (fits(value, text.substr(1))) return false;
      continue;
    }
    is_asked_for = true;
    is_there = is_there || fits(value, text);
  }
  return is_there || !is_asked_for;
}

}  // namespace

Played read_play(std::vector<Record> records, const event::LineForms& forms) {
  Played played;
  for (Record& record : records) {
    auto values = RecordValues::read(record.text, forms);
    played.push_back({std::move(record), std::move(values)});
  }
  return played;
}

std::vector<Record> written(const Played& played) {
  std::vector<Record> records;
  for (const PlayedRecord& one : played) {
    records.push_back(one.record);
    if (one.values) records.back().text = one.values->text();
  }
  return records;
}

bool is_of_log_source(std::string_view log_source, std::string_view wanted) {
  return log_source == wanted ||
         (log_source.starts_with(wanted) && log_source[wanted.size()] == '.');
}

bool holds(const std::vector<Wanted>& where, const Tree& values) {
  return std::ranges::all_of(where,
                             [&](const Wanted& wanted) { return holds_one(wanted, values); });
}

}  // namespace nepho::exercise
