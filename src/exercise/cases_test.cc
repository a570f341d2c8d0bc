#include "exercise/cases.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;

constexpr std::string_view kHead = "kind\tsource\tprovider\tfile\tlines\ttechniques\tcase\n";

std::vector<LabelledLines> read(const std::string& rows, LoadReport& report) {
  return parse_cases(std::string(kHead) + rows, "cases.tsv", report);
}

TEST(Cases, AreReadRowByRow) {
  LoadReport report;
  const auto cases = read(
      "attack\tlab\taws\ta/b.ndjson\t7,3\tT1136.003|T1098\tmake-user\r\n"
      "benign\tlab\taws\tc.json\t\t\t\n",
      report);
  EXPECT_FALSE(report.has_errors());
  ASSERT_EQ(cases.size(), 2U);
  EXPECT_THAT(cases[0].lines, ElementsAre(3, 7));
  EXPECT_THAT(cases[0].techniques, ElementsAre("T1136.003", "T1098"));
  EXPECT_TRUE(cases[0].should_alert());
  EXPECT_EQ(cases[1].name, "c.json");
  EXPECT_FALSE(cases[1].should_alert());
}

TEST(Cases, AFaultyRowCostsOnlyItself) {
  LoadReport report;
  const auto cases = read(
      "attack\t\t\tx\t0\tT1\ta\nattack\t\t\tx\t3-5\tT1\tb\nattack\t\t\t\t\tT1\tc\n"
      "attack\t\t\tx\t1\tT1\td\te\tf\nattack\t\t\tx\t1\tT1\tg\n",
      report);
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].name, "g");
  ASSERT_EQ(report.num_errors(), 4U);
  EXPECT_EQ(report.problems()[1].error.place.line, 3U);
}

TEST(Cases, AFileOutsideTheFolderIsRefused) {
  for (const char* path : {"/etc/passwd", "../x", "a/../../x"}) {
    LoadReport report;
    EXPECT_TRUE(read("attack\t\t\t" + std::string(path) + "\t\tT1\ta\n", report).empty()) << path;
    EXPECT_TRUE(report.has_errors()) << path;
  }
}

TEST(Cases, TheHeadNamesTheColumns) {
  LoadReport report;
  EXPECT_TRUE(parse_cases("kind\tfle\ttechniques\n", "c", report).empty());
  EXPECT_EQ(report.problems()[0].error.hint, "did you mean 'file'?");
  EXPECT_TRUE(parse_cases("kind\tfile\n", "c", report).empty());
  const auto cases =
      parse_cases("techniques\tprocedure\tfile\tkind\nT1\taws.x.y\tf\tattack\n", "c", report);
  ASSERT_EQ(cases.size(), 1U);
  EXPECT_EQ(cases[0].procedure, "aws.x.y");
}

TEST(Cases, AnAttackOfNoTechniqueIsNoTest) {
  LoadReport report;
  EXPECT_FALSE(read("attack\t\t\tx\t1\t\ta\n", report)[0].should_alert());
}

}  // namespace
}  // namespace nepho::exercise
