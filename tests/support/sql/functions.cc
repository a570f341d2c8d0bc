#include "tests/support/sql/functions.h"

#include <arpa/inet.h>
#include <re2/re2.h>
#include <sqlite3.h>
#include <wctype.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/utf8.h"

namespace nepho::tests::sql {
namespace {

std::string_view text_of(sqlite3_value* value) {
  const auto* bytes = reinterpret_cast<const char*>(sqlite3_value_text(value));
  return bytes == nullptr ? std::string_view()
                          : std::string_view(bytes, std::size_t(sqlite3_value_bytes(value)));
}

bool any_null(int count, sqlite3_value** values) {
  return std::any_of(values, values + count,
                     [](sqlite3_value* v) { return sqlite3_value_type(v) == SQLITE_NULL; });
}

void give(sqlite3_context* context, const std::string& text) {
  sqlite3_result_text(context, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
}

locale_t utf8_locale() {
  static const locale_t locale = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (locale == nullptr) std::abort();
  return locale;
}

// Dotless i has the capital I in every locale but its own, and is another letter for Sigma.
char32_t folded(char32_t c) {
  constexpr char32_t kDotlessI = 0x131;
  if (c == kDotlessI) return c;
  const wint_t upper = towupper_l(static_cast<wint_t>(c), utf8_locale());
  return static_cast<char32_t>(towlower_l(upper, utf8_locale()));
}

void fold(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  std::string out;
  std::string_view rest = text_of(values[0]);
  while (!rest.empty()) {
    const CodePoint point = first_code_point(rest);
    append_utf8(folded(point.value), out);
    rest.remove_prefix(point.size);
  }
  give(context, out);
}

// The pattern is the same for every row of a statement: compiled once, and owned by SQLite then.
void regexp(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  const auto* regex = static_cast<const RE2*>(sqlite3_get_auxdata(context, 0));
  std::unique_ptr<RE2> compiled;
  if (regex == nullptr) {
    compiled = std::make_unique<RE2>(std::string(text_of(values[0])), RE2::Quiet);
    regex = compiled.get();
  }
  if (!regex->ok()) {
    sqlite3_result_error(context, regex->error().c_str(), -1);
    return;
  }
  sqlite3_result_int(context, RE2::PartialMatch(std::string(text_of(values[1])), *regex) ? 1 : 0);
  if (compiled)
    sqlite3_set_auxdata(context, 0, compiled.release(),
                        [](void* it) { delete static_cast<RE2*>(it); });
}

struct Address {
  std::array<unsigned char, 16> bytes{};
  bool is_v4 = false;
};

std::optional<Address> address_of(const std::string& text) {
  static constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255};
  Address address;
  if (inet_pton(AF_INET, text.c_str(), address.bytes.data() + kMapped.size()) == 1) {
    std::copy(kMapped.begin(), kMapped.end(), address.bytes.begin());
    address.is_v4 = true;
    return address;
  }
  if (inet_pton(AF_INET6, text.c_str(), address.bytes.data()) != 1) return std::nullopt;
  address.is_v4 = std::equal(kMapped.begin(), kMapped.end(), address.bytes.begin());
  return address;
}

bool same_prefix(const Address& address, std::string_view base_hex, int bits) {
  for (int i = 0; i < bits; ++i) {
    const std::string digits(base_hex.substr(std::size_t(i) / 8 * 2, 2));
    const unsigned base = static_cast<unsigned>(std::stoul(digits, nullptr, 16));
    if (((base ^ address.bytes[std::size_t(i) / 8]) >> (7 - i % 8) & 1U) != 0) return false;
  }
  return true;
}

void in_network(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  const auto address = address_of(std::string(text_of(values[0])));
  const bool is_in = address && address->is_v4 == (sqlite3_value_int(values[3]) != 0) &&
                     same_prefix(*address, text_of(values[1]), sqlite3_value_int(values[2]));
  sqlite3_result_int(context, is_in ? 1 : 0);
}

std::optional<long double> number_of(std::string_view text) {
  static const RE2 kNumber(R"([+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?)");
  const std::string copy(text);
  if (!RE2::FullMatch(copy, kNumber)) return std::nullopt;
  return std::strtold(copy.c_str(), nullptr);
}

void is_number(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  sqlite3_result_int(context, number_of(text_of(values[0])) ? 1 : 0);
}

void number_order(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  const auto a = number_of(text_of(values[0]));
  const auto b = number_of(text_of(values[1]));
  if (a && b) sqlite3_result_int(context, *a < *b ? -1 : *a > *b ? 1 : 0);
}

// Walks JSON, valid by now, and hands each string (quotes included) and each other run to `visit`.
template <typename Visit>
void for_each_run(std::string_view json, Visit visit) {
  for (std::size_t at = 0; at < json.size();) {
    std::size_t end = at + 1;
    const bool is_string = json[at] == '"';
    if (is_string) {
      while (json[end] != '"') end += json[end] == '\\' ? 2 : 1;
      ++end;
    } else {
      end = std::min(json.find('"', at), json.size());
    }
    visit(json.substr(at, end - at), is_string);
    at = end;
  }
}

void quoted_numbers(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  static const RE2 kNumber(R"(-?[0-9][0-9.eE+-]*)");
  std::string out;
  for_each_run(text_of(values[0]), [&](std::string_view run, bool is_string) {
    std::string piece(run);
    if (!is_string) RE2::GlobalReplace(&piece, kNumber, R"("\0")");
    out += piece;
  });
  give(context, out);
}

unsigned hex_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned>(std::stoul(std::string(text.substr(at, 4)), nullptr, 16));
}

// One escape of a string, at its backslash; moves `at` behind it. Quotes, backslashes and control
// characters stay escaped.
void append_escape(std::string_view text, std::size_t& at, std::string& out) {
  if (text[at + 1] != 'u') {
    if (text[at + 1] != '/') out += '\\';
    out += text[at + 1];
    at += 2;
    return;
  }
  char32_t point = hex_at(text, at + 2);
  std::size_t size = 6;
  if (point >= 0xD800 && point < 0xDC00 && text.substr(at + 6, 2) == "\\u") {
    point = 0x10000 + ((point - 0xD800) << 10U) + (hex_at(text, at + 8) - 0xDC00);
    size = 12;
  }
  if (point < 0x20) {
    out += text.substr(at, size);
  } else {
    if (point == '"' || point == '\\') out += '\\';
    append_utf8(point, out);
  }
  at += size;
}

void plain_json(sqlite3_context* context, int count, sqlite3_value** values) {
  if (any_null(count, values)) return;
  std::string out;
  const std::string_view json = text_of(values[0]);
  for (std::size_t at = 0; at < json.size();) {
    if (json[at] == '\\') {
      append_escape(json, at, out);
    } else {
      out += json[at++];
    }
  }
  give(context, out);
}

struct Function {
  const char* name;
  int num_arguments;
  void (*call)(sqlite3_context*, int, sqlite3_value**);
};
constexpr Function kFunctions[] = {
    {"fold", 1, fold},
    {"regexp", 2, regexp},
    {"in_network", 4, in_network},
    {"is_number", 1, is_number},
    {"number_order", 2, number_order},
    {"quoted_numbers", 1, quoted_numbers},
    {"plain_json", 1, plain_json},
};

}  // namespace

void add_functions(sqlite3* connection) {
  for (const Function& function : kFunctions) {
    const int failed = sqlite3_create_function(connection, function.name, function.num_arguments,
                                               SQLITE_UTF8 | SQLITE_DETERMINISTIC, nullptr,
                                               function.call, nullptr, nullptr);
    if (failed != SQLITE_OK) std::abort();
  }
}

}  // namespace nepho::tests::sql
