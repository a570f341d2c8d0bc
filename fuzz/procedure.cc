// Whatever the text of a procedure's file: it is refused with a place in that file, or what is
// played from it are whole JSON records on one line, in the order of their times, no more than its
// steps allow, and the same bytes again from the same seed.
#include "exercise/procedure.h"

#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "exercise/play.h"
#include "text/json.h"

namespace {

using namespace nepho;

constexpr std::uint64_t kSeed = 7;

const exercise::Operations& operations() {
  static const exercise::Operations loaded = [] {
    LoadReport report;
    const Knowledge knowledge;
    auto all = exercise::Operations::load(knowledge, report);
    CHECK(!report.has_errors());
    return all;
  }();
  return loaded;
}

// A wanted play that takes long says nothing more than a short one: no repetition beyond this.
constexpr int kMaxRepetitions = 5;

bool is_long(const exercise::Scenario& scenario) {
  std::size_t calls = 0;
  for (const exercise::Step& step : scenario.steps) {
    calls += static_cast<std::size_t>(step.times);
  }
  return calls > scenario.steps.size() * kMaxRepetitions;
}

void check_records(const std::vector<exercise::Record>& records) {
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto& record = records[i];
    CHECK(record.text.find('\n') == std::string::npos);
    const auto document = text::JsonDocument::parse(record.text);
    const bool is_json = document.has_value() && document->root().is_object();
    CHECK(is_json || !record.text.starts_with('{'));  // else a line of a log in text
    CHECK(i == 0 || records[i - 1].time <= record.time);
    CHECK(!record.log_source.empty());
  }
}

void check_play(const exercise::Scenario& scenario, const exercise::Stage& stage) {
  if (is_long(scenario)) return;
  const auto records = exercise::play(scenario, stage, "fuzz");
  const auto again = exercise::play(scenario, stage, "fuzz");
  CHECK(records.has_value() == again.has_value());
  if (!records) {
    CHECK(!records.error().message.empty());
    return;
  }
  check_records(*records);
  CHECK(records->size() == again->size());
  for (std::size_t i = 0; i < records->size(); ++i) CHECK((*records)[i].text == (*again)[i].text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  // The file's name is its id; the seeds have these.
  for (const std::string_view stem : {"aws.test.fuzz", "aws.defense-impairment.delete-trail"}) {
    LoadReport report;
    const auto procedure = exercise::parse_procedure(text, "fuzz.yml", stem, operations(), report);
    CHECK(procedure.has_value() != report.has_errors());
    for (const auto& problem : report.problems()) CHECK(problem.error.place.file == "fuzz.yml");
    if (!procedure) continue;
    CHECK(procedure->facts.id == stem);
    CHECK(!procedure->attack.steps.empty() && !procedure->lookalikes.empty());
    const auto* provider = operations().find(procedure->facts.provider);
    CHECK(provider != nullptr);
    const exercise::Context context;
    const exercise::Stage stage{*provider, context, kSeed, Instant{}};
    check_play(procedure->attack, stage);
    for (const auto& lookalike : procedure->lookalikes) check_play(lookalike, stage);
  }
  return 0;
}
