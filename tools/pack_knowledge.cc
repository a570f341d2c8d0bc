// Packs a folder into one file that the program carries (format: src/base/knowledge.cc).
//   pack_knowledge FOLDER OUT [PATH=FILE]...
// YAML is read here already, and what was read laid beside it, so that the program need not.
// Each PATH=FILE is one more file, made by the build, that the program finds under PATH; an empty
// one is left out.
// Runs during the build, before the libraries are there: on the few sources that YAML needs.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>

#include "text/yaml_pack.h"

namespace fs = std::filesystem;

// Empty for what is no YAML; the tests say what is wrong with a file that should be some.
static std::string prepared(const std::string& path, const std::string& content) {
  if (!path.ends_with(".yml")) return {};
  const nepho::text::YamlStream read = nepho::text::parse_yaml_stream(content, path);
  return read.error ? std::string() : nepho::text::pack_yaml(read.documents);
}

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
    const std::string tree = prepared(path, content);
    out << path << '\n' << content.size() << '\n' << tree.size() << '\n' << content << tree;
  }
  out.close();
  if (!out) {
    std::cerr << "pack_knowledge: cannot write " << argv[2] << '\n';
    return 1;
  }
  return 0;
}
