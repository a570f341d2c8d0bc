#include "event/record_view.h"

#include <gtest/gtest.h>

#include <random>

#include "event/field_path.h"
#include "tests/support/cases.h"
#include "text/json_index.h"

namespace nepho::event {
namespace {

// A text with its index, ready for a view.
class Indexed {
 public:
  explicit Indexed(std::string json) : size_(json.size()), padded_(std::move(json)) {
    padded_.resize(size_ + text::kJsonPadding, '{');  // what lies behind must not matter
    const auto tokens = indexer_.index(text());
    is_indexed_ = tokens.has_value();
    if (is_indexed_) tokens_ = *tokens;
  }
  std::string_view text() const { return std::string_view(padded_).substr(0, size_); }
  std::span<const std::uint32_t> tokens() const { return tokens_; }
  bool is_indexed() const { return is_indexed_; }

 private:
  std::size_t size_;
  std::string padded_;
  text::JsonIndexer indexer_;
  std::span<const std::uint32_t> tokens_;
  bool is_indexed_ = false;
};

ScanFault scan(const std::string& json) {
  KeyTable keys;
  const Indexed indexed(json);
  if (!indexed.is_indexed()) return ScanFault::kMalformed;
  RecordView view(keys);
  view.reset(indexed.text(), indexed.tokens());
  return view.has_next() ? view.scan() : ScanFault::kMalformed;
}

// The raw values at `path`, found by a walk or, where that is possible, on a trail.
enum class Way : std::uint8_t { kWalk, kTrail };
std::string resolve(const std::string& json, const std::string& path, Way way = Way::kWalk) {
  KeyTable keys;
  Trails trails;
  FieldPath field(std::vector<std::string>{path}, keys);
  field.settle(keys);
  if (way == Way::kTrail) field.follow(trails);
  const Indexed indexed(json);
  RecordView view(keys, &trails);
  view.reset(indexed.text(), indexed.tokens());
  EXPECT_TRUE(view.has_next() && view.scan() == ScanFault::kNone) << json;
  std::vector<RawValue> values;
  view.resolve(field, values);
  std::string found;
  for (const auto& value : values) found += (found.empty() ? "" : " ") + std::string(value.raw);
  return found;
}

TEST(RecordView, ReadsOneRecordAfterAnotherWhateverParts) {
  const Indexed indexed("{\"a\":1}\n {\"a\":{}},{\"a\":[]} ,\n{}");
  KeyTable keys;
  RecordView view(keys);
  view.reset(indexed.text(), indexed.tokens());
  std::string sources;
  while (view.has_next()) {
    ASSERT_EQ(view.scan(), ScanFault::kNone);
    sources += std::string(view.source()) + "|";
  }
  EXPECT_EQ(sources, R"({"a":1}|{"a":{}}|{"a":[]}|{}|)");
}

TEST(RecordView, RefusesWhatTheGrammarDoes) {
  for (const char* bad : {"{\"a\"}",         "{\"a\":}",
                          "{\"a\":1,}",      "{,}",
                          "{\"a\":1 2}",     "{\"a\":01}",
                          "{\"a\":1.}",      "{\"a\":tru}",
                          "{\"a\":[1,]}",    "{\"a\":[1}",
                          "{\"a\":{]}",      "{\"a\":truex}",
                          "{\"a\":-}",       "{\"a\":[\"b\" \"c\"]}",
                          "{\"a\":{\"b\"}}", "{\"a\":{\"b\":}}",
                          "{a:1}",           "{\"a\":[,1]}",
                          "{\"a\"::1}",      "{",
                          "{\"a\":[",        "{\"a\":1",
                          "{\"a\":\"b\"x}",  "{\"a\":{\"b\":1,}}"}) {
    EXPECT_EQ(scan(bad), ScanFault::kMalformed) << bad;
  }
}

TEST(RecordView, TellsWhatIsNoObjectAndGoesOn) {
  const Indexed indexed("[1,2] \"x\" 3 {\"a\":1}");
  KeyTable keys;
  RecordView view(keys);
  view.reset(indexed.text(), indexed.tokens());
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(view.has_next());
    EXPECT_EQ(view.scan(), ScanFault::kNotAnObject);
  }
  ASSERT_TRUE(view.has_next());
  EXPECT_EQ(view.scan(), ScanFault::kNone);
}

TEST(RecordView, BoundsTheDepthAsTheTreeDoes) {
  const auto nested = [](std::size_t depth) {
    return "{\"a\":" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + "}";
  };
  EXPECT_EQ(scan(nested(kDefaultLimits.max_json_depth)), ScanFault::kNone);
  EXPECT_EQ(scan(nested(kDefaultLimits.max_json_depth + 1)), ScanFault::kTooDeep);
  EXPECT_TRUE(text::JsonDocument::parse(nested(kDefaultLimits.max_json_depth)));
  EXPECT_FALSE(text::JsonDocument::parse(nested(kDefaultLimits.max_json_depth + 1)));
}

TEST(RecordView, BoundsTheDepthOnATrailToo) {
  const auto nested = [](std::size_t depth) {
    const std::size_t below = depth - 3;  // of the record, of a and of b
    return R"({"a":{"b":)" + std::string(below + 1, '[') + std::string(below + 1, ']') + "}}";
  };
  KeyTable keys;
  Trails trails;
  FieldPath field(std::vector<std::string>{"a.b.c"}, keys);
  field.settle(keys);
  field.follow(trails);
  for (const std::size_t over : {0U, 1U}) {
    const Indexed indexed(nested(kDefaultLimits.max_json_depth + over));
    RecordView view(keys, &trails);
    view.reset(indexed.text(), indexed.tokens());
    ASSERT_TRUE(view.has_next());
    EXPECT_EQ(view.scan(), over == 0 ? ScanFault::kNone : ScanFault::kTooDeep);
  }
}

TEST(RecordView, FollowsATrailThroughTheObjectsOfAnArray) {
  KeyTable keys;
  Trails trails;
  FieldPath field(std::vector<std::string>{"a.b"}, keys);
  field.settle(keys);
  field.follow(trails);
  const auto found = [&](const std::string& json) {
    const Indexed indexed(json);
    RecordView view(keys, &trails);
    view.reset(indexed.text(), indexed.tokens());
    EXPECT_TRUE(view.has_next() && view.scan() == ScanFault::kNone) << json;
    RawValue value;
    switch (view.find_one(field, value)) {
      case RecordView::Found::kNothing: return std::string("nothing");
      case RecordView::Found::kOne: return std::string(value.raw);
      case RecordView::Found::kUnsure: break;
    }
    return std::string("unsure");
  };
  EXPECT_EQ(found(R"({"a":[{"c":1},{"c":2,"b":3},"b",4]})"), "3");
  EXPECT_EQ(found(R"({"a":[{"b":[5,6]}]})"), "[5,6]");
  EXPECT_EQ(found(R"({"a":[{"c":1}]})"), "nothing");
  EXPECT_EQ(found(R"({"a":[]})"), "nothing");
  EXPECT_EQ(found(R"({"a":[{"b":1},{"b":2}]})"), "unsure");
  EXPECT_EQ(found(R"({"a":[[{"b":1}]]})"), "unsure");
}

TEST(RecordView, FindsKeysWrittenWithEscapes) {
  for (const Way way : {Way::kWalk, Way::kTrail}) {
    EXPECT_EQ(resolve(R"({"\u0061":{"\u0062":1}})", "a.b", way), "1");
    EXPECT_EQ(resolve(R"({"a":{"bc\u0064":1}})", "a.bcd", way), "1");
    EXPECT_EQ(resolve(R"({"a":{"bcd":1,"\u0062cd":2}})", "a.bcd", way), "1 2");
  }
}

TEST(RecordView, TakesNoLongerOrShorterKeyForOneOnATrail) {
  const std::string json = R"({"a":{"b":1,"sessionContexts":2,"sessionContext":3,"session":4}})";
  EXPECT_EQ(resolve(json, "a.sessionContext", Way::kTrail), "3");
  EXPECT_EQ(resolve(json, "a.sess", Way::kTrail), "");
  EXPECT_EQ(resolve(json, "a.bb", Way::kTrail), "");
}

TEST(RecordView, TrailsBelongToTheRecordTheyWereFoundIn) {
  KeyTable keys;
  Trails trails;
  FieldPath field(std::vector<std::string>{"a.b"}, keys);
  field.settle(keys);
  field.follow(trails);
  const Indexed indexed(
      R"({"a":{"b":1}} {"a":{"c":1}} {"a":[{"b":3}]} {"c":{"b":4}} {"a":{"b":5}})");
  RecordView view(keys, &trails);
  view.reset(indexed.text(), indexed.tokens());
  std::string found;
  while (view.has_next()) {
    ASSERT_EQ(view.scan(), ScanFault::kNone);
    std::vector<RawValue> values;
    view.resolve(field, values);
    found += values.empty() ? "-" : std::string(values[0].raw);
  }
  EXPECT_EQ(found, "1-3-5");
}

TEST(RecordView, FindsTheFirstScalarInAnArray) {
  const auto first = [](const std::string& array) {
    KeyTable keys;
    const FieldPath field("a", keys);
    const Indexed indexed(R"({"a":)" + array + "}");
    RecordView view(keys);
    view.reset(indexed.text(), indexed.tokens());
    EXPECT_TRUE(view.has_next() && view.scan() == ScanFault::kNone) << array;
    std::vector<RawValue> values;
    view.resolve(field, values);
    RawValue value;
    const bool found = values.size() == 1 && view.first_scalar_in(values[0], value);
    return found ? std::string(value.raw) : "none";
  };
  EXPECT_EQ(first(R"(["203.0.113.7", "192.0.2.1"])"), "203.0.113.7");
  EXPECT_EQ(first(R"([null, {"b": [1]}, [2], 3])"), "3");
  EXPECT_EQ(first(R"([null, {"b": 1}, [2]])"), "none");
  EXPECT_EQ(first("[]"), "none");
}

TEST(RecordView, SaysWhetherAnArrayHoldsAString) {
  const auto holds = [](const std::string& array) {
    KeyTable keys;
    const FieldPath field("a", keys);
    const Indexed indexed(R"({"a":)" + array + R"(,"b":"x"})");
    RecordView view(keys);
    view.reset(indexed.text(), indexed.tokens());
    EXPECT_TRUE(view.has_next() && view.scan() == ScanFault::kNone) << array;
    std::vector<RawValue> values;
    view.resolve(field, values);
    return values.size() == 1 && view.holds_string(values[0]);
  };
  EXPECT_TRUE(holds(R"([{"b":1}, "x"])"));
  EXPECT_TRUE(holds(R"([1, [[], ["x"]]])"));
  EXPECT_FALSE(holds(R"([{"b":"x"}, [{"c":"x"}], 2, null])"));
  EXPECT_FALSE(holds("[]"));
}

TEST(RecordView, GivesValuesWithoutTheSpaceAroundThem) {
  EXPECT_EQ(resolve("{ \"a\" : [ \"x\" , 1.5  , { \"b\" : null } ] }", "a"),
            "[ \"x\" , 1.5  , { \"b\" : null } ]");
  EXPECT_EQ(resolve("{ \"a\" : \"x\"  , \"b\" : 7 \n }", "b"), "7");
  EXPECT_EQ(resolve("{ \"a\" : \"x\"  , \"b\" : 7 \n }", "a"), "x");
}

// Random records over few keys, dots in keys included, so that paths often meet them.
std::string random_value(std::mt19937& random, int depth) {
  static constexpr const char* kKeys[] = {"a", "b", "a.b", "b.a", "a.b.c", "c", "", "\\u0062"};
  const unsigned kind = static_cast<unsigned>(random() % (depth > 3 ? 4 : 7));
  if (kind == 0) return std::to_string(random() % 100);
  if (kind == 1) return "\"s" + std::to_string(random() % 100) + "\"";
  if (kind == 2) return random() % 2 == 0 ? "null" : "true";
  if (kind == 3) return random() % 2 == 0 ? "{}" : "[]";
  std::string out = kind == 4 ? "[" : "{";
  for (unsigned i = 0; i < 1 + random() % 4; ++i) {
    if (i > 0) out += random() % 4 == 0 ? " , " : ",";
    if (kind != 4) out += std::string("\"") + kKeys[random() % std::size(kKeys)] + "\":";
    out += random_value(random, depth + 1);
  }
  return out + (kind == 4 ? "]" : "}");
}

TEST(RecordView, ResolvesAsTheDefinitionDoesOnRandomRecords) {
  std::mt19937 random(7);
  for (int round = 0; round < tests::num_cases(20'000); ++round) {
    const std::string json = "{\"a\":" + random_value(random, 0) +
                             (random() % 2 == 0 ? ",\"a.b\":" + random_value(random, 0) : "") + "}";
    static constexpr const char* kPaths[] = {"a", "a.b", "a.b.c", "b.a", "a.a.b", "a.b.a.b"};
    for (const char* path : kPaths) {
      const auto document = text::JsonDocument::parse(json);
      ASSERT_TRUE(document) << json;
      std::string expected;
      for (const auto& value : event::resolve(document->root(), path)) {
        const std::string_view source = value.is_string() ? value.text() : value.source();
        expected += (expected.empty() ? "" : " ") + std::string(source);
      }
      ASSERT_EQ(resolve(json, path), expected) << json << " at " << path;
      ASSERT_EQ(resolve(json, path, Way::kTrail), expected) << json << " on the trail " << path;
    }
  }
}

// What a view finds of each field in each record of `text`.
std::string found_in(const std::string& text, const std::vector<FieldPath>& fields,
                     const KeyTable& keys, const Trails& trails) {
  const Indexed indexed(text);
  RecordView view(keys, &trails);
  view.reset(indexed.text(), indexed.tokens());
  std::string found;
  while (view.has_next() && view.scan() == ScanFault::kNone) {
    for (const FieldPath& field : fields) {
      std::vector<RawValue> values;
      view.resolve(field, values);
      for (const RawValue& value : values) found += std::string(value.raw) + ' ';
      found += '|';
    }
    found += '\n';
  }
  return found;
}

// Fields with several paths each, one record after another: on trails as by walks.
TEST(RecordView, FindsFieldsOfSeveralPathsOnTheirTrails) {
  static constexpr const char* kPaths[] = {"a", "a.b", "a.b.c", "b.a", "b", "c.b", "a.c", "b.b.c"};
  static constexpr const char* kTops[] = {"a", "b", "c", "a.b", "b.a"};
  std::mt19937 random(17);
  for (int round = 0; round < tests::num_cases(5'000); ++round) {
    KeyTable keys;
    std::vector<FieldPath> walked;
    for (unsigned i = 0; i < 3; ++i) {
      std::vector<std::string> paths;
      for (unsigned n = 0; n < 1 + random() % 3; ++n)
        paths.emplace_back(kPaths[random() % std::size(kPaths)]);
      walked.emplace_back(paths, keys);
    }
    for (FieldPath& field : walked) field.settle(keys);
    std::vector<FieldPath> followed = walked;
    Trails trails;
    for (FieldPath& field : followed) {
      if (random() % 4 != 0) field.follow(trails);
    }
    for (FieldPath& field : followed) field.follow_further(trails);
    std::string text;
    for (unsigned i = 0; i < 4; ++i) {
      text += "{\"z\":1";
      for (unsigned n = 0; n < random() % 4; ++n) {
        text += std::string(",\"") + kTops[random() % std::size(kTops)] +
                "\":" + random_value(random, 0);
      }
      text += "}\n";
    }
    const std::string found = found_in(text, followed, keys, trails);
    ASSERT_EQ(found, found_in(text, walked, keys, trails)) << text;
    ASSERT_EQ(std::ranges::count(found, '\n'), 4) << text;
  }
}

TEST(RecordView, AgreesWithTheTreeOnWhatIsWellFormed) {
  std::mt19937 random(11);
  static constexpr std::string_view kBytes = "{}[]:,\"ab01-.etrufalsn \n";
  constexpr int kRounds = tests::num_cases(200'000);
  int well_formed = 0;
  for (int round = 0; round < kRounds; ++round) {
    std::string json = "{\"a\":" + random_value(random, 2) + "}";
    for (unsigned i = 0; i < random() % 3; ++i)
      json[random() % json.size()] = kBytes[random() % kBytes.size()];
    const auto document = text::JsonDocument::parse(json);
    KeyTable keys;
    Trails trails;
    FieldPath field(std::vector<std::string>{random() % 2 == 0 ? "a.b.a" : "a.c"}, keys);
    field.settle(keys);
    field.follow(trails);
    const Indexed indexed(json);
    RecordView view(keys, &trails);
    view.reset(indexed.text(), indexed.tokens());
    text::EscapeIndex escapes;  // it is who checks escapes
    const bool read = indexed.is_indexed() && escapes.build(indexed.text()) && view.has_next() &&
                      json[0] != ',' && view.scan() == ScanFault::kNone && !view.has_next() &&
                      json.find_last_not_of(" \n,") + 1 == view.end() && json.back() != ',';
    const bool is_object = document && document->root().is_object();
    ASSERT_EQ(read, is_object) << json;
    well_formed += is_object ? 1 : 0;
  }
  EXPECT_GT(well_formed, kRounds / 4);
}

}  // namespace
}  // namespace nepho::event
