#include "inventory/event_lint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "inventory/problems.h"
#include "sigma/load.h"

namespace nepho::inventory {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// The problems of a rule for the log source with this detection: "severity code hint".
std::vector<std::string> lint(const std::string& detection,
                              std::string_view log_source = "aws.cloudtrail") {
  static const Knowledge kKnowledge;
  static LoadReport report;
  static const auto kSources = event::LogSources::load(kKnowledge, report);
  static const auto kFacts = event::AllEventFacts::load(kKnowledge, report);
  LoadReport faults;
  const auto rules = sigma::take_rules(
      sigma::parse_documents("title: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:"
                             "\n  " +
                                 detection + "\n",
                             "r.yml", {}),
      faults);
  EXPECT_EQ(rules.size(), 1U) << detection;
  std::vector<std::string> problems;
  for (const Problem& problem :
       lint_events(rules.at(0), *kSources.find(log_source), *kFacts.find(log_source))) {
    EXPECT_GT(problem.error.place.line, 3U);
    EXPECT_GT(problem.error.place.column, 0U);
    problems.push_back(fmt::format("{} {} {}", to_string(problem.severity),
                                   problem.error.code.name(), problem.error.hint));
  }
  return problems;
}

TEST(EventLint, AValueThatAFieldNeverHasIsNamedWithTheOneMeant) {
  EXPECT_THAT(lint("s: {userIdentity.type: IAMUsr}\n  condition: s"),
              ElementsAre("warning unknown-value did you mean 'IAMUser'?"));
  EXPECT_THAT(lint("s: {userIdentity.type: [iamuser, Root, '*Role']}\n  condition: s"), IsEmpty());
}

TEST(EventLint, OneOfSeveralValuesIsANote) {
  EXPECT_THAT(lint("s: {eventType: [AwsApiCall, Nothing]}\n  condition: s"),
              ElementsAre(HasSubstr("note unknown-value its values are AwsApiCall, ")));
}

TEST(EventLint, AnEventOfAnotherServiceIsNamedWithIts) {
  EXPECT_THAT(
      lint("s: {eventSource: s3.amazonaws.com, eventName: DeactivateMFADevice}\n  condition: s"),
      ElementsAre("warning unknown-event it is an event of iam.amazonaws.com"));
}

TEST(EventLint, ASlipOfThePenIsNamedAndAnythingElseIsLeftAlone) {
  EXPECT_THAT(
      lint("s: {eventSource: iam.amazonaws.com, eventName: CreateAcessKey}\n  condition: s"),
      ElementsAre("warning unknown-event did you mean 'CreateAccessKey'?"));
  EXPECT_THAT(
      lint("s: {eventSource: iam.amazonaws.com, eventName: SomethingQuiteNew}\n  condition: s"),
      IsEmpty());
  EXPECT_THAT(
      lint("s: {eventSource: unknown.amazonaws.com, eventName: CreateAcessKey}\n  condition: s"),
      IsEmpty());
}

TEST(EventLint, ADateBehindANameIsNoPartOfIt) {
  EXPECT_THAT(lint("s: {eventSource: lambda.amazonaws.com, eventName: [CreateFunction20150331, "
                   "UpdateFunctionCode20150331v2]}\n  condition: s"),
              IsEmpty());
}

TEST(EventLint, NamesAreKnownUnderTheirAliasesToo) {
  EXPECT_THAT(
      lint("s: {event.provider: iam.amazonaws.com, event.action: CreateAcessKey}\n  condition: s"),
      ElementsAre("warning unknown-event did you mean 'CreateAccessKey'?"));
}

TEST(EventLint, DataEventsAreNamed) {
  EXPECT_THAT(lint("s: {eventSource: s3.amazonaws.com, eventName: GetObject}\n  condition: s"),
              ElementsAre("note optional-event without that the rule stays silent"));
  EXPECT_THAT(lint("s: {eventName: [GetObject, CreateUser]}\n  condition: s"),
              ElementsAre("note optional-event "));
  // The other service of that name of event.
  EXPECT_THAT(lint("s: {eventSource: athena.amazonaws.com, eventName: Query}\n  condition: s"),
              testing::Not(testing::Contains(HasSubstr("optional-event"))));
}

TEST(EventLint, APermissionIsNoEvent) {
  EXPECT_THAT(lint("s: {eventName: PassRole}\n  condition: s"),
              ElementsAre(HasSubstr("warning never-logged")));
}

TEST(EventLint, AnActivityOfEntraIsHeldByEveryNameOfItsField) {
  EXPECT_THAT(lint("s: {OperationName: Add member to role.}\n  condition: s", "entra.audit"),
              ElementsAre("warning unknown-event did you mean 'Add member to role'?"));
  EXPECT_THAT(lint("s: {properties.message: Update application - Certificates and secrets "
                   "management}\n  condition: s",
                   "entra.audit"),
              ElementsAre(HasSubstr("warning never-logged")));
  // Words that the log source knows for activities, and an activity that the list does not have.
  EXPECT_THAT(lint("s: {properties.message: [Add member from group, Request Approved/Denied, "
                   "Review decision made]}\n  condition: s",
                   "entra.audit"),
              IsEmpty());
}

TEST(EventLint, AFieldThatRecordsHaveElsewhereIsNamedWithItsPlace) {
  EXPECT_THAT(lint("s: {eventName: ModifyInstanceAttribute, requestParameters.attribute: userdata}"
                   "\n  condition: s"),
              ElementsAre("warning misread-field did you mean 'requestParameters.userData'?"));
  EXPECT_THAT(lint("s: {eventName: [ModifyInstanceAttribute, CreateUser], "
                   "requestParameters.attribute: userData}\n  condition: s"),
              IsEmpty());
  EXPECT_THAT(lint("s: {eventName: ModifyInstanceAttribute, requestParameters.attribute: other}"
                   "\n  condition: s"),
              IsEmpty());
}

TEST(EventLint, AnExceptionThatNeverOccursDoesNoHarm) {
  EXPECT_THAT(lint("s: {eventName: CreateUser}\n  f: {userIdentity.type: Nobody}\n"
                   "  condition: s and not f"),
              IsEmpty());
  EXPECT_THAT(lint("s: {eventName: CreateUser, userIdentity.type|neq: Nobody}\n  condition: s"),
              IsEmpty());
}

}  // namespace
}  // namespace nepho::inventory
