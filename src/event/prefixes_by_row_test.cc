#include "event/prefixes_by_row.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "text/json_index.h"

namespace nepho::event {
namespace {

// Records of a text, with fields that may stand in many places.
class PrefixesByRowTest : public testing::Test {
 protected:
  PrefixesByRowTest() : fields_(made_fields(keys_)), view_(keys_), by_row_(fields_) {}

  static std::vector<FieldPath> made_fields(KeyTable& keys) {
    std::vector<FieldPath> fields;
    fields.emplace_back(std::vector<std::string>{"a", "b.c", "d", "e.f", "g"}, keys);
    fields.emplace_back(std::vector<std::string>{"b", "c.d.e", "h", "g.a"}, keys);
    fields.emplace_back(std::vector<std::string>{"a"}, keys);
    for (FieldPath& field : fields) field.settle(keys);
    return fields;
  }

  // The prefixes that have a key in each record, by looking and as kept, which must agree.
  void expect_agreement(const std::string& text) { expect_agreement(text, view_); }
  void expect_agreement(const std::string& text, RecordView& view) {
    std::string padded = text + std::string(text::kJsonPadding, ' ');
    text::JsonIndexer indexer;
    const auto tokens = indexer.index(std::string_view(padded).substr(0, text.size()));
    ASSERT_TRUE(tokens) << text;
    view.reset(std::string_view(padded).substr(0, text.size()), *tokens);
    while (view.has_next() && view.scan() == ScanFault::kNone) {
      by_row_.begin(view);
      for (std::uint32_t field = 0; field < fields_.size(); ++field) {
        EXPECT_EQ(keys_there(by_row_.of(field), view),
                  keys_there(view.prefixes_of(fields_[field]), view))
            << view.source() << " field " << field;
        ++num_asked_;
        num_given_ += by_row_.of(field).size();
      }
    }
  }
  std::string keys_there(RecordView::Prefixes prefixes, const RecordView& view) const {
    std::string keys;
    for (const auto& prefix : prefixes) {
      if (view.has(prefix.key)) keys += keys_.key(prefix.key) + ' ';
    }
    return keys;
  }

  KeyTable keys_;
  std::vector<FieldPath> fields_;
  RecordView view_;
  PrefixesByRow by_row_;
  std::size_t num_asked_ = 0;
  std::size_t num_given_ = 0;
};

TEST_F(PrefixesByRowTest, AreThoseThatTheRecordHasKeysFor) {
  for (int round = 0; round < 3; ++round) {
    expect_agreement(R"({"g":1,"d":2} {"a":1} {"h":{"a":1},"c.d":{"e":1}} {} {"z":1,"g":1})");
  }
}

TEST_F(PrefixesByRowTest, LeaveOutWhatIsNotThere) {
  expect_agreement(R"({"g":1,"x":1})");
  EXPECT_EQ(num_asked_, 3U);
  EXPECT_EQ(num_given_, 2U + 1U);  // "g" and "g.a" below "g", and of one place all
}

// As of records that stand alone and records in wrappings.
TEST_F(PrefixesByRowTest, AreRightForRecordsOfSeveralViews) {
  RecordView inner(keys_);
  expect_agreement(R"({"x":1,"d":2})");
  expect_agreement(R"({"x":1,"g":2})", inner);
  expect_agreement(R"({"x":1,"d":2})");
}

// More rows than are kept, again and again, and keys that no row is kept of.
TEST_F(PrefixesByRowTest, AreRightWhateverRowsCome) {
  static constexpr const char* kKeys[] = {"a", "b", "c", "d",   "e",   "f", "g",
                                          "h", "i", "x", "b.c", "c.d", "y", "g.a"};
  std::mt19937 random(3);
  std::string text;
  for (int record = 0; record < 4'000; ++record) {
    text += '{';
    for (unsigned i = 0; i < 1 + random() % 4; ++i) {
      text += (i == 0 ? "\"" : ",\"") + std::string(kKeys[random() % std::size(kKeys)]);
      if (random() % 50 == 0) text += std::string(40, 'k');
      text += "\":1";
    }
    text += "}\n";
  }
  expect_agreement(text);
}

}  // namespace
}  // namespace nepho::event
