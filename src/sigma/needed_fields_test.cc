#include "sigma/needed_fields.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "sigma/load.h"

namespace nepho::sigma {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

std::vector<std::string> needed(const std::string& detection) {
  auto documents = parse_documents(
      "title: t\nlogsource: {product: aws, service: cloudtrail}\ndetection:\n" + detection, "r.yml",
      {.array_matching = true});
  EXPECT_TRUE(documents.at(0).is_runnable) << detection;
  const auto fields = needed_fields(documents.at(0).rule);
  return {fields.begin(), fields.end()};
}

TEST(NeededFields, EveryTestOfASelectionIsNeeded) {
  EXPECT_THAT(needed("  s: {a: x, b|contains: y}\n  condition: s\n"), ElementsAre("a", "b"));
}

TEST(NeededFields, OfAlternativesOnlyWhatAllOfThemNeed) {
  EXPECT_THAT(needed("  s:\n    - {a: x, b: y}\n    - {a: z, c: y}\n  condition: s\n"),
              ElementsAre("a"));
  EXPECT_THAT(needed("  s: {a: x}\n  t: {b: x}\n  condition: s or t\n"), IsEmpty());
  EXPECT_THAT(needed("  s: {a: x}\n  t: {b: x}\n  condition: s and t\n"), ElementsAre("a", "b"));
}

TEST(NeededFields, AnExceptionNeedsNothing) {
  EXPECT_THAT(needed("  s: {a: x}\n  f: {b: y}\n  condition: s and not f\n"), ElementsAre("a"));
  EXPECT_THAT(needed("  s: {a: x, b|neq: y}\n  condition: s\n"), ElementsAre("a"));
}

TEST(NeededFields, WhatHoldsForAMissingFieldDoesNotNeedIt) {
  EXPECT_THAT(needed("  s: {a: null, b|exists: false, c: [null, x]}\n  condition: s\n"), IsEmpty());
  EXPECT_THAT(needed("  s: {b|exists: true}\n  condition: s\n"), ElementsAre("b"));
}

TEST(NeededFields, AnArrayTestNeedsItsArrayUnlessItHoldsWithoutElements) {
  EXPECT_THAT(needed("  s: {'a[any].x': 1, 'b[all]': {y: 1}}\n  condition: s\n"),
              ElementsAre("a", "b"));
  EXPECT_THAT(needed("  s: {'a[none]': 1, 'b[all_or_empty]': 1, 'c[0]': null}\n  condition: s\n"),
              IsEmpty());
}

TEST(NeededFields, AKeywordNeedsNoField) {
  EXPECT_THAT(needed("  s: [word]\n  condition: s\n"), IsEmpty());
}

}  // namespace
}  // namespace nepho::sigma
