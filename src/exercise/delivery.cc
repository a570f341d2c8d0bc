#include "exercise/delivery.h"

#include <algorithm>
#include <map>

#include "base/compression.h"
#include "text/json_writer.h"

namespace nepho::exercise {
namespace {

// A path from templates and lists of the workspace, made harmless: no way up, no odd letters.
std::string safe_path(std::string path) {
  for (char& c : path) {
    const bool is_safe = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                         (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.' || c == '/';
    if (!is_safe) c = '_';
  }
  for (auto at = path.find(".."); at != std::string::npos; at = path.find("..")) path[at] = '_';
  path.erase(0, path.find_first_not_of('/'));
  return path.empty() ? "records.json" : path;
}

std::string content_of(const std::vector<const Record*>& records) {
  const std::string& envelope = records.front()->envelope;
  const bool has_envelope = !envelope.empty();
  std::string out;
  if (has_envelope) {
    out = "{";
    text::append_json_quoted(envelope, out);
    out += ":[\n";
  }
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (has_envelope && i != 0) out.insert(out.size() - 1, ",");
    out += records[i]->text + "\n";
  }
  if (has_envelope) out += "]}\n";
  return out;
}

}  // namespace

Delivery deliver(const std::vector<const Record*>& records) {
  std::map<std::string, std::vector<std::size_t>> by_path;
  for (std::size_t i = 0; i < records.size(); ++i) {
    by_path[safe_path(records[i]->delivered_as)].push_back(i);
  }
  Delivery delivery;
  delivery.places.resize(records.size());
  for (auto& [path, indices] : by_path) {
    std::ranges::stable_sort(indices, {}, [&](std::size_t i) { return records[i]->time; });
    std::vector<const Record*> of_file;
    for (const std::size_t i : indices) {
      of_file.push_back(records[i]);
      const std::size_t lines_before = records[i]->envelope.empty() ? 0 : 1;
      delivery.places[i] = {delivery.files.size(), lines_before + of_file.size()};
    }
    std::string content = content_of(of_file);
    const auto num_lines = static_cast<std::size_t>(std::ranges::count(content, '\n'));
    if (path.ends_with(".gz")) content = gzip(content);
    delivery.files.push_back({path, std::move(content), num_lines});
  }
  return delivery;
}

}  // namespace nepho::exercise
