// Alerts are looked for in records; a record that is none may hold some: lists and wrappings are
// opened with an explicit stack, since files are outside data.
#include "alert/read.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "alert/errors.h"
#include "alert/form.h"
#include "alert/table.h"
#include "alert/text_values.h"
#include "base/line_count.h"
#include "base/printable.h"
#include "event/record_splitter.h"
#include "text/json.h"

namespace nepho::alert {
namespace {

using text::JsonDocument;
using text::JsonValue;

constexpr std::size_t kMaxDepth = 8;
// Problems of one kind told one by one; the others are only counted.
constexpr std::size_t kMaxTold = 20;

// What stands around alerts in exports of the API, of queries, of queues.
constexpr std::array kWrappings = std::to_array<std::string_view>(
    {"value", "Findings", "findings", "hits", "_source", "fields", "detail", "alerts", "incidents",
     "results", "result", "records", "Records", "data", "signals", "events", "items"});

// A value to look at, and the id of the detonation that what is in it belongs to.
struct Pending {
  JsonValue value;
  std::size_t depth = 0;
  std::string detonation;
};

class FileReader {
 public:
  FileReader(std::string_view text, const std::string& file, LoadReport& report)
      : text_(text), file_(file), report_(report) {}

  AlertFile read() {
    if (auto table = Table::open(text_)) {
      read_table(*table);
    } else {
      read_values();
    }
    say_what_was_cut();
    return std::move(found_);
  }

 private:
  bool is_full() const { return found_.alerts.size() >= kMaxAlerts; }

  void read_table(Table& table) {
    while (auto row = table.next()) {
      if (is_full()) return;
      read_text(table.json_of(*row), row->line);
    }
  }

  // Where a line is a value, each is: what is cut off in one is then no matter of the next.
  static event::RecordSplitter::By how_to_split(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
    const std::string_view first = text.substr(begin, text.find('\n', begin) - begin);
    return event::is_one_closed_value(first) ? event::RecordSplitter::By::kLines
                                             : event::RecordSplitter::By::kValues;
  }

  void read_values() {
    std::string_view text = text_;
    if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
    event::RecordSplitter splitter(text, how_to_split(text));
    std::size_t line = 1;
    const char* counted_to = text.data();
    while (const auto piece = splitter.next()) {
      if (is_full()) return;
      line += count_line_ends({counted_to, static_cast<std::size_t>(piece->data() - counted_to)});
      counted_to = piece->data();
      read_text(std::string(*piece), line);
    }
  }

  void read_text(std::string json, std::size_t line) {
    const auto document = JsonDocument::parse(std::move(json), file_);
    if (!document) {
      problem(line, "no JSON: " + document.error().message);
      return;
    }
    if (document->root().is_container()) {
      read_document(*document, line);
    } else {
      ++found_.num_others;
    }
  }

  void read_document(const JsonDocument& document, std::size_t first_line) {
    std::vector<Pending> pending{{document.root(), 0, {}}};
    Lines lines{document.text(), first_line};
    while (!pending.empty() && !is_full()) {
      Pending at = std::move(pending.back());
      pending.pop_back();
      if (take(at, lines)) continue;
      if (!open(at, pending) && at.value.is_object()) ++found_.num_others;
    }
  }

  // Values are met in the order of the text, so that lines are counted once.
  struct Lines {
    std::string_view text;
    std::size_t line;
    std::size_t offset = 0;
    std::size_t at(std::size_t to) {
      if (to > offset) {
        line += count_line_ends(text.substr(offset, to - offset));
        offset = to;
      }
      return line;
    }
  };

  bool take(const Pending& at, Lines& lines) {
    if (!at.value.is_object()) return false;
    const Place place{.file = file_, .line = lines.at(at.value.offset())};
    auto alert = read_alert(at.value, place);
    if (!alert) return false;
    if (!at.detonation.empty()) add_uuids(at.detonation, alert->ids_within);
    if (!alert->time) alert->time = alert->seen_from;
    if (!alert->time) {
      problem(place.line, "the alert has no time");
    } else {
      found_.alerts.push_back(*std::move(alert));
    }
    return true;
  }

  static bool may_hold_alerts(const JsonValue& parent, const JsonValue& child) {
    if (!child.is_container()) return false;
    if (parent.is_array()) return true;
    // A search may give a document and its fields beside it: the same alert twice.
    if (child.key() == "fields" && parent.find("_source")) return false;
    return std::ranges::find(kWrappings, child.key()) != kWrappings.end();
  }

  // The containers in it that may hold alerts, the first on top; false when there are none.
  static bool open(const Pending& at, std::vector<Pending>& pending) {
    if (at.depth >= kMaxDepth) return false;
    std::string detonation = bounded(at.value.string_at("detonationUid"));
    if (detonation.empty()) detonation = at.detonation;
    const std::size_t before = pending.size();
    bool is_wrapping = at.value.is_array();
    for (const JsonValue& child : at.value.children()) {
      if (!may_hold_alerts(at.value, child)) continue;
      is_wrapping = true;
      pending.push_back({child, at.depth + 1, detonation});
    }
    std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(before), pending.end());
    return is_wrapping;
  }

  void problem(std::size_t line, std::string message) {
    if (++num_problems_ > kMaxTold) return;
    report_.add_error(Error(kBadAlert, std::move(message), Place{.file = file_, .line = line}));
  }

  void say_what_was_cut() {
    const Place place{.file = file_};
    if (num_problems_ > kMaxTold) {
      report_.add_error(Error(kBadAlert,
                              fmt::format("and {} records more that are no JSON or have no time",
                                          num_problems_ - kMaxTold),
                              place));
    }
    if (is_full()) {
      report_.add_warning(Error(kTooMany,
                                fmt::format("only the first {} alerts are read", kMaxAlerts), place,
                                "export a shorter time"));
    }
    if (!found_.alerts.empty()) return;
    if (found_.num_others != 0 || num_problems_ != 0) {
      report_.add_error(Error(kNoAlerts, "holds no alert in a form that is known", place,
                              "docs/alerts.md lists the forms; a table needs at least the columns "
                              "time and rule. What VECTR and DeTT&CT keep goes to --outcome"));
    } else {
      report_.add_warning(Error(kNoAlerts, "holds no alert at all", place));
    }
  }

  std::string_view text_;
  const std::string& file_;
  LoadReport& report_;
  AlertFile found_;
  std::size_t num_problems_ = 0;
};

}  // namespace

AlertFile read_alerts(std::string_view text, const std::string& file, LoadReport& report) {
  return FileReader(text, file, report).read();
}

}  // namespace nepho::alert
