#include "exercise/delivery.h"

#include <gtest/gtest.h>

#include "base/byte_source.h"
#include "base/compression.h"
#include "exercise/record_lines.h"
#include "tests/support/program.h"

namespace nepho::exercise {
namespace {

Record record(std::string json, int second, std::string path) {
  return {.text = std::move(json),
          .time = Instant(std::chrono::seconds(second)),
          .log_source = "aws.cloudtrail",
          .delivered_as = std::move(path),
          .envelope = "Records"};
}

TEST(Delivery, PutsRecordsOfOneFileIntoItsEnvelopeByTime) {
  const Record late = record(R"({"n":2})", 20, "a/x.json");
  const Record early = record(R"({"n":1})", 10, "a/x.json");
  const Record other = record(R"({"n":3})", 5, "b/y.json");
  const auto delivery = deliver({&late, &early, &other});
  ASSERT_EQ(delivery.files.size(), 2U);
  EXPECT_EQ(delivery.files[0].path, "a/x.json");
  EXPECT_EQ(delivery.files[0].content, "{\"Records\":[\n{\"n\":1},\n{\"n\":2}\n]}\n");
  EXPECT_EQ(delivery.places[0].line, 3U);
  EXPECT_EQ(delivery.places[1].line, 2U);
  EXPECT_EQ(delivery.places[2].file, 1U);
}

TEST(Delivery, TheReaderFindsEveryRecordOnTheLineThatWasTold) {
  std::vector<Record> records;
  for (int i = 0; i < 20; ++i) {
    records.push_back(record("{\"n\":" + std::to_string(i) + "}", 100 - i, "x.json.gz"));
  }
  std::vector<const Record*> views;
  for (const Record& one : records) views.push_back(&one);
  const auto delivery = deliver(views);
  const tests::TemporaryFolder folder;
  const auto path = folder.write(delivery.files[0].path, delivery.files[0].content);
  for (std::size_t i = 0; i < records.size(); ++i) {
    const auto found = records_on_lines(path, {delivery.places[i].line});
    ASSERT_TRUE(found) << to_string(found.error());
    EXPECT_EQ(*found, std::vector<std::string>{records[i].text});
  }
}

TEST(Delivery, APathNeverLeadsOutOfTheFolder) {
  for (const char* path : {"../../etc/passwd", "/etc/passwd", "a/../../b", "a\\b\n", "", "..."}) {
    const Record one = record("{}", 1, path);
    const auto delivery = deliver({&one});
    const std::string& safe = delivery.files[0].path;
    EXPECT_EQ(safe.find(".."), std::string::npos) << safe;
    EXPECT_NE(safe.front(), '/') << safe;
    EXPECT_EQ(safe.find_first_of("\\\n"), std::string::npos) << safe;
  }
}

TEST(Delivery, WithoutAnEnvelopeARecordIsALine) {
  Record one = record("{}", 1, "x.ndjson");
  one.envelope.clear();
  const auto delivery = deliver({&one, &one});
  EXPECT_EQ(delivery.files[0].content, "{}\n{}\n");
  EXPECT_EQ(delivery.places[1].line, 2U);
}

}  // namespace
}  // namespace nepho::exercise
