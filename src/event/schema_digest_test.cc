#include "event/schema_digest.h"

#include <gtest/gtest.h>

namespace nepho::event {
namespace {

LogSource sample() {
  LogSource source{.id = "aws.cloudtrail", .provider = "aws", .title = "CloudTrail"};
  source.schema = {{"eventName", "string"}, {"errorCode", "string|null"}};
  source.aliases = {{"action", {"eventName"}, "elastic"}};
  source.inner_json = {"requestParameters.policyDocument"};
  return source;
}

TEST(SchemaDigest, WhatIsSaidAboutTheSourceDoesNotCount) {
  LogSource other = sample();
  other.title = "AWS CloudTrail";
  other.dispatch = {"eventName"};
  EXPECT_EQ(schema_digest(sample()), schema_digest(other));
}

TEST(SchemaDigest, EveryChangeOfWhatRulesSeeCounts) {
  LogSource type = sample();
  type.schema["errorCode"] = "string";
  LogSource field = sample();
  field.schema["awsRegion"] = "string";
  LogSource alias = sample();
  alias.aliases[0].paths.push_back("operation");
  LogSource inner = sample();
  inner.inner_json.clear();
  for (const LogSource& changed : {type, field, alias, inner}) {
    EXPECT_NE(schema_digest(sample()), schema_digest(changed));
  }
}

}  // namespace
}  // namespace nepho::event
