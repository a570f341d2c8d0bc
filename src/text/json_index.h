// Where the structure of a JSON text lies: the first stage of every JSON reader here.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "base/result.h"

namespace nepho::text {

// Readable bytes that must follow a text given to JsonIndexer (their values do not matter).
inline constexpr std::size_t kJsonPadding = 64;

// Why a text has no index; each is an error of the whole text, not of one record in it.
inline constexpr ErrorCode kJsonBadUtf8{"json.bad_utf8"};
inline constexpr ErrorCode kJsonOpenString{"json.open_string"};
inline constexpr ErrorCode kJsonControlInString{"json.control_in_string"};
inline constexpr ErrorCode kJsonTooLong{"json.too_long"};

// Finds the positions of every '{' '}' '[' ']' ':' ',' outside strings, of the opening quote of
// every string, and of the first byte of every other run of characters, in order. It checks UTF-8,
// that strings end, and that they hold no control characters; nothing else: the grammar is the
// reader's.
//
// The text may hold any number of records. Not thread-safe: one owner. Memory: 4 bytes for each
// byte of the longest text seen. Cost: about 0.1 ns a byte (simdjson's stage 1, best kernel at run
// time).
class JsonIndexer {
 public:
  JsonIndexer();
  JsonIndexer(JsonIndexer&&) noexcept;
  JsonIndexer& operator=(JsonIndexer&&) noexcept;
  ~JsonIndexer();

  // The positions in `text`, which must be followed by kJsonPadding readable bytes and be shorter
  // than 4 GiB. Valid until the next call. Empty for a text of white space. Two more positions with
  // the value text.size() may be read behind the last, so that a reader can look ahead.
  Result<std::span<const std::uint32_t>> index(std::string_view text);

  // Of the last text's index the part for [begin, end), as index() would give it for those bytes
  // alone; they must be whole values with what lies between them. Replaces the index. Cost: nothing
  // where `begin` is 0, else a pass over the positions.
  std::span<const std::uint32_t> narrow(std::size_t begin, std::size_t end);

 private:
  struct Stage;
  std::unique_ptr<Stage> stage_;
};

}  // namespace nepho::text
