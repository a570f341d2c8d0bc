// gzip (RFC 1952): one or more members, one after another.
//
// A small file is held whole and each member inflated in one call by libdeflate, into memory kept
// from file to file. Whatever that cannot do (a large file, a large member, bad data) is left to
// ISA-L, which works on any piece and gives what it could inflate before a fault.
#include <isa-l/igzip_lib.h>
#include <libdeflate.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "base/check.h"
#include "base/packed_input.h"

namespace nepho {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* d) const { libdeflate_free_decompressor(d); }
};

// RFC 1952 section 2.3: ten bytes of header and eight of trailer are the least a member has.
constexpr std::size_t kMinMember = 18;
// Deflate makes at most 1032 bytes of one ("Maximum Compression Factor", zlib's technical details).
constexpr std::size_t kMaxDeflateRatio = 1032;
constexpr std::size_t kFirstCapacity = std::size_t{4} << 20U;

class GzipSource : public ByteSource {
 public:
  GzipSource(PackedInput input, std::string name, UnpackBuffers::Buffer& unpacked,
             const Limits& limits)
      : input_(std::move(input)), name_(std::move(name)), unpacked_(unpacked), limits_(limits) {
    const std::uint64_t size = input_.source().size_hint();
    may_be_whole_ = size != 0 && size <= kMaxWholePacked &&
                    (input_.fill(static_cast<std::size_t>(size) + 1), input_.at_end()) &&
                    !input_.error();
  }

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    while (!fault_) {
      if (!ready_.empty()) return take_ready(out, capacity);
      if (!in_member_ && !begin_member()) break;
      if (may_be_whole_ && !in_member_) continue;
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
    if (inflates_too_far(input_.offset(), made_, limits_)) {
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

  std::size_t take_ready(char* out, std::size_t capacity) {
    const std::size_t count = std::min(capacity, ready_.size());
    std::memcpy(out, ready_.data(), count);
    ready_.remove_prefix(count);
    return count;
  }

  // Makes the next member ready, whole or as a stream. False at the end of the file.
  bool begin_member() {
    if (!input_.fill(kMinMember) && input_.bytes().empty()) {
      if (input_.error()) fault_ = input_.error();
      return false;
    }
    if (sniff_compression(input_.bytes()) != Compression::kGzip) {
      if (!rest_is_zero()) refuse(kCorruptArchive, "other bytes follow the gzip data");
      return false;
    }
    if (may_be_whole_ && inflate_whole()) return true;
    may_be_whole_ = false;
    if (!stream_) stream_ = std::make_unique<inflate_state>();
    isal_inflate_init(stream_.get());
    stream_->crc_flag = ISAL_GZIP;
    in_member_ = true;
    return true;
  }

  bool rest_is_zero() {
    do {
      if (input_.bytes().find_first_not_of('\0') != std::string_view::npos) return false;
      input_.drop(input_.bytes().size());
    } while (input_.fill(1));
    return true;
  }

  // The next member in one call. False leaves everything as it was.
  bool inflate_whole() {
    const std::string_view packed = input_.bytes();
    if (packed.size() < kMinMember) return false;
    if (!decompressor_) decompressor_.reset(libdeflate_alloc_decompressor());
    // The last four bytes tell the size of the last member, mostly the only one.
    std::uint32_t told = 0;
    std::memcpy(&told, packed.data() + packed.size() - sizeof told, sizeof told);
    const std::size_t most = std::min(kMaxWholeUnpacked, packed.size() * kMaxDeflateRatio);
    std::size_t capacity = std::max<std::size_t>(told <= most ? told : 0, kFirstCapacity);
    while (true) {
      unpacked_.reserve(capacity);
      std::size_t used = 0;
      std::size_t made = 0;
      const auto outcome =
          libdeflate_gzip_decompress_ex(decompressor_.get(), packed.data(), packed.size(),
                                        unpacked_.bytes.get(), unpacked_.capacity, &used, &made);
      if (outcome == LIBDEFLATE_SUCCESS) {
        input_.drop(used);
        count(made);
        ready_ = {unpacked_.bytes.get(), made};
        return true;
      }
      if (outcome != LIBDEFLATE_INSUFFICIENT_SPACE || capacity >= most) return false;
      capacity = std::min(2 * std::max(capacity, unpacked_.capacity), kMaxWholeUnpacked);
    }
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
  UnpackBuffers::Buffer& unpacked_;
  Limits limits_;
  std::unique_ptr<libdeflate_decompressor, FreeDecompressor> decompressor_;
  std::unique_ptr<inflate_state> stream_;
  std::string_view ready_;     // unpacked, not given yet; in unpacked_
  std::uint64_t made_ = 0;     // unpacked so far
  bool may_be_whole_ = false;  // the whole file is in input_
  bool in_member_ = false;     // stream_ is in the middle of a member
  std::optional<Error> fault_;
};

}  // namespace

std::unique_ptr<ByteSource> make_gzip_source(PackedInput input, std::string name,
                                             UnpackBuffers::Buffer& unpacked,
                                             const Limits& limits) {
  return std::make_unique<GzipSource>(std::move(input), std::move(name), unpacked, limits);
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
