// Packs a folder into one file that the program carries (format: src/base/knowledge.cc).
//   pack_knowledge FOLDER OUT
// Runs during the build, on plain C++ only.
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  namespace fs = std::filesystem;
  const fs::path folder = argv[1];
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path().lexically_relative(folder));
  }
  std::sort(files.begin(), files.end());
  std::ofstream out(argv[2], std::ios::binary);
  for (const auto& file : files) {
    std::ifstream in(folder / file, std::ios::binary);
    const std::string content((std::istreambuf_iterator<char>(in)), {});
    out << file.generic_string() << '\n' << content.size() << '\n' << content;
  }
  out.close();
  if (!out) {
    std::cerr << "pack_knowledge: cannot write " << argv[2] << '\n';
    return 1;
  }
  return 0;
}
