#include "alert/assertions.h"

#include <fmt/format.h>

#include <algorithm>

#include "alert/errors.h"
#include "alert/table.h"
#include "alert/text_values.h"
#include "attack/id.h"
#include "text/fold.h"
#include "text/timestamp.h"
#include "text/yaml.h"

namespace nepho::alert {
namespace {

using text::YamlNode;

std::optional<Instant> time_of(std::string_view text) {
  const auto read = text::parse_timestamp(bounded(text));
  return read ? std::optional(read->time) : std::nullopt;
}

// "Detected", "Not Detected", "NotDetected", "Alerted", ...; VECTR lets users rename outcomes.
std::optional<Claimed> claimed_by(const Table& table, const Table::Row& row) {
  std::string outcome = text::fold_case(table.cell(row, "outcome"));
  std::erase_if(outcome, [](char c) { return c == ' ' || c == '_' || c == '-'; });
  if (outcome.starts_with("block") || outcome.starts_with("prevent")) return Claimed::kBlocked;
  if (outcome.starts_with("detect") || outcome.starts_with("alert")) return Claimed::kDetected;
  const bool is_logged =
      outcome == "logged" || text::equal_ignoring_case(table.cell(row, "activity_logged"), "yes");
  if (outcome == "notdetected" || outcome == "logged" || outcome == "none" || outcome == "missed") {
    return is_logged ? Claimed::kLogged : Claimed::kNotDetected;
  }
  return std::nullopt;  // "TBD", and what nobody decided
}

std::vector<Assertion> read_vectr(Table& table, const std::string& file) {
  std::vector<Assertion> all;
  while (auto row = table.next()) {
    const auto claimed = claimed_by(table, *row);
    const auto technique = attack::parse_technique_id(bounded(table.cell(*row, "mitreid")));
    const bool is_done = text::equal_ignoring_case(table.cell(*row, "status"), "completed");
    if (!claimed || !technique || !is_done) continue;
    const std::string tools = bounded(table.cell(*row, "detectingtools"));
    all.push_back({.source = "vectr",
                   .name = bounded(table.cell(*row, "variant")),
                   .technique = technique->value,
                   .claimed = *claimed,
                   .note = tools.empty() ? "" : "by " + tools,
                   .time = time_of(table.cell(*row, "start_time")),
                   .place = {.file = file, .line = row->line}});
    if (all.size() >= kMaxAssertions) break;
  }
  return all;
}

// The latest entry; of those without a date the first, which the editor puts in front.
const YamlNode* latest_score(const YamlNode& detection) {
  const YamlNode* logbook = detection.find("score_logbook");
  if (logbook == nullptr) return detection.find("score") != nullptr ? &detection : nullptr;
  const YamlNode* latest = nullptr;
  for (const YamlNode& entry : logbook->items) {
    const auto time = time_of(entry.text_at("date"));
    const auto best = latest == nullptr ? std::nullopt : time_of(latest->text_at("date"));
    if (latest == nullptr || (time && (!best || *time > *best))) latest = &entry;
  }
  return latest;
}

void add_score(const YamlNode& technique, const YamlNode& detection, const std::string& file,
               std::vector<Assertion>& all) {
  const YamlNode* entry = latest_score(detection);
  const YamlNode* written = entry == nullptr ? nullptr : entry->find("score");
  const auto score = written == nullptr ? std::nullopt : written->integer();
  const auto id = attack::parse_technique_id(technique.text_at("technique_id"));
  if (!id || !score || *score < -1 || *score > 5 || all.size() >= kMaxAssertions) return;
  std::string where;
  for (const std::string& location : detection.texts_at("location")) {
    if (!location.empty()) where += (where.empty() ? "" : ", ") + location;
  }
  all.push_back({.source = "dettect",
                 .name = bounded(where),
                 .technique = id->value,
                 .claimed = *score >= 1   ? Claimed::kDetected
                            : *score == 0 ? Claimed::kLogged
                                          : Claimed::kNotDetected,
                 .note = fmt::format("score {} of 5", *score),
                 .time = time_of(entry->text_at("date")),
                 .place = technique.place(file)});
}

std::vector<Assertion> read_dettect(const YamlNode& root, const std::string& file) {
  std::vector<Assertion> all;
  const YamlNode* techniques = root.find("techniques");
  if (techniques == nullptr) return all;
  for (const YamlNode& technique : techniques->items) {
    const YamlNode* detection = technique.find("detection");
    if (detection == nullptr) continue;
    if (detection->is_mapping()) add_score(technique, *detection, file, all);
    for (const YamlNode& one : detection->items) add_score(technique, one, file, all);
  }
  return all;
}

// "file_type: technique-administration" near the beginning: the editor writes it second.
bool is_dettect(std::string_view text) {
  constexpr std::size_t kHead = 2'000;
  return text.substr(0, kHead).find("technique-administration") != std::string_view::npos &&
         text.substr(0, kHead).find("file_type") != std::string_view::npos;
}

}  // namespace

std::optional<std::vector<Assertion>> read_assertions(std::string_view text,
                                                      const std::string& file, LoadReport& report) {
  if (is_dettect(text)) {
    const auto root = text::parse_yaml(text, file);
    if (root) return read_dettect(*root, file);
    report.add_error(root.error());
    return std::vector<Assertion>{};
  }
  auto table = Table::open(text);
  if (!table || !table->has("mitreid") || !table->has("outcome") || !table->has("variant")) {
    return std::nullopt;
  }
  return read_vectr(*table, file);
}

}  // namespace nepho::alert
