#include "stream/reader.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>

#include <random>

#include "event/record_splitter.h"
#include "text/csv.h"
#include "text/json.h"

namespace nepho::stream {
namespace {

using event::RecordSplitter;
using testing::ElementsAre;

struct Read {
  std::vector<std::string> records;  // "line@offset text"
  std::vector<std::string> skipped;  // "line@offset reason"
  std::string error;
  std::size_t num_blocks = 0;
};

// Reads `bytes` in blocks of `block_bytes`, given to the reader `chunk` bytes at a time, checking
// that blocks are slices of the file that do not overlap.
Read read(std::string_view bytes, std::size_t block_bytes = 1U << 20U,
          std::size_t chunk = 1U << 20U, const Limits& limits = kDefaultLimits) {
  RecordReader reader({.block_bytes = block_bytes, .limits = limits});
  Read read;
  Block block;
  EXPECT_TRUE(reader.open(memory_source(bytes, chunk), "x.json", 3));
  std::uint64_t behind = 0;
  while (true) {
    const auto more = reader.next(block);
    for (const auto& skipped : reader.take_skipped()) {
      read.skipped.push_back(
          fmt::format("{}@{} {}", skipped.line, skipped.offset, event::to_string(skipped.reason)));
    }
    if (!more) read.error = more.error().code.name();
    if (!more || !*more) break;
    EXPECT_EQ(block.file_index(), 3U);
    EXPECT_EQ(block.sequence(), read.num_blocks++);
    EXPECT_GE(block.offset(), behind);
    behind = block.offset() + block.bytes().size();
    EXPECT_EQ(block.bytes(), bytes.substr(block.offset(), block.bytes().size()));
    const auto lines =
        std::count(bytes.begin(), bytes.begin() + static_cast<long>(block.offset()), '\n');
    EXPECT_EQ(block.first_line(), static_cast<std::uint64_t>(lines) + 1);
    RecordSplitter splitter(block.bytes(), block.layout() == Block::Layout::kValues
                                               ? RecordSplitter::By::kValues
                                               : RecordSplitter::By::kLines);
    while (const auto piece = splitter.next()) {
      const auto at = static_cast<std::size_t>(piece->data() - block.bytes().data());
      const auto above =
          std::count(block.bytes().begin(), block.bytes().begin() + static_cast<long>(at), '\n');
      read.records.push_back(fmt::format("{}@{} {}",
                                         block.first_line() + static_cast<std::uint64_t>(above),
                                         block.offset() + at, *piece));
    }
  }
  EXPECT_FALSE(*reader.next(block)) << "the end stays the end";
  return read;
}

TEST(RecordReader, ReadsLines) {
  const Read lines = read("{\"a\":1}\n\n{\"b\":2}\r\n{\"c\":3}\n");
  EXPECT_THAT(lines.records, ElementsAre("1@0 {\"a\":1}", "3@9 {\"b\":2}", "4@18 {\"c\":3}"));
  EXPECT_TRUE(lines.skipped.empty());
}

TEST(RecordReader, PutsTheLinesOfAContainerTogether) {
  const std::string text =
      "2026-03-01T03:04:05Z stdout P {\"a\":\n"
      "2026-03-01T03:04:05Z stdout F 1}\n";
  RecordReader reader{ReadOptions{}};
  ASSERT_TRUE(reader.open(memory_source(text, 7), "x.log", 0));
  Block block;
  ASSERT_TRUE(*reader.next(block));
  EXPECT_EQ(block.layout(), Block::Layout::kRows);
  EXPECT_EQ(block.bytes(),
            "2026-03-01T03:04:05Z stdout F {\"a\":1}\n" + std::string(30, ' ') + "\n");
}

TEST(RecordReader, ReadsALastLineWithoutALineEnd) {
  EXPECT_THAT(read("{\"a\":1}\n{\"b\":2}").records, ElementsAre("1@0 {\"a\":1}", "2@8 {\"b\":2}"));
}

TEST(RecordReader, ReadsAnArray) {
  EXPECT_THAT(read(" [ {\"a\":1},\n{\"b\":[{}]} ]").records,
              ElementsAre("1@3 {\"a\":1}", "2@12 {\"b\":[{}]}"));
  EXPECT_THAT(read("[{\"a\":1}]\n[]\n[{\"b\":2}]").records,
              ElementsAre("1@1 {\"a\":1}", "3@14 {\"b\":2}"));
}

TEST(RecordReader, ReadsEnvelopesLeavingTheirHeadsAndTails) {
  EXPECT_THAT(read(R"({"Records":[{"a":1},{"b":2}]})").records,
              ElementsAre("1@12 {\"a\":1}", "1@20 {\"b\":2}"));
  EXPECT_THAT(read(R"({"@odata.context":"x","value":[{"a":1}],"@odata.nextLink":"y"})").records,
              ElementsAre("1@31 {\"a\":1}"));
  EXPECT_THAT(read("{\"Records\":[]}").records, ElementsAre());
}

TEST(RecordReader, ReadsManyEnvelopesOneALine) {
  EXPECT_THAT(read("{\"Records\":[{\"a\":1}]}\n{\"Records\":[{\"b\":2},{\"c\":3}]}\n").records,
              ElementsAre("1@12 {\"a\":1}", "2@34 {\"b\":2}", "2@42 {\"c\":3}"));
}

TEST(RecordReader, ReadsASecondListInAnEnvelopesTail) {
  EXPECT_THAT(
      read(R"({"Records":[{"a":1}],"n":{"value":[{"x":1}]},"records":[{"b":2}],"z":1})").records,
      ElementsAre("1@12 {\"a\":1}", "1@56 {\"b\":2}"));
}

TEST(RecordReader, TakesAnObjectWithOtherMembersFirstForARecord) {
  EXPECT_THAT(read("{\"id\":\"x\",\"events\":[{\"a\":1}]}").records,
              ElementsAre("1@0 {\"id\":\"x\",\"events\":[{\"a\":1}]}"));
}

TEST(RecordReader, ReadsObjectsOverSeveralLines) {
  EXPECT_THAT(read("{\n  \"a\": 1\n}\n{\n  \"b\": {}\n}\n").records,
              ElementsAre("1@0 {\n  \"a\": 1\n}", "4@13 {\n  \"b\": {}\n}"));
}

TEST(RecordReader, ReadsObjectsWithNothingBetween) {
  EXPECT_THAT(read("{\"a\":1}{\"b\":2}\n{\"c\":3}").records,
              ElementsAre("1@0 {\"a\":1}", "1@7 {\"b\":2}", "2@15 {\"c\":3}"));
}

TEST(RecordReader, PassesOverAByteOrderMark) {
  EXPECT_THAT(read("\xEF\xBB\xBF{\"a\":1}\n{\"b\":2}").records,
              ElementsAre("1@3 {\"a\":1}", "2@11 {\"b\":2}"));
  EXPECT_THAT(read("\xEF\xBB\xBF[{\"a\":1}]").records, ElementsAre("1@4 {\"a\":1}"));
}

TEST(RecordReader, FindsNothingInAnEmptyFile) {
  for (const char* empty :
       {"", "\n", " \r\n\t", "\xEF\xBB\xBF", "[]", "[\n]\n", "{\"Records\":[]}\n"}) {
    const Read nothing = read(empty);
    EXPECT_TRUE(nothing.records.empty() && nothing.skipped.empty() && nothing.error.empty())
        << empty;
  }
}

TEST(RecordReader, GoesOnWhereLinesTurnIntoSomethingElse) {
  const Read mixed = read("{\"a\":1}\n{\"b\":\n2}\n{\"Records\":[{\"c\":3}]}\n[{\"d\":4}]\n");
  EXPECT_EQ(mixed.records.size(), 4U);
  EXPECT_TRUE(mixed.skipped.empty());
}

TEST(RecordReader, SkipsAHeadingLineByLine) {
  const Read headed = read("Sample event from the manual:\nsee {below}\n\n{\n \"a\": 1\n}\n");
  EXPECT_THAT(headed.records, ElementsAre("4@43 {\n \"a\": 1\n}"));
  EXPECT_THAT(headed.skipped, ElementsAre("1@0 malformed-json", "2@30 malformed-json"));
}

TEST(RecordReader, GivesALogOfTextAsRows) {
  const Read text = read("version account action\n2 1234 ACCEPT\n3 1234 {x} REJECT\n");
  EXPECT_THAT(text.records, ElementsAre("1@0 version account action", "2@23 2 1234 ACCEPT",
                                        "3@37 3 1234 {x} REJECT"));
  EXPECT_TRUE(text.skipped.empty());
}

TEST(RecordReader, TakesTheDebrisOfABrokenRecordForOnePiece) {
  const Read debris = read("{\"a\":1}\n{\n}}\n  \"b\": 2,\n]\n}\n{\"c\":3}\n[]\n");
  EXPECT_EQ(debris.records.size(), 3U);
  EXPECT_THAT(debris.skipped, ElementsAre("3@11 malformed-json"));
}

TEST(RecordReader, SkipsWhatIsNoObject) {
  const Read odd = read("[1,\"x\",{\"a\":1},[2],null,bad word,{\"b\":2}]\n17\n{\"c\":3}\n");
  EXPECT_EQ(odd.records.size(), 3U);
  EXPECT_THAT(odd.skipped,
              ElementsAre("1@1 not-an-object", "1@3 not-an-object", "1@15 not-an-object",
                          "1@19 not-an-object", "1@24 malformed-json", "2@42 not-an-object"));
}

// Found by fuzz/record_reader.cc: the string was taken to end in another line.
TEST(RecordReader, DoesNotTakeAnOpenStringInAListBeyondItsLine) {
  const Read list = read("[\" },\n{\"a\":1},\n{\"b\"");
  EXPECT_THAT(list.records, ElementsAre("2@6 {\"a\":1}"));
  EXPECT_THAT(list.skipped, ElementsAre("1@1 malformed-json", "3@15 truncated"));
}

TEST(RecordReader, KeepsTheGoodLinesAroundBadOnes) {
  const Read lines = read("{\"a\":1}\nrubbish\n{\"b\":\"\n{\"c\":3}\n");
  EXPECT_THAT(lines.records, testing::Contains("1@0 {\"a\":1}"));
  EXPECT_THAT(lines.records, testing::Contains("4@23 {\"c\":3}"));
}

TEST(RecordReader, LetsABadByteOrAnOpenStringCostOnlyItsRecord) {
  const Read array = read("[\n{\"a\":1},\n{\"b\":\"\xFF\"},\n{\"c\":\"x},\n{\"d\":4}\n]\n");
  EXPECT_THAT(array.records,
              ElementsAre("2@2 {\"a\":1}", "3@11 {\"b\":\"\xFF\"}", "5@32 {\"d\":4}"));
  EXPECT_THAT(array.skipped, ElementsAre("4@22 malformed-json"));
}

TEST(RecordReader, FindsItsWayBehindARecordWithoutItsEnd) {
  const Read array = read("[\n  {\n    \"a\": {\n  },\n  {\n    \"b\": 2\n  }\n]\n");
  EXPECT_THAT(array.records, ElementsAre("5@24 {\n    \"b\": 2\n  }"));
  EXPECT_THAT(array.skipped, ElementsAre("2@4 malformed-json"));
}

TEST(RecordReader, FindsItsWayBehindSeveralRecordsWithoutTheirEnds) {
  std::string text = "[\n";
  for (int i = 0; i < 5; ++i) text += "  {\n    \"a\": {\n  },\n";
  const std::size_t good = text.size() + 2;
  text += "  {\n    \"b\": 2\n  }\n]\n";
  for (const std::size_t block : {1U << 20U, 40U}) {
    const Read array = read(text, block);
    EXPECT_THAT(array.records, ElementsAre(fmt::format("17@{} {{\n    \"b\": 2\n  }}", good)));
    EXPECT_THAT(array.skipped,
                ElementsAre("2@4 malformed-json", "5@24 malformed-json", "8@44 malformed-json",
                            "11@64 malformed-json", "14@84 malformed-json"));
  }
}

// Each broken record is looked at up to the end of the window: a file of nothing else must not cost
// its square. (Without the bound this takes minutes.)
TEST(RecordReader, EndsSoonOnAFileOfBrokenRecordsOnly) {
  std::string text = "[\n";
  while (text.size() < (1U << 20U)) text += "{\n";
  text += "{\"a\":1}\n";
  const Read array = read(text);
  EXPECT_GE(array.skipped.size(), 1U);
  EXPECT_LT(array.skipped.size(), 3'000U);
  std::string mixed = "[\n";
  while (mixed.size() < (1U << 20U)) mixed += "{\n{},\n";
  EXPECT_GE(read(mixed).records.size(), 64U);
}

TEST(RecordReader, SaysThatTheLastRecordIsTruncated) {
  for (const char* text : {"{\"a\":1}\n{\"b\":", "[{\"a\":1},{\"b\":",
                           "{\"Records\":[{\"a\":1},{\"b", "{\n\"a\":1}\n{\n\"b\":"}) {
    const Read cut = read(text);
    EXPECT_EQ(cut.records.size(), 1U) << text;
    ASSERT_EQ(cut.skipped.size(), 1U) << text;
    EXPECT_THAT(cut.skipped[0], testing::EndsWith("truncated"));
  }
}

TEST(RecordReader, SkipsARecordBeyondTheLimitAndReadsOnBehindIt) {
  Limits limits;
  limits.max_record_bytes = 200;
  const std::string big = "{\"big\":\"" + std::string(1000, 'x') + "},{\\\"\"}";
  const std::string good = "{\"a\":1}";
  for (const std::size_t block : {16U, 64U, 4096U}) {
    for (const std::string& text : {"[" + good + "," + big + "," + good + "]",
                                    "{\"Records\":[" + good + "," + big + "," + good + "]}"}) {
      const Read some = read(text, block, 7, limits);
      EXPECT_EQ(some.records.size(), 2U) << text;
      ASSERT_EQ(some.skipped.size(), 1U) << text << block;
      EXPECT_THAT(some.skipped[0], testing::EndsWith("too-large"));
    }
  }
  const Read lines = read(good + "\n" + big + "\n" + good + "\n", 64, 7, limits);
  EXPECT_THAT(lines.records, ElementsAre("1@0 {\"a\":1}", "3@1024 {\"a\":1}"));
  EXPECT_THAT(lines.skipped, ElementsAre("2@8 too-large"));
}

TEST(RecordReader, GivesUpAFileWhereALargeRecordDoesNotEnd) {
  Limits limits;
  limits.max_record_bytes = 200;
  limits.max_passed_bytes = 2000;
  const std::string endless = "{\"big\":\"" + std::string(5000, 'x') + "\"}";
  const std::string good = "{\"a\":1}\n";
  const Read lines = read(good + endless + "\n" + good, 64, 7, limits);
  EXPECT_THAT(lines.records, ElementsAre("1@0 {\"a\":1}"));
  EXPECT_THAT(lines.skipped, ElementsAre("2@8 too-large"));
  EXPECT_EQ(lines.error, "stream.endless_record");
  const Read list = read("[{\"a\":1}," + endless + "," + good + "]", 64, 7, limits);
  EXPECT_THAT(list.records, ElementsAre("1@1 {\"a\":1}"));
  EXPECT_THAT(list.skipped, ElementsAre("1@9 too-large"));
  EXPECT_EQ(list.error, "stream.endless_record");
  const Read rows = read("a b c\n" + endless + " x\nd e f\n", 64, 7, limits);
  EXPECT_EQ(rows.error, "stream.endless_record");
}

TEST(RecordReader, PassesOverWhatIsNestedTooDeepWithoutHoldingIt) {
  Limits limits;
  limits.max_json_depth = 10;
  std::string deep;
  for (int i = 0; i < 500; ++i) deep += "{\"a\":";
  deep += "1" + std::string(500, '}');
  const std::string good = "{\"b\":2}";
  for (const std::size_t block : {64U, 1U << 20U}) {
    const Read some = read(deep + good, block, 50, limits);
    EXPECT_THAT(some.records, ElementsAre("1@3001 {\"b\":2}"));
    EXPECT_THAT(some.skipped, ElementsAre("1@0 too-deep"));
    EXPECT_EQ(read("[" + good + "," + deep + "," + good + "]", block, 50, limits).records.size(),
              2U);
    const Read lines = read("{\n\"a\":1}\n" + deep + "\n" + good + "\n", block, 50, limits);
    EXPECT_EQ(lines.records.size(), 2U);
    EXPECT_THAT(lines.skipped, ElementsAre("3@9 too-deep"));
  }
}

// Records that lost their ends are no nest, though their brackets say so.
TEST(RecordReader, TakesManyRecordsWithoutTheirEndsForNoNest) {
  Limits limits;
  limits.max_json_depth = 10;
  std::string text = "{\n \"a\": 1\n}\n";
  for (int i = 0; i < 40; ++i) text += "{\n \"a\": 1,\n";
  text += "{\n \"b\": 2\n}\n";
  const Read some = read(text, 1U << 20U, 1U << 20U, limits);
  EXPECT_EQ(some.records.size(), 2U);
  EXPECT_EQ(some.skipped.size(), 40U);
}

TEST(RecordReader, TakesARecordOfExactlyTheLimit) {
  Limits limits;
  limits.max_record_bytes = 200;
  const std::string record = "{\"a\":\"" + std::string(192, 'x') + "\"}";
  ASSERT_EQ(record.size(), 200U);
  for (const std::string& text : {record + "\n" + record, "[" + record + "," + record + "]"}) {
    EXPECT_EQ(read(text, 16, 7, limits).records.size(), 2U) << text;
  }
}

std::string half_of_gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  packed.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  packed.resize(packed.size() / 2);
  return packed;
}

void expect_blocks_then_the_error_then_the_end(std::string_view text) {
  const std::string packed = half_of_gzip(text);
  RecordReader reader({.block_bytes = 4096, .limits = {}});
  ASSERT_TRUE(reader.open(memory_source(packed), "x.gz", 0));
  Block block;
  std::size_t records = 0;
  while (true) {
    const auto more = reader.next(block);
    if (!more) {
      EXPECT_EQ(more.error().code.name(), "base.truncated_archive");
      break;
    }
    ASSERT_TRUE(*more);
    EXPECT_TRUE(block.bytes().ends_with('\n'));
    records +=
        static_cast<std::size_t>(std::count(block.bytes().begin(), block.bytes().end(), '\n'));
  }
  EXPECT_GT(records, 5000U);
  const auto skipped = reader.take_skipped();
  ASSERT_EQ(skipped.size(), 1U);
  EXPECT_EQ(skipped[0].reason, event::SkipReason::kTruncated);
  EXPECT_FALSE(*reader.next(block));
}

TEST(RecordReader, GivesTheBlocksBeforeAnErrorThenTheErrorThenTheEnd) {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += fmt::format("{{\"n\":{}}}\n", i * 7919);
  expect_blocks_then_the_error_then_the_end(text);
}

TEST(RecordReader, HalfARowBeforeAnErrorIsTruncated) {
  std::string lines;
  std::string table = "number,square\n";
  for (int i = 0; i < 20000; ++i) {
    lines += fmt::format("number {} of many\n", i * 7919);
    table += fmt::format("{},\"{}\"\n", i, i * 7919);
  }
  expect_blocks_then_the_error_then_the_end(lines);
  expect_blocks_then_the_error_then_the_end(table);
}

TEST(RecordReader, ReadsOneFileAfterAnother) {
  RecordReader reader;
  Block block;
  for (std::uint32_t file = 0; file < 3; ++file) {
    ASSERT_TRUE(reader.open(memory_source("[{\"a\":1}]"), "x", file));
    ASSERT_TRUE(*reader.next(block));
    EXPECT_EQ(block.file_index(), file);
    EXPECT_EQ(block.offset(), 1U);
    EXPECT_FALSE(*reader.next(block));
  }
}

TEST(RecordReader, NamesAFileItCannotOpen) {
  RecordReader reader;
  const auto opened = reader.open("/no/such/file", 0);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().place.file, "/no/such/file");
}

// ---- random files in every form, split everywhere ----

std::string random_record(std::mt19937& random, bool pretty, const std::string& indent) {
  const std::string space = pretty ? "\n" + indent + "  " : "";
  std::string record = "{" + space + "\"id\":" + std::to_string(random() % 1000);
  for (std::size_t i = random() % 5; i-- > 0;) {
    static constexpr std::array<const char*, 8> kValues = {
        R"("plain")",       R"("},{\"a\":")", R"("tail\\")",     R"({"x":[{},{"y":"]}"}]})",
        "[1,{\"z\":null}]", "-1.5e3",         R"("\u00e9 é {")", R"("}{")"};
    record += "," + space + "\"k" + std::to_string(i) + "\":" + kValues[random() % kValues.size()];
  }
  return record + (pretty ? "\n" + indent + "}" : "}");
}

struct Made {
  std::string text;
  std::vector<std::string> records;
};

Made random_file(std::mt19937& random) {
  Made made;
  const auto form = random() % 6;
  const bool pretty = form != 0 && random() % 2 == 0;
  const auto list = [&](const std::string& indent) {
    std::string text;
    for (std::size_t i = random() % 12; i-- > 0;) {
      made.records.push_back(random_record(random, pretty, indent));
      text += (pretty ? "\n" + indent : "") + made.records.back() + (i == 0 ? "" : ",");
    }
    return text + (pretty ? "\n" : "");
  };
  switch (form) {
    case 0:
    case 1:
      for (std::size_t i = 1 + random() % 12; i-- > 0;) {
        made.records.push_back(random_record(random, pretty, ""));
        made.text += made.records.back() + (i == 0 && random() % 2 == 0 ? "" : "\n");
      }
      break;
    case 2: made.text = "[" + list("  ") + "]"; break;
    case 3: made.text = "{\"Records\":[" + list("    ") + "]}"; break;
    case 4:
      made.text = "{\"kind\":\"k\", \"value\" : [" + list("") + "], \"next\": {\"a\":\"]}\"}}\n";
      break;
    default:
      for (std::size_t i = random() % 5; i-- > 0;) {
        made.text += "{\"Records\":[" + list("    ") + "]}\n";
      }
  }
  return made;
}

TEST(RecordReader, GivesTheSameRecordsHoweverTheFileIsSplit) {
  std::mt19937 random(20240304);
  for (int round = 0; round < 10000; ++round) {
    const Made made = random_file(random);
    const Read whole = read(made.text);
    std::vector<std::string> texts;
    for (const auto& record : whole.records) texts.push_back(record.substr(record.find(' ') + 1));
    ASSERT_EQ(texts, made.records) << made.text;
    ASSERT_TRUE(whole.skipped.empty()) << made.text << whole.skipped[0];
    for (const auto& text : texts) ASSERT_TRUE(text::JsonDocument::parse(text)) << text;
    const std::size_t block = 1 + random() % 200;
    const Read split = read(made.text, block, 1 + random() % 50);
    ASSERT_EQ(split.records, whole.records) << block << made.text;
    ASSERT_EQ(split.skipped, whole.skipped) << block << made.text;
  }
}

// Broken anywhere, nothing is read twice, and what is given lies where it says (read() checks).
TEST(RecordReader, HoldsItsPlacesOnFilesBrokenAtRandom) {
  std::mt19937 random(7);
  static constexpr std::string_view kBytes = "{}[]\",:\\\n \xFF\x01z";
  for (int round = 0; round < 10000; ++round) {
    Made made = random_file(random);
    for (std::size_t i = 1 + random() % 4; i-- > 0 && !made.text.empty();) {
      const std::size_t at = random() % made.text.size();
      if (random() % 2 == 0) {
        made.text.erase(at, 1 + random() % 20);
      } else {
        made.text.insert(at, 1, kBytes[random() % kBytes.size()]);
      }
    }
    read(made.text);
    read(made.text, 1 + random() % 100, 1 + random() % 50);
    if (HasFailure()) FAIL() << made.text;
  }
}

// The bytes of `text`, ASCII, as UTF-16.
std::string utf16(std::string_view text, bool little_endian) {
  std::string bytes;
  for (const char c : text) bytes += little_endian ? std::string{c, '\0'} : std::string{'\0', c};
  return bytes;
}

// The records of a file whose bytes are not those of its blocks.
std::vector<std::string> records_of(std::string_view bytes, std::size_t block_bytes = 1U << 20U) {
  RecordReader reader({.block_bytes = block_bytes, .limits = kDefaultLimits});
  EXPECT_TRUE(reader.open(memory_source(bytes, 7), "x", 0));
  std::vector<std::string> records;
  Block block;
  while (reader.next(block).value_or(false)) {
    RecordSplitter splitter(block.bytes(), block.layout() == Block::Layout::kValues
                                               ? RecordSplitter::By::kValues
                                               : RecordSplitter::By::kLines);
    while (const auto piece = splitter.next()) records.emplace_back(*piece);
  }
  return records;
}

TEST(RecordReader, ReadsUtf16OfEitherOrderWithAndWithoutAMark) {
  const std::string text = "{\"a\":1}\n{\"b\":2}\n";
  for (const bool little : {true, false}) {
    const std::string mark = little ? "\xFF\xFE" : "\xFE\xFF";
    EXPECT_THAT(records_of(utf16(text, little)), ElementsAre("{\"a\":1}", "{\"b\":2}"));
    EXPECT_THAT(records_of(mark + utf16(text, little)), ElementsAre("{\"a\":1}", "{\"b\":2}"));
    EXPECT_THAT(records_of(mark + utf16("A,B\n1,2\n", little)), ElementsAre("A,B", "1,2"));
  }
}

TEST(RecordReader, ReadsYamlDocumentsAndListsOfThem) {
  EXPECT_THAT(records_of("# a comment\ninsertId: x\nprotoPayload:\n  methodName: y\n"),
              ElementsAre(R"({"insertId":"x","protoPayload":{"methodName":"y"}})"));
  EXPECT_THAT(records_of("---\na: 1\n---\na: 2\n"), ElementsAre("{\"a\":1}", "{\"a\":2}"));
  EXPECT_THAT(records_of("- a: 1\n- a: 2\n"), ElementsAre("{\"a\":1}", "{\"a\":2}"));
}

TEST(RecordReader, CutsCommaSeparatedValuesBetweenRows) {
  std::string text = "Name,Data\n";
  std::size_t num_rows = 1;
  for (; text.size() < 3000; ++num_rows) text += "x,\"one\ntwo, \"\"three\"\"\n\"\n";
  RecordReader reader({.block_bytes = 256, .limits = kDefaultLimits});
  ASSERT_TRUE(reader.open(memory_source(text, 100), "x.csv", 0));
  Block block;
  std::size_t num_blocks = 0;
  std::string read;
  while (reader.next(block).value_or(false)) {
    ++num_blocks;
    EXPECT_EQ(block.layout(), Block::Layout::kRows);
    EXPECT_EQ(block.head(), "Name,Data\n");
    EXPECT_EQ(text::csv_rows_size(block.bytes()), block.bytes().size());
    read += block.bytes();
  }
  EXPECT_EQ(read, text);
  EXPECT_GT(num_blocks, 5U);
}

TEST(RecordReader, TakesLinesOfTextAmongThoseOfJsonForRows) {
  EXPECT_THAT(read("{\"a\":1}\n2 1234 ACCEPT\n{\"b\":2}\n").records,
              ElementsAre("1@0 {\"a\":1}", "2@8 2 1234 ACCEPT", "3@22 {\"b\":2}"));
  EXPECT_THAT(read("2 1234 ACCEPT\n{\"b\":2}\n").records,
              ElementsAre("1@0 2 1234 ACCEPT", "2@14 {\"b\":2}"));
}

TEST(RecordReader, GivesUpARowWithoutAnEnd) {
  Limits limits;
  limits.max_record_bytes = 1000;
  const Read text = read("a b c\n" + std::string(5000, 'x') + " y\nd e f\n", 128, 64, limits);
  EXPECT_THAT(text.records, ElementsAre("1@0 a b c", "3@5009 d e f"));
  EXPECT_THAT(text.skipped, ElementsAre("2@6 too-large"));
}

}  // namespace
}  // namespace nepho::stream
