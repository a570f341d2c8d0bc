#include "inventory/csv_rules.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "inventory/import_testing.h"

namespace nepho::inventory {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::IsEmpty;

TEST(CsvRules, ReadsColumnsInAnyOrder) {
  const auto rules = imported(
      "\xEF\xBB\xBFName,Techniques,ID,Severity,Enabled,Provider\r\n"
      "\"A, the first\nof two\",T1136.003; T1562.008,1,High,yes,aws;gcp\r\n"
      "B,,2,,no\r\n\r\n");
  ASSERT_EQ(rules.size(), 2U);
  EXPECT_EQ(rules[0].id, "1");
  EXPECT_EQ(rules[0].name, "A, the first\nof two");
  EXPECT_EQ(rules[0].format, "csv");
  EXPECT_EQ(rules[0].level, "high");
  EXPECT_TRUE(rules[0].enabled);
  EXPECT_THAT(rules[0].providers, ElementsAre("aws", "gcp"));
  EXPECT_THAT(rules[0].techniques, ElementsAre("T1136.003", "T1685.002"));
  EXPECT_FALSE(rules[1].enabled);
  ASSERT_THAT(codes_of(rules[1]), ElementsAre("unmapped"));
  EXPECT_EQ(rules[1].problems[0].error.place.line, 4U);
}

TEST(CsvRules, OtherTablesAreNone) {
  EXPECT_THAT(imported("time,user,action\n1,a,b\n"), IsEmpty());
}

}  // namespace
}  // namespace nepho::inventory
