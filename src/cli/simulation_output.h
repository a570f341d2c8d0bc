// Where simulated records go: to stdout, one a line, or into the files of a folder; and the labels
// that say what each was made for.
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/file_writer.h"
#include "base/result.h"
#include "cli/session.h"
#include "exercise/delivery_folder.h"
#include "exercise/play.h"

namespace nepho::cli {

// What a record was made for: a row of the labels (docs/formats/cases.md).
struct Label {
  std::string kind;  // "attack", "lookalike", "benign"
  std::string technique;
  std::string name;  // the procedure's id, of a look-alike with its name behind
  auto operator<=>(const Label&) const = default;
};

struct Labelled {
  exercise::Record record;
  Label label;
};

// Records of one provider that are written together.
using Batch = std::vector<Labelled>;

// Takes batch after batch, so that no more than one is held. Not thread-safe: one command, one
// output.
class SimulationOutput {
 public:
  // To stdout, and the labels to `labels` where it is one; or below `folder`, with the labels there
  // as cases.tsv unless `labels` names another file. Fails with kCannotWrite.
  static Result<SimulationOutput> to_lines(Session& session,
                                           const std::optional<std::filesystem::path>& labels);
  static Result<SimulationOutput> to_folder(const std::filesystem::path& folder,
                                            const std::optional<std::filesystem::path>& labels);

  // False when nobody reads any more.
  Result<bool> write(const std::string& provider, const Batch& batch);
  // Puts the labels in place. To be called once, last.
  Result<void> finish();

  std::size_t num_records() const { return num_records_; }

 private:
  SimulationOutput() = default;
  Result<void> open_labels(const std::filesystem::path& path);
  exercise::DeliveryFolder::Places write_lines(const Batch& batch);
  Result<exercise::DeliveryFolder::Places> deliver(const Batch& batch);

  Session* session_ = nullptr;                      // of lines on stdout
  std::optional<exercise::DeliveryFolder> folder_;  // or the files'
  std::optional<FileWriter> labels_;
  std::size_t num_records_ = 0;
};

}  // namespace nepho::cli
