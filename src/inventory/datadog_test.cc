#include "inventory/datadog.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(Datadog, ReadsTagsAndTheHighestCase) {
  const std::string rule =
      R"({"id":"abc","name":"A","isEnabled":false,"queries":[{"query":"source:cloudtrail"}],)"
      R"("cases":[{"status":"low"},{"status":"high"},{"status":"info"}],)"
      R"("tags":["tactic:TA0003-persistence","technique:T1136-create-account","team:x"]})";
  for (const std::string& text : {rule, "[" + rule + "]", "{\"data\":[" + rule + "]}"}) {
    const Detection read = imported_one(text);
    EXPECT_EQ(read.id, "abc");
    EXPECT_EQ(read.format, "datadog");
    EXPECT_EQ(read.level, "high");
    EXPECT_FALSE(read.enabled);
    EXPECT_THAT(read.providers, ElementsAre("aws"));
    EXPECT_THAT(read.techniques, ElementsAre("T1136"));
    EXPECT_THAT(read.tactics, ElementsAre("TA0003"));
  }
}

}  // namespace
}  // namespace nepho::inventory
