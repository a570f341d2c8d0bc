#include "event/printed_hash.h"

#include <gtest/gtest.h>

#include <random>

#include "text/json.h"

namespace nepho::event {
namespace {

TEST(PrintedHash, BecomesJson) {
  EXPECT_EQ(json_of_printed_hash(R"({"kind"=>"Event", "code"=>403, "user"=>nil, "ok"=>true})"),
            R"({"kind":"Event", "code":403, "user":null, "ok":true})");
  EXPECT_EQ(json_of_printed_hash(R"({"user"=>{"groups"=>["a", nil]}, "x"=>{}} and more)"),
            R"({"user":{"groups":["a", null]}, "x":{}})");
}

TEST(PrintedHash, LeavesStringsAsTheyAre) {
  EXPECT_EQ(json_of_printed_hash(R"({"a=>b"=>"nil => {[\"x\"]} \\"})"),
            R"({"a=>b":"nil => {[\"x\"]} \\"})");
}

TEST(PrintedHash, WritesRubysEscapesAsJsonHasThem) {
  const auto json =
      json_of_printed_hash(R"({"a"=>"\e[0m\#{x} \n\u00e9 \xC3( \xC3a \u{1F600} \a\v"})");
  EXPECT_EQ(json, R"({"a":"\u001b[0m#{x} \n\u00e9 \ufffd( \ufffda \ufffd \u0007\u000b"})");
  EXPECT_TRUE(text::JsonDocument::parse(*json, {}));
}

TEST(PrintedHash, IsNoJsonAndNoTextThatEnds) {
  for (const std::string_view other : {R"({"a":1})", R"({"a"=>1)", R"({"a"=>"b)", R"(["a"])",
                                       R"(a)", "", R"({"a"=1})", R"({"a"=>"\)", R"({"a:b"=>:c})"}) {
    EXPECT_EQ(json_of_printed_hash(other), std::nullopt) << other;
  }
}

TEST(FluentBitLine, HoldsItsRecordBehindTimeAndMetadata) {
  EXPECT_EQ(json_of_fluent_bit_line(R"([0] kube.audit: [1709262245.123456789, {"a"=>{"b"=>1}}])"),
            R"({"a":{"b":1}})");
  EXPECT_EQ(json_of_fluent_bit_line(R"([12] t: [[1709262245.5, {"m"=>"]"}], {"a"=>nil}])"),
            R"({"a":null})");
}

TEST(FluentBitLine, IsTellableFromJson) {
  for (const std::string_view other :
       {R"([0])", R"([0] [1])", R"([0, 1])", R"([] t: [1, {"a"=>1}])", R"([0] two words: [1, {}])",
        R"({"a": [1]})", R"([0] t: {})", "", "[", "[0"}) {
    EXPECT_FALSE(is_fluent_bit_line(other)) << other;
    EXPECT_EQ(json_of_fluent_bit_line(other), std::nullopt) << other;
  }
  EXPECT_EQ(json_of_fluent_bit_line("[0] t: [1]"), std::nullopt);
  EXPECT_EQ(json_of_fluent_bit_line("[0] t: [1, {\"a\"=>"), std::nullopt);
}

TEST(PrintedHash, TakesAnyTextWithoutReadingBehindIt) {
  std::mt19937 random(7);
  constexpr std::string_view kAlphabet = "{}[]\"\\=>nilxu0 ,:";
  for (int round = 0; round < 20000; ++round) {
    std::string text = "{";
    for (const auto size = random() % 24; text.size() < size;)
      text += kAlphabet[random() % kAlphabet.size()];
    const std::string exact(text);
    json_of_printed_hash(exact);
    json_of_fluent_bit_line("[0] t: [1, " + exact);
    SUCCEED();
  }
}

}  // namespace
}  // namespace nepho::event
