#include "alert/text_values.h"

#include <algorithm>
#include <array>
#include <cctype>

#include "base/utf8.h"
#include "text/fold.h"

namespace nepho::alert {
namespace {

constexpr std::size_t kUuidBytes = 36;
constexpr std::size_t kTechniqueBytes = 5;     // "T1078"
constexpr std::size_t kSubtechniqueBytes = 4;  // ".004"

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; }
bool is_hex(char c) { return std::isxdigit(static_cast<unsigned char>(c)) != 0; }

bool are_digits(std::string_view text, std::size_t begin, std::size_t count) {
  return text.size() >= begin + count && std::ranges::all_of(text.substr(begin, count), is_digit);
}

// The size of the technique's id at the start of `text`; 0 when there is none.
std::size_t technique_size(std::string_view text) {
  if (text.empty() || (text[0] != 'T' && text[0] != 't') || !are_digits(text, 1, 4)) return 0;
  const std::string_view rest = text.substr(kTechniqueBytes);
  const bool has_sub =
      !rest.empty() && (rest[0] == '.' || rest[0] == '/') && are_digits(rest, 1, 3);
  const std::size_t size = kTechniqueBytes + (has_sub ? kSubtechniqueBytes : 0);
  return size < text.size() && is_word(text[size]) ? 0 : size;
}

bool is_uuid(std::string_view text) {
  if (text.size() < kUuidBytes) return false;
  for (std::size_t i = 0; i < kUuidBytes; ++i) {
    const bool is_dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (is_dash ? text[i] != '-' : !is_hex(text[i])) return false;
  }
  return text.size() == kUuidBytes || !is_word(text[kUuidBytes]);
}

}  // namespace

std::string bounded(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  text = text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
  return std::string(text.substr(0, first_invalid_utf8(text.substr(0, kMaxTextBytes))));
}

void add_value(std::string_view text, std::vector<std::string>& values, std::size_t most) {
  std::string value = bounded(text);
  if (value.empty() || values.size() >= most) return;
  if (std::ranges::find(values, value) == values.end()) values.push_back(std::move(value));
}

void add_techniques(std::string_view text, std::vector<std::string>& techniques) {
  for (std::size_t at = 0; at < text.size();) {
    const bool begins_word = at == 0 || !is_word(text[at - 1]);
    const std::size_t size = begins_word ? technique_size(text.substr(at)) : 0;
    if (size == 0) {
      ++at;
      continue;
    }
    std::string id(text.substr(at, size));
    id[0] = 'T';
    if (size > kTechniqueBytes) id[kTechniqueBytes] = '.';
    add_value(id, techniques);
    at += size;
  }
}

void keep_most_exact(std::vector<std::string>& techniques) {
  // Sub-techniques stand right behind their technique: '.' is less than every digit.
  for (std::size_t i = 0; i + 1 < techniques.size();) {
    if (techniques[i + 1].starts_with(techniques[i] + ".")) {
      techniques.erase(techniques.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
}

void add_uuids(std::string_view text, std::vector<std::string>& ids) {
  for (std::size_t at = text.find('-'); at != std::string_view::npos; at = text.find('-', at)) {
    const bool begins_word = at >= 8 && (at == 8 || !is_word(text[at - 9]));
    if (begins_word && is_uuid(text.substr(at - 8))) {
      add_value(text::fold_case(text.substr(at - 8, kUuidBytes)), ids, kMaxIds);
      at += kUuidBytes - 8;
    } else {
      ++at;
    }
  }
}

}  // namespace nepho::alert
