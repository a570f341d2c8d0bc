#include "stream/run.h"

#include <algorithm>
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "stream/block.h"
#include "stream/reader.h"

namespace nepho::stream {
namespace {

// One file being read, by one worker or several in turn.
class SharedFile {
 public:
  SharedFile(const std::string& path, std::uint32_t index) { opened_ = reader_.open(path, index); }

  // The next block, or false at the end. Skipped records and errors go to `collector` and `report`.
  bool next(Block& block, Collector& collector, LoadReport& report) {
    const std::lock_guard lock(mutex_);
    if (is_done_) return false;
    if (!opened_) {
      report.add_error(opened_.error());
      is_done_ = true;
      return false;
    }
    auto more = reader_.next(block);
    while (!more) {
      report.add_error(std::move(more.error()));
      more = reader_.next(block);
    }
    for (const auto& skipped : reader_.take_skipped()) {
      collector.add_skipped({skipped.reason, skipped.file_index, skipped.line, skipped.offset});
    }
    is_done_ = !*more;
    return *more;
  }

  std::uint64_t bytes_taken() const { return with_lock(&RecordReader::bytes_taken); }
  std::uint64_t bytes_unpacked() const { return with_lock(&RecordReader::bytes_unpacked); }

 private:
  std::uint64_t with_lock(std::uint64_t (RecordReader::*count)() const) const {
    const std::lock_guard lock(mutex_);
    return (reader_.*count)();
  }

  mutable std::mutex mutex_;
  RecordReader reader_;
  Result<void> opened_;
  bool is_done_ = false;
};

// Hands out files: first each worker one of its own, then those still being read.
class FileQueue {
 public:
  explicit FileQueue(const std::vector<std::string>& paths) : paths_(paths) {}

  // A file to work on, or nothing when all are done.
  std::shared_ptr<SharedFile> take() {
    const std::lock_guard lock(mutex_);
    if (next_ < paths_.size()) {
      const auto index = static_cast<std::uint32_t>(next_++);
      open_.push_back(std::make_shared<SharedFile>(paths_[index], index));
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
    open_.erase(found);
  }

  std::uint64_t bytes_unpacked() const { return bytes_unpacked_; }

  RunOptions::Progress progress() const {
    const std::lock_guard lock(mutex_);
    RunOptions::Progress progress{bytes_taken_, 0, files_done_};
    for (const auto& file : open_) progress.bytes_taken += file->bytes_taken();
    return progress;
  }

 private:
  mutable std::mutex mutex_;
  const std::vector<std::string>& paths_;
  std::size_t next_ = 0;
  std::size_t turn_ = 0;
  // Shared by the queue and by every worker that still reads from the file.
  std::vector<std::shared_ptr<SharedFile>> open_;
  std::uint64_t bytes_unpacked_ = 0;
  std::uint64_t bytes_taken_ = 0;
  std::uint64_t files_done_ = 0;
};

// Tells the caller how far the run is, from one worker at a time, every few blocks.
class ProgressTeller {
 public:
  ProgressTeller(const FileQueue& files, const RunOptions& options)
      : files_(files), options_(options) {}

  void block_done(std::uint64_t events) {
    constexpr std::uint64_t kEveryBlocks = 16;
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

// What one thread has to itself.
struct Worker {
  Worker(const plan::Plan& plan, const RunOptions& options, detect::SeenEvents* seen)
      : shard(plan, {.keep_events = options.keep_events, .seen_events = seen}),
        collector(plan.rules().size(), options.fold) {}

  void work(FileQueue& files, ProgressTeller& teller, const std::function<bool()>& should_stop) {
    while (const std::shared_ptr<SharedFile> file = files.take()) {
      while (file->next(block, collector, report)) {
        const detect::Slice slice{block.bytes(),      block.layout() == Block::Layout::kLines,
                                  block.file_index(), block.sequence(),
                                  block.offset(),     block.first_line()};
        detect::SliceResult& result = shard.run(slice, collector.bounds());
        collector.add(slice, result);
        teller.block_done(result.num_events);
        if (should_stop && should_stop()) return;
      }
      files.done(file);
    }
  }

  detect::Shard shard;
  Collector collector;
  LoadReport report;
  Block block;
};

}  // namespace

RunResult run(const plan::Plan& plan, const std::vector<std::string>& files,
              const RunOptions& options) {
  detect::SeenEvents seen;
  const bool drops = options.drop_duplicates && !plan.options().ignore_logsource;
  FileQueue queue(files);
  ProgressTeller teller(queue, options);
  std::vector<std::unique_ptr<Worker>> workers;
  for (std::size_t i = 0; i < std::max<std::size_t>(options.num_threads, 1); ++i) {
    workers.push_back(std::make_unique<Worker>(plan, options, drops ? &seen : nullptr));
  }
  std::vector<std::thread> threads;
  for (std::size_t i = 1; i < workers.size(); ++i) {
    threads.emplace_back([&, i] { workers[i]->work(queue, teller, options.should_stop); });
  }
  workers[0]->work(queue, teller, options.should_stop);
  for (std::thread& thread : threads) thread.join();

  RunResult result;
  for (std::size_t i = 1; i < workers.size(); ++i)
    workers[0]->collector.join(std::move(workers[i]->collector));
  for (const auto& worker : workers) result.report.append(std::move(worker->report));
  Collector& all = workers[0]->collector;
  result.findings = all.take_findings(plan);
  result.counters = all.counters();
  result.skipped = all.skipped();
  result.bytes = queue.bytes_unpacked();
  result.num_files = files.size();
  result.was_stopped = options.should_stop && options.should_stop();
  return result;
}

}  // namespace nepho::stream
