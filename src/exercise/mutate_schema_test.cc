#include "exercise/mutate_schema.h"

#include <gtest/gtest.h>

#include <set>

namespace nepho::exercise {
namespace {

class SchemaChanges : public testing::Test {
 protected:
  std::string after(SchemaChange change, std::string_view path, const std::string& record) {
    Played played = read_play({{.text = record, .log_source = "x"}}, forms_);
    change_field(change, path, played);
    return written(played)[0].text;
  }

  event::LineForms forms_{{}};
};

TEST_F(SchemaChanges, DropAField) {
  EXPECT_EQ(after(SchemaChange::kDropped, "a.b", R"({"a":{"b":1,"c":2}})"), R"({"a":{"c":2}})");
}

TEST_F(SchemaChanges, MoveAFieldALevelDown) {
  EXPECT_EQ(after(SchemaChange::kMoved, "a.b", R"({"a":{"b":1}})"), R"({"a":{"details":{"b":1}}})");
}

TEST_F(SchemaChanges, SpellAFieldWithTheOtherFirstLetter) {
  EXPECT_EQ(after(SchemaChange::kSpelled, "userName", R"({"userName":1})"), R"({"UserName":1})");
}

TEST_F(SchemaChanges, MakeAListOfAValueAndAValueOfAList) {
  EXPECT_EQ(after(SchemaChange::kListed, "a", R"({"a":"x"})"), R"({"a":["x"]})");
  EXPECT_EQ(after(SchemaChange::kListed, "a", R"({"a":["x"]})"), R"({"a":"x"})");
  EXPECT_EQ(after(SchemaChange::kListed, "a", R"({"a":["x","y"]})"), R"({"a":["x","y"]})");
  EXPECT_EQ(after(SchemaChange::kListed, "a", R"({"a":null})"), R"({"a":null})");
}

TEST_F(SchemaChanges, MakeTextsOfNumbersAndNumbersOfTexts) {
  EXPECT_EQ(after(SchemaChange::kRetyped, "a", R"({"a":7})"), R"({"a":"7"})");
  EXPECT_EQ(after(SchemaChange::kRetyped, "a", R"({"a":"7"})"), R"({"a":7})");
  EXPECT_EQ(after(SchemaChange::kRetyped, "a", R"({"a":"true"})"), R"({"a":true})");
  EXPECT_EQ(after(SchemaChange::kRetyped, "a", R"({"a":{"b":1}})"), R"({"a":"{\"b\":1}"})");
}

TEST_F(SchemaChanges, LeaveATextThatIsNoNumber) {
  for (const char* record : {R"({"a":"x"})", R"({"a":"007"})", R"({"a":null})"}) {
    EXPECT_EQ(after(SchemaChange::kRetyped, "a", record), record);
  }
}

TEST_F(SchemaChanges, DoNothingToALine) {
  std::vector<event::LogSource> sources(1);
  sources[0].lines.push_back({.columns = {"a", "b"}, .known_by = *text::Regex::compile("^x")});
  const event::LineForms forms(sources);
  Played played = read_play({{.text = "x y", .log_source = "x"}}, forms);
  ASSERT_TRUE(played[0].values);
  change_field(SchemaChange::kDropped, "a", played);
  EXPECT_EQ(written(played)[0].text, "x y");
}

TEST(SchemaChangeNames, AreTheirOwn) {
  std::set<std::string_view> ids;
  for (const SchemaChange change : kSchemaChanges) {
    EXPECT_TRUE(ids.insert(id_of(change)).second);
    EXPECT_FALSE(what_is(change).empty());
  }
}

}  // namespace
}  // namespace nepho::exercise
