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

TEST(JsonQuoted, EscapesWhatRfc8259AsksFor) {
  EXPECT_EQ(as_json("a\"\\/\b\f\n\r\t\x01\x1f"), "\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0001\\u001f\"");
  EXPECT_EQ(as_json("é€\U0001F600"), "\"é€\U0001F600\"");
}

// DEL, and CSI as one character: terminals that know C1 obey "\u009b2J" as they do "\x1b[2J".
TEST(JsonQuoted, EscapesWhatATerminalMayObey) {
  EXPECT_EQ(as_json("a\x7f\u0080\u009b2J\u009f"), R"("a\u007f\u0080\u009b2J\u009f")");
  EXPECT_EQ(as_json("\u00a0\u00c2"), "\"\u00a0\u00c2\"");  // the same lead byte, or the next one
  EXPECT_EQ(as_json("sixteen plain by\x7fs"), R"("sixteen plain by\u007fs")");
  EXPECT_EQ(as_json("fifteen plain b\x7fs and more"), R"("fifteen plain b\u007fs and more")");
}

TEST(JsonOnOneLine, KeepsTheValueAndNoControlCharacter) {
  const std::string json = "{\n \"a\":\r\n \"\u009b2J\x7f\u00e9\"}";
  EXPECT_EQ(json_on_one_line(json), "{  \"a\":   \"\\u009b2J\\u007f\u00e9\"}");
  const auto before = JsonDocument::parse(json);
  const auto after = JsonDocument::parse(json_on_one_line(json));
  ASSERT_TRUE(before && after);
  EXPECT_EQ(before->root().find("a")->text(), after->root().find("a")->text());
}

TEST(JsonWriter, MendsALineEndAndAControlAnywhereInALongText) {
  for (std::size_t at = 0; at < 70; ++at) {
    const std::string before(at, 'a');
    const std::string behind(70 - at, 'b');
    EXPECT_EQ(json_on_one_line(before + "\n" + behind), before + " " + behind);
    EXPECT_EQ(json_on_one_line(before + "\r" + behind), before + " " + behind);
    EXPECT_EQ(json_on_one_line(before + "\x7F" + behind), before + "\\u007f" + behind);
    EXPECT_EQ(json_on_one_line(before + "\xC2\x9B" + behind), before + "\\u009b" + behind);
    EXPECT_EQ(json_on_one_line(before + "\xC2\xA7" + behind), before + "\xC2\xA7" + behind);
  }
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
