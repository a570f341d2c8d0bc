#include "exercise/delivery_folder.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "exercise/record_lines.h"
#include "tests/support/program.h"

namespace nepho::exercise {
namespace {

using tests::contents_of;
using tests::TemporaryFolder;

Record record(const std::string& id, int second, std::string path, std::string envelope) {
  return {.text = "{\"n\":\"" + id + "\"}",
          .time = Instant(std::chrono::seconds(second)),
          .log_source = "kubernetes.audit",
          .delivered_as = std::move(path),
          .envelope = std::move(envelope)};
}

std::vector<const Record*> views_of(const std::vector<Record>& records) {
  std::vector<const Record*> views;
  for (const Record& one : records) views.push_back(&one);
  return views;
}

class FillingAFolder : public testing::Test {
 protected:
  // Adds a batch and looks whether each of its records stands where it is said to.
  void add(const std::vector<Record>& records) {
    const auto written = to_.add(views_of(records));
    ASSERT_TRUE(written) << to_string(written.error());
    ASSERT_EQ(written->places.size(), records.size());
    for (std::size_t i = 0; i < records.size(); ++i) {
      const auto& place = written->places[i];
      const auto path = (folder_.path() / "logs" / written->files[place.file]).string();
      const auto found = records_on_lines(path, {place.line});
      ASSERT_TRUE(found) << to_string(found.error());
      EXPECT_EQ(*found, std::vector<std::string>{records[i].text}) << path << ":" << place.line;
    }
  }

  TemporaryFolder folder_;
  DeliveryFolder to_{folder_.path() / "logs"};
};

TEST_F(FillingAFolder, AFileGoesOnWithTheNextBatch) {
  add({record("a", 2, "audit.log", ""), record("b", 1, "audit.log", "")});
  add({record("c", 3, "audit.log", ""), record("d", 3, "other.log", "")});
  EXPECT_EQ(contents_of(folder_.path() / "logs" / "audit.log"),
            "{\"n\":\"b\"}\n{\"n\":\"a\"}\n{\"n\":\"c\"}\n");
}

// Two members are one file, two envelopes one after the other two documents.
TEST_F(FillingAFolder, PackedFilesAndEnvelopesGoOnToo) {
  for (const char* path : {"x.json.gz", "x.json", "deep/er/y.ndjson.gz"}) {
    const std::string envelope = std::string(path).contains("ndjson") ? "" : "Records";
    add({record("a", 1, path, envelope), record("b", 2, path, envelope)});
    add({record("c", 3, path, envelope)});
    add({record("d", 4, path, envelope), record("e", 5, path, envelope)});
  }
}

TEST_F(FillingAFolder, WhatWasThereBeforeIsReplaced) {
  folder_.write("logs/audit.log", "of an earlier run\n");
  add({record("a", 1, "audit.log", "")});
  EXPECT_EQ(contents_of(folder_.path() / "logs" / "audit.log"), "{\"n\":\"a\"}\n");
}

TEST_F(FillingAFolder, AFolderThatCannotBeMadeIsNamed) {
  folder_.write("logs", "a file");
  const std::vector<Record> records{record("a", 1, "deep/audit.log", "")};
  const auto written = to_.add(views_of(records));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, kCannotWrite);
  EXPECT_FALSE(written.error().place.file.empty());
}

}  // namespace
}  // namespace nepho::exercise
