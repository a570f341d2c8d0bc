// Rules and events made at random, over so few names and words that they meet often.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "event/log_source.h"
#include "sigma/rule.h"

namespace nepho::tests {

// Whether rules test single elements of arrays too (sigma::ArrayTest), or name elements that have
// names, as source_with_pivots() has them.
enum class Arrays : std::uint8_t { kWhole, kElements, kNamed };

// A log source for all made rules, with arrays of names and values among the fields of events.
event::LogSource source_with_pivots();

// How rules are reached: each is asked of every record, as without log sources
// (`--ignore-logsource`); or by the texts of "name", of that and "source", or of those and
// "user.type", as those of a log source that says so.
enum class Reached : std::uint8_t { kAlways, kByOne, kByTwo, kByThree };
inline constexpr std::uint32_t kNumReached = 4;

// The log source that made rules are run with; none where they need none.
event::LogSources sources_for(Arrays arrays, Reached reached);

// Draws from the source it is given: a random generator in a property test, the fuzzer's bytes in a
// fuzz target. Every kind of item, value and condition comes up, and in events every JSON type
// under plain, nested and dotted keys, arrays, escapes, huge numbers and text beyond ASCII.
class Maker {
 public:
  // `draw(n)` gives a number in 0..n-1.
  explicit Maker(std::function<std::uint32_t(std::uint32_t)> draw, Arrays arrays = Arrays::kWhole)
      : draw_(std::move(draw)), arrays_(arrays) {}

  sigma::Rule rule();
  // One JSON object, laid out with or without blanks.
  std::string event();

 private:
  std::uint32_t draw(std::size_t n) { return draw_(static_cast<std::uint32_t>(n)); }
  bool one_in(std::size_t n) { return draw(n) == 0; }
  template <typename T, std::size_t n>
  T pick(const T (&choices)[n]) {
    return choices[draw(n)];
  }

  // A field of an item: now and then an element by its name.
  std::string field();
  sigma::Item item();
  // An item that tests the elements of a field; within another one at `depth` above 0.
  sigma::Item array_item(int depth);
  sigma::Item element_item(int depth);
  sigma::Value value(std::uint32_t kind);
  sigma::TextValue text_value();
  sigma::Expression condition(std::size_t num_items, int depth);
  std::string json_value(int depth);
  std::string json_text();
  std::string named_elements();
  std::string json_object(int depth);

  std::function<std::uint32_t(std::uint32_t)> draw_;
  Arrays arrays_;
};

}  // namespace nepho::tests
