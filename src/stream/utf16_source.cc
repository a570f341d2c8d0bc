#include "stream/utf16_source.h"

#include <algorithm>
#include <cstring>
#include <utility>

namespace nepho::stream {
namespace {

class Utf16Source : public ByteSource {
 public:
  Utf16Source(text::UtfForm form, std::string head, std::unique_ptr<ByteSource> source)
      : decoder_(form), source_(std::move(source)), packed_(std::move(head)) {
    decoder_.append(packed_, decoded_);
  }

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    while (given_ == decoded_.size()) {
      if (at_end_) return 0;
      decoded_.clear();
      given_ = 0;
      packed_.resize(kChunk);
      auto got = source_->read(packed_.data(), packed_.size());
      if (!got) return std::unexpected(std::move(got.error()));
      decoder_.append(std::string_view(packed_).substr(0, *got), decoded_);
      if (*got == 0) {
        at_end_ = true;
        decoder_.finish(decoded_);
      }
    }
    const std::size_t count = std::min(capacity, decoded_.size() - given_);
    std::memcpy(out, decoded_.data() + given_, count);
    given_ += count;
    return count;
  }

  std::uint64_t bytes_taken() const override { return source_->bytes_taken(); }

 private:
  static constexpr std::size_t kChunk = std::size_t{1} << 16U;

  text::Utf16Decoder decoder_;
  std::unique_ptr<ByteSource> source_;
  std::string packed_;
  std::string decoded_;
  std::size_t given_ = 0;  // of decoded_
  bool at_end_ = false;
};

}  // namespace

std::unique_ptr<ByteSource> make_utf16_source(text::UtfForm form, std::string head,
                                              std::unique_ptr<ByteSource> source) {
  return std::make_unique<Utf16Source>(form, std::move(head), std::move(source));
}

}  // namespace nepho::stream
