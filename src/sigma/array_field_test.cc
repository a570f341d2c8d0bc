#include "sigma/array_field.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sigma/errors.h"

namespace nepho::sigma {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// "items [any]": each part, and its selector behind it.
std::vector<std::string> parts(std::string_view field) {
  const auto split = split_array_field(field);
  if (!split) return {std::string(split.error().code.name())};
  std::vector<std::string> texts;
  for (const ArrayFieldPart& part : *split)
    texts.push_back(part.path + (part.selector ? " [" + to_string(*part.selector) + "]" : ""));
  return texts;
}

TEST(ArrayField, WithoutSelectorIsOnePart) {
  EXPECT_THAT(parts("a.b.c"), ElementsAre("a.b.c"));
  EXPECT_THAT(parts("."), ElementsAre("."));
}

TEST(ArrayField, IsSplitBehindEachSelector) {
  EXPECT_THAT(parts("a.b[any].c.d"), ElementsAre("a.b [any]", "c.d"));
  EXPECT_THAT(parts("a[all]"), ElementsAre("a [all]"));
  EXPECT_THAT(parts("a[none].b[all_or_empty]"), ElementsAre("a [none]", "b [all_or_empty]"));
  EXPECT_THAT(parts("a[0].b[-12]"), ElementsAre("a [0]", "b [-12]"));
}

TEST(ArrayField, ASelectorBehindAnotherIsOfTheElementItself) {
  EXPECT_THAT(parts("a[any][0].b"), ElementsAre("a [any]", ". [0]", "b"));
}

TEST(ArrayField, BracketsThatAreNotAtTheEndOfAPartAreItsName) {
  EXPECT_THAT(parts("a[b]c.d"), ElementsAre("a[b]c.d"));
  EXPECT_THAT(parts("a[b"), ElementsAre("a[b"));
  EXPECT_THAT(parts("a]"), ElementsAre("a]"));
}

TEST(ArrayField, EscapedBracketsAreTheName) {
  EXPECT_THAT(parts(R"(args\[0\])"), ElementsAre("args[0]"));
  EXPECT_THAT(parts(R"(a\[any\].b[any])"), ElementsAre("a[any].b [any]"));
  EXPECT_THAT(parts(R"(a\b)"), ElementsAre(R"(a\b)"));
}

TEST(ArrayField, OtherWordsInBracketsAreAnError) {
  for (const char* field : {"a[]", "a[some]", "a[Any]", "a[1.5]", "a[ 1]", "a[--1]", "a[*].b",
                            "a[99999999999999999999]", "[any]", "a[any].", "a[any]..b[0"})
    EXPECT_THAT(parts(field), testing::Contains(testing::AnyOf("sigma.bad_selector", ".b[0")))
        << field;
  const auto near = split_array_field("a[al]");
  ASSERT_FALSE(near);
  EXPECT_THAT(near.error().hint, HasSubstr("all"));
}

// A selector was looked for again and again where none stood.
TEST(ArrayField, ABracketLeftOpenBehindASelectorIsAnError) {
  for (const char* field : {"a[any][", "a[any][0", "a[0][1].b[x][y"})
    EXPECT_THAT(parts(field), ElementsAre("sigma.bad_selector")) << field;
}

TEST(ArrayField, FirstSelectorIsWhatAReaderMayTakeForAName) {
  EXPECT_EQ(first_selector("a.b[none].c[0]"), "[none]");
  EXPECT_EQ(first_selector("a[-1]"), "[-1]");
  for (const char* field : {"", "a", "a[b]", "a[b]c", R"(a\[any\])", "[any]"})
    EXPECT_EQ(first_selector(field), "") << field;
}

TEST(ArrayField, PartsBecomeTestsWithinTests) {
  const auto split = split_array_field("a[any].b[0]");
  ASSERT_TRUE(split);
  const Item item =
      put_into_arrays(*split, {.items = {Item{.field = "."}}, .condition = Expression::of_item(0)},
                      {.line = 7, .column = 3});
  EXPECT_EQ(item.field, "a");
  EXPECT_EQ(item.line, 7U);
  ASSERT_TRUE(item.array);
  EXPECT_EQ(to_string(item.array->selector), "any");
  const Item& inner = item.array->items.at(0);
  EXPECT_EQ(inner.field, "b");
  ASSERT_TRUE(inner.array);
  EXPECT_EQ(inner.array->selector, (ArraySelector{ArraySelector::Kind::kAt, 0}));
  EXPECT_EQ(inner.array->items.at(0).field, ".");
}

TEST(ArrayField, TestsAreTheSameOnlyWithTheSameSelectorAndBody) {
  const auto item = [](const char* field, const char* inner) {
    return put_into_arrays(*split_array_field(field),
                           {.items = {Item{.field = inner}}, .condition = Expression::of_item(0)},
                           {});
  };
  EXPECT_TRUE(item("a[any]", "b").same_test(item("a[any]", "b")));
  for (const Item& other : {item("a[all]", "b"), item("a[any]", "c"), item("a[0]", "b"),
                            item("a[any][any]", "b"), Item{.field = "a"}}) {
    EXPECT_FALSE(item("a[any]", "b").same_test(other));
    EXPECT_FALSE(other.same_test(item("a[any]", "b")));
  }
  EXPECT_FALSE(item("a[0]", "b").same_test(item("a[1]", "b")));
}

}  // namespace
}  // namespace nepho::sigma
