// Any file as an archive: listed and read in order and out of order, in bounded memory and time; a
// member gives the same bytes either way.
#include "base/archive.h"

#include <unistd.h>

#include <array>
#include <filesystem>
#include <string>

#include "base/check.h"

namespace {

// The bytes of a member, or the code of the error after them.
std::string content(nepho::FileOpener& opener, const std::string& path) {
  auto source = opener.open(path);
  if (!source) return std::string(source.error().code.name());
  std::string all;
  std::array<char, 4096> chunk{};
  while (all.size() < (1U << 20U)) {
    const auto got = (*source)->read(chunk.data(), chunk.size());
    if (!got) return all + std::string(got.error().code.name());
    if (*got == 0) break;
    all.append(chunk.data(), *got);
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  static const std::string kPath =
      (std::filesystem::temp_directory_path() / ("nepho-fuzz-" + std::to_string(::getpid())))
          .string();
  CHECK(nepho::write_file(kPath, {reinterpret_cast<const char*>(data), size}));
  nepho::Limits limits;
  limits.max_archive_members = 16;
  nepho::FoundFiles found;
  found.paths = {kPath};
  nepho::expand_archives(found, limits);
  CHECK(found.paths.size() <= 16);
  nepho::FileOpener forward(limits);
  std::vector<std::string> contents;
  for (const auto& path : found.paths) contents.push_back(content(forward, path));
  nepho::FileOpener backward(limits);
  for (std::size_t i = found.paths.size(); i-- > 0;)
    CHECK(content(backward, found.paths[i]) == contents[i]);
  return 0;
}
