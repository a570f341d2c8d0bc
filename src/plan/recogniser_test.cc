// The compiled recogniser against event::recognise(), which is the definition.
#include "plan/recogniser.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <optional>
#include <random>
#include <string>

#include "base/knowledge.h"
#include "tests/support/cases.h"
#include "text/json_index.h"

namespace nepho::plan {
namespace {

// A record that a view has scanned, for as long as it lives.
class Scanned {
 public:
  Scanned(std::string record, event::RecordView& view) : bytes_(std::move(record)) {
    const std::size_t size = bytes_.size();
    bytes_.append(text::kJsonPadding, ' ');
    const std::string_view text = std::string_view(bytes_).substr(0, size);
    const auto tokens = indexer_.index(text);
    EXPECT_TRUE(tokens) << text;
    view.reset(text, *tokens);
    EXPECT_EQ(view.scan(), event::ScanFault::kNone) << text;
  }

 private:
  std::string bytes_;
  text::JsonIndexer indexer_;
};

// A recogniser with what it needs beside the log sources.
class Compiled {
 public:
  explicit Compiled(const std::vector<event::Recognition>& order)
      : recogniser_(order, keys_, trails_) {}

  event::KeyTable& keys() { return keys_; }
  // With one view for all, as when a log is read, once no more keys come.
  const event::LogSource* recognise(const std::string& record) {
    if (!view_) view_.emplace(keys_, &trails_);
    const Scanned scanned(record, *view_);
    return recogniser_.recognise(*view_, memory_);
  }

 private:
  event::KeyTable keys_;
  event::Trails trails_;
  Recogniser recogniser_;
  Recogniser::Memory memory_;
  std::optional<event::RecordView> view_;
};

class RecogniserOfAllSources : public testing::Test {
 protected:
  RecogniserOfAllSources()
      : sources_(event::LogSources::load(knowledge_, report_)),
        order_(event::recognition_order(sources_)),
        compiled_(order_) {
    // Rules ask for many more keys, whose bits the signs' keys share.
    for (int i = 0; i < 100; ++i) compiled_.keys().add("field" + std::to_string(i));
  }

  std::uint32_t draw(std::size_t n) { return static_cast<std::uint32_t>(random_() % n); }

  // A record that bears most signs of one way, or of two, and keys that no sign asks for.
  std::string record() {
    std::string json = "{";
    for (std::uint32_t ways = 1 + draw(2); ways > 0; --ways) {
      for (const event::Sign& sign : *order_[draw(order_.size())].signs) {
        if (draw(8) != 0) json += member(sign) + ",";
      }
    }
    for (std::uint32_t more = draw(6); more > 0; --more) {
      json += "\"field" + std::to_string(draw(100)) + "\":1,";
    }
    if (json.ends_with(',')) json.pop_back();
    return json + "}";
  }

  // {"a.b": "x*"} as "a.b":"xy" or as "a":{"b":"xy"}; sometimes with a value that is not wanted.
  std::string member(const event::Sign& sign) {
    std::string value = "1";
    if (!sign.values.empty()) {
      value = draw(8) == 0 ? "?" : sign.values[draw(sign.values.size())];
      const std::size_t star = value.find('*');
      if (star != value.npos) value.replace(star, 1, "y");
      value = '"' + value + '"';
    }
    const std::size_t dot = sign.path.find('.');
    if (dot == sign.path.npos || draw(2) == 0) return '"' + sign.path + "\":" + value;
    return '"' + sign.path.substr(0, dot) + "\":{\"" + sign.path.substr(dot + 1) + "\":" + value +
           "}";
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
  std::vector<event::Recognition> order_;
  Compiled compiled_;
  std::mt19937 random_{1};
};

TEST_F(RecogniserOfAllSources, KnowsRandomRecordsAsTheDefinitionDoes) {
  std::size_t num_known = 0;
  const int num_cases = tests::num_cases(50'000);
  for (int i = 0; i < num_cases; ++i) {
    const std::string json = record();
    const auto document = text::JsonDocument::parse(json);
    ASSERT_TRUE(document) << json;
    const event::LogSource* const expected = event::recognise(document->root(), order_);
    num_known += expected != nullptr ? 1 : 0;
    ASSERT_EQ(compiled_.recognise(json), expected) << json;
  }
  EXPECT_GT(num_known, static_cast<std::size_t>(num_cases) / 3);
}

// Records of few rows of keys, which come by again with other texts: what is remembered of a row is
// no more than what the row decides.
TEST_F(RecogniserOfAllSources, KnowsRecordsWithTheSameKeysByTheirTexts) {
  static constexpr std::string_view kTexts[] = {"?", "k8s.io", "admin", "2026", "a\\n", ""};
  std::size_t num_known = 0;
  std::size_t num_told_by_texts = 0;
  const int num_rows = std::max(tests::num_cases(300), 60);
  for (int row = 0; row < num_rows; ++row) {
    const std::uint32_t seed = random_();
    const event::LogSource* first = nullptr;
    for (int again = 0; again < 20; ++again) {
      random_.seed(seed);
      std::string json = record();
      random_.seed(static_cast<std::uint32_t>(20 * row + again));
      // Other texts, also long ones, numbers and objects, in place of some.
      for (std::size_t at = json.find("\":\""); at != json.npos; at = json.find("\":\"", at + 1)) {
        if (draw(3) != 0) continue;
        const std::size_t end = json.find('"', at + 3);
        std::string other = '"' + std::string(kTexts[draw(6)]) + '"';
        if (draw(6) == 0)
          other = '"' + json.substr(at + 3, end - at - 3) + std::string(70, 'x') + '"';
        if (draw(8) == 0)
          other = draw(2) == 0 ? "{}" : "[" + json.substr(at + 2, end - at - 1) + "]";
        json.replace(at + 2, end - at - 1, other);
      }
      const auto document = text::JsonDocument::parse(json);
      ASSERT_TRUE(document) << json;
      const event::LogSource* const expected = event::recognise(document->root(), order_);
      ASSERT_EQ(compiled_.recognise(json), expected) << json;
      num_known += expected != nullptr ? 1 : 0;
      if (again == 0) first = expected;
      num_told_by_texts += expected != first ? 1 : 0;
    }
  }
  EXPECT_GT(num_known, static_cast<std::size_t>(3 * num_rows));
  EXPECT_GT(num_told_by_texts, static_cast<std::size_t>(num_rows / 3));
}

// One that is not told makes each way it belongs to possible for every record: KeyMask::kKeys has
// to grow with the log sources.
TEST_F(RecogniserOfAllSources, AllKeysOfTheirSignsAreTold) {
  event::KeyTable keys;
  event::Trails trails;
  const Recogniser recogniser(order_, keys, trails);
  EXPECT_GT(keys.size(), 200U);
  EXPECT_LE(keys.size(), event::KeyMask::kKeys);
}

// A recogniser of made log sources, with what it needs.
class RecogniserOfMade {
 public:
  explicit RecogniserOfMade(const std::vector<event::LogSource>& made)
      : sources_(made), order_(event::recognition_order(sources_)), compiled_(order_) {}

  // The id of the record's source; empty for none.
  std::string recognise(const std::string& record) {
    const event::LogSource* const source = compiled_.recognise(record);
    return source == nullptr ? "" : source->id;
  }

 private:
  event::LogSources sources_;
  std::vector<event::Recognition> order_;
  Compiled compiled_;
};

// With one row of keys, a path may lead somewhere or nowhere, and to what no list wants.
TEST(Recogniser, TellsWhatIsNotThereFromWhatIsNotWanted) {
  RecogniserOfMade recogniser({{.id = "wanted", .recognised_by = {{{"a.kind", {"k"}}}}},
                               {.id = "any", .recognised_by = {{{"a.kind", {}}}}}});
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(recogniser.recognise(R"({"a":{"kind":"x"}})"), "any");
    EXPECT_EQ(recogniser.recognise(R"({"a":{}})"), "");
    EXPECT_EQ(recogniser.recognise(R"({"a":{"kind":"k"}})"), "wanted");
    EXPECT_EQ(recogniser.recognise(R"({"a":{"kind":["x","k"]}})"), "any");
    EXPECT_EQ(recogniser.recognise(R"({"a":[{"kind":"x"},{"kind":"k"}]})"), "wanted");
  }
}

// More signs than are told: what lies beyond is asked each time.
TEST(Recogniser, TellsSourcesWhoseKeysAreMoreThanAreTold) {
  std::vector<event::LogSource> many;
  for (std::uint32_t i = 0; i < event::KeyMask::kKeys + 50; ++i) {
    const std::string number = std::to_string(i);
    many.push_back({.id = "s" + number, .recognised_by = {{{"k" + number, {}}}}});
  }
  RecogniserOfMade recogniser(many);
  constexpr std::uint32_t kEnd = event::KeyMask::kKeys;
  for (const std::uint32_t i : {0U, 63U, 64U, kEnd - 1, kEnd, kEnd + 49}) {
    const std::string number = std::to_string(i);
    EXPECT_EQ(recogniser.recognise(R"({"k)" + number + R"(":1,"other":2})"), "s" + number);
  }
}

// More lists on one path than there are bits to remember them by.
TEST(Recogniser, TellsManySourcesByTheTextAtOnePath) {
  std::vector<event::LogSource> many;
  for (int i = 0; i < 70; ++i) {
    const std::string number = std::to_string(i);
    many.push_back({.id = "s" + number, .recognised_by = {{{"kind", {"k" + number}}}}});
  }
  RecogniserOfMade recogniser(many);
  for (int i = 0; i < 210; ++i) {
    const std::string number = std::to_string(i * 37 % 70);
    EXPECT_EQ(recogniser.recognise(R"({"kind":"k)" + number + "\"}"), "s" + number);
  }
}

}  // namespace
}  // namespace nepho::plan
