#include "event/log_source_names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "event/log_source.h"

namespace nepho::event {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

LogSource source(std::string id, std::vector<std::string> names) {
  LogSource source;
  source.id = std::move(id);
  source.other_names = std::move(names);
  return source;
}

const LogSourceNames& names() {
  static const LogSourceNames kNames(
      {source("aws.cloudtrail", {"cloudtrail", "AWSCloudTrail"}),
       source("entra.audit", {"Azure Active Directory", "azure_monitor_aad"}),
       source("entra.signin", {"Azure Active Directory Sign-in activity", "azure_monitor_aad"}),
       source("kubernetes.audit", {"k8s_audit*"})});
  return kNames;
}

TEST(LogSourceNames, AreFoundInAnyCaseAsWholeWords) {
  EXPECT_THAT(names().in("awscloudtrail | where x"), ElementsAre(0));
  EXPECT_THAT(names().in("logs-aws.cloudtrail-*"), ElementsAre(0));
  EXPECT_THAT(names().in("mycloudtrail cloudtrails _cloudtrail"), IsEmpty());
  EXPECT_THAT(names().in(""), IsEmpty());
}

TEST(LogSourceNames, TheLongestOfTwoCountsAlone) {
  EXPECT_THAT(names().in("Azure Active Directory Sign-in activity"), ElementsAre(2));
  EXPECT_THAT(names().in("Azure Active Directory Add user"), ElementsAre(1));
}

TEST(LogSourceNames, OneNameMayMeanSeveralSources) {
  EXPECT_THAT(names().in("`azure_monitor_aad`"), ElementsAre(1, 2));
}

TEST(LogSourceNames, AStarMeansHowAWordBegins) {
  EXPECT_THAT(names().in("k8s_audit_eks"), ElementsAre(3));
  EXPECT_THAT(names().in("k8s_audit"), ElementsAre(3));
  EXPECT_THAT(names().in("k8s"), IsEmpty());
}

TEST(LogSourceNames, EachSourceIsKnownByItsId) {
  EXPECT_THAT(names().in("entra.signin, kubernetes.audit"), ElementsAre(2, 3));
}

}  // namespace
}  // namespace nepho::event
