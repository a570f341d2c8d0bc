// Wires the process to the program.
#include <string>
#include <vector>

#include "cli/interrupt.h"
#include "cli/run.h"

int main(int argc, char** argv) {
  nepho::cli::watch_signals();
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  const int code = nepho::cli::run(words);
  nepho::cli::die_of_caught_signal();
  return code;
}
