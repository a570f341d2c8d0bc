// Every log source of knowledge/logsources/ against records of its own: each is known by it, shows
// what a finding is to show, and answers to the field names that rules use. The records stand in
// <id>.yml beside this file; tests/support/record_cases.h tells their form.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>

#include "base/files.h"
#include "detect/shard.h"
#include "event/envelope.h"
#include "event/field_path.h"
#include "event/log_source.h"
#include "event/rows.h"
#include "plan/plan.h"
#include "plan/reference.h"
#include "sigma/load.h"
#include "tests/support/program.h"
#include "tests/support/record_cases.h"
#include "text/timestamp.h"

namespace nepho::tests {
namespace {

using event::LogSource;

// A rule made for a case: the one of a selection or, without, one that holds for every record.
struct Question {
  const RecordCase* of = nullptr;
  const SelectionCase* selection = nullptr;
};

const LogSource::SigmaLogsource* logsource_of(const LogSource& source) {
  return source.sigma.empty() ? nullptr : &source.sigma.front();
}

// The paths in a record for a key of RecordCase::shown.
const std::vector<std::string>& paths_of(const LogSource& source, std::string_view key) {
  if (key == "time") return source.time;
  if (key == "event_name") return source.event_name;
  if (key == "actor") return source.actor;
  if (key == "source_ip") return source.source_ip;
  if (key == "user_agent") return source.user_agent;
  if (key == "account") return source.account;
  if (key == "region") return source.region;
  return source.outcome;
}

// The definition in docs/formats/log-source.md: the first path with a string, number or boolean, or
// with an array that holds one.
std::string first_text(const text::JsonValue& record, const std::vector<std::string>& paths) {
  const auto is_text = [](const text::JsonValue& value) {
    return !value.is_container() && value.type() != text::JsonType::kNull;
  };
  for (const std::string& path : paths) {
    for (const text::JsonValue& value : event::resolve(record, path)) {
      if (is_text(value)) return std::string(value.text());
      if (!value.is_array()) continue;
      for (const text::JsonValue& element : value.children()) {
        if (is_text(element)) return std::string(element.text());
      }
    }
  }
  return {};
}

// Times are compared as points in time, since every source has its own way to write them.
std::string shown(std::string_view key, const std::string& text) {
  if (key != "time") return text;
  const auto time = text::parse_timestamp(text);
  return time ? text::to_rfc3339(time->time) : std::string();
}

// The cases of one file, and the plan of the rules that they make together.
class CasesOfFile {
 public:
  CasesOfFile(const std::string& file, const event::LogSources& sources)
      : file_(file),
        sources_(sources),
        order_(event::recognition_order(sources)),
        lines_(sources.all()) {
    LoadReport report;
    cases_ = read_record_cases(file, report);
    for (const Problem& problem : report.problems()) ADD_FAILURE() << to_string(problem);
    for (const RecordCase& one : cases_) add_rules_of(one);
    plan_ = std::make_unique<plan::Plan>(rules_, sources_, plan::PlanOptions{.strict = true});
    shard_ = std::make_unique<detect::Shard>(*plan_, detect::ShardOptions{});
  }

  // Whether some record is of this source.
  bool has_record_of(std::string_view source) const {
    return std::ranges::any_of(cases_, [&](const auto& one) { return one.source == source; });
  }

  void check() {
    for (const RecordCase& one : cases_) check(one);
  }

 private:
  void add_rules_of(const RecordCase& one) {
    const LogSource* const source = sources_.find(one.source);
    if (source == nullptr) return fail(one.line, "no such log source: " + one.source);
    const auto* const logsource = logsource_of(*source);
    if (logsource == nullptr) {
      if (!one.selections.empty()) fail(one.line, one.source + " has no Sigma logsource");
      return;
    }
    add_rule({&one, nullptr}, *logsource, "{selection: {no.such: field}, condition: not selection}",
             one.line);
    for (const SelectionCase& selection : one.selections) {
      add_rule({&one, &selection}, *logsource,
               "{selection: " + selection.selection + ", condition: selection}", selection.line);
    }
  }

  void add_rule(Question question, const LogSource::SigmaLogsource& logsource,
                const std::string& detection, std::size_t line) {
    const std::string yaml = "title: t\nlogsource: {product: '" + logsource.product +
                             "', category: '" + logsource.category + "', service: '" +
                             logsource.service + "'}\ndetection: " + detection + "\n";
    auto documents = sigma::parse_documents(yaml, file_, {});
    if (documents.size() != 1 || !documents[0].is_runnable) {
      fail(line, "no rule can be made of " + detection);
      return;
    }
    rules_.push_back(std::move(documents[0].rule));
    questions_.push_back(question);
  }

  void check(const RecordCase& one) {
    const auto unwrapped = event::unwrap(one.record, order_, &lines_);
    ASSERT_TRUE(unwrapped);
    if (unwrapped->records.size() != 1) {
      fail(one.line, fmt::format("expected one record, found {}", unwrapped->records.size()));
      return;
    }
    const LogSource* const source = unwrapped->records[0].source;
    const std::string known = source == nullptr ? "generic" : source->id;
    if (known != one.source) {
      fail(one.line, "expected a record of " + one.source + ", known as " + known);
      return;
    }
    const auto record = text::JsonDocument::parse(std::string(unwrapped->records[0].text));
    ASSERT_TRUE(record);
    check_shown(one, *source, record->root());
    check_logsources(one, *source);
    check_rules(one, *source, record->root());
  }

  void check_shown(const RecordCase& one, const LogSource& source, const text::JsonValue& record) {
    for (const auto& [key, expected] : one.shown) {
      const std::string found = shown(key, first_text(record, paths_of(source, key)));
      if (found != shown(key, expected)) {
        fail(one.line, key + ": expected '" + expected + "', found '" + found + "'");
      }
    }
  }

  void check_logsources(const RecordCase& one, const LogSource& source) {
    for (const sigma::Logsource& wanted : one.logsources) {
      const auto found = sources_.read_by(wanted.product, wanted.category, wanted.service);
      if (std::ranges::find(found, &source) == found.end()) {
        fail(one.line, fmt::format("a rule for {}/{}/{} does not reach {}", wanted.product,
                                   wanted.category, wanted.service, source.id));
      }
    }
  }

  // What the case says of its own selections; and of all rules of the file, those of other cases
  // too, that the plan says what the reference evaluator says.
  void check_rules(const RecordCase& one, const LogSource& source, const text::JsonValue& record) {
    const std::set<std::uint32_t> found = run(one, source, record);
    for (std::uint32_t rule = 0; rule < rules_.size(); ++rule) {
      const Question& question = questions_[rule];
      if (question.of->source != one.source) continue;
      const std::size_t line =
          question.selection != nullptr ? question.selection->line : question.of->line;
      const bool holds = plan::holds(rules_[rule], record, plan::FieldNames(source));
      if (holds != found.contains(rule)) {
        fail(line,
             fmt::format("the reference evaluator says {}, the plan {} of the record in line {}",
                         holds, !holds, one.line));
      }
      if (question.of != &one || question.selection == nullptr) continue;
      if (holds != question.selection->matches) {
        fail(line, question.selection->selection + (holds ? " matches" : " does not match"));
      }
    }
  }

  // The rules that hold by the plan. What their matches show is what the definition says.
  std::set<std::uint32_t> run(const RecordCase& one, const LogSource& source,
                              const text::JsonValue& record) {
    std::string padded = one.record;
    padded.append(text::kJsonPadding, ' ');
    const auto& result =
        shard_->run({.bytes = std::string_view(padded).substr(0, one.record.size()),
                     .layout = detect::Slice::Layout::kValues});
    if (result.counters.by_source[plan_->plan_of(&source)] != 1) {
      fail(one.line, "the plan does not know the record as one of " + source.id);
    }
    std::set<std::uint32_t> found;
    for (const detect::Match& match : result.matches) {
      found.insert(match.rule);
      const auto time = match.time ? text::to_rfc3339(*match.time) : std::string();
      const bool agrees = time == shown("time", first_text(record, source.time)) &&
                          match.actor == first_text(record, source.actor) &&
                          match.source_ip == first_text(record, source.source_ip) &&
                          match.account == first_text(record, source.account);
      if (!agrees) fail(one.line, "a match shows other values than the record has");
    }
    return found;
  }

  void fail(std::size_t line, const std::string& message) const {
    ADD_FAILURE_AT(file_.c_str(), static_cast<int>(line)) << message;
  }

  std::string file_;
  const event::LogSources& sources_;
  std::vector<event::Recognition> order_;
  event::LineForms lines_;
  std::vector<RecordCase> cases_;
  std::vector<sigma::Rule> rules_;
  std::vector<Question> questions_;  // by rule
  std::unique_ptr<plan::Plan> plan_;
  std::unique_ptr<detect::Shard> shard_;
};

class LogSourceRecords : public testing::Test {
 protected:
  LogSourceRecords() : sources_(event::LogSources::load(knowledge_, report_)) {
    for (const Problem& problem : report_.problems()) ADD_FAILURE() << to_string(problem);
  }

  static std::vector<std::string> files() {
    return find_files({(source_folder() / "tests/logsources/*.yml").string()}).paths;
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
};

TEST_F(LogSourceRecords, AreKnownAndAnswerToTheNamesThatRulesUse) {
  const auto all = files();
  ASSERT_FALSE(all.empty());
  for (const std::string& file : all) CasesOfFile(file, sources_).check();
}

// Nothing is recognised as generic: it is what is left.
TEST_F(LogSourceRecords, AreThereForEverySource) {
  for (const LogSource& source : sources_.all()) {
    if (source.id == "generic") continue;
    const auto file = source_folder() / "tests/logsources" / (source.id + ".yml");
    if (!std::filesystem::exists(file)) {
      ADD_FAILURE() << source.id << " has no file of records: " << file;
    } else {
      EXPECT_TRUE(CasesOfFile(file.string(), sources_).has_record_of(source.id)) << file;
    }
  }
}

}  // namespace
}  // namespace nepho::tests
