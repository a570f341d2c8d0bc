#include "workspace/workspace.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "workspace/provider_lists.h"

namespace nepho::workspace {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;
using ::testing::UnorderedElementsAre;

TEST(Workspace, FindsEntriesByTheirWholeId) {
  Workspace workspace;
  workspace.providers = {{.provider = "aws"}, {.provider = "azure"}};
  workspace.log_sources = {{.id = "aws.cloudtrail"}, {.id = "aws.cloudtrail.s3_data"}};
  EXPECT_EQ(workspace.find_provider("azure"), &workspace.providers[1]);
  EXPECT_EQ(workspace.find_provider("az"), nullptr);
  EXPECT_EQ(workspace.find_provider(""), nullptr);
  EXPECT_EQ(workspace.find_log_source("aws.cloudtrail"), workspace.log_sources.data());
  EXPECT_EQ(workspace.find_log_source("aws"), nullptr);
}

// What a user does not say must not narrow anything.
TEST(Workspace, AnEmptyOneSaysNothing) {
  const Workspace workspace;
  EXPECT_THAT(placeholders(workspace), IsEmpty());
  EXPECT_EQ(workspace.filters, FilterReading::kSpecification);
  EXPECT_DOUBLE_EQ(LogSourceUse{}.coverage, 1.0);
}

TEST(Placeholders, HoldEveryListOfAProviderByItsKey) {
  Workspace workspace;
  workspace.providers.emplace_back();
  for (const auto& [key, list] : kProviderLists) {
    (workspace.providers[0].*list).push_back("value of " + std::string(key));
  }
  const auto all = placeholders(workspace);
  EXPECT_EQ(all.size(), kProviderLists.size());
  for (const auto& [key, list] : kProviderLists) {
    EXPECT_THAT(all.at(std::string(key)), ElementsAre("value of " + std::string(key)));
  }
}

TEST(Placeholders, JoinProvidersInTheirOrderAndKeepEachValueOnce) {
  Workspace workspace;
  workspace.providers = {{.provider = "gcp", .account_ids = {"2", "1"}},
                         {.provider = "aws", .account_ids = {"1", "3"}}};
  EXPECT_THAT(placeholders(workspace),
              UnorderedElementsAre(Pair("account_ids", ElementsAre("2", "1", "3"))));
}

TEST(Placeholders, OfTheUsersOwnJoinThoseOfTheSameName) {
  Workspace workspace;
  workspace.organisation.networks = {"203.0.113.0/24"};
  workspace.own_placeholders = {{"networks", {"10.0.0.0/8", "203.0.113.0/24"}},
                                {"admin_roles", {"BreakGlass"}},
                                {"nobody", {}}};
  EXPECT_THAT(placeholders(workspace),
              UnorderedElementsAre(Pair("networks", ElementsAre("203.0.113.0/24", "10.0.0.0/8")),
                                   Pair("admin_roles", ElementsAre("BreakGlass"))));
}

// The name, and the lists that are no names of accounts, stay out: "name" is no list.
TEST(Placeholders, AreListsOnly) {
  Workspace workspace;
  workspace.organisation = {.name = "Example",
                            .sectors = {"s"},
                            .countries = {"DE"},
                            .domains = {"d.example"},
                            .networks = {"n"}};
  EXPECT_THAT(placeholders(workspace),
              UnorderedElementsAre(
                  Pair("sectors", ElementsAre("s")), Pair("countries", ElementsAre("DE")),
                  Pair("domains", ElementsAre("d.example")), Pair("networks", ElementsAre("n"))));
}

}  // namespace
}  // namespace nepho::workspace
