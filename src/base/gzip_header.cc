#include "base/gzip_header.h"

#include <libdeflate.h>

#include "base/compression.h"

namespace nepho {
namespace {

using State = GzipHeader::State;

// FLG (RFC 1952 section 2.3.1). A reader must refuse the reserved bits (2.3.1.2).
enum Flag : unsigned char {
  kHeaderChecksum = 0x02,
  kExtra = 0x04,
  kName = 0x08,
  kComment = 0x10,
  kReserved = 0xE0,
};
constexpr std::size_t kFixedSize = 10;

unsigned byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<unsigned char>(bytes[at]);
}

unsigned short_at(std::string_view bytes, std::size_t at) {
  return byte_at(bytes, at) | byte_at(bytes, at + 1) << 8U;
}

// False where `bytes` end before what is passed over.
bool pass_extra(std::string_view bytes, std::size_t& at) {
  if (at + 2 > bytes.size()) return false;
  at += 2 + short_at(bytes, at);
  return at <= bytes.size();
}

bool pass_text(std::string_view bytes, std::size_t& at) {
  const std::size_t zero = bytes.find('\0', at);
  at = zero + 1;
  return zero != std::string_view::npos;
}

}  // namespace

GzipHeader read_gzip_header(std::string_view bytes) {
  constexpr std::size_t kMagicSize = 3;
  if (bytes.size() >= kMagicSize && sniff_compression(bytes) != Compression::kGzip)
    return {State::kCorrupt, 0};
  if (bytes.size() < kFixedSize) return {State::kCutOff, 0};
  const unsigned flags = byte_at(bytes, kMagicSize);
  if ((flags & kReserved) != 0) return {State::kCorrupt, 0};
  std::size_t at = kFixedSize;
  if ((flags & kExtra) != 0 && !pass_extra(bytes, at)) return {State::kCutOff, 0};
  if ((flags & kName) != 0 && !pass_text(bytes, at)) return {State::kCutOff, 0};
  if ((flags & kComment) != 0 && !pass_text(bytes, at)) return {State::kCutOff, 0};
  if ((flags & kHeaderChecksum) == 0) return {State::kWhole, at};
  if (at + 2 > bytes.size()) return {State::kCutOff, 0};
  // The two least significant bytes of the CRC-32 of what stands before.
  const bool is_right = (libdeflate_crc32(0, bytes.data(), at) & 0xFFFFU) == short_at(bytes, at);
  return is_right ? GzipHeader{State::kWhole, at + 2} : GzipHeader{State::kCorrupt, 0};
}

}  // namespace nepho
