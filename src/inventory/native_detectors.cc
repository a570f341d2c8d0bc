#include "inventory/native_detectors.h"

#include <algorithm>
#include <array>

#include "inventory/foreign_rule.h"

namespace nepho::inventory {
namespace {

constexpr std::string_view kFolder = "native/";
constexpr std::string_view kEnding = ".tsv";

// Of "native/aws.guardduty.tsv"; empty for another file.
std::string_view id_of(std::string_view path) {
  if (!path.ends_with(kEnding)) return {};
  path.remove_prefix(kFolder.size());
  path.remove_suffix(kEnding.size());
  return path;
}

std::string_view take_cell(std::string_view& line, char separator) {
  const std::string_view cell = line.substr(0, line.find(separator));
  line.remove_prefix(std::min(line.size(), cell.size() + 1));
  return trimmed(cell);
}

bool is_grade(std::string_view word) {
  constexpr auto kGrades = std::to_array<std::string_view>({"minimal", "partial", "significant"});
  return std::ranges::count(kGrades, word) != 0;
}

// "title<tab>TEXT", or "TECHNIQUE<tab>GRADE<tab>ALERT; ALERT"; false where it is neither.
bool read_line(std::string_view line, const attack::Catalogue& catalogue,
               NativeDetector& detector) {
  const std::string_view first = take_cell(line, '\t');
  const std::string_view second = take_cell(line, '\t');
  if (first == "title") {
    detector.title = second;
    return !second.empty();
  }
  const auto id = attack::parse_technique_id(first);
  if (!id || !is_grade(second)) return false;
  const attack::Technique* technique = catalogue.find(*id);
  if (technique == nullptr || !technique->is_active()) return true;
  NativeClaim claim{id->value, std::string(second), {}};
  while (!line.empty())
    if (const std::string_view alert = take_cell(line, ';'); !alert.empty())
      claim.alerts.emplace_back(alert);
  detector.claims.push_back(std::move(claim));
  return true;
}

}  // namespace

std::vector<std::string_view> native_detector_ids(const Knowledge& knowledge) {
  std::vector<std::string_view> ids;
  for (const KnowledgeFile* file : knowledge.list(kFolder))
    if (const std::string_view id = id_of(file->path); !id.empty()) ids.push_back(id);
  return ids;
}

std::vector<NativeDetector> load_native_detectors(const Knowledge& knowledge,
                                                  const attack::Catalogue& catalogue,
                                                  LoadReport& report) {
  std::vector<NativeDetector> detectors;
  for (const KnowledgeFile* file : knowledge.list(kFolder)) {
    const std::string_view id = id_of(file->path);
    if (id.empty()) continue;
    NativeDetector& detector = detectors.emplace_back();
    detector.id = id;
    detector.title = id;
    detector.provider = id.substr(0, id.find('.'));
    std::size_t number = 0;
    for (std::string_view rest = file->content; !rest.empty();) {
      const std::string_view line = rest.substr(0, rest.find('\n'));
      rest.remove_prefix(std::min(rest.size(), line.size() + 1));
      ++number;
      if (trimmed(line).empty() || line.starts_with('#')) continue;
      if (!read_line(line, catalogue, detector))
        report.add_error(Error(kBadNativeDetector,
                               "expected 'title' and a text, or a technique and minimal, partial "
                               "or significant, with tabs between",
                               Place{.file = file->place, .line = number}));
    }
  }
  return detectors;
}

}  // namespace nepho::inventory
