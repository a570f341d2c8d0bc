#include "event/trails.h"

#include <gtest/gtest.h>

#include <string>

namespace nepho::event {
namespace {

constexpr std::uint32_t kTop = 3;  // the number of some top-level key

// The branch at which `text`, as it stands in a record behind the opening quote, goes on.
const Trails::Branch* branch_at(const Trails& trails, std::uint32_t node, std::string text) {
  text.resize(64, '"');
  if (!trails.node(node).may_branch(text[0])) return nullptr;
  for (const Trails::Branch& branch : trails.node(node).branches) {
    if (branch.is_at(text.data())) return &branch;
  }
  return nullptr;
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

TEST(Trails, AreNotLaidForWhatCannotBeFollowed) {
  Trails trails;
  for (const char* rest : {"", ".", "a.", ".a", "a..b", "a.b.c.d.e", "a\"b", "a\\b"}) {
    EXPECT_EQ(trails.add(kTop, rest), Trails::kNone) << rest;
  }
  EXPECT_EQ(trails.size(), 0U);
  EXPECT_EQ(trails.root(kTop), Trails::kNone);
  EXPECT_EQ(trails.root(1000), Trails::kNone);
}

TEST(Trails, StopAtAnEscapeSoThatItCanBeLookedAt) {
  Trails trails;
  trails.add(kTop, "type");
  EXPECT_TRUE(trails.node(trails.root(kTop)).may_branch('\\'));
}

}  // namespace
}  // namespace nepho::event
