#include "event/packed_payload.h"

#include "base/byte_source.h"
#include "base/compression.h"
#include "text/base64.h"

namespace nepho::event {
namespace {

// How base64 of these begins: gzip's magic number with deflate as its method (RFC 1952), and '{"'.
constexpr std::string_view kGzip = "H4sI";
constexpr std::string_view kObject = "eyJ";

std::optional<std::string> unzipped(std::string_view bytes, const Limits& limits) {
  PackedBuffer buffer;
  const auto source = unpack(memory_source(bytes), "payload", buffer, limits);
  if (!source) return std::nullopt;
  constexpr std::size_t kChunk = std::size_t{64} << 10U;
  std::string text;
  while (true) {
    const std::size_t size = text.size();
    text.resize(size + kChunk);
    const auto read = (*source)->read(text.data() + size, kChunk);
    if (!read) return std::nullopt;
    text.resize(size + *read);
    if (*read == 0) return text;
    if (text.size() > limits.max_record_bytes) return std::nullopt;
  }
}

}  // namespace

bool may_be_packed(std::string_view text) {
  return text.starts_with(kGzip) || text.starts_with(kObject);
}

std::optional<std::string> unpacked_payload(std::string_view text, const Limits& limits) {
  if (!may_be_packed(text) || text.size() > limits.max_record_bytes) return std::nullopt;
  const bool is_gzip = text.starts_with(kGzip);
  const auto bytes = text::from_base64(text);
  if (!bytes) return std::nullopt;
  return is_gzip ? unzipped(*bytes, limits) : bytes;
}

}  // namespace nepho::event
