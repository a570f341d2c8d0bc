// Zstandard (RFC 8878): one or more frames, one after another, skippable ones passed over.
#include <zstd.h>

#include <algorithm>
#include <utility>

#include "base/packed_input.h"

namespace nepho {
namespace {

struct FreeContext {
  void operator()(ZSTD_DCtx* context) const { ZSTD_freeDCtx(context); }
};

// RFC 8878 section 3.1.1.1: the least a frame header has, with its magic number.
constexpr std::size_t kFirstWanted = 5;

class ZstdSource : public ByteSource {
 public:
  ZstdSource(PackedInput input, std::string name, const Limits& limits)
      : input_(std::move(input)),
        name_(std::move(name)),
        limits_(limits),
        context_(ZSTD_createDCtx()) {}

  Result<std::size_t> read(char* out, std::size_t capacity) override {
    ZSTD_outBuffer to{out, capacity, 0};
    while (to.pos == 0 && !fault_) {
      const bool has_input = input_.fill(1);
      if (!has_input && at_frame_end_) {
        if (input_.error()) fault_ = input_.error();
        break;
      }
      // Given no more than it asks for, zstd works block by block; given a whole frame, it gives
      // nothing of it when its end is corrupt.
      const std::string_view packed = input_.bytes().substr(0, wanted_);
      ZSTD_inBuffer from{packed.data(), packed.size(), 0};
      const std::size_t outcome = ZSTD_decompressStream(context_.get(), &to, &from);
      input_.drop(from.pos);
      if (ZSTD_isError(outcome) != 0) {
        refuse(kCorruptArchive,
               std::string("the zstd data is corrupt: ") + ZSTD_getErrorName(outcome));
        break;
      }
      at_frame_end_ = outcome == 0;
      wanted_ = at_frame_end_ ? kFirstWanted : outcome;
      if (!has_input && to.pos == 0 && !at_frame_end_) refuse_end();
    }
    made_ += to.pos;
    if (inflates_too_far(input_.packed(), made_, limits_)) {
      refuse(kInflatesTooFar, "unpacks to more than the limit of times its size");
    }
    if (to.pos == 0 && fault_) return std::unexpected(*fault_);
    return to.pos;
  }

  std::uint64_t bytes_taken() const override { return input_.source().bytes_taken(); }

 private:
  void refuse(ErrorCode code, std::string message) {
    if (!fault_) {
      fault_ = Error(code, std::move(message), Place{.file = name_, .offset = input_.offset()});
    }
  }

  void refuse_end() {
    if (input_.error()) {
      fault_ = input_.error();
    } else {
      refuse(kTruncatedArchive, "the zstd data ends in the middle");
    }
  }

  PackedInput input_;
  std::string name_;
  Limits limits_;
  std::unique_ptr<ZSTD_DCtx, FreeContext> context_;
  std::size_t wanted_ = kFirstWanted;
  std::uint64_t made_ = 0;
  bool at_frame_end_ = true;
  std::optional<Error> fault_;
};

}  // namespace

std::unique_ptr<ByteSource> make_zstd_source(PackedInput input, std::string name,
                                             const Limits& limits) {
  return std::make_unique<ZstdSource>(std::move(input), std::move(name), limits);
}

}  // namespace nepho
