#include "text/json_writer.h"

#include <gtest/gtest.h>

#include <limits>

#include "text/json.h"

namespace nepho::text {
namespace {

std::string as_json(std::string_view text) {
  std::string out;
  append_json_quoted(text, out);
  return out;
}

TEST(JsonQuoted, EscapesWhatRfc8259AsksForAndNoMore) {
  EXPECT_EQ(as_json("a\"\\/\b\f\n\r\t\x01\x1f\x7f"),
            "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\x7f\"");
  EXPECT_EQ(as_json("é€\U0001F600"), "\"é€\U0001F600\"");
}

TEST(JsonQuoted, ReplacesEachByteThatIsNoUtf8) {
  EXPECT_EQ(as_json("a\xff\xe2\x82z"), "\"a\uFFFD\uFFFD\uFFFDz\"");
}

TEST(JsonQuoted, ReadsBackAsTheSameTextForEveryByte) {
  std::string all;
  for (int c = 0; c < 128; ++c) all += static_cast<char>(c);
  const auto document = JsonDocument::parse(as_json(all));
  ASSERT_TRUE(document);
  EXPECT_EQ(document->root().text(), all);
}

TEST(JsonWriter, WritesOneLineByDefault) {
  JsonWriter json;
  json.begin_object().member("id", "T1078").key("list").begin_array().number(1).boolean(false);
  json.null().begin_object().end_object().end_array().member("on", true).end_object();
  EXPECT_EQ(json.text(), R"({"id":"T1078","list":[1,false,null,{}],"on":true})");
}

TEST(JsonWriter, LaysOutOverLinesWhenAsked) {
  JsonWriter json(2);
  json.begin_object().member("a", 1).key("b").begin_array().string("x").end_array();
  json.key("c").begin_array().end_array().end_object();
  EXPECT_EQ(json.text(), "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ],\n  \"c\": []\n}");
}

TEST(JsonWriter, WritesNumbersWithoutTrailingZeros) {
  JsonWriter json;
  json.begin_array().number(0.5).number(2.0).number(0.1234567).number(1e21).number(-0.0);
  json.number(0.126, 2).number(100.0, 0).number(std::numeric_limits<std::int64_t>::min());
  json.end_array();
  EXPECT_EQ(json.text(), "[0.5,2,0.123457,1000000000000000000000,0,0.13,100,-9223372036854775808]");
}

TEST(JsonWriter, WritesNoNumberAsNull) {
  JsonWriter json;
  json.begin_array().number(std::numeric_limits<double>::quiet_NaN());
  json.number(std::numeric_limits<double>::infinity()).end_array();
  EXPECT_EQ(json.text(), "[null,null]");
}

TEST(JsonWriter, WritesAListOfStrings) {
  JsonWriter json;
  json.begin_object().strings("t", std::vector<std::string>{"a", "b"});
  json.strings("none", std::vector<std::string>{}).end_object();
  EXPECT_EQ(json.take(), R"({"t":["a","b"],"none":[]})");
}

using JsonWriterDeathTest = testing::Test;

TEST(JsonWriterDeathTest, RefusesWhatWouldBeNoJson) {
  EXPECT_EXIT(JsonWriter().begin_object().end_array(), testing::ExitedWithCode(70), "");
  EXPECT_EXIT(JsonWriter().begin_object().string("no key"), testing::ExitedWithCode(70), "");
  EXPECT_EXIT(JsonWriter().begin_array().key("k"), testing::ExitedWithCode(70), "");
  EXPECT_EXIT(JsonWriter().begin_object().key("k").end_object(), testing::ExitedWithCode(70), "");
  EXPECT_EXIT(JsonWriter().begin_array().take(), testing::ExitedWithCode(70), "");
}

}  // namespace
}  // namespace nepho::text
