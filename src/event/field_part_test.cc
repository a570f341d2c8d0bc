#include "event/field_part.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/field_path.h"
#include "event/log_source_file.h"
#include "event/record_view.h"
#include "text/json_index.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kFile = R"(
id: example.audit
title: Example audit
aliases:
  other: {method: call.method, action: verb}
parts:
  verb: {of: method, matching: '[.]([a-z]+)$'}
  code:
    - {of: status, values: {"7": "403", "true": "200"}}
    - {of: answer, matching: '^HTTP ([0-9]+)', values: {"404": "404"}}
  place: {of: a.b.c.d.e.f.g, matching: '(.+)'}
)";

LogSource example() {
  LoadReport report;
  auto source = parse_log_source(kFile, "x.yml", report);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  return source.value_or(LogSource{});
}

// What `field` is in `json`, as its strings are written, by the definition.
std::vector<std::string> defined(const LogSource& source, const std::string& json,
                                 std::string_view field) {
  const auto document = text::JsonDocument::parse(json);
  EXPECT_TRUE(document) << json;
  InnerDocuments inner;
  std::vector<std::string> found;
  for (const std::string& path : source.paths_of(field)) {
    for (const auto& value : resolve(document->root(), path, 64, &inner, source.parts))
      found.emplace_back(value.source());
  }
  return found;
}

// The same where the record lies, by walks or on trails.
std::vector<std::string> viewed(const LogSource& source, std::string json, std::string_view field,
                                bool is_followed) {
  KeyTable keys;
  Trails trails;
  FieldPath path(source.paths_of(field), keys, source.parts);
  path.settle(keys);
  if (is_followed) path.follow(trails);
  const std::size_t size = json.size();
  json.resize(size + text::kJsonPadding);
  text::JsonIndexer indexer;
  const auto tokens = indexer.index(std::string_view(json).substr(0, size));
  EXPECT_TRUE(tokens) << json;
  RecordView view(keys, &trails);
  view.reset(std::string_view(json).substr(0, size), *tokens);
  EXPECT_TRUE(view.has_next() && view.scan() == ScanFault::kNone) << json;
  std::vector<RawValue> values;
  view.resolve(path, values);
  std::vector<std::string> found;
  for (const RawValue& value : values) {
    EXPECT_EQ(value.type, text::JsonType::kString);
    found.push_back('"' + std::string(value.raw) + '"');
  }
  return found;
}

// All ways, which must agree.
std::vector<std::string> found(const std::string& json, std::string_view field) {
  const LogSource source = example();
  auto values = viewed(source, json, field, false);
  EXPECT_EQ(values, viewed(source, json, field, true)) << json;
  EXPECT_EQ(values, defined(source, json, field)) << json;
  return values;
}

TEST(FieldPart, IsWhatItsPatternTakesOutOfTheText) {
  EXPECT_THAT(found(R"({"method":"io.k8s.pods.create"})", "verb"), ElementsAre(R"("create")"));
  EXPECT_THAT(found(R"({"method":"create"})", "verb"), IsEmpty());
  EXPECT_THAT(found(R"({"other":"a.b"})", "verb"), IsEmpty());
}

TEST(FieldPart, IsFoundWhereTheFieldThatItIsOfMayStand) {
  EXPECT_THAT(found(R"({"call":{"method":"a.get"}})", "verb"), ElementsAre(R"("get")"));
  EXPECT_THAT(found(R"({"call.method":"a.get"})", "action"), ElementsAre(R"("get")"));
}

TEST(FieldPart, TakesFromEveryElementAndFromNoObject) {
  EXPECT_THAT(found(R"({"method":["a.b",["a.c"],{"x":"a.d"},null,7,"a"]})", "verb"),
              ElementsAre(R"("b")", R"("c")"));
}

TEST(FieldPart, IsOfEachOfSeveralTexts) {
  EXPECT_THAT(found(R"({"method":"a.get","call":{"method":"a.put"}})", "verb"),
              ElementsAre(R"("get")", R"("put")"));
  EXPECT_THAT(found(R"({"method":"get","call":{"method":"a.put"}})", "verb"),
              ElementsAre(R"("put")"));
  EXPECT_THAT(found(R"({"method":"a.get","method":"a.put"})", "verb"),
              ElementsAre(R"("get")", R"("put")"));
}

TEST(FieldPart, IsOfNothingWhereThereIsNull) {
  EXPECT_THAT(found(R"({"a.b.c.d.e.f.g":null})", "place"), IsEmpty());
}

// A path too long to be followed while a record is scanned.
TEST(FieldPart, IsOfTheEndOfItsPathAndNothingAbove) {
  EXPECT_THAT(found(R"({"a":{"b":{"c":{"d":{"e":{"f":{"g":"x"}}}}}}})", "place"),
              ElementsAre(R"("x")"));
  EXPECT_THAT(found(R"({"a":"x","a.b":7})", "place"), IsEmpty());
}

TEST(FieldPart, ReadsTextsWithEscapes) {
  EXPECT_THAT(found(R"({"method":"a\u002eput"})", "verb"), ElementsAre(R"("put")"));
}

TEST(FieldPart, GivesOneValueForAnother) {
  EXPECT_THAT(found(R"({"status":7})", "code"), ElementsAre(R"("403")"));
  EXPECT_THAT(found(R"({"status":true,"answer":"HTTP 404"})", "code"),
              ElementsAre(R"("200")", R"("404")"));
  EXPECT_THAT(found(R"({"status":8,"answer":"HTTP 500"})", "code"), IsEmpty());
}

TEST(FieldPart, HasOnePlaceHoweverOftenItsPathIsFollowed) {
  const LogSource source = example();
  KeyTable keys;
  Trails trails;
  FieldPath path(source.paths_of("code"), keys, source.parts);
  path.follow(trails);
  const std::size_t num_parts = trails.num_parts();
  EXPECT_EQ(num_parts, 2U);
  path.follow(trails);
  EXPECT_EQ(trails.num_parts(), num_parts);
}

TEST(FieldPart, IsNoContainerThatOneCouldLookInto) {
  EXPECT_THAT(found(R"({"method":"a.get"})", "verb.x"), IsEmpty());
}

TEST(FieldPart, IsAFieldThatTheLogSourceKnows) {
  LogSource source = example();
  source.schema["method"] = "string";
  EXPECT_TRUE(source.knows("verb"));
  EXPECT_FALSE(source.knows("noun"));
}

std::string first_problem(const std::string& part) {
  LoadReport report;
  const std::string yaml = "id: a.b\ntitle: t\nparts:\n  x: " + part + "\n";
  EXPECT_FALSE(parse_log_source(yaml, "x.yml", report)) << part;
  return report.problems().empty() ? "" : to_string(report.problems().front());
}

TEST(FieldPart, FaultsInAFileAreSaidWithTheirPlace) {
  EXPECT_THAT(first_problem("{matching: '(a)'}"), testing::HasSubstr("x.yml:4"));
  EXPECT_THAT(first_problem("{of: a, matching: 'a'}"), testing::HasSubstr("groups"));
  EXPECT_THAT(first_problem("{of: a}"), testing::HasSubstr("alias"));
  EXPECT_THAT(first_problem("{of: a, values: {b: 'c\\d'}}"), testing::HasSubstr("backslashes"));
  EXPECT_THAT(first_problem("{of: a, matching: '(a)', valus: {}}"), testing::HasSubstr("valus"));
}

}  // namespace
}  // namespace nepho::event
