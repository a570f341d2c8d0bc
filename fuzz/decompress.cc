// Any bytes unpack, in one call or as a stream, to the same bytes and the same error; and what was
// packed here unpacks to itself.
#include <libdeflate.h>

#include <string>
#include <string_view>

#include "base/check.h"
#include "base/compression.h"

namespace {

using nepho::ByteSource;

// Hides the size, so that nothing is held whole.
class Pipe : public ByteSource {
 public:
  Pipe(std::string_view bytes, std::size_t chunk) : inner_(nepho::memory_source(bytes, chunk)) {}
  nepho::Result<std::size_t> read(char* out, std::size_t capacity) override {
    return inner_->read(out, capacity);
  }
  std::uint64_t bytes_taken() const override { return inner_->bytes_taken(); }

 private:
  std::unique_ptr<ByteSource> inner_;
};

constexpr std::size_t kMost = std::size_t{8} << 20U;

struct Outcome {
  std::string text;
  std::string error;
};

Outcome drain(std::unique_ptr<ByteSource> packed, std::size_t step) {
  nepho::PackedBuffer buffer;
  auto source = nepho::unpack(std::move(packed), "fuzz", buffer);
  Outcome outcome;
  if (!source) return outcome;
  std::string chunk(step, '\0');
  while (outcome.text.size() < kMost) {
    const auto got = (*source)->read(chunk.data(), chunk.size());
    if (!got) outcome.error = got.error().code.name();
    if (!got || *got == 0) break;
    outcome.text.append(chunk, 0, *got);
  }
  return outcome;
}

std::string gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(1);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  const Outcome whole = drain(nepho::memory_source(bytes), 1U << 16U);
  const Outcome streamed = drain(std::make_unique<Pipe>(bytes, 1 + data[0]), 1U << 16U);
  if (whole.text.size() < kMost && streamed.text.size() < kMost) {
    // Before a fault, how much of the last block is given may differ.
    CHECK(whole.error == streamed.error);
    CHECK(whole.text.starts_with(streamed.text) || streamed.text.starts_with(whole.text));
    CHECK(!whole.error.empty() || whole.text == streamed.text);
  }

  const std::string packed = gzip(bytes) + gzip("tail");
  const Outcome back = drain(std::make_unique<Pipe>(packed, 1 + data[0]), 1000);
  CHECK(back.error.empty() && back.text == std::string(bytes) + "tail");
  return 0;
}
