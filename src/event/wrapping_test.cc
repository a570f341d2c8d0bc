#include "event/wrapping.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "event/envelope.h"
#include "event/envelope_keys.h"
#include "event/recognise.h"
#include "tests/support/cases.h"
#include "text/base64.h"
#include "text/json.h"
#include "text/json_index.h"
#include "text/json_writer.h"

namespace nepho::event {
namespace {

using Kind = Wrapping::Inside::Kind;

constexpr std::string_view kEvent =
    R"({"eventSource":"iam.amazonaws.com","eventName":"CreateUser","eventID":"1"})";

constexpr std::string_view kLine =
    "2 111122223333 eni-1 203.0.113.7 10.0.0.4 41000 22 6 1 40 1772334245 1772334305 REJECT OK";

std::string as_string(std::string_view text) {
  std::string out;
  text::append_json_quoted(text, out);
  return out;
}

class WrappingTest : public testing::Test {
 protected:
  WrappingTest()
      : sources_(LogSources::load(knowledge_, report_)),
        order_(recognition_order(sources_)),
        lines_(sources_.all()),
        wrapping_(keys_, &lines_),
        view_(keys_) {}

  Wrapping::Inside look_into(const std::string& record) {
    padded_ = record + std::string(text::kJsonPadding, ' ');
    const std::string_view text = std::string_view(padded_).substr(0, record.size());
    const auto tokens = indexer_.index(text);
    if (!tokens) return {};
    view_.reset(text, *tokens);
    EXPECT_TRUE(view_.has_next());
    EXPECT_EQ(view_.scan(), ScanFault::kNone);
    return wrapping_.look_into(view_, decoded_);
  }

  // What a packed object that no log source knows tells of the record around it.
  bool is_packed_nothing(const Wrapping::Inside& inside) {
    if (inside.kind != Kind::kPacked) return false;
    const std::string payload(inside.payload);
    const auto object = text::JsonDocument::parse(payload);
    return object && recognise(object->root(), order_) == nullptr &&
           look_into(payload).kind == Kind::kNothing;
  }

  Knowledge knowledge_;
  LoadReport report_;
  LogSources sources_;
  std::vector<Recognition> order_;
  LineForms lines_;
  KeyTable keys_;
  Wrapping wrapping_;
  text::JsonIndexer indexer_;
  RecordView view_;
  std::string padded_;
  std::string decoded_;
};

TEST_F(WrappingTest, FindsAPayloadAsAnObjectAndInAString) {
  const auto object = look_into(fmt::format(R"({{"detail-type":"x","detail":{}}})", kEvent));
  EXPECT_EQ(object.kind, Kind::kPayload);
  EXPECT_EQ(object.payload, kEvent);
  EXPECT_EQ(object.offset, 28U);
  const auto packed = look_into(fmt::format(R"({{"properties":{{"log":{}}}}})", as_string(kEvent)));
  EXPECT_EQ(packed.kind, Kind::kPayload);
  EXPECT_EQ(packed.payload, kEvent);
  EXPECT_EQ(packed.offset, 21U);
}

TEST_F(WrappingTest, LeavesListsTablesTextsAndRepeatedKeysToTheSlowWay) {
  for (const auto key : record_list_keys()) {
    EXPECT_EQ(look_into(fmt::format(R"({{"{}":[]}})", key)).kind, Kind::kUnsure) << key;
  }
  EXPECT_EQ(look_into(R"({"hits":{"hits":[]}})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"hits.hits":[]})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"data.events":[]})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"tables":[]})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(fmt::format(R"({{"message":{}}})", as_string(kLine))).kind, Kind::kUnsure);
  std::string tabs(kLine);
  std::ranges::replace(tabs, ' ', '\t');
  EXPECT_EQ(look_into(fmt::format(R"({{"message":{}}})", as_string(tabs))).kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"ResultSet":{}})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"message":"two\nlines"})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"message":" [1]"})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(fmt::format(R"({{"data":"{}"}})", text::to_base64(kLine))).kind,
            Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"message":[]})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"values":[]})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"detail":{},"detail":{}})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"event":{"original":{},"original":{}}})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"properties.log":"{}"})").kind, Kind::kUnsure);
}

TEST_F(WrappingTest, FindsTheOneStringThatMayHoldAnObjectUnderAnyKey) {
  const auto inside = look_into(R"({"a":"\\","b":"{\"c\":1}","d":"x{\"e\":1}"})");
  EXPECT_EQ(inside.kind, Kind::kPacked);
  EXPECT_EQ(inside.payload, R"({"c":1})");
  EXPECT_EQ(inside.offset, 14U);
  EXPECT_EQ(look_into(R"({"a":"{\"b\":1}","c":{"d":"{\"e\":1}"}})").kind, Kind::kUnsure);
  EXPECT_EQ(look_into(R"({"a":"\\","b":"x{\"c\":1}","d":{"e":"\n"}})").kind, Kind::kNothing);
}

TEST_F(WrappingTest, SaysNothingOfAnObjectThatWrapsNone) {
  EXPECT_EQ(look_into(R"({"a":{"detail":{}},"properties":[{"log":{}}]})").kind, Kind::kNothing);
  EXPECT_EQ(look_into(R"({"detail":7,"body":null})").kind, Kind::kNothing);
  for (const char* text : {"", "a sentence of somebody", "2 123456789012 eni-1", "a line\\n",
                           "aWordThatIsLongEnoughToBePackedButIsNot0000"}) {
    EXPECT_EQ(look_into(fmt::format(R"({{"message":"{}"}})", text)).kind, Kind::kNothing) << text;
  }
  EXPECT_EQ(look_into(fmt::format(R"({{"message":"text","log":{}}})", kEvent)).payload, kEvent);
}

// Members named as wrappings name them, with all that may stand there.
TEST_F(WrappingTest, TellsWhatUnwrapTells) {
  std::mt19937 random(3);
  std::vector<std::string> keys{"a",      "properties", "event", "hits", "properties.log",
                                "tables", "stream",     "values"};
  for (const auto key : payload_paths()) keys.emplace_back(key);
  for (int i = 0; i < 3; ++i) keys.emplace_back(record_list_keys()[random() % 16]);
  const auto key = [&] { return keys[random() % keys.size()]; };
  const auto value = [&](auto& self, int depth) -> std::string {
    switch (random() % (depth == 0 ? 6 : 10)) {
      case 0: return "7";
      case 1: return "null";
      case 2: {
        const std::string line(kLine);
        const std::array<std::string, 6> texts = {
            "text", line, line + "\n" + line, text::to_base64(line), "a\nb", "[" + line + "]"};
        return as_string(texts[random() % texts.size()]);
      }
      case 3: return "[]";
      case 4: return std::string(kEvent);
      case 5:
        return as_string(random() % 4 == 0 ? std::string(kEvent) + " x"
                                           : " " + std::string(kEvent));
      case 6: return "[" + self(self, depth - 1) + "]";
      case 7:
        return fmt::format("{{{}:{}}}", as_string(random() % 2 == 0 ? "log" : "original"),
                           self(self, depth - 1));
      case 8: return as_string(self(self, depth - 1));
      default: return fmt::format("{{{}:{}}}", as_string(key()), self(self, depth - 1));
    }
  };
  int num_payloads = 0;
  int num_generic = 0;
  const int num_rounds = tests::num_cases(20'000);
  for (int round = 0; round < num_rounds; ++round) {
    std::string record = "{";
    for (unsigned i = 0; i < 1 + random() % 3; ++i) {
      record += fmt::format("{}{}:{}", i == 0 ? "" : ",", as_string(key()), value(value, 3));
    }
    record += "}";
    const auto document = text::JsonDocument::parse(record);
    ASSERT_TRUE(document) << record;
    if (recognise(document->root(), order_) != nullptr) continue;
    const auto inside = look_into(record);
    const auto slow = unwrap(record, order_, &lines_);
    ASSERT_TRUE(slow) << record;
    if (inside.kind == Kind::kNothing || is_packed_nothing(inside)) {
      ++num_generic;
      ASSERT_EQ(slow->records.size(), 1U) << record;
      ASSERT_EQ(slow->records[0].source, nullptr) << record;
      ASSERT_EQ(slow->records[0].text, record);
    }
    if (inside.kind != Kind::kPayload) continue;
    const auto payload = text::JsonDocument::parse(std::string(inside.payload));
    const LogSource* source = payload ? recognise(payload->root(), order_) : nullptr;
    if (source == nullptr) continue;
    ++num_payloads;
    ASSERT_EQ(slow->records.size(), 1U) << record;
    ASSERT_EQ(slow->records[0].source, source) << record;
    ASSERT_EQ(slow->records[0].offset, inside.offset) << record;
    const auto inner = text::JsonDocument::parse(std::string(slow->records[0].text));
    ASSERT_EQ(inner->root().source(), payload->root().source()) << record;
  }
  EXPECT_GT(num_payloads, num_rounds / 50);
  EXPECT_GT(num_generic, num_rounds / 50);
}

}  // namespace
}  // namespace nepho::event
