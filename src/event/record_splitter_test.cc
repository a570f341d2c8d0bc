#include "event/record_splitter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "event/tolerant_index.h"
#include "text/json_index.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;
using By = RecordSplitter::By;

std::vector<std::string> pieces(std::string_view text, By by) {
  std::vector<std::string> all;
  RecordSplitter splitter(text, by);
  while (const auto piece = splitter.next()) all.emplace_back(*piece);
  return all;
}

TEST(RecordSplitter, GivesLinesWithoutBlanksAndCommasAround) {
  EXPECT_THAT(pieces("{\"a\":1}\r\n\n  {\"b\":2},\nrubbish\n{\"c\":3}", By::kLines),
              ElementsAre("{\"a\":1}", "{\"b\":2}", "rubbish", "{\"c\":3}"));
}

TEST(RecordSplitter, GivesValuesHoweverTheyAreLaidOut) {
  EXPECT_THAT(pieces("{\"a\":\n[1,{}]},{\"b\":\"}{\\\"\"}{}\n[1]", By::kValues),
              ElementsAre("{\"a\":\n[1,{}]}", "{\"b\":\"}{\\\"\"}", "{}", "[1]"));
}

TEST(RecordSplitter, LetsBadBytesCostOnlyTheirRecord) {
  EXPECT_THAT(pieces("{\"a\":\"\xFF\x01\"},{\"b\":1}", By::kValues),
              ElementsAre("{\"a\":\"\xFF\x01\"}", "{\"b\":1}"));
}

// What holds of any text: no byte is given twice, and none is lost but blanks and commas.
TEST(RecordSplitter, LosesNothingButBlanksAndCommasOfAnyText) {
  constexpr std::string_view kPieces = "{}[]\",:\\ \n\rax\xFF";
  std::mt19937 random(20261128);
  for (int round = 0; round < 4'000; ++round) {
    std::string text;
    for (std::size_t i = random() % 40; i > 0; --i) text += kPieces[random() % kPieces.size()];
    for (const By by : {By::kLines, By::kValues}) {
      RecordSplitter splitter(text, by);
      std::size_t behind = 0;
      std::string between;
      while (const auto piece = splitter.next()) {
        const auto begin = static_cast<std::size_t>(piece->data() - text.data());
        ASSERT_GE(begin, behind) << testing::PrintToString(text);
        ASSERT_FALSE(piece->empty()) << testing::PrintToString(text);
        between += text.substr(behind, begin - behind);
        behind = begin + piece->size();
      }
      between += text.substr(behind);
      EXPECT_EQ(between.find_first_not_of(" \t\r\n,"), between.npos)
          << testing::PrintToString(text);
    }
  }
}

TEST(RecordSplitter, EndsAStringAtTheLineEnd) {
  EXPECT_THAT(pieces("{\"a\":\"x}\n{\"b\":1}\n}{}", By::kValues),
              ElementsAre("{\"a\":\"x}\n{\"b\":1}\n}", "{}"));
}

TEST(RecordSplitter, TakesTextBetweenValuesForOnePieceUpToALineThatOpensOne) {
  EXPECT_THAT(pieces("A heading {of} text\nsecond line\n{\"a\":1}", By::kValues),
              ElementsAre("A heading {of} text\nsecond line", "{\"a\":1}"));
}

TEST(RecordSplitter, GivesNothingForBlankText) {
  EXPECT_TRUE(pieces(" \n,\t\r\n", By::kLines).empty());
  EXPECT_TRUE(pieces("", By::kValues).empty());
}

std::vector<std::uint32_t> tolerant(std::string_view text) {
  TolerantIndexer indexer;
  const auto index = indexer.index(text);
  return {index.begin(), index.end()};
}

TEST(TolerantIndex, AgreesWithTheJsonIndexOnValidText) {
  text::JsonIndexer indexer;
  for (std::string json : {R"({"a":[1,-2.5e3,true,null,"x\\\"y\\"],"":{}})", " [ ] \n{\"b\" : 1}",
                           R"("only" 12 nul "a"b)", R"({"k":"\\","l":"\"{[,:"})"}) {
    const std::size_t size = json.size();
    json.append(text::kJsonPadding, ' ');
    const auto index = indexer.index(std::string_view(json).substr(0, size));
    ASSERT_TRUE(index);
    EXPECT_THAT(tolerant(std::string_view(json).substr(0, size)),
                testing::ElementsAreArray(index->begin(), index->end()))
        << json;
  }
}

TEST(TolerantIndex, LetsAnOddQuoteGoNoFurtherThanItsLine) {
  EXPECT_THAT(tolerant("{\"a}\n{}"), ElementsAre(0, 1, 5, 6));
}

TEST(OneClosedValue, IsWholeWithItsLastBracketOnly) {
  EXPECT_TRUE(is_one_closed_value(R"( {"a":{"b":[]}} )"));
  EXPECT_TRUE(is_one_closed_value("[{}]\r"));
  EXPECT_FALSE(is_one_closed_value(R"({"a":{})")) << "only the inner one closes";
  EXPECT_FALSE(is_one_closed_value(R"({"a":"}")"));
  EXPECT_FALSE(is_one_closed_value("{}{}"));
  EXPECT_FALSE(is_one_closed_value("word"));
  EXPECT_FALSE(is_one_closed_value("{} word"));
  EXPECT_FALSE(is_one_closed_value(""));
}

}  // namespace
}  // namespace nepho::event
