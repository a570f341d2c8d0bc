#include "detect/shard.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "event/envelope.h"
#include "text/fold.h"
#include "text/json_writer.h"
#include "text/line_needles.h"

namespace nepho::detect {
namespace {

using testing::ElementsAre;

// A rule for CloudTrail that holds for this eventName.
sigma::Rule rule_for(std::string name) {
  sigma::Rule rule;
  rule.id.value = "rule-" + name;
  rule.logsource = {.product = "aws", .category = "", .service = "cloudtrail"};
  sigma::TextValue value;
  value.pattern = text::WildcardPattern::literal(text::fold_case(name));
  rule.items.push_back({"eventName", {value}, false, false, 0, 0});
  rule.condition = sigma::Expression::of_item(0);
  return rule;
}

std::string record(std::string_view name, std::string_view id) {
  return R"({"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::111122223333:user/a"},)"
         R"("eventTime":"2026-03-01T10:00:00Z","eventSource":"iam.amazonaws.com","awsRegion":"eu-west-1",)"
         R"("sourceIPAddress":"203.0.113.7","eventID":")" +
         std::string(id) + R"(","eventName":")" + std::string(name) + "\"}";
}

class ShardOfOneRule : public testing::Test {
 protected:
  ShardOfOneRule()
      : rules_{rule_for("CreateUser")},
        sources_(event::LogSources::load(knowledge_, report_)),
        plan_(rules_, sources_, {.strict = true}) {}

  const SliceResult& run(std::string text, bool is_lines = true) {
    const std::size_t size = text.size();
    padded_ = std::move(text);
    padded_.append(text::kJsonPadding, 'x');
    slice_ = Slice{std::string_view(padded_).substr(0, size),
                   is_lines ? Slice::Layout::kLines : Slice::Layout::kValues,
                   0,
                   0,
                   1'000,
                   10,
                   {}};
    return shard_.run(slice_, bounds_);
  }
  static std::uint64_t skipped(const SliceResult& result, event::SkipReason reason) {
    return result.counters.skipped[static_cast<std::size_t>(reason)];
  }

  Knowledge knowledge_;
  LoadReport report_;
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  plan::Plan plan_;
  SeenEvents seen_;
  Shard shard_{plan_, {.keep_events = true, .seen_events = &seen_}};
  FoldBounds bounds_;
  std::string padded_;
  Slice slice_;
};

TEST_F(ShardOfOneRule, TakesTheLinesOfABulkFileBetweenRecordsForNone) {
  const std::string action = "{\"index\":{\"_index\":\"logs\"}}\n";
  const auto& result =
      run(action + record("ListUsers", "1") + "\n" + action + record("CreateUser", "2") + "\n");
  EXPECT_EQ(result.counters.received(), 2U);
  EXPECT_EQ(result.num_events, 2U);
  ASSERT_EQ(result.matches.size(), 1U);
  EXPECT_EQ(result.matches[0].place.line, 13U);
}

// Both kinds of record are read by views of their own, whose rows of keys are numbered alike.
TEST_F(ShardOfOneRule, FindsAFieldWhereverItStandsInRecordsAloneAndInWrappings) {
  rules_[0].items[0].field = "requestParameters.x.y";
  const plan::Plan plan(rules_, sources_, {.strict = true});
  Shard shard(plan, {});
  std::string alone = record("A", "1");
  alone.insert(alone.size() - 1, R"(,"requestParameters.x.y":"CreateUser")");
  std::string wrapped = record("A", "2");
  wrapped.insert(wrapped.size() - 1, R"(,"requestParameters.x":{"y":"CreateUser"})");
  padded_ = alone + "\n{\"detail-type\":\"x\",\"detail\":" + wrapped + "}\n" + alone + "\n";
  const std::size_t size = padded_.size();
  padded_.append(text::kJsonPadding, 'x');
  slice_ = Slice{std::string_view(padded_).substr(0, size), Slice::Layout::kLines, 0, 0, 0, 1, {}};
  const auto& result = shard.run(slice_, bounds_);
  EXPECT_EQ(result.counters.events, 3U);
  EXPECT_EQ(result.matches.size(), 3U);
}

TEST_F(ShardOfOneRule, SaysWhereAMatchStands) {
  const std::string first = record("ListUsers", "1") + "\n\n";
  const auto& result = run(first + record("CreateUser", "2") + "\n");
  ASSERT_EQ(result.matches.size(), 1U);
  const Match& match = result.matches[0];
  EXPECT_EQ(match.place.line, 12U);
  EXPECT_EQ(match.place.offset, 1'000 + first.size());
  EXPECT_EQ(match.place.ordinal, 1U);
  EXPECT_EQ(match.actor, "arn:aws:iam::111122223333:user/a");
  EXPECT_EQ(match.source_ip, "203.0.113.7");
  EXPECT_EQ(match.event, record("CreateUser", "2"));
  EXPECT_TRUE(match.time.has_value());
}

TEST_F(ShardOfOneRule, ReadsRowsOfTextAndSaysWhereTheyStood) {
  const std::string head = "EventId,Detail\n";
  const std::string first = "1,\"a\nb\"\n";
  std::string quoted = record("CreateUser", "2");
  for (std::size_t at = 0; (at = quoted.find('"', at)) != std::string::npos; at += 2)
    quoted.insert(at, 1, '"');
  padded_ = head + first + "2,\"" + quoted + "\"\n3,x\n";
  const std::size_t size = padded_.size();
  padded_.append(text::kJsonPadding, 'x');
  slice_ =
      Slice{std::string_view(padded_).substr(0, size), Slice::Layout::kRows, 0, 0, 500, 7, head};
  const auto& result = shard_.run(slice_, bounds_);
  ASSERT_EQ(result.matches.size(), 1U);
  EXPECT_EQ(result.matches[0].place.line, 10U);
  EXPECT_EQ(result.matches[0].place.offset, 500 + head.size() + first.size());
  EXPECT_EQ(result.matches[0].place.ordinal, 1U);
  EXPECT_EQ(result.counters.events, 3U);
}

TEST_F(ShardOfOneRule, CountsRowsOfNoFormThatItKnows) {
  padded_ = "what is this\n<13>host app: " + record("CreateUser", "1") + "\nand this then\n";
  const std::size_t size = padded_.size();
  padded_.append(text::kJsonPadding, 'x');
  slice_ = Slice{std::string_view(padded_).substr(0, size), Slice::Layout::kRows, 0, 0, 0, 1, {}};
  const auto& result = shard_.run(slice_, bounds_);
  EXPECT_EQ(result.matches.size(), 1U);
  EXPECT_EQ(skipped(result, event::SkipReason::kUnknownText), 2U);
  ASSERT_EQ(result.skipped.size(), 2U);
  EXPECT_EQ(result.skipped[0].line, 1U);
  EXPECT_EQ(result.skipped[1].line, 3U);
  EXPECT_EQ(result.counters.received(), 3U);
}

TEST_F(ShardOfOneRule, ReadsALineOfTextAmongRecords) {
  const auto& result = run(record("CreateUser", "1") +
                           "\n2 111122223333 eni-1 10.0.0.1 203.0.113.9 40000 443 6 10 1000 "
                           "1700000000 1700000060 ACCEPT OK\n" +
                           record("CreateUser", "2") + "\n");
  EXPECT_EQ(result.matches.size(), 2U);
  EXPECT_EQ(result.counters.events, 3U);
  EXPECT_EQ(result.matches[1].place.line, 12U);
  EXPECT_EQ(result.matches[1].place.ordinal, 2U);
}

TEST_F(ShardOfOneRule, LosesOneRecordToABrokenLineAndNoMore) {
  const std::string good = record("CreateUser", "1");
  for (const std::string& bad :
       {std::string("{\"a\":"), std::string("{\"a\":\"b"), good.substr(0, good.size() / 2),
        std::string("nonsense"), std::string("{\"a\":1}}"), std::string("{\"a\":\"\x01\"}"),
        std::string("{\"a\":\"\xFF\"}"), std::string("{\"a\":\"\\x\"}")}) {
    const auto& result = run(record("CreateUser", bad).substr(0, 0) +
                             record("CreateUser", "b1" + std::to_string(bad.size())) + "\n" + bad +
                             "\n" + record("CreateUser", "b2" + std::to_string(bad.size())) + "\n");
    EXPECT_EQ(result.matches.size(), 2U) << bad;
    EXPECT_GE(result.counters.num_skipped(), 1U) << bad;
    ASSERT_FALSE(result.skipped.empty()) << bad;
    EXPECT_EQ(result.skipped[0].line, 11U) << bad;
  }
}

TEST_F(ShardOfOneRule, NamesTheReason) {
  EXPECT_EQ(skipped(run("{\"a\":\"\xFF\"}\n"), event::SkipReason::kBadUtf8), 1U);
  EXPECT_EQ(skipped(run("7\n"), event::SkipReason::kNotAnObject), 1U);
  EXPECT_EQ(skipped(run("{\"a\":" + std::string(300, '[') + std::string(300, ']') + "}\n"),
                    event::SkipReason::kTooDeep),
            1U);
  EXPECT_EQ(skipped(run("{\"a\":nul}\n"), event::SkipReason::kMalformedJson), 1U);
}

std::string in_quotes(std::string_view text) {
  std::string out;
  text::append_json_quoted(text, out);
  return out;
}

TEST_F(ShardOfOneRule, ReadsARecordThatIsAStringByItself) {
  EXPECT_EQ(run(in_quotes(record("CreateUser", "s1")) + "\n").matches.size(), 1U);
  EXPECT_EQ(skipped(run("\"{ no record\"\n"), event::SkipReason::kNotAnObject), 1U);
}

// What is opened without a tree comes to what event::unwrap() says: the same log sources, texts and
// places, whatever stands in the wrapping.
TEST_F(ShardOfOneRule, TakesFromAWrappingWhatUnwrapDoes) {
  const std::string known = record("CreateUser", "1");
  const std::string other = R"({"a":"CreateUser"})";
  std::vector<std::string> records{other, R"({"message":"hello"})", R"({"detail":7,"body":null})",
                                   "{\"Records\":[" + known + "," + other + "]}",
                                   "{\"hits\":{\"hits\":[{\"_source\":" + known + "}]}}"};
  for (const std::string& inner : {known, " " + known + " ", known + " x", known + "," + known,
                                   "[" + known + "]", other, "{\"body\":" + known + "}"}) {
    if (text::JsonDocument::parse(inner)) records.push_back("{\"a\":1, \"detail\": " + inner + "}");
    records.push_back("{\"detail\":" + in_quotes(inner) + ",\"a\":1}");
    records.push_back("{\"properties\": {\"log\":" + in_quotes(inner) + "}}");
  }
  Shard shard(plan_, {.keep_events = true, .seen_events = nullptr});
  std::size_t num_matches = 0;
  for (const std::string& record : records) {
    const auto unwrapped = event::unwrap(record, plan_.recognition(), &plan_.line_forms());
    ASSERT_TRUE(unwrapped) << record;
    std::string text = "\n" + record + "\n";
    const std::size_t size = text.size();
    text.append(text::kJsonPadding, 'x');
    const auto& result = shard.run({std::string_view(text).substr(0, size)});
    std::vector<std::uint64_t> by_source(plan_.sources().size(), 0);
    std::vector<std::pair<std::string_view, std::size_t>> matched;  // what and where
    for (const event::InnerRecord& inner : unwrapped->records) {
      ++by_source[plan_.plan_of(inner.source)];
      if (inner.source != nullptr) matched.emplace_back(inner.text, 1 + inner.offset);
    }
    EXPECT_EQ(result.counters.by_source, by_source) << record;
    ASSERT_EQ(result.matches.size(), matched.size()) << record;
    for (std::size_t i = 0; i < matched.size(); ++i, ++num_matches) {
      EXPECT_EQ(result.matches[i].event, matched[i].first) << record;
      EXPECT_EQ(result.matches[i].place.offset, matched[i].second) << record;
      EXPECT_EQ(result.matches[i].place.line, 2U) << record;
    }
  }
  EXPECT_GE(num_matches, 10U);
}

TEST_F(ShardOfOneRule, CountsADuplicateAndMarksItsMatch) {
  const auto& result = run(record("CreateUser", "1") + "\n" + record("CreateUser", "2") + "\n" +
                           record("CreateUser", "1") + "\n");
  EXPECT_EQ(result.counters.events, 2U);
  EXPECT_EQ(result.counters.duplicates, 1U);
  ASSERT_EQ(result.matches.size(), 3U);
  EXPECT_FALSE(result.matches[0].is_repeat);
  EXPECT_TRUE(result.matches[2].is_repeat);
  EXPECT_EQ(result.matches[0].key, result.matches[2].key);
}

TEST_F(ShardOfOneRule, TakesTheSameIdWithOtherBytesForAnotherEvent) {
  const auto& result = run(record("CreateUser", "1") + "\n" + record("CreateUser ", "1") + "\n");
  EXPECT_EQ(result.counters.events, 2U);
  EXPECT_EQ(result.counters.duplicates, 0U);
}

TEST_F(ShardOfOneRule, OnlyCountsWhatLiesBeyondTheBound) {
  bounds_.resize(1);
  bounds_[0] = FoldBound{std::nullopt, {}};
  const auto& result = run(record("CreateUser", "1") + "\n");
  EXPECT_TRUE(result.matches.empty());
  EXPECT_EQ(result.folded.size(), 1U);
}

TEST_F(ShardOfOneRule, ReadsValuesOneAfterAnotherOverManyLines) {
  const auto& result =
      run("{\n\"eventVersion\":\"1\",\"eventSource\":\"a\",\n\"eventName\":\"CreateUser\"\n},\n" +
              record("CreateUser", "2"),
          false);
  EXPECT_EQ(result.counters.received(), 2U);
  EXPECT_EQ(result.counters.num_skipped(), 0U);
}

TEST_F(ShardOfOneRule, KeepsTheFirstAndTheLastTime) {
  std::string later = record("ListUsers", "2");
  later.replace(later.find("2026-03-01T10:00:00Z"), 20, "2026-03-02T10:00:00Z");
  const auto& counters = run(later + "\n" + record("ListUsers", "1") + "\n").counters;
  ASSERT_TRUE(counters.first_time && counters.last_time);
  EXPECT_EQ(*counters.last_time - *counters.first_time, std::chrono::hours(24));
}

TEST_F(ShardOfOneRule, KeepsTheLastTimeOfEachLogSource) {
  std::string later = record("ListUsers", "2");
  later.replace(later.find("2026-03-01T10:00:00Z"), 20, "2026-03-02T10:00:00Z");
  // Of a form that is not compared as text; and one of no log source, later than all.
  std::string other = record("ListUsers", "3");
  other.replace(other.find("2026-03-01T10:00:00Z"), 20, "2026-03-02T13:00:00+02:00");
  Counters all = run(later + "\n" + record("ListUsers", "1") + "\n").counters;
  all.add(run(other + "\n{\"time\":\"2026-03-09T10:00:00Z\"}\n").counters);
  std::vector<std::chrono::sys_days> days;
  for (const auto& last : all.last_by_source) {
    if (last) days.push_back(std::chrono::floor<std::chrono::days>(*last));
  }
  std::ranges::sort(days);
  const auto day = [](unsigned d) {
    return std::chrono::sys_days(std::chrono::year(2026) / 3 / std::chrono::day(d));
  };
  EXPECT_EQ(days, (std::vector{day(2), day(9)}));
  EXPECT_EQ(*all.last_time, day(9) + std::chrono::hours(10));
}

// The shortcut over lines changes what is counted as evaluated, and nothing of what is found.
TEST_F(ShardOfOneRule, FindsTheSameWhereLinesArePassedOver) {
  const plan::Plan plan(rules_, sources_, {});
  Shard quick(plan, {.keep_events = true, .seen_events = nullptr});
  Shard strict(plan_, {.keep_events = true, .seen_events = nullptr});
  std::string text;
  for (int i = 0; i < 300; ++i) {
    static constexpr const char* kNames[] = {"ListUsers", "CreateUser", "createuser", "GetObject"};
    text += record(kNames[i * 7 % 4], std::to_string(i));
    if (i % 11 == 0) text += "\n{\"broken\n";
    if (i % 13 == 0) text += "\n" + record("Create\\u0055ser", "u" + std::to_string(i));
    text += "\n";
  }
  const std::size_t size = text.size();
  text.append(text::kJsonPadding, 'x');
  const Slice slice{std::string_view(text).substr(0, size), Slice::Layout::kLines, 0, 0, 0, 1};
  const SliceResult found = quick.run(slice);
  const SliceResult& expected = strict.run(slice);
  ASSERT_EQ(found.matches.size(), expected.matches.size());
  EXPECT_GT(found.matches.size(), 150U);
  for (std::size_t i = 0; i < found.matches.size(); ++i) {
    EXPECT_EQ(found.matches[i].place.ordinal, expected.matches[i].place.ordinal);
    EXPECT_EQ(found.matches[i].place.line, expected.matches[i].place.line);
    EXPECT_EQ(found.matches[i].place.offset, expected.matches[i].place.offset);
    EXPECT_EQ(found.matches[i].event, expected.matches[i].event);
  }
  EXPECT_EQ(found.counters.skipped, expected.counters.skipped);
  EXPECT_EQ(found.num_events, expected.num_events);
  EXPECT_EQ(found.counters.events + found.counters.unparsed, expected.counters.events);
  EXPECT_EQ(found.counters.unparsed, text::LineNeedles::is_quick() ? 150U : 0U);
}

}  // namespace
}  // namespace nepho::detect
