// Two passes, of which the second is lazy. scan() goes over every token once: it checks the grammar
// and keeps the few top-level members that some rule or log source names. resolve() then walks only
// below those members, only for fields that a rule really asks for; skipping a container there is
// counting brackets.
#include "event/record_view.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "base/limits.h"
#include "text/json_scalar.h"

namespace nepho::event {
namespace {

using text::JsonType;

bool is_space(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool opens(char c) { return c == '{' || c == '['; }
bool closes(char c) { return c == '}' || c == ']'; }
char closing_of(char c) { return c == '{' ? '}' : ']'; }

// The number, true, false or null at the start of `text` has this many bytes; 0 when there is none
// or something else sticks to it. `text` must have readable bytes behind it.
std::size_t scalar_length(std::string_view text) {
  std::size_t length = 0;
  switch (text.empty() ? '\0' : text[0]) {
    case 't': length = text.starts_with("true") ? 4 : 0; break;
    case 'f': length = text.starts_with("false") ? 5 : 0; break;
    case 'n': length = text.starts_with("null") ? 4 : 0; break;
    default: length = text::json_number_length(text);
  }
  const bool ended = length == text.size() || text::ends_json_scalar(text[length]);
  return ended ? length : 0;
}

JsonType type_of(char first) {
  switch (first) {
    case '{': return JsonType::kObject;
    case '[': return JsonType::kArray;
    case '"': return JsonType::kString;
    case 't': return JsonType::kTrue;
    case 'f': return JsonType::kFalse;
    case 'n': return JsonType::kNull;
    default: return JsonType::kNumber;
  }
}

}  // namespace

FieldPath::FieldPath(std::string path, KeyTable& keys) : text(std::move(path)) {
  for (std::size_t dot = text.find('.'); dot != std::string::npos; dot = text.find('.', dot + 1)) {
    prefixes.push_back({keys.add(text.substr(0, dot)), static_cast<std::uint32_t>(dot + 1)});
  }
  prefixes.push_back({keys.add(text), static_cast<std::uint32_t>(text.size())});
}

bool key_takes(std::string_view raw_key, std::string_view path, std::string_view& rest) {
  std::string decoded;
  if (raw_key.find('\\') != std::string_view::npos) {
    if (!text::append_json_string(raw_key, decoded)) return false;
    raw_key = decoded;
  }
  if (!path.starts_with(raw_key)) return false;
  if (path.size() == raw_key.size()) {
    rest = {};
    return true;
  }
  if (path[raw_key.size()] != '.') return false;
  rest = path.substr(raw_key.size() + 1);
  return true;
}

void append_text(const RawValue& value, std::string& out) {
  if (value.type != JsonType::kString || !text::append_json_string(value.raw, out))
    out += value.raw;
}

void RecordView::reset(std::string_view text, std::span<const std::uint32_t> tokens) {
  text_ = text;
  tokens_ = tokens;
  token_ = 0;
  begin_ = end_ = 0;
  members_.clear();
}

bool RecordView::has_next() {
  while (token_ < tokens_.size() && at(token_) == ',') ++token_;
  return token_ < tokens_.size();
}

ScanFault RecordView::scan() {
  members_.clear();
  too_deep_ = false;
  key_mask_ = 0;
  begin_ = end_ = tokens_[token_];
  const bool is_object = at(token_) == '{';
  if (!(is_object ? scan_members() : scan_value())) return fault();
  // Only a container or a string ends at a token of its own; the end of a bare scalar does not
  // matter.
  end_ = tokens_[token_ - 1] + 1;
  return is_object ? ScanFault::kNone : ScanFault::kNotAnObject;
}

// object = '{' [ string ':' value { ',' string ':' value } ] '}'
bool RecordView::scan_members() {
  const auto current = [&] { return token_ < tokens_.size() ? at(token_) : '\0'; };
  ++token_;
  if (current() == '}') return ++token_, true;
  while (true) {
    if (token_ + 2 >= tokens_.size() || at(token_) != '"' || at(token_ + 1) != ':') return false;
    std::string_view key = string_at(token_);
    std::uint32_t number = keys_->find(key);
    if (number == KeyTable::kAbsent && key.find('\\') != std::string_view::npos) {
      decoded_key_.clear();
      if (text::append_json_string(key, decoded_key_)) number = keys_->find(decoded_key_);
    }
    token_ += 2;
    if (number != KeyTable::kAbsent) {
      members_.push_back({number, token_});
      key_mask_ |= std::uint64_t{1} << std::min(number, 63U);
    }
    if (!scan_value()) return false;
    if (current() == '}') return ++token_, true;
    if (current() != ',') return false;
    ++token_;
  }
}

bool RecordView::scan_value() {
  const char first = token_ < tokens_.size() ? at(token_) : '\0';
  if (opens(first)) return scan_container();
  if (first != '"' && !scan_scalar()) return false;
  ++token_;
  return true;
}

bool RecordView::scan_scalar() {
  const std::size_t begin = tokens_[token_];
  // Most numbers are a few digits; the rest goes the long way.
  if (text_[begin] >= '1' && text_[begin] <= '9') {
    std::size_t at = begin + 1;
    while (at < text_.size() && is_digit(text_[at])) ++at;
    if (at < text_.size() && (text_[at] == ',' || closes(text_[at]))) return true;
  }
  return scalar_length(text_.substr(begin)) != 0;
}

// Everything from the bracket at token_ to the one that closes it.
bool RecordView::scan_container() {
  std::array<char, kDefaultLimits.max_json_depth> closing;
  std::size_t depth = 0;
  const std::size_t num_tokens = tokens_.size();
  closing[depth++] = closing_of(at(token_++));
  bool just_opened = true;
  while (token_ < num_tokens) {
    if (!just_opened || at(token_) != closing[depth - 1]) {
      if (closing[depth - 1] == '}') {
        if (at(token_) != '"' || token_ + 2 >= num_tokens || at(token_ + 1) != ':') return false;
        token_ += 2;
      }
      const char first = at(token_);
      if (opens(first)) {
        // One level is the record itself.
        if (depth + 1 == closing.size()) return too_deep_ = true, false;
        closing[depth++] = closing_of(first);
        ++token_;
        just_opened = true;
        continue;
      }
      if (first != '"' && !scan_scalar()) return false;
      ++token_;
    }
    while (token_ < num_tokens && at(token_) == closing[depth - 1]) {
      ++token_;
      if (--depth == 0) return true;
    }
    if (token_ >= num_tokens || at(token_) != ',') return false;
    ++token_;
    just_opened = false;
  }
  return false;
}

bool RecordView::has(std::uint32_t key) const {
  return std::any_of(members_.begin(), members_.end(),
                     [key](const Member& member) { return member.key == key; });
}

// What stands between the quotes of the string at `token`: it ends at the last quote before the
// next token, since nothing but white space can follow it.
std::string_view RecordView::string_at(std::uint32_t token) const {
  const std::size_t begin = tokens_[token] + 1;
  std::size_t end = token + 1 < tokens_.size() ? tokens_[token + 1] : text_.size();
  do {
    --end;
  } while (text_[end] != '"');
  return text_.substr(begin, end - begin);
}

// The token behind the value at `token`. Only for records that scan() has found well-formed.
std::uint32_t RecordView::behind(std::uint32_t token) const {
  if (!opens(at(token))) return token + 1;
  std::size_t depth = 0;
  do {
    const char c = at(token++);
    if (opens(c)) ++depth;
    if (closes(c)) --depth;
  } while (depth != 0);
  return token;
}

RawValue RecordView::value_at(std::uint32_t token) const {
  const std::size_t begin = tokens_[token];
  const JsonType type = type_of(text_[begin]);
  if (type == JsonType::kString) return {type, string_at(token), token};
  if (type == JsonType::kObject || type == JsonType::kArray) {
    const std::size_t last = tokens_[behind(token) - 1];
    return {type, text_.substr(begin, last + 1 - begin), token};
  }
  std::size_t end = token + 1 < tokens_.size() ? tokens_[token + 1] : text_.size();
  while (end > begin && is_space(text_[end - 1])) --end;
  return {type, text_.substr(begin, end - begin), token};
}

void RecordView::resolve(const FieldPath& path, std::vector<RawValue>& out) const {
  for (const Member& member : members_) {
    for (const FieldPath::Prefix& prefix : path.prefixes) {
      if (prefix.key != member.key) continue;
      resolve_below(member.token, std::string_view(path.text).substr(prefix.rest), out);
    }
  }
}

void RecordView::resolve_below(std::uint32_t token, std::string_view rest,
                               std::vector<RawValue>& out) const {
  struct Step {
    std::uint32_t token;
    std::string_view rest;
  };
  // Almost every walk goes straight down; branches (arrays, dotted keys) wait here.
  std::vector<Step> pending;
  Step step{token, rest};
  while (out.size() < kDefaultLimits.max_values_per_field) {
    if (step.rest.empty()) {
      out.push_back(value_at(step.token));
    } else if (opens(at(step.token))) {
      const bool is_object = at(step.token) == '{';
      const std::size_t first = pending.size();
      std::uint32_t child = step.token + 1;
      while (!closes(at(child))) {
        if (at(child) == ',') ++child;
        std::string_view below = step.rest;
        const bool wanted = !is_object || key_takes(string_at(child), step.rest, below);
        if (is_object) child += 2;
        if (wanted) pending.push_back({child, below});
        child = behind(child);
      }
      std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(first), pending.end());
    }
    if (pending.empty()) return;
    step = pending.back();
    pending.pop_back();
  }
}

}  // namespace nepho::event
