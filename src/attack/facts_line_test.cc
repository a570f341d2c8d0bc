#include "attack/facts_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(FactsLine, BringsBackEveryFieldItWrote) {
  std::string out;
  LineWriter(out, "kind")
      .text("a\tb\nc\\d|e\r")
      .id(GroupId{"G0001"})
      .status(Status::kDeprecated)
      .date(parse_date("2026-05-12"))
      .date(kNoDate)
      .ids(std::vector<SoftwareId>{{"S0001"}, {"S0002"}})
      .texts({"x|y", "\\", "z"})
      .texts({});
  ASSERT_EQ(out.find('\n'), out.size() - 1);
  out.pop_back();
  LineReader line(out);
  EXPECT_EQ(line.kind(), "kind");
  EXPECT_EQ(line.text(), "a\tb\nc\\d|e\r");
  EXPECT_EQ(line.required_id(), "G0001");
  EXPECT_EQ(line.status(), Status::kDeprecated);
  EXPECT_EQ(to_string(line.date()), "2026-05-12");
  EXPECT_EQ(line.date(), kNoDate);
  EXPECT_THAT(line.ids<SoftwareKind>(), ElementsAre(SoftwareId{"S0001"}, SoftwareId{"S0002"}));
  EXPECT_THAT(line.texts(), ElementsAre("x|y", "\\", "z"));
  EXPECT_THAT(line.texts(), IsEmpty());
  EXPECT_EQ(line.fault(), "");
}

TEST(FactsLine, SaysWhichFieldIsMissingOrTooMany) {
  LineReader missing("kind\ta");
  missing.text();
  missing.text();
  EXPECT_EQ(missing.fault(), "a field is missing");
  LineReader superfluous("kind\ta\tb");
  superfluous.text();
  EXPECT_EQ(superfluous.fault(), "too many fields");
  EXPECT_EQ(LineReader("kind\t1\t2\t3\t4\t5\t6\t7\t8\t9\t10\t11").fault(), "too many fields");
}

TEST(FactsLine, RefusesWhatAFieldCannotBe) {
  LineReader escape("kind\ta\\q");
  escape.text();
  EXPECT_THAT(escape.fault(), ::testing::HasSubstr("backslash"));
  LineReader status("kind\trevoked?");
  status.status();
  EXPECT_THAT(status.fault(), ::testing::HasSubstr("revoked?"));
  LineReader date("kind\t2026-05-12T00:00:00Z");
  date.date();
  EXPECT_THAT(date.fault(), ::testing::HasSubstr("expected a day"));
  LineReader techniques("kind\tT1078 T10");
  techniques.technique_ids();
  EXPECT_THAT(techniques.fault(), ::testing::HasSubstr("T10"));
}

}  // namespace
}  // namespace nepho::attack
