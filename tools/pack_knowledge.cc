// Packs a folder into one file that the program carries (format: src/base/knowledge.cc).
//   pack_knowledge FOLDER OUT [PATH=FILE]...
// Each PATH=FILE is one more file, made by the build, that the program finds under PATH; an empty
// one is left out.
// Runs during the build, on plain C++ only.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

namespace fs = std::filesystem;

int main(int argc, char** argv) {
  if (argc < 3) return 2;
  const fs::path folder = argv[1];
  std::map<std::string, fs::path> files;  // the pack is in path order
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    files[entry.path().lexically_relative(folder).generic_string()] = entry.path();
  }
  for (int i = 3; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::size_t equals = argument.find('=');
    if (equals == std::string::npos) return 2;
    const fs::path file = argument.substr(equals + 1);
    if (fs::file_size(file) > 0) files[argument.substr(0, equals)] = file;
  }
  std::ofstream out(argv[2], std::ios::binary);
  for (const auto& [path, file] : files) {
    std::ifstream in(file, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(in)), {});
    out << path << '\n' << content.size() << '\n' << content;
  }
  out.close();
  if (!out) {
    std::cerr << "pack_knowledge: cannot write " << argv[2] << '\n';
    return 1;
  }
  return 0;
}
