#include "event/packed_payload.h"

#include <algorithm>

#include "base/byte_source.h"
#include "base/compression.h"
#include "text/base64.h"

namespace nepho::event {
namespace {

// How base64 of gzip begins: its magic number with deflate as its method (RFC 1952).
constexpr std::string_view kGzip = "H4sI";
// A shorter text is a name or a token; no line of a log is so short.
constexpr std::size_t kLeastText = 40;

// Whether `bytes` are JSON or lines of a log: those have blanks or tabs, and no control characters.
bool is_text(std::string_view bytes) {
  const auto is_control = [](char c) {
    return (c >= '\0' && c < ' ' && c != '\t' && c != '\n' && c != '\r') || c == '\x7f';
  };
  const bool is_json = bytes.starts_with('{') || bytes.starts_with('[');
  return std::ranges::none_of(bytes, is_control) &&
         (is_json || bytes.find_first_of(" \t") != std::string_view::npos);
}

// By its length and its beginning: most texts are sentences, and told here at once.
bool may_be_packed_text(std::string_view text) {
  const auto is_digit = [](char c) {
    return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' ||
           c == '/';
  };
  return text.size() >= kLeastText && std::ranges::all_of(text.substr(0, kLeastText / 2), is_digit);
}

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
  const bool is_object = text.starts_with("ey") || text.starts_with("ew");  // '{'
  return text.starts_with(kGzip) || is_object || may_be_packed_text(text);
}

std::optional<std::string> unpacked_payload(std::string_view text, const Limits& limits) {
  if (text.size() > limits.max_record_bytes) return std::nullopt;
  const bool is_gzip = text.starts_with(kGzip);
  if (!may_be_packed(text)) return std::nullopt;
  const auto bytes = text::from_base64(text);
  if (!bytes) return std::nullopt;
  if (is_gzip) return unzipped(*bytes, limits);
  return is_text(*bytes) ? bytes : std::nullopt;
}

}  // namespace nepho::event
