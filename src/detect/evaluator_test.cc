// What the evaluator leaves to the reference evaluator must know the same names of fields.
#include "detect/evaluator.h"

#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "detect/shard.h"
#include "sigma/load.h"

namespace nepho::detect {
namespace {

// Whether a rule for a log source with a selection holds for a record.
bool holds_for(const std::string& logsource, const std::string& selection, std::string record) {
  LoadReport report;
  const auto rules = sigma::take_rules(
      sigma::parse_documents("title: t\nlogsource: {" + logsource + "}\ndetection: {s: {" +
                                 selection + "}, condition: s}\n",
                             "r.yml", {.array_matching = true}),
      report);
  EXPECT_EQ(rules.size(), 1U) << selection;
  static const Knowledge knowledge;
  const auto sources = event::LogSources::load(knowledge, report);
  const plan::Plan plan(rules, sources, {});
  Shard shard(plan, {});
  const std::size_t size = record.size();
  record.append(text::kJsonPadding, ' ');
  return !shard.run({std::string_view(record).substr(0, size)}).matches.empty();
}

class EvaluatorOnCloudTrail : public testing::Test {
 protected:
  static bool holds(const std::string& selection) {
    const std::string record =
        R"({"eventVersion":"1.08","userIdentity":{"type":"IAMUser","arn":"arn:aws:iam::1:user/a",)"
        R"("userName":"a"},"eventTime":"2026-03-01T10:00:00Z","eventSource":"iam.amazonaws.com",)"
        R"("awsRegion":"eu-west-1","sourceIPAddress":"203.0.113.7","eventID":"1",)"
        R"("userAgent":["one","two"],"eventName":"CreateUser","requestParameters":)"
        R"({"policyDocument":"{\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"iam:*\"}]}",)"
        R"("note":"{\"Effect\":\"Allow\"}"}})";
    return holds_for("product: aws, service: cloudtrail", selection, record);
  }
};

// A part's text is written as in JSON, where DEL is an escape, whatever the record has.
TEST(EvaluatorOnParts, ReadsWhatAPartMadeWithItsEscapes) {
  const std::string record =
      R"({"id":"a","alertDefinitionId":"a","scopeId":"/","scopeType":"DirectoryRole",)"
      R"("incidentCount":1,"isActive":true,"lastModifiedDateTime":"2026-03-01T03:04:05Z",)"
      R"("alertIncidents":[{"@odata.type":"#microsoft.graph.a)"
      "\x7F"
      R"(c"}]})";
  const auto holds = [&](const std::string& selection) {
    return holds_for("product: azure, service: pim", selection, record);
  };
  EXPECT_TRUE(holds("riskEventType|startswith: 'a?c'"));
  EXPECT_FALSE(holds("riskEventType|contains: u007f"));
}

TEST_F(EvaluatorOnCloudTrail, LooksIntoStringsThatHoldJson) {
  EXPECT_TRUE(
      holds("eventName: CreateUser, requestParameters.policyDocument.Statement.Effect: Allow"));
  EXPECT_TRUE(holds("requestParameters.policyDocument.Statement.Action|startswith: 'iam:'"));
  EXPECT_TRUE(holds("aws.cloudtrail.request_parameters.policyDocument.Statement.Effect: Allow"));
  EXPECT_TRUE(holds("requestParameters.policyDocument|contains: Statement"));
  EXPECT_FALSE(holds("requestParameters.policyDocument.Statement.Effect: Deny"));
  EXPECT_FALSE(holds("requestParameters.note.Effect: Allow"));
}

// A brace may be an escape itself.
TEST(EvaluatorOnStrings, LooksIntoJsonThatBeginsWithAnEscape) {
  const std::string record =
      R"({"eventVersion":"1.08","eventTime":"2026-03-01T10:00:00Z","eventID":"1",)"
      R"("eventSource":"iam.amazonaws.com","eventName":"CreateUser","requestParameters":)"
      R"({"policyDocument":"\u007b\"Version\":\"2012\"\u007d"}})";
  const auto holds = [&](const std::string& selection) {
    return holds_for("product: aws, service: cloudtrail", selection, record);
  };
  EXPECT_TRUE(holds("requestParameters.policyDocument.Version: 2012"));
  EXPECT_FALSE(holds("requestParameters.policyDocument.Version: 2008"));
}

TEST_F(EvaluatorOnCloudTrail, AFieldReferenceMayNameAliases) {
  EXPECT_TRUE(holds("source.ip|fieldref: sourceIPAddress"));
  EXPECT_TRUE(holds("sourceIPAddress|fieldref: source.ip"));
  EXPECT_FALSE(holds("source.ip|fieldref: user_agent.original"));
}

TEST_F(EvaluatorOnCloudTrail, AnArrayIsFoundUnderAnAlias) {
  EXPECT_TRUE(holds("userAgent: two"));
  EXPECT_TRUE(holds("user_agent.original: two"));
}

TEST_F(EvaluatorOnCloudTrail, ElementsAreFoundUnderAnAlias) {
  EXPECT_TRUE(holds("'userAgent[any]': two"));
  EXPECT_TRUE(holds("'user_agent.original[-1]': two"));
  EXPECT_TRUE(holds("'user_agent.original[all]': [one, two]"));
  EXPECT_FALSE(holds("'user_agent.original[all]': two"));
}

// By the name of the event rules are reached at all; a test of elements says nothing of it.
TEST_F(EvaluatorOnCloudTrail, ATestOfElementsKeepsNoRuleFromAnEvent) {
  EXPECT_TRUE(holds("'eventName[any]': CreateUser"));
  EXPECT_TRUE(holds("'eventName[none]': DeleteUser"));
  EXPECT_TRUE(holds("eventName: CreateUser, 'requestParameters.items[none]': {toPort: 22}"));
  EXPECT_FALSE(holds("eventName: DeleteUser, 'requestParameters.items[none]': {toPort: 22}"));
}

}  // namespace
}  // namespace nepho::detect
