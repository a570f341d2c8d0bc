#include "event/recognise.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace nepho::event {
namespace {

class Recognise : public testing::Test {
 protected:
  Recognise()
      : sources_(LogSources::load(knowledge_, report_)), order_(recognition_order(sources_)) {}

  std::string source_of(const std::string& json) const {
    const auto document = text::JsonDocument::parse(json);
    EXPECT_TRUE(document) << json;
    const LogSource* source = recognise(document->root(), order_);
    return source == nullptr ? "generic" : source->id;
  }

  Knowledge knowledge_;
  LoadReport report_;
  LogSources sources_;
  std::vector<Recognition> order_;
};

TEST_F(Recognise, KnowsACloudTrailRecordByItsServiceAndCall) {
  EXPECT_EQ(source_of(R"({"eventSource":"iam.amazonaws.com","eventName":"CreateUser"})"),
            "aws.cloudtrail");
}

TEST_F(Recognise, KnowsARowOfSentinelElasticAndHive) {
  EXPECT_EQ(source_of(R"({"EventSource":"s3.amazonaws.com","EventName":"GetObject",
                          "SourceIpAddress":"192.0.2.1"})"),
            "aws.cloudtrail");
  EXPECT_EQ(source_of(R"({"event":{"dataset":"aws.cloudtrail","action":"GetObject"}})"),
            "aws.cloudtrail");
  EXPECT_EQ(source_of(R"({"eventsource":"s3.amazonaws.com","eventname":"GetObject"})"),
            "aws.cloudtrail");
}

TEST_F(Recognise, KnowsEntraByTheCategoryOfTheExportAndTheShapeOfGraph) {
  EXPECT_EQ(source_of(R"({"category":"AuditLogs","operationName":"Add user","properties":{}})"),
            "entra.audit");
  EXPECT_EQ(source_of(R"({"activityDisplayName":"Add user","initiatedBy":{"user":{"id":"1"}},
                          "targetResources":[{"id":"2"}]})"),
            "entra.audit");
  EXPECT_EQ(source_of(R"({"category":"NonInteractiveUserSignInLogs","properties":{"id":"1"}})"),
            "entra.signin");
  EXPECT_EQ(source_of(R"({"category":"Administrative","operationName":"x","properties":{}})"),
            "azure.activity");
}

TEST_F(Recognise, KnowsMicrosoft365sAuditRecord) {
  EXPECT_EQ(source_of(R"({"CreationTime":"2026-03-01T03:04:05","Operation":"FileAccessed",
                          "OrganizationId":"1","Workload":"SharePoint"})"),
            "m365.audit");
  EXPECT_EQ(source_of(R"({"Operation":"FileAccessed"})"), "generic");
}

TEST_F(Recognise, DoesNotTakeAnS3NotificationForCloudTrail) {
  EXPECT_EQ(source_of(R"({"eventVersion":"2.1","eventSource":"aws:s3","awsRegion":"eu-west-1",
                          "eventName":"ObjectCreated:Put","userIdentity":{"principalId":"A"},
                          "s3":{"bucket":{"name":"b"}}})"),
            "aws.s3_notification");
}

TEST_F(Recognise, LeavesWhatItDoesNotKnowToGeneric) {
  EXPECT_EQ(source_of(R"({"eventName":"CreateUser"})"), "generic");
  EXPECT_EQ(source_of(R"({"Records":[{"eventSource":"iam.amazonaws.com","eventName":"x"}]})"),
            "generic");
  EXPECT_EQ(source_of("[]"), "generic");
}

TEST_F(Recognise, DoesNotTakeAContainerForAValue) {
  EXPECT_EQ(source_of(R"({"eventSource":{"a":"iam.amazonaws.com"},"eventName":"CreateUser"})"),
            "generic");
}

TEST_F(Recognise, TriesTheHeavierSignsFirstAndEqualsByName) {
  for (std::size_t i = 1; i < order_.size(); ++i) {
    EXPECT_GE(order_[i - 1].weight, order_[i].weight);
    if (order_[i - 1].weight == order_[i].weight) {
      EXPECT_LE(order_[i - 1].source->id, order_[i].source->id);
    }
  }
}

// A value for the sign at the end of its path, whose keys are as many objects, or one key.
std::string member_of(const Sign& sign, bool is_nested) {
  std::string value = sign.values.empty() ? "x" : sign.values.front();
  std::erase(value, '*');
  std::string path = sign.path.substr(0, sign.path.find_first_of("\x1E\x1D"));
  std::string closing;
  for (std::size_t dot = path.find('.'); is_nested && dot != path.npos; dot = path.find('.', dot)) {
    path.replace(dot, 1, R"(":{")");
    closing += '}';
  }
  return fmt::format(R"("{}":"{}"{})", path, value, closing);
}

TEST_F(Recognise, GivesTheFirstOfWhichTheRecordBearsEverySign) {
  const auto plainly = [&](const text::JsonValue& record) -> const LogSource* {
    for (const Recognition& way : order_) {
      const auto holds = [&](const Sign& sign) { return bears(record, sign); };
      if (std::ranges::all_of(*way.signs, holds)) return way.source;
    }
    return nullptr;
  };
  std::size_t num_known = 0;
  for (const Recognition& way : order_) {
    for (const bool is_nested : {false, true}) {
      std::string json = R"({"other":1)";
      for (const Sign& sign : *way.signs) json += ',' + member_of(sign, is_nested);
      const auto document = text::JsonDocument::parse(json + '}');
      ASSERT_TRUE(document) << json;
      const LogSource* source = recognise(document->root(), order_);
      EXPECT_EQ(source, plainly(document->root())) << json;
      num_known += source != nullptr ? 1 : 0;
    }
  }
  EXPECT_GT(num_known, order_.size()) << "of twice as many";
}

TEST(Sign, HoldsByExactTextBeginningOrEnd) {
  const auto document = text::JsonDocument::parse(R"({"a":"iam.amazonaws.com","n":1.5,"z":null})");
  const text::JsonValue record = document->root();
  EXPECT_TRUE(bears(record, {"a", {"x", "iam.amazonaws.com"}}));
  EXPECT_TRUE(bears(record, {"a", {"iam.*"}}));
  EXPECT_TRUE(bears(record, {"a", {"*.amazonaws.com"}}));
  EXPECT_FALSE(bears(record, {"a", {"IAM.*"}}));
  EXPECT_FALSE(bears(record, {"a", {"iam"}}));
  EXPECT_TRUE(bears(record, {"n", {"1.5"}}));
  EXPECT_TRUE(bears(record, {"z", {}}));
  EXPECT_FALSE(bears(record, {"y", {}}));
}

}  // namespace
}  // namespace nepho::event
