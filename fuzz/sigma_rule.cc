// Whatever the text, the Sigma reader ends: what it calls runnable can be evaluated, what it does
// not says why, conditions read back as they were written, and so do patterns.
#include <array>
#include <string>
#include <string_view>

#include "base/check.h"
#include "plan/reference.h"
#include "sigma/condition.h"
#include "sigma/escape.h"
#include "sigma/load.h"
#include "text/json.h"

namespace {

constexpr auto kEvents = std::to_array<std::string_view>({
    "{}",
    R"({"eventName":"CreateUser","f":["a",null,7,{"g":"x"}],"t":"2026-03-01T03:00:00Z"})",
    R"({"a":{"b.c":"10.0.0.1"},"a.b":{"c":1e3},"f":"a\u0000b"})",
});

// Whatever is said about a condition, it is said again of what it prints.
void check_condition(std::string_view text) {
  const auto condition = nepho::sigma::parse_condition(text, {});
  if (!condition) return;
  const auto again = nepho::sigma::parse_condition(nepho::sigma::to_string(*condition), {});
  CHECK(again.has_value());
  CHECK(*again == *condition);
}

void check_pattern(std::string_view text) {
  const auto pattern = nepho::sigma::parse_pattern(text);
  CHECK(nepho::sigma::parse_pattern(nepho::sigma::to_rule_text(pattern)) == pattern);
  CHECK(!pattern.is_literal() || pattern.matches(pattern.literal_text()));
  CHECK(pattern.matches(text) <= pattern.folded().matches_ignoring_case(text));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  nepho::sigma::LoadOptions options;
  options.placeholders["admins"] = {"alice", "b*"};
  options.limits.max_values_per_item = 1'000;
  options.array_matching = size % 2 == 1;  // both ways of reading, whatever the text
  auto documents = nepho::sigma::parse_documents(text, "fuzz.yml", options);
  nepho::sigma::link_documents(documents, options);
  for (const auto& document : documents) {
    CHECK(document.is_runnable || document.kind == nepho::sigma::DocumentKind::kFilter ||
          !document.problems.empty());
    if (!document.is_runnable) continue;
    for (const std::string_view event : kEvents) {
      const auto json = nepho::text::JsonDocument::parse(std::string(event));
      CHECK(json.has_value());
      // Less is seen under strict fields, but a negation may turn that round: only the end counts.
      nepho::plan::holds(document.rule, json->root(), {}, false);
      nepho::plan::holds(document.rule, json->root(), {}, true);
    }
  }
  check_condition(text);
  check_pattern(text);
  return 0;
}
