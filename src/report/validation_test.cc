#include "report/validation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "evidence/words.h"

namespace nepho::report {
namespace {

using evidence::Verdict;
using exercise::Judgement;
using ::testing::HasSubstr;

Judgement judgement(Verdict verdict, bool is_claimed = true, std::string procedure = "aws.x.y") {
  Judgement out;
  out.evidence.procedure = std::move(procedure);
  out.evidence.technique = "T1136.003";
  out.evidence.verdict = verdict;
  out.evidence.reason = "because";
  out.is_claimed = is_claimed;
  out.alerted = {"A rule"};
  return out;
}

TEST(Validation, AGapIsNoFailureUnlessItWasAskedFor) {
  const auto gap = judgement(Verdict::kNoAlert, /*is_claimed=*/false);
  EXPECT_EQ(concern_of(gap), Concern::kGap);
  EXPECT_FALSE(is_failure(gap, false));
  EXPECT_TRUE(is_failure(gap, true));
}

TEST(Validation, WhatIsClaimedAndDoesNotFireIsAFailure) {
  for (const Verdict verdict : {Verdict::kNoAlert, Verdict::kAlertedOther, Verdict::kNoTelemetry,
                                Verdict::kAlsoBenign, Verdict::kError, Verdict::kLate}) {
    EXPECT_TRUE(is_failure(judgement(verdict), false));
  }
  EXPECT_FALSE(is_failure(judgement(Verdict::kAlerted), true));
}

// Each of the eight verdicts is told apart from all others.
TEST(Validation, EveryVerdictHasATitleOfItsOwn) {
  std::set<Concern> concerns;
  for (const std::string_view word : evidence::words_of<Verdict>()) {
    const auto one = judgement(*evidence::parse<Verdict>(word));
    concerns.insert(concern_of(one));
    EXPECT_THAT(to_text(validation_rows(std::vector{one}), {}), HasSubstr(std::string(word)));
  }
  EXPECT_EQ(concerns.size(), evidence::words_of<Verdict>().size());
}

TEST(Validation, WhatWasNotPlayedIsNeitherASuccessNorAFailure) {
  const std::vector<Judgement> all{judgement(Verdict::kNotPlayed), judgement(Verdict::kAlerted)};
  EXPECT_FALSE(is_failure(all[0], true));
  EXPECT_THAT(headline(all), HasSubstr("1 of 2 procedures raise"));
  EXPECT_THAT(headline(all), HasSubstr(": 1 not played"));
  EXPECT_THAT(validation_junit(all, true), HasSubstr("failures=\"0\" errors=\"0\" skipped=\"1\""));
  EXPECT_THAT(validation_junit(all, true), HasSubstr("<skipped type=\"not_played\""));
}

TEST(Validation, ALateAlertIsNotCalledSilent) {
  EXPECT_EQ(concern_of(judgement(Verdict::kLate)), Concern::kLate);
  const std::vector<Judgement> late{judgement(Verdict::kLate)};
  EXPECT_THAT(headline(late), HasSubstr("1 late"));
}

TEST(Validation, TheWorstComesFirstUnderATitleWithItsNumber) {
  const std::vector<Judgement> all{judgement(Verdict::kAlerted, true, "good"),
                                   judgement(Verdict::kNoAlert, true, "bad"),
                                   judgement(Verdict::kError, true, "worst")};
  const std::string text = to_text(validation_table(all), {});
  EXPECT_LT(text.find("worst"), text.find("bad"));
  EXPECT_LT(text.find("bad"), text.find("good"));
  EXPECT_THAT(text, HasSubstr("NO ALERT: rules are mapped, none fired (1)"));
  EXPECT_THAT(text, HasSubstr("A rule"));
}

TEST(Validation, ATechniqueWithoutARuleIsOneLine) {
  std::vector<Judgement> all{judgement(Verdict::kNoAlert, false, "one"),
                             judgement(Verdict::kNoAlert, false, "two"),
                             judgement(Verdict::kNoAlert, false, "other")};
  all[2].evidence.technique = "T1485";
  const std::string text = to_text(validation_table(all), {});
  EXPECT_THAT(text, HasSubstr("one and 1 more"));
  EXPECT_THAT(text, testing::Not(HasSubstr("two")));
  EXPECT_THAT(text, HasSubstr("other "));
  EXPECT_EQ(validation_rows(all).rows().size(), 3U);  // programs get each
}

TEST(Validation, TheHeadlineSaysWhatIsProvenByWhat) {
  const std::vector<Judgement> all{judgement(Verdict::kAlerted), judgement(Verdict::kNoAlert),
                                   judgement(Verdict::kNoAlert, false)};
  EXPECT_EQ(headline(all),
            "1 of 3 procedures raise an alert of a rule mapped to them (synthetic evidence): 1 "
            "silent, 1 without a rule");
}

TEST(Validation, OneProcedureIsNotMany) {
  EXPECT_EQ(headline(std::vector{judgement(Verdict::kAlerted)}),
            "1 of 1 procedure raises an alert of a rule mapped to it (synthetic evidence)");
}

TEST(Validation, LabelledLogsAreCases) {
  std::vector<Judgement> all{judgement(Verdict::kAlerted), judgement(Verdict::kNoAlert)};
  for (Judgement& one : all) one.evidence.kind = evidence::Kind::kReplay;
  EXPECT_THAT(headline(all), HasSubstr("1 of 2 cases raise an alert"));
  all[0].evidence.kind = evidence::Kind::kSynthetic;
  EXPECT_THAT(headline(all), HasSubstr("1 of 2 procedures raise an alert"));
}

// Of another product nobody may know which rules it has.
TEST(Validation, WhereNoRulesAreKnownNoneIsSaidToBeMapped) {
  auto silent = judgement(Verdict::kNoAlert);
  silent.is_claim_known = false;
  EXPECT_EQ(concern_of(silent), Concern::kUnseen);
  EXPECT_TRUE(is_failure(silent, false));
  const std::string text = to_text(validation_table(std::vector{silent}), {});
  EXPECT_THAT(text, HasSubstr("NO ALERT: none came; whether a rule is mapped is not known (1)"));
  EXPECT_THAT(text, testing::Not(HasSubstr("rules are mapped")));
  EXPECT_THAT(headline(std::vector{silent}), HasSubstr("1 silent"));
}

// An alert joined by less than who and when, or one that a person reports.
TEST(Validation, WhatASuccessRestsOnIsShownBesideTheRule) {
  const auto sure = judgement(Verdict::kAlerted);
  EXPECT_THAT(to_text(validation_table(std::vector{sure}), {}), HasSubstr("A rule (because)"));
  auto said = sure;
  said.evidence.reason = "A rule";
  EXPECT_THAT(to_text(validation_table(std::vector{said}), {}),
              testing::Not(HasSubstr("A rule (")));
}

TEST(Validation, JunitCountsFailuresErrorsAndGaps) {
  auto evil = judgement(Verdict::kNoAlert);
  evil.evidence.reason = "<&\"'\x01>";
  const std::vector<Judgement> all{judgement(Verdict::kAlerted), evil, judgement(Verdict::kError),
                                   judgement(Verdict::kNoAlert, false)};
  const std::string xml = validation_junit(all, false);
  EXPECT_THAT(xml, HasSubstr("tests=\"4\" failures=\"1\" errors=\"1\" skipped=\"1\""));
  EXPECT_THAT(xml, HasSubstr("message=\"&lt;&amp;"));
  EXPECT_EQ(xml.find('\x01'), std::string::npos);
  EXPECT_THAT(xml, HasSubstr("<skipped type=\"no_alert\""));
}

}  // namespace
}  // namespace nepho::report
