#include "event/event_facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "event/log_source.h"

namespace nepho::event {
namespace {

using testing::Contains;

class BuiltInFacts : public testing::Test {
 protected:
  const EventFacts& of(std::string_view log_source) {
    const EventFacts* facts = facts_.find(log_source);
    EXPECT_NE(facts, nullptr) << log_source;
    static const EventFacts kNone;
    return facts == nullptr ? kNone : *facts;
  }

  Knowledge knowledge_;
  LoadReport report_;
  AllEventFacts facts_ = AllEventFacts::load(knowledge_, report_);
};

TEST_F(BuiltInFacts, AreReadWithoutFault) {
  for (const Problem& problem : report_.problems()) ADD_FAILURE() << to_string(problem);
  EXPECT_THAT(of("aws.cloudtrail").names.at("iam.amazonaws.com"), Contains("CreateUser"));
  EXPECT_EQ(facts_.find("generic"), nullptr);
}

TEST_F(BuiltInFacts, AreOfLogSourcesThatAreKnownAndOfFieldsThatTheyHave) {
  const LogSources sources = LogSources::load(knowledge_, report_);
  for (const KnowledgeFile* file : knowledge_.list("events/")) {
    if (!file->path.ends_with(".yml")) continue;
    const std::string id = file->path.substr(7, file->path.size() - 11);
    const LogSource* source = sources.find(id);
    ASSERT_NE(source, nullptr) << file->path;
    for (const auto& [path, values] : of(id).values) EXPECT_TRUE(source->knows(path)) << path;
  }
}

// A remark on an event that is not among the names would be passed over by whoever lints.
TEST_F(BuiltInFacts, EveryEventThatIsOnlyLoggedOnRequestIsAnEventOfItsService) {
  const EventFacts& facts = of("aws.cloudtrail");
  for (const auto& remark : facts.only_with) {
    for (const auto& [group, names] : remark.events) {
      if (!facts.names.contains(group)) continue;
      for (const std::string& name : names)
        EXPECT_TRUE(has_event(facts.names, group, name)) << group << ' ' << name;
    }
  }
}

TEST(EventNames, AreFoundWhateverTheirCaseAndInAnyGroupWhereNoneIsSaid) {
  const EventNames names = {{"s3.amazonaws.com", {"GetObject"}}};
  EXPECT_TRUE(has_event(names, "S3.amazonaws.com", "getobject"));
  EXPECT_TRUE(has_event(names, "", "GetObject"));
  EXPECT_FALSE(has_event(names, "iam.amazonaws.com", "GetObject"));
  EXPECT_FALSE(has_event(names, "", "PutObject"));
}

}  // namespace
}  // namespace nepho::event
