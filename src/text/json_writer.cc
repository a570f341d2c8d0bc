#include "text/json_writer.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>

#if defined(__SSE2__)
#include <emmintrin.h>
#endif

#include "base/check.h"
#include "base/utf8.h"

namespace nepho::text {

namespace {

constexpr char kHex[] = "0123456789abcdef";

// Whether a byte stands in a JSON string as it is.
constexpr std::array<bool, 256> kIsPlain = [] {
  std::array<bool, 256> plain{};
  for (std::size_t c = 0x20; c < 0x7F; ++c) plain[c] = c != '"' && c != '\\';
  return plain;
}();

#if defined(__SSE2__)
__m128i where(__m128i bytes, char c) { return _mm_cmpeq_epi8(bytes, _mm_set1_epi8(c)); }

// How many bytes at the start of `text`, sixteen at a time, `is_other` marks none of; up to 15 at
// the end are not asked about.
template <typename IsOther>
std::size_t count_sixteens(std::string_view text, IsOther is_other) {
  std::size_t count = 0;
  for (; count + 16 <= text.size(); count += 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(text.data() + count));
    const int found = _mm_movemask_epi8(is_other(bytes));
    if (found != 0)
      return count + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
  }
  return count;
}
#endif

// How many bytes at the start of `text` stand in a JSON string as they are.
std::size_t count_plain(std::string_view text) {
  std::size_t count = 0;
#if defined(__SSE2__)
  count = count_sixteens(text, [](__m128i bytes) {
    // Compared as signed, bytes beyond ASCII are less than a blank too.
    const __m128i control =
        _mm_or_si128(_mm_cmplt_epi8(bytes, _mm_set1_epi8(' ')), where(bytes, 0x7F));
    return _mm_or_si128(control, _mm_or_si128(where(bytes, '"'), where(bytes, '\\')));
  });
#endif
  while (count < text.size() && kIsPlain[static_cast<unsigned char>(text[count])]) ++count;
  return count;
}

// How many bytes at the start of a JSON text stand on one line as they are: all but line ends, DEL,
// and what C1, and more, begins with.
std::size_t count_on_one_line(std::string_view json) {
  std::size_t count = 0;
#if defined(__SSE2__)
  count = count_sixteens(json, [](__m128i bytes) {
    return _mm_or_si128(_mm_or_si128(where(bytes, '\n'), where(bytes, '\r')),
                        _mm_or_si128(where(bytes, '\x7F'), where(bytes, '\xC2')));
  });
#endif
  const auto needs_care = [](char c) {
    return c == '\n' || c == '\r' || c == '\x7F' || c == '\xC2';
  };
  while (count < json.size() && !needs_care(json[count])) ++count;
  return count;
}

void append_escape(char c, std::string& out) {
  switch (c) {
    case '"': out += "\\\""; break;
    case '\\': out += "\\\\"; break;
    case '\b': out += "\\b"; break;
    case '\f': out += "\\f"; break;
    case '\n': out += "\\n"; break;
    case '\r': out += "\\r"; break;
    case '\t': out += "\\t"; break;
    default:
      out += "\\u00";
      out += kHex[static_cast<unsigned char>(c) >> 4U];
      out += kHex[static_cast<unsigned char>(c) & 0xFU];
  }
}

// The byte length of DEL or a C1 control character (U+0080 to U+009F) in UTF-8 at the start of
// `text`; else 0.
std::size_t control_length(std::string_view text) {
  if (text[0] == '\x7F') return 1;
  if (text.size() < 2 || text[0] != '\xC2') return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const bool is_c1 = second >= 0x80 && second < 0xA0;
  return is_c1 ? 2 : 0;
}

}  // namespace

std::string json_on_one_line(std::string_view json) {
  std::string out;
  out.reserve(json.size());
  while (!json.empty()) {
    const std::size_t plain = count_on_one_line(json);
    out += json.substr(0, plain);
    json.remove_prefix(plain);
    if (json.empty()) break;
    const std::size_t control = control_length(json);
    if (control != 0) {
      append_escape(json[control - 1], out);
    } else {
      out += json[0] == '\xC2' ? json[0] : ' ';
    }
    json.remove_prefix(std::max(control, std::size_t{1}));
  }
  return out;
}

void append_json_quoted(std::string_view text, std::string& out) {
  out += '"';
  while (!text.empty()) {
    const std::size_t plain = count_plain(text);
    out += text.substr(0, plain);
    text.remove_prefix(plain);
    if (text.empty()) break;
    std::size_t size = 1;
    if (static_cast<unsigned char>(text[0]) < 0x80) {
      append_escape(text[0], out);
    } else if (control_length(text) != 0) {
      append_escape(text[1], out);
      size = 2;
    } else if (size = utf8_sequence_length(text); size != 0) {
      out += text.substr(0, size);
    } else {
      out += "\xEF\xBF\xBD";
      size = 1;
    }
    text.remove_prefix(size);
  }
  out += '"';
}

void JsonWriter::new_line() {
  if (indent_ == 0) return;
  out_ += '\n';
  out_.append(levels_.size() * static_cast<std::size_t>(indent_), ' ');
}

// What must stand between the value before and this one. In an object that was done by key(); a
// value without a key, and a second one behind a whole text, are defects of the caller.
void JsonWriter::before_value() {
  if (std::exchange(after_key_, false) || levels_.empty()) return;
  CHECK(levels_.back().closing == ']');
  if (!std::exchange(levels_.back().empty, false)) out_ += ',';
  new_line();
}

JsonWriter& JsonWriter::key(std::string_view name) {
  CHECK(!levels_.empty() && levels_.back().closing == '}' && !after_key_);
  if (!std::exchange(levels_.back().empty, false)) out_ += ',';
  new_line();
  append_json_quoted(name, out_);
  out_ += indent_ == 0 ? ":" : ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::string(std::string_view value) {
  before_value();
  append_json_quoted(value, out_);
  return *this;
}

JsonWriter& JsonWriter::number(double value, int digits) {
  if (!std::isfinite(value)) return null();
  std::string text = fmt::format("{:.{}f}", value, digits);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.pop_back();
  }
  return raw(text == "-0" ? "0" : text);
}

JsonWriter& JsonWriter::raw(std::string_view json) {
  before_value();
  out_ += json;
  return *this;
}

JsonWriter& JsonWriter::begin(char bracket) {
  before_value();
  out_ += bracket;
  levels_.push_back({bracket == '{' ? '}' : ']', true});
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  CHECK(!levels_.empty() && levels_.back().closing == bracket && !after_key_);
  const bool empty = levels_.back().empty;
  levels_.pop_back();
  if (!empty) new_line();
  out_ += bracket;
  return *this;
}

const std::string& JsonWriter::text() const {
  CHECK(levels_.empty());
  return out_;
}

std::string JsonWriter::take() {
  CHECK(levels_.empty());
  return std::move(out_);
}

}  // namespace nepho::text
