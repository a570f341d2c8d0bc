// gzip (RFC 1952): one or more members, one after another.
//
// ISA-L inflates any piece, and gives what it could inflate before a fault. Asked for a block at a
// time, it writes where the block is read next, while it is still in the core's cache. libdeflate,
// which only inflates a member whole, is as fast in itself, but what it wrote had to be fetched
// from memory again: 4 % of a run over 300 MB of log.
//
// Headers are read here: ISA-L refuses one with a checksum of its own that comes in pieces.
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/gzip_header.h"
#include "base/packed_input.h"

namespace nepho {
namespace {

// RFC 1952 section 2.3: ten bytes of header and eight of trailer are the least a member has.
constexpr std::size_t kMinMember = 18;
// Far above any name and comment; an extra field alone has at most 64 KiB.
constexpr std::size_t kMostHeader = std::size_t{1} << 20U;

class GzipSource : public ByteSource {
 public:
  GzipSource(PackedInput input, std::string name, const Limits& limits)
      : input_(std::move(input)),
        name_(std::move(name)),
        limits_(limits),
        stream_(std::make_unique<inflate_state>()) {}

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    while (!fault_) {
      if (!in_member_ && !begin_member()) break;
      const std::size_t got = inflate(out, capacity);
      count(got);
      if (got != 0) return got;
    }
    if (fault_) return std::unexpected(*fault_);
    return std::size_t{0};
  }

  std::uint64_t bytes_taken() const override { return input_.source().bytes_taken(); }

 private:
  void refuse(ErrorCode code, std::string message) {
    if (!fault_) {
      fault_ = Error(code, std::move(message), Place{.file = name_, .offset = input_.offset()});
    }
  }

  void count(std::size_t made) {
    made_ += made;
    if (inflates_too_far(input_.packed(), made_, limits_)) {
      refuse(kInflatesTooFar, "unpacks to more than the limit of times its size");
    }
  }

  void refuse_end() {
    if (input_.error()) {
      fault_ = input_.error();
    } else {
      refuse(kTruncatedArchive, "the gzip data ends in the middle");
    }
  }

  // False at the end of the file.
  bool begin_member() {
    if (!input_.fill(kMinMember) && input_.bytes().empty()) {
      if (input_.error()) fault_ = input_.error();
      return false;
    }
    if (sniff_compression(input_.bytes()) != Compression::kGzip) {
      if (!rest_is_zero()) refuse(kCorruptArchive, "other bytes follow the gzip data");
      return false;
    }
    if (!pass_header()) return false;
    // All of it: corrupt data may refer to what lies before the member's first byte, and must find
    // neither the member before nor somebody's memory there.
    *stream_ = {};
    isal_inflate_init(stream_.get());
    stream_->crc_flag = ISAL_GZIP_NO_HDR_VER;
    in_member_ = true;
    return true;
  }

  // To the deflated data.
  bool pass_header() {
    GzipHeader header = read_gzip_header(input_.bytes());
    while (header.state == GzipHeader::State::kCutOff) {
      const std::size_t known = input_.bytes().size();
      if (known > kMostHeader) {
        refuse(kCorruptArchive, "the gzip header has no end");
        return false;
      }
      if (!input_.fill(2 * known) && input_.bytes().size() == known) {
        refuse_end();
        return false;
      }
      header = read_gzip_header(input_.bytes());
    }
    if (header.state == GzipHeader::State::kCorrupt)
      refuse(kCorruptArchive, "the gzip header is corrupt");
    input_.drop(header.size);
    return header.state == GzipHeader::State::kWhole;
  }

  bool rest_is_zero() {
    do {
      if (input_.bytes().find_first_not_of('\0') != std::string_view::npos) return false;
      input_.drop(input_.bytes().size());
    } while (input_.fill(1));
    return true;
  }

  // Some bytes of the current member; 0 when it has ended or failed.
  std::size_t inflate(char* out, std::size_t capacity) {
    // ISA-L counts in 32 bits.
    const auto room = static_cast<std::uint32_t>(std::min(capacity, std::size_t{1} << 30U));
    stream_->next_out = reinterpret_cast<std::uint8_t*>(out);
    stream_->avail_out = room;
    while (stream_->avail_out == room && in_member_ && !fault_) {
      const bool has_input = input_.fill(1);
      const std::string_view packed = input_.bytes().substr(0, std::size_t{1} << 30U);
      stream_->next_in = reinterpret_cast<std::uint8_t*>(const_cast<char*>(packed.data()));
      stream_->avail_in = static_cast<std::uint32_t>(packed.size());
      const int outcome = isal_inflate(stream_.get());
      input_.drop(packed.size() - stream_->avail_in);
      in_member_ = stream_->block_state != ISAL_BLOCK_FINISH;
      if (outcome < 0) {
        refuse(kCorruptArchive, outcome == ISAL_INCORRECT_CHECKSUM ? "the gzip checksum is wrong"
                                                                   : "the gzip data is corrupt");
      } else if (in_member_ && !has_input && stream_->avail_out == room) {
        refuse_end();
      }
    }
    return room - stream_->avail_out;
  }

  PackedInput input_;
  std::string name_;
  Limits limits_;
  std::unique_ptr<inflate_state> stream_;
  std::uint64_t made_ = 0;  // unpacked so far
  bool in_member_ = false;  // stream_ is in the middle of a member
  std::optional<Error> fault_;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(PackedInput input, std::string name,
                                             const Limits& limits) {
  return std::make_unique<GzipSource>(std::move(input), std::move(name), limits);
}

std::string gzip(std::string_view bytes) {
  constexpr int kLevel = 6;  // libdeflate's default: 1 to 12
  const std::unique_ptr<libdeflate_compressor, void (*)(libdeflate_compressor*)> compressor(
      libdeflate_alloc_compressor(kLevel), libdeflate_free_compressor);
  CHECK(compressor != nullptr);
  std::string packed(libdeflate_gzip_compress_bound(compressor.get(), bytes.size()), ' ');
  packed.resize(libdeflate_gzip_compress(compressor.get(), bytes.data(), bytes.size(),
                                         packed.data(), packed.size()));
  return packed;
}

}  // namespace nepho
