#include "exercise/statements.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>

#include "alert/table.h"
#include "alert/text_values.h"
#include "base/printable.h"
#include "exercise/errors.h"
#include "text/fold.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

constexpr std::size_t kMaxRows = 10'000;
// By the value of Word.
constexpr std::array<std::string_view, kNumWords> kWords{
    "alerted", "no_alert", "logged", "no_telemetry", "blocked", "error", "played", "not_played"};
constexpr std::string_view kHead =
    "procedure\toutcome\tstarted\tended\ttime\trule\taccount\tactor\taddress\tnote\n";

class RowReader {
 public:
  RowReader(const alert::Table& table, const std::string& file, LoadReport& report)
      : table_(table), file_(file), report_(report) {}

  std::optional<StatedPlay> read(const alert::Table::Row& row) {
    row_ = &row;
    is_good_ = true;
    StatedPlay play;
    play.procedure = text("procedure");
    play.statement.rule = text("rule");
    play.statement.time = time("time");
    play.statement.note = text("note");
    play.started = time("started");
    play.ended = time("ended");
    play.account = text("account");
    play.actor = text("actor");
    play.address = text("address");
    if (play.procedure.empty()) bad("expected the id of a procedure");
    const std::string said = text("outcome");
    const auto word = parse_word(said);
    if (!word) {
      bad(fmt::format("expected one of {}, came: {}", fmt::join(kWords, ", "),
                      escape_for_log(said)));
    }
    if (play.started && play.ended && *play.ended < *play.started) bad("it ended before it began");
    if (!is_good_) return std::nullopt;
    play.statement.word = *word;
    return play;
  }

 private:
  std::string text(std::string_view column) const {
    return alert::bounded(table_.cell(*row_, column));
  }
  std::optional<Instant> time(std::string_view column) {
    const std::string written = text(column);
    if (written.empty()) return std::nullopt;
    const auto read = text::parse_timestamp(written);
    if (read) return read->time;
    bad(fmt::format("expected a time below '{}', came: {}", column, escape_for_log(written)));
    return std::nullopt;
  }
  void bad(std::string message) {
    is_good_ = false;
    report_.add_error(
        Error(kBadStatement, std::move(message), Place{.file = file_, .line = row_->line}));
  }

  const alert::Table& table_;
  const std::string& file_;
  LoadReport& report_;
  const alert::Table::Row* row_ = nullptr;
  bool is_good_ = true;
};

}  // namespace

std::string_view to_string(Word word) { return kWords[static_cast<std::size_t>(word)]; }

std::optional<Word> parse_word(std::string_view text) {
  std::string word = text::fold_case(text);
  std::ranges::replace(word, ' ', '_');
  std::ranges::replace(word, '-', '_');
  const auto found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return static_cast<Word>(found - kWords.begin());
}

std::vector<StatedPlay> parse_statements(std::string_view text, const std::string& file,
                                         LoadReport& report) {
  std::vector<StatedPlay> plays;
  auto table = alert::Table::open(text);
  if (!table || !table->has("procedure") || !table->has("outcome")) {
    report.add_error(Error(kBadStatement, "expected a line of names with procedure and outcome",
                           Place{.file = file, .line = 1}));
    return plays;
  }
  while (auto row = table->next()) {
    if (plays.size() >= kMaxRows) break;
    if (auto play = RowReader(*table, file, report).read(*row)) plays.push_back(*std::move(play));
  }
  return plays;
}

std::string statements_table(const std::vector<StatedPlay>& plays) {
  const auto time = [](const std::optional<Instant>& instant) {
    return instant ? text::to_rfc3339(*instant) : std::string();
  };
  // No text holds a tab or a line end then.
  std::string out(kHead);
  for (const StatedPlay& play : plays) {
    out += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\t{}\n", escape_for_log(play.procedure),
                       to_string(play.statement.word), time(play.started), time(play.ended),
                       time(play.statement.time), escape_for_log(play.statement.rule),
                       escape_for_log(play.account), escape_for_log(play.actor),
                       escape_for_log(play.address), escape_for_log(play.statement.note));
  }
  return out;
}

}  // namespace nepho::exercise
