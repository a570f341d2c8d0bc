// Texts with holes for what is drawn: what a template made once, to be filled any number of times.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "exercise/random.h"

namespace nepho::exercise {

// A text that differs from one filling to the next in what functions of templates
// (exercise/functions.h) put into it and in nothing else. To fill one costs about a twentieth of
// expanding its template. A plain value.
class Mould {
 public:
  // One call of a function, in the order of the calls.
  struct Hole {
    std::string function;
    std::string argument;
    std::optional<Instant> time;  // of one that writes a point in time; it draws nothing
  };
  // What stands in the text for the hole with this number. Letters and digits, so that it comes
  // through JSON and percent-encoding as it is.
  static std::string mark(std::size_t number);

  Mould() = default;
  // `marked` has marks where what is drawn would be; a hole may stand there often or never.
  Mould(std::string_view marked, std::vector<Hole> holes);

  // Appends the text as it would have been, had it been made `later` and drawn from `random`. Fails
  // as the functions do, which those of an expanded template do not.
  Result<void> fill(Random random, std::chrono::days later, std::string& out) const;

 private:
  struct Piece {
    std::string literal;
    std::optional<std::size_t> hole;  // behind it
  };

  std::vector<Hole> holes_;
  std::vector<Piece> pieces_;
};

}  // namespace nepho::exercise
