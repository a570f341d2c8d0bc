#include "attack/bundle_file.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "base/compression.h"
#include "base/files.h"

namespace nepho::attack {
namespace {

// "hail" as `gzip -n` and `zstd` pack it.
constexpr std::string_view kGzip(
    "\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03\xcb\x48\xcc\xcc\x01\x00\x7a\x5c\xf8\x66\x04\x00\x00"
    "\x00",
    24);

class BundleFile : public ::testing::Test {
 protected:
  std::string write(std::string_view content) const {
    EXPECT_TRUE(write_file(path_, content));
    return path_.string();
  }
  void TearDown() override { std::filesystem::remove(path_); }

  std::filesystem::path path_ = std::filesystem::temp_directory_path() /
                                (std::string("nepho_bundle_") +
                                 ::testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(BundleFile, IsReadAsItIsWhenItIsNotPacked) {
  EXPECT_EQ(read_bundle_file(write("{}")).value(), "{}");
  EXPECT_EQ(read_bundle_file(write("")).value(), "");
}

TEST_F(BundleFile, IsUnpacked) { EXPECT_EQ(read_bundle_file(write(kGzip)).value(), "hail"); }

TEST_F(BundleFile, SaysThatItIsTruncated) {
  const auto result = read_bundle_file(write(kGzip.substr(0, 16)));
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().place.file, path_.string());
}

TEST_F(BundleFile, IsRefusedBeyondTheLimit) {
  Limits limits;
  limits.max_bundle_bytes = 3;
  const auto result = read_bundle_file(write("1234"), limits);
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().code, kTooLarge);
}

TEST(BundleFileMissing, IsAnErrorWithItsPath) {
  const auto result = read_bundle_file("/no/such/bundle");
  ASSERT_FALSE(result);
  EXPECT_EQ(result.error().place.file, "/no/such/bundle");
}

}  // namespace
}  // namespace nepho::attack
