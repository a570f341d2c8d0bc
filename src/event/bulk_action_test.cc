#include "event/bulk_action.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::event {
namespace {

TEST(BulkAction, SaysWhereTheNextRecordGoes) {
  EXPECT_TRUE(is_bulk_action(R"({"index":{}})"));
  EXPECT_TRUE(is_bulk_action(R"( { "create" : {"_index":"logs","_id":"1","pipeline":"p"} } )"));
}

TEST(BulkAction, IsNoRecordOfAnybody) {
  for (const char* object :
       {R"({})", R"({"index":7})", R"({"index":{"name":"x"}})", R"({"index":{},"eventName":"x"})",
        R"({"delete":{"_id":"1"}})", R"({"indexes":{}})", R"({"index":{)", R"([{"index":{}}])"}) {
    EXPECT_FALSE(is_bulk_action(object)) << object;
  }
  EXPECT_FALSE(is_bulk_action("{\"index\":{\"_id\":\"" + std::string(3000, 'x') + "\"}}"));
}

}  // namespace
}  // namespace nepho::event
