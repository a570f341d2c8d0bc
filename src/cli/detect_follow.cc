#include "cli/detect_follow.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <optional>
#include <span>

#include "base/files.h"
#include "base/printable.h"
#include "cli/interrupt.h"
#include "stream/follow_place.h"
#include "stream/follower.h"
#include "stream/piped_lines.h"
#include "text/timestamp.h"

namespace nepho::cli {
namespace {

constexpr ErrorCode kUsageError{"cli.usage"};

// Between two looks where nothing is new.
constexpr std::chrono::milliseconds kPause{1'000};
// What a crash costs: findings of so long come again.
constexpr std::chrono::seconds kKeepEvery{10};
// A look over very many files, or a state that takes long to write, may take a tenth of the time.
constexpr int kShare = 10;
constexpr std::size_t kMaxSkipped = stream::Collector::kMaxSkippedShown;

// --place, else a file beside the state.
std::optional<std::string> place_file(const Session& session) {
  if (auto file = session.arguments().value("--place")) return std::string(*file);
  if (auto state = session.arguments().value("--state")) return std::string(*state) + ".place";
  return std::nullopt;
}

// Files of ours that may stand in a folder that is followed.
std::vector<std::string> own_files(const Session& session) {
  std::vector<std::string> files;
  for (const char* option : {"--state", "--summary"}) {
    if (auto file = session.arguments().value(option)) files.emplace_back(*file);
  }
  if (auto file = place_file(session)) files.push_back(*file);
  return files;
}

class Following {
 public:
  Following(Session& session, const plan::Plan& plan, const std::vector<report::RuleLabels>& labels,
            stream::RunOptions options, detect::CorrelationState& state)
      : session_(session),
        plan_(plan),
        labels_(labels),
        options_(std::move(options)),
        state_(state),
        follower_(paths(), own_files(session)),
        last_(plan.rules().size()) {
    options_.num_threads = 1;  // what is new is little, and findings come in one order
    options_.seen_events = &seen_;
    if (paths().size() != session.arguments().values("LOGS").size()) pipe_.emplace(STDIN_FILENO);
  }

  Result<Followed> follow() {
    if (auto restored = restore(); !restored) return std::unexpected(restored.error());
    auto kept_at = session_.clock().elapsed();
    auto keeping = std::chrono::nanoseconds(kKeepEvery);
    bool has_more = true;
    while (!stop_requested() && has_more) {
      const auto more = step();
      if (!more) {  // what was printed until then was read
        if (auto kept = keep(); !kept) return std::unexpected(kept.error());
        return std::unexpected(more.error());
      }
      has_more = *more;
      if (!is_new_ || session_.clock().elapsed() - kept_at < keeping) continue;
      const auto begun = session_.clock().elapsed();
      if (auto kept = keep(); !kept) return std::unexpected(kept.error());
      kept_at = session_.clock().elapsed();
      keeping = std::max<std::chrono::nanoseconds>(kKeepEvery, kShare * (kept_at - begun));
    }
    if (auto kept = keep(); !kept) return std::unexpected(kept.error());
    return finish();
  }

 private:
  std::vector<std::string> paths() const {
    std::vector<std::string> paths;
    for (const auto& path : session_.arguments().values("LOGS")) {
      if (path != "-") paths.emplace_back(path);
    }
    return paths;
  }

  Result<void> restore() {
    const auto file = place_file(session_);
    std::error_code unreadable;  // reading it will say why
    if (!file ||
        std::filesystem::status(*file, unreadable).type() == std::filesystem::file_type::not_found)
      return {};
    auto bytes = read_file(*file, kDefaultLimits.max_bundle_bytes);
    if (!bytes) return std::unexpected(bytes.error());
    auto places = stream::read_places(std::move(*bytes), *file);
    if (!places) return std::unexpected(places.error());
    follower_.restore(std::move(places->files));
    seen_.restore(places->seen);
    return {};
  }

  // Looks once, at files and the pipe, and waits where there is nothing. False at the end of all.
  Result<bool> step() {
    const bool had_news = look_at_files();
    if (stop_requested()) return false;
    const auto pause = had_news ? std::chrono::milliseconds(0) : pause_;
    if (!pipe_) {
      if (pause.count() != 0) ::poll(nullptr, 0, static_cast<int>(pause.count()));
      return true;
    }
    if (auto waited = pipe_->wait(pause); !waited) return std::unexpected(waited.error());
    if (pipe_->has_part()) {
      if (const auto num_events = run({"-"}, {pipe_->part()})) pipe_->taken(num_events->at(0));
    }
    const bool has_ended = pipe_->has_ended() && !pipe_->has_part();
    if (has_ended) pipe_.reset();
    return !has_ended || !paths().empty();
  }

  // Whether there was something, so that there may be more.
  bool look_at_files() {
    if (paths().empty()) return false;
    const auto begun = session_.clock().elapsed();
    const stream::Follower::News news = follower_.look(session_.clock().now());
    const auto took =
        std::chrono::duration_cast<std::chrono::milliseconds>(session_.clock().elapsed() - begun);
    pause_ = std::max(kPause, kShare * took);
    session_.report(news.report);
    if (!news.parts.empty()) {
      const auto num_events = run(news.files, news.parts);
      if (!num_events) return false;
      follower_.taken(news, *num_events);
    }
    return !news.is_all;
  }

  // One run. Nothing when it was stopped on its way: then it is as if it had not begun.
  std::optional<std::vector<std::uint64_t>> run(const std::vector<std::string>& files,
                                                std::vector<stream::FilePart> parts) {
    detect::CorrelationState state = state_;
    seen_.mark();
    options_.parts = std::move(parts);
    options_.state = &state;
    stream::RunResult result = stream::run(plan_, files, options_);
    if (result.was_stopped) return seen_.take_back(), std::nullopt;
    std::vector<std::string> names = files;
    names.insert(names.end(), result.earlier_files.begin(), result.earlier_files.end());
    print(names, result.findings);
    if (session_.out().has_failed()) {  // findings that nobody got are to come again
      request_stop();
      seen_.take_back();
      return std::nullopt;
    }
    state_ = std::move(state);
    is_new_ = true;
    session_.report(result.report);
    auto num_events = std::move(result.events_by_file);
    add(files, std::move(result));
    return num_events;
  }

  void print(const std::vector<std::string>& files, const detect::Findings& findings) {
    const report::FindingNames names{plan_, files, labels_};
    report::FindingWriter writer(names);
    std::string line;
    for (const detect::Finding& finding : findings) {
      line.clear();
      if (session_.format() == "ndjson") {
        writer.append(finding, line);
      } else {
        append_line(names, finding, line);
      }
      session_.out().write(line);
    }
    session_.out().flush();
  }

  // For eyes: time, level, rule, who, where.
  static void append_line(const report::FindingNames& names, const detect::Finding& finding,
                          std::string& out) {
    const sigma::Rule& rule = names.rule(finding);
    const detect::Match& match = finding.match;
    out += fmt::format("{}  {:<13}  {}  {}  {}:{}",
                       match.time ? text::to_rfc3339(*match.time) : std::string("-"),
                       rule.level ? to_string(*rule.level) : "medium", escape_for_log(rule.title),
                       match.actor.empty() ? "-" : escape_for_log(match.actor),
                       escape_for_log(names.file(finding)), match.place.line);
    if (finding.count != 1) out += fmt::format("  (and {} more)", finding.count - 1);
    out += '\n';
  }

  // Into what is told at the end; what is bounded there stays bounded.
  void add(const std::vector<std::string>& files, stream::RunResult result) {
    stream::RunResult& all = all_.result;
    all.counters.add(result.counters);
    all.bytes += result.bytes;
    for (detect::SkippedRecord skipped : result.skipped) {
      if (all.skipped.size() == kMaxSkipped) break;
      const std::string& name = files[skipped.file];
      const auto known = std::ranges::find(all_.files, name) - all_.files.begin();
      if (known == std::ssize(all_.files)) all_.files.push_back(name);
      skipped.file = static_cast<std::uint32_t>(known);
      all.skipped.push_back(skipped);
    }
    all.correlation.add(result.correlation);
    all.num_findings += result.num_findings;
    for (detect::Finding& finding : result.findings) {
      auto& last = last_[finding.match.rule];
      if (last) finding.count += last->count;
      if (last && last->match.time > finding.match.time) finding.match.time = last->match.time;
      finding.match.event.clear();
      finding.correlation.reset();
      last = std::move(finding);
    }
  }

  // The state first: a place without it would leave events out of windows.
  Result<void> keep() {
    if (!is_new_) return {};
    is_new_ = false;
    const auto file = place_file(session_);
    if (!all_.result.correlation.is_complete) {
      if (file) session_.messages().note("state and place stay as they were: see the error above");
      return {};
    }
    if (const auto state = session_.arguments().value("--state")) {
      if (auto kept = write_file(*state, detect::write_state(state_)); !kept) return kept;
    }
    if (!file) return {};
    return write_file(*file, stream::write_places({follower_.places(), seen_.kept()}));
  }

  Followed finish() {
    const bool has_pipe = paths().size() < session_.arguments().values("LOGS").size();
    all_.result.num_files = follower_.num_files() + (has_pipe ? 1 : 0);
    for (auto& last : last_) {
      if (last) all_.result.findings.push_back(std::move(*last));
    }
    return std::move(all_);
  }

  Session& session_;
  const plan::Plan& plan_;
  const std::vector<report::RuleLabels>& labels_;
  stream::RunOptions options_;
  detect::CorrelationState& state_;
  detect::SeenEvents seen_;
  stream::Follower follower_;
  std::optional<stream::PipedLines> pipe_;
  std::chrono::milliseconds pause_ = kPause;
  bool is_new_ = false;  // something was read that is not kept yet
  Followed all_;
  std::vector<std::optional<detect::Finding>> last_;  // by rule
};

}  // namespace

Result<void> check_follow(const Session& session) {
  const Arguments& arguments = session.arguments();
  if (!arguments.has("--follow")) {
    if (!arguments.has("--place")) return {};
    return fail(kUsageError, "--place keeps the place of --follow, which is not given");
  }
  if (session.format() != "ndjson" && session.format() != "table") {
    return fail(kUsageError,
                "--follow prints findings as they come, and " + std::string(session.format()) +
                    " is made of all of them",
                {}, "--format ndjson, or a line a finding without --format");
  }
  if (session.options().output && *session.options().output != "-") {
    return fail(kUsageError, "a file of -o appears when all is done, and --follow goes on", {},
                "'nepho detect --follow ... > FILE' writes findings as they come");
  }
  const auto file = place_file(session);
  return file ? check_can_write(*file) : Result<void>{};
}

Result<Followed> follow(Session& session, const plan::Plan& plan,
                        const std::vector<report::RuleLabels>& labels, stream::RunOptions options,
                        detect::CorrelationState& state) {
  return Following(session, plan, labels, std::move(options), state).follow();
}

}  // namespace nepho::cli
