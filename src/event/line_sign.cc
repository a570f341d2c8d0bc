// Of the syntax of expressions this knows what such signs are written in:
//
//   sign  = '^' word { separator word } [ separator ]
//   word  = run { run } | '(' { run } { '|' { run } } ')'
//   run   = one [ '?' | '*' | '+' | '{' n [ ',' [ n ] ] '}' ]
//   one   = '\d' | '\S' | '\w' | '\' punctuation | '[' members ']' | any other character
//
// What else stands in a word ends what is known of it: of "\d{4}T\S+Z" that it begins with
// "\d{4}T\S".
#include "event/line_sign.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

namespace nepho::event {
namespace {

using Set = std::bitset<128>;

constexpr std::uint32_t kNoMost = std::numeric_limits<std::uint32_t>::max();

bool is_alphanumeric(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool is_ascii(char c) { return static_cast<unsigned char>(c) < 128; }

Set range(char from, char to) {
  Set set;
  for (int c = from; c <= to; ++c) set.set(static_cast<std::size_t>(c));
  return set;
}

// RE2's \S leaves out these five and no other.
Set not_space() {
  Set set;
  set.set();
  for (const char c : {' ', '\t', '\n', '\f', '\r'}) set.reset(static_cast<std::size_t>(c));
  return set;
}

}  // namespace

// Reads the words of one expression.
class LineSign::Reader {
 public:
  Reader(std::string_view pattern, char separator) : left_(pattern), separator_(separator) {}

  // Takes the words apart at separators. False where one may hold a separator, or cannot be told.
  bool read(std::vector<Word>& words, bool& ends_in_separator) {
    if (!left_.starts_with('^')) return false;
    left_.remove_prefix(1);
    while (!left_.empty()) {
      Word word;
      if (!read_word(word)) return false;
      words.push_back(std::move(word));
      ends_in_separator = take_separator();
      if (!ends_in_separator && !left_.empty()) return false;
      if (!left_.empty() && std::string_view("?*+{").contains(left_[0])) return false;
    }
    return !words.empty();
  }

 private:
  bool take_separator() {
    if (left_.empty() || !at_separator()) return false;
    left_.remove_prefix(left_.starts_with(separator_) ? 1 : 2);
    return true;
  }
  bool at_separator() const {
    return left_.empty() || left_[0] == separator_ ||
           (separator_ == '\t' && left_.starts_with("\\t"));
  }

  bool read_word(Word& word) {
    const bool is_group = left_.starts_with('(');
    if (is_group) left_.remove_prefix(1);
    do {
      if (!read_runs(word.ways.emplace_back(), word.is_exact)) return false;
    } while (is_group && word.is_exact && take('|'));
    if (word.is_exact && is_group && !take(')')) return false;
    if (word.is_exact && !at_separator()) word.is_exact = false;
    if (!word.is_exact && !pass_rest(is_group ? 1 : 0)) return false;
    // What is known of one way says nothing of those behind it.
    if (!word.is_exact && is_group) word.ways = {Runs{}};
    const Runs& first = word.ways[0];
    word.is_any = word.is_exact && word.ways.size() == 1 && first.size() == 1 &&
                  first[0].set == not_space() && first[0].at_least == 1 &&
                  first[0].at_most == kNoMost && separator_ == ' ';
    return true;
  }

  bool take(char c) {
    if (!left_.starts_with(c)) return false;
    left_.remove_prefix(1);
    return true;
  }

  bool read_runs(Runs& runs, bool& is_exact) {
    while (!at_separator() && left_[0] != '|' && left_[0] != ')') {
      const std::string_view before = left_;
      Run run;
      if (!read_one(run.set) || !read_times(run)) {
        left_ = before;
        is_exact = false;
        return true;
      }
      if (run.set[static_cast<std::size_t>(separator_)]) return false;
      runs.push_back(run);
      if (!keeps_apart(runs)) {
        runs.pop_back();
        left_ = before;
        is_exact = false;
        return true;
      }
    }
    return true;
  }

  // Whether the last run begins with what those before it cannot go on with.
  static bool keeps_apart(const Runs& runs) {
    for (std::size_t i = runs.size() - 1; i-- > 0;) {
      const Run& before = runs[i];
      if (before.at_least != before.at_most && (before.set & runs.back().set).any()) return false;
      if (before.at_least != 0) return true;
    }
    return true;
  }

  bool read_one(Set& set) {
    const char c = left_[0];
    left_.remove_prefix(1);
    if (c == '[') return read_members(set);
    if (c == '\\') return read_escape(set);
    if (!is_ascii(c) || std::string_view(".()|*+?{}^$]").contains(c)) return false;
    set = range(c, c);
    return true;
  }

  bool read_escape(Set& set) {
    if (left_.empty()) return false;
    const char c = left_[0];
    left_.remove_prefix(1);
    switch (c) {
      case 'd': set = range('0', '9'); return true;
      case 'S': set = not_space(); return true;
      case 'w':
        set = range('0', '9') | range('a', 'z') | range('A', 'Z') | range('_', '_');
        return true;
      default: set = range(c, c); return is_ascii(c) && !is_alphanumeric(c);
    }
  }

  bool read_members(Set& set) {
    if (left_.starts_with('^') || left_.starts_with(']')) return false;
    while (!left_.empty() && left_[0] != ']') {
      const char from = left_[0];
      left_.remove_prefix(1);
      Set members;
      if (from == '\\') {
        if (!read_escape(members)) return false;
      } else if (left_.size() > 1 && left_[0] == '-' && left_[1] != ']') {
        const char to = left_[1];
        if (!is_alphanumeric(from) || !is_alphanumeric(to) || from > to) return false;
        left_.remove_prefix(2);
        members = range(from, to);
      } else if (is_ascii(from) && from != '[') {
        members = range(from, from);
      } else {
        return false;
      }
      set |= members;
    }
    return take(']');
  }

  bool read_times(Run& run) {
    if (take('?')) {
      run.at_least = 0;
    } else if (take('*')) {
      run.at_least = 0;
      run.at_most = kNoMost;
    } else if (take('+')) {
      run.at_most = kNoMost;
    } else if (take('{')) {
      if (!read_number(run.at_least)) return false;
      run.at_most = run.at_least;
      if (take(',')) {
        run.at_most = kNoMost;
        if (!left_.starts_with('}') && !read_number(run.at_most)) return false;
      }
      if (!take('}')) return false;
    }
    return left_.empty() || !std::string_view("?*+{").contains(left_[0]);
  }

  bool read_number(std::uint32_t& number) {
    constexpr std::size_t kMostDigits = 4;
    std::size_t digits = 0;
    number = 0;
    for (; digits <= kMostDigits && !left_.empty() && left_[0] >= '0' && left_[0] <= '9';
         ++digits) {
      number = number * 10 + static_cast<std::uint32_t>(left_[0] - '0');
      left_.remove_prefix(1);
    }
    return digits > 0 && digits <= kMostDigits;
  }

  // To the end of the word, `depth` groups within it. False where it may hold a separator.
  bool pass_rest(std::size_t depth) {
    while (!left_.empty() && (depth > 0 || !at_separator())) {
      const char c = left_[0];
      if (c == '(' || c == ')' || std::string_view("|*+?").contains(c)) {
        left_.remove_prefix(1);
        if (c == '(' && left_.starts_with('?')) return false;
        if (c == '|' && depth == 0) return false;
        if (c == ')' && depth-- == 0) return false;
        if (c == '(') ++depth;
        continue;
      }
      Run run;
      if (c == '{' ? !read_times(run) : !read_one(run.set)) return false;
      if (run.set[static_cast<std::size_t>(separator_)]) return false;
    }
    return depth == 0;
  }

  std::string_view left_;
  char separator_;
};

std::optional<LineSign> LineSign::of(std::string_view pattern, char separator) {
  LineSign sign;
  sign.separator_ = separator;
  if (separator != ' ' && separator != '\t' && separator != ';') return std::nullopt;
  if (!Reader(pattern, separator).read(sign.words_, sign.ends_in_separator_)) return std::nullopt;
  for (Word& word : sign.words_) note_first(word);
  return sign;
}

void LineSign::note_range(Run& run) {
  if (run.set.none()) return;
  while (!run.set[run.low]) ++run.low;
  run.span = static_cast<unsigned>(run.set.count()) - 1;
  run.is_range = (run.set >> run.low) == ~Set{} >> (run.set.size() - run.set.count());
}

void LineSign::note_first(Word& word) {
  word.may_be_empty = false;
  for (Runs& runs : word.ways) {
    std::ranges::for_each(runs, note_range);
    const bool is_told = !runs.empty() && runs[0].at_least != 0;
    word.may_be_empty |= !is_told;
    if (is_told) word.first |= runs[0].set;
  }
}

bool LineSign::may_begin(const Word& word, std::string_view text) {
  return word.may_be_empty || (!text.empty() && word.first[static_cast<unsigned char>(text[0])]);
}

LineSign::Answer LineSign::ask(const Word& word, std::string_view text, bool is_begin) {
  if (word.is_any) return text.empty() ? Answer::kNo : Answer::kYes;
  if (!may_begin(word, text)) return Answer::kNo;
  const bool fits = std::ranges::any_of(word.ways, [&](const Runs& runs) {
    std::size_t at = 0;
    for (const Run& run : runs) {
      std::uint32_t times = 0;
      while (at < text.size() && times < run.at_most && run.takes(text[at])) {
        ++at;
        ++times;
      }
      if (times < run.at_least) return false;
    }
    return is_begin || !word.is_exact || at == text.size();
  });
  if (!fits) return Answer::kNo;
  return word.is_exact ? Answer::kYes : Answer::kUnsure;
}

LineSign::Answer LineSign::ask(RowCells& line) const {
  if (line.is_wild() || (separator_ != '\t' && line.holds_tabs())) return Answer::kUnsure;
  if (!may_begin(words_[0], line.row())) return Answer::kNo;
  const auto stops = line.stops(separator_);
  const std::size_t num_stops = words_.size() - (ends_in_separator_ ? 0 : 1);
  if (stops.size() - 1 < num_stops) return Answer::kNo;
  Answer answer = Answer::kYes;
  std::uint32_t at = line.begin();
  for (std::size_t i = 0; i < words_.size(); ++i) {
    const Answer here = ask(words_[i], line.text({at, stops[i]}), i == num_stops);
    if (here == Answer::kNo) return here;
    if (here == Answer::kUnsure) answer = here;
    at = stops[i] + 1;
  }
  return answer;
}

}  // namespace nepho::event
