// What must always hold of the coverage model, on random workspaces. Each property takes a
// workspace and changes one thing; the seed of a failure makes the same workspace again.
#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "coverage/assess.h"
#include "coverage/sample.h"
#include "coverage/write_json.h"
#include "tests/property/coverage_naive.h"

namespace nepho::coverage {
namespace {

using attack::TechniqueId;
using evidence::Evidence;
using evidence::Kind;

constexpr int kNumWorkspaces = 300;
// Rounding of sums, which two orders of adding may do differently.
constexpr double kRounding = 1e-9;

// Techniques of the sample matrix on which rules and plays are made; T1530 has no parent and no
// sub-techniques, so that the naive version knows it.
constexpr const char* kTechniques[]{"T1078", "T1078.001", "T1078.004",
                                    "T1136", "T1136.003", "T1530"};
constexpr const char* kProviders[]{"aws", "azure"};

class RandomWorkspace {
 public:
  explicit RandomWorkspace(unsigned seed) : random_(seed), inputs_(sample_.inputs()) {
    inputs_.log_sources = {{"aws.cloudtrail", source("aws")},
                           {"aws.s3", source("aws")},
                           {"azure.activity", source("azure")}};
    for (int i = below(12); i > 0; --i) add_rule();
    for (int i = below(14); i > 0; --i) add_procedure();
    for (int i = below(40); i > 0 && !inputs_.procedures.empty(); --i) {
      inputs_.evidence.push_back(random_play());
    }
  }

  Inputs& inputs() { return inputs_; }
  int below(int n) { return std::uniform_int_distribution<int>(0, n - 1)(random_); }
  bool has_chance(int percent) { return below(100) < percent; }
  std::mt19937& random() { return random_; }

  // A play of one of the procedures, in which every rule that is mapped to its technique may have
  // been tried; of age 0 to 300 days, some at the same moment.
  Evidence random_play() {
    const auto& procedure = inputs_.procedures[index(inputs_.procedures.size())];
    std::vector<evidence::Trial> trials;
    for (const auto& rule : inputs_.detections) {
      if (!has_chance(30)) continue;
      trials.push_back({.rule = rule.id,
                        .hash = has_chance(85) ? rule.hash : "changed",
                        .alerted = has_chance(60),
                        .late = has_chance(10),
                        .also_benign = has_chance(10)});
    }
    return played(procedure, std::move(trials), below(30) * 10);
  }

  // A play in which one rule alone was tried, of the technique and the procedure's own logs;
  // nothing where no procedure has such a rule.
  std::optional<Evidence> single_play(bool alerted) {
    auto procedures = inputs_.procedures;
    std::ranges::shuffle(procedures, random_);
    for (const auto& procedure : procedures) {
      for (const auto& rule : inputs_.detections) {
        if (!std::ranges::count(rule.techniques, procedure.technique)) continue;
        if (rule.log_sources != procedure.log_sources) continue;
        return played(procedure, {{.rule = rule.id, .hash = rule.hash, .alerted = alerted}},
                      below(20) * 10);
      }
    }
    return std::nullopt;
  }

 private:
  std::size_t index(std::size_t size) {
    return static_cast<std::size_t>(below(static_cast<int>(size)));
  }
  LogSourceUse source(const char* provider) {
    return {provider, has_chance(85), 0.25 * (1 + below(4)), has_chance(10) ? "silent" : ""};
  }

  void add_rule() {
    const std::string provider = kProviders[below(2)];
    const std::string log = provider == "azure" ? "azure.activity"
                            : has_chance(70)    ? "aws.cloudtrail"
                                                : "aws.s3";
    const std::string id = "rule-" + std::to_string(inputs_.detections.size());
    auto rule = sample_rule(id, {kTechniques[below(6)]}, provider, log);
    constexpr const char* kStatuses[]{"stable", "test", "experimental", ""};
    rule.status = kStatuses[below(4)];
    rule.hash = "hash-" + id;
    rule.enabled = has_chance(85);
    inputs_.robustness[rule.hash] = 1 + below(5);
    inputs_.detections.push_back(std::move(rule));
  }

  void add_procedure() {
    const std::string provider = kProviders[below(2)];
    std::vector<std::string> logs{provider == "azure" ? "azure.activity"
                                  : has_chance(70)    ? "aws.cloudtrail"
                                                      : "aws.s3"};
    if (provider == "aws" && has_chance(20)) logs = {"aws.cloudtrail", "aws.s3"};
    inputs_.procedures.push_back(sample_procedure("p-" + std::to_string(inputs_.procedures.size()),
                                                  kTechniques[below(6)], provider,
                                                  std::move(logs)));
  }

  Evidence played(const evidence::Procedure& procedure, std::vector<evidence::Trial> trials,
                  int age_days) {
    Evidence play = sample_play(procedure.id, std::move(trials), age_days,
                                static_cast<Kind>(below(evidence::kNumKinds)));
    play.technique = procedure.technique;
    play.provider = procedure.provider;
    if (has_chance(5)) play.outcome = evidence::Outcome::kError;
    return play;
  }

  std::mt19937 random_;
  SampleMatrix sample_;
  Inputs inputs_;
};

// "At a fixed prior": whether a rule was seen to match does not count.
void fix_priors(Inputs& inputs) {
  inputs.model.specificity_matches = inputs.model.specificity_technique;
}

// Every cell of `after` against the same of `before`.
template <typename Check>
void compare(const Coverage& before, const Coverage& after, Check check) {
  ASSERT_EQ(before.cells.size(), after.cells.size());
  for (std::size_t i = 0; i < before.cells.size(); ++i) {
    check(before.cells[i], after.cells[i]);
  }
}

template <typename Property>
void for_all_workspaces(Property property) {
  for (unsigned seed = 1; seed <= kNumWorkspaces; ++seed) {
    SCOPED_TRACE("seed " + std::to_string(seed));
    RandomWorkspace workspace(seed);
    property(workspace);
    if (testing::Test::HasFailure()) return;
  }
}

TEST(CoverageModel, NumbersKeepTheirBounds) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    for (const Cell& cell : assess(workspace.inputs()).cells) {
      const Proof& proof = cell.proof;
      ASSERT_GE(proof.l90, 0);
      ASSERT_LE(proof.l90, proof.mean);
      ASSERT_LE(proof.mean, 1);
      ASSERT_GE(proof.mean_next, 0);
      ASSERT_LE(proof.mean_next, 1);
      ASSERT_LE(proof.alerted, proof.tested);
      ASSERT_LE(proof.tested, proof.num_procedures);
    }
  });
}

TEST(CoverageModel, APassNeverLowersACell) {
  int num_tried = 0;
  for_all_workspaces([&](RandomWorkspace& workspace) {
    fix_priors(workspace.inputs());
    const Coverage before = assess(workspace.inputs());
    const auto play = workspace.single_play(true);
    if (!play) return;
    ++num_tried;
    workspace.inputs().evidence.push_back(*play);
    compare(before, assess(workspace.inputs()), [](const Cell& old, const Cell& made) {
      ASSERT_GE(made.proof.mean, old.proof.mean - kRounding) << old.technique.value;
      ASSERT_GE(made.proof.l90, old.proof.l90 - kRounding) << old.technique.value;
    });
  });
  EXPECT_GT(num_tried, kNumWorkspaces / 3) << "the property was hardly tried";
}

TEST(CoverageModel, AFailNeverRaisesACell) {
  int num_tried = 0;
  for_all_workspaces([&](RandomWorkspace& workspace) {
    fix_priors(workspace.inputs());
    const Coverage before = assess(workspace.inputs());
    const auto play = workspace.single_play(false);
    if (!play) return;
    ++num_tried;
    workspace.inputs().evidence.push_back(*play);
    compare(before, assess(workspace.inputs()), [](const Cell& old, const Cell& made) {
      ASSERT_LE(made.proof.mean, old.proof.mean + kRounding) << old.technique.value;
      ASSERT_LE(made.proof.l90, old.proof.l90 + kRounding) << old.technique.value;
    });
  });
  EXPECT_GT(num_tried, kNumWorkspaces / 3);
}

void expect_not_raised(const Coverage& before, const Coverage& after) {
  compare(before, after, [](const Cell& old, const Cell& made) {
    ASSERT_LE(made.proof.mean, old.proof.mean + kRounding) << old.technique.value;
    ASSERT_LE(score_of(made.state), score_of(old.state))
        << old.technique.value << " on " << old.provider << ": " << to_string(old.state) << " to "
        << to_string(made.state);
  });
}

TEST(CoverageModel, SwitchingOffARuleNeverRaisesACell) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    if (inputs.detections.empty()) return;
    const Coverage before = assess(inputs);
    inputs
        .detections[static_cast<std::size_t>(
            workspace.below(static_cast<int>(inputs.detections.size())))]
        .enabled = false;
    expect_not_raised(before, assess(inputs));
  });
}

TEST(CoverageModel, SwitchingOffALogSourceNeverRaisesACell) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    const Coverage before = assess(inputs);
    std::next(inputs.log_sources.begin(), workspace.below(3))->second.enabled = false;
    expect_not_raised(before, assess(inputs));
  });
}

TEST(CoverageModel, ALogSourceThatFallsSilentRaisesNoCell) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    const Coverage before = assess(inputs);
    std::next(inputs.log_sources.begin(), workspace.below(3))->second.dark = "it fell silent";
    expect_not_raised(before, assess(inputs));
  });
}

TEST(CoverageModel, EvidenceOnAwsNeverChangesAzure) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    const Coverage before = assess(inputs);
    std::erase_if(inputs.evidence, [](const Evidence& play) { return play.provider == "aws"; });
    compare(before, assess(inputs), [](const Cell& old, const Cell& made) {
      if (old.provider == "aws") return;
      ASSERT_EQ(old.proof.mean, made.proof.mean);
      ASSERT_EQ(old.state, made.state);
    });
  });
}

TEST(CoverageModel, OrderRepetitionAndNamesChangeNothing) {
  for_all_workspaces([](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    const Coverage before = assess(inputs);
    const auto evidence = inputs.evidence;
    inputs.evidence.insert(inputs.evidence.end(), evidence.begin(), evidence.end());
    const auto rules = inputs.detections;
    inputs.detections.insert(inputs.detections.end(), rules.begin(), rules.end());
    for (auto& rule : inputs.detections) rule.name = "renamed";
    std::ranges::shuffle(inputs.evidence, workspace.random());
    std::ranges::shuffle(inputs.detections, workspace.random());
    std::ranges::shuffle(inputs.procedures, workspace.random());
    compare(before, assess(inputs), [](const Cell& old, const Cell& made) {
      ASSERT_EQ(old.proof.mean, made.proof.mean) << old.technique.value;
      ASSERT_EQ(old.proof.l90, made.proof.l90);
      ASSERT_EQ(old.state, made.state);
      ASSERT_EQ(old.badges, made.badges);
    });
  });
}

// What was played and known under the names of an older version counts as much as under today's:
// no cell changes, so no sum over cells does.
TEST(CoverageModel, AnotherVersionOfAttackKeepsWhatIsCarriedOver) {
  constexpr std::pair<std::string_view, std::string_view> kOldNames[]{{"T1136.003", "T9136"},
                                                                      {"T1530", "T9530"}};
  int num_proven = 0;
  for_all_workspaces([&](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    const Coverage now = assess(inputs);
    const auto rename = [&](std::string& technique) {
      for (const auto& [current, old] : kOldNames) {
        if (technique == current && workspace.has_chance(70)) technique = old;
      }
    };
    for (auto& procedure : inputs.procedures) rename(procedure.technique);
    for (Evidence& play : inputs.evidence) rename(play.technique);
    compare(now, assess(inputs), [&](const Cell& one, const Cell& other) {
      ASSERT_EQ(one.proof.mean, other.proof.mean) << one.technique.value;
      ASSERT_EQ(one.proof.l90, other.proof.l90);
      ASSERT_EQ(one.state, other.state);
      const bool was_renamed = std::ranges::any_of(
          kOldNames, [&](const auto& name) { return name.first == one.technique.value; });
      num_proven += was_renamed && one.proof.tested > 0 ? 1 : 0;
    });
  });
  EXPECT_GT(num_proven, kNumWorkspaces / 3);
}

TEST(CoverageModel, MadeRecordsAloneNeverValidate) {
  int num_exercised = 0;
  for_all_workspaces([&](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    for (Evidence& play : inputs.evidence) play.kind = Kind::kSynthetic;
    for (const Cell& cell : assess(inputs).cells) {
      ASSERT_NE(cell.state, State::kValidated) << cell.technique.value;
      num_exercised += cell.state == State::kExercised ? 1 : 0;
    }
  });
  EXPECT_GT(num_exercised, 0);
}

TEST(CoverageModel, TheSameWorkspaceGivesTheSameBytes) {
  for (unsigned seed = 1; seed <= 20; ++seed) {
    EXPECT_EQ(to_json(assess(RandomWorkspace(seed).inputs())),
              to_json(assess(RandomWorkspace(seed).inputs())));
  }
}

// T1530 alone: the naive version knows nothing of parents.
TEST(CoverageModel, AgreesWithTheFormulasOnPaper) {
  int num_tested = 0;
  for_all_workspaces([&](RandomWorkspace& workspace) {
    Inputs& inputs = workspace.inputs();
    for (auto& procedure : inputs.procedures) procedure.technique = "T1530";
    for (auto& rule : inputs.detections) rule.techniques = {"T1530"};
    for (auto& play : inputs.evidence) play.technique = "T1530";
    const Coverage coverage = assess(inputs);
    for (const char* provider : kProviders) {
      const Proof& proof = coverage.find(TechniqueId{"T1530"}, provider)->proof;
      if (proof.num_procedures == 0) continue;
      const NaiveNumbers naive = naive_numbers(inputs, "T1530", provider);
      ASSERT_NEAR(proof.mean, naive.mean, kRounding) << provider;
      ASSERT_NEAR(proof.l90, naive.l90, kRounding) << provider;
      ASSERT_EQ(proof.tested, naive.tested);
      ASSERT_EQ(proof.alerted, naive.alerted);
      num_tested += proof.tested > 0 ? 1 : 0;
    }
  });
  EXPECT_GT(num_tested, kNumWorkspaces / 3);
}

}  // namespace
}  // namespace nepho::coverage
