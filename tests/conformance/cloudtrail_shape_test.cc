// The records that we make up beside real ones: for every call that both have, the members of the
// real record are there, of the same JSON type.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <map>
#include <set>

#include "exercise/operations.h"
#include "exercise/play.h"
#include "tests/support/record_shape.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;

// Logs of real accounts, the fullest first. Panther's tests are cut by hand and rewritten, and what
// OTRF kept is in another program's order and of 2020: neither says what AWS writes today.
constexpr const char* kFolders[] = {"stratus-detonation-logs", "traildiscover",
                                    "sans504-s3-ransomware"};
// What somebody added or took away on the way.
bool is_of_aws(const text::JsonValue& record) {
  return record.find("eventVersion") && record.find("eventSource") && record.find("tlsDetails");
}

// Whose keys are names of somebody's things.
const std::set<std::string_view> kMaps{"encryptionContext"};

Paths paths_of(const text::JsonValue& record) {
  Paths paths;
  for (const auto& member : record.children()) {
    const std::string key(member.key());
    // Who calls is the principal's affair (held below), not the call's.
    if (key == "userIdentity" || key == "sessionCredentialFromConsole") continue;
    add_member(member, kMaps, paths);
  }
  return paths;
}

struct Call {
  std::string source;
  std::string name;
  std::string error;  // "" for a success
  auto operator<=>(const Call&) const = default;
};

// Of each call the records of the best folder that has it.
std::map<Call, std::vector<Paths>> real_records(const fs::path& telemetry) {
  std::map<Call, std::vector<Paths>> all;
  std::map<Call, std::string> folder_of;
  for (const char* folder : kFolders) {
    for (const auto& entry : fs::directory_iterator(telemetry / folder)) {
      if (entry.path().extension() != ".ndjson") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const auto document = text::JsonDocument::parse(line);
        if (!document || !is_of_aws(document->root())) continue;
        const auto root = document->root();
        const Call call{std::string(root.string_at("eventSource")),
                        std::string(root.string_at("eventName")),
                        std::string(root.string_at("errorCode"))};
        if (folder_of.try_emplace(call, folder).first->second != folder) continue;
        if (all[call].size() < 50) all[call].push_back(paths_of(root));
      }
    }
  }
  return all;
}

// Where the real caller asked for something else than our operations do by themselves: what a
// procedure would say to ask the same. The answer stays the operation's.
constexpr std::pair<std::string_view, std::string_view> kAsked[] = {
    {"iam:CreateUser", "{tags: [{key: k, value: v}]}"},
    {"iam:CreateRole", "{permissionsBoundary: 'arn:aws:iam::aws:policy/AWSDenyAll'}"},
    {"ec2:AuthorizeSecurityGroupIngress",
     "{cidrIp: 0.0.0.0/0, fromPort: 22, toPort: 22, ipProtocol: tcp}"},
    {"ec2:DescribeFlowLogs",
     "{DescribeFlowLogsRequest: {Filter: {tag: 1, Name: n, Value: {tag: 1, content: c}}}}"},
    {"ec2:DescribeInstances", "{instancesSet: {items: [{instanceId: i}]}}"},
    {"ec2:DescribeKeyPairs",
     "{keySet: {items: [{keyName: k}]}, keyPairIdSet: {}, includePublicKey: false}"},
    {"ec2:DescribeVolumes", "{volumeSet: {items: [{volumeId: v}]}}"},
    {"ec2:CreateTrafficMirrorSession",
     "{CreateTrafficMirrorSessionRequest: {Description: d, PacketLength: 100}}"},
    {"ec2:ModifySnapshotAttribute",
     "{createVolumePermission: {remove: {items: [{userId: '123456789012'}]}}}"},
};

class CloudTrailShape : public testing::Test {
 protected:
  CloudTrailShape() : operations_(exercise::Operations::load(knowledge_, report_)) {}

  // What we make of the call, or nothing when we do not know it.
  std::optional<Paths> made(const Call& call) {
    const auto& provider = *operations_.find("aws");
    for (const auto& [id, operation] : provider.operations) {
      const exercise::Tree* form = operation.attributes.find("form");
      if (form != nullptr && !form->is_null()) continue;  // another of AWS's logs
      exercise::Step step{.calls = {id}, .error = call.error};
      if (const auto* asked = std::ranges::find(kAsked, id, [](const auto& a) { return a.first; });
          asked != std::end(kAsked)) {
        exercise::Tree key = exercise::text_tree("request");
        step.attributes.members.emplace_back(key, text::parse_yaml(asked->second, id).value());
      }
      const exercise::Stage stage{provider, context_, 1, Instant(std::chrono::hours(500'000))};
      const auto records = exercise::play({.as = "iam-user", .steps = {step}}, stage, id);
      if (!records) continue;
      const auto document = text::JsonDocument::parse(records->back().text).value();
      if (document.root().string_at("eventSource") == call.source &&
          document.root().string_at("eventName") == call.name) {
        return paths_of(document.root());
      }
    }
    return std::nullopt;
  }

  Knowledge knowledge_;
  LoadReport report_;
  exercise::Operations operations_;
  exercise::Context context_;
};

constexpr double kShare = 0.95;
// Of what falls short of that, and of callers, whose sessions hold more than one kind of member.
constexpr double kLeast = 0.9;

// Calls that fall short, each with what the real caller did that a procedure would have to say.
const std::map<Call, std::string_view> kFallShort = {
    {{"iam.amazonaws.com", "CreateRole", ""},
     "the answer repeats the boundary that was asked for"}};

// Real records of one call differ by what was asked; of the one most like ours, ours has nearly
// all.
TEST_F(CloudTrailShape, HoldsNearlyAllMembersOfTheRealRecords) {
  const auto telemetry = shared_data("data/telemetry");
  if (!telemetry) GTEST_SKIP() << kNoSharedData;
  std::vector<std::pair<double, std::string>> results;
  for (const auto& [call, records] : real_records(*telemetry)) {
    const auto ours = made(call);
    if (!ours) continue;
    double best = -1;
    std::vector<std::string> best_missing;
    for (const Paths& real : records) {
      std::vector<std::string> missing;
      const double share = share_of(real, *ours, missing);
      if (share > best) {
        best = share;
        best_missing = std::move(missing);
      }
    }
    std::string line = call.source + " " + call.name + " " + call.error + ":";
    for (const std::string& path : best_missing) line += " " + path;
    results.emplace_back(best, line);
    EXPECT_GE(best, kLeast) << line;
    EXPECT_EQ(best < kShare, kFallShort.contains(call)) << line;
  }
  std::ranges::sort(results);
  std::cout << results.size() << " calls are in both; the least like the real ones:\n";
  for (std::size_t i = 0; i < std::min<std::size_t>(10, results.size()); ++i) {
    std::cout << "  " << results[i].first << " " << results[i].second << "\n";
  }
  EXPECT_GE(results.size(), 60U);
}

// What was asked for is the caller's affair: of the rest. AWS names no resource that does not
// exist, we do.
TEST_F(CloudTrailShape, HasNoMemberThatRealRecordsNeverHave) {
  const auto telemetry = shared_data("data/telemetry");
  if (!telemetry) GTEST_SKIP() << kNoSharedData;
  const std::set<std::string> not_there{"NoSuchBucket", "NotFoundException"};
  std::size_t num_held = 0;
  for (const auto& [call, records] : real_records(*telemetry)) {
    const auto ours = made(call);
    if (!ours) continue;
    Paths seen;
    for (const Paths& real : records) {
      for (const auto& [path, types] : real) seen[path].insert(types.begin(), types.end());
    }
    for (const auto& [path, types] : *ours) {
      const bool was_asked = path.starts_with("requestParameters.");
      const bool is_known = path.starts_with("resources") && not_there.contains(call.error);
      if (was_asked || is_known) continue;
      ++num_held;
      EXPECT_TRUE(seen.contains(path)) << call.source << " " << call.name << " " << path;
    }
  }
  EXPECT_GE(num_held, 1'000U);
}

// The callers: of each type of userIdentity, that of a principal of ours.
TEST_F(CloudTrailShape, KnowsTheCallersOfRealRecords) {
  const auto telemetry = shared_data("data/telemetry");
  if (!telemetry) GTEST_SKIP() << kNoSharedData;
  const auto& provider = *operations_.find("aws");
  std::map<std::string, Paths> ours;
  for (const auto& [name, principal] : provider.principals) {
    const exercise::Step step{.calls = {"sts:GetCallerIdentity"}};
    const exercise::Stage stage{provider, context_, 1, Instant(std::chrono::hours(500'000))};
    const auto records = exercise::play({.as = name, .steps = {step}}, stage, name);
    ASSERT_TRUE(records) << name;
    const auto document = text::JsonDocument::parse(records->back().text).value();
    const auto identity = document.root().find("userIdentity");
    ASSERT_TRUE(identity) << name;
    add_paths(*identity, "userIdentity", kMaps, ours[std::string(identity->string_at("type"))]);
  }
  std::size_t num_held = 0;
  for (const char* folder : kFolders) {
    for (const auto& entry : fs::directory_iterator(*telemetry / folder)) {
      if (entry.path().extension() != ".ndjson") continue;
      std::ifstream file(entry.path());
      for (std::string line; std::getline(file, line);) {
        const auto document = text::JsonDocument::parse(line);
        if (!document || !is_of_aws(document->root())) continue;
        const auto identity = document->root().find("userIdentity");
        if (!identity || !ours.contains(std::string(identity->string_at("type")))) continue;
        Paths real;
        add_paths(*identity, "userIdentity", kMaps, real);
        std::vector<std::string> missing;
        const double share =
            share_of(real, ours[std::string(identity->string_at("type"))], missing);
        EXPECT_GE(share, kLeast) << line.substr(0, 500);
        ++num_held;
      }
    }
  }
  EXPECT_GE(num_held, 100U);
}

}  // namespace
}  // namespace nepho::tests
