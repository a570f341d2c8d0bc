#include "base/problem.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

constexpr ErrorCode kBadThing{"test.bad_thing"};

TEST(Problem, ReadsAsPlaceSeverityCodeMessageAndHint) {
  const Problem problem{
      Severity::kWarning,
      Error(kBadThing, "no such thing", Place{.file = "r.yml", .line = 2}, "did you mean 'that'?"),
      "that"};
  EXPECT_EQ(to_string(problem),
            "r.yml:2: warning[test.bad_thing]: no such thing\n   did you mean 'that'?");
}

TEST(Problem, WithoutAPlaceStartsWithItsSeverity) {
  const Problem problem{Severity::kNote, Error(kBadThing, "by the way"), {}};
  EXPECT_EQ(to_string(problem), "note[test.bad_thing]: by the way");
}

TEST(LoadReport, CountsErrorsAndNotWarnings) {
  LoadReport report;
  EXPECT_FALSE(report.has_errors());
  report.add_warning(Error(kBadThing, "w"));
  report.add(Severity::kNote, Error(kBadThing, "n"));
  EXPECT_FALSE(report.has_errors());
  report.add_error(Error(kBadThing, "e"));
  EXPECT_EQ(report.num_errors(), 1U);
}

TEST(LoadReport, AppendsAnotherBehindItsOwn) {
  LoadReport first;
  first.add_error(Error(kBadThing, "1"));
  LoadReport second;
  second.add_warning(Error(kBadThing, "2"));
  second.add_error(Error(kBadThing, "3"));
  first.append(std::move(second));
  std::string order;
  for (const Problem& problem : first.problems()) order += problem.error.message;
  EXPECT_EQ(order, "123");
  EXPECT_EQ(first.num_errors(), 2U);
}

}  // namespace
}  // namespace nepho
