// Whether a file is packed is told by its first bytes and never by its name: exports are packed and
// called .json, or unpacked on the way and still called .gz.
#include "base/compression.h"

#include <cstring>
#include <utility>

#include "base/packed_input.h"

namespace nepho {
namespace {

// What was read to look at the first bytes, then the rest of the source.
class PlainSource : public ByteSource {
 public:
  explicit PlainSource(PackedInput input) : input_(std::move(input)) {}

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    const std::string_view head = input_.bytes().substr(0, capacity);
    if (!head.empty()) {
      std::memcpy(out, head.data(), head.size());
      input_.drop(head.size());
      return head.size();
    }
    if (input_.error()) return std::unexpected(*input_.error());
    return input_.source().read(out, capacity);
  }

  std::uint64_t bytes_taken() const override { return input_.source().bytes_taken(); }
  std::uint64_t size_hint() const override { return input_.source().size_hint(); }

 private:
  PackedInput input_;
};

}  // namespace

Compression sniff_compression(std::string_view head) {
  using namespace std::string_view_literals;
  if (head.starts_with("\x1F\x8B\x08"sv)) return Compression::kGzip;
  if (head.starts_with("\x28\xB5\x2F\xFD"sv)) return Compression::kZstd;
  const bool is_skippable = head.size() >= 4 &&
                            (static_cast<unsigned char>(head[0]) & 0xF0U) == 0x50 &&
                            head.substr(1, 3) == "\x2A\x4D\x18"sv;
  return is_skippable ? Compression::kZstd : Compression::kNone;
}

Result<std::unique_ptr<ByteSource>> unpack(std::unique_ptr<ByteSource> source,
                                           const std::string& name, PackedBuffer& buffer,
                                           const Limits& limits) {
  PackedInput input(std::move(source), buffer);
  if (!input.fill(kCompressionMagicBytes) && input.error() && input.bytes().empty()) {
    return std::unexpected(*input.error());
  }
  switch (sniff_compression(input.bytes())) {
    case Compression::kGzip: return make_gzip_source(std::move(input), name, limits);
    case Compression::kZstd: return make_zstd_source(std::move(input), name, limits);
    case Compression::kNone: break;
  }
  return std::make_unique<PlainSource>(std::move(input));
}

}  // namespace nepho
