#include "coverage/assess.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "coverage/sample.h"

namespace nepho::coverage {
namespace {

using attack::TechniqueId;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Assess : public testing::Test {
 protected:
  Coverage with(std::vector<inventory::Detection> rules) {
    Inputs inputs = sample_.inputs();
    inputs.detections = std::move(rules);
    return assess(inputs);
  }
  static State state(const Coverage& coverage, const std::string& technique,
                     const std::string& provider) {
    const Cell* cell = coverage.find(TechniqueId{technique}, provider);
    EXPECT_NE(cell, nullptr) << technique << " on " << provider;
    return cell == nullptr ? State::kNotApplicable : cell->state;
  }

  SampleMatrix sample_;
};

TEST_F(Assess, WithoutRulesACellIsTelemetryWhereLogsArriveAndBlindElsewhere) {
  const Coverage coverage = with({});
  EXPECT_EQ(state(coverage, "T1078", "aws"), State::kTelemetry);
  EXPECT_EQ(state(coverage, "T1078", "gcp"), State::kBlind);
  EXPECT_EQ(state(coverage, "T1136.003", "azure"), State::kNotApplicable);
}

TEST_F(Assess, AWorkingRuleMapsItsTechniqueOnItsProviderOnly) {
  const Coverage coverage = with({sample_rule("r", {"T1530"})});
  EXPECT_EQ(state(coverage, "T1530", "aws"), State::kMapped);
  EXPECT_EQ(state(coverage, "T1530", "azure"), State::kTelemetry);
  EXPECT_THAT(coverage.find(TechniqueId{"T1530"}, "aws")->badges, ElementsAre("one-rule"));
}

TEST_F(Assess, ANativeDetectorIsAClaimApartThatChangesNoStateAndNoShare) {
  Inputs inputs = sample_.inputs();
  inputs.detections = {sample_rule("r", {"T1530"})};
  const Coverage without = assess(inputs);
  inputs.native = {
      {.id = "aws.guardduty",
       .provider = "aws",
       .title = "Amazon GuardDuty",
       .claims = {{"T1530", "partial", {}}, {"T1078", "minimal", {}}, {"T9999", "partial", {}}}}};
  const Coverage coverage = assess(inputs);
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}, "aws")->native,
            (std::vector<NativeUse>{{0, "minimal"}}));
  EXPECT_THAT(coverage.find(TechniqueId{"T1078"}, "gcp")->native, IsEmpty());
  EXPECT_EQ(state(coverage, "T1078", "aws"), State::kTelemetry);
  EXPECT_EQ(coverage.native.at(0).num_cells, 2U);
  EXPECT_EQ(coverage.totals.cells.native, 2U);
  EXPECT_EQ(coverage.totals.cells.native_only, 1U);
  EXPECT_EQ(coverage.totals.cells.paper, without.totals.cells.paper);
  EXPECT_EQ(coverage.totals.cells.by_state, without.totals.cells.by_state);
}

TEST_F(Assess, RulesOfOneGroupCountOnceByTheOneThatStandsForThem) {
  inventory::Detection copy = sample_rule("a", {"T1530"});
  inventory::Detection original = sample_rule("b", {"T1530"});
  copy.group = original.group = "g";
  copy.duplicate_of = inventory::Duplicate{.id = "b", .place = {}};
  const Coverage coverage = with({copy, original, sample_rule("c", {"T1530"})});
  const Cell* cell = coverage.find(TechniqueId{"T1530"}, "aws");
  std::vector<std::string> ids;
  for (const RuleUse& use : cell->rules) ids.push_back(coverage.rules[use.rule].id);
  EXPECT_THAT(ids, ElementsAre("b", "c"));
  EXPECT_EQ(coverage.rules.at(0).duplicate_of, "b");
}

TEST_F(Assess, AParentsTagGrantsItsSubtechniquesMappedAndSaysSo) {
  const Coverage coverage = with({sample_rule("r", {"T1078"})});
  const Cell* sub = coverage.find(TechniqueId{"T1078.004"}, "aws");
  EXPECT_EQ(sub->state, State::kMapped);
  EXPECT_EQ(sub->rules.at(0).through, Through::kParentTag);
  EXPECT_THAT(sub->badges, ElementsAre("one-rule", "parent-tag-only"));
}

TEST_F(Assess, ASubtechniquesTagCountsAsOnePartOfTheParent) {
  const Coverage coverage = with({sample_rule("r", {"T1078.004"})});
  const Cell* parent = coverage.find(TechniqueId{"T1078"}, "aws");
  EXPECT_EQ(parent->state, State::kMapped);
  EXPECT_THAT(parent->badges, ElementsAre("one-rule", "subtechnique-tag-only"));
  EXPECT_EQ(state(coverage, "T1078.001", "aws"), State::kTelemetry);  // not to its siblings
}

TEST_F(Assess, ASubtechniqueThatDoesNotApplyIsNoPartOfTheParent) {
  const Coverage coverage = with({sample_rule("r", {"T1136.003"}, "azure", "azure.activity")});
  EXPECT_EQ(state(coverage, "T1136", "azure"), State::kTelemetry);
  EXPECT_THAT(coverage.rules.at(0).unmapped, HasSubstr("T1136.003 does not apply to azure"));
}

TEST_F(Assess, TheMostDirectTagOfARuleCounts) {
  const Coverage coverage = with({sample_rule("r", {"T1078", "T1078.004"})});
  EXPECT_EQ(coverage.find(TechniqueId{"T1078.004"}, "aws")->rules.at(0).through, Through::kOwnTag);
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}, "aws")->rules.at(0).through, Through::kOwnTag);
}

TEST_F(Assess, ABrokenRuleIsListedApartAndCountsNothing) {
  auto rule = sample_rule("r", {"T1530"});
  rule.enabled = false;
  const Coverage coverage = with({rule, sample_rule("s", {"T1530"}, "aws", "aws.s3")});
  const Cell* cell = coverage.find(TechniqueId{"T1530"}, "aws");
  EXPECT_EQ(cell->state, State::kTelemetry);
  ASSERT_EQ(cell->broken_rules.size(), 2U);
  EXPECT_EQ(cell->broken_rules[0].faults.at(0).fault, Fault::kDisabled);
  EXPECT_EQ(cell->broken_rules[1].faults.at(0).fault, Fault::kLogSourceOff);
  EXPECT_THAT(cell->badges, ElementsAre("broken-rules"));
  EXPECT_EQ(coverage.rules.at(0).faults.size(), 1U);
}

TEST_F(Assess, ASwitchedOffLogSourceBreaksWhatOnlyReadsIt) {
  Inputs inputs = sample_.inputs();
  inputs.detections = {sample_rule("r", {"T1530"})};
  inputs.log_sources["aws.cloudtrail"].enabled = false;
  const Coverage coverage = assess(inputs);
  EXPECT_EQ(state(coverage, "T1530", "aws"), State::kBlind);
  EXPECT_EQ(state(coverage, "T1530", "azure"), State::kTelemetry);
}

TEST_F(Assess, ALogSourceOfSomeAccountsLeavesAGap) {
  Inputs inputs = sample_.inputs();
  inputs.detections = {sample_rule("r", {"T1530"})};
  inputs.log_sources["aws.cloudtrail"].share = 0.8;
  EXPECT_THAT(assess(inputs).find(TechniqueId{"T1530"}, "aws")->badges,
              ElementsAre("account-gap", "one-rule"));
}

TEST_F(Assess, FiredCountsOfWorkingRulesAddUpOnceEach) {
  Inputs inputs = sample_.inputs();
  auto off = sample_rule("c", {"T1530"});
  off.enabled = false;
  inputs.detections = {sample_rule("a", {"T1530"}), sample_rule("a", {"T1530"}),
                       sample_rule("b", {"T1530"}), off};
  inputs.fired = {{"a", 5}, {"b", 7}, {"c", 100}};
  EXPECT_EQ(assess(inputs).find(TechniqueId{"T1530"}, "aws")->fired, 12U);
}

TEST_F(Assess, ARuleThatOnlyFeedsCorrelationsCountsNowhere) {
  auto silent = sample_rule("a", {"T1530"});
  silent.is_silent = true;
  const Coverage coverage = with({silent});
  EXPECT_TRUE(coverage.rules.empty());
  EXPECT_THAT(coverage.find(TechniqueId{"T1530"}, "aws")->rules, IsEmpty());
}

TEST_F(Assess, SaysWhyARuleTouchesNoCell) {
  EXPECT_EQ(with({sample_rule("r", {})}).rules.at(0).unmapped, "it names no technique");
  EXPECT_THAT(with({sample_rule("r", {"T1055"})}).rules.at(0).unmapped, HasSubstr("cloud matrix"));
  EXPECT_THAT(with({sample_rule("r", {"T1530"}, "okta", "okta.system")}).rules.at(0).unmapped,
              HasSubstr("okta"));
  EXPECT_THAT(with({sample_rule("r", {"T1530"})}).rules.at(0).unmapped, IsEmpty());
}

TEST_F(Assess, ContainersJoinTheMatrixWithTheirProvider) {
  EXPECT_EQ(with({}).find(TechniqueId{"T1610"}), nullptr);
  Inputs inputs = sample_.inputs();
  inputs.providers.push_back(sample_.providers->find("kubernetes"));
  const Coverage coverage = assess(inputs);
  EXPECT_NE(coverage.find(TechniqueId{"T1610"}), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{"T1610"}, "aws"), nullptr);
}

TEST_F(Assess, ASubtechniqueKeepsTheNameOfAParentOutsideTheMatrix) {
  const Coverage coverage = with({});
  EXPECT_EQ(coverage.find(TechniqueId{"T1686"}), nullptr);
  EXPECT_EQ(coverage.find(TechniqueId{"T1686.001"})->parent_name,
            "Disable or Modify System Firewall");
}

TEST_F(Assess, TheWeakestCloudSpeaksForATechnique) {
  const Coverage coverage = with({sample_rule("r", {"T1530", "T1136.003"})});
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1530"})->provider, "azure");  // gcp is only unknown
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1136.003"})->provider, "gcp");
  EXPECT_EQ(coverage.weakest(TechniqueId{"T1686"}), nullptr);
}

TEST_F(Assess, AnAcceptanceMarksACellAndLeavesItsState) {
  Inputs inputs = sample_.inputs();
  inputs.accepted = {{"T1530", "gcp", "accepted by ciso"}, {"T1078.*", "", "accepted by all"}};
  const Coverage coverage = assess(inputs);
  const Cell* cell = coverage.find(TechniqueId{"T1530"}, "gcp");
  EXPECT_EQ(cell->accepted, "accepted by ciso");
  EXPECT_EQ(cell->state, State::kBlind);
  EXPECT_EQ(coverage.find(TechniqueId{"T1530"}, "aws")->accepted, "");
  EXPECT_EQ(coverage.find(TechniqueId{"T1078.004"}, "azure")->accepted, "accepted by all");
}

// Draws rule sets; what must hold for every one is checked below.
class RandomRules {
 public:
  explicit RandomRules(unsigned seed) : random_(seed) {}

  std::vector<inventory::Detection> draw() {
    std::vector<inventory::Detection> rules(1 + below(12));
    for (inventory::Detection& rule : rules) rule = one();
    return rules;
  }
  std::size_t below(std::size_t bound) { return random_() % bound; }
  template <typename T>
  void shuffle(std::vector<T>& items) {
    std::ranges::shuffle(items, random_);
  }

 private:
  inventory::Detection one() {
    static constexpr const char* kTechniques[] = {"T1078",     "T1078.001", "T1078.004", "T1136",
                                                  "T1136.003", "T1530",     "T1686.001", "T9999"};
    static constexpr const char* kSources[][2] = {{"aws", "aws.cloudtrail"},
                                                  {"aws", "aws.s3"},
                                                  {"azure", "azure.activity"},
                                                  {"gcp", "gcp.audit"},
                                                  {"okta", "okta.system"}};
    const auto& source = kSources[below(std::size(kSources))];
    auto rule =
        sample_rule(fmt::format("r{}", below(8)), {kTechniques[below(8)]}, source[0], source[1]);
    if (below(2) == 0) rule.techniques.emplace_back(kTechniques[below(8)]);
    rule.enabled = below(5) != 0;
    rule.runnable = below(6) != 0;
    if (below(6) == 0) rule.status = "deprecated";
    return rule;
  }

  std::mt19937 random_;
};

// What is left of a cell when rules have lost their names.
std::string essence(const Coverage& coverage) {
  std::string text;
  for (const Cell& cell : coverage.cells) {
    text += fmt::format("{} {} {} {} {} {}\n", cell.technique.value, cell.provider,
                        to_string(cell.state), cell.rules.size(), cell.broken_rules.size(),
                        fmt::join(cell.badges, ","));
  }
  return text;
}

TEST_F(Assess, OrderDuplicatesAndNamesChangeNoCell) {
  RandomRules random(1);
  for (int round = 0; round < 200; ++round) {
    auto rules = random.draw();
    const Coverage before = with(rules);
    auto changed = rules;
    for (const auto& rule : rules) changed.push_back(rule);
    random.shuffle(changed);
    for (auto& rule : changed) {
      rule.name = fmt::format("renamed {}", random.below(1000));
      rule.path = fmt::format("elsewhere/{}.yml", random.below(1000));
    }
    const Coverage after = with(changed);
    ASSERT_EQ(essence(after), essence(before));
    ASSERT_EQ(after.totals, before.totals);
  }
}

TEST_F(Assess, RemovingARuleNeverRaisesACell) {
  RandomRules random(2);
  for (int round = 0; round < 200; ++round) {
    auto rules = random.draw();
    const Coverage before = with(rules);
    rules.erase(rules.begin() + static_cast<std::ptrdiff_t>(random.below(rules.size())));
    const Coverage after = with(rules);
    for (std::size_t i = 0; i < before.cells.size(); ++i) {
      ASSERT_LE(score_of(after.cells[i].state), score_of(before.cells[i].state));
    }
    ASSERT_LE(after.totals.cells.paper.part, before.totals.cells.paper.part);
  }
}

TEST_F(Assess, ARuleForOneProviderChangesNoOther) {
  RandomRules random(3);
  for (int round = 0; round < 200; ++round) {
    auto rules = random.draw();
    const Coverage before = with(rules);
    rules.push_back(sample_rule("new", {"T1078", "T1136.003", "T1530"}));
    const Coverage after = with(rules);
    for (std::size_t i = 0; i < before.cells.size(); ++i) {
      if (before.cells[i].provider == "aws") continue;
      ASSERT_EQ(after.cells[i].state, before.cells[i].state);
      ASSERT_EQ(after.cells[i].rules.size(), before.cells[i].rules.size());
    }
  }
}

TEST_F(Assess, SwitchingOffALogSourceNeverRaisesACell) {
  RandomRules random(4);
  for (int round = 0; round < 200; ++round) {
    Inputs inputs = sample_.inputs();
    inputs.detections = random.draw();
    const Coverage before = assess(inputs);
    inputs.log_sources[random.below(2) == 0 ? "aws.cloudtrail" : "azure.activity"].enabled = false;
    const Coverage after = assess(inputs);
    for (std::size_t i = 0; i < before.cells.size(); ++i) {
      ASSERT_LE(score_of(after.cells[i].state), score_of(before.cells[i].state));
    }
  }
}

TEST_F(Assess, SharesStayBetweenZeroAndOneAndAddUp) {
  RandomRules random(5);
  for (int round = 0; round < 200; ++round) {
    const Coverage coverage = with(random.draw());
    const Tally& cells = coverage.totals.cells;
    for (const Share& share :
         {cells.paper, cells.exercised, cells.validated, coverage.totals.techniques.paper_any,
          coverage.totals.techniques.paper_all}) {
      ASSERT_GE(share.ratio(), 0);
      ASSERT_LE(share.ratio(), 1);
    }
    ASSERT_EQ(cells.yes + cells.unknown + cells.not_applicable, coverage.cells.size());
    std::size_t states = 0;
    std::size_t yes = 0;
    for (const std::size_t number : cells.by_state) states += number;
    for (const auto& [id, tally] : coverage.totals.by_provider) yes += tally.yes;
    ASSERT_EQ(states, cells.yes);
    ASSERT_EQ(yes, cells.yes);
    ASSERT_LE(coverage.totals.techniques.paper_all.part, coverage.totals.techniques.paper_any.part);
  }
}

// A rule that is broken on two clouds for different reasons names both: mending one is not enough.
TEST_F(Assess, ARuleThatWorksNowhereNamesWhatIsWrongOnEachCloud) {
  Inputs inputs = sample_.inputs();
  auto rule = sample_rule("r", {"T1078"});
  rule.providers = {"aws", "gcp"};
  rule.log_sources = {"aws.s3", "gcp.audit"};
  rule.enabled = false;
  inputs.detections = {rule};
  const Coverage coverage = assess(inputs);
  const auto& faults = coverage.rules.at(0).faults;
  ASSERT_EQ(faults.size(), 3U);  // switched off once, and a log source on each
  EXPECT_EQ(faults[0].fault, Fault::kDisabled);
  EXPECT_THAT(faults[1].reason, HasSubstr("aws.s3"));
  EXPECT_THAT(faults[2].reason, HasSubstr("gcp.audit"));
}

TEST_F(Assess, ARuleThatWorksSomewhereIsNotBroken) {
  Inputs inputs = sample_.inputs();
  auto rule = sample_rule("r", {"T1078"});
  rule.providers = {"aws", "gcp"};
  rule.log_sources = {"aws.cloudtrail", "gcp.audit"};
  inputs.detections = {rule};
  const Coverage coverage = assess(inputs);
  EXPECT_TRUE(coverage.rules.at(0).faults.empty());
  EXPECT_EQ(coverage.rules.at(0).num_cells, 3U);  // T1078 and its subs on aws
  EXPECT_EQ(coverage.find(TechniqueId{"T1078"}, "gcp")->broken_rules.size(), 1U);
}

// Rules without an id are told apart by their files.
TEST_F(Assess, RulesWithoutAnIdAreEachThemselves) {
  auto one = sample_rule("", {"T1530"});
  one.path = "rules/one.yml";
  auto two = one;
  two.path = "rules/two.yml";
  EXPECT_EQ(with({one, two}).find(TechniqueId{"T1530"}, "aws")->rules.size(), 2U);
  EXPECT_EQ(with({one, one}).find(TechniqueId{"T1530"}, "aws")->rules.size(), 1U);
}

TEST_F(Assess, ACopyThatIsOffLeavesTheRuleWorking) {
  auto off = sample_rule("r", {"T1530"});
  off.enabled = false;
  off.path = "old/r.yml";
  const Coverage coverage = with({off, sample_rule("r", {"T1530"})});
  const Cell* cell = coverage.find(TechniqueId{"T1530"}, "aws");
  EXPECT_EQ(cell->state, State::kMapped);
  EXPECT_TRUE(cell->broken_rules.empty());
  EXPECT_THAT(cell->badges, ElementsAre("one-rule"));
}

TEST_F(Assess, ALogSourceOfAllAccountsClosesTheGapOfAnother) {
  Inputs inputs = sample_.inputs();
  auto rule = sample_rule("r", {"T1530"});
  rule.log_sources = {"aws.cloudtrail", "aws.s3"};
  inputs.detections = {rule};
  inputs.log_sources["aws.cloudtrail"] = {"aws", true, 0.5};
  inputs.log_sources["aws.s3"] = {"aws", true, 1.0};
  EXPECT_THAT(assess(inputs).find(TechniqueId{"T1530"}, "aws")->badges, ElementsAre("one-rule"));
  inputs.log_sources["aws.s3"].enabled = false;  // what does not arrive closes nothing
  EXPECT_THAT(assess(inputs).find(TechniqueId{"T1530"}, "aws")->badges,
              ElementsAre("account-gap", "one-rule"));
}

TEST_F(Assess, TheLastAcceptanceAboutACellCounts) {
  Inputs inputs = sample_.inputs();
  inputs.accepted = {{"T1530", "aws", "first"}, {"T1530", "", "second"}, {"T1078", "aws", "other"}};
  EXPECT_EQ(assess(inputs).find(TechniqueId{"T1530"}, "aws")->accepted, "second");
}

TEST_F(Assess, SaysThatARuleIsForAnotherCloud) {
  const auto unmapped = with({sample_rule("r", {"T1530"}, "okta", "okta.system")}).rules.at(0);
  EXPECT_EQ(unmapped.unmapped, "it is for okta, which is not among the providers here");
  auto nowhere = sample_rule("r", {"T1530"});
  nowhere.providers.clear();
  EXPECT_EQ(with({nowhere}).rules.at(0).unmapped, "it is for no cloud provider that is known");
}

// Words of rules stand in reasons; none of them may reach a terminal as it is.
TEST_F(Assess, ReasonsHoldNoControlBytesOfRules) {
  const Coverage coverage =
      with({sample_rule("a", {"\x1b[31mT1\n"}), sample_rule("b", {"T1530"}, "okta\x1b", "x")});
  for (const RuleSummary& rule : coverage.rules) {
    EXPECT_EQ(rule.unmapped.find_first_of("\x1b\n"), std::string::npos) << rule.unmapped;
    EXPECT_NE(rule.unmapped, "");
  }
}

TEST_F(Assess, WithoutProvidersThereAreRowsAndNoCells) {
  Inputs inputs = sample_.inputs();
  inputs.providers.clear();
  inputs.detections = {sample_rule("r", {"T1530"})};
  const Coverage coverage = assess(inputs);
  EXPECT_EQ(coverage.techniques.size(), 7U);
  EXPECT_THAT(coverage.cells, IsEmpty());
  EXPECT_THAT(coverage.rules.at(0).unmapped, HasSubstr("not among the providers here"));
}

TEST_F(Assess, ManyRulesOnOneCellAreListedInTheirOrderEachOnce) {
  std::vector<inventory::Detection> rules;
  for (int i = 0; i < 500; ++i) rules.push_back(sample_rule(fmt::format("r{:03}", i), {"T1530"}));
  const Coverage coverage = with(rules);
  const Cell* cell = coverage.find(TechniqueId{"T1530"}, "aws");
  ASSERT_EQ(cell->rules.size(), 500U);
  for (std::size_t i = 0; i < 500; ++i) EXPECT_EQ(cell->rules[i].rule, i);
  EXPECT_THAT(cell->badges, IsEmpty());
}

}  // namespace
}  // namespace nepho::coverage
