#include "text/time_reader.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "tests/support/cases.h"
#include "text/timestamp.h"

namespace nepho::text {
namespace {

std::optional<TimeReader::Time> as_parsed(std::string_view text) {
  const auto parsed = parse_timestamp(text);
  return parsed ? std::optional<TimeReader::Time>(parsed->time) : std::nullopt;
}

TEST(TimeReader, ReadsEveryFormAsItIsParsedWhateverCameBefore) {
  static constexpr std::string_view kTexts[] = {"2026-03-01T03:04:05Z",
                                                "2026-03-01T23:59:59Z",
                                                "2026-03-01T23:59:60Z",
                                                "2026-03-01T24:00:00Z",
                                                "2026-03-01 03:04:05Z",
                                                "2026-03-01 03:04:05.123",
                                                "2026-03-01 03:04:05.1234567890",
                                                "2026-03-01T03:04:05",
                                                "2026-03-01T03:04:05.",
                                                "2026-03-01T03:04:0Z",
                                                "2026-03-01T03:04:05ZZ",
                                                "2026-03-01_03:04:05Z",
                                                "2026-03-01T03:04:05+",
                                                "2026-03-01T3:04:05 Z",
                                                "2026-03-01T03:04:05.5Z",
                                                "2026-03-01T03:04:05.1234567Z",
                                                "2026-03-01T03:04:05.123456789Z",
                                                "2026-03-01T03:04:05.1234567891Z",
                                                "2026-03-01T03:04:05.Z",
                                                "2026-03-01T03:04:05,5Z",
                                                "2026-03-01T03:04:05.12:4567Z",
                                                "2026-03-01T03:04:05.1234567",
                                                "2026-02-29T03:04:05Z",
                                                "2024-02-29T03:04:05Z",
                                                "2026-03-01T03:04:05+02:00",
                                                "8/22/2022 6:07:16 PM",
                                                "1772359200",
                                                "1772359200123",
                                                "8999999999999",
                                                "9223372036854",
                                                "9223372036855",
                                                "0772359200123",
                                                "177235920012a",
                                                "2026-13-01T03:04:05Z",
                                                "2026-00-01T03:04:05Z",
                                                "2026-03-00T03:04:05Z",
                                                "2026-03-32T03:04:05Z",
                                                "2026-3a-01T03:04:05Z",
                                                "20 6-03-01T03:04:05Z",
                                                "1999-12-31T03:04:05Z",
                                                "2100-02-28T03:04:05Z",
                                                "2262-01-01T03:04:05Z",
                                                "1969-12-31T23:59:59Z",
                                                "1677-01-01T00:00:00Z",
                                                "0000-00-00T00:00:00Z",
                                                "",
                                                "2026-03-01T03-04:05Z"};
  for (const std::string_view before : kTexts) {
    for (const std::string_view text : kTexts) {
      TimeReader reader;
      reader.read(before);
      EXPECT_EQ(reader.read(text), as_parsed(text)) << before << ", then " << text;
    }
  }
}

TEST(TimeReader, AgreesWithTheParserOnTimesWithWrongBytesInThem) {
  std::mt19937 random(3);
  static constexpr std::string_view kBytes = "0123456789:-TZ .9/";
  TimeReader reader;
  int read = 0;
  const int num_rounds = tests::num_cases(100'000);
  for (int round = 0; round < num_rounds; ++round) {
    std::string text = random() % 2 == 0 ? "2026-03-01T03:04:05Z" : "2026-03-02T13:54:35Z";
    if (random() % 8 == 0) {
      text = "1772359200123";
    } else if (random() % 2 == 0) {
      text.insert(19, std::string(".1234567890").substr(0, random() % 12));
    }
    for (unsigned i = 0; i < random() % 3; ++i)
      text[random() % text.size()] = kBytes[random() % kBytes.size()];
    const auto expected = as_parsed(text);
    ASSERT_EQ(reader.read(text), expected) << text;
    read += expected ? 1 : 0;
  }
  EXPECT_GT(read, num_rounds / 10);
}

}  // namespace
}  // namespace nepho::text
