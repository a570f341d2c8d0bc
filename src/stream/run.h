// A whole run: files in, findings and an account of every record out.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_source.h"
#include "base/problem.h"
#include "detect/counters.h"
#include "detect/finding.h"
#include "detect/seen_events.h"
#include "detect/shard.h"
#include "plan/plan.h"
#include "stream/collector.h"
#include "stream/correlate.h"
#include "stream/reader.h"

namespace nepho::stream {

// What is to be read of a file that is read bit by bit, as it grows.
struct FilePart {
  // Gives the bytes, which begin and end between records; called once, by any worker. Empty: all of
  // the file is read, from its path.
  std::function<Result<std::unique_ptr<ByteSource>>()> open;
  ReadPlace place;               // of the first of them in the file
  std::uint64_t num_events = 0;  // of the file before that
};

struct RunOptions {
  std::size_t num_threads = 1;
  bool drop_duplicates = true;
  bool keep_events = true;
  std::size_t fold = Collector::kDefaultFold;  // 0: never; of correlations: CorrelateOptions::fold
  Limits limits = kDefaultLimits;              // of correlations
  // What the correlations of an earlier run remembered, to go on from and to be replaced by what
  // they remember at the end of this one; nullptr: they begin and end with nothing.
  detect::CorrelationState* state = nullptr;
  // Parts of the files of that index, or none: then the files are read whole.
  std::vector<FilePart> parts;
  // What earlier runs met, to go on from: copies of their events are left out. nullptr: this run
  // begins and ends with nothing.
  detect::SeenEvents* seen_events = nullptr;
  // Asked between blocks and before each file, from every worker and from several at once. After
  // the first true the run ends as soon as each worker has finished its block.
  std::function<bool()> should_stop;
  // Who looks at every record beside the rules: none, or one a thread, the caller's own.
  std::vector<detect::RecordWatch*> watches;
  // Called now and then, from any worker but never from two at once.
  struct Progress {
    std::uint64_t bytes_taken = 0;  // of the files as they are, packed or not
    std::uint64_t events = 0;
    std::uint64_t files_done = 0;
  };
  std::function<void(const Progress&)> progress;
};

struct RunResult {
  detect::Findings findings;  // by time, rule, place: the same for any number of threads
  std::uint64_t num_findings = 0;
  detect::Counters counters;
  std::vector<detect::SkippedRecord> skipped;  // the first of them, see Collector::skipped()
  LoadReport report;                           // files that could not be read (on), in their order
  std::uint64_t bytes = 0;                     // read, uncompressed
  std::uint64_t num_files = 0;                 // asked for, readable or not
  CorrelationAccount correlation;
  // Of earlier runs, which findings name: those whose number is not below `num_files`.
  std::vector<std::string> earlier_files;
  std::vector<std::uint64_t> events_by_file;  // only of parts: of this run, of any kind
  bool was_stopped = false;  // should_stop said so: some input may not have been looked at
};

// Runs the plan over the files ("-" is standard input). Each worker pulls blocks from a file of its
// own and, when none is left, helps with another's, so one large file keeps all threads busy. With
// one thread nothing runs beside the caller's. Memory: a few MiB a thread and what Collector keeps.
RunResult run(const plan::Plan& plan, const std::vector<std::string>& files,
              const RunOptions& options);

}  // namespace nepho::stream
