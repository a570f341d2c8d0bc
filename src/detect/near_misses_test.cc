#include "detect/near_misses.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/knowledge.h"
#include "detect/shard.h"
#include "sigma/load.h"

namespace nepho::detect {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string record(std::string_view name, std::string_view type, std::string_view more = "") {
  return fmt::format(
      R"({{"eventVersion":"1.08","eventSource":"iam.amazonaws.com","eventName":"{}",)"
      R"("awsRegion":"eu-west-1","userIdentity":{{"type":"{}"}}{}}})",
      name, type, more);
}

// Rules for CloudTrail with these detections, over records by turns in two shards.
class NearMissesOf {
 public:
  NearMissesOf(const std::vector<std::string>& detections,
               const std::vector<std::string>& records) {
    LoadReport report;
    for (const std::string& detection : detections) {
      for (auto& rule : sigma::take_rules(
               sigma::parse_documents("title: t\nlogsource: {product: aws, service: cloudtrail}\n"
                                      "detection: {" +
                                          detection + "}\n",
                                      "r.yml", {}),
               report))
        rules_.push_back(std::move(rule));
    }
    sources_ = event::LogSources::load(knowledge_, report);
    const plan::Plan plan(rules_, sources_, {});
    NearMisses first(plan);
    NearMisses second(plan);
    Shard shards[] = {Shard(plan, {.watch = &first}), Shard(plan, {.watch = &second})};
    for (std::size_t i = 0; i < records.size(); ++i) {
      const std::string padded = records[i] + std::string(text::kJsonPadding, ' ');
      shards[i % 2].run(
          {.bytes = std::string_view(padded).substr(0, records[i].size()), .sequence = i});
    }
    first.join(second);
    silent_ = first.silent_rules();
  }
  const std::vector<SilentRule>& silent() const { return silent_; }

 private:
  Knowledge knowledge_;
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  std::vector<SilentRule> silent_;
};

TEST(NearMisses, NamesTheFieldAtFaultAndWhatWasThere) {
  const NearMissesOf misses({"s: {eventName: CreateUser, userIdentity.type: Root}, condition: s"},
                            {record("CreateUser", "IAMUser"), record("CreateUser", "AssumedRole"),
                             record("DeleteUser", "Root"), record("CreateUser", "AssumedRole")});
  ASSERT_EQ(misses.silent().size(), 1U);
  const SilentRule& silent = misses.silent()[0];
  EXPECT_EQ(silent.num_events, 3U);
  EXPECT_EQ(silent.num_looked_at, 3U);
  ASSERT_EQ(silent.faults.size(), 1U);
  EXPECT_EQ(silent.faults[0].field, "userIdentity.type");
  EXPECT_EQ(silent.faults[0].wanted, "root");
  EXPECT_EQ(silent.faults[0].num_events, 3U);
  EXPECT_THAT(silent.faults[0].seen, ElementsAre("AssumedRole", "IAMUser"));
}

TEST(NearMisses, ARuleThatFiredOnceIsNotSilent) {
  EXPECT_THAT(NearMissesOf({"s: {eventName: CreateUser, userIdentity.type: Root}, condition: s"},
                           {record("CreateUser", "IAMUser"), record("CreateUser", "Root")})
                  .silent(),
              IsEmpty());
}

TEST(NearMisses, ARuleWhoseEventDidNotComeIsNoNearMissNorOneForAllEvents) {
  EXPECT_THAT(NearMissesOf({"s: {eventName: DeleteUser, userIdentity.type: Root}, condition: s",
                            "s: {userIdentity.type: Root}, condition: s"},
                           {record("CreateUser", "IAMUser")})
                  .silent(),
              IsEmpty());
}

TEST(NearMisses, AnExceptionMayBeAtFault) {
  const NearMissesOf misses(
      {"s: {eventName: CreateUser}, f: {userIdentity.type: IAMUser}, condition: s and not f"},
      {record("CreateUser", "IAMUser")});
  ASSERT_EQ(misses.silent().size(), 1U);
  EXPECT_EQ(misses.silent()[0].faults[0].wanted, "not iamuser");
}

TEST(NearMisses, TheFirstEventsAreLookedAtWhateverShardMetThem) {
  std::vector<std::string> records;
  for (std::size_t i = 0; i < 3 * NearMisses::kMostLookedAt; ++i) {
    records.push_back(record("CreateUser", i < NearMisses::kMostLookedAt ? "First" : "Later"));
  }
  const NearMissesOf misses({"s: {eventName: CreateUser, userIdentity.type: Root}, condition: s"},
                            records);
  ASSERT_EQ(misses.silent().size(), 1U);
  EXPECT_EQ(misses.silent()[0].num_events, records.size());
  EXPECT_EQ(misses.silent()[0].num_looked_at, NearMisses::kMostLookedAt);
  EXPECT_THAT(misses.silent()[0].faults[0].seen, ElementsAre("First"));
}

TEST(NearMisses, TheFieldThatFailsMostOftenComesFirst) {
  const NearMissesOf misses(
      {"s: {eventName: CreateUser, awsRegion: us-east-1, userIdentity.type: Root}, condition: s"},
      {record("CreateUser", "Root"), record("CreateUser", "IAMUser"),
       record("CreateUser", "Root")});
  ASSERT_EQ(misses.silent().size(), 1U);
  ASSERT_EQ(misses.silent()[0].faults.size(), 2U);
  EXPECT_EQ(misses.silent()[0].faults[0].field, "awsRegion");
  EXPECT_EQ(misses.silent()[0].faults[1].num_events, 1U);
}

}  // namespace
}  // namespace nepho::detect
