// nepho simulate: write the telemetry of procedures as their log sources would deliver it.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <functional>
#include <map>

#include "base/files.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/exercises.h"
#include "cli/print.h"
#include "cli/session.h"
#include "exercise/background.h"
#include "exercise/delivery.h"
#include "exercise/play.h"
#include "exercise/random.h"
#include "report/table.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

namespace fs = std::filesystem;
using exercise::Procedure;

constexpr ErrorCode kUsageError{"cli.usage"};
using exercise::Record;

// What a record was made for: a row of the labels.
struct Label {
  std::string kind;  // as cases.tsv has them: "attack", "lookalike", "benign"
  std::string technique;
  std::string name;  // the procedure's id, of a look-alike with its name behind
  auto operator<=>(const Label&) const = default;
};

const Label kBenign{"benign", "", ""};

struct Labelled {
  Record record;
  Label label;
};

// All records of one provider.
using Played = std::vector<Labelled>;

class Simulation {
 public:
  Simulation(Session& session, const exercise::ProviderOperations& provider,
             const exercise::Context& context, std::uint64_t seed)
      : session_(session), provider_(provider), context_(context), seed_(seed) {}

  Result<void> add(const Procedure& procedure) {
    const auto& facts = procedure.facts;
    if (auto played =
            add_scenario(procedure.attack, facts.id, {"attack", facts.technique, facts.id});
        !played) {
      return played;
    }
    if (!session_.arguments().has("--lookalikes")) return {};
    for (std::size_t i = 0; i < procedure.lookalikes.size(); ++i) {
      const auto& lookalike = procedure.lookalikes[i];
      const Label label{"lookalike", facts.technique, facts.id + ": " + lookalike.name};
      auto played = add_scenario(lookalike, fmt::format("{}/lookalike/{}", facts.id, i), label);
      if (!played) return played;
    }
    return {};
  }

  // Of the days before the last, which are over when the attacks begin, nothing is kept: `write`
  // takes each.
  Result<void> add_background(std::size_t count,
                              const std::function<bool(std::vector<Record>)>& write) {
    auto background = exercise::Background::of(stage(session_.as_of()), count);
    if (!background) return std::unexpected(background.error());
    std::vector<Record> last;
    while (true) {
      auto day = background->next_day();
      if (!day) return std::unexpected(day.error());
      if (day->empty()) break;
      if (!write(std::exchange(last, *std::move(day)))) return {};
    }
    for (Record& record : last) played_.push_back({std::move(record), kBenign});
    return {};
  }

  Played take() {
    std::ranges::stable_sort(played_, {}, [](const Labelled& one) { return one.record.time; });
    return std::move(played_);
  }

 private:
  exercise::Stage stage(Instant start) const {
    return {provider_, context_, seed_, start, session_.arguments().value_or("--delivery", "")};
  }

  // Somewhere in the two hours before now, so that nothing is of the future.
  Result<void> add_scenario(const exercise::Scenario& scenario, const std::string& play,
                            const Label& label) {
    exercise::Random random(exercise::seed_for(seed_, "start/" + play));
    const Instant start = Instant(session_.as_of()) - std::chrono::hours(2) +
                          std::chrono::seconds(random.below(3600));
    auto records = exercise::play(scenario, stage(start), play);
    if (!records) return std::unexpected(records.error());
    for (Record& record : *records) played_.push_back({std::move(record), label});
    return {};
  }

  Session& session_;
  const exercise::ProviderOperations& provider_;
  const exercise::Context& context_;
  std::uint64_t seed_;
  Played played_;
};

std::string label_row(const Label& label, const std::string& provider, const std::string& file,
                      const std::vector<std::size_t>& lines) {
  return fmt::format("{}\tnephometer\t{}\t{}\t{}\t{}\t{}\n", label.kind, provider, file,
                     fmt::join(lines, ","), label.technique, label.name);
}

// One row for each label and file, in the form that `validate --cases` reads.
std::string labels_text(const std::string& provider, const Played& played,
                        const std::vector<std::string>& files,
                        const std::vector<exercise::Delivered>& places) {
  std::map<std::pair<Label, std::size_t>, std::vector<std::size_t>> lines;
  for (std::size_t i = 0; i < played.size(); ++i) {
    // The opening of a session is of the attack's time, and no proof of it.
    if (played[i].record.is_setup) continue;
    lines[{played[i].label, places[i].file}].push_back(places[i].line);
  }
  std::string out;
  for (auto& [key, of_label] : lines) {
    std::ranges::sort(of_label);
    const auto& [label, file] = key;
    out += label_row(label, provider, files[file], of_label);
  }
  return out;
}

constexpr std::string_view kLabelsHead = "kind\tsource\tprovider\tfile\tlines\ttechniques\tcase\n";

Result<void> write_labels(Session& session, const fs::path& fallback, const std::string& labels) {
  const auto named = session.arguments().value("--labels");
  if (!named && fallback.empty()) return {};
  return write_file(named ? fs::path(*named) : fallback, std::string(kLabelsHead) + labels);
}

// The provider's own files below `folder`.
Result<std::string> write_delivered(const exercise::ProviderOperations& provider,
                                    const Played& played, const fs::path& folder) {
  std::vector<const Record*> records;
  for (const Labelled& one : played) records.push_back(&one.record);
  const auto delivery = exercise::deliver(records);
  std::vector<std::string> names;
  for (const exercise::DeliveredFile& file : delivery.files) {
    names.push_back(file.path);
    std::error_code error;
    const fs::path parent = (folder / file.path).parent_path();
    fs::create_directories(parent, error);
    if (error) {
      return fail(kCannotWrite, "cannot make the folder: " + error.message(),
                  Place{.file = parent.string()});
    }
    if (auto written = write_file(folder / file.path, file.content); !written) {
      return std::unexpected(written.error());
    }
  }
  return labels_text(provider.provider, played, names, delivery.places);
}

// One record a line, from provider to provider.
class LineWriter {
 public:
  LineWriter(Session& session, std::string provider)
      : session_(session), provider_(std::move(provider)) {}

  // What is not kept: ordinary work of days that are over. False when nobody reads any more.
  bool write(const std::vector<Record>& records, std::size_t& line) {
    for (const Record& record : records) {
      write_line(record.text);
      ++line;
      if (wants_labels_ && !record.is_setup) benign_lines_.push_back(line);
    }
    num_written_ += records.size();
    return !session_.out().has_failed();
  }

  // The rest, and the labels of all.
  std::string write_rest(const Played& played, std::size_t& line) {
    std::vector<exercise::Delivered> places;
    for (const Labelled& one : played) {
      write_line(one.record.text);
      places.push_back({0, ++line});
    }
    num_written_ += played.size();
    std::string labels;
    if (!benign_lines_.empty()) {
      labels = label_row(kBenign, provider_, "-", benign_lines_);
    }
    return labels + labels_text(provider_, played, {"-"}, places);
  }

  std::size_t num_written() const { return num_written_; }

 private:
  void write_line(std::string_view text) {
    session_.out().write(text);
    session_.out().write("\n");
  }

  Session& session_;
  std::string provider_;
  bool wants_labels_ = session_.arguments().has("--labels");
  std::vector<std::size_t> benign_lines_;
  std::size_t num_written_ = 0;
};

// What is to be written of one provider, but for what `write` took.
Result<Played> played_on(Session& session, const Exercises& exercises,
                         const exercise::ProviderOperations& provider, std::uint64_t seed,
                         const std::function<bool(std::vector<Record>)>& write) {
  const auto context = exercise_context(session, provider.provider);
  if (!context) return std::unexpected(context.error());
  Simulation simulation(session, provider, *context, seed);
  for (const Procedure& procedure : exercises.procedures) {
    if (procedure.facts.provider != provider.provider) continue;
    if (auto added = simulation.add(procedure); !added) return std::unexpected(added.error());
  }
  const auto background = session.arguments().count("--with-background");
  if (background && *background > 0) {
    if (auto added = simulation.add_background(*background, write); !added) {
      return std::unexpected(added.error());
    }
  }
  return simulation.take();
}

// --delivery is a way in which one of these providers hands its log out.
Result<void> check_delivery(Session& session, const Exercises& exercises,
                            const std::vector<std::string>& providers) {
  const auto named = session.arguments().value("--delivery");
  if (!named) return {};
  std::vector<std::string_view> known;
  for (const std::string& id : providers) {
    for (const auto& [name, wrapping] : exercises.operations.find(id)->wrappings) {
      if (name == *named) return {};
      known.push_back(name);
    }
  }
  std::string hint = text::did_you_mean(*named, known);
  if (hint.empty() && known.empty()) hint = "what is played has one way only";
  if (hint.empty()) hint = fmt::format("there are: {}", fmt::join(known, ", "));
  return fail(kUsageError, "no such --delivery: " + escape_for_log(*named), {}, std::move(hint));
}

// The catalogue as a table: what can be named on the command line, and what it does.
void list_procedures(Session& session, const std::vector<Procedure>& procedures) {
  report::Table table({{"PROCEDURE", report::Align::kLeft, false},
                       {"TECHNIQUE", report::Align::kLeft, false},
                       {"WHAT IT DOES"}});
  for (const Procedure& procedure : procedures) {
    table.add_row({procedure.facts.id, procedure.facts.technique, procedure.facts.name});
  }
  print(session, table);
}

// The providers of the procedures, in the order in which these name them.
std::vector<std::string> providers_of(const std::vector<Procedure>& procedures) {
  std::vector<std::string> providers;
  for (const Procedure& procedure : procedures) {
    if (std::ranges::find(providers, procedure.facts.provider) == providers.end()) {
      providers.push_back(procedure.facts.provider);
    }
  }
  return providers;
}

// What was written, of all providers so far.
struct Written {
  std::string labels;
  std::size_t num_records = 0;
  std::size_t line = 0;  // the last one, on stdout
};

Result<void> simulate_to_stdout(Session& session, const Exercises& exercises,
                                const exercise::ProviderOperations& provider, std::uint64_t seed,
                                Written& written) {
  LineWriter lines(session, provider.provider);
  const auto write = [&](std::vector<Record> records) {
    return lines.write(records, written.line);
  };
  const auto played = played_on(session, exercises, provider, seed, write);
  if (!played) return std::unexpected(played.error());
  written.labels += lines.write_rest(*played, written.line);
  written.num_records += lines.num_written();
  return {};
}

// A file holds the records of a delivery, so that all are needed before the first is written.
Result<void> simulate_to_folder(Session& session, const Exercises& exercises,
                                const exercise::ProviderOperations& provider, std::uint64_t seed,
                                const fs::path& folder, Written& written) {
  Played all;
  const auto keep = [&](std::vector<Record> records) {
    for (Record& record : records) all.push_back({std::move(record), kBenign});
    return true;
  };
  auto played = played_on(session, exercises, provider, seed, keep);
  if (!played) return std::unexpected(played.error());
  std::ranges::move(*played, std::back_inserter(all));
  auto labels = write_delivered(provider, all, folder);
  if (!labels) return std::unexpected(labels.error());
  written.labels += *labels;
  written.num_records += all.size();
  return {};
}

Result<ExitCode> run_simulate(Session& session) {
  const auto exercises = load_exercises(session);
  if (!exercises) return std::unexpected(exercises.error());
  if (session.arguments().has("--list")) {
    list_procedures(session, exercises->procedures);
    return ExitCode::kDone;
  }
  const auto seed = exercise_seed(session);
  if (!seed) return std::unexpected(seed.error());
  const auto providers = providers_of(exercises->procedures);
  if (auto checked = check_delivery(session, *exercises, providers); !checked) {
    return std::unexpected(checked.error());
  }
  const auto& output = session.options().output;
  const bool to_folder = output && *output != "-";
  Written written;
  for (const std::string& id : providers) {
    const auto& provider = *exercises->operations.find(id);
    auto done = to_folder
                    ? simulate_to_folder(session, *exercises, provider, *seed, *output, written)
                    : simulate_to_stdout(session, *exercises, provider, *seed, written);
    if (!done) return std::unexpected(done.error());
  }
  const fs::path beside = to_folder ? *output / "cases.tsv" : fs::path();
  if (auto labelled = write_labels(session, beside, written.labels); !labelled) {
    return std::unexpected(labelled.error());
  }
  session.out().flush();
  session.messages().note(fmt::format("{} records of {} procedures", written.num_records,
                                      exercises->procedures.size()));
  return ExitCode::kDone;
}

}  // namespace

std::vector<Command> simulate_commands() {
  std::vector<Option> options = exercise_options();
  options.push_back({.name = "--list", .help = "name the procedures, and end"});
  options.push_back({.name = "--lookalikes", .help = "also what looks like it and is benign"});
  options.push_back({.name = "--with-background",
                     .value_name = "N",
                     .help = "also this many records of ordinary work",
                     .kind = ValueKind::kCount});
  options.push_back({.name = "--delivery",
                     .value_name = "NAME",
                     .help = "as another service hands the log out: eks-subscription, eks-export"});
  options.push_back({.name = "--labels",
                     .value_name = "FILE",
                     .help = "write there which lines are of which procedure",
                     .kind = ValueKind::kPath});
  return {{
      .name = "simulate",
      .summary = "write the telemetry of procedures, in each log source's own form",
      .description =
          "Plays procedures as their providers' logs would show them and writes the records: one a "
          "line to stdout, or with -o the files that the provider delivers, with cases.tsv beside "
          "them that says which lines are of which procedure. Nothing is done to any cloud.",
      .positionals = {procedure_positional()},
      .options = std::move(options),
      .formats = {"ndjson"},
      .examples = {{"nepho simulate --list --technique T1098", "what can be played"},
                   {"nepho simulate aws.persistence.create-user",
                    "the records of one procedure, one a line"},
                   {"nepho simulate --technique T1098 --lookalikes",
                    "all ways of one technique, with what looks like them"}},
      .writes_folder = true,
      .run = run_simulate,
  }};
}

}  // namespace nepho::cli
