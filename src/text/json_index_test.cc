#include "text/json_index.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

namespace nepho::text {
namespace {

using testing::ElementsAre;

// The positions of `text`, each as the character that stands there; or the error's code.
std::string structure_of(JsonIndexer& indexer, std::string_view text) {
  std::string padded(text);
  padded.append(kJsonPadding, '\0');
  const auto positions = indexer.index(std::string_view(padded).substr(0, text.size()));
  if (!positions) return std::string(positions.error().code.name());
  std::string found;
  for (const std::uint32_t position : *positions) found += text[position];
  return found;
}

std::string structure_of(std::string_view text) {
  JsonIndexer indexer;
  return structure_of(indexer, text);
}

TEST(JsonIndexer, FindsStructureQuotesAndTheStartOfScalars) {
  EXPECT_EQ(structure_of(R"({"a": [1, true], "b": null})"), R"({":[1,t],":n})");
}

TEST(JsonIndexer, GivesPositionsInOrder) {
  const std::string text = R"([ 12 ,"x"])" + std::string(kJsonPadding, ' ');
  JsonIndexer indexer;
  const auto positions = indexer.index(std::string_view(text).substr(0, 10));
  ASSERT_TRUE(positions);
  EXPECT_THAT(*positions, ElementsAre(0, 2, 5, 6, 9));
}

TEST(JsonIndexer, LooksIntoNoString) { EXPECT_EQ(structure_of(R"(["{[:,\"]}"])"), R"(["])"); }

TEST(JsonIndexer, TakesAnyNumberOfRecords) {
  EXPECT_EQ(structure_of("{\"a\":1}\n{\"a\":2}\n"), R"({":1}{":2})");
}

TEST(JsonIndexer, FindsNothingInWhiteSpace) {
  EXPECT_EQ(structure_of(""), "");
  EXPECT_EQ(structure_of(" \n\t\r "), "");
}

TEST(JsonIndexer, RefusesWhatNoReaderCouldMend) {
  EXPECT_EQ(structure_of("{\"a"), kJsonOpenString.name());
  EXPECT_EQ(structure_of("[\"\xff\"]"), kJsonBadUtf8.name());
  EXPECT_EQ(structure_of("[\"a\nb\"]"), kJsonControlInString.name());
}

TEST(JsonIndexer, GoesOnAfterAnErrorAndWithLongerTexts) {
  JsonIndexer indexer;
  EXPECT_EQ(structure_of(indexer, "[\"open"), kJsonOpenString.name());
  EXPECT_EQ(structure_of(indexer, "[]"), "[]");
  std::string longer = "[";
  for (int i = 0; i < 100'000; ++i) longer += "1,";
  longer += "1]";
  EXPECT_EQ(structure_of(indexer, longer).size(), 200'003U);
  EXPECT_EQ(structure_of(indexer, "{}"), "{}");
}

// Structure must not depend on where a text falls in the 64-byte blocks the kernel works in.
TEST(JsonIndexer, FindsTheSameWhereverATextStandsInItsBlock) {
  const std::string text = R"({"k\\\"":["a\\",{"b":-1.5e3}],"é":"\\\\\""})";
  const std::string expected = structure_of(text);
  for (std::size_t shift = 1; shift < 130; ++shift) {
    EXPECT_EQ(structure_of(std::string(shift, ' ') + text), expected) << shift;
  }
}

// The same, character by character, as the comment of index() defines it.
std::string slow_structure_of(std::string_view text) {
  std::string found;
  bool in_string = false;
  bool in_scalar = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (in_string) {
      if (c == '\\') ++i;
      if (c == '"') in_string = false;
      continue;
    }
    const bool is_structure = std::string_view("{}[]:,").find(c) != std::string_view::npos;
    const bool is_space = std::string_view(" \t\n\r").find(c) != std::string_view::npos;
    if (c == '"') in_string = true;
    if (is_structure || c == '"' || (!is_space && !in_scalar)) found += c;
    in_scalar = !is_structure && !is_space && c != '"';
  }
  return found;
}

TEST(JsonIndexer, AgreesWithAReaderThatGoesCharacterByCharacter) {
  std::mt19937 random(7);
  const std::vector<std::string> pieces = {"{",    "}", "[",  "]",      ":",       ",",       "1.5",
                                           "true", " ", "\n", R"("a")", R"("\\")", R"("\"{")"};
  JsonIndexer indexer;
  for (int round = 0; round < 500; ++round) {
    std::string text;
    for (int i = 0; i < 200; ++i) {
      const std::string& piece = pieces[random() % pieces.size()];
      // A scalar right behind a quote is no JSON; what the kernel marks there is its own affair.
      if (text.ends_with('"') && (piece == "1.5" || piece == "true" || piece.starts_with('"'))) {
        text += ' ';
      }
      if (piece.starts_with('"') && (text.ends_with('5') || text.ends_with('e'))) text += ' ';
      text += piece;
    }
    ASSERT_EQ(structure_of(indexer, text), slow_structure_of(text)) << text;
  }
}

TEST(JsonIndexer, NarrowedGivesWhatItGivesForThePartAlone) {
  std::mt19937 random(9);
  const std::vector<std::string> values = {R"({"a":[1,"}"]})", R"({"\\":{}})", "{}",
                                           R"({"k":"v"})"};
  JsonIndexer indexer;
  JsonIndexer other;
  for (int round = 0; round < 2'000; ++round) {
    std::string text = round % 2 == 0 ? R"({"Records": [)" : "";
    std::vector<std::size_t> borders = {text.size()};
    for (std::size_t i = 0; i < 1 + random() % 40; ++i) {
      text += values[random() % values.size()] + (random() % 2 == 0 ? ",\n" : ",");
      borders.push_back(text.size());
    }
    text += "]}";
    const std::size_t size = text.size();
    text.append(kJsonPadding, ' ');
    const std::size_t first = random() % borders.size();
    const std::size_t begin = borders[first];
    const std::size_t end = borders[first + random() % (borders.size() - first)];
    ASSERT_TRUE(indexer.index(std::string_view(text).substr(0, size)));
    const auto narrowed = indexer.narrow(begin, end);
    const std::string part = text.substr(begin, end - begin) + std::string(kJsonPadding, ' ');
    const auto alone = other.index(std::string_view(part).substr(0, end - begin));
    ASSERT_TRUE(alone);
    ASSERT_TRUE(std::ranges::equal(narrowed, *alone)) << part;
    if (begin == end) continue;
    EXPECT_EQ(narrowed.data()[narrowed.size()], end - begin);
    EXPECT_EQ(narrowed.data()[narrowed.size() + 1], end - begin);
  }
}

}  // namespace
}  // namespace nepho::text
