#include "base/gzip_header.h"

#include <gtest/gtest.h>
#include <libdeflate.h>

#include <string>

#include "base/compression.h"

namespace nepho {
namespace {

using State = GzipHeader::State;

// A header with the parts that these flags name.
std::string header_of(unsigned char flags) {
  std::string header{"\x1F\x8B\x08"};
  header += static_cast<char>(flags);
  header += std::string("\0\0\0\0\x04\xFF", 6);
  if ((flags & 0x04U) != 0) header += std::string("\x05\0extra", 7);
  if ((flags & 0x08U) != 0) header += std::string("trail.json\0", 11);
  if ((flags & 0x10U) != 0) header += std::string("rotated at night\0", 17);
  if ((flags & 0x02U) != 0) {
    const auto sum = libdeflate_crc32(0, header.data(), header.size());
    header += {static_cast<char>(sum), static_cast<char>(sum >> 8U)};
  }
  return header;
}

constexpr unsigned char kAllParts = 0x1F;

TEST(GzipHeader, IsWholeWithItsLastByteAndNotBefore) {
  for (unsigned char flags = 0; flags <= kAllParts; ++flags) {
    const std::string header = header_of(flags);
    for (std::size_t size = 0; size < header.size(); ++size) {
      EXPECT_EQ(read_gzip_header(header.substr(0, size)).state, State::kCutOff) << size;
    }
    const GzipHeader read = read_gzip_header(header + "data");
    EXPECT_EQ(read.state, State::kWhole) << int{flags};
    EXPECT_EQ(read.size, header.size()) << int{flags};
  }
}

TEST(GzipHeader, IsCorruptWithAWrongChecksumAReservedFlagOrAnotherMethod) {
  std::string wrong_sum = header_of(kAllParts);
  wrong_sum.back() = static_cast<char>(~wrong_sum.back());
  EXPECT_EQ(read_gzip_header(wrong_sum).state, State::kCorrupt);
  for (const unsigned reserved : {0x20U, 0x40U, 0x80U}) {
    EXPECT_EQ(read_gzip_header(header_of(static_cast<unsigned char>(reserved))).state,
              State::kCorrupt)
        << reserved;
  }
  EXPECT_EQ(read_gzip_header("\x1F\x8B\x07 and more bytes").state, State::kCorrupt);
}

TEST(GzipHeader, MayHoldAnExtraFieldOfSixteenBitsLength) {
  std::string header("\x1F\x8B\x08\x04\0\0\0\0\x04\xFF\x34\x12", 12);
  header.append(0x1234, 'e');
  EXPECT_EQ(read_gzip_header(header).size, header.size());
  header.pop_back();
  EXPECT_EQ(read_gzip_header(header).state, State::kCutOff);
}

// A file that ended in silence would be taken for read.
TEST(GzipHeader, IsAnErrorOfTheFileWhenItIsCorrupt) {
  PackedBuffer buffer;
  auto source = unpack(memory_source(header_of(0x40) + "data", 1U << 16U), "trail.gz", buffer);
  ASSERT_TRUE(source);
  char piece[64];
  const auto got = (*source)->read(piece, sizeof(piece));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code.name(), kCorruptArchive.name());
}

TEST(GzipHeader, IsReadInPiecesOfAnySize) {
  const std::string text = "{\"eventName\":\"ListBuckets\"}\n";
  constexpr std::size_t kPlainHeader = 10;
  const std::string body = gzip(text).substr(kPlainHeader);
  for (unsigned char flags = 0; flags <= kAllParts; ++flags) {
    const std::string members = header_of(flags) + body + header_of(flags) + body;
    for (std::size_t chunk = 1; chunk < members.size(); ++chunk) {
      PackedBuffer buffer;
      auto source = unpack(memory_source(members, chunk), "trail.gz", buffer);
      ASSERT_TRUE(source);
      std::string unpacked;
      char piece[64];
      for (auto got = (*source)->read(piece, sizeof(piece)); got.value_or(0) != 0;
           got = (*source)->read(piece, sizeof(piece))) {
        unpacked.append(piece, *got);
      }
      ASSERT_EQ(unpacked, text + text) << int{flags} << " in pieces of " << chunk;
    }
  }
}

TEST(GzipHeader, IsRefusedWithoutAnEnd) {
  std::string endless("\x1F\x8B\x08\x08\0\0\0\0\0\0", 10);
  endless.append(std::size_t{3} << 20U, 'n');
  PackedBuffer buffer;
  auto source = unpack(memory_source(endless, 1U << 16U), "trail.gz", buffer);
  ASSERT_TRUE(source);
  char piece[64];
  const auto got = (*source)->read(piece, sizeof(piece));
  ASSERT_FALSE(got);
  EXPECT_EQ(got.error().code.name(), kCorruptArchive.name());
}

}  // namespace
}  // namespace nepho
