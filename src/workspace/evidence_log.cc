// Two tables: a play, and the rules that were tried in it. Words are kept as words rather than
// numbers, so that any SQLite shell shows what happened; docs/formats/database.md describes both.
#include "workspace/evidence_log.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "evidence/words.h"
#include "store/database.h"
#include "store/transaction.h"
#include "workspace/state_folder.h"

namespace nepho::workspace {
namespace {

using evidence::Evidence;
using evidence::Trial;
using store::Database;
using store::Statement;

// Only ever added to: databases out there have taken these steps.
constexpr store::Migration kMigrations[]{{"evidence", R"(
CREATE TABLE evidence (
  id INTEGER PRIMARY KEY,
  procedure TEXT NOT NULL,
  technique TEXT NOT NULL,
  provider TEXT NOT NULL,
  kind TEXT NOT NULL,
  outcome TEXT NOT NULL,
  verdict TEXT NOT NULL,
  reason TEXT NOT NULL,
  schema_hash TEXT NOT NULL,
  attack_version TEXT NOT NULL,
  time_ns INTEGER NOT NULL,
  latency_ms INTEGER,
  events INTEGER NOT NULL,
  digest TEXT NOT NULL
);
CREATE INDEX evidence_by_procedure ON evidence (procedure, time_ns);
CREATE TABLE trial (
  evidence INTEGER NOT NULL REFERENCES evidence (id) ON DELETE CASCADE,
  rule TEXT NOT NULL,
  hash TEXT NOT NULL,
  alerted INTEGER NOT NULL,
  late INTEGER NOT NULL,
  also_benign INTEGER NOT NULL
);
CREATE INDEX trial_by_evidence ON trial (evidence);
)"}};

std::filesystem::path database_path(const std::filesystem::path& workspace_folder) {
  return workspace_folder / kStateFolder / kDatabaseFile;
}

Result<void> add_play(Statement& insert, const Evidence& evidence) {
  const auto latency =
      evidence.latency ? std::optional<std::int64_t>(evidence.latency->count()) : std::nullopt;
  insert.bind(evidence.procedure).bind(evidence.technique).bind(evidence.provider);
  insert.bind(to_string(evidence.kind)).bind(to_string(evidence.outcome));
  insert.bind(to_string(evidence.verdict)).bind(evidence.reason).bind(evidence.schema_hash);
  insert.bind(evidence.attack_version);
  insert.bind(static_cast<std::int64_t>(evidence.time.time_since_epoch().count())).bind(latency);
  return insert.bind(static_cast<std::int64_t>(evidence.events)).bind(evidence.digest).run();
}

Result<void> add_trial(Statement& insert, std::int64_t play, const Trial& trial) {
  const auto number = [](bool flag) { return std::int64_t{flag ? 1 : 0}; };
  insert.bind(play).bind(trial.rule).bind(trial.hash).bind(number(trial.alerted));
  return insert.bind(number(trial.late)).bind(number(trial.also_benign)).run();
}

Result<void> add_all(Database& database, std::span<const Evidence> all) {
  auto play = database.prepare(
      "INSERT INTO evidence (procedure, technique, provider, kind, outcome, verdict, reason,"
      " schema_hash, attack_version, time_ns, latency_ms, events, digest)"
      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  if (!play) return std::unexpected(play.error());
  auto trial = database.prepare("INSERT INTO trial VALUES (?, ?, ?, ?, ?, ?)");
  if (!trial) return std::unexpected(trial.error());
  for (const Evidence& evidence : all) {
    if (auto added = add_play(*play, evidence); !added) return added;
    const std::int64_t id = database.last_row_id();
    for (const Trial& each : evidence.trials) {
      if (auto added = add_trial(*trial, id, each); !added) return added;
    }
  }
  return {};
}

// The play in the statement's row; nothing for a word that is not ours.
std::optional<Evidence> play_in(const Statement& row) {
  const auto kind = evidence::parse<evidence::Kind>(row.text(4));
  const auto outcome = evidence::parse<evidence::Outcome>(row.text(5));
  const auto verdict = evidence::parse<evidence::Verdict>(row.text(6));
  if (!kind || !outcome || !verdict) return std::nullopt;
  Evidence evidence{.procedure = std::string(row.text(1)),
                    .technique = std::string(row.text(2)),
                    .provider = std::string(row.text(3)),
                    .kind = *kind,
                    .outcome = *outcome,
                    .verdict = *verdict,
                    .reason = std::string(row.text(7))};
  evidence.schema_hash = row.text(8);
  evidence.attack_version = row.text(9);
  evidence.time += std::chrono::nanoseconds(row.integer(10));
  if (const auto latency = row.optional_integer(11)) {
    evidence.latency = std::chrono::milliseconds(*latency);
  }
  evidence.events = static_cast<std::size_t>(row.integer(12));
  evidence.digest = row.text(13);
  return evidence;
}

// All plays since then, in their order, each with its id. The order of rows is the database's to
// choose unless it is asked for.
Result<std::vector<std::pair<std::int64_t, Evidence>>> read_plays(Database& database,
                                                                  const EvidenceFilter& filter) {
  auto select = database.prepare(
      "SELECT id, procedure, technique, provider, kind, outcome, verdict, reason, schema_hash,"
      " attack_version, time_ns, latency_ms, events, digest FROM evidence"
      " WHERE time_ns >= ? ORDER BY time_ns, id");
  if (!select) return std::unexpected(select.error());
  constexpr auto kEver = std::numeric_limits<std::int64_t>::min();
  select->bind(filter.since ? static_cast<std::int64_t>(filter.since->time_since_epoch().count())
                            : kEver);
  std::vector<std::pair<std::int64_t, Evidence>> plays;
  while (true) {
    const auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return plays;
    auto play = play_in(*select);
    const bool is_wanted =
        play && (filter.procedures.empty() ||
                 std::ranges::find(filter.procedures, play->procedure) != filter.procedures.end());
    if (is_wanted) plays.emplace_back(select->integer(0), std::move(*play));
  }
}

// One walk over the trials rather than one query a play.
Result<void> add_trials(Database& database, std::vector<std::pair<std::int64_t, Evidence>>& plays) {
  std::map<std::int64_t, Evidence*> by_id;
  for (auto& [id, play] : plays) by_id[id] = &play;
  auto select = database.prepare(
      "SELECT evidence, rule, hash, alerted, late, also_benign FROM trial ORDER BY rowid");
  if (!select) return std::unexpected(select.error());
  while (true) {
    const auto row = select->step();
    if (!row) return std::unexpected(row.error());
    if (!*row) return {};
    const auto play = by_id.find(select->integer(0));
    if (play == by_id.end()) continue;
    play->second->trials.push_back({.rule = std::string(select->text(1)),
                                    .hash = std::string(select->text(2)),
                                    .alerted = select->integer(3) != 0,
                                    .late = select->integer(4) != 0,
                                    .also_benign = select->integer(5) != 0});
  }
}

// Keeps the last of each procedure, provider and kind; they are in order of time.
void keep_latest(std::vector<std::pair<std::int64_t, Evidence>>& plays) {
  std::map<std::tuple<std::string, std::string, evidence::Kind>, std::int64_t> last;
  for (const auto& [id, play] : plays) last[{play.procedure, play.provider, play.kind}] = id;
  std::erase_if(plays, [&](const auto& entry) {
    const Evidence& play = entry.second;
    return last.at({play.procedure, play.provider, play.kind}) != entry.first;
  });
}

}  // namespace

Result<void> append_evidence(const std::filesystem::path& workspace_folder,
                             std::span<const Evidence> evidence) {
  if (auto folder = make_state_folder(workspace_folder); !folder) {
    return std::unexpected(folder.error());
  }
  auto database = Database::open(database_path(workspace_folder), kMigrations);
  if (!database) return std::unexpected(database.error());
  auto transaction = store::Transaction::begin(*database);
  if (!transaction) return std::unexpected(transaction.error());
  if (auto added = add_all(*database, evidence); !added) return added;
  return transaction->commit();
}

Result<std::vector<Evidence>> read_evidence(const std::filesystem::path& workspace_folder,
                                            const EvidenceFilter& filter) {
  const auto path = database_path(workspace_folder);
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return std::vector<Evidence>{};
  auto database = Database::open(path, kMigrations, {.access = store::Access::kRead});
  if (!database) return std::unexpected(database.error());
  auto plays = read_plays(*database, filter);
  if (!plays) return std::unexpected(plays.error());
  if (filter.latest_only) keep_latest(*plays);
  if (auto added = add_trials(*database, *plays); !added) return std::unexpected(added.error());
  std::vector<Evidence> all;
  all.reserve(plays->size());
  for (auto& [id, play] : *plays) all.push_back(std::move(play));
  return all;
}

}  // namespace nepho::workspace
