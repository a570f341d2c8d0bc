// Takes typed fields out of JSON objects written by others, and says what was wrong with them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "navigator/layer.h"
#include "text/json.h"

namespace nepho::navigator {

// Names of the two halves of a pair: metadata has name and value, links have label and url.
struct PairKeys {
  std::string_view name;
  std::string_view value;
};
inline constexpr PairKeys kMetadataKeys{"name", "value"};
inline constexpr PairKeys kLinkKeys{"label", "url"};

// Each read() leaves `out` as it is when the field is absent or of the wrong type, and warns in the
// second case. Keeps references to the text and the report; lives shorter than both.
class FieldReader {
 public:
  // `text` is what the values were parsed from, for lines and columns.
  FieldReader(std::string_view text, std::string file, LoadReport& report)
      : text_(text), file_(std::move(file)), report_(report) {}

  void read(const text::JsonValue& object, std::string_view key, std::string& out);
  void read(const text::JsonValue& object, std::string_view key, bool& out);
  void read(const text::JsonValue& object, std::string_view key, double& out);
  void read(const text::JsonValue& object, std::string_view key, std::vector<std::string>& out);
  // A string of a closed set.
  void read_choice(const text::JsonValue& object, std::string_view key,
                   std::span<const std::string_view> choices, std::string& out);
  // Pairs with a missing or empty half are dropped with a warning: the Navigator drops them too.
  void read_pairs(const text::JsonValue& object, std::string_view key, PairKeys names,
                  std::vector<Pair>& out);
  // A score: a number, or a number in quotes (with a warning); null and the rest are unscored.
  std::optional<double> read_score(const text::JsonValue& object);

  // A note for each member whose key is not in `known`.
  void note_unknown(const text::JsonValue& object, std::span<const std::string_view> known);
  void add(Severity severity, ErrorCode code, std::string message, const text::JsonValue& at,
           std::string hint = {});
  // Says how many problems were left out, if any.
  void finish();
  Place place_of(const text::JsonValue& value) const;

 private:
  // Enough to mend a file by; a place costs a walk through the text. A guess.
  static constexpr std::size_t kMaxProblems = 100;

  void expected(std::string_view what, std::string_view key, const text::JsonValue& at);

  std::string_view text_;
  std::string file_;
  LoadReport& report_;
  std::size_t num_problems_ = 0;
};

}  // namespace nepho::navigator
