#include "detect/stored_input.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/json_index.h"

namespace nepho::detect {
namespace {

using testing::ElementsAre;

// The value of `path` in the record, "(none)" where there is none.
std::string value_at(std::string record, std::string_view path) {
  event::KeyTable keys;
  event::FieldPath field(path, keys);
  field.settle(keys);
  const std::size_t size = record.size();
  record.append(text::kJsonPadding, ' ');
  text::JsonIndexer indexer;
  const auto tokens = indexer.index(std::string_view(record).substr(0, size));
  event::RecordView view(keys);
  view.reset(std::string_view(record).substr(0, size), *tokens);
  EXPECT_TRUE(view.has_next());
  EXPECT_EQ(view.scan(), event::ScanFault::kNone);
  std::vector<event::RawValue> values;
  view.resolve(field, values);
  return column_value(values).value_or("(none)");
}

TEST(StoredInput, AColumnIsTheFirstValueThatIsNotNull) {
  EXPECT_EQ(value_at(R"({"a":"x"})", "a"), "x");
  EXPECT_EQ(value_at(R"({"a":"\u0041\n"})", "a"), "A\n");
  EXPECT_EQ(value_at(R"({"a":404})", "a"), "404");
  EXPECT_EQ(value_at(R"({"a":true})", "a"), "true");
  EXPECT_EQ(value_at(R"({"a":""})", "a"), "");
  EXPECT_EQ(value_at(R"({"a":null})", "a"), "(none)");
  EXPECT_EQ(value_at(R"({"b":1})", "a"), "(none)");
  EXPECT_EQ(value_at(R"({"a":[{"b":null},{"b":"y"}]})", "a.b"), "y");
}

TEST(StoredInput, AContainerIsItsCompactText) {
  EXPECT_EQ(value_at(R"({"a":[ "x" , 1 ]})", "a"), R"(["x",1])");
  EXPECT_EQ(value_at("{\"a\":{ \"b\" :\n1}}", "a"), R"({"b":1})");
}

TEST(StoredInput, LongValuesAreCutAndStayDifferent) {
  const std::string one = value_at("{\"a\":\"" + std::string(5'000, 'x') + "1\"}", "a");
  const std::string other = value_at("{\"a\":\"" + std::string(5'000, 'x') + "2\"}", "a");
  EXPECT_LE(one.size(), kMaxColumnBytes);
  EXPECT_NE(one, other);
  EXPECT_EQ(one, value_at("{\"a\":\"" + std::string(5'000, 'x') + "1\"}", "a"));
}

TEST(StoredInput, IsReadBackAsItWasStored) {
  event::KeyTable keys;
  const std::vector<event::FieldPath> columns{event::FieldPath("a", keys),
                                              event::FieldPath("b", keys)};
  std::string record = R"({"a":"x","c":1})";
  const std::size_t size = record.size();
  record.append(text::kJsonPadding, ' ');
  text::JsonIndexer indexer;
  const auto tokens = indexer.index(std::string_view(record).substr(0, size));
  event::RecordView view(keys);
  view.reset(std::string_view(record).substr(0, size), *tokens);
  ASSERT_TRUE(view.has_next());
  ASSERT_EQ(view.scan(), event::ScanFault::kNone);

  Match match;
  match.rule = 3;
  match.actor = "somebody";
  match.event = record.substr(0, size);
  std::vector<event::RawValue> scratch;
  StoredInputs stored;
  store_input(match, columns, view, scratch, stored);
  EXPECT_EQ(stored.num_untimed, 1U);
  EXPECT_TRUE(stored.heads.empty());
  match.time = Instant(std::chrono::seconds(7));
  store_input(match, columns, view, scratch, stored);
  ASSERT_EQ(stored.heads.size(), 1U);
  EXPECT_EQ(stored.heads[0].rule, 3U);
  StoredTexts texts;
  read_texts(stored.heads[0], stored.texts_of(0), texts);
  EXPECT_THAT(texts.columns, ElementsAre(std::optional<std::string_view>("x"), std::nullopt));
  EXPECT_EQ(texts.actor, "somebody");
  EXPECT_EQ(texts.account, "");
  EXPECT_EQ(texts.event, match.event);
}

}  // namespace
}  // namespace nepho::detect
