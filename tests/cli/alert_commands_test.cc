// validate --alerts as a user runs it: what another product alerted on, held against what was
// played.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <sstream>

#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

constexpr int kCheckFailed = 1;
constexpr int kUsage = 3;

// Attacks and what looks like them, as another product would be given them.
class AlertsOfOthers : public testing::Test {
 protected:
  AlertsOfOthers() : logs_((folder_.path() / "logs").string()) {
    const auto made = run_nepho({"simulate", "--technique", "T1098", "--technique", "T1136",
                                 "--provider", "aws", "--lookalikes", "--with-background", "200",
                                 "-o", logs_, "--as-of", "2026-03-01"});
    EXPECT_EQ(made.exit_code, 0) << made.err;
  }

  // The findings of our own engine stand in for another product's.
  std::string findings(const std::string& format) {
    return run_nepho({"detect", "--pack", "--format", format, logs_ + "/AWSLogs"}).out;
  }
  tests::Run validate(std::vector<std::string> more) {
    std::vector<std::string> words{"validate",           "--telemetry", logs_,       "--cases",
                                   logs_ + "/cases.tsv", "--as-of",     "2026-03-01"};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words);
  }
  // Verdict, technique and procedure of each row.
  static std::vector<std::string> verdicts(const tests::Run& run) {
    std::vector<std::string> rows;
    std::istringstream lines(run.out);
    for (std::string line; std::getline(lines, line);) {
      std::size_t end = 0;
      for (int i = 0; i < 3; ++i) end = line.find(',', end) + 1;
      rows.push_back(line.substr(0, end));
    }
    std::ranges::sort(rows);
    return rows;
  }

  TemporaryFolder folder_;
  std::string logs_;
};

TEST_F(AlertsOfOthers, RecordsThatAreNoAlertsAreCountedWhereMoreIsAsked) {
  const std::string alerts =
      folder_.write("mixed.ndjson", findings("ocsf") + "{\"no\":\"alert\"}\n{\"a\":1}\n");
  EXPECT_THAT(validate({"--alerts", alerts, "-v"}).err, HasSubstr("that are no alerts: 2\n"));
  EXPECT_THAT(validate({"--alerts", alerts}).err, Not(HasSubstr("are no alerts")));
}

TEST_F(AlertsOfOthers, AFolderWithoutAFileIsNoEmptyExport) {
  const std::string empty = folder_.write("empty.json", "");
  EXPECT_EQ(validate({"--alerts", empty}).exit_code, kCheckFailed);
  const auto folder = folder_.path() / "none";
  std::filesystem::create_directory(folder);
  const auto run = validate({"--alerts", folder.string()});
  EXPECT_EQ(run.exit_code, kUsage);
  EXPECT_THAT(run.err, HasSubstr("there is no file in "));
}

TEST_F(AlertsOfOthers, OurOwnAlertsGiveTheVerdictsOfTheEngine) {
  const std::string alerts = folder_.write("alerts.ndjson", findings("ocsf"));
  const auto played = validate({"--pack", "--format", "csv"});
  const auto alerted = validate({"--pack", "--format", "csv", "--alerts", alerts});
  EXPECT_GT(verdicts(played).size(), 20U);
  EXPECT_EQ(verdicts(alerted), verdicts(played)) << alerted.err;
  EXPECT_THAT(alerted.err, HasSubstr(" ocsf): "));
}

// The same without ids of events and rules: by account, actor, address, technique and time.
TEST_F(AlertsOfOthers, ATableOfAnOpaqueProductGivesThemToo) {
  std::string table = "Time,Technique,Alert,Account,Actor,Source IP,Severity\n";
  std::istringstream lines(findings("ndjson"));
  for (std::string line; std::getline(lines, line);) {
    const auto document = text::JsonDocument::parse(line);
    ASSERT_TRUE(document);
    const auto root = document->root();
    std::string techniques;
    for (const auto& id : root.find("techniques")->children()) {
      techniques += std::string(id.text()) + " ";
    }
    table += std::string(root.string_at("time")) + "," + techniques + ",\"Their name of " +
             std::string(root.find("rule")->string_at("title")) + "\"," +
             std::string(root.string_at("account")) + "," + std::string(root.string_at("actor")) +
             "," + std::string(root.string_at("source_ip")) + "," +
             std::string(root.find("rule")->string_at("level")) + "\n";
  }
  const std::string alerts = folder_.write("alerts.csv", table);
  const auto alerted = validate({"--format", "csv", "--alerts", alerts});
  EXPECT_EQ(verdicts(alerted), verdicts(validate({"--pack", "--format", "csv"}))) << alerted.err;
  EXPECT_THAT(alerted.out, HasSubstr("another product: Their name of"));
}

TEST_F(AlertsOfOthers, WithoutAlertsEveryAttackWasMissed) {
  const std::string alerts = folder_.write("alerts.json", "[]");
  const auto run = validate({"--format", "csv", "--alerts", alerts});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("no_alert,"));
  EXPECT_THAT(run.out, Not(HasSubstr("alerted,")));
}

TEST_F(AlertsOfOthers, WhatMatchesNothingIsCountedAndListed) {
  const std::string alerts = folder_.write(
      "alerts.csv",
      "time,rule,technique,actor\n2026-02-28T23:00:00Z,Evil \x1b[31m name,T1098,nobody-we-know\n");
  const auto run = validate({"--format", "json", "--alerts", alerts});
  EXPECT_THAT(run.err, HasSubstr("1 alert read (1 table): 0 joined to what was played, 1 matches"));
  EXPECT_THAT(run.err, HasSubstr("alerts.csv:2: another product: Evil \\x1b[31m name"));
  EXPECT_EQ(run.err.find('\x1b'), std::string::npos);
  const auto document = text::JsonDocument::parse(run.out);
  ASSERT_TRUE(document);
  const auto tally = document->root().find("alerts");
  ASSERT_TRUE(tally);
  EXPECT_EQ(tally->find("unmatched")->num_children(), 1U);
  EXPECT_EQ(tally->find("read")->text(), "1");
}

// A file that cannot be read would turn what was seen into misses.
TEST_F(AlertsOfOthers, AFileThatIsNoAlertsEndsTheRun) {
  const auto missing = validate({"--alerts", (folder_.path() / "none.json").string()});
  EXPECT_EQ(missing.exit_code, kUsage) << missing.out;
  const auto other = validate({"--alerts", folder_.write("other.json", "{\"a\": 1}")});
  EXPECT_EQ(other.exit_code, kUsage);
  EXPECT_THAT(other.err, HasSubstr("error[alert.none]"));
  const auto partly =
      validate({"--alerts", folder_.write("partly.ndjson", findings("ocsf") + "{")});
  EXPECT_EQ(partly.exit_code, kCheckFailed);  // the attacks that are missed weigh more
  EXPECT_THAT(partly.err, HasSubstr("error[alert.bad]"));
}

TEST_F(AlertsOfOthers, EvidenceIsKeptInTheWorkspaceWithTheRulesOfOurOwn) {
  folder_.write("workspace/nephometer.yml",
                "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
                "detections: [{pack: builtin}]\n");
  const std::string workspace = (folder_.path() / "workspace").string();
  const std::string alerts = folder_.write("alerts.ndjson", findings("ocsf"));
  const auto kept = validate({"--alerts", alerts, "--workspace", workspace, "--format", "ndjson"});
  EXPECT_THAT(kept.out, HasSubstr("\"kind\":\"synthetic\""));
  EXPECT_THAT(kept.out, Not(HasSubstr("\"hash\":\"\",\"alerted\":true")));
  const auto due = run_nepho(
      {"explain", "T1136.003", "--on", "aws", "--workspace", workspace, "--as-of", "2026-03-02"});
  EXPECT_THAT(due.out, HasSubstr("aws.persistence.create-user")) << due.err;
}

TEST(AlertOptions, APlanOrATimeAloneIsAMistake) {
  for (const char* option : {"--plan", "--since"}) {
    const auto run = run_nepho({"validate", "aws.persistence.create-user", option, "2026-03-01"});
    EXPECT_EQ(run.exit_code, kUsage) << option << run.out;
  }
}

TEST(AlertOptions, SinceIsADateThatHasBeen) {
  const TemporaryFolder folder;
  const std::string alerts = folder.write("a.json", "[]");
  for (const char* since : {"soon", "2999-01-01"}) {
    const auto run = run_nepho(
        {"validate", "aws.persistence.create-user", "--alerts", alerts, "--since", since});
    EXPECT_EQ(run.exit_code, kUsage) << since << run.out;
  }
}

// Attacks on an estate of one's own, without a terminal.
class LiveAttacks : public testing::Test {
 protected:
  LiveAttacks() {
    folder_.write("nephometer.yml",
                  "providers:\n  aws: {account_ids: [\"111122223333\"]}\n"
                  "log_sources:\n  aws.cloudtrail: {coverage: 1}\n"
                  "detections:\n  - {pack: builtin}\nalert_within: 30m\n");
  }
  tests::Run validate(std::vector<std::string> more) {
    std::vector<std::string> words{"validate", "--workspace", folder_.path().string()};
    words.insert(words.end(), more.begin(), more.end());
    return run_nepho(words);
  }
  std::string plan() {
    const auto run = validate({"--live", kCreateUser, kStopTrail, "--as-of", "2026-03-01"});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    return run.out;
  }
  std::string kept(const std::string& name) const {
    return contents_of(folder_.path() / ".nephometer" / name);
  }
  // The id that the calls of the procedure bear.
  std::string run_of(std::string_view procedure) const {
    const auto document = text::JsonDocument::parse(kept("live-plan.json"));
    for (const auto& play : document->root().find("plays")->children()) {
      if (play.string_at("procedure") == procedure) return std::string(play.string_at("run"));
    }
    return {};
  }

  const std::string kCreateUser = "aws.persistence.create-user";
  const std::string kStopTrail = "aws.defense-impairment.stop-trail";
  TemporaryFolder folder_;
};

TEST_F(LiveAttacks, ThePlanSaysWhatToRunAndIsKept) {
  const std::string script = plan();
  EXPECT_THAT(script, HasSubstr("stratus detonate aws.persistence.iam-create-admin-user"));
  EXPECT_THAT(script, HasSubstr("export STRATUS_RED_TEAM_CORRELATION_ID=" + run_of(kCreateUser)));
  EXPECT_THAT(kept("live-plan.outcomes.tsv"), HasSubstr(kStopTrail + "\tnot_played"));
  EXPECT_EQ(plan(), script);  // as of the same moment
}

TEST_F(LiveAttacks, WhatStratusDoesNotHaveIsShellAsFarAsTheStepsSayIt) {
  const auto run = validate({"--live", "aws.privilege-escalation.attach-admin-policy"});
  EXPECT_THAT(run.out, HasSubstr("aws iam attach-user-policy --user-name "));
  EXPECT_THAT(run.out, HasSubstr("export AWS_EXECUTION_ENV=nephometer_" +
                                 run_of("aws.privilege-escalation.attach-admin-policy")));
}

TEST_F(LiveAttacks, AnAlertThatBearsTheRunsIdIsOfIt) {
  plan();
  const std::string alerts = folder_.write(
      "alerts.ndjson",
      R"({"class_uid": 2004, "time": 1772325900000, "severity": "High", "message": "User made",
"metadata": {"product": {"name": "SIEM"}},
"finding_info": {"attacks": [{"technique": {"uid": "T1136"}}]},
"evidences": [{"data": {"event": {"userAgent": "aws-cli exec-env/nephometer_)" +
          run_of(kCreateUser) + "\"}}}]}");
  const auto run = validate({"--alerts", alerts, "--format", "csv"});
  EXPECT_EQ(run.exit_code, 0) << run.out;  // the other is not known to have been carried out
  EXPECT_THAT(run.out, HasSubstr("alerted,T1136.003," + kCreateUser + ",aws,live,SIEM: User made"));
  EXPECT_THAT(run.out, HasSubstr("not_played,T1685.002," + kStopTrail));
  EXPECT_THAT(run.err, HasSubstr("1 alert read (1 ocsf): 1 joined"));
}

TEST_F(LiveAttacks, SinceSaysThatAllWasCarriedOut) {
  plan();
  const std::string alerts = folder_.write(
      "alerts.csv",
      "time,rule,technique,account\n2026-03-02T10:00:00Z,Trail,T1685.002,111122223333\n"
      "2026-03-02T10:00:00Z,Of others,T1136.003,444455556666\n");
  const auto run = validate({"--alerts", alerts, "--since", "2026-03-01", "--format", "csv"});
  EXPECT_EQ(run.exit_code, kCheckFailed);
  EXPECT_THAT(run.out, HasSubstr("alerted,T1685.002," + kStopTrail));
  EXPECT_THAT(run.err, HasSubstr("1 joined to what was played (1 by technique and time"));
  EXPECT_THAT(run.out, HasSubstr("no_alert,T1136.003," + kCreateUser));
  EXPECT_THAT(run.err, HasSubstr("matches nothing"));
}

TEST_F(LiveAttacks, WhereTheBeginIsKnownAnAlertMayBeLate) {
  plan();
  const std::string alerts =
      folder_.write("alerts.csv", "time,rule,technique\n2026-03-01T10:31:00Z,Trail,T1685.002\n");
  const std::string outcome = folder_.write(
      "o.tsv", "procedure\toutcome\tstarted\n" + kStopTrail + "\tplayed\t2026-03-01T10:00:00Z\n");
  const auto run = validate({"--alerts", alerts, "--outcome", outcome, "--format", "csv"});
  EXPECT_THAT(run.out, HasSubstr("late,T1685.002," + kStopTrail));
  EXPECT_THAT(run.out, HasSubstr("1860 s after the attack began, agreed are 1800 s"));
}

TEST_F(LiveAttacks, APersonsOutcomeIsLiveEvidence) {
  plan();
  const std::string outcome = folder_.write(
      "o.tsv", "procedure\toutcome\tstarted\trule\tnote\n" + kCreateUser +
                   "\talerted\t2026-03-01T10:00:00Z\tUser made\t\n" + kStopTrail +
                   "\tblocked\t2026-03-01T10:00:00Z\t\ta policy of the organisation\n");
  const auto run =
      validate({"--outcome", outcome, "--format", "ndjson", "--as-of", "2026-03-01T12:00:00Z"});
  EXPECT_EQ(run.exit_code, 0) << run.out << run.err;
  EXPECT_THAT(run.out, HasSubstr("\"outcome\":\"blocked\",\"verdict\":\"not_played\""));
  EXPECT_THAT(run.out, HasSubstr("\"time\":\"2026-03-01T12:00:00Z\""));
  const auto explained = run_nepho({"explain", "T1136.003", "--on", "aws", "--workspace",
                                    folder_.path().string(), "--as-of", "2026-03-02"});
  EXPECT_THAT(explained.out, HasSubstr("live play of " + kCreateUser));
  EXPECT_THAT(explained.out, HasSubstr("rule 'User made' alerted in time"));
}

TEST_F(LiveAttacks, WhatIsStillToBeSaidIsNoEvidence) {
  plan();
  const std::string outcome =
      folder_.write("o.tsv", "procedure\toutcome\n" + kCreateUser + "\tplayed\n");
  const auto run = validate({"--outcome", outcome});
  EXPECT_EQ(run.exit_code, 0) << run.out;
  EXPECT_THAT(run.out, HasSubstr("NOT PLAYED: "));
  const auto explained =
      run_nepho({"explain", "T1136.003", "--on", "aws", "--workspace", folder_.path().string()});
  EXPECT_THAT(explained.out, Not(HasSubstr("live play")));
}

TEST_F(LiveAttacks, WithoutAPlaceForThePlanOrAPlanItSaysWhatToDo) {
  const TemporaryFolder nowhere;
  const auto homeless = run_nepho({"validate", "--live", kCreateUser}, {.folder = nowhere.path()});
  EXPECT_EQ(homeless.exit_code, kUsage);
  EXPECT_THAT(homeless.err, HasSubstr("--plan"));
  EXPECT_EQ(validate({"--live"}).exit_code, kUsage);
  const auto unplanned = validate({"--outcome", folder_.write("o.tsv", "procedure\toutcome\n")});
  EXPECT_EQ(unplanned.exit_code, kUsage);
  EXPECT_THAT(unplanned.err, HasSubstr("nepho validate --live"));
  const auto named = validate(
      {"--alerts", folder_.write("a.json", "[]"), "--plan", folder_.write("p.json", "{}")});
  EXPECT_EQ(named.exit_code, kUsage);
  EXPECT_THAT(named.err, HasSubstr("error[exercise.bad_plan]"));
}

TEST_F(LiveAttacks, ABadRowOfTheOutcomeCostsOnlyItself) {
  plan();
  const std::string outcome =
      folder_.write("o.tsv", "procedure\toutcome\n" + kCreateUser + "\tlogged\naws.x\tlogged\n" +
                                 kStopTrail + "\tperhaps\n");
  const auto run = validate({"--outcome", outcome, "--format", "csv"});
  EXPECT_THAT(run.out, HasSubstr("no_alert,T1136.003," + kCreateUser));
  EXPECT_THAT(run.err, HasSubstr("not in the plan: aws.x"));
  EXPECT_THAT(run.err, HasSubstr("o.tsv:4: error[exercise.bad_statement]"));
}

// GuardDuty names no technique: what its type of finding claims counts.
TEST_F(LiveAttacks, AFindingOfGuardDutyCountsWithWhatItsTypeClaims) {
  const std::string key = "aws.persistence.access-key-for-another-user";
  const auto found = [&](const std::string& finding) {
    return validate({key, "--since", "2026-03-01", "--format", "csv", "--no-record", "--alerts",
                     folder_.write("findings.json", finding)})
        .out;
  };
  const std::string of_it = found(
      R"({"accountId": "111122223333", "id": "f", "type": "Persistence:IAMUser/AnomalousBehavior",
"service": {"serviceName": "guardduty", "eventFirstSeen": "2026-03-01T10:00:00Z"},
"createdAt": "2026-03-01T10:20:00Z", "severity": 5})");
  EXPECT_THAT(of_it, HasSubstr("alerted,T1098.001," + key +
                               ",aws,live,GuardDuty: Persistence:IAMUser/AnomalousBehavior"));
  const std::string through_security_hub = found(
      R"({"Findings": [{"ProductArn": "a", "ProductName": "GuardDuty", "AwsAccountId": "111122223333",
"Id": "i", "Title": "t", "CreatedAt": "2026-03-01T10:20:00Z", "GeneratorId": "g",
"Types": ["TTPs/Persistence/Persistence:IAMUser-AnomalousBehavior"]}]})");
  EXPECT_EQ(through_security_hub, of_it);
  const std::string of_another_account = found(
      R"({"accountId": "444455556666", "id": "f", "type": "Persistence:IAMUser/AnomalousBehavior",
"service": {"serviceName": "guardduty"}, "createdAt": "2026-03-01T10:20:00Z", "severity": 5})");
  EXPECT_THAT(of_another_account, HasSubstr("no_alert,"));
}

// What the workspace knows of a rule goes before what the alert says of it.
TEST_F(LiveAttacks, ARuleOfTheWorkspaceCountsWithItsOwnMapping) {
  folder_.write("nephometer.yml",
                "providers: {aws: {}}\nlog_sources: {aws.cloudtrail: {}}\n"
                "detections: [{path: rules/}]\n");
  folder_.write("rules/key.toml",
                "[metadata]\nintegration = [\"aws\"]\nmaturity = \"production\"\n[rule]\n"
                "rule_id = \"e1\"\nname = \"User made\"\nquery = 'event.action: CreateUser'\n"
                "index = [\"logs-aws.cloudtrail-*\"]\nseverity = \"low\"\ntype = \"query\"\n"
                "[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n[rule.threat.tactic]\n"
                "id = \"TA0003\"\n[[rule.threat.technique]]\nid = \"T1136\"\n"
                "[[rule.threat.technique.subtechnique]]\nid = \"T1136.003\"\n");
  const auto verdict_of = [&](const std::string& rule) {
    plan();
    const std::string alerts = folder_.write(
        "alerts.ndjson", R"({"@timestamp": "2026-03-01T10:05:00Z", "kibana.alert.rule.name": "x",
"kibana.alert.rule.rule_id": ")" +
                             rule + R"(", "user_agent.original": "exec-env/nephometer_)" +
                             run_of(kCreateUser) + "\"}");
    return validate({"--alerts", alerts, "--since", "2026-03-01", "--format", "csv"}).out;
  };
  EXPECT_THAT(verdict_of("e1"), HasSubstr("alerted,T1136.003," + kCreateUser + ",aws,live,e1"));
  EXPECT_THAT(verdict_of("e2"), HasSubstr("alerted_other,T1136.003," + kCreateUser +
                                          ",aws,live,Elastic Security: e2"));
}

TEST_F(LiveAttacks, WhatVectrAndDettectSayIsTalk) {
  const std::string vectr =
      folder_.write("vectr.csv",
                    "Variant,MitreID,Status,Outcome\nKey made,T1562.008,Completed,Detected\n"
                    "Odd,T1098.001,Completed,NotDetected\n");
  EXPECT_EQ(validate({"--outcome", vectr}).exit_code, kUsage);
  const auto run = validate({"--outcome", vectr, "--provider", "aws", "--format", "csv"});
  EXPECT_THAT(run.out, HasSubstr("alerted,T1685.002,vectr: Key made,aws,tabletop"));
  EXPECT_THAT(run.out, HasSubstr("no_alert,T1098.001,vectr: Odd,aws,tabletop"));
  const std::vector<std::string> ask{
      "coverage", "--format",  "json", "--workspace", folder_.path().string(),
      "--as-of",  "2026-12-01"};
  const auto with = run_nepho(ask);
  std::filesystem::remove_all(folder_.path() / ".nephometer");
  const auto without = run_nepho(ask);
  const auto state = [](const std::string& json) {
    const auto document = text::JsonDocument::parse(json);
    for (const auto& cell : document->root().find("cells")->children()) {
      const bool is_it = cell.string_at("technique") == "T1685.002";
      if (is_it && cell.string_at("provider") == "aws") return std::string(cell.string_at("state"));
    }
    return std::string();
  };
  EXPECT_EQ(state(with.out), "mapped");
  EXPECT_EQ(state(with.out), state(without.out));
}

// Each of the eight verdicts as a user comes to see it.
class EveryVerdict : public testing::Test {
 protected:
  static constexpr std::string_view kRule =
      "title: User made\nid: 5f0c7b0e-6f2a-4a43-9a51-0c1d4a6c1a11\nstatus: test\n"
      "logsource: {product: aws, service: cloudtrail}\n"
      "detection:\n  s: {eventName: CreateUser}\n  f: {userAgent|contains: Terraform}\n"
      "  condition: s and not f\nlevel: high\ntags: [attack.t1136.003]\n";

  void workspace(std::string_view log_sources, std::string rule) {
    folder_.write("nephometer.yml", "providers: {aws: {}}\nlog_sources: {" +
                                        std::string(log_sources) +
                                        "}\ndetections: [{path: rules/}]\nalert_within: 1m\n");
    folder_.write("rules/r.yml", std::move(rule));
  }
  // The verdict on the one procedure or case.
  std::string verdict(std::vector<std::string> more) {
    std::vector<std::string> words{"validate", "--workspace", folder_.path().string(),
                                   "--as-of",  "2026-03-01",  "--no-record",
                                   "--format", "ndjson"};
    words.insert(words.end(), more.begin(), more.end());
    const auto run = run_nepho(words);
    const auto document = text::JsonDocument::parse(run.out.substr(0, run.out.find('\n')));
    EXPECT_TRUE(document) << run.out << run.err;
    return document ? std::string(document->root().string_at("verdict")) : "";
  }
  static std::string replaced(std::string_view text, std::string_view what, std::string_view by) {
    std::string out(text);
    out.replace(out.find(what), what.size(), by);
    return out;
  }
  const std::string kPlayed = "aws.persistence.create-user";
  TemporaryFolder folder_;
};

TEST_F(EveryVerdict, OfAPlayedProcedure) {
  constexpr std::string_view kOn = "aws.cloudtrail: {coverage: 1}";
  workspace(kOn, std::string(kRule));
  EXPECT_EQ(verdict({kPlayed}), "alerted");
  workspace(kOn, replaced(kRule, "t1136.003", "t1078.004"));
  EXPECT_EQ(verdict({kPlayed}), "alerted_other");
  workspace(kOn, replaced(kRule, "s and not f", "s"));
  EXPECT_EQ(verdict({kPlayed}), "also_benign");
  workspace(kOn, replaced(kRule, "eventName: CreateUser", "eventName: CreateUsers"));
  EXPECT_EQ(verdict({kPlayed}), "no_alert");
  workspace("aws.cloudtrail: {coverage: 0}", std::string(kRule));
  EXPECT_EQ(verdict({kPlayed}), "no_telemetry");
}

TEST_F(EveryVerdict, OfLabelledLogs) {
  workspace("aws.cloudtrail: {coverage: 1, latency: 5m}", std::string(kRule));
  const std::string logs = (folder_.path() / "logs").string();
  ASSERT_EQ(run_nepho({"simulate", kPlayed, "--lookalikes", "-o", logs, "--as-of", "2026-03-01"})
                .exit_code,
            0);
  const auto of_cases = [&](const std::string& cases) {
    return verdict({"--telemetry", logs, "--cases", folder_.write("cases.tsv", cases)});
  };
  const std::string made = contents_of(logs + "/cases.tsv");
  EXPECT_EQ(of_cases(made), "alerted");
  // As logs of a real attack: 5 minutes until they are there, agreed is one.
  std::string real = made;
  for (auto at = real.find("\tnephometer\t"); at != std::string::npos;
       at = real.find("\tnephometer\t")) {
    real.replace(at, 12, "\tsomebody\t");
  }
  EXPECT_EQ(of_cases(real), "late");
  EXPECT_EQ(of_cases("kind\tfile\ttechniques\nattack\tnone.json\tT1136.003\n"), "error");
}

TEST_F(EveryVerdict, OfWhatWasNotPlayed) {
  workspace("aws.cloudtrail: {coverage: 1}", std::string(kRule));
  const std::string plan = (folder_.path() / "plan.json").string();
  ASSERT_EQ(run_nepho({"validate", "--live", kPlayed, "--plan", plan}).exit_code, 0);
  EXPECT_EQ(verdict({"--plan", plan, "--alerts", folder_.write("none.json", "[]")}), "not_played");
}

}  // namespace
}  // namespace nepho::tests
