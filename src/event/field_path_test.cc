#include "event/field_path.h"

#include <gtest/gtest.h>

namespace nepho::event {
namespace {

// The source texts of what `path` resolves to in `json`, joined by blanks.
std::string at(const std::string& json, std::string_view path) {
  const auto document = text::JsonDocument::parse(json);
  EXPECT_TRUE(document) << json;
  std::string found;
  for (const auto& value : resolve(document->root(), path)) {
    found += (found.empty() ? "" : " ") + std::string(value.source());
  }
  return found;
}

TEST(FieldPath, FindsANestedKey) { EXPECT_EQ(at(R"({"a":{"b":1}})", "a.b"), "1"); }

TEST(FieldPath, TriesEveryDottedPrefixAsAKey) {
  EXPECT_EQ(at(R"({"a.b":{"c":1},"a":{"b.c":2,"b":{"c":3}},"a.b.c":4})", "a.b.c"), "1 2 3 4");
}

TEST(FieldPath, PassesThroughArraysAtEveryLevel) {
  EXPECT_EQ(at(R"({"a":[{"b":1},[{"b":[2,3]}],{"c":4}]})", "a.b"), "1 [2,3]");
}

TEST(FieldPath, CountsARepeatedKeyEachTime) { EXPECT_EQ(at(R"({"a":1,"a":2})", "a"), "1 2"); }

TEST(FieldPath, DoesNotReadANumberAsAnIndex) { EXPECT_EQ(at(R"({"a":[1,2]})", "a.0"), ""); }

TEST(FieldPath, IsCaseSensitive) { EXPECT_EQ(at(R"({"A":1})", "a"), ""); }

TEST(FieldPath, DoesNotTakeHalfAKey) {
  EXPECT_EQ(at(R"({"ab":1,"a":{"b":2}})", "a.b"), "2");
  EXPECT_EQ(at(R"({"a":{"c":1},"abc":2})", "ab"), "");
  EXPECT_EQ(at(R"({"a":1})", "abc"), "");
}

TEST(FieldPath, GivesNoMoreThanTheLimit) {
  const auto document = text::JsonDocument::parse(R"({"a":[{"b":1},{"b":2},{"b":3}]})");
  EXPECT_EQ(resolve(document->root(), "a.b", 2).size(), 2U);
}

// The source texts of what the path finds with strings that hold JSON opened.
std::string inside(const std::string& json, std::string_view path) {
  const auto document = text::JsonDocument::parse(json);
  EXPECT_TRUE(document) << json;
  InnerDocuments inner;
  std::string found;
  for (const auto& value : resolve(document->root(), path, 100, &inner))
    found += (found.empty() ? "" : " ") + std::string(value.source());
  return found;
}

TEST(FieldPath, LooksIntoStringsThatHoldJson) {
  EXPECT_EQ(inside(R"({"p":"{\"a\":[{\"b\":1},{\"b\":\"x\"}]}"})", "p.\x1D.a.b"), "1 \"x\"");
  EXPECT_EQ(inside(R"({"p":["[{\"b\":1}]","{\"b\":2}"]})", "p.\x1D.b"), "1 2");
  EXPECT_EQ(inside(R"({"p":"{\"a.b\":{\"c\":1}}"})", "p.\x1D.a.b.c"), "1");
}

TEST(FieldPath, WhatIsNoJsonOrNoStringHoldsNothing) {
  for (const char* json : {R"({"p":"{\"a\":"})", R"({"p":"a"})", R"({"p":{"a":1}})",
                           R"({"p":"\"a\""})", R"({"p.\u001d":{"a":1}})", R"({"p":null})"}) {
    EXPECT_EQ(inside(json, "p.\x1D.a"), "") << json;
  }
  EXPECT_EQ(at(R"({"p":"{\"a\":1}"})", "p.\x1D.a"), "");  // with nobody to keep it
}

TEST(FieldPath, OpensNestedArraysIntoElements) {
  const auto document = text::JsonDocument::parse(R"([1,[2,[3]],{"a":[4]}])");
  EXPECT_EQ(elements_of(document->root()).size(), 4U);
}

}  // namespace
}  // namespace nepho::event
