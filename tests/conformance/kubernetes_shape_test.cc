// The records of a cluster that we make up beside real ones, as those of CloudTrail
// (cloudtrail_shape_test.cc): for every request that both have, the members of the real record are
// there, of the same JSON type, and none that no real record has.
#include <gtest/gtest.h>

#include <fstream>
#include <iostream>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "exercise/operations.h"
#include "exercise/play.h"
#include "tests/support/record_shape.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;

// Real records as a server wrote them: a cluster of 2017, and those of EKS among Panther's tests
// that nobody cut. There are no others at hand.
constexpr const char* kFiles[] = {"audit2rbac/k8s_audit.ndjson",
                                  "panther-tests/amazon-eks-audit.ndjson"};

bool is_whole(const text::JsonValue& record) {
  return record.string_at("apiVersion").starts_with("audit.k8s.io/") && record.find("auditID") &&
         record.find("stage") && record.find("level") && record.find("verb") && record.find("user");
}

// Whose keys are names of somebody's things.
const std::set<std::string_view> kMaps{"annotations", "labels", "extra"};

Paths paths_of(const text::JsonValue& record) {
  // Who calls, and as whom, is the principal's affair. The time was `timestamp`, beside a
  // `metadata`, before version 1 of the log's API (Kubernetes 1.12). p_... are Panther's own.
  static const std::set<std::string_view> kNotHeld{"user", "impersonatedUser", "metadata",
                                                   "timestamp"};
  Paths paths;
  for (const auto& member : record.children()) {
    if (kNotHeld.contains(member.key()) || member.key().starts_with("p_")) continue;
    add_member(member, kMaps, paths);
  }
  return paths;
}

struct Request {
  std::string verb;
  std::string resource;  // with its part, "pods/log"; "" for a path that is no resource
  bool is_refused = false;
  auto operator<=>(const Request&) const = default;
};

Request request_of(const text::JsonValue& record) {
  Request request{.verb = std::string(record.string_at("verb"))};
  if (const auto object = record.find("objectRef")) {
    request.resource = object->string_at("resource");
    const auto part = object->string_at("subresource");
    if (!part.empty()) request.resource += "/" + std::string(part);
  }
  const auto status = record.find("responseStatus");
  const auto code = status ? status->find("code") : std::nullopt;
  request.is_refused = code && code->text().starts_with("4");
  return request;
}

std::map<Request, std::vector<Paths>> real_records(const fs::path& telemetry) {
  std::map<Request, std::vector<Paths>> all;
  for (const char* name : kFiles) {
    std::ifstream file(telemetry / name);
    for (std::string line; std::getline(file, line);) {
      const auto document = text::JsonDocument::parse(line);
      if (!document || !is_whole(document->root())) continue;
      all[request_of(document->root())].push_back(paths_of(document->root()));
    }
  }
  return all;
}

class KubernetesShape : public testing::Test {
 protected:
  KubernetesShape() : operations_(exercise::Operations::load(knowledge_, report_)) {}

  // What we make of the request, all ways together, or nothing when we do not know it.
  std::optional<Paths> made(const Request& request) const {
    const auto& provider = *operations_.find("kubernetes");
    std::optional<Paths> all;
    for (const auto& [id, operation] : provider.operations) {
      exercise::Step step{.calls = {id}, .error = request.is_refused ? "Forbidden" : ""};
      // A watch is a list that goes on.
      if (request.verb == "watch" && operation.name == "list") {
        step.attributes.members.emplace_back(exercise::text_tree("verb"),
                                             exercise::text_tree("watch"));
      }
      const exercise::Stage stage{provider, context_, 1, Instant(std::chrono::hours(500'000))};
      const auto records = exercise::play({.as = "person", .steps = {step}}, stage, id);
      if (!records) continue;
      const auto document = text::JsonDocument::parse(records->back().text).value();
      if (request_of(document.root()) != request) continue;
      if (!all) all.emplace();
      for (const auto& [path, types] : paths_of(document.root())) {
        (*all)[path].insert(types.begin(), types.end());
      }
    }
    return all;
  }

  Knowledge knowledge_;
  LoadReport report_;
  exercise::Operations operations_;
  exercise::Context context_;
};

constexpr double kShare = 0.95;

TEST_F(KubernetesShape, HoldsNearlyAllMembersOfTheRealRecords) {
  const auto telemetry = shared_data("data/telemetry");
  if (!telemetry) GTEST_SKIP() << kNoSharedData;
  std::size_t num_in_both = 0;
  for (const auto& [request, records] : real_records(*telemetry)) {
    const std::string name =
        request.verb + " " + request.resource + (request.is_refused ? " refused" : "");
    const auto ours = made(request);
    if (!ours) {
      std::cout << "not ours: " << name << "\n";
      continue;
    }
    ++num_in_both;
    for (const Paths& real : records) {
      std::vector<std::string> missing;
      const double share = share_of(real, *ours, missing);
      std::string list;
      for (const std::string& path : missing) list += " " + path;
      EXPECT_GE(share, kShare) << name << ":" << list;
    }
  }
  std::cout << num_in_both << " requests are in both\n";
  EXPECT_GE(num_in_both, 10U);
}

// Members that no real record at hand has, each with the reason that it is none of ours alone.
const std::map<std::string, std::string_view> kNotSeen = {
    {"responseStatus.details.group",
     "StatusDetails of the Kubernetes API has it; what was refused in the real records whose "
     "details are there is of the core group, which has no name"}};

// With so few real records a member that one request lacks may be another's: each must be some
// record's. What was sent is the caller's affair.
TEST_F(KubernetesShape, HasNoMemberThatRealRecordsNeverHave) {
  const auto telemetry = shared_data("data/telemetry");
  if (!telemetry) GTEST_SKIP() << kNoSharedData;
  const auto real = real_records(*telemetry);
  std::set<std::string> seen;
  for (const auto& [request, records] : real) {
    for (const Paths& paths : records) {
      for (const auto& [path, types] : paths) seen.insert(path);
    }
  }
  std::size_t num_held = 0;
  for (const auto& [request, records] : real) {
    const auto ours = made(request);
    if (!ours) continue;
    for (const auto& [path, types] : *ours) {
      if (path.starts_with("requestObject.") || path.starts_with("responseObject.")) continue;
      ++num_held;
      EXPECT_TRUE(seen.contains(path) || kNotSeen.contains(path))
          << request.verb << " " << request.resource << " " << path;
    }
  }
  EXPECT_GE(num_held, 150U);
}

// What an audit level leaves out ("Audit policy" in the Kubernetes documentation).
TEST_F(KubernetesShape, ARecordHasWhatItsLevelSays) {
  const auto& provider = *operations_.find("kubernetes");
  std::size_t num_held = 0;
  for (const auto& [id, operation] : provider.operations) {
    const exercise::Stage stage{provider, context_, 1, Instant(std::chrono::hours(500'000))};
    const auto records =
        exercise::play({.as = "person", .steps = {exercise::Step{.calls = {id}}}}, stage, id);
    ASSERT_TRUE(records) << id << ": " << to_string(records.error());
    const auto document = text::JsonDocument::parse(records->back().text).value();
    const auto level = document.root().string_at("level");
    EXPECT_FALSE(level == "Metadata" && document.root().find("requestObject")) << id;
    EXPECT_FALSE(level != "RequestResponse" && document.root().find("responseObject")) << id;
    const auto verb = document.root().string_at("verb");
    const bool sends_nothing = verb == "get" || verb == "list" || verb == "watch";
    EXPECT_FALSE(sends_nothing && document.root().find("requestObject")) << id;
    ++num_held;
  }
  EXPECT_GE(num_held, 100U);
}

}  // namespace
}  // namespace nepho::tests
