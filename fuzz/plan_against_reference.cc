// The plan with all its shortcuts answers what the reference evaluator answers: the same rules and
// events as tests/property makes at random, but drawn from the fuzzer's bytes, so that it is led to
// those that take new ways through the plan.
#include <cstdio>
#include <string>
#include <string_view>
#include <vector>

#include "base/check.h"
#include "tests/support/both_ways.h"
#include "tests/support/made_rules.h"

namespace {

using nepho::tests::Answers;
using nepho::tests::Arrays;
using nepho::tests::BothWays;
using nepho::tests::Maker;
using nepho::tests::Reached;

// Numbers from bytes: one byte a number where that is enough, so that a byte changed is a choice
// changed. Behind the end everything is 0, with which the maker always comes to an end.
class Draws {
 public:
  explicit Draws(std::string_view bytes) : bytes_(bytes) {}

  std::uint32_t draw(std::uint32_t n) {
    std::uint32_t number = byte();
    for (std::uint32_t reach = 256; reach < n && reach < 1U << 24U; reach <<= 8U) {
      number = number << 8U | byte();
    }
    return number % n;
  }
  bool at_end() const { return bytes_.empty(); }

 private:
  std::uint32_t byte() {
    if (bytes_.empty()) return 0;
    const auto first = static_cast<unsigned char>(bytes_.front());
    bytes_.remove_prefix(1);
    return first;
  }

  std::string_view bytes_;
};

// Some ways through the plan are taken from nine rules on (detect/evaluator.cc, kFewAnchored).
constexpr std::uint32_t kMaxRules = 24;
constexpr int kMaxEvents = 16;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  Draws draws({reinterpret_cast<const char*>(data), size});
  const auto arrays = draws.draw(2) == 1 ? Arrays::kNamed : Arrays::kElements;
  Maker maker([&](std::uint32_t n) { return draws.draw(n); }, arrays);
  const bool strict_fields = draws.draw(2) == 1;
  const auto reached = static_cast<Reached>(draws.draw(nepho::tests::kNumReached));
  std::vector<nepho::sigma::Rule> rules(1 + draws.draw(kMaxRules));
  for (auto& rule : rules) rule = maker.rule();
  BothWays both(std::move(rules), strict_fields, nepho::tests::sources_for(arrays, reached));
  for (int i = 0; i < kMaxEvents && !draws.at_end(); ++i) {
    const std::string event = maker.event();
    const std::vector<Answers> answers = both.ask(event);
    CHECK(!answers.empty());  // the maker writes JSON that both can read
    for (std::size_t rule = 0; rule < answers.size(); ++rule) {
      if (!answers[rule].agree()) std::fprintf(stderr, "rule %zu: %s\n", rule, event.c_str());
      CHECK(answers[rule].agree());
    }
  }
  return 0;
}
