// How fast files become blocks: uncompressed bytes a second on one core, by block size in KiB.
//   build/bench/bench/bench_reader
#include "stream/reader.h"

#include <benchmark/benchmark.h>
#include <libdeflate.h>

#include <string>
#include <vector>

namespace {

using nepho::memory_source;
using nepho::stream::Block;
using nepho::stream::RecordReader;

constexpr std::size_t kBytes = std::size_t{64} << 20U;

std::string record(std::size_t i) {
  return fmt::format(
      R"({{"eventVersion":"1.08","userIdentity":{{"type":"AssumedRole","principalId":"AROA{0}:s",)"
      R"("arn":"arn:aws:sts::111122223333:assumed-role/app/s{0}","accountId":"111122223333",)"
      R"("sessionContext":{{"sessionIssuer":{{"type":"Role","userName":"app"}},"attributes":)"
      R"({{"creationDate":"2026-01-01T00:00:00Z","mfaAuthenticated":"false"}}}}}},)"
      R"("eventTime":"2026-01-01T00:00:{1:02}Z","eventSource":"s3.amazonaws.com","eventName":)"
      R"("GetObject","awsRegion":"eu-central-1","sourceIPAddress":"192.0.2.{1}","userAgent":)"
      R"("aws-sdk-go/1.44 go1.20 linux amd64","requestParameters":{{"bucketName":"b{1}",)"
      R"("key":"data/{0}/part-{1}.parquet"}},"responseElements":null,"requestID":"R{0}",)"
      R"("eventID":"{0:08x}-1111-2222-3333-444455556666","readOnly":true,"eventType":"AwsApiCall",)"
      R"("managementEvent":false,"recipientAccountId":"111122223333","eventCategory":"Data"}})",
      i * 2654435761U, i % 60);
}

std::string made(std::string_view head, std::string_view between, std::string_view tail) {
  std::string text(head);
  for (std::size_t i = 0; text.size() < kBytes; ++i) {
    if (i != 0) text += between;
    text += record(i);
  }
  return text.append(tail);
}

std::string gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

void read_all(benchmark::State& state, const std::vector<std::string>& files) {
  RecordReader reader(
      {.block_bytes = static_cast<std::size_t>(state.range(0)) << 10U, .limits = {}});
  Block block;
  std::size_t bytes = 0;
  for (auto _ : state) {
    for (const auto& file : files) {
      if (!reader.open(memory_source(file), "bench", 0)) state.SkipWithError("cannot open");
      while (reader.next(block).value_or(false)) {
        benchmark::DoNotOptimize(block.bytes().data());
        bytes += block.bytes().size();
      }
    }
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
}

void lines(benchmark::State& state) {
  static const std::vector<std::string> files{made("", "\n", "\n")};
  read_all(state, files);
}

void records(benchmark::State& state) {
  static const std::vector<std::string> files{made("{\"Records\":[", ",", "]}")};
  read_all(state, files);
}

// Deliveries of 3 MB packed, as CloudTrail writes them.
void records_gzip(benchmark::State& state) {
  static const std::vector<std::string> files = [] {
    const std::string whole = made("{\"Records\":[", ",", "]}").substr(0, std::size_t{20} << 20U);
    const std::string text = whole.substr(0, whole.rfind("},{\"eventVersion") + 1) + "]}";
    return std::vector<std::string>(3, gzip(text));
  }();
  read_all(state, files);
}

BENCHMARK(lines)->Arg(256)->Arg(512)->Arg(1024)->Arg(2048);
BENCHMARK(records)->Arg(256)->Arg(512)->Arg(1024)->Arg(2048);
BENCHMARK(records_gzip)->Arg(256)->Arg(512)->Arg(1024)->Arg(2048);

}  // namespace
