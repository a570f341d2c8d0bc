// The first pass: over every token of a record once. It checks the grammar and keeps the few
// members at the top that some rule or log source names, and what lies at the end of a trail.
#include <algorithm>
#include <array>

#include "base/limits.h"
#include "event/raw_key.h"
#include "event/record_view.h"
#include "text/json_scalar.h"

namespace nepho::event {
namespace {

// More often than once, and so little that it never wraps around.
constexpr std::uint32_t kOften = 2;

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

}  // namespace

ScanFault RecordView::scan() {
  num_members_ = 0;
  num_part_texts_ = 0;
  ++epoch_;
  too_deep_ = false;
  key_mask_.clear();
  has_rare_keys_ = false;
  begin_ = end_ = tokens_[token_];
  const bool is_object = at(token_) == '{';
  token_ = is_object ? scan_members(token_) : scan_value(token_, 1);
  row_ = is_object ? order_.row() : 0;
  if (token_ == kBroken) return fault();
  // Only a container ends at a token of its own; the end of a bare scalar that is no string does
  // not matter.
  end_ = tokens_[token_ - 1] + 1;
  if (is_object) return ScanFault::kNone;
  if (text_[begin_] == '"') end_ = begin_ + text::json_string_length(text_.substr(begin_));
  return ScanFault::kNotAnObject;
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

// As string_at(), which gives what a spot says of strings.
inline RecordView::Spot RecordView::spot_of(std::uint32_t token) const {
  const std::uint32_t begin = tokens_[token];
  if (text_.data()[begin] != '"') return {token, 0, 0};
  std::uint32_t end = tokens_[token + 1];
  do {
    --end;
  } while (text_.data()[end] != '"');
  return {token, begin + 1, end};
}

// Called for nearly every top-level member of every record.
inline void RecordView::add_member(std::uint32_t key, std::uint32_t token) {
  add_member(key, spot_of(token));
}

inline void RecordView::add_member(std::uint32_t key, const Spot& spot) {
  const std::size_t index = num_members_++;
  if (index == members_.size()) grow_members();
  members_[index] = {kLast, spot};
  Chain& chain = chains_[key];
  if (chain.epoch == epoch_) {
    members_[chain.last].next = static_cast<std::uint32_t>(index);
  } else {
    chain.epoch = epoch_;
    chain.first = static_cast<std::uint32_t>(index);
  }
  chain.last = static_cast<std::uint32_t>(index);
  key_mask_.add(key);
  has_rare_keys_ |= chain.is_rare;
}

// ---- cells ----

void RecordView::reset_to_cells(std::string_view text, std::span<const std::uint32_t> bounds) {
  static const text::EscapeIndex no_escapes;
  text_ = text;
  tokens_ = bounds;
  escapes_ = &no_escapes;
  begin_ = end_ = 0;
  num_members_ = 0;
  ++epoch_;
  row_ = 0;
  key_mask_.clear();
  has_rare_keys_ = false;
  num_part_texts_ = 0;
  holds_cells_ = true;
}

void RecordView::add_cell(std::uint32_t key, std::uint32_t member, bool is_string) {
  const std::uint32_t begin = is_string ? tokens_[2 * member] : 0;
  add_member(key, Spot{2 * member, begin, is_string ? tokens_[2 * member + 1] : 0});
}

// The number of a key as it stands between its quotes.
inline std::uint32_t RecordView::number_of(std::string_view key) {
  const std::uint32_t number = keys_->find_padded(key);
  return number != KeyTable::kAbsent || !holds_backslash(key) ? number : number_of_escaped(key);
}

// The scans take the token where they begin and return the one behind, or kBroken. They keep what
// they walk with in local variables: a store into a vector of numbers could change a member.

// object = '{' [ string ':' value { ',' string ':' value } ] '}'
std::uint32_t RecordView::scan_members(std::uint32_t token) {
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  const std::size_t num_tokens = tokens_.size();
  ++token;
  order_.begin();
  if (token < num_tokens && text[tokens[token]] == '}') return token + 1;
  while (true) {
    if (token + 2 >= num_tokens || text[tokens[token]] != '"' || text[tokens[token + 1]] != ':') {
      return kBroken;
    }
    const std::size_t begin = tokens[token] + 1;
    std::size_t end = tokens[token + 1] - 1;
    while (text[end] != '"') --end;
    const std::uint32_t number = order_.next(
        {text + begin, end - begin}, [this](std::string_view key) { return number_of(key); });
    token += 2;
    if (number != KeyTable::kAbsent) add_member(number, token);
    // Most values are strings, of which everything is checked already.
    if (text[tokens[token]] == '"') {
      ++token;
    } else if (number != KeyTable::kAbsent && chains_[number].trails != Trails::kNone) {
      token = scan_followed(token, chains_[number].trails, 1);
    } else {
      token = scan_value(token, 1);
    }
    if (token >= num_tokens) return kBroken;
    const char behind = text[tokens[token++]];
    if (behind == '}') return token;
    if (behind != ',') return kBroken;
  }
}

// A value in `depth` containers.
std::uint32_t RecordView::scan_value(std::uint32_t token, std::size_t depth) {
  const char first = token < tokens_.size() ? at(token) : '\0';
  if (opens(first)) return scan_container(token, depth);
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

// Everything from the bracket at `token` to the one that closes it; `depth` containers stand around
// it. Notes where each container ends, so that walks can step over it.
std::uint32_t RecordView::scan_container(std::uint32_t token, std::size_t depth) {
  struct Open {
    std::uint32_t token;
    char closing;
  };
  std::array<Open, kDefaultLimits.max_json_depth> open;
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  std::uint32_t* const behind = behind_.data();
  const std::size_t num_tokens = tokens_.size();
  const std::size_t outermost = depth;
  if (depth == open.size()) return too_deep_ = true, kBroken;
  open[depth] = {token, closing_of(text[tokens[token]])};
  char closing = open[depth].closing;
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
        if (depth + 1 == open.size()) return too_deep_ = true, kBroken;
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
      if (depth-- == outermost) return token;
      closing = open[depth].closing;
    }
    if (token >= num_tokens || text[tokens[token]] != ',') return kBroken;
    ++token;
    just_opened = false;
  }
  return kBroken;
}

// The branch of a node that a key leads to, or nullptr. A key with escapes may be any.
inline const Trails::Branch* RecordView::branch_at(const Trails::Node& node,
                                                   std::uint32_t key_token) {
  const auto [branch, may_be_escaped] = node.way_of(text_.data() + tokens_[key_token] + 1);
  if (may_be_escaped && holds_backslash(string_at(key_token))) note_often(node);
  return branch;
}

// A value on a trail: as scan_container(), and every key that a trail leads through is looked at.
// Recursion is as deep as a trail is long (trails.cc, kMostParts), each time with an array around
// the object: far below the bound of depth.
std::uint32_t RecordView::scan_followed(std::uint32_t token, std::uint32_t node,
                                        std::size_t depth) {
  const char* const text = text_.data();
  const std::uint32_t* const tokens = tokens_.data();
  const std::size_t num_tokens = tokens_.size();
  if (token >= num_tokens) return kBroken;
  if (text[tokens[token]] != '{') {
    return text[tokens[token]] == '[' ? scan_followed_elements(token, node, depth)
                                      : scan_value(token, depth);
  }
  const Trails::Node& here = trails_->node(node);
  const std::uint32_t opening = token++;
  if (token < num_tokens && text[tokens[token]] == '}') return behind_[opening] = token + 1;
  while (true) {
    if (token + 2 >= num_tokens || text[tokens[token]] != '"' || text[tokens[token + 1]] != ':') {
      return kBroken;
    }
    const Trails::Branch* const branch = branch_at(here, token);
    token += 2;
    if (branch != nullptr && branch->trail != Trails::kNone) note_end(branch->trail, token);
    if (text[tokens[token]] == '"') {
      ++token;
    } else if (branch != nullptr && branch->node != Trails::kNone) {
      token = scan_followed(token, branch->node, depth + 1);
    } else {
      token = scan_value(token, depth + 1);
    }
    if (token >= num_tokens) return kBroken;
    const char behind = text[tokens[token++]];
    if (behind == '}') return behind_[opening] = token;
    if (behind != ',') return kBroken;
  }
}

// An array on a trail, which leads through each object in it. Arrays in arrays are for walks.
[[gnu::noinline]] std::uint32_t RecordView::scan_followed_elements(std::uint32_t token,
                                                                   std::uint32_t node,
                                                                   std::size_t depth) {
  const std::size_t num_tokens = tokens_.size();
  const std::uint32_t opening = token++;
  if (token < num_tokens && at(token) == ']') return behind_[opening] = token + 1;
  while (token < num_tokens) {
    const char first = at(token);
    if (first == '[') note_often(trails_->node(node));
    token = first == '{' ? scan_followed(token, node, depth + 1) : scan_value(token, depth + 1);
    if (token >= num_tokens) return kBroken;
    const char behind = at(token++);
    if (behind == ']') return behind_[opening] = token;
    if (behind != ',') return kBroken;
  }
  return kBroken;
}

void RecordView::note_often(const Trails::Node& node) {
  for (const std::uint32_t trail : node.trails) {
    trail_ends_[trail].epoch = epoch_;
    trail_ends_[trail].times = kOften;
  }
}

void RecordView::note_end(std::uint32_t trail, std::uint32_t token) {
  TrailEnd& end = trail_ends_[trail];
  end.times = end.epoch == epoch_ ? end.times + 1 : 1;
  end.epoch = epoch_;
  end.spot = spot_of(token);
}

}  // namespace nepho::event
