#include "tests/support/written.h"

#include <fmt/format.h>
#include <libdeflate.h>

namespace nepho::tests {

std::string cloudtrail_line(std::string_view event_name, std::string_view event_id,
                            std::string_view user) {
  return fmt::format(
      R"({{"eventVersion":"1.11","userIdentity":{{"type":"IAMUser","userName":"{}"}},)"
      R"("eventTime":"2026-03-17T11:21:08Z","eventSource":"iam.amazonaws.com",)"
      R"("eventName":"{}","awsRegion":"us-east-1","sourceIPAddress":"198.51.100.77",)"
      R"("eventID":"{}","eventType":"AwsApiCall","recipientAccountId":"111122223333"}})"
      "\n",
      user, event_name, event_id);
}

std::string gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string packed(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  packed.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

std::string rule_on(std::string_view event_name, std::string_view title) {
  return fmt::format(
      "title: {}\n"
      "id: 5f0f3a52-1c0e-4b5c-8d0a-9b1d3a6f2c11\n"
      "logsource: {{product: aws, service: cloudtrail}}\n"
      "detection:\n"
      "  selection: {{eventName: {}}}\n"
      "  condition: selection\n"
      "level: low\n",
      title, event_name);
}

}  // namespace nepho::tests
