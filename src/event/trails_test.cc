#include "event/trails.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

namespace nepho::event {
namespace {

constexpr std::uint32_t kTop = 3;  // the number of some top-level key

// The branch at which `text`, as it stands in a record behind the opening quote, goes on.
const Trails::Branch* branch_at(const Trails& trails, std::uint32_t node, std::string text) {
  text.resize(64, '"');
  return trails.node(node).way_of(text.data()).branch;
}

TEST(Trails, LeadThroughEveryWayToWriteAPath) {
  Trails trails;
  const std::uint32_t trail = trails.add(kTop, "sessionContext.sessionIssuer.type");
  const std::uint32_t root = trails.root(kTop);
  ASSERT_NE(root, Trails::kNone);
  const auto* context = branch_at(trails, root, "sessionContext\"");
  ASSERT_NE(context, nullptr);
  EXPECT_EQ(context->trail, Trails::kNone);
  const auto* issuer = branch_at(trails, context->node, "sessionIssuer\"");
  ASSERT_NE(issuer, nullptr);
  EXPECT_EQ(branch_at(trails, issuer->node, "type\"")->trail, trail);
  EXPECT_EQ(branch_at(trails, context->node, "sessionIssuer.type\"")->trail, trail);
  EXPECT_EQ(branch_at(trails, root, "sessionContext.sessionIssuer.type\"")->trail, trail);
  EXPECT_EQ(branch_at(trails, root, "sessionContext.sessionIssuer.types\""), nullptr);
  EXPECT_EQ(branch_at(trails, root, "type\""), nullptr);
}

TEST(Trails, ShareTheirBeginnings) {
  Trails trails;
  const std::uint32_t type = trails.add(kTop, "type");
  const std::uint32_t below = trails.add(kTop, "type.name");
  EXPECT_NE(type, below);
  EXPECT_EQ(trails.add(kTop, "type"), type);
  EXPECT_EQ(trails.size(), 2U);
  const auto* branch = branch_at(trails, trails.root(kTop), "type\"");
  EXPECT_EQ(branch->trail, type);
  EXPECT_EQ(branch_at(trails, branch->node, "name\"")->trail, below);
}

TEST(Trails, FindThoseThatWereAdded) {
  Trails trails;
  const std::uint32_t deep = trails.add(kTop, "issuer.of.name");
  EXPECT_EQ(trails.find(kTop, "issuer.of.name"), deep);
  EXPECT_EQ(trails.find(kTop, "issuer.of"), Trails::kNone);
  EXPECT_EQ(trails.find(kTop, "issuer.of.names"), Trails::kNone);
  EXPECT_EQ(trails.find(kTop + 1, "issuer.of.name"), Trails::kNone);
  EXPECT_EQ(trails.find(kTop, ""), Trails::kNone);
  EXPECT_EQ(trails.size(), 1U);
}

TEST(Trails, AreAddedFurtherOnlyWhereOthersLeadToTheObject) {
  Trails trails;
  const std::uint32_t deep = trails.add(kTop, "issuer.of.name");
  EXPECT_EQ(trails.add_further(kTop, "issuer.of.name"), deep);
  const std::uint32_t type = trails.add_further(kTop, "issuer.of.type");
  EXPECT_EQ(type, deep + 1);
  EXPECT_EQ(trails.find(kTop, "issuer.of.type"), type);
  EXPECT_NE(trails.add_further(kTop, "region"), Trails::kNone);
  EXPECT_EQ(trails.add_further(kTop, "issuer.at.type"), Trails::kNone);
  EXPECT_EQ(trails.add_further(kTop, "issuer.of.type.name"), Trails::kNone);
  EXPECT_EQ(trails.add_further(kTop + 1, "region"), Trails::kNone);
  EXPECT_EQ(trails.add_further(kTop, "issuer.of.a\"b"), Trails::kNone);
  EXPECT_EQ(trails.size(), 3U);
}

// Keys of one node are told apart though many begin with the same letter.
TEST(Trails, TellManyKeysOfOneNodeApart) {
  Trails trails;
  std::vector<std::uint32_t> numbers;
  for (int i = 0; i < 300; ++i) {
    const char first = static_cast<char>('A' + i % 58);
    numbers.push_back(first == '\\' ? Trails::kNone : trails.add(kTop, first + std::to_string(i)));
  }
  for (int i = 0; i < 300; ++i) {
    if (numbers[static_cast<std::size_t>(i)] == Trails::kNone) continue;
    const char first = static_cast<char>('A' + i % 58);
    const auto* branch = branch_at(trails, trails.root(kTop), first + std::to_string(i) + '"');
    ASSERT_NE(branch, nullptr) << i;
    EXPECT_EQ(branch->trail, numbers[static_cast<std::size_t>(i)]);
  }
  EXPECT_EQ(branch_at(trails, trails.root(kTop), "A1\""), nullptr);
}

TEST(Trails, NodesKnowWhichTrailsLeadThroughThem) {
  Trails trails;
  const std::uint32_t type = trails.add(kTop, "type");
  const std::uint32_t name = trails.add(kTop, "issuer.name");
  const std::uint32_t deep = trails.add(kTop, "issuer.of.name");
  EXPECT_EQ(trails.add(kTop, "issuer.name"), name);
  const auto& root = trails.node(trails.root(kTop));
  EXPECT_THAT(root.trails, testing::ElementsAre(type, name, deep));
  const auto* issuer = branch_at(trails, trails.root(kTop), "issuer\"");
  EXPECT_THAT(trails.node(issuer->node).trails, testing::ElementsAre(name, deep));
}

TEST(Trails, AreNotLaidForWhatCannotBeFollowed) {
  Trails trails;
  for (const char* rest : {"", ".", "a.", ".a", "a..b", "a.b.c.d.e", "a\"b", "a\\b"}) {
    EXPECT_EQ(trails.add(kTop, rest), Trails::kNone) << rest;
  }
  EXPECT_EQ(trails.add(kTop, std::string(64, 'a')), Trails::kNone);  // with its quote
  EXPECT_EQ(trails.size(), 0U);
  EXPECT_EQ(trails.root(kTop), Trails::kNone);
  EXPECT_EQ(trails.root(1000), Trails::kNone);
}

// Before, in and behind the eight bytes by which keys are told apart; "typ" is no branch, and a key
// that begins with no branch's letter is none whatever stands behind.
TEST(Trails, StopAtAnEscapeSoThatItCanBeLookedAt) {
  Trails trails;
  trails.add(kTop, "type");
  trails.add(kTop, "typesOfAccount");
  const auto may_be_escaped = [&](std::string key) {
    key.resize(64, '"');
    return trails.node(trails.root(kTop)).way_of(key.data()).may_be_escaped;
  };
  EXPECT_TRUE(may_be_escaped("\\u0074ype\""));
  EXPECT_TRUE(may_be_escaped("t\\u0079pe\""));
  EXPECT_TRUE(may_be_escaped("typesOfA\\u0063count\""));
  EXPECT_FALSE(may_be_escaped("type\""));
  EXPECT_FALSE(may_be_escaped("typ\""));
  EXPECT_FALSE(may_be_escaped("x\\u0079pe\""));
}

TEST(Trails, TellAKeyByItsHeadUpToItsQuote) {
  for (const std::string key : {"", "a", "abcdef", "abcdefg"}) {
    EXPECT_EQ(Trails::head_at((key + "\":1234567").data()),
              Trails::head_at((key + "\",\"\\bcdef").data()))
        << key;
    EXPECT_NE(Trails::head_at((key + "\":1234567").data()),
              Trails::head_at((key + "x\":123456").data()))
        << key;
  }
  EXPECT_EQ(Trails::head_at("abcdefgh\""), Trails::head_at("abcdefghi\""));
}

TEST(Trails, SeeAnEscapeInAHead) {
  for (std::size_t at = 0; at < 8; ++at) {
    std::string key = "abcdefgh\"";
    EXPECT_FALSE(Trails::holds_escape(Trails::head_at(key.data())));
    key[at] = '\\';
    EXPECT_TRUE(Trails::holds_escape(Trails::head_at(key.data()))) << at;
    key[at] = '"';
    key[at + 1] = '\\';
    EXPECT_FALSE(Trails::holds_escape(Trails::head_at(key.data()))) << at;
  }
}

}  // namespace
}  // namespace nepho::event
