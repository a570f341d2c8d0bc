// Records written as YAML, as people keep them in tests and tickets.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/byte_source.h"
#include "base/limits.h"

namespace nepho::stream {

// Whether a file that begins so may be YAML: its first line that is no comment is a document's
// start or a key. Where `head` is not the whole file, a line without its end tells nothing.
bool may_be_yaml(std::string_view head, bool is_whole);

// The documents of `yaml` as JSON, one a line and each on the line where it begins (or after it,
// where two would share one); the items of a document that is a list one by one. Nothing when it is
// no YAML or holds no mapping.
std::optional<std::string> json_lines_of_yaml(std::string_view yaml, const Limits& limits);

// A text that was made of `bytes_taken` bytes of a file.
class TextSource : public ByteSource {
 public:
  TextSource(std::string text, std::uint64_t bytes_taken);
  Result<std::size_t> read(char* out, std::size_t capacity) override;
  std::uint64_t bytes_taken() const override { return bytes_taken_; }

 private:
  std::string text_;
  std::uint64_t bytes_taken_;
  std::size_t given_ = 0;
};

}  // namespace nepho::stream
