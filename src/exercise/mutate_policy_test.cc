#include "exercise/mutate_policy.h"

#include <gtest/gtest.h>

#include "text/json.h"
#include "text/json_yaml.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

constexpr std::string_view kPolicy =
    R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},)"
    R"("Action":["s3:GetObject","s3:*"],"Resource":"*"}]})";

Tree tree_of(std::string_view json) {
  return text::yaml_of_json(*text::JsonDocument::parse(std::string(json)));
}

std::string rewritten(std::string_view json, PolicyWay way) {
  Tree document = tree_of(json);
  rewrite_policy(document, way);
  return policy_text(document, way);
}

TEST(PolicyWays, BlanksStandBetweenTokensOnly) {
  const std::string text = rewritten(kPolicy, PolicyWay::kSpacing);
  EXPECT_NE(text, kPolicy);
  EXPECT_EQ(text::json_of_yaml(tree_of(text)), kPolicy);
}

TEST(PolicyWays, EscapesAreTheSameCharacters) {
  const std::string text = rewritten(kPolicy, PolicyWay::kEscapes);
  EXPECT_EQ(text.find("Allow"), std::string::npos);
  EXPECT_NE(text.find("\\u002a"), std::string::npos);
  EXPECT_EQ(text::json_of_yaml(tree_of(text)), kPolicy);
}

TEST(PolicyWays, AListOfOneIsItsValueAndAValueAListOfOne) {
  EXPECT_EQ(rewritten(kPolicy, PolicyWay::kLists),
            R"({"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":{"AWS":["*"]},)"
            R"("Action":["s3:GetObject","s3:*"],"Resource":["*"]}})");
}

TEST(PolicyWays, OrderIsTurnedRoundAtEveryDepth) {
  EXPECT_EQ(rewritten(R"({"A":1,"Statement":[{"x":1,"y":[1,2]},{"z":1}]})", PolicyWay::kOrder),
            R"({"Statement":[{"z":1},{"y":[2,1],"x":1}],"A":1})");
}

TEST(PolicyWays, OnlyActionsHaveNoCase) {
  EXPECT_EQ(rewritten(kPolicy, PolicyWay::kCase),
            R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},)"
            R"("Action":["S3:gEToBJECT","S3:*"],"Resource":"*"}]})");
}

TEST(PolicyWays, AWildcardOfAnActionHasMoreThanOneForm) {
  EXPECT_EQ(rewritten(R"({"Statement":{"Action":["*","s3:*","s3:Get*"],"Resource":"*"}})",
                      PolicyWay::kWildcards),
            R"({"Statement":{"Action":["*:*","s3:?*","s3:Get*"],"Resource":"*"}})");
}

TEST(PolicyWays, AnAccountIsItsNumberOrTheArnOfItsRoot) {
  EXPECT_EQ(rewritten(R"({"Statement":{"Principal":{"AWS":["arn:aws:iam::111122223333:root",)"
                      R"("444455556666","arn:aws:iam::111122223333:user/x"],"Service":"x"}}})",
                      PolicyWay::kPrincipals),
            R"({"Statement":{"Principal":{"AWS":["111122223333","arn:aws:iam::444455556666:root",)"
            R"("arn:aws:iam::111122223333:user/x"],"Service":"x"}}})");
}

TEST(PolicyWays, EverybodyIsAStarWithAndWithoutAws) {
  EXPECT_EQ(rewritten(R"({"Statement":{"Principal":"*"}})", PolicyWay::kPrincipals),
            R"({"Statement":{"Principal":{"AWS":"*"}}})");
  EXPECT_EQ(rewritten(R"({"Statement":{"Principal":{"AWS":"*"}}})", PolicyWay::kPrincipals),
            R"({"Statement":{"Principal":"*"}})");
}

// Each of these ways goes back and forth between two texts, so twice is not at all.
TEST(PolicyWays, TwiceIsTheSamePolicyAgain) {
  for (const PolicyWay way :
       {PolicyWay::kLists, PolicyWay::kOrder, PolicyWay::kCase, PolicyWay::kPrincipals}) {
    EXPECT_EQ(rewritten(rewritten(kPolicy, way), way), kPolicy) << static_cast<int>(way);
  }
}

class PoliciesOfRecords : public testing::Test {
 protected:
  std::string after(PolicyWay way, const std::string& record) {
    Played played = read_play({{.text = record, .log_source = "aws.cloudtrail"}}, forms_);
    Edit edit{.kind = Edit::Kind::kPolicy, .log_source = "aws.cloudtrail", .policy = way};
    edit.fields.push_back({"p", {}});
    rewrite_policies(edit, played);
    return written(played)[0].text;
  }

  event::LineForms forms_{{}};
};

TEST_F(PoliciesOfRecords, AreRewrittenInTheirText) {
  EXPECT_EQ(after(PolicyWay::kCase, R"({"p":"{\"Statement\":{\"Action\":\"iam:X\"}}"})"),
            R"({"p":"{\"Statement\":{\"Action\":\"IAM:x\"}}"})");
}

TEST_F(PoliciesOfRecords, AreRewrittenAsObjectsWhereTheyAre) {
  EXPECT_EQ(after(PolicyWay::kCase, R"({"p":{"Statement":{"Action":"iam:X"}}})"),
            R"({"p":{"Statement":{"Action":"IAM:x"}}})");
}

TEST_F(PoliciesOfRecords, AnObjectHasNoBlanks) {
  const std::string record = R"({"p":{"Statement":{"Action":"iam:X"}}})";
  EXPECT_EQ(after(PolicyWay::kSpacing, record), record);
}

TEST_F(PoliciesOfRecords, WhatTheWayDoesNotConcernKeepsItsText) {
  const std::string record = R"({"p":"{ \"Statement\": {\"Effect\": \"Deny\"} }"})";
  EXPECT_EQ(after(PolicyWay::kCase, record), record);
}

TEST_F(PoliciesOfRecords, WhatIsNoPolicyIsLeftAlone) {
  const std::string record = R"({"p":"Statement of the month"})";
  EXPECT_EQ(after(PolicyWay::kSpacing, record), record);
}

}  // namespace
}  // namespace nepho::exercise
