#include "attack/difference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "attack/library.h"

namespace nepho::attack {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> lines(const std::vector<Difference>& differences) {
  std::vector<std::string> out;
  for (const Difference& difference : differences) {
    out.push_back(fmt::format("{} {} {} > {}", difference.id.value, to_string(difference.kind),
                              difference.before, difference.after));
  }
  return out;
}

Catalogue with(std::vector<Technique> techniques, std::string_view tactic = "stealth") {
  Facts facts;
  facts.tactics = {{{"TA0005"}, std::string(tactic), "x"}, {{"TA0003"}, "persistence", "y"}};
  facts.techniques = std::move(techniques);
  return Catalogue(std::move(facts));
}

TEST(Difference, NamesWhatCameWentAndChanged) {
  const Catalogue from = with({{.id = {"T1000"}, .name = "a", .tactics = {{"TA0003"}}},
                               {.id = {"T1001"}, .name = "old", .platforms = {"AWS", "Azure"}},
                               {.id = {"T1002"}, .name = "c"},
                               {.id = {"T1003"}, .name = "d"},
                               {.id = {"T1004"}, .name = "e"}});
  const Catalogue to =
      with({{.id = {"T1000"}, .name = "a", .tactics = {{"TA0005"}}},
            {.id = {"T1001"}, .name = "new", .platforms = {"IaaS"}},
            {.id = {"T1002"}, .name = "c", .status = Status::kRevoked, .revoked_by = {"T1005"}},
            {.id = {"T1003"}, .name = "d", .status = Status::kDeprecated},
            {.id = {"T1005"}, .name = "f", .tactics = {{"TA0003"}}}});
  EXPECT_THAT(lines(compare(from, to)),
              ElementsAre("T1000 tactics persistence > stealth", "T1001 renamed old > new",
                          "T1002 revoked  > T1005", "T1003 deprecated  > ", "T1004 removed  > ",
                          "T1005 added  > persistence"));
}

TEST(Difference, SeesATacticThatWasRenamed) {
  const std::vector<Technique> same{{.id = {"T1000"}, .tactics = {{"TA0005"}}}};
  EXPECT_THAT(lines(compare(with(same, "defense-evasion"), with(same))),
              ElementsAre("T1000 tactics defense-evasion > stealth"));
}

TEST(Difference, KeepsToTheScopeOfEitherVersion) {
  const Catalogue from = with({{.id = {"T1000"}, .name = "a", .platforms = {"SaaS"}},
                               {.id = {"T1001"}, .name = "b", .platforms = {"Linux"}}});
  const Catalogue to = with({{.id = {"T1000"}, .name = "a", .platforms = {"Linux"}},
                             {.id = {"T1001"}, .name = "c", .platforms = {"Linux"}}});
  EXPECT_THAT(lines(compare(from, to, Scope::kCloud)), ElementsAre("T1000 platforms SaaS > Linux"));
}

TEST(Difference, IsNothingBetweenAVersionAndItself) {
  const Catalogue catalogue = load_catalogue(Knowledge()).value();
  EXPECT_THAT(compare(catalogue, catalogue), IsEmpty());
}

}  // namespace
}  // namespace nepho::attack
