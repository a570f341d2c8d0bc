// A scalar may hold several claims ("TA0005:T1562.008") and a name ("T1562-impair-defenses"), so it
// is put together anew from all of them. What it then says is held against its neighbours: the
// second of two that say the same goes, with its line or its comma.
#include "inventory/mend_items.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "base/printable.h"
#include "inventory/mend.h"

namespace nepho::inventory {
namespace {

using text::Span;

bool is_word(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

// Where `word` stands in `text` from `from` on, not as a part of a longer one.
std::size_t find_whole(std::string_view text, std::string_view word, std::size_t from) {
  for (std::size_t at = text.find(word, from); at != std::string_view::npos;
       at = text.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    // "mitre_" may stand before a tactic.
    const bool begins = at == 0 || text[at - 1] == '_' || !is_word(text[at - 1]);
    const bool goes_on = end < text.size() &&
                         (is_word(text[end]) ||
                          (text[end] == '.' && end + 1 < text.size() && is_word(text[end + 1])));
    if (begins && !goes_on) return at;
  }
  return std::string_view::npos;
}

// A scalar with all claims that stand in it.
struct Item {
  const Claim* first = nullptr;
  std::string text;    // as it reads
  std::string wanted;  // as it should
};

// The items of one rule, in their order.
class RuleMender {
 public:
  RuleMender(const ForeignRule& rule, const text::LineOffsets& lines, std::set<std::size_t>& done,
             attack::Migrated& mended)
      : rule_(rule), lines_(lines), done_(done), mended_(mended) {}

  void mend() {
    for (std::size_t i = 0; i < rule_.claims.size(); ++i) {
      add(rule_.claims[i], rule_.detection.mappings[i]);
      mend_name(rule_.claims[i], rule_.detection.mappings[i]);
    }
    std::set<std::pair<std::size_t, std::string>> said;  // list, text
    for (const Item& item : items_)
      if (item.first->list != 0 && item.wanted == item.text)
        said.emplace(item.first->list, item.text);
    for (const Item& item : items_) {
      if (item.wanted == item.text) continue;
      const bool is_new =
          item.first->list == 0 || said.emplace(item.first->list, item.wanted).second;
      is_new ? replace(item.first->line, item.first->column, item.text, item.wanted)
             : take_out(item);
    }
  }

 private:
  static const std::string& scalar_of(const Claim& claim) {
    return claim.scalar.empty() ? claim.text : claim.scalar;
  }

  void add(const Claim& claim, const Mapping& mapping) {
    const bool is_same = !items_.empty() && items_.back().first->line == claim.line &&
                         items_.back().first->column == claim.column &&
                         items_.back().text == scalar_of(claim);
    if (!is_same) {
      items_.push_back({&claim, scalar_of(claim), scalar_of(claim)});
      cursor_ = 0;
    }
    std::string& wanted = items_.back().wanted;
    const std::size_t at = find_whole(wanted, claim.text, cursor_);
    if (at == std::string::npos) return;
    cursor_ = at + claim.text.size();
    if (!mapping.wanted.empty()) {
      wanted.replace(at, claim.text.size(), mapping.wanted);
      cursor_ = at + mapping.wanted.size();
    }
    if (!mapping.wanted_name.empty() && stands_within(claim) &&
        wanted.substr(cursor_).starts_with("-" + claim.name))
      wanted.replace(cursor_ + 1, claim.name.size(), mapping.wanted_name);
  }

  static bool stands_within(const Claim& claim) {
    return claim.name_line == claim.line && claim.name_column == claim.column;
  }

  void mend_name(const Claim& claim, const Mapping& mapping) {
    if (!mapping.wanted_name.empty() && mapping.wanted_name != claim.name && !stands_within(claim))
      replace(claim.name_line, claim.name_column, claim.name, mapping.wanted_name);
  }

  // Also where the place is only that of the element or setting around it.
  std::optional<Span> find(std::size_t line, std::size_t column, const std::string& scalar) const {
    if (auto span = lines_.find_scalar(line, column, scalar)) return span;
    const std::size_t begin = lines_.offset_of(line, column);
    const std::string_view rest = lines_.text().substr(begin, lines_.line_begin(line + 1) - begin);
    for (const auto& [before, after] : {std::pair{'>', '<'}, std::pair{'"', '"'}}) {
      const std::size_t at = rest.find(before + scalar + after);
      if (is_around() && at != std::string_view::npos)
        return Span{begin + at + 1, begin + at + 1 + scalar.size()};
    }
    return std::nullopt;
  }

  bool is_around() const {
    return rule_.detection.format == "wazuh" || rule_.detection.format == "splunk";
  }

  void replace(std::size_t line, std::size_t column, const std::string& text,
               const std::string& wanted) {
    const auto span = find(line, column, text);
    if (!span) return warn(line, column, text);
    if (!done_.insert(span->begin).second) return;
    mended_.edits.push_back({span->begin, span->end - span->begin, wanted});
    mended_.changes.push_back({line, text, wanted});
  }

  void warn(std::size_t line, std::size_t column, const std::string& text) {
    mended_.report.add_warning(
        Error(kNotMended, "cannot be mended where it stands: " + escape_for_log(text),
              {.file = rule_.place.file, .line = line, .column = column},
              "write it plainly, one to a scalar, without escapes; or mend it by hand"));
  }

  // An item of its own line goes with the line; within a line, with the comma before or behind it.
  void take_out(const Item& item) {
    const std::size_t line = item.first->line;
    const auto span = find(line, item.first->column, item.text);
    if (!span) return warn(line, item.first->column, item.text);
    if (!done_.insert(span->begin).second) return;
    const std::string_view text = lines_.text();
    const std::size_t begin = lines_.line_begin(line);
    const std::size_t end = lines_.line_begin(line + 1);
    const bool is_quoted =
        span->begin > begin && (text[span->begin - 1] == '"' || text[span->begin - 1] == '\'');
    const Span scalar{span->begin - (is_quoted ? 1 : 0), span->end + (is_quoted ? 1 : 0)};
    const std::string_view before = text.substr(begin, scalar.begin - begin);
    const std::string_view after = text.substr(scalar.end, end - scalar.end);
    const std::size_t next = std::min(after.find_first_not_of(" \t"), after.size());
    const bool is_alone = before.find_first_not_of(" \t") == std::string_view::npos;
    const std::string_view last = before.substr(0, before.find_last_not_of(" \t") + 1);
    if (is_item_of_line(before) && (next == after.size() || is_end(after[next]))) {
      drop({begin, end}, item);
    } else if (is_alone && after.substr(next).starts_with(',') &&
               after.find_first_not_of(" \t\r\n", next + 1) == std::string_view::npos) {
      drop({begin, end}, item);
    } else if (last.ends_with(',') && begin + last.size() - 1 >= dropped_until_) {
      drop({begin + last.size() - 1, scalar.end}, item);
    } else if (after.substr(next).starts_with(',')) {
      const std::size_t following = after.find_first_not_of(" \t", next + 1);
      drop({scalar.begin, scalar.end + std::min(following, after.size())}, item);
    } else {
      warn(line, item.first->column, item.text);
    }
  }

  // "  - ", and behind the item the end of the line or a comment, which was the item's.
  static bool is_item_of_line(std::string_view before) {
    return before.find('-') != std::string_view::npos &&
           before.find_first_not_of(" -") == std::string_view::npos;
  }
  static bool is_end(char c) { return c == '\n' || c == '\r' || c == '#'; }

  void drop(Span span, const Item& item) {
    mended_.edits.push_back({span.begin, span.end - span.begin, ""});
    mended_.changes.push_back({item.first->line, item.text, ""});
    dropped_until_ = span.end;
  }

  const ForeignRule& rule_;
  const text::LineOffsets& lines_;
  std::set<std::size_t>& done_;  // offsets that have an edit
  attack::Migrated& mended_;
  std::vector<Item> items_;
  std::size_t cursor_ = 0;  // in the last item's wanted text
  std::size_t dropped_until_ = 0;
};

}  // namespace

void mend_items(std::span<const ForeignRule> rules, const text::LineOffsets& lines,
                attack::Migrated& mended) {
  std::set<std::size_t> done;
  for (const ForeignRule& rule : rules) RuleMender(rule, lines, done, mended).mend();
}

}  // namespace nepho::inventory
