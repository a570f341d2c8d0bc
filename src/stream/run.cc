// Files are dealt out one to a worker, so that the common delivery (thousands of small files) runs
// without workers meeting; only when no new file is left do they share one, taking its blocks in
// turn. Reading and unpacking happen under the file's own lock and never under the queue's, which
// guards a few numbers. Each worker has its shard and its collector to itself; what they found is
// joined when all are done, and only then put in order, so that threads leave no trace in it.
#include "stream/run.h"

#include <algorithm>
#include <array>
#include <atomic>
#include <iterator>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "stream/block.h"
#include "stream/correlate.h"
#include "stream/input_sorter.h"
#include "stream/reader.h"

namespace nepho::stream {
namespace {

// A file that could not be read, or not to its end.
struct Failure {
  std::uint32_t file_index = 0;
  Error error;
};

// One file being read, by one worker or several in turn. Opened by the first that asks for a block:
// to open is to read and unpack the first bytes, which must not happen under the queue's lock.
class SharedFile {
 public:
  // `reader` may have read other files before: its buffers are worth keeping.
  // `part` is what is read of it; nullptr: all.
  SharedFile(std::unique_ptr<RecordReader> reader, std::string path, std::uint32_t index,
             const FilePart* part)
      : path_(std::move(path)), index_(index), part_(part), reader_(std::move(reader)) {}

  // The next block, or false at the end. What the reader skipped goes to `collector`, what it could
  // not read to `failures`: those of whichever worker happens to ask.
  bool next(Block& block, Collector& collector, std::vector<Failure>& failures) {
    const std::lock_guard lock(mutex_);
    if (is_done_) return false;
    if (!std::exchange(is_open_, true)) {
      if (auto opened = open(); !opened) {
        failures.push_back({index_, std::move(opened.error())});
        is_done_ = true;
        return false;
      }
    }
    auto more = reader_->next(block);
    while (!more) {  // once: after its error a reader says that this is the end
      failures.push_back({index_, std::move(more.error())});
      more = reader_->next(block);
    }
    for (const auto& skipped : reader_->take_skipped()) {
      collector.add_skipped({skipped.reason, skipped.file_index, skipped.line, skipped.offset});
    }
    bytes_taken_ = reader_->bytes_taken();
    bytes_unpacked_ = reader_->bytes_unpacked();
    is_done_ = !*more;
    return *more;
  }

  // The reader, for another file; nobody gets a block from this one again.
  std::unique_ptr<RecordReader> take_reader() {
    const std::lock_guard lock(mutex_);
    is_done_ = true;
    return std::move(reader_);
  }

  // As of the last block. Not under the lock: a worker may hold it for as long as a pipe is silent,
  // and whoever only wants to show progress must not wait for that.
  std::uint64_t bytes_taken() const { return bytes_taken_; }
  std::uint64_t bytes_unpacked() const { return bytes_unpacked_; }

 private:
  Result<void> open() {
    if (part_ == nullptr || !part_->open) return reader_->open(path_, index_);
    auto source = part_->open();
    if (!source) return std::unexpected(std::move(source.error()));
    return reader_->open(std::move(*source), path_, index_, part_->place);
  }

  const std::string path_;
  const std::uint32_t index_;
  const FilePart* const part_;
  std::mutex mutex_;  // guards what follows but the two numbers
  std::unique_ptr<RecordReader> reader_;
  bool is_open_ = false;
  bool is_done_ = false;
  std::atomic<std::uint64_t> bytes_taken_ = 0;
  std::atomic<std::uint64_t> bytes_unpacked_ = 0;
};

// Hands out files: first each worker one of its own, then those still being read.
class FileQueue {
 public:
  // `parts`: of the files of that index, or none.
  FileQueue(const std::vector<std::string>& paths, const std::vector<FilePart>& parts)
      : paths_(paths), parts_(parts) {}

  // A file to work on, or nothing when all are done. Helpers are spread over the open files in
  // turn.
  std::shared_ptr<SharedFile> take() {
    const std::lock_guard lock(mutex_);
    if (next_ < paths_.size()) {
      const auto index = static_cast<std::uint32_t>(next_++);
      auto reader = spare_.empty() ? std::make_unique<RecordReader>() : std::move(spare_.back());
      if (!spare_.empty()) spare_.pop_back();
      const FilePart* const part = parts_.empty() ? nullptr : &parts_[index];
      open_.push_back(std::make_shared<SharedFile>(std::move(reader), paths_[index], index, part));
      return open_.back();
    }
    return open_.empty() ? nullptr : open_[turn_++ % open_.size()];
  }

  // Every worker that meets the end of a file says so; the first takes it off the list.
  void done(const std::shared_ptr<SharedFile>& file) {
    const std::lock_guard lock(mutex_);
    const auto found = std::find(open_.begin(), open_.end(), file);
    if (found == open_.end()) return;
    bytes_unpacked_ += file->bytes_unpacked();
    bytes_taken_ += file->bytes_taken();
    ++files_done_;
    spare_.push_back(file->take_reader());
    open_.erase(found);
  }

  // Of the files done and of those left open by a run that was stopped.
  std::uint64_t bytes_unpacked() const {
    const std::lock_guard lock(mutex_);
    std::uint64_t bytes = bytes_unpacked_;
    for (const auto& file : open_) bytes += file->bytes_unpacked();
    return bytes;
  }

  RunOptions::Progress progress() const {
    const std::lock_guard lock(mutex_);
    RunOptions::Progress progress{bytes_taken_, 0, files_done_};
    for (const auto& file : open_) progress.bytes_taken += file->bytes_taken();
    return progress;
  }

 private:
  mutable std::mutex mutex_;
  const std::vector<std::string>& paths_;
  const std::vector<FilePart>& parts_;
  std::size_t next_ = 0;
  std::size_t turn_ = 0;
  // Shared by the queue and by every worker that still reads from the file.
  std::vector<std::shared_ptr<SharedFile>> open_;
  std::vector<std::unique_ptr<RecordReader>> spare_;  // of files that are done
  std::uint64_t bytes_unpacked_ = 0;
  std::uint64_t bytes_taken_ = 0;
  std::uint64_t files_done_ = 0;
};

// Whether the run shall end, asked by every worker. Once it is so it stays so, and all see it,
// whatever the caller's function says the next time: a result that lacks input must say that it
// does.
class Stop {
 public:
  explicit Stop(const std::function<bool()>& asked) : asked_(asked) {}
  bool now() {
    if (!stopped_ && asked_ && asked_()) stopped_ = true;
    return stopped_;
  }
  bool was() const { return stopped_; }

 private:
  const std::function<bool()>& asked_;
  std::atomic<bool> stopped_ = false;
};

// Tells the caller how far the run is, from one worker at a time, every few blocks.
class ProgressTeller {
 public:
  ProgressTeller(const FileQueue& files, const RunOptions& options)
      : files_(files), options_(options) {}

  // Whoever finds another worker telling goes on instead of waiting: the next one will tell.
  void block_done(std::uint64_t events) {
    constexpr std::uint64_t kEveryBlocks = 32;  // 4 MiB of log: some 10 ms of one thread's work
    events_ += events;
    if (!options_.progress || ++blocks_ % kEveryBlocks != 0) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    if (!lock) return;
    RunOptions::Progress progress = files_.progress();
    progress.events = events_;
    options_.progress(progress);
  }

 private:
  const FileQueue& files_;
  const RunOptions& options_;
  std::mutex mutex_;
  std::atomic<std::uint64_t> blocks_ = 0;
  std::atomic<std::uint64_t> events_ = 0;
};

// Of all workers together, in memory; beyond they go to disk. Some 200'000 matches.
constexpr std::size_t kMaxInputBytes = std::size_t{64} << 20U;

detect::Slice slice_of(const Block& block) {
  constexpr std::array kLayouts = {detect::Slice::Layout::kLines, detect::Slice::Layout::kValues,
                                   detect::Slice::Layout::kRows};
  return {block.bytes(),      kLayouts[static_cast<std::size_t>(block.layout())],
          block.file_index(), block.sequence(),
          block.offset(),     block.first_line(),
          block.head(),       block.index()};
}

// What one thread has to itself.
struct Worker {
  Worker(const plan::Plan& plan, const RunOptions& options, detect::SeenEvents* seen,
         detect::RecordWatch* watch)
      : shard(plan, {.keep_events = options.keep_events, .seen_events = seen, .watch = watch}),
        drops_repeats(seen != nullptr && seen == options.seen_events),
        collector(plan.rules().size(), options.fold),
        inputs(kMaxInputBytes / std::max<std::size_t>(options.num_threads, 1)) {}

  // Until no file has anything left or the run is stopped. A file that was not read to its end
  // stays on the queue's list.
  void work(FileQueue& files, ProgressTeller& teller, Stop& stop) {
    while (const std::shared_ptr<SharedFile> file = files.take()) {
      if (stop.now()) return;  // also where no file gives a block
      while (file->next(block, collector, failures)) {
        const detect::Slice slice = slice_of(block);
        detect::SliceResult& result = shard.run(slice, collector.bounds());
        if (drops_repeats) drop_repeats(result);
        collector.add(slice, result);
        if (!result.inputs.heads.empty() || result.inputs.num_untimed != 0) take(result.inputs);
        teller.block_done(result.num_events);
        if (stop.now()) return;
      }
      files.done(file);
    }
  }

  // Where the first copy of an event was met by an earlier run, none of this one is a finding.
  // Within this run the first copy that any worker asked about is no repeat.
  static void drop_repeats(detect::SliceResult& result) {
    std::erase_if(result.matches, [](const detect::Match& match) { return match.is_repeat; });
    result.inputs.drop_repeats();
  }

  void take(const detect::StoredInputs& more) {
    if (spill_error) return;  // without room on the disk: correlations are not run
    if (auto added = inputs.add(more); !added) spill_error = std::move(added.error());
  }

  detect::Shard shard;
  const bool drops_repeats;
  Collector collector;
  InputSorter inputs;  // of correlations
  std::optional<Error> spill_error;
  std::vector<Failure> failures;
  Block block;
};

// In the order of the files, whichever worker met them.
LoadReport report_of(std::vector<std::unique_ptr<Worker>>& workers) {
  std::vector<Failure> all;
  for (const auto& worker : workers) {
    std::move(worker->failures.begin(), worker->failures.end(), std::back_inserter(all));
  }
  std::ranges::stable_sort(all, {}, &Failure::file_index);
  LoadReport report;
  for (Failure& failure : all) report.add_error(std::move(failure.error));
  return report;
}

// Correlations, over what all workers found, beside the findings of rules.
void add_correlations(const plan::Plan& plan, const std::vector<std::string>& files,
                      std::vector<std::unique_ptr<Worker>>& workers, const RunOptions& options,
                      RunResult& result) {
  if (plan.correlations().empty()) return;
  result.correlation.is_complete = false;
  std::vector<InputSorter*> inputs;
  for (const auto& worker : workers) {
    if (worker->spill_error) return result.report.add_error(*worker->spill_error);
    inputs.push_back(&worker->inputs);
  }
  auto correlated = correlate(
      plan, inputs, workers[0]->collector,
      {options.limits, files, result.counters.duplicates != 0, options.fold, options.state});
  if (!correlated) return result.report.add_error(std::move(correlated.error()));
  result.correlation = correlated->account;
  result.earlier_files = std::move(correlated->earlier_files);
  auto& findings = result.findings;
  std::ranges::move(correlated->findings, std::back_inserter(findings));
  std::ranges::sort(findings, {}, [](const auto& finding) { return finding.match.order(); });
}

}  // namespace

RunResult run(const plan::Plan& plan, const std::vector<std::string>& files,
              const RunOptions& options) {
  detect::SeenEvents own_seen;
  detect::SeenEvents* const seen = options.seen_events != nullptr ? options.seen_events : &own_seen;
  // Without log sources nobody knows which field is an event's id, and equal bytes may be two
  // events.
  const bool drops = options.drop_duplicates && !plan.options().ignore_logsource;
  Stop stop(options.should_stop);
  FileQueue queue(files, options.parts);
  ProgressTeller teller(queue, options);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < std::max<std::size_t>(options.num_threads, 1); ++i) {
    detect::RecordWatch* const watch = i < options.watches.size() ? options.watches[i] : nullptr;
    workers.push_back(std::make_unique<Worker>(plan, options, drops ? seen : nullptr, watch));
  }
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size(); ++i) {
    threads.emplace_back([&, i] { workers[i]->work(queue, teller, stop); });
  }
  workers[0]->work(queue, teller, stop);
  for (std::thread& thread : threads) thread.join();

  RunResult result;
  for (std::size_t i = 1; i < workers.size(); ++i)
    workers[0]->collector.join(std::move(workers[i]->collector));
  result.report = report_of(workers);
  Collector& all = workers[0]->collector;
  for (std::size_t i = 0; i < options.parts.size(); ++i)
    all.begin_file(static_cast<std::uint32_t>(i), options.parts[i].num_events);
  result.findings = all.take_findings(plan);
  result.counters = all.counters();
  for (std::size_t i = 0; i < options.parts.size(); ++i)
    result.events_by_file.push_back(all.num_events(static_cast<std::uint32_t>(i)));
  result.skipped = all.skipped();
  result.bytes = queue.bytes_unpacked();
  result.num_files = files.size();
  result.was_stopped = stop.was();
  add_correlations(plan, files, workers, options, result);
  result.num_findings = result.findings.size();
  return result;
}

}  // namespace nepho::stream
