// The pack is made by tools/pack_knowledge.cc: for each file, in path order, its path, in decimal
// its size and that of its prepared form, and both:  PATH '\n' SIZE '\n' SIZE '\n' BYTES PREPARED.
#include "base/knowledge.h"

#include <charconv>
#include <cstddef>
#include <utility>

#include "base/check.h"
#include "base/files.h"
#include "base/limits.h"

// Laid into the program by the generated knowledge_pack.S.
extern "C" const char nepho_knowledge_begin[];
extern "C" const char nepho_knowledge_end[];

namespace nepho {
namespace {

std::string_view take_line(std::string_view& pack) {
  const std::size_t end = pack.find('\n');
  CHECK(end != std::string_view::npos);
  const std::string_view line = pack.substr(0, end);
  pack.remove_prefix(end + 1);
  return line;
}

std::size_t take_size(std::string_view& pack) {
  const std::string_view digits = take_line(pack);
  std::size_t size = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), size);
  return size;
}

std::string_view take_bytes(std::string_view& pack, std::size_t size) {
  CHECK(size <= pack.size());
  const std::string_view bytes = pack.substr(0, size);
  pack.remove_prefix(size);
  return bytes;
}

}  // namespace

Knowledge::Knowledge() {
  std::string_view pack(nepho_knowledge_begin,
                        static_cast<std::size_t>(nepho_knowledge_end - nepho_knowledge_begin));
  while (!pack.empty()) {
    const std::string path(take_line(pack));
    const std::size_t size = take_size(pack);
    const std::size_t prepared_size = take_size(pack);
    const std::string_view content = take_bytes(pack, size);
    files_[path] =
        KnowledgeFile{path, content, "knowledge/" + path, take_bytes(pack, prepared_size)};
  }
}

Result<void> Knowledge::lay_over(const std::filesystem::path& folder) {
  std::error_code error;
  if (!std::filesystem::is_directory(folder, error)) {
    return fail(kNoSuchPath, "expected a folder of knowledge", Place{.file = folder.string()});
  }
  FoundFiles found = find_files({folder.string()});
  if (found.report.has_errors()) return std::unexpected(found.report.problems().front().error);
  for (const auto& path : found.paths) {
    auto content = read_file(path, kDefaultLimits.max_document_bytes);
    if (!content) return std::unexpected(content.error());
    std::string relative = std::filesystem::path(path).lexically_relative(folder).generic_string();
    std::string& kept = laid_over_[relative];
    kept = std::move(*content);
    files_[relative] = KnowledgeFile{relative, kept, path};
  }
  return {};
}

const KnowledgeFile* Knowledge::find(std::string_view path) const {
  const auto found = files_.find(path);
  return found == files_.end() ? nullptr : &found->second;
}

std::vector<const KnowledgeFile*> Knowledge::list(std::string_view prefix) const {
  std::vector<const KnowledgeFile*> files;
  for (auto it = files_.lower_bound(prefix); it != files_.end(); ++it) {
    if (!std::string_view(it->first).starts_with(prefix)) break;
    files.push_back(&it->second);
  }
  return files;
}

}  // namespace nepho
