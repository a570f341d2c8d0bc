#include "exercise/mutation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "exercise/errors.h"

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class MutationFile : public testing::Test {
 protected:
  MutationFile() : operations_(Operations::load(knowledge_, report_)) {}

  const ProviderMutations& read(std::string_view yaml) {
    mutations_.add(yaml, "m.yml", *operations_.find("aws"), report_);
    return mutations_.of("aws");
  }
  ErrorCode first_code() const { return report_.problems().at(0).error.code; }

  Knowledge knowledge_;
  LoadReport report_;
  Operations operations_;
  Mutations mutations_;
};

TEST_F(MutationFile, SaysWhatIsChangedWhereAndHow) {
  const auto& all = read(
      "changes:\n"
      "  agent:\n"
      "    by: attacker\n"
      "    dies_if: it has another name\n"
      "    not_of: [T1036]\n"
      "    edits:\n"
      "      - {in: aws.cloudtrail, where: {a: [x, '!y']}, set: {userAgent: [one, two]}}\n"
      "      - {in: aws.cloudtrail, rename: [n], to: new}\n"
      "      - {in: aws.cloudtrail, reverse: [l]}\n"
      "      - {in: aws.cloudtrail, policy: lists, fields: [p]}\n"
      "      - {in: aws.cloudtrail, order: {asks: [q], answers: [r], reads: {readOnly: "
      "'true'}}}\n");
  ASSERT_THAT(report_.problems(), IsEmpty()) << to_string(report_.problems()[0].error);
  ASSERT_EQ(all.changes.size(), 1U);
  const Change& change = all.changes[0];
  EXPECT_EQ(change.by, By::kAttacker);
  EXPECT_EQ(change.what, "it has another name");
  EXPECT_THAT(change.not_of, ElementsAre("T1036"));
  EXPECT_EQ(change.num_variants(), 2U);
  ASSERT_EQ(change.edits.size(), 5U);
  EXPECT_THAT(change.edits[0].where.at(0).texts, ElementsAre("x", "!y"));
  EXPECT_EQ(change.edits[1].kind, Edit::Kind::kRename);
  EXPECT_THAT(change.edits[1].fields.at(0).to, ElementsAre("new"));
  EXPECT_EQ(change.edits[2].kind, Edit::Kind::kReverse);
  EXPECT_EQ(change.edits[3].policy, PolicyWay::kLists);
  EXPECT_EQ(change.edits[4].kind, Edit::Kind::kOrder);
  EXPECT_THAT(change.edits[4].answers, ElementsAre("r"));
}

TEST_F(MutationFile, NamesOtherCallsAndCallers) {
  const auto& all = read(
      "calls:\n"
      "  - {call: iam:CreateUser, instead: iam:CreateRole, keep: [request, {a.b: c}]}\n"
      "  - {call: iam:CreateUser, instead: iam:CreateUser, dies_if: it is made otherwise}\n"
      "callers: {not_of: [T1078], instead: [{as: iam-user, by: root, dies_if: it is root}]}\n");
  ASSERT_THAT(report_.problems(), IsEmpty());
  EXPECT_EQ(all.calls.at(0).what, "iam:CreateRole is called in place of iam:CreateUser");
  EXPECT_EQ(all.calls[0].keep.at(0).to, "request");
  EXPECT_EQ(all.calls[0].keep.at(1).from, "a.b");
  EXPECT_EQ(all.calls[0].keep.at(1).to, "c");
  EXPECT_EQ(all.calls.at(1).what, "it is made otherwise");
  EXPECT_EQ(all.callers.at(0).instead, "root");
  EXPECT_THAT(all.callers_not_of, ElementsAre("T1078"));
}

TEST_F(MutationFile, AnUnknownOperationIsAnError) {
  read("calls: [{call: iam:CreateUsr, instead: iam:CreateRole}]\n");
  EXPECT_EQ(first_code(), kUnknownName);
}

TEST_F(MutationFile, AnUnknownPrincipalIsAnError) {
  read("callers: {instead: [{as: iam-user, by: nobody-known, dies_if: x}]}\n");
  EXPECT_EQ(first_code(), kUnknownName);
}

TEST_F(MutationFile, AChangeSaysWhoMakesIt) {
  read("changes: {x: {by: chance, dies_if: y, edits: [{in: z, reverse: [a]}]}}\n");
  EXPECT_EQ(first_code(), kBadValue);
}

TEST_F(MutationFile, AnEditWithoutWhatItDoesIsAnError) {
  read("changes: {x: {by: attacker, dies_if: y, edits: [{in: z}]}}\n");
  EXPECT_EQ(first_code(), kMissingKey);
}

TEST_F(MutationFile, AWayToWriteAPolicyThatIsNoneIsAnError) {
  read("changes: {x: {by: attacker, dies_if: y, edits: [{in: z, policy: list, fields: [a]}]}}\n");
  EXPECT_EQ(first_code(), kBadValue);
  EXPECT_EQ(report_.problems()[0].error.hint, "did you mean 'lists'?");
}

TEST_F(MutationFile, OfAProviderThatNobodyKnowsIsEmpty) {
  EXPECT_THAT(mutations_.of("elsewhere").changes, IsEmpty());
}

TEST(OurMutations, ReadWithoutAProblemAndGiveEachReason) {
  const Knowledge knowledge;
  LoadReport report;
  const Operations operations = Operations::load(knowledge, report);
  const Mutations mutations = Mutations::load(knowledge, operations, report);
  EXPECT_THAT(report.problems(), IsEmpty());
  for (const char* provider : {"aws", "kubernetes", "gcp"}) {
    EXPECT_GE(mutations.of(provider).changes.size(), 5U) << provider;
    const auto yaml = text::parse_yaml(
        knowledge.find("mutation/" + std::string(provider) + ".yml")->content, "m.yml");
    for (const auto& [id, change] : yaml->find("changes")->members)
      EXPECT_NE(change.text_at("why"), "") << id.text;
  }
}

TEST(Techniques, AreAmongThemWithTheirSubs) {
  EXPECT_TRUE(is_among("T1078.004", {"T1078"}));
  EXPECT_TRUE(is_among("T1078", {"T1078"}));
  EXPECT_FALSE(is_among("T1078", {"T1078.004"}));
  EXPECT_FALSE(is_among("T10781", {"T1078"}));
}

}  // namespace
}  // namespace nepho::exercise
