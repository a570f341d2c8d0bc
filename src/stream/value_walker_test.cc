#include "stream/value_walker.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "event/tolerant_index.h"

namespace nepho::stream {
namespace {

using testing::ElementsAre;
using Kind = ValueWalker::Step::Kind;

// One walk over a whole text, each step as "records TEXT", "REASON TEXT" or "more @OFFSET".
std::vector<std::string> walk(std::string_view text, const Limits& limits = kDefaultLimits) {
  event::TolerantIndexer indexer;
  ValueWalker walker(limits);
  walker.start(text, indexer.index(text));
  std::vector<std::string> steps;
  std::size_t behind = 0;
  while (true) {
    const ValueWalker::Step step = walker.next();
    EXPECT_LE(behind, step.begin) << "in order, without overlap";
    EXPECT_LE(step.begin, step.end);
    EXPECT_LE(step.end, text.size());
    behind = step.kind == Kind::kMore ? step.begin : step.end;
    const std::string_view piece = text.substr(step.begin, step.end - step.begin);
    if (step.kind == Kind::kMore) {
      if (step.begin != text.size()) {
        steps.push_back(fmt::format("more @{}{}", step.begin, walker.is_broken() ? " broken" : ""));
      }
      return steps;
    }
    steps.push_back(fmt::format(
        "{} {}", step.kind == Kind::kRecords ? "records" : event::to_string(step.reason), piece));
  }
}

TEST(ValueWalker, GivesNeighboursTogether) {
  EXPECT_THAT(walk("{\"a\":1}\n{\"b\":2} , {\"c\":3}\n"),
              ElementsAre("records {\"a\":1}\n{\"b\":2} , {\"c\":3}"));
}

// A queue's messages saved as an array of texts.
TEST(ValueWalker, GivesAStringThatMayHoldARecord) {
  EXPECT_THAT(
      walk(R"(["{\"a\":1}","text",{"b":2}])"),
      ElementsAre(R"(records "{\"a\":1}")", R"(not-an-object "text")", R"(records {"b":2})"));
  EXPECT_THAT(walk("\"{\\\"a\\\":1}\"\n"), ElementsAre("records \"{\\\"a\\\":1}\""));
  Limits small;
  small.max_record_bytes = 4;
  EXPECT_THAT(walk(R"(["{\"a\":1}"])", small), ElementsAre(R"(not-an-object "{\"a\":1}")"));
}

TEST(ValueWalker, LeavesTheBracketsOfArraysAndEnvelopesOut) {
  EXPECT_THAT(walk("[{\"a\":1}]"), ElementsAre("records {\"a\":1}"));
  EXPECT_THAT(walk(R"({"kind":"x","items":[{"a":1},{"b":2}],"next":{"items":[]}} {"c":3})"),
              ElementsAre(R"(records {"a":1},{"b":2})", R"(records {"c":3})"));
}

TEST(ValueWalker, EndsARunWhereAnEnvelopeOpens) {
  EXPECT_THAT(walk(R"({"a":1}{"Records":[{"b":2}]})"),
              ElementsAre(R"(records {"a":1})", R"(records {"b":2})"));
}

TEST(ValueWalker, SkipsWhatIsNoObjectByItself) {
  EXPECT_THAT(walk(R"([1,{"a":1},"x",[2,{}],null])"),
              ElementsAre("not-an-object 1", R"(records {"a":1})", R"(not-an-object "x")",
                          "not-an-object [2,{}]", "not-an-object null"));
}

// What an API answered page by page, put together with `jq -s`.
TEST(ValueWalker, OpensThePagesInAnArray) {
  EXPECT_THAT(walk(R"([[{"a":1},{"b":2}],[],[{"c":3},[{"d":4}],"x"],{"e":5}] {"f":6})"),
              ElementsAre(R"(records {"a":1},{"b":2})", R"(records {"c":3})", R"(records {"d":4})",
                          R"(not-an-object "x")", R"(records {"e":5})", R"(records {"f":6})"));
  EXPECT_THAT(walk(R"([[1,{"a":1}],[["x"]]])"),
              ElementsAre(R"(not-an-object [1,{"a":1}])", R"(not-an-object [["x"]])"));
}

TEST(ValueWalker, TakesAnArrayInAListForOneThingThatIsNoRecord) {
  EXPECT_THAT(walk(R"({"Records":[{"a":1},[{"b":2}]]})"),
              ElementsAre(R"(records {"a":1})", R"(not-an-object [{"b":2}])"));
}

TEST(ValueWalker, AsksForMoreWhereAValueDoesNotEnd) {
  EXPECT_THAT(walk(R"({"a":1}{"b":[)"), ElementsAre(R"(records {"a":1})", "more @7"));
  EXPECT_THAT(walk(R"([{"a":)"), ElementsAre("more @1"));
}

TEST(ValueWalker, TellsABrokenObjectFromOneThatGoesOn) {
  EXPECT_THAT(walk("{\"a\":[}]"), ElementsAre("more @0 broken"));
  EXPECT_THAT(walk("[{\"a\":1]"), ElementsAre("more @1 broken"));
}

// An object is taken for an envelope as soon as its list is seen, however long the list is: so it
// must be seen first.
TEST(ValueWalker, TellsAValueNestedBeyondTheLimitOfOneText) {
  Limits limits;
  limits.max_json_depth = 3;
  const std::string deepest = R"({"a":[{"b":1}]})";
  EXPECT_THAT(walk(deepest, limits), ElementsAre("records " + deepest));
  const std::string deeper = R"({"a":[{"b":[]}]})";
  event::TolerantIndexer indexer;
  ValueWalker walker(limits);
  walker.start(deeper, indexer.index(deeper));
  EXPECT_EQ(walker.next().kind, Kind::kMore);
  EXPECT_TRUE(walker.in_value() && walker.is_too_deep());
  walker.start(deepest, indexer.index(deepest));
  EXPECT_FALSE(walker.in_value() || walker.is_too_deep());
  EXPECT_EQ(walker.next().kind, Kind::kRecords);
  EXPECT_FALSE(walker.is_too_deep());
}

TEST(ValueWalker, WaitsForTheListBeforeItDecides) {
  EXPECT_THAT(walk(R"({"kind":"x")"), ElementsAre("more @0"));
  EXPECT_THAT(walk(R"({"kind":"x","items":[)"), ElementsAre("more @0"));
  EXPECT_THAT(walk(R"({"kind":"x","items":[{"a":1})"), ElementsAre("records {\"a\":1}"));
}

TEST(ValueWalker, LooksForTheListBehindAFewHeadsOnly) {
  std::string heads;
  for (int i = 0; i < 7; ++i) heads += R"("count":1,)";
  EXPECT_THAT(walk("{" + heads + R"("items":[{"a":1}]})"), ElementsAre(R"(records {"a":1})"));
  const std::string too_many = "{" + heads + R"("count":1,"items":[{"a":1}]})";
  EXPECT_THAT(walk(too_many), ElementsAre("records " + too_many));
}

TEST(ValueWalker, TakesAListOfOtherThingsForAMember) {
  const std::string record = R"({"items":[1,2],"a":1})";
  EXPECT_THAT(walk(record), ElementsAre("records " + record));
}

TEST(ValueWalker, SkipsARecordBeyondTheLimitAndOnlyIt) {
  Limits limits;
  limits.max_record_bytes = 10;
  EXPECT_THAT(
      walk(R"([{"a":1},{"b":"123456"},{"c":3}])", limits),
      ElementsAre(R"(records {"a":1})", R"(too-large {"b":"123456"})", R"(records {"c":3})"));
}

TEST(ValueWalker, SkipsTextBetweenValuesUpToALineThatOpensOne) {
  EXPECT_THAT(
      walk("{\"a\":1}\nsome text {here}\n {\"b\":2}"),
      ElementsAre("records {\"a\":1}", "malformed-json some text {here}\n ", "records {\"b\":2}"));
}

TEST(ValueWalker, SkipsTextInAListUpToTheNextComma) {
  EXPECT_THAT(walk("[{\"a\":1},oops here,{\"b\":2}]"),
              ElementsAre("records {\"a\":1}", "malformed-json oops here", "records {\"b\":2}"));
}

TEST(ValueWalker, CountsAStrayClosingBracketAsText) {
  EXPECT_THAT(walk("}\n{\"a\":1}"), ElementsAre("malformed-json }\n", "records {\"a\":1}"));
}

// The state between texts: what one walk left open, the next goes on with.
TEST(ValueWalker, GoesOnInTheNextTextWhereItWas) {
  event::TolerantIndexer indexer;
  ValueWalker walker(kDefaultLimits);
  const std::string first = R"({"Records":[{"a":1},)";
  walker.start(first, indexer.index(first));
  EXPECT_EQ(walker.next().kind, Kind::kRecords);
  EXPECT_EQ(walker.next().kind, Kind::kMore);
  const std::string second = R"({"b":2}],"more":{"x":[]}})";
  walker.start(second, indexer.index(second));
  const auto step = walker.next();
  EXPECT_EQ(step.kind, Kind::kRecords);
  EXPECT_EQ(second.substr(step.begin, step.end - step.begin), R"({"b":2})");
  EXPECT_EQ(walker.next().begin, second.size()) << "the tail is passed over";
  walker.reset();
  const std::string third = R"({"c":[]})";
  walker.start(third, indexer.index(third));
  EXPECT_EQ(walker.next().kind, Kind::kRecords) << "a new file begins at its top";
}

}  // namespace
}  // namespace nepho::stream
