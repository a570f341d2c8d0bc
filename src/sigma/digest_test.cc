#include "sigma/digest.h"

#include <gtest/gtest.h>

#include <set>

#include "sigma/load.h"

namespace nepho::sigma {
namespace {

// The digest of the first rule of a file, after filters were applied.
std::string digest(const std::string& yaml, LoadOptions options = {}) {
  auto documents = parse_documents(yaml, "r.yml", options);
  link_documents(documents, options);
  EXPECT_TRUE(documents.at(0).is_runnable) << yaml;
  return digest_of(documents.at(0).rule);
}

std::string rule(const std::string& detection, const std::string& title = "t") {
  return "title: " + title +
         "\nid: 0a1b2c3d-0000-4000-8000-000000000001\n"
         "logsource: {product: aws, service: cloudtrail}\n"
         "detection:\n" +
         detection;
}

constexpr const char* kOne = "  s: {eventName: CreateUser}\n  condition: s\n";

TEST(Digest, IsTheSameForTheSameTests) {
  EXPECT_EQ(digest(rule(kOne)).size(), 32U);
  EXPECT_EQ(digest(rule(kOne)), digest(rule(kOne)));
}

TEST(Digest, WordsAboutTheRuleDoNotCount) {
  const std::string more = "tags: [attack.t1136.003]\nlevel: high\nstatus: stable\n";
  EXPECT_EQ(digest(rule(kOne)), digest(more + rule(kOne, "another title")));
}

TEST(Digest, NamesOfSelectionsAndUnusedOnesDoNotCount) {
  EXPECT_EQ(digest(rule(kOne)),
            digest(rule("  other: {a: b}\n  x: {eventName: CreateUser}\n  condition: x\n")));
}

// Each of these may fire on other events than each other one.
TEST(Digest, EveryChangeOfATestCounts) {
  const char* selections[] = {
      "eventName: CreateUser",
      "eventname: CreateUser",
      "eventName: [CreateUser, CreateRole]",
      "eventName|all: [CreateUser, CreateRole]",
      "eventName|contains: CreateUser",
      "eventName|startswith: CreateUser",
      "eventName|cased: CreateUser",
      "eventName|neq: CreateUser",
      "eventName|re: CreateUser",
      "eventName|re|i: CreateUser",
      "eventName: Create?ser",
      "eventName: null",
      "eventName: 1",
      "eventName: '1'",
      "eventName|gt: 1",
      "eventName|gte: 1",
      "eventName|gt: 2",
      "eventName|exists: true",
      "eventName|exists: false",
      "eventName|fieldref: other",
      "eventName|fieldref|startswith: other",
      "eventName|cidr: 10.0.0.0/8",
      "eventName|cidr: 10.0.0.0/9",
      "eventName|hour: 3",
      "eventName|minute: 3",
  };
  std::set<std::string> digests;
  for (const char* selection : selections) {
    const std::string yaml = std::string("  s: {") + selection + "}\n  condition: s\n";
    EXPECT_TRUE(digests.insert(digest(rule(yaml))).second) << selection;
  }
}

TEST(Digest, ArrayTestsCount) {
  const char* selections[] = {"'f[any]': x",
                              "'f[all]': x",
                              "'f[all_or_empty]': x",
                              "'f[none]': x",
                              "'f[0]': x",
                              "'f[-1]': x",
                              "'f[any]': y",
                              "'f[any].g': x",
                              "'f[any][any]': x",
                              "'f[any]': {g: x, h: x}",
                              "'f[any]': [{g: x}, {h: x}]",
                              "f: x",
                              "'f[any]': {condition: not s, s: {g: x}}"};
  std::set<std::string> digests;
  for (const char* selection : selections) {
    const std::string yaml = std::string("  s: {") + selection + "}\n  condition: s\n";
    EXPECT_TRUE(digests.insert(digest(rule(yaml), {.array_matching = true})).second) << selection;
  }
  EXPECT_EQ(digest(rule("  s: {'f[any].g': x}\n  condition: s\n"), {.array_matching = true}),
            digest(rule("  s: {'f[any]': {g: x}}\n  condition: s\n"), {.array_matching = true}));
}

TEST(Digest, TheWayTestsAreJoinedCounts) {
  const std::string tests = "  a: {x: 1}\n  b: {y: 2}\n  c: {z: 3}\n  condition: ";
  std::set<std::string> digests;
  for (const char* condition : {"a and b", "a or b", "a and not b", "not (a and b)", "a",
                                "a and b and c", "a and (b or c)", "(a and b) or c"}) {
    EXPECT_TRUE(digests.insert(digest(rule(tests + condition + "\n"))).second) << condition;
  }
}

TEST(Digest, TheLogsourceCounts) {
  std::string other = rule(kOne);
  other.replace(other.find("cloudtrail"), 10, "vpcflow");
  EXPECT_NE(digest(rule(kOne)), digest(other));
}

TEST(Digest, ValuesOfPlaceholdersCount) {
  const std::string yaml = rule("  s: {account|expand: '%ours%'}\n  condition: s\n");
  LoadOptions one;
  LoadOptions two;
  one.placeholders["ours"] = {"111122223333"};
  two.placeholders["ours"] = {"111122223333", "444455556666"};
  EXPECT_NE(digest(yaml, one), digest(yaml, two));
}

TEST(Digest, AFilterOnTheRuleCounts) {
  const std::string filter =
      "---\ntitle: f\nlogsource: {product: aws, service: cloudtrail}\n"
      "filter: {rules: [0a1b2c3d-0000-4000-8000-000000000001], s: {user: ours}, condition: s}\n";
  EXPECT_NE(digest(rule(kOne)), digest(rule(kOne) + filter));
}

}  // namespace
}  // namespace nepho::sigma
