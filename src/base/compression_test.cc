#include "base/compression.h"

#include <gtest/gtest.h>
#include <libdeflate.h>
#include <zstd.h>

#include <random>

namespace nepho {
namespace {

std::string gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

std::string zstd(std::string_view text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// Text that packs like logs do.
std::string log_text(std::size_t size) {
  std::mt19937 random(7);
  std::string text;
  while (text.size() < size) {
    text += R"({"eventName":"Get)" + std::to_string(random() % 1000) + "\",\"eventID\":\"" +
            std::to_string(random()) + "\"}\n";
  }
  text.resize(size);
  return text;
}

// Gives a few bytes at a time and hides the size.
class Pipe : public ByteSource {
 public:
  Pipe(std::string_view bytes, std::size_t chunk) : inner_(memory_source(bytes, chunk)) {}
  Result<std::size_t> read(char* out, std::size_t capacity) override {
    return inner_->read(out, capacity);
  }
  std::uint64_t bytes_taken() const override { return inner_->bytes_taken(); }

 private:
  std::unique_ptr<ByteSource> inner_;
};

struct Outcome {
  std::string text;
  std::string error;  // its code
};

Outcome drain(std::unique_ptr<ByteSource> packed, std::size_t step = 100'000,
              const Limits& limits = kDefaultLimits) {
  Outcome outcome;
  PackedBuffer buffer;
  auto source = unpack(std::move(packed), "x.gz", buffer, limits);
  if (!source) return {"", std::string(source.error().code.name())};
  std::string chunk(step, '\0');
  while (true) {
    const auto got = (*source)->read(chunk.data(), chunk.size());
    if (!got) {
      outcome.error = got.error().code.name();
      EXPECT_EQ(got.error().place.file, "x.gz");
      return outcome;
    }
    if (*got == 0) return outcome;
    outcome.text.append(chunk, 0, *got);
  }
}

Outcome whole(std::string_view packed) { return drain(memory_source(packed)); }
Outcome streamed(std::string_view packed, std::size_t chunk = 1000) {
  return drain(std::make_unique<Pipe>(packed, chunk));
}

TEST(Compression, IsKnownByItsFirstBytes) {
  EXPECT_EQ(sniff_compression(gzip("x")), Compression::kGzip);
  EXPECT_EQ(sniff_compression(zstd("x")), Compression::kZstd);
  EXPECT_EQ(sniff_compression("{\"a\":1}"), Compression::kNone);
  EXPECT_EQ(sniff_compression("\x1F\x8B"), Compression::kNone);
  EXPECT_EQ(sniff_compression(""), Compression::kNone);
}

TEST(Compression, GivesPlainBytesAsTheyAre) {
  const std::string text = log_text(600'000);
  EXPECT_EQ(whole(text).text, text);
  EXPECT_EQ(streamed(text, 1).text, text);
  EXPECT_EQ(whole("").text, "");
}

TEST(Compression, UnpacksWhatWasPackedFromAFileAndFromAPipe) {
  for (const std::size_t size : {0U, 1U, 70'000U, 5'000'000U}) {
    const std::string text = log_text(size);
    EXPECT_EQ(whole(gzip(text)).text, text) << size;
    EXPECT_EQ(streamed(gzip(text)).text, text) << size;
    EXPECT_EQ(streamed(zstd(text)).text, text) << size;
  }
}

TEST(Compression, ReadsAnyNumberOfMembersAsOneFile) {
  const std::string a = log_text(50'000);
  const std::string packed = gzip(a) + gzip("") + gzip("tail") + gzip(log_text(6'000'000));
  const std::string text = a + "tail" + log_text(6'000'000);
  EXPECT_EQ(whole(packed).text, text);
  EXPECT_EQ(streamed(packed, 7).text, text);
  EXPECT_EQ(whole(zstd(a) + zstd("tail")).text, a + "tail");
}

TEST(Compression, TakesZerosBehindTheLastMemberForPadding) {
  EXPECT_EQ(whole(gzip("a") + std::string(5000, '\0')).error, "");
  EXPECT_EQ(streamed(gzip("a") + std::string(5000, '\0')).text, "a");
}

TEST(Compression, RefusesOtherBytesBehindTheLastMember) {
  const Outcome outcome = whole(gzip("a") + "rest of something else");
  EXPECT_EQ(outcome.text, "a");
  EXPECT_EQ(outcome.error, "base.corrupt_archive");
}

TEST(Compression, GivesWhatCameBeforeATruncation) {
  const std::string text = log_text(400'000);
  for (std::string packed : {gzip(text), zstd(text)}) {
    packed.resize(packed.size() / 2);
    for (const Outcome& outcome : {whole(packed), streamed(packed)}) {
      EXPECT_EQ(outcome.error, "base.truncated_archive");
      EXPECT_GT(outcome.text.size(), text.size() / 4);
      EXPECT_TRUE(text.starts_with(outcome.text));
    }
  }
}

TEST(Compression, SaysTruncatedWhereverTheEndIs) {
  const std::string packed = gzip("some text of one member");
  for (std::size_t size = 3; size < packed.size(); ++size) {
    EXPECT_EQ(whole(packed.substr(0, size)).error, "base.truncated_archive") << size;
    EXPECT_EQ(streamed(packed.substr(0, size), 3).error, "base.truncated_archive") << size;
  }
}

TEST(Compression, GivesTheZstdBlocksBeforeACorruptOne) {
  const std::string text = log_text(1'000'000);
  std::string packed = zstd(text);
  packed.replace(packed.size() - 100, 50, 50, '\xFF');
  for (const Outcome& outcome : {whole(packed), streamed(packed)}) {
    EXPECT_EQ(outcome.error, "base.corrupt_archive");
    EXPECT_GT(outcome.text.size(), text.size() / 2);
    EXPECT_TRUE(text.starts_with(outcome.text));
  }
}

TEST(Compression, NoticesAWrongChecksum) {
  std::string packed = gzip(log_text(1000));
  packed[packed.size() - 6] = static_cast<char>(packed[packed.size() - 6] + 1);
  EXPECT_EQ(whole(packed).error, "base.corrupt_archive");
  EXPECT_EQ(streamed(packed).error, "base.corrupt_archive");
}

TEST(Compression, RefusesABomb) {
  Limits limits;
  limits.max_inflate_ratio = 100;
  limits.inflate_free_bytes = 1U << 20U;
  const std::string zeros(std::size_t{8} << 20U, '0');
  for (const std::string& packed : {gzip(zeros), zstd(zeros)}) {
    const Outcome outcome = drain(std::make_unique<Pipe>(packed, 4096), 1U << 20U, limits);
    EXPECT_EQ(outcome.error, "base.inflates_too_far");
    EXPECT_LT(outcome.text.size(), zeros.size());
  }
  EXPECT_EQ(drain(memory_source(gzip(zeros)), 1U << 20U, limits).error, "base.inflates_too_far");
}

}  // namespace
}  // namespace nepho
