#include "plan/near_miss.h"

#include <gtest/gtest.h>

#include "sigma/load.h"
#include "tests/support/cloudtrail.h"

namespace nepho::plan {
namespace {

class NearMissOf : public testing::Test {
 protected:
  NearMissOf() : sources_(event::LogSources::load(knowledge_, report_)) {}

  // Of a rule with this detection, on a record of CreateUser by a at 203.0.113.7.
  std::optional<NearMiss> of(const std::string& detection) {
    const std::string yaml =
        "title: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n" + detection;
    auto rules =
        sigma::take_rules(sigma::parse_documents(yaml, "r.yml", {.array_matching = true}), report_);
    EXPECT_EQ(rules.size(), 1U) << (report_.problems().empty()
                                        ? ""
                                        : to_string(report_.problems().back()));
    const auto event =
        text::JsonDocument::parse(tests::cloudtrail_record("CreateUser", "1")).value();
    return near_miss(rules.at(0), event.root(), *sources_.find("aws.cloudtrail"));
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
};

TEST_F(NearMissOf, NamesTheTestThatFailed) {
  const auto miss =
      of("  s: {eventName: CreateUser, userIdentity.type: Root, sourceIPAddress: 203.0.113.7}\n"
         "  condition: s\n");
  ASSERT_TRUE(miss);
  ASSERT_EQ(miss->unmet.size(), 1U);
  EXPECT_EQ(miss->unmet[0].field, "userIdentity.type");
  EXPECT_EQ(miss->unmet[0].wanted, "root");
  EXPECT_EQ(miss->unmet[0].seen, "IAMUser");
  EXPECT_EQ(to_sentence(miss->unmet[0]), "userIdentity.type should be root, and is IAMUser");
}

TEST_F(NearMissOf, SaysInShortWhatElementsShouldBe) {
  const auto miss =
      of("  s: {eventName: CreateUser, 'sourceIPAddress[any]': 192.0.2.1}\n  condition: s\n");
  ASSERT_TRUE(miss);
  ASSERT_EQ(miss->unmet.size(), 1U);
  EXPECT_EQ(to_sentence(miss->unmet[0]),
            "sourceIPAddress should be an element that fits, and is 203.0.113.7");
}

TEST_F(NearMissOf, IsNoneForARuleOfAnotherEvent) {
  EXPECT_FALSE(of("  s: {eventName: DeleteUser, userIdentity.type: IAMUser}\n  condition: s\n"));
  EXPECT_FALSE(of("  s: {userIdentity.type: Root}\n  condition: s\n"));
}

TEST_F(NearMissOf, IsNoneForARuleThatFires) {
  EXPECT_FALSE(of("  s: {eventName: CreateUser}\n  condition: s\n"));
}

TEST_F(NearMissOf, AFilterThatTookTheEventAwayIsWhatFailed) {
  const auto miss =
      of("  s: {eventName: CreateUser}\n  f: {sourceIPAddress|startswith: '203.0.'}\n"
         "  condition: s and not f\n");
  ASSERT_TRUE(miss);
  ASSERT_EQ(miss->unmet.size(), 1U);
  EXPECT_EQ(miss->unmet[0].wanted, "not 203.0.*");
}

TEST_F(NearMissOf, OfSeveralWaysTheOneMadeForTheEventIsTold) {
  const auto miss =
      of("  a: {eventName: DeleteUser}\n  b: {eventName: CreateUser, awsRegion: x, userAgent: y}\n"
         "  condition: a or b\n");
  ASSERT_TRUE(miss);
  ASSERT_EQ(miss->unmet.size(), 2U);
  EXPECT_EQ(miss->unmet[0].field, "awsRegion");
  EXPECT_EQ(miss->unmet[1].seen, "nothing");
}

TEST_F(NearMissOf, ManyWantedValuesAreCut) {
  const auto miss =
      of("  s: {eventName: CreateUser, awsRegion: [a, b, c, d, e]}\n  condition: s\n");
  ASSERT_TRUE(miss);
  EXPECT_EQ(miss->unmet[0].wanted, "a or b or c or 2 more");
}

}  // namespace
}  // namespace nepho::plan
