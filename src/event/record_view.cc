// Two passes, of which the second is lazy. scan() goes over every token once: it checks the grammar
// and keeps the few top-level members that some rule or log source names. resolve() then walks only
// below those members, only for fields that a rule really asks for; skipping a container there is
// counting brackets.
#include "event/record_view.h"

#include <algorithm>
#include <array>
#if defined(__SSE2__)
#include <emmintrin.h>
#endif

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

// Most keys are short: up to 16 bytes are looked at together, since bytes behind may be read.
bool holds_backslash(std::string_view key) {
#if defined(__SSE2__)
  if (key.size() <= 16) {
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(key.data()));
    const int found = _mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    return (static_cast<unsigned>(found) & ((1U << key.size()) - 1)) != 0;
  }
#endif
  return key.find('\\') != std::string_view::npos;
}

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

void FieldPath::add(std::string_view path, KeyTable& keys) {
  const std::size_t begin = text_.size();
  text_ += path;
  const auto add_prefix = [&](std::size_t size, std::size_t skipped) {
    prefixes_.push_back({keys.add(path.substr(0, size)),
                         static_cast<std::uint32_t>(begin + size + skipped),
                         static_cast<std::uint32_t>(path.size() - size - skipped)});
  };
  for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
    add_prefix(dot, 1);
  }
  add_prefix(path.size(), 0);
}

bool key_takes(std::string_view raw_key, std::string_view path, std::string_view& rest) {
  std::string decoded;
  if (holds_backslash(raw_key)) {
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
  if (behind_.size() < tokens.size()) behind_.resize(tokens.size());
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
  ++epoch_;
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
    std::uint32_t number = keys_->find_padded(key);
    if (number == KeyTable::kAbsent && holds_backslash(key)) {
      decoded_key_.clear();
      if (text::append_json_string(key, decoded_key_)) number = keys_->find(decoded_key_);
    }
    token_ += 2;
    if (number != KeyTable::kAbsent) add_member(number, token_);
    if (!scan_value()) return false;
    if (current() == '}') return ++token_, true;
    if (current() != ',') return false;
    ++token_;
  }
}

void RecordView::add_member(std::uint32_t key, std::uint32_t token) {
  const auto index = static_cast<std::uint32_t>(members_.size());
  members_.push_back({key, token, kLast});
  Chain& chain = chains_[key];
  if (chain.epoch == epoch_) {
    members_[chain.last].next = index;
    chain.last = index;
  } else {
    chain = {epoch_, index, index};
  }
  key_mask_ |= std::uint64_t{1} << std::min(key, 63U);
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

// Everything from the bracket at token_ to the one that closes it. Notes where each container ends,
// so that walks can step over it.
bool RecordView::scan_container() {
  struct Open {
    char closing;
    std::uint32_t token;
  };
  std::array<Open, kDefaultLimits.max_json_depth> open;
  std::size_t depth = 0;
  const std::size_t num_tokens = tokens_.size();
  open[depth++] = {closing_of(at(token_)), token_};
  ++token_;
  bool just_opened = true;
  while (token_ < num_tokens) {
    if (!just_opened || at(token_) != open[depth - 1].closing) {
      if (open[depth - 1].closing == '}') {
        if (at(token_) != '"' || token_ + 2 >= num_tokens || at(token_ + 1) != ':') return false;
        token_ += 2;
      }
      const char first = at(token_);
      if (opens(first)) {
        // One level is the record itself.
        if (depth + 1 == open.size()) return too_deep_ = true, false;
        open[depth++] = {closing_of(first), token_};
        ++token_;
        just_opened = true;
        continue;
      }
      if (first != '"' && !scan_scalar()) return false;
      ++token_;
    }
    while (token_ < num_tokens && at(token_) == open[depth - 1].closing) {
      behind_[open[--depth].token] = ++token_;
      if (depth == 0) return true;
    }
    if (token_ >= num_tokens || at(token_) != ',') return false;
    ++token_;
    just_opened = false;
  }
  return false;
}

bool RecordView::has(std::uint32_t key) const { return chains_[key].epoch == epoch_; }

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

// The token behind the value at `token`.
std::uint32_t RecordView::behind(std::uint32_t token) const {
  return opens(at(token)) ? behind_[token] : token + 1;
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
  const std::size_t before = out.size();
  std::size_t num_prefixes_met = 0;
  for (const FieldPath::Prefix& prefix : path.prefixes()) {
    const Chain& chain = chains_[prefix.key];
    if (chain.epoch != epoch_) continue;
    ++num_prefixes_met;
    const std::string_view rest = path.rest(prefix);
    for (std::uint32_t index = chain.first; index != kLast; index = members_[index].next) {
      if (rest.empty()) {
        out.push_back(value_at(members_[index].token));
      } else {
        resolve_below(members_[index].token, rest, out);
      }
    }
  }
  // In the order of the record, also where "a" and "a.b" are both there.
  if (num_prefixes_met > 1) {
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const RawValue& a, const RawValue& b) { return a.token < b.token; });
  }
}

void RecordView::resolve_below(std::uint32_t token, std::string_view rest,
                               std::vector<RawValue>& out) const {
  pending_.clear();
  Step step{token, rest};
  while (out.size() < kDefaultLimits.max_values_per_field) {
    if (step.rest.empty()) {
      out.push_back(value_at(step.token));
    } else if (opens(at(step.token))) {
      descend(step, out);
    }
    if (pending_.empty()) return;
    step = pending_.back();
    pending_.pop_back();
  }
}

// Whether the key at this token is `rest` or a dotted prefix of it; `below` is what then remains.
// Keys are compared where they lie: a raw key ends at the first quote that it does not share with
// `rest`.
bool RecordView::takes(std::uint32_t key_token, std::string_view rest,
                       std::string_view& below) const {
  const std::string_view key = text_.substr(tokens_[key_token] + 1);
  const std::size_t most = std::min(key.size(), rest.size());
  std::size_t same = 0;
  while (same < most && key[same] == rest[same] && key[same] != '"') ++same;
  const char end = same < key.size() ? key[same] : '\0';
  if (end == '\\') return key_takes(string_at(key_token), rest, below);
  if (end != '"') return false;
  if (same == rest.size()) {
    below = {};
    return true;
  }
  if (rest[same] != '.') return false;
  below = rest.substr(same + 1);
  return true;
}

// Looks for the children that a path leads through: one that it ends at goes to `out` when nothing
// waits before it, the others wait in pending_, the first on top.
void RecordView::descend(const Step& step, std::vector<RawValue>& out) const {
  const bool is_object = at(step.token) == '{';
  const auto first = static_cast<std::ptrdiff_t>(pending_.size());
  std::uint32_t child = step.token + 1;
  while (!closes(at(child))) {
    if (at(child) == ',') ++child;
    std::string_view below = step.rest;
    const bool wanted = !is_object || takes(child, step.rest, below);
    if (is_object) child += 2;
    if (wanted && below.empty() && pending_.empty()) {
      out.push_back(value_at(child));
    } else if (wanted) {
      pending_.push_back({child, below});
    }
    child = behind(child);
  }
  if (pending_.size() - static_cast<std::size_t>(first) > 1) {
    std::reverse(pending_.begin() + first, pending_.end());
  }
}

}  // namespace nepho::event
