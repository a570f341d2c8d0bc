// The coverage model as its formulas stand on paper, without a thought for speed or structure.
#pragma once

#include <string>

#include "coverage/assess.h"

namespace nepho::coverage {

struct NaiveNumbers {
  double mean = 0;
  double l90 = 0;
  std::size_t tested = 0;
  std::size_t alerted = 0;
};

// C, L90(C) and the tests of a technique without sub-techniques, on a provider all of whose rules
// read one log source each. Everything is looked for anew in all of the inputs.
NaiveNumbers naive_numbers(const Inputs& inputs, const std::string& technique,
                           const std::string& provider);

}  // namespace nepho::coverage
