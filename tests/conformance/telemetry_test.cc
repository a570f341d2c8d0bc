// Other people's logs as they were delivered: every record is found, and known as one of its
// provider's.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <regex>

#include "event/envelope.h"
#include "event/record_splitter.h"
#include "stream/reader.h"
#include "tests/support/shared_data.h"

namespace nepho::tests {
namespace {

using event::RecordSplitter;

struct Count {
  std::map<std::string, std::size_t> by_provider;  // "" for generic
  std::size_t num_records = 0;
  std::size_t num_skipped = 0;
};

class Logs : public testing::Test {
 protected:
  Logs()
      : sources_(event::LogSources::load(knowledge_, report_)),
        order_(event::recognition_order(sources_)) {}

  Count count(const std::filesystem::path& path) {
    Count count;
    EXPECT_TRUE(reader_.open(path.string(), 0)) << path;
    stream::Block block;
    while (true) {
      const auto more = reader_.next(block);
      EXPECT_TRUE(more) << path << (more ? "" : to_string(more.error()));
      if (!more.value_or(false)) break;
      add(block, count);
    }
    count.num_skipped += reader_.take_skipped().size();
    return count;
  }

  void add(const stream::Block& block, Count& count) const {
    RecordSplitter splitter(block.bytes(), block.layout() == stream::Block::Layout::kLines
                                               ? RecordSplitter::By::kLines
                                               : RecordSplitter::By::kValues);
    while (const auto piece = splitter.next()) {
      const auto unwrapped = event::unwrap(*piece, order_);
      if (!unwrapped) {
        ++count.num_skipped;
        continue;
      }
      for (const auto& record : unwrapped->records) {
        ++count.num_records;
        ++count.by_provider[record.source ? record.source->provider : ""];
      }
    }
  }

  Knowledge knowledge_;
  LoadReport report_;
  event::LogSources sources_;
  std::vector<event::Recognition> order_;
  stream::RecordReader reader_;
};

// The rows of a table with a heading, each as its fields.
std::vector<std::vector<std::string>> rows(const std::filesystem::path& path) {
  std::vector<std::vector<std::string>> all;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    auto& fields = all.emplace_back();
    for (std::size_t at = 0; at <= line.size();) {
      const std::size_t end = std::min(line.find('\t', at), line.size());
      fields.push_back(line.substr(at, end - at));
      at = end + 1;
    }
  }
  if (!all.empty()) all.erase(all.begin());
  return all;
}

std::size_t num_lines(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::size_t lines = 0;
  for (std::string line; std::getline(file, line);) {
    lines += line.find_first_not_of(" \t\r") == std::string::npos ? 0 : 1;
  }
  return lines;
}

TEST_F(Logs, OfCloudTrailAreReadToTheLastRecord) {
  const auto folder = shared_data("data/telemetry");
  if (!folder) GTEST_SKIP() << kNoSharedData;
  static const std::regex kWanted(
      "cloudtrail|stratus.*aws|sans|traildiscover|streamalert-tests/cloudtrail|otrf");
  std::set<std::string> files;
  for (const auto& row : rows(*folder / "cases.tsv")) {
    const bool is_aws = row[2] == "aws" || row[2] == "kubernetes";
    if (is_aws && std::regex_search(row[3], kWanted)) files.insert(row[3]);
  }
  ASSERT_GT(files.size(), 40U);
  for (const auto& file : files) {
    Count read = count(*folder / file);
    EXPECT_EQ(read.by_provider["aws"] + read.by_provider["kubernetes"], num_lines(*folder / file))
        << file << ": " << read.by_provider[""] << " generic, " << read.num_skipped << " skipped";
    EXPECT_EQ(read.num_skipped, 0U) << file;
  }
}

TEST_F(Logs, OfCloudTrailAreFoundInEveryDelivery) {
  const auto folder = shared_data("data/deliveries");
  if (!folder) GTEST_SKIP() << kNoSharedData;
  static const std::regex kWanted("cloudtrail[^/]*$");
  std::size_t files = 0;
  for (const auto& row : rows(*folder / "expected.tsv")) {
    if (!std::regex_search(row[0], kWanted)) continue;
    ++files;
    Count read = count(*folder / row[0]);
    // One file holds {"not-an-event": true} beside its events: that is generic.
    EXPECT_EQ(read.num_records - read.by_provider[""], std::stoul(row[1])) << row[0];
    EXPECT_LE(read.by_provider[""], 1U) << row[0];
    EXPECT_EQ(read.num_skipped, 0U) << row[0];
  }
  EXPECT_GT(files, 10U);
}

}  // namespace
}  // namespace nepho::tests
