#include "text/json.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

std::string compact(const std::string& json) {
  const auto document = JsonDocument::parse(json, "x.json");
  if (!document) return to_string(document.error());
  std::string out;
  append_compact(document->root(), out);
  return out;
}

TEST(Json, WritesCompactWhatItReadWithNumbersAsTheyWere) {
  EXPECT_EQ(compact(" { \"a\" : [ 1.50 , -0 , 9007199254740993 , true , null ] , \"\" : { } } "),
            R"({"a":[1.50,-0,9007199254740993,true,null],"":{}})");
}

TEST(Json, DecodesEscapesAndSurrogatePairs) {
  const auto document = JsonDocument::parse(R"("\u0041\n\ud83d\ude00\ud800x")");
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), "A\n\U0001F600\uFFFDx");
}

TEST(Json, NamesThePlaceOfAFault) {
  EXPECT_EQ(compact("{\n \"a\": 1,\n \"b\" 2}"),
            "x.json:3:6: error[json.syntax]: expected ':' after a key");
}

// These are found before there are tokens, so that their places are looked for afterwards.
TEST(Json, NamesThePlaceOfATextThatHasNoStructure) {
  EXPECT_EQ(compact("{\"a\": \"b\",\n \"c\": \"d"),
            "x.json:2:7: error[json.open_string]: a string has no closing quote\n"
            "   the text may have been cut short");
  EXPECT_EQ(compact("[\"a\\\"b\", \"\\\\\",\n\"c\\\"]"),
            "x.json:2:1: error[json.open_string]: a string has no closing quote\n"
            "   the text may have been cut short");
  EXPECT_EQ(compact("[1,\n \"a\tb\"]"),
            "x.json:2:4: error[json.control_in_string]: a string holds an unescaped control "
            "character");
  EXPECT_EQ(compact("[\"a\\\nb\"]"),
            "x.json:1:5: error[json.control_in_string]: a string holds an unescaped control "
            "character");
  EXPECT_EQ(compact("[\n\n  \"\xff\"]"),
            "x.json:3:4: error[json.bad_utf8]: the text is not valid UTF-8");
}

TEST(Json, RefusesWhatTheGrammarDoesNot) {
  for (const char* bad :
       {"", "[1,]", "{\"a\":1,}", "[01]", "[1.]", "[tru]", "[1 2]", "[\"a\" \"b\"]", "{1:2}",
        "[1]]", "\"\\x\"", "\"\\u12\"", "[\"a\"1]", "nan", "[-]", "{\"a\"}", "[", "{\"a\":"}) {
    EXPECT_FALSE(JsonDocument::parse(bad)) << bad;
  }
}

TEST(Json, RefusesDepthBeyondTheLimitWithoutRecursion) {
  const auto document = JsonDocument::parse(std::string(100'000, '['));
  ASSERT_FALSE(document);
  EXPECT_EQ(document.error().code, kJsonTooDeep);
}

TEST(Json, FindsTheLastOfARepeatedKey) {
  const auto document = JsonDocument::parse(R"({"a":"x","a":"y"})");
  EXPECT_EQ(document->root().string_at("a"), "y");
}

TEST(Json, KnowsThePlaceOfEveryValue) {
  const auto document = JsonDocument::parse("\xEF\xBB\xBF\n{\n  \"a\": 1}");
  ASSERT_TRUE(document);
  const Place place = document->place_of(*document->root().find("a"), "x.json");
  EXPECT_EQ(to_string(place), "x.json:3:8");
}

TEST(Json, ReadsAStringWhateverStandsAroundIt) {
  EXPECT_EQ(compact("\"\""), "\"\"");
  EXPECT_EQ(compact("[ \"a\\\\\" \n , \"\\\"\"\t]"), "[\"a\\\\\",\"\\\"\"]");
  EXPECT_EQ(compact("{\"a\" : \"b\"\r\n}"), "{\"a\":\"b\"}");
  EXPECT_FALSE(JsonDocument::parse("\"a\"b"));
  EXPECT_FALSE(JsonDocument::parse("[\"a\"\"b\"]"));
}

TEST(Json, KeepsItsValuesAfterAMove) {
  auto document = JsonDocument::parse(R"({"a":"\u0062"})");
  const JsonDocument moved = std::move(*document);
  EXPECT_EQ(moved.root().string_at("a"), "b");
}

}  // namespace
}  // namespace nepho::text
