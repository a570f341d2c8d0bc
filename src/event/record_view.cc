// Two passes, of which the second is lazy. scan() goes over every token once: it checks the grammar
// and keeps the few top-level members that some rule or log source names. resolve() then walks only
// below those members, only for fields that a rule really asks for; skipping a container there is
// counting brackets.
#include "event/record_view.h"

#include <algorithm>
#include <array>
#include <cstring>
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
bool opens(char c) { return (c | 0x20) == '{'; }  // '[' is '{' without this bit; no token else is
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

FieldPath::FieldPath(std::string_view path, KeyTable& keys) {
  add(path, keys, [](std::string_view) { return KeyTable::Use::kPlain; });
}

FieldPath::FieldPath(const std::vector<std::string>& paths, KeyTable& keys) {
  for (const std::string& path : paths) {
    const bool is_first = &path == &paths.front();
    add(path, keys, [&](std::string_view prefix) {
      const bool is_usual = is_first && prefix.find('.') == prefix.npos;
      return is_usual ? KeyTable::Use::kUsual : KeyTable::Use::kRare;
    });
  }
}

// `use_of(prefix)` says what kind of key a prefix is.
template <typename UseOf>
void FieldPath::add(std::string_view path, KeyTable& keys, UseOf use_of) {
  const std::size_t begin = text_.size();
  text_ += path;
  const auto add_prefix = [&](std::size_t size, std::size_t skipped) {
    const std::string_view prefix = path.substr(0, size);
    prefixes_.push_back({keys.add(prefix, use_of(prefix)),
                         static_cast<std::uint32_t>(begin + size + skipped),
                         static_cast<std::uint32_t>(path.size() - size - skipped)});
  };
  for (std::size_t dot = path.find('.'); dot != path.npos; dot = path.find('.', dot + 1)) {
    add_prefix(dot, 1);
  }
  add_prefix(path.size(), 0);
  num_usual_ = prefixes_.size();
}

void FieldPath::settle(const KeyTable& keys) {
  const auto rare =
      std::stable_partition(prefixes_.begin(), prefixes_.end(),
                            [&](const Prefix& prefix) { return !keys.is_rare(prefix.key); });
  num_usual_ = static_cast<std::size_t>(rare - prefixes_.begin());
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

RecordView::RecordView(const KeyTable& keys) : keys_(&keys), chains_(keys.size()) {
  for (std::uint32_t key = 0; key < chains_.size(); ++key) chains_[key].is_rare = keys.is_rare(key);
}

void RecordView::reset(std::string_view text, std::span<const std::uint32_t> tokens,
                       const text::EscapeIndex* escapes) {
  text_ = text;
  tokens_ = tokens;
  escapes_ = escapes;
  if (behind_.size() < tokens.size()) behind_.resize(tokens.size());
  token_ = 0;
  begin_ = end_ = 0;
  num_members_ = 0;
}

bool RecordView::has_next() {
  while (token_ < tokens_.size() && at(token_) == ',') ++token_;
  return token_ < tokens_.size();
}

ScanFault RecordView::scan() {
  num_members_ = 0;
  ++epoch_;
  too_deep_ = false;
  key_mask_ = 0;
  has_rare_keys_ = false;
  begin_ = end_ = tokens_[token_];
  const bool is_object = at(token_) == '{';
  token_ = is_object ? scan_members(token_) : scan_value(token_);
  if (token_ == kBroken) return fault();
  // Only a container or a string ends at a token of its own; the end of a bare scalar does not
  // matter.
  end_ = tokens_[token_ - 1] + 1;
  return is_object ? ScanFault::kNone : ScanFault::kNotAnObject;
}

// What follows stands outside the loops that seldom need it, so that they keep their registers.
[[gnu::cold, gnu::noinline]] void RecordView::grow_members() {
  members_.resize(2 * members_.size() + 32);
}

[[gnu::cold, gnu::noinline]] std::uint32_t RecordView::number_of_escaped(std::string_view key) {
  decoded_key_.clear();
  return text::append_json_string(key, decoded_key_) ? keys_->find(decoded_key_)
                                                     : KeyTable::kAbsent;
}

// Called for nearly every top-level member of every record.
inline void RecordView::add_member(std::uint32_t key, std::uint32_t token) {
  const std::size_t index = num_members_++;
  if (index == members_.size()) grow_members();
  members_[index] = {token, kLast};
  Chain& chain = chains_[key];
  if (chain.epoch == epoch_) {
    members_[chain.last].next = static_cast<std::uint32_t>(index);
  } else {
    chain.epoch = epoch_;
    chain.first = static_cast<std::uint32_t>(index);
  }
  chain.last = static_cast<std::uint32_t>(index);
  key_mask_ |= std::uint64_t{1} << std::min(key, 63U);
  has_rare_keys_ |= chain.is_rare;
}

// The number of a key as it stands between its quotes.
inline std::uint32_t RecordView::number_of(std::string_view key) {
  const std::uint32_t number = keys_->find_padded(key);
  return number != KeyTable::kAbsent || !holds_backslash(key) ? number : number_of_escaped(key);
}

// The same for the member at this position, with a guess first.
inline std::uint32_t RecordView::number_of_next(std::string_view key, std::size_t position) {
  Expected& expected = expected_[position % expected_.size()];
  if (key.size() == expected.size &&
      KeyTable::same_start(expected.head.data(), key.data(), key.size())) {
    return expected.number;
  }
  const std::uint32_t number = number_of(key);
  if (key.size() <= expected.head.size()) {
    std::memcpy(expected.head.data(), key.data(), expected.head.size());
    expected.size = key.size();
    expected.number = number;
  }
  return number;
}

// The scans take the token where they begin and return the one behind, or kBroken. They keep what
// they walk with in local variables: a store into a vector of numbers could change a member.

// object = '{' [ string ':' value { ',' string ':' value } ] '}'
std::uint32_t RecordView::scan_members(std::uint32_t token) {
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  const std::size_t num_tokens = tokens_.size();
  ++token;
  if (token < num_tokens && text[tokens[token]] == '}') return token + 1;
  for (std::size_t position = 0;; ++position) {
    if (token + 2 >= num_tokens || text[tokens[token]] != '"' || text[tokens[token + 1]] != ':') {
      return kBroken;
    }
    const std::size_t begin = tokens[token] + 1;
    std::size_t end = tokens[token + 1] - 1;
    while (text[end] != '"') --end;
    const std::uint32_t number = number_of_next({text + begin, end - begin}, position);
    token += 2;
    if (number != KeyTable::kAbsent) add_member(number, token);
    // Most values are strings, of which everything is checked already.
    if (text[tokens[token]] == '"') {
      ++token;
    } else {
      token = scan_value(token);
    }
    if (token >= num_tokens) return kBroken;
    const char behind = text[tokens[token++]];
    if (behind == '}') return token;
    if (behind != ',') return kBroken;
  }
}

std::uint32_t RecordView::scan_value(std::uint32_t token) {
  const char first = token < tokens_.size() ? at(token) : '\0';
  if (opens(first)) return scan_container(token);
  return first == '"' || scan_scalar(token) ? token + 1 : kBroken;
}

bool RecordView::scan_scalar(std::uint32_t token) const {
  const std::size_t begin = tokens_[token];
  // Most numbers are a few digits; the rest goes the long way.
  if (text_[begin] >= '1' && text_[begin] <= '9') {
    std::size_t at = begin + 1;
    while (at < text_.size() && is_digit(text_[at])) ++at;
    if (at < text_.size() && (text_[at] == ',' || closes(text_[at]))) return true;
  }
  return scalar_length(text_.substr(begin)) != 0;
}

// Everything from the bracket at `token` to the one that closes it. Notes where each container
// ends, so that walks can step over it.
std::uint32_t RecordView::scan_container(std::uint32_t token) {
  struct Open {
    std::uint32_t token;
    char closing;
  };
  std::array<Open, kDefaultLimits.max_json_depth> open;
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  std::uint32_t* const behind = behind_.data();
  const std::size_t num_tokens = tokens_.size();
  std::size_t depth = 0;
  open[0] = {token, closing_of(text[tokens[token]])};
  char closing = open[0].closing;
  ++token;
  bool just_opened = true;
  while (token < num_tokens) {
    if (!just_opened || text[tokens[token]] != closing) {
      if (closing == '}') {
        if (token + 2 >= num_tokens || text[tokens[token]] != '"' ||
            text[tokens[token + 1]] != ':') {
          return kBroken;
        }
        token += 2;
      }
      const char first = text[tokens[token]];
      if (opens(first)) {
        // One level is the record itself.
        if (depth + 2 == open.size()) return too_deep_ = true, kBroken;
        closing = closing_of(first);
        open[++depth] = {token, closing};
        ++token;
        just_opened = true;
        continue;
      }
      if (first != '"' && !scan_scalar(token)) return kBroken;
      ++token;
    }
    while (token < num_tokens && text[tokens[token]] == closing) {
      behind[open[depth].token] = ++token;
      if (depth-- == 0) return token;
      closing = open[depth].closing;
    }
    if (token >= num_tokens || text[tokens[token]] != ',') return kBroken;
    ++token;
    just_opened = false;
  }
  return kBroken;
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

// The values below the members whose key is this prefix.
inline void RecordView::resolve_prefix(const FieldPath& path, const FieldPath::Prefix& prefix,
                                       std::vector<RawValue>& out) const {
  const Chain& chain = chains_[prefix.key];
  if (chain.epoch != epoch_) return;
  for (std::uint32_t index = chain.first; index != kLast; index = members_[index].next) {
    if (prefix.rest_size == 0) {
      out.push_back(value_at(members_[index].token));
    } else {
      resolve_below(members_[index].token, path.rest(prefix), out);
    }
  }
}

void RecordView::resolve(const FieldPath& path, std::vector<RawValue>& out) const {
  const auto prefixes = has_rare_keys_ ? path.prefixes() : path.usual_prefixes();
  if (prefixes.size() == 1) return resolve_prefix(path, prefixes[0], out);
  const std::size_t before = out.size();
  std::size_t num_prefixes_met = 0;
  for (const FieldPath::Prefix& prefix : prefixes) {
    if (chains_[prefix.key].epoch != epoch_) continue;
    ++num_prefixes_met;
    resolve_prefix(path, prefix, out);
  }
  // In the order of the record, also where "a" and "a.b" are both there.
  if (num_prefixes_met > 1) {
    std::sort(out.begin() + static_cast<std::ptrdiff_t>(before), out.end(),
              [](const RawValue& a, const RawValue& b) { return a.token < b.token; });
  }
}

// Whether the key at this token is `rest` or a dotted prefix of it; `below` is what then remains.
// Keys are compared where they lie: a raw key ends at the first quote that it does not share with
// `rest`.
inline bool RecordView::takes(std::uint32_t key_token, std::string_view rest,
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

// The children of an object that a path leads through, each with what then remains of the path.
// Most keys are told apart by their first character (an escape may be anything, and a name that
// begins with a dot goes on below ""). The loop over the others is what walks cost: keep it small.
template <typename Hit>
inline void RecordView::each_child(const Step& step, Hit hit) const {
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  const std::uint32_t* const behind_of = behind_.data();
  const char first = step.rest[0];
  const bool may_begin_empty = first == '.';
  std::uint32_t child = step.token + 1;
  if (text[tokens[child]] == '}') return;
  while (true) {
    const char key = text[tokens[child] + 1];
    if (key == first || key == '\\' || may_begin_empty) {
      std::string_view below;
      if (takes(child, step.rest, below)) hit(Step{child + 2, below});
    }
    const std::uint32_t value = child + 2;
    const std::uint32_t end = opens(text[tokens[value]]) ? behind_of[value] : value + 1;
    if (text[tokens[end]] == '}') return;
    child = end + 1;
  }
}

// Usually a path leads through one child of each object: then nothing has to wait.
void RecordView::resolve_below(std::uint32_t token, std::string_view rest,
                               std::vector<RawValue>& out) const {
  Step step{token, rest};
  while (!step.rest.empty() && at(step.token) == '{') {
    std::size_t num_hits = 0;
    Step hit;
    each_child(step, [&](const Step& child) {
      ++num_hits;
      hit = child;
    });
    if (num_hits == 0) return;
    if (num_hits > 1) break;
    step = hit;
  }
  pending_.clear();
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

// A child that the path leads through: when it ends there and nothing waits before it, it is a
// value; else it waits in pending_.
[[gnu::noinline]] void RecordView::reach(std::uint32_t token, std::string_view below,
                                         std::vector<RawValue>& out) const {
  if (below.empty() && pending_.empty()) {
    out.push_back(value_at(token));
  } else {
    pending_.push_back({token, below});
  }
}

// Looks for the children of an object or array that a path leads through. Those that wait stand on
// pending_ with the first on top.
void RecordView::descend(const Step& step, std::vector<RawValue>& out) const {
  const auto num_waiting = static_cast<std::ptrdiff_t>(pending_.size());
  if (at(step.token) == '{') {
    each_child(step, [&](const Step& child) { reach(child.token, child.rest, out); });
  } else {
    std::uint32_t element = step.token + 1;
    while (true) {
      if (at(element) == ',') ++element;
      if (at(element) == ']') break;
      reach(element, step.rest, out);
      element = behind(element);
    }
  }
  if (static_cast<std::ptrdiff_t>(pending_.size()) - num_waiting > 1) {
    std::reverse(pending_.begin() + num_waiting, pending_.end());
  }
}

}  // namespace nepho::event
