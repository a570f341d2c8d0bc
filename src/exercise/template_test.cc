#include "exercise/template.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;

// {user} is ada, {count} a number, {policy} a tree, {nothing} null; all else means nothing.
Result<std::optional<Tree>> known(const Piece& piece) {
  if (piece.text == "user") return text_tree("ada");
  if (piece.text == "count") return plain_tree("3");
  if (piece.text == "nothing") return plain_tree("null");
  if (piece.text == "policy")
    return text::parse_yaml("{Effect: Allow, Action: [a, b]}", "").value();
  return std::nullopt;
}

std::string expanded(std::string_view yaml) {
  Expander expander(known);
  const auto tree = expander.tree(text::parse_yaml(yaml, "test").value());
  if (!tree) return "error " + std::string(tree.error().code.name());
  return *tree ? text::json_of_yaml(**tree) : "absent";
}

TEST(Template, PutsNamesIntoTexts) {
  EXPECT_EQ(expanded("'{user} and {user}{count}'"), "\"ada and ada3\"");
}

TEST(Template, GivesANameThatStandsAloneItsOwnType) {
  EXPECT_EQ(expanded("{n: '{count}', p: '{policy}', z: '{nothing}'}"),
            R"({"n":3,"p":{"Effect":"Allow","Action":["a","b"]},"z":null})");
}

TEST(Template, LeavesOutWhatMayBeAbsentAndIs) {
  EXPECT_EQ(expanded("{a: '{error?}', b: ['{error?}', x], c: '{nothing?}'}"), R"({"b":["x"]})");
}

TEST(Template, TakesTheFallbackWhereThereIsNoValue) {
  EXPECT_EQ(expanded("'{path|/}{user|nobody}'"), "\"/ada\"");
  EXPECT_EQ(expanded("'{nothing|none}'"), "\"none\"");
}

TEST(Template, LeavesBracesAloneThatBeginNoName) {
  EXPECT_EQ(expanded(R"('{"Version":1} ${Aws:x} {{user} { } {}')"),
            R"("{\"Version\":1} ${Aws:x} {user} { } {}")");
}

TEST(Template, WritesATreeAsJsonInATextWhereADirectiveSaysSo) {
  EXPECT_EQ(expanded("{d: {$json: {user: '{user}', n: '{count}'}}}"),
            R"({"d":"{\"user\":\"ada\",\"n\":3}"})");
  EXPECT_EQ(expanded("{d: {$url_text: 'a b/{user}'}}"), R"({"d":"a%20b%2Fada"})");
}

TEST(Template, RefusesANameThatMeansNothing) {
  EXPECT_EQ(expanded("'{usr}'"), "error exercise.unknown_name");
  EXPECT_EQ(expanded("{d: {$jsn: x}}"), "error exercise.unknown_name");
}

TEST(Template, EndsBeforeItFillsTheMemory) {
  Limits limits;
  limits.max_record_bytes = 1'000;
  Expander texts([](const Piece&) { return text_tree(std::string(400, 'x')); }, limits);
  EXPECT_TRUE(texts.text("{a}{a}"));
  EXPECT_EQ(texts.text("{a}{a}").error().code, kTooLarge);
  limits.max_yaml_nodes = 10;
  Expander trees(known, limits);
  const auto wide = text::parse_yaml("['{policy}', '{policy}', '{policy}']", "").value();
  EXPECT_EQ(trees.tree(wide).error().code, kTooLarge);
}

TEST(Template, ReadsNamesWithArgumentsAndPaths) {
  const auto pieces = parse_template("x{upper:16}{request.a-b.0|c:d?}");
  ASSERT_EQ(pieces.size(), 3U);
  EXPECT_EQ(pieces[1].text, "upper");
  EXPECT_EQ(pieces[1].argument, "16");
  EXPECT_EQ(pieces[2].text, "request.a-b.0");
  EXPECT_EQ(pieces[2].fallback, "c:d");
  EXPECT_TRUE(pieces[2].may_be_absent);
}

TEST(Template, NamesWhatItNeeds) {
  const auto tree = text::parse_yaml("{a: '{user.x} {upper:3}', b: ['{n}', 1]}", "").value();
  EXPECT_THAT(names_in(tree), ElementsAre("n", "upper", "user"));
}

}  // namespace
}  // namespace nepho::exercise
