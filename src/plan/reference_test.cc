// The rows of the semantics table, one or more tests each.
#include "plan/reference.h"

#include <gtest/gtest.h>

#include "plan/semantics.h"
#include "sigma/load.h"

namespace nepho::plan {
namespace {

// Whether a rule with this detection (flow YAML) holds for an event, fields named as the event has
// them.
bool rule_holds(const std::string& detection, const std::string& event,
                bool strict_fields = false) {
  const std::string yaml = "title: t\nlogsource: {product: test}\ndetection:\n" + detection + "\n";
  sigma::LoadOptions options;
  options.placeholders["admins"] = {"alice", "b*b"};
  const auto documents = sigma::parse_documents(yaml, "r.yml", options);
  EXPECT_EQ(documents.size(), 1U);
  for (const auto& problem : documents[0].problems)
    if (problem.severity == Severity::kError) ADD_FAILURE() << to_string(problem);
  const auto json = text::JsonDocument::parse(event);
  EXPECT_TRUE(json) << event;
  return documents[0].is_runnable && json &&
         holds(documents[0].rule, json->root(), {}, strict_fields);
}

// The same for a rule of one item.
bool holds(const std::string& item, const std::string& event, bool strict_fields = false) {
  return rule_holds("    s:\n        " + item + "\n    condition: s", event, strict_fields);
}

TEST(Reference, LogicIsTwoValued) {
  const std::string rule = "    s: {e: 1}\n    filter: {f: x}\n    condition: s and not filter";
  EXPECT_TRUE(rule_holds(rule, R"({"e":1})"));
  EXPECT_TRUE(rule_holds(rule, R"({"e":1,"f":null})"));
  EXPECT_FALSE(rule_holds(rule, R"({"e":1,"f":["a","x"]})"));
}

TEST(Reference, FieldPathTriesEveryPrefixAndPassesArrays) {
  EXPECT_TRUE(holds("a.b.c: x", R"({"a":{"b.c":"x"}})"));
  EXPECT_TRUE(holds("a.b.c: x", R"({"a.b":{"c":"x"},"a":{"b":{"c":"y"}}})"));
  EXPECT_TRUE(holds("a.b: x", R"({"a":[{"b":"y"},{"b":"x"}]})"));
  EXPECT_FALSE(holds("a.0.b: x", R"({"a":[{"b":"x"}]})"));
  EXPECT_TRUE(holds("a.0.b: x", R"({"a":{"0":{"b":"x"}}})"));
}

TEST(Reference, ItemsMayHoldForDifferentElements) {
  EXPECT_TRUE(holds("{a.b: x, a.c: y}", R"({"a":[{"b":"x","c":"n"},{"b":"n","c":"y"}]})"));
}

TEST(Reference, FieldNamesOfALogSourceHaveAliases) {
  event::LogSource source;
  source.aliases.push_back({.name = "src_ip", .paths = {"sourceIPAddress"}, .origin = "elastic"});
  source.schema["eventName"] = "string";
  const sigma::Item alias{.field = "src_ip", .values = {sigma::ExistsValue{}}};
  const sigma::Item other_case{.field = "EventName", .values = {sigma::ExistsValue{}}};
  const auto json = text::JsonDocument::parse(R"({"sourceIPAddress":"192.0.2.1","eventName":"x"})");
  EXPECT_TRUE(item_holds(alias, json->root(), FieldNames(source)));
  EXPECT_TRUE(item_holds(other_case, json->root(), FieldNames(source)));
  EXPECT_FALSE(item_holds(alias, json->root(), FieldNames()));
}

TEST(Reference, StringsIgnoreCaseAndAreAnchored) {
  EXPECT_TRUE(holds("f: 'ÄbC'", R"({"f":"äBc"})"));
  EXPECT_FALSE(holds("f: b", R"({"f":"abc"})"));
  EXPECT_TRUE(holds("f: 'a*b?'", "{\"f\":\"a\\n\\nbé\"}"));
  EXPECT_FALSE(holds("f|cased: aB", R"({"f":"ab"})"));
  EXPECT_FALSE(holds("f: x", R"({"f":"x "})"));
}

TEST(Reference, EscapesAreSigmas) {
  EXPECT_TRUE(holds(R"(f: 'a\*b')", R"({"f":"a*b"})"));
  EXPECT_FALSE(holds(R"(f: 'a\*b')", R"({"f":"axb"})"));
  EXPECT_TRUE(holds(R"(f|startswith: 'C:\')", R"({"f":"C:\\x"})"));
}

TEST(Reference, NumbersAndBooleansCompareAsText) {
  EXPECT_TRUE(holds("f: 404", R"({"f":"404"})"));
  EXPECT_TRUE(holds("f: '404'", R"({"f":404})"));
  EXPECT_TRUE(holds("f: 404", R"({"f":404.0})"));
  EXPECT_FALSE(holds("f: 404", R"({"f":"404.0"})"));
  EXPECT_TRUE(holds("f: true", R"({"f":"True"})"));
  EXPECT_TRUE(holds("f: 'true'", R"({"f":true})"));
  EXPECT_FALSE(holds("f: 0", R"({"f":false})"));
}

TEST(Reference, NumbersAreComparedExactly) {
  EXPECT_TRUE(holds("f|gt: 9007199254740992", R"({"f":9007199254740993})"));
  EXPECT_TRUE(holds("f|lte: 9", R"({"f":"9.0"})"));
  EXPECT_FALSE(holds("f|lt: 9", R"({"f":true})"));
  EXPECT_FALSE(holds("f|lt: 9", R"({"f":{"a":1}})"));
}

TEST(Reference, NullIsMissingOrNull) {
  EXPECT_TRUE(holds("f: null", "{}"));
  EXPECT_TRUE(holds("f: null", R"({"f":[1,null]})"));
  EXPECT_FALSE(holds("f: null", R"({"f":""})"));
  EXPECT_FALSE(holds("f: null", R"({"f":[]})"));
  EXPECT_FALSE(holds("f: '*'", R"({"f":null})"));
}

TEST(Reference, ExistsIsThePath) {
  for (const char* event : {R"({"f":null})", R"({"f":""})", R"({"f":[]})", R"({"f":{}})"})
    EXPECT_TRUE(holds("f|exists: true", event)) << event;
  EXPECT_FALSE(holds("f|exists: true", "{}"));
  EXPECT_TRUE(holds("f|exists: false", "{}"));
}

TEST(Reference, ObjectsAndArraysAreTestedAsTextUnlessStrict) {
  const std::string event = R"({"f": {"Action": "s3:*", "n": 7}, "g": ["x", {"h": "y"}]})";
  EXPECT_TRUE(holds(R"(f|contains: '"Action":"s3')", event));
  EXPECT_TRUE(holds(R"(f: 's3:\*')", event));
  EXPECT_FALSE(holds("f: 7", event));
  EXPECT_TRUE(holds(R"(g|re: '^\["x",\{')", event));
  EXPECT_FALSE(holds(R"(f|contains: Action)", event, true));
  EXPECT_TRUE(holds("g: x", event, true));
  EXPECT_FALSE(holds("g: y", event, true));
}

TEST(Reference, ArrayWithoutElementsHasNoValue) {
  EXPECT_FALSE(holds("f: '*'", R"({"f":[]})"));
  EXPECT_FALSE(holds("f|contains: '['", R"({"f":[[]]})"));
  EXPECT_TRUE(holds("f: '*'", R"({"f":[0]})"));
}

TEST(Reference, KeywordsAreLookedForEverywhere) {
  const std::string event = R"({"m": {"Key Name": ["say \"hi\"", 42]}})";
  EXPECT_TRUE(rule_holds("    k: ['SAY \"HI\"']\n    condition: k", event));
  EXPECT_TRUE(rule_holds("    k: ['key name']\n    condition: k", event));
  EXPECT_TRUE(rule_holds("    k: [42]\n    condition: k", event));
  EXPECT_TRUE(rule_holds("    k: [']}']\n    condition: k", event));
  EXPECT_FALSE(rule_holds("    k: ['nothing']\n    condition: k", event));
  EXPECT_TRUE(holds("'|re': '^42$'", event));
  EXPECT_FALSE(holds("'|all': ['42', 'nothing']", event));
}

TEST(Reference, AllMayHoldForDifferentElements) {
  EXPECT_TRUE(holds("f|all: [a, b]", R"({"f":["a","b","c"]})"));
  EXPECT_FALSE(holds("f|all: [a, b]", R"({"f":"a"})"));
}

TEST(Reference, RegexIsASearch) {
  EXPECT_TRUE(holds("f|re: 'b.d'", R"({"f":"abcd"})"));
  EXPECT_FALSE(holds("f|re: 'B'", R"({"f":"b"})"));
  EXPECT_FALSE(holds("f|re: 'b$'", "{\"f\":\"ab\\n\"}"));
  EXPECT_TRUE(holds("f|re: '^4'", R"({"f":404})"));
}

TEST(Reference, FieldReferenceIsAnyEqualPair) {
  EXPECT_TRUE(holds("f|fieldref: g", R"({"f":["x","Y"],"g":["y"]})"));
  EXPECT_TRUE(holds("f|fieldref: g", R"({"f":1,"g":1.0})"));
  EXPECT_TRUE(holds("f|fieldref: g", R"({"f":1,"g":"1"})"));
  EXPECT_FALSE(holds("f|fieldref: g", R"({"f":null,"g":null})"));
  EXPECT_FALSE(holds("f|fieldref: g", "{}"));
  EXPECT_TRUE(holds("f|fieldref|neq: g", "{}"));
  EXPECT_TRUE(holds("f|fieldref|startswith: g", R"({"f":"Abc","g":"aB"})"));
  EXPECT_FALSE(holds("f|fieldref|startswith|cased: g", R"({"f":"Abc","g":"aB"})"));
  EXPECT_TRUE(holds("f|fieldref|contains: g", R"({"f":"abc","g":"b"})"));
  EXPECT_FALSE(holds("f|fieldref|endswith: g", R"({"f":"abc","g":"b"})"));
}

TEST(Reference, NotEqualHoldsWhenMissing) {
  EXPECT_TRUE(holds("f|neq: x", "{}"));
  EXPECT_FALSE(holds("f|neq: x", R"({"f":["y","X"]})"));
  EXPECT_FALSE(holds("f|neq: [x, y]", R"({"f":"y"})"));
}

TEST(Reference, NetworksHoldAddressesOnly) {
  EXPECT_TRUE(holds("f|cidr: 10.0.0.0/8", R"({"f":["x","::ffff:10.1.2.3"]})"));
  EXPECT_FALSE(holds("f|cidr: 0.0.0.0/0", R"({"f":"abc"})"));
  EXPECT_FALSE(holds("f|cidr: 10.0.0.0/8", R"({"f":"10.0.0.1:443"})"));
}

TEST(Reference, TimePartsAreAsWritten) {
  EXPECT_TRUE(holds("f|hour: 3", R"({"f":"2026-03-01T03:00:00+02:00"})"));
  EXPECT_TRUE(holds("f|hour|gte: 3", R"({"f":1772359200000})"));
  EXPECT_FALSE(holds("f|hour|lt: 10", R"({"f":1772359200000})"));
  EXPECT_TRUE(holds("f|week: 53", R"({"f":"2026-12-31"})"));
  EXPECT_TRUE(holds("{f|minute: 5, f|day: 1, f|month: 3, f|year: 2026}",
                    R"({"f":"2026-03-01T03:05:00Z"})"));
  EXPECT_FALSE(holds("f|hour: 3", R"({"f":"x"})"));
}

TEST(Reference, PlaceholdersStandForTheirValues) {
  EXPECT_TRUE(holds("f|expand: '%admins%'", R"({"f":"BOB"})"));
  EXPECT_FALSE(holds("f|expand: '%admins%'", R"({"f":"eve"})"));
}

TEST(Reference, AFilterIsTakenAway) {
  auto documents = sigma::parse_documents(
      "title: t\nid: r\nlogsource: {product: aws}\ndetection: {s: {e: 1}, condition: s}\n---\n"
      "title: f\nlogsource: {product: aws}\nfilter: {rules: [r], a: {u: x}, condition: a}\n",
      "r.yml", {});
  sigma::link_documents(documents, {});
  const auto kept = text::JsonDocument::parse(R"({"e":1})");
  const auto taken = text::JsonDocument::parse(R"({"e":1,"u":"X"})");
  EXPECT_TRUE(plan::holds(documents[0].rule, kept->root(), {}));
  EXPECT_FALSE(plan::holds(documents[0].rule, taken->root(), {}));
}

TEST(Reference, NotBindsBeforeAndBeforeOr) {
  const std::string rule =
      "    a: {f: 1}\n    b: {g: 1}\n    c: {h: 1}\n    condition: not a and b or c";
  EXPECT_TRUE(rule_holds(rule, R"({"g":1})"));
  EXPECT_FALSE(rule_holds(rule, R"({"f":1,"g":1})"));
  EXPECT_TRUE(rule_holds(rule, R"({"f":1,"h":1})"));
}

TEST(Semantics, EveryRowHasAnAnswer) {
  EXPECT_GE(semantics().size(), 18U);
  for (const SemanticsRow& row : semantics()) {
    EXPECT_FALSE(row.question.empty());
    EXPECT_GT(row.answer.size(), 20U) << row.question;
  }
}

}  // namespace
}  // namespace nepho::plan
