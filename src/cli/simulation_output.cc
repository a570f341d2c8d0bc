#include "cli/simulation_output.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <system_error>
#include <utility>

#include "base/files.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using Places = exercise::DeliveryFolder::Places;

constexpr std::string_view kLabelsHead = "kind\tsource\tprovider\tfile\tlines\ttechniques\tcase\n";

// One row for each label and file, in the form that `validate --cases` reads.
std::string label_rows(const std::string& provider, const Batch& batch, const Places& written) {
  std::map<std::pair<Label, std::size_t>, std::vector<std::size_t>> lines;
  for (std::size_t i = 0; i < batch.size(); ++i) {
    // The opening of a session is of the attack's time, and no proof of it.
    if (batch[i].record.is_setup) continue;
    lines[{batch[i].label, written.places[i].file}].push_back(written.places[i].line);
  }
  std::string out;
  for (auto& [key, of_label] : lines) {
    std::ranges::sort(of_label);
    const auto& [label, file] = key;
    out += fmt::format("{}\tnephometer\t{}\t{}\t{}\t{}\t{}\n", label.kind, provider,
                       written.files[file], fmt::join(of_label, ","), label.technique, label.name);
  }
  return out;
}

}  // namespace

Result<SimulationOutput> SimulationOutput::to_lines(Session& session,
                                                    const std::optional<fs::path>& labels) {
  SimulationOutput output;
  output.session_ = &session;
  if (!labels) return output;
  if (auto opened = output.open_labels(*labels); !opened) return std::unexpected(opened.error());
  return output;
}

Result<SimulationOutput> SimulationOutput::to_folder(const fs::path& folder,
                                                     const std::optional<fs::path>& labels) {
  SimulationOutput output;
  output.folder_.emplace(folder);
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return fail(kCannotWrite, "cannot make the folder: " + error.message(),
                Place{.file = folder.string()});
  }
  const fs::path path = labels ? *labels : folder / "cases.tsv";
  if (auto opened = output.open_labels(path); !opened) return std::unexpected(opened.error());
  return output;
}

Result<void> SimulationOutput::open_labels(const fs::path& path) {
  auto writer = FileWriter::open(path);
  if (!writer) return std::unexpected(writer.error());
  labels_.emplace(*std::move(writer));
  return labels_->write(kLabelsHead);
}

Places SimulationOutput::write_lines(const Batch& batch) {
  Places written{{"-"}, {}};
  for (std::size_t i = 0; i < batch.size(); ++i) {
    session_->out().write(batch[i].record.text);
    session_->out().write("\n");
    if (labels_) written.places.push_back({0, num_records_ + i + 1});
  }
  return written;
}

Result<Places> SimulationOutput::deliver(const Batch& batch) {
  std::vector<const exercise::Record*> records;
  records.reserve(batch.size());
  for (const Labelled& one : batch) records.push_back(&one.record);
  return folder_->add(records);
}

Result<bool> SimulationOutput::write(const std::string& provider, const Batch& batch) {
  const auto written = folder_ ? deliver(batch) : write_lines(batch);
  if (!written) return std::unexpected(written.error());
  num_records_ += batch.size();
  if (labels_) {
    if (auto labelled = labels_->write(label_rows(provider, batch, *written)); !labelled) {
      return std::unexpected(labelled.error());
    }
  }
  return session_ == nullptr || !session_->out().has_failed();
}

Result<void> SimulationOutput::finish() { return labels_ ? labels_->commit() : Result<void>(); }

}  // namespace nepho::cli
