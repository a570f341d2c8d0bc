// The first stage of every JSON reader: bytes indexed a second, over blocks of records of the size
// and shape of CloudTrail's.
#include "text/json_index.h"

#include <benchmark/benchmark.h>

#include <string>

#include "text/json.h"

namespace {

// One record a line, about 1 KB, until the text has `bytes`.
std::string records(std::size_t bytes) {
  std::string text;
  for (int i = 0; text.size() < bytes; ++i) {
    const std::string number = std::to_string(100'000 + i);
    text +=
        R"({"eventVersion":"1.11","userIdentity":{"type":"AssumedRole","principalId":"AROA)" +
        number + R"(:app","arn":"arn:aws:sts::111122223333:assumed-role/app/i-)" + number +
        R"(","accountId":"111122223333","accessKeyId":"ASIA)" + number +
        R"("},"eventTime":"2026-03-17T11:21:08Z","eventSource":"s3.amazonaws.com",)" +
        R"("eventName":"GetObject","awsRegion":"eu-central-1","sourceIPAddress":"10.0.0.1",)" +
        R"("requestParameters":{"bucketName":"data","key":"a/\"b\"/)" + number +
        R"("},"responseElements":null,"readOnly":true,"resources":[{"type":"AWS::S3::Object",)" +
        R"("ARN":"arn:aws:s3:::data/)" + number + R"("}],"padding":")" + std::string(400, 'x') +
        "\"}\n";
  }
  return text;
}

void index_block(benchmark::State& state) {
  std::string text = records(static_cast<std::size_t>(state.range(0)));
  const std::size_t size = text.size();
  text.append(nepho::text::kJsonPadding, ' ');
  nepho::text::JsonIndexer indexer;
  for (auto _ : state) {
    const auto positions = indexer.index(std::string_view(text).substr(0, size));
    benchmark::DoNotOptimize(positions->data());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(size) * state.iterations());
}
BENCHMARK(index_block)->Arg(1 << 10)->Arg(1 << 16)->Arg(1 << 20);

// The tree of one record, for comparison: what documents cost, and events must not.
void parse_record(benchmark::State& state) {
  const std::string record = records(1);
  for (auto _ : state) {
    const auto document = nepho::text::JsonDocument::parse(record);
    benchmark::DoNotOptimize(document->root().offset());
  }
  state.SetBytesProcessed(static_cast<std::int64_t>(record.size()) * state.iterations());
}
BENCHMARK(parse_record);

}  // namespace
