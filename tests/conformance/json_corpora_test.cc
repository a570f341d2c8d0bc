// Other people's collections of JSON and UTF-8, good and bad: a record of a log is read when both
// are good, and refused for the right reason when not. Where RFC 8259 leaves it open, what we
// decided stands here and in docs/decisions/json-index.md.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include "base/files.h"
#include "base/utf8.h"
#include "detect/shard.h"
#include "tests/support/shared_data.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;
using event::SkipReason;

// What becomes of one line of a log that holds this record.
class OneRecord {
 public:
  // The counters of a slice with `record` and a good one behind it.
  detect::Counters of(const std::string& record) {
    text_ = record + "\n{\"good\":1}\n";
    const std::size_t size = text_.size();
    text_.append(text::kJsonPadding, ' ');
    const auto& result =
        shard_.run({std::string_view(text_).substr(0, size), detect::Slice::Layout::kValues});
    EXPECT_EQ(result.counters.received(), result.counters.events + result.counters.num_skipped());
    return result.counters;
  }

 private:
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  plan::Plan plan_{rules_, sources_, {.ignore_logsource = true}};
  detect::Shard shard_{plan_, {.keep_events = false}};
  std::string text_;
};

// The files of the suite whose names begin so.
std::map<std::string, std::string> suite(std::string_view prefix) {
  std::map<std::string, std::string> files;
  const auto folder = shared_data("data/corpora/json-test-suite/test_parsing");
  if (!folder) return files;
  for (const auto& entry : fs::directory_iterator(*folder)) {
    const std::string name = entry.path().filename().string();
    if (name.starts_with(prefix)) files[name] = read_file(entry.path(), 1U << 20U).value_or("?");
  }
  return files;
}

TEST(JsonTestSuite, EveryGoodTextIsRead) {
  const auto files = suite("y_");
  if (files.empty()) GTEST_SKIP() << kNoSharedData;
  EXPECT_EQ(files.size(), 95U);
  OneRecord one;
  for (const auto& [name, json] : files) {
    EXPECT_TRUE(text::JsonDocument::parse(json)) << name;
    const auto counters = one.of("{\"x\":" + json + "}");
    EXPECT_EQ(counters.events, 2U) << name;
    EXPECT_EQ(counters.num_skipped(), 0U) << name;
  }
}

TEST(JsonTestSuite, EveryBadTextIsRefused) {
  const auto files = suite("n_");
  if (files.empty()) GTEST_SKIP() << kNoSharedData;
  EXPECT_EQ(files.size(), 188U);
  OneRecord one;
  for (const auto& [name, json] : files) {
    EXPECT_FALSE(text::JsonDocument::parse(json)) << name;
    // The suite's two files of 100,000 brackets without an end are too deep before they are wrong.
    const auto counters = one.of("{\"x\":" + json + "}");
    EXPECT_GE(counters.num_skipped(), 1U) << name;
  }
}

// RFC 8259 sections 6, 8.1 and 9 leave these to the reader. Numbers of any size are texts to us;
// what is not UTF-8 is refused; a surrogate without its pair, written as an escape, is read.
TEST(JsonTestSuite, WhatIsLeftOpenIsDecided) {
  const auto files = suite("i_");
  if (files.empty()) GTEST_SKIP() << kNoSharedData;
  EXPECT_EQ(files.size(), 35U);
  OneRecord one;
  std::set<std::string> refused;
  for (const auto& [name, json] : files) {
    if (one.of("{\"x\":" + json + "}").num_skipped() != 0) refused.insert(name);
  }
  EXPECT_THAT(refused,
              testing::ElementsAre(
                  "i_string_UTF-16LE_with_BOM.json", "i_string_UTF-8_invalid_sequence.json",
                  "i_string_UTF8_surrogate_U+D800.json", "i_string_invalid_utf-8.json",
                  "i_string_iso_latin_1.json", "i_string_lone_utf8_continuation_byte.json",
                  "i_string_not_in_unicode_range.json", "i_string_overlong_sequence_2_bytes.json",
                  "i_string_overlong_sequence_6_bytes.json",
                  "i_string_overlong_sequence_6_bytes_null.json", "i_string_truncated-utf-8.json",
                  "i_string_utf16BE_no_BOM.json", "i_string_utf16LE_no_BOM.json",
                  "i_structure_500_nested_arrays.json", "i_structure_UTF-8_BOM_empty_object.json"));
}

std::string from_hex(std::string_view hex) {
  std::string digits(hex);
  std::erase(digits, ' ');
  std::string bytes;
  for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
    bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
  return bytes;
}

std::vector<std::string> parts_of(const std::string& line) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == ':') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

// The first byte that `replaced`, the same text with U+FFFD for what is invalid, does not keep.
std::size_t first_replaced(std::string_view bytes, std::string_view replaced) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  for (std::size_t at = replaced.find(kReplacement); at != std::string_view::npos;
       at = replaced.find(kReplacement, at + 1)) {
    if (bytes.substr(0, at) == replaced.substr(0, at) && bytes.substr(at, 3) != kReplacement)
      return at;
  }
  return bytes.size();
}

TEST(Utf8Tests, InvalidBytesAreRefusedWhereTheyStandAndValidOnesRead) {
  const auto path = shared_data("data/corpora/utf8tests/utf8tests.txt");
  if (!path) GTEST_SKIP() << kNoSharedData;
  std::ifstream file(*path);
  std::size_t num_valid = 0;
  std::size_t num_invalid = 0;
  OneRecord one;
  for (std::string line; std::getline(file, line);) {
    auto parts = parts_of(line);
    if (line.starts_with('#') || parts.size() < 3) continue;
    std::erase(parts[1], ' ');
    const bool is_valid = parts[1].starts_with("valid");
    const std::string bytes = parts[1] == "valid" ? parts[2] : from_hex(parts[2]);
    ++(is_valid ? num_valid : num_invalid);
    const std::size_t at = is_valid ? bytes.size() : first_replaced(bytes, from_hex(parts.at(4)));
    EXPECT_EQ(first_invalid_utf8(bytes), at) << line;
    if (bytes.find_first_of(std::string_view("\0\"\\\n\r\t\x1f", 7)) != std::string::npos) continue;
    const bool has_controls = std::ranges::any_of(bytes, [](char c) { return c >= 0 && c < ' '; });
    if (has_controls) continue;  // which JSON forbids for a reason of its own
    const auto counters = one.of("{\"x\":\"" + bytes + "\"}");
    EXPECT_EQ(counters.skipped[static_cast<std::size_t>(SkipReason::kBadUtf8)], is_valid ? 0U : 1U)
        << line;
    EXPECT_EQ(counters.events, is_valid ? 2U : 1U) << line;
  }
  EXPECT_EQ(num_valid, 77U);
  EXPECT_EQ(num_invalid, 145U);
}

}  // namespace
}  // namespace nepho::tests
