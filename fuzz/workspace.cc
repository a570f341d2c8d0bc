// Whatever the text of a nephometer.yml: every problem stands in that file, and a file without a
// fault gives a workspace whose numbers are in their ranges and whose names are known.
#include <algorithm>
#include <string_view>

#include "base/check.h"
#include "workspace/read.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace nepho;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const workspace::Known known{.providers = {"aws", "gcp"}, .log_sources = {"aws.cloudtrail"}};
  LoadReport report;
  const auto read = workspace::parse_workspace(text, "w", known, report);
  for (const auto& problem : report.problems())
    CHECK(problem.error.place.file == "w/nephometer.yml");
  if (report.has_errors()) return 0;

  for (const auto& use : read.providers) {
    CHECK(std::ranges::find(known.providers, use.provider) != known.providers.end());
  }
  for (const auto& use : read.log_sources) CHECK(use.coverage >= 0 && use.coverage <= 1);
  for (const auto& control : read.prevention) CHECK(control.factor >= 0 && control.factor <= 1);
  for (const auto& source : read.detections) CHECK(source.path.empty() != source.pack.empty());
  for (const auto& [name, values] : workspace::placeholders(read)) CHECK(!values.empty());
  return 0;
}
