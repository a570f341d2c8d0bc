// The program without main(): words in, exit code out.
#pragma once

#include <string>
#include <vector>

namespace nepho::cli {

// The descriptors a run reads and writes; a test gives its own.
struct Streams {
  int out = 1;
  int err = 2;
};

// Runs `nepho words...` and returns its exit code (cli.md).
int run(const std::vector<std::string>& words, Streams streams = {});

}  // namespace nepho::cli
