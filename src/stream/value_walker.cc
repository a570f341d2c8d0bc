#include "stream/value_walker.h"

#include <array>
#include <limits>
#include <utility>

#include "event/envelope_keys.h"
#include "text/json_scalar.h"

namespace nepho::stream {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();
// Members looked at for the list of an envelope; pages of APIs say two or three things first.
constexpr std::size_t kMaxHeads = 8;

// How a character of the structure changes the depth.
constexpr std::array<std::int8_t, 256> kDepthChange = [] {
  std::array<std::int8_t, 256> change{};
  change['{'] = change['['] = 1;
  change['}'] = change[']'] = -1;
  return change;
}();

int depth_change(char c) { return kDepthChange[static_cast<unsigned char>(c)]; }

ValueWalker::Step skip(std::size_t begin, std::size_t end, event::SkipReason reason) {
  return {ValueWalker::Step::Kind::kSkipped, begin, end, reason};
}

// Whether text between values ends before `position`: a line that opens a value, or that starts,
// not indented, with what could not be debris of a broken record.
bool begins_a_piece(std::string_view text, std::size_t position) {
  const char c = text[position];
  std::size_t line = position;
  while (line > 0 && (text[line - 1] == ' ' || text[line - 1] == '\t')) --line;
  if (line == 0 || text[line - 1] != '\n') return false;
  if (c == '{' || c == '[') return true;
  return line == position && std::string_view("}],:\"").find(c) == std::string_view::npos;
}

// The length of the JSON scalar at the start of `text`, 0 when there is none.
std::size_t scalar_length(std::string_view text) {
  std::size_t length = text::json_string_length(text);
  if (length == 0) length = text::json_number_length(text);
  for (const std::string_view literal : {"null", "true", "false"}) {
    if (length == 0 && text.starts_with(literal)) length = literal.size();
  }
  const bool ends = length == text.size() || (length != 0 && text::ends_json_scalar(text[length]));
  return ends ? length : 0;
}

}  // namespace

void ValueWalker::reset() {
  where_ = Where::kTop;
  depth_ = 0;
  num_arrays_ = 0;
  start({}, {});
}

void ValueWalker::start(std::string_view text, std::span<const std::uint32_t> index) {
  text_ = text;
  index_ = index;
  position_ = 0;
  run_begin_ = run_end_ = 0;
  in_value_ = is_broken_ = is_too_deep_ = false;
}

ValueWalker::Step ValueWalker::take_run() {
  return {Step::Kind::kRecords, run_begin_, std::exchange(run_end_, 0), {}};
}

ValueWalker::Step ValueWalker::next() {
  while (has(position_) && !in_value_) {
    const char c = at(position_);
    Step found;
    if (where_ == Where::kTail) {
      if (!tail()) break;
    } else if (c == ',') {
      ++position_;
    } else if (c == '{') {
      if (object(found)) return found;
    } else if (run_end_ != 0) {
      break;  // the records so far go first
    } else if (c == '[') {
      if (open_or_skip_array(found)) return found;
    } else if (c == ']' && where_ != Where::kTop) {
      close_array();
    } else {
      return scalar_or_garbage();
    }
  }
  if (run_end_ != 0) return take_run();
  return {Step::Kind::kMore, has(position_) ? index_[position_] : text_.size(), text_.size(), {}};
}

bool ValueWalker::object(Step& out) {
  const std::size_t begin = index_[position_];
  std::size_t list = 0;
  const Head what = where_ == Where::kTop ? head(position_, list) : Head::kRecord;
  if (what == Head::kEnvelope && run_end_ != 0) {
    out = take_run();
    return true;
  }
  if (what == Head::kEnvelope) {
    where_ = Where::kList;
    position_ = list + 1;
    return false;
  }
  const std::size_t close = what == Head::kRecord ? closing(position_) : kNone;
  if (close == kNone) {
    in_value_ = true;
    return false;
  }
  const std::size_t end = index_[close] + 1;
  if (end - begin > limits_.max_record_bytes) {
    if (run_end_ != 0) {
      out = take_run();
    } else {
      position_ = close + 1;
      out = skip(begin, end, event::SkipReason::kTooLarge);
    }
    return true;
  }
  if (run_end_ == 0) run_begin_ = begin;
  run_end_ = end;
  position_ = close + 1;
  return false;
}

bool ValueWalker::open_or_skip_array(Step& out) {
  const bool is_page = where_ == Where::kArray && has(position_ + 1) &&
                       (at(position_ + 1) == '{' || at(position_ + 1) == ']');
  if (where_ == Where::kTop || is_page) {
    where_ = Where::kArray;
    ++num_arrays_;
    ++position_;
    return false;
  }
  const std::size_t close = closing(position_);
  if (close == kNone) {
    in_value_ = true;
    return false;
  }
  out = skip(index_[position_], index_[close] + 1, event::SkipReason::kNotAnObject);
  position_ = close + 1;
  return true;
}

void ValueWalker::close_array() {
  if (where_ == Where::kList) {
    where_ = Where::kTail;
    depth_ = 1;
  } else if (--num_arrays_ == 0) {
    where_ = Where::kTop;
  }
  ++position_;
}

// One position of an envelope behind its list; false when more of it is needed.
bool ValueWalker::tail() {
  if (depth_ == 1 && at(position_) == '"') {
    const Head what = list_at(position_);
    if (what == Head::kUndecided) return false;
    if (what == Head::kEnvelope) {
      where_ = Where::kList;
      position_ += 3;
      return true;
    }
  }
  depth_ += static_cast<std::size_t>(depth_change(at(position_)));
  ++position_;
  if (depth_ == 0) where_ = Where::kTop;
  return true;
}

// Something that is no object: a scalar, or text that is no JSON. Text goes, in a list, up to the
// next comma or bracket, elsewhere up to a line that begins something else.
ValueWalker::Step ValueWalker::scalar_or_garbage() {
  const std::size_t begin = index_[position_];
  // Never beyond the next position: on broken text a string may seem to go on behind its line.
  const std::size_t next = has(position_ + 1) ? index_[position_ + 1] : text_.size();
  const std::string_view piece = text_.substr(begin, next - begin);
  const std::size_t length = scalar_length(piece);
  // Between values, a scalar has its line to itself: "2 1234 eni-1" is text.
  const bool is_alone = where_ != Where::kTop || next == text_.size() || text_[next] == ',' ||
                        piece.find('\n') != std::string_view::npos;
  if (length == 0 || !is_alone) return garbage();
  ++position_;
  const bool may_be_record = piece.starts_with("\"{") && length <= limits_.max_record_bytes;
  if (may_be_record) return {Step::Kind::kRecords, begin, begin + length, {}};
  return skip(begin, begin + length, event::SkipReason::kNotAnObject);
}

ValueWalker::Step ValueWalker::garbage() {
  const std::size_t begin = index_[position_];
  const char c = at(position_);
  const bool in_list = where_ != Where::kTop;
  ++position_;
  if (in_list && (depth_change(c) != 0 || c == ':')) {
    return skip(begin, begin + 1, event::SkipReason::kMalformedJson);
  }
  while (has(position_) && (in_list ? at(position_) != ',' && depth_change(at(position_)) == 0
                                    : !begins_a_piece(text_, index_[position_]))) {
    ++position_;
  }
  const std::size_t end = has(position_) ? index_[position_] : text_.size();
  return skip(begin, end, event::SkipReason::kMalformedJson);
}

std::size_t ValueWalker::closing(std::size_t open) {
  const auto most = static_cast<std::ptrdiff_t>(limits_.max_json_depth);
  std::ptrdiff_t depth = 0;
  for (std::size_t i = open; i < index_.size(); ++i) {
    depth += depth_change(at(i));
    if (depth > most) {
      is_too_deep_ = true;
      return kNone;
    }
    if (depth != 0) continue;
    is_broken_ = (at(open) == '{') != (at(i) == '}');
    return is_broken_ ? kNone : i;
  }
  return kNone;
}

std::string_view ValueWalker::key_at(std::size_t i) const {
  const std::string_view rest = text_.substr(index_[i]);
  const std::size_t length = text::json_string_length(rest);
  return length < 2 ? std::string_view{} : rest.substr(1, length - 2);
}

ValueWalker::Head ValueWalker::list_at(std::size_t key) const {
  if (!has(key + 3)) return Head::kUndecided;
  const bool is_list = at(key) == '"' && at(key + 1) == ':' && at(key + 2) == '[' &&
                       (at(key + 3) == '{' || at(key + 3) == ']') &&
                       event::is_record_list(key_at(key));
  return is_list ? Head::kEnvelope : Head::kRecord;
}

ValueWalker::Head ValueWalker::head(std::size_t open, std::size_t& list) const {
  std::size_t key = open + 1;
  for (std::size_t heads = 0; heads < kMaxHeads; ++heads) {
    if (!has(key)) return Head::kUndecided;
    if (at(key) != '"') return Head::kRecord;
    const Head what = list_at(key);
    list = key + 2;
    if (what != Head::kRecord) return what;
    if (!event::is_envelope_head(key_at(key)) || depth_change(at(key + 2)) != 0 ||
        at(key + 3) != ',') {
      return Head::kRecord;
    }
    key += 4;
  }
  return Head::kRecord;
}

}  // namespace nepho::stream
