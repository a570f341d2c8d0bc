// The rows of the semantics table that are about the elements of arrays.
#include <gtest/gtest.h>

#include "plan/reference.h"
#include "sigma/load.h"

namespace nepho::plan {
namespace {

// Whether a rule with this selection (YAML, indented by eight) holds for an event.
bool holds(const std::string& selection, const std::string& event, bool array_matching = true) {
  const std::string yaml = "title: t\nlogsource: {product: test}\ndetection:\n    s:\n        " +
                           selection + "\n    condition: s\n";
  sigma::LoadOptions options;
  options.array_matching = array_matching;
  const auto documents = sigma::parse_documents(yaml, "r.yml", options);
  for (const auto& problem : documents.at(0).problems)
    if (problem.severity == Severity::kError) ADD_FAILURE() << to_string(problem);
  const auto json = text::JsonDocument::parse(event);
  EXPECT_TRUE(json) << event;
  return documents[0].is_runnable && json && plan::holds(documents[0].rule, json->root(), {});
}

// The value of a JSON array under "a" for which each of the four selectors is asked, as the letters
// of those that hold: any, all, all or Empty, none.
std::string selectors_that_hold(const std::string& test, const std::string& event) {
  std::string letters;
  for (const auto& [letter, word] :
       {std::pair{'a', "any"}, {'l', "all"}, {'e', "all_or_empty"}, {'n', "none"}}) {
    if (holds("a[" + std::string(word) + "]" + test, event)) letters += letter;
  }
  return letters;
}

TEST(ReferenceArrays, SelectorsSayHowManyElementsHaveToHold) {
  EXPECT_EQ(selectors_that_hold(": x", R"({"a":["x","X"]})"), "ale");
  EXPECT_EQ(selectors_that_hold(": x", R"({"a":["y","x"]})"), "a");
  EXPECT_EQ(selectors_that_hold(": x", R"({"a":["y","z"]})"), "n");
  EXPECT_EQ(selectors_that_hold(".b|startswith: x", R"({"a":[{"b":"xy"},{"b":"x"}]})"), "ale");
  EXPECT_EQ(selectors_that_hold(".b: x", R"({"a":[{"b":"y"},{"b":"x"}]})"), "a");
  EXPECT_EQ(selectors_that_hold(".b: x", R"({"a":[{"b":"x"},{"c":"x"}]})"), "a");
}

TEST(ReferenceArrays, WithoutElementsOnlyNoneAndAllOrEmptyHold) {
  for (const char* event : {R"({"a":[]})", R"({"a":null})", R"({"b":1})", R"({"a":[],"b":1})"}) {
    EXPECT_EQ(selectors_that_hold(": x", event), "en") << event;
    EXPECT_EQ(selectors_that_hold(".b|exists: false", event), "en") << event;
  }
}

TEST(ReferenceArrays, NullInAnArrayIsAnElement) {
  EXPECT_EQ(selectors_that_hold(": null", R"({"a":[null]})"), "ale");
  EXPECT_EQ(selectors_that_hold(": x", R"({"a":["x",null]})"), "a");
}

TEST(ReferenceArrays, WhatIsNoArrayIsItsOwnOnlyElement) {
  EXPECT_EQ(selectors_that_hold(": x", R"({"a":"x"})"), "ale");
  EXPECT_EQ(selectors_that_hold(".b: x", R"({"a":{"b":"y"}})"), "n");
}

TEST(ReferenceArrays, ElementsAreThoseOfAllArraysThatThePathReaches) {
  const std::string event = R"({"o":[{"a":["x"]},{"a":["y","x"]},{"a":[]}]})";
  EXPECT_TRUE(holds("o.a[any]: y", event));
  EXPECT_FALSE(holds("o.a[all]: x", event));
  EXPECT_TRUE(holds("o.a[all]: [x, y]", event));
  EXPECT_TRUE(holds("o[any].a[all]: x", event));
  EXPECT_FALSE(holds("o[all].a[all]: [x, y]", event));
  EXPECT_TRUE(holds("o[all].a[all_or_empty]: [x, y]", event));
  EXPECT_TRUE(holds("o[any].a[none]: '*'", event));
}

TEST(ReferenceArrays, ModifiersAreAskedOfEachElement) {
  EXPECT_TRUE(holds("a[any]|neq: x", R"({"a":["x","y"]})"));
  EXPECT_FALSE(holds("a|neq: x", R"({"a":["x","y"]})"));
  EXPECT_FALSE(holds("a[all]|neq: x", R"({"a":["x","y"]})"));
  EXPECT_FALSE(holds("a[any]|contains|all: [b, c]", R"({"a":["ab","ac"]})"));
  EXPECT_TRUE(holds("a|contains|all: [b, c]", R"({"a":["ab","ac"]})"));
  EXPECT_TRUE(holds("a[any]|contains|all: [b, c]", R"({"a":["ab","abc"]})"));
  EXPECT_TRUE(
      holds("a[all].ip|cidr: 10.0.0.0/8", R"({"a":[{"ip":"10.1.1.1"},{"ip":"10.2.2.2"}]})"));
  EXPECT_TRUE(holds("a[any].port|gt: 21", R"({"a":[{"port":20},{"port":22}]})"));
}

TEST(ReferenceArrays, IndexIsOneElementFromEitherEnd) {
  const std::string event = R"({"a":["p","q",["r","s"]],"o":[{"b":"x"},{"b":"y"}]})";
  EXPECT_TRUE(holds("a[0]: p", event));
  EXPECT_FALSE(holds("a[1]: p", event));
  EXPECT_TRUE(holds("a[-2]: q", event));
  EXPECT_TRUE(holds("a[-1]: s", event));
  EXPECT_TRUE(holds("a[2][0]: r", event));
  EXPECT_FALSE(holds("a[2][0]: s", event));
  EXPECT_TRUE(holds("{'o[0].b': x, 'o[-1].b': y}", event));
  EXPECT_FALSE(holds("o[1].b: x", event));
}

TEST(ReferenceArrays, AnIndexWithoutElementIsLikeAMissingField) {
  for (const char* event : {R"({"a":["x"]})", R"({"a":[]})", R"({"b":1})", R"({"a":"x"})",
                            R"({"a":null})", R"({"a":{"1":"x"}})"}) {
    EXPECT_FALSE(holds("a[1]: '*'", event)) << event;
    EXPECT_FALSE(holds("a[-2]: '*'", event)) << event;
    EXPECT_FALSE(holds("a[1]|exists: true", event)) << event;
    EXPECT_TRUE(holds("a[1]: null", event)) << event;
    EXPECT_TRUE(holds("a[1]|neq: x", event)) << event;
    EXPECT_TRUE(holds("a[1].b|exists: false", event)) << event;
    EXPECT_FALSE(holds("a[1].b[any]: x", event)) << event;
    EXPECT_TRUE(holds("a[1].b[none]: x", event)) << event;
  }
  EXPECT_FALSE(holds("a[9223372036854775807]: x", R"({"a":["x"]})"));
  EXPECT_FALSE(holds("a[-9223372036854775808]: x", R"({"a":["x"]})"));
}

TEST(ReferenceArrays, ABlockIsAskedOfOneElement) {
  const std::string two = R"({"a":[{"b":"x","c":"n"},{"b":"n","c":"y"}]})";
  const std::string one = R"({"a":[{"b":"n","c":"n"},{"b":"x","c":"y"}]})";
  EXPECT_FALSE(holds("a[any]: {b: x, c: y}", two));
  EXPECT_TRUE(holds("a[any]: {b: x, c: y}", one));
  EXPECT_TRUE(holds("{'a[any].b': x, 'a[any].c': y}", two));
  EXPECT_TRUE(holds("a[none]: {b: x, c: y}", two));
  EXPECT_FALSE(holds("a[all]: {b: x}", two));
  EXPECT_TRUE(holds("a[all]: [{b: x}, {c: y}]", two));
  EXPECT_TRUE(holds("a[1]: {b: x, c: y}", one));
  EXPECT_FALSE(holds("a[0]: {b: x, c: y}", one));
}

TEST(ReferenceArrays, BlocksNest) {
  const std::string event =
      R"({"items":[{"proto":"tcp","ranges":[{"ip":"0.0.0.0/0"}]},{"proto":"udp","ranges":[]}]})";
  const std::string tcp = "items[any]:\n            proto: tcp\n            ranges[any]:\n";
  EXPECT_TRUE(holds(tcp + "                ip: 0.0.0.0/0", event));
  EXPECT_FALSE(holds("items[any]: {proto: udp, 'ranges[any]': {ip: '*'}}", event));
  EXPECT_TRUE(holds("items[any]: {proto: udp, 'ranges[none]': {ip: '*'}}", event));
}

TEST(ReferenceArrays, ABlockMayHaveAConditionOfItsOwn) {
  const std::string block =
      "a[any]:\n            condition: s and not t\n            s: {'.|gte': 500}\n"
      "            t: {'.': 504}";
  EXPECT_TRUE(holds(block, R"({"a":[504,200,503]})"));
  EXPECT_FALSE(holds(block, R"({"a":[504,200]})"));
  EXPECT_FALSE(holds(block, R"({"a":[]})"));
}

TEST(ReferenceArrays, APointIsTheElementOnlyInABlock) {
  EXPECT_TRUE(holds("a[any]: {'.|startswith': x, '.|endswith': y}", R"({"a":["xa","xy"]})"));
  EXPECT_FALSE(holds("a[any]: {'.|startswith': x, '.|endswith': y}", R"({"a":["xa","by"]})"));
  EXPECT_TRUE(holds("'.': x", R"({".":"x"})"));
}

TEST(ReferenceArrays, AFieldrefInABlockIsAFieldOfTheElement) {
  EXPECT_TRUE(holds("a[any]: {b|fieldref: c}", R"({"a":[{"b":1,"c":2},{"b":3,"c":3}],"c":9})"));
  EXPECT_FALSE(holds("a[any]: {b|fieldref: c}", R"({"a":[{"b":1,"c":2},{"b":2,"c":1}],"c":1})"));
}

TEST(ReferenceArrays, EscapedBracketsAreTheNameOfAField) {
  EXPECT_TRUE(holds(R"('a\[0\]': x)", R"({"a[0]":"x"})"));
  EXPECT_FALSE(holds(R"('a\[0\]': x)", R"({"a":["x"]})"));
}

TEST(ReferenceArrays, WithoutTheOptionBracketsAreTheName) {
  EXPECT_TRUE(holds("a[any]: x", R"({"a[any]":"x"})", /*array_matching=*/false));
  EXPECT_FALSE(holds("a[any]: x", R"({"a":["x"]})", /*array_matching=*/false));
  EXPECT_TRUE(holds(R"('a\[0\]': x)", R"({"a\\[0\\]":"x"})", /*array_matching=*/false));
}

}  // namespace
}  // namespace nepho::plan
