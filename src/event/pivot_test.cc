#include "event/pivot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/field_path.h"
#include "event/log_source_file.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr std::string_view kFile = R"(
id: example.audit
title: Example audit
pivots:
  Parameters: {name: Name, value: Value}
  ModifiedProperties: {name: Name, value: NewValue, also: OldValue}
  events.parameters: {name: name, value: [value, intValue, multiValue]}
aliases:
  sigma: {ForwardTo: Parameters.ForwardTo}
  elastic: {o365.audit.Parameters: Parameters}
)";

LogSource example() {
  LoadReport report;
  auto source = parse_log_source(kFile, "x.yml", report);
  for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
  return source.value_or(LogSource{});
}

// "Parameters[Name=ForwardTo].Value".
std::string readable_path(std::string_view path) {
  const std::size_t mark = path.find(kSelectorMark);
  if (mark == path.npos) return std::string(path);
  const auto selector = Selector::begin_of(path.substr(mark));
  if (!selector) return std::string(path);
  std::string out(path.substr(0, mark == 0 ? 0 : mark - 1));
  out.append("[").append(selector->key).append("=").append(selector->name).append("]");
  if (!selector->rest.empty()) out.append(".").append(readable_path(selector->rest));
  return out;
}

// The paths of a field made readable, the field itself left out.
std::vector<std::string> paths(std::string_view field) {
  std::vector<std::string> readable;
  for (const std::string& path : example().paths_of(field)) {
    if (path != field) readable.push_back(readable_path(path));
  }
  return readable;
}

// What `field` stands for in `json`, as written there.
std::vector<std::string> found(const std::string& json, std::string_view field) {
  const auto document = text::JsonDocument::parse(json);
  EXPECT_TRUE(document) << json;
  std::vector<std::string> sources;
  for (const std::string& path : example().paths_of(field)) {
    for (const auto& value : resolve(document->root(), path)) sources.emplace_back(value.source());
  }
  return sources;
}

TEST(Pivot, ANameStandsForTheValuesOfItsElements) {
  EXPECT_THAT(paths("Parameters.ForwardTo"), ElementsAre("Parameters[Name=ForwardTo].Value"));
  EXPECT_THAT(found(R"({"Parameters":[{"Name":"Identity","Value":"a"},{"Name":"ForwardTo",)"
                    R"("Value":"b"},{"Value":"c","Name":"ForwardTo"}]})",
                    "Parameters.ForwardTo"),
              ElementsAre("\"b\"", "\"c\""));
}

TEST(Pivot, EachOfSeveralValuesCounts) {
  EXPECT_THAT(found(R"({"events":[{"parameters":[{"name":"a b","intValue":"3"}]},)"
                    R"({"parameters":[{"name":"a b","multiValue":["x","y"]}]}]})",
                    "events.parameters.a b"),
              ElementsAre("\"3\"", R"(["x","y"])"));
}

TEST(Pivot, ANameMayHoldDotsAndEndInAPartOfTheElement) {
  const std::string json =
      R"({"ModifiedProperties":[{"Name":"Group.DisplayName","NewValue":"n","OldValue":"o"}]})";
  EXPECT_THAT(found(json, "ModifiedProperties.Group.DisplayName"), ElementsAre("\"n\""));
  EXPECT_THAT(found(json, "ModifiedProperties.Group.DisplayName.NewValue"), ElementsAre("\"n\""));
  EXPECT_THAT(found(json, "ModifiedProperties.Group.DisplayName.OldValue"), ElementsAre("\"o\""));
}

TEST(Pivot, NamesAreComparedByteForByte) {
  EXPECT_THAT(found(R"({"Parameters":[{"Name":"forwardto","Value":1},{"Name":7,"Value":2},)"
                    R"({"Name":"ForwardTo ","Value":3},{"name":"ForwardTo","Value":4}]})",
                    "Parameters.ForwardTo"),
              IsEmpty());
}

TEST(Pivot, TheKeysOfElementsAreNoNames) {
  EXPECT_THAT(paths("Parameters.Name"), IsEmpty());
  EXPECT_THAT(paths("ModifiedProperties.OldValue.x"), IsEmpty());
  EXPECT_THAT(paths("Parameters."), IsEmpty());
  EXPECT_THAT(paths("ParametersForwardTo"), IsEmpty());
}

TEST(Pivot, AnAliasMayLeadToAnElementAndToTheArray) {
  EXPECT_THAT(paths("ForwardTo"),
              ElementsAre("Parameters.ForwardTo", "Parameters[Name=ForwardTo].Value"));
  EXPECT_THAT(paths("o365.audit.Parameters.User"),
              ElementsAre("Parameters.User", "Parameters[Name=User].Value"));
}

TEST(Pivot, AnObjectInPlaceOfTheArrayIsItsOnlyElement) {
  EXPECT_THAT(found(R"({"Parameters":{"Name":"ForwardTo","Value":"b"}})", "Parameters.ForwardTo"),
              ElementsAre("\"b\""));
}

TEST(Pivot, AKeyIsNeverTakenForASelector) {
  const std::string path = example().paths_of("Parameters.X").back();
  const auto document = text::JsonDocument::parse(
      R"({"Parameters.\u001eName\u001eX\u001e":{"Value":1},"Parameters":)"
      R"({"\u001eName\u001eX\u001e":{"Value":2},"\u001eName\u001eX\u001e.Value":3}})");
  ASSERT_TRUE(document);
  EXPECT_THAT(resolve(document->root(), path), IsEmpty());
}

TEST(Pivot, ABrokenSelectorLeadsNowhere) {
  const auto document = text::JsonDocument::parse(R"({"a":[{"b":"c","d":1}]})");
  for (const char* path : {"a.\x1E",
                           "a.\x1E"
                           "b",
                           "a.\x1E"
                           "b\x1E"
                           "c",
                           "a.\x1E"
                           "b\x1E"
                           "c\x1E"
                           "d",
                           "\x1E"
                           "b\x1E"
                           "c\x1E.d"}) {
    EXPECT_THAT(resolve(document->root(), path), IsEmpty());
  }
}

TEST(Pivot, JsonTextInQuotesIsUnquoted) {
  EXPECT_EQ(unquoted("\"True\""), "True");
  EXPECT_EQ(unquoted("\"\""), "");
  for (const char* text : {"True", "\"", "", "\"a", "\"a\" \"b\"", "\"a\\\\b\"", "[\"a\"]"}) {
    EXPECT_FALSE(unquoted(text)) << text;
  }
}

TEST(Pivot, RawTextIsUnquotedHoweverItsQuotesAreEscaped) {
  EXPECT_EQ(unquoted_raw(R"(\"True\")"), "True");
  EXPECT_EQ(unquoted_raw(R"(\u0022True\")"), "True");
  EXPECT_EQ(unquoted_raw(R"(\"caf\u00e9\u0022)"), R"(caf\u00e9)");
  EXPECT_EQ(unquoted_raw(R"(\"\")"), "");
  for (const char* raw : {R"(True)", R"(\")", R"(\"a\\b\")", R"(\"a\u005Cb\")", R"(\"a\"b\")",
                          R"(\"a\\u0022)", R"(\\\"a\")", R"(\"a)"}) {
    EXPECT_FALSE(unquoted_raw(raw)) << raw;
  }
}

TEST(Pivot, AFileMustSayWhereNameAndValueStand) {
  for (const char* pivots : {"{a: {name: n}}", "{a: {value: v}}", "{a: b}", "[a]",
                             "{a: {name: n.m, value: v}}", "{a: {name: n, value: v, other: w}}"}) {
    LoadReport report;
    EXPECT_FALSE(parse_log_source("id: a.b\ntitle: t\npivots: " + std::string(pivots) + "\n",
                                  "x.yml", report))
        << pivots;
  }
}

}  // namespace
}  // namespace nepho::event
