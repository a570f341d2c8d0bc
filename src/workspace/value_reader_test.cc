#include "workspace/value_reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "text/yaml_keys.h"
#include "workspace/errors.h"

namespace nepho::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::StartsWith;
using namespace std::chrono_literals;

// One YAML text, read by the reader under test; what was reported stands as "line:column code".
class ValueReaderTest : public testing::Test {
 protected:
  const text::YamlNode& parsed(std::string_view yaml) {
    auto node = text::parse_yaml(yaml, file_);
    EXPECT_TRUE(node) << yaml;
    node_ = node ? std::move(*node) : text::YamlNode();
    return node_;
  }
  std::vector<std::string> reported() const {
    std::vector<std::string> lines;
    for (const Problem& problem : report_.problems()) {
      EXPECT_EQ(problem.error.place.file, file_);
      lines.push_back(fmt::format("{}:{} {}", problem.error.place.line, problem.error.place.column,
                                  problem.error.code.name()));
    }
    return lines;
  }
  std::string message() const {
    return report_.problems().empty() ? "" : report_.problems().back().error.message;
  }

  const std::string file_ = "w/nephometer.yml";
  LoadReport report_;
  ValueReader values_{file_, report_};
  text::YamlNode node_;
};

TEST_F(ValueReaderTest, ReadsEachKindOfValue) {
  EXPECT_EQ(values_.count(parsed("40")), 40U);
  EXPECT_DOUBLE_EQ(values_.ratio(parsed("0.95")), 0.95);
  EXPECT_TRUE(values_.flag(parsed("true")));
  EXPECT_EQ(values_.timespan(parsed("15m")), 15min);
  EXPECT_EQ(values_.day(parsed("2027-06-30")), std::chrono::sys_days(2027y / 6 / 30));
  EXPECT_THAT(reported(), IsEmpty());
}

TEST_F(ValueReaderTest, TheEdgesOfARatioBelongToIt) {
  EXPECT_DOUBLE_EQ(values_.ratio(parsed("0")), 0);
  EXPECT_DOUBLE_EQ(values_.ratio(parsed("1")), 1);
  EXPECT_THAT(reported(), IsEmpty());
  for (const char* outside : {"-0.01", "1.01", ".nan", ".inf", "-.inf"}) {
    const std::size_t before = report_.problems().size();
    EXPECT_DOUBLE_EQ(values_.ratio(parsed(outside)), 0) << outside;
    EXPECT_EQ(report_.problems().size(), before + 1) << outside;
  }
}

TEST_F(ValueReaderTest, OffersAPercentAsTheShareThatItMeans) {
  (void)values_.ratio(parsed("95"));
  EXPECT_EQ(report_.problems().at(0).error.hint, "did you mean 0.95?");
  (void)values_.ratio(parsed("101"));  // no percent either: nothing to offer
  EXPECT_EQ(report_.problems().at(1).error.hint, "");
}

TEST_F(ValueReaderTest, ACountIsWholeAndNotNegative) {
  EXPECT_EQ(values_.count(parsed("0")), 0U);
  for (const char* bad : {"-1", "1.5", "many", "99999999999999999999", "[1]", "'4'", "~"}) {
    EXPECT_EQ(values_.count(parsed(bad)), std::nullopt) << bad;
  }
  EXPECT_EQ(report_.num_errors(), 7U);
}

// YAML 1.1's words for booleans are texts in 1.2: "no" for Norway must not become false.
TEST_F(ValueReaderTest, AFlagIsTrueOrFalseAndNoOtherWord) {
  EXPECT_FALSE(values_.flag(parsed("false")));
  for (const char* bad : {"yes", "no", "on", "1", "'true'"}) {
    EXPECT_FALSE(values_.flag(parsed(bad))) << bad;
  }
  EXPECT_EQ(report_.num_errors(), 5U);
  EXPECT_EQ(message(), "expected true or false, came: 'true'");
}

TEST_F(ValueReaderTest, ADayExistsAndHasNoTime) {
  for (const char* bad : {"2027-02-29", "2027-13-01", "2027-6-30", "30.06.2027", "2027-06-30T00:00",
                          "1798761600", "06/30/2027", "~", "[2027-06-30]", "2027/06/30"}) {
    EXPECT_EQ(values_.day(parsed(bad)), std::chrono::sys_days()) << bad;
  }
  EXPECT_EQ(report_.num_errors(), 10U);
  EXPECT_EQ(values_.day(parsed("2028-02-29")), std::chrono::sys_days(2028y / 2 / 29));
}

TEST_F(ValueReaderTest, AFaultNamesWhatCameAtItsPlace) {
  const text::YamlNode& root = parsed("name:\n  - a\nflag: {b: c}\n");
  EXPECT_EQ(values_.text_at(root, "name"), "");
  EXPECT_EQ(message(), "expected a text, came: a list");
  EXPECT_FALSE(values_.flag(*root.find("flag")));
  EXPECT_EQ(message(), "expected true or false, came: a mapping");
  EXPECT_THAT(reported(), ElementsAre("2:3 workspace.bad_value", "3:7 workspace.bad_value"));
}

// A nephometer.yml may come with a checkout of somebody else's.
TEST_F(ValueReaderTest, TextOfOthersIsShownEscapedAndCut) {
  (void)values_.flag(parsed(R"("\e]0;owned\a")"));
  EXPECT_EQ(message(), R"(expected true or false, came: '\x1b]0;owned\x07')");
  (void)values_.flag(parsed(std::string(10'000, 'x')));
  EXPECT_LT(message().size(), 300U);
}

TEST_F(ValueReaderTest, AMissingOrEmptyTextIsNone) {
  const text::YamlNode& root = parsed("name:\nother: ''\n");
  EXPECT_EQ(values_.text_at(root, "name"), "");
  EXPECT_EQ(values_.text_at(root, "other"), "");
  EXPECT_EQ(values_.text_at(root, "absent"), "");
  EXPECT_THAT(reported(), IsEmpty());
}

TEST_F(ValueReaderTest, OneTextIsAListOfOne) {
  const text::YamlNode& root = parsed("one: a\nmany: [a, b]\nnone:\n");
  EXPECT_THAT(values_.list_at(root, "one"), ElementsAre("a"));
  EXPECT_THAT(values_.list_at(root, "many"), ElementsAre("a", "b"));
  EXPECT_THAT(values_.list_at(root, "none"), IsEmpty());
  EXPECT_THAT(values_.list_at(root, "absent"), IsEmpty());
  EXPECT_THAT(reported(), IsEmpty());
}

TEST_F(ValueReaderTest, WhatIsNoTextInAListIsAnErrorAtItsItem) {
  const text::YamlNode& root = parsed("a: [x, {y: z}, [w]]\nb: {c: d}\n");
  (void)values_.list_at(root, "a");
  (void)values_.list_at(root, "b");
  EXPECT_THAT(reported(), ElementsAre("1:8 workspace.bad_value", "1:16 workspace.bad_value",
                                      "2:4 workspace.bad_value"));
}

// Lists become placeholders of rules; an empty text there would make `contains|expand` hold for
// every event.
TEST_F(ValueReaderTest, AnItemThatWasLeftEmptyIsAnErrorAndNoText) {
  const text::YamlNode& root = parsed("ids:\n  - '1'\n  -\n  - ~\n");
  EXPECT_THAT(values_.list_at(root, "ids"), ElementsAre("1"));
  EXPECT_THAT(reported(), ElementsAre("3:4 workspace.bad_value", "4:5 workspace.bad_value"));
  EXPECT_EQ(message(), "expected a text, came: nothing");
}

TEST_F(ValueReaderTest, KeysAreHeldAgainstThoseKnown) {
  EXPECT_TRUE(values_.has_keys(parsed("{a: 1}"), {"a", "b"}));
  EXPECT_TRUE(values_.has_keys(parsed("{}"), {"a"}));
  EXPECT_FALSE(values_.has_keys(parsed("~"), {"a"}));  // nothing there, nothing wrong
  EXPECT_THAT(reported(), IsEmpty());
  EXPECT_FALSE(values_.has_keys(parsed("{a: 1, c: 2}"), {"a", "b"}));
  EXPECT_EQ(report_.problems().at(0).error.code, text::kYamlUnknownKey);
  EXPECT_FALSE(values_.has_keys(parsed("[a]"), {"a"}));
  EXPECT_EQ(report_.problems().at(1).error.code, text::kYamlWrongKind);
}

TEST_F(ValueReaderTest, AKeyThatIsNeededNeedsAValueToo) {
  EXPECT_TRUE(values_.has_all(parsed("{a: 1, b: 2}"), {"a", "b"}));
  EXPECT_THAT(reported(), IsEmpty());
  EXPECT_FALSE(values_.has_all(parsed("a: 1\nb:\n"), {"a", "b"}));
  EXPECT_EQ(message(), "expected the key 'b'");
  EXPECT_THAT(reported(), ElementsAre(StartsWith("1:1 workspace.missing_key")));
}

TEST_F(ValueReaderTest, ItemsAreThoseOfAListAndNothingElse) {
  EXPECT_EQ(values_.items_of(parsed("[a, b]")).size(), 2U);
  EXPECT_THAT(values_.items_of(parsed("~")), IsEmpty());
  EXPECT_THAT(reported(), IsEmpty());
  EXPECT_THAT(values_.items_of(parsed("a")), IsEmpty());
  EXPECT_FALSE(values_.is_mapping(parsed("[a]")));
  EXPECT_EQ(report_.num_errors(), 2U);
}

}  // namespace
}  // namespace nepho::workspace
