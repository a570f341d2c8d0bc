// A run is the whole machine: files, threads, shards, order. Threads must leave no trace in what it
// says, and a fault must cost what it stands in and nothing else.
#include "stream/run.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <mutex>
#include <random>
#include <set>
#include <thread>

#include "base/knowledge.h"
#include "tests/support/cloudtrail.h"
#include "tests/support/program.h"

namespace nepho::stream {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using tests::cloudtrail_record;

std::string gzip(std::string_view text) {
  auto* compressor = libdeflate_alloc_compressor(6);
  std::string out(libdeflate_gzip_compress_bound(compressor, text.size()), '\0');
  out.resize(
      libdeflate_gzip_compress(compressor, text.data(), text.size(), out.data(), out.size()));
  libdeflate_free_compressor(compressor);
  return out;
}

// "2026-03-01T10:00:00Z" and so many seconds.
std::string at_second(unsigned second) {
  return fmt::format("2026-03-01T{:02}:{:02}:{:02}Z", 10 + second / 3600, second / 60 % 60,
                     second % 60);
}

class RunOfTwoRules : public testing::Test {
 protected:
  RunOfTwoRules()
      : rules_{tests::cloudtrail_rule("CreateUser"), tests::cloudtrail_rule("DeleteUser")},
        sources_(event::LogSources::load(knowledge_, report_)),
        plan_(rules_, sources_, {.strict = true}) {}

  RunResult run_on(const std::vector<std::string>& files, std::size_t num_threads = 1) const {
    return run(plan_, files, {.num_threads = num_threads});
  }

  // All that a run says about its input, as text.
  static std::string told(const RunResult& result) {
    std::string text;
    for (const detect::Finding& finding : result.findings) {
      const detect::EventPlace& place = finding.match.place;
      text += fmt::format("{} of rule {} at {}:{}@{} number {} x{}\n", to_hex(finding.id),
                          finding.match.rule, place.file, place.line, place.offset, finding.index,
                          finding.count);
    }
    for (const detect::SkippedRecord& skipped : result.skipped) {
      text += fmt::format("skipped {} at {}:{}@{}\n", event::to_string(skipped.reason),
                          skipped.file, skipped.line, skipped.offset);
    }
    for (const Problem& problem : result.report.problems()) text += to_string(problem) + "\n";
    const detect::Counters& counters = result.counters;
    text +=
        fmt::format("{} events, {} duplicates, {} skipped, {} bytes, {} files\n", counters.events,
                    counters.duplicates, counters.num_skipped(), result.bytes, result.num_files);
    for (const std::uint64_t count : counters.by_source) text += fmt::format("{} ", count);
    for (const auto& time : {counters.first_time, counters.last_time}) {
      text += time ? std::to_string(time->time_since_epoch().count()) + " " : "none ";
    }
    return text;
  }

  // Records of which every so-and-so-manieth fires, with a bad line here and there; large enough
  // for many blocks.
  static std::string log_of(std::size_t num_records, std::uint32_t seed) {
    std::mt19937 random(seed);
    std::string text;
    for (std::size_t i = 0; i < num_records; ++i) {
      static constexpr const char* kNames[] = {"ListUsers", "GetUser", "CreateUser", "DeleteUser"};
      text += cloudtrail_record(kNames[random() % 4], fmt::format("{}-{}", seed, i),
                                at_second(static_cast<unsigned>(random() % 5'000))) +
              "\n";
      if (random() % 500 == 0) text += "{\"a\":nul}\n";
    }
    return text;
  }

  Knowledge knowledge_;
  LoadReport report_;
  std::vector<sigma::Rule> rules_;
  event::LogSources sources_;
  plan::Plan plan_;
  tests::TemporaryFolder folder_;
};

TEST_F(RunOfTwoRules, FindsWhatItsRulesNameAndCountsTheRest) {
  const std::string file =
      folder_.write("log.json", cloudtrail_record("CreateUser", "1") + "\n" +
                                    cloudtrail_record("ListUsers", "2") + "\n" +
                                    cloudtrail_record("DeleteUser", "3") + "\n");
  const RunResult result = run_on({file});
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_EQ(result.findings[0].match.rule, 0U);
  EXPECT_EQ(result.findings[1].match.rule, 1U);
  EXPECT_EQ(result.findings[1].index, 2U);
  EXPECT_EQ(result.findings[1].match.event, cloudtrail_record("DeleteUser", "3"));
  EXPECT_EQ(result.counters.events, 3U);
  EXPECT_EQ(result.counters.received(), 3U);
  EXPECT_EQ(result.num_files, 1U);
  EXPECT_EQ(result.bytes, tests::contents_of(file).size());
  EXPECT_FALSE(result.was_stopped);
  EXPECT_THAT(result.report.problems(), IsEmpty());
}

// As a file that grows is read: each part by a run of its own, copies of events in the next.
TEST_F(RunOfTwoRules, FindsInPartsWhatItFindsInTheWhole) {
  std::mt19937 random(7);
  std::string log;
  std::vector<std::size_t> line_ends;
  for (unsigned i = 0; i < 3'000; ++i) {
    const auto back = static_cast<unsigned>(random() % std::min(i + 1, 50U));
    const unsigned event = random() % 10 == 0 ? i - back : i;
    log += cloudtrail_record(event % 7 == 0 ? "CreateUser" : "GetUser", std::to_string(event),
                             at_second(event));
    log += random() % 100 == 0 ? "\n{\"a\":nul}\n" : "\n";
    line_ends.push_back(log.size());
  }
  const RunResult whole = run_on({folder_.write("log.json", log)});
  ASSERT_GT(whole.counters.duplicates, 50U);

  RunResult all;
  detect::SeenEvents seen;
  FilePart part;
  const std::vector<std::string> files{"log.json"};
  while (part.place.offset < log.size()) {
    const auto from = std::ranges::upper_bound(line_ends, part.place.offset) - line_ends.begin();
    const std::size_t last =
        std::min(static_cast<std::size_t>(from) + random() % 300, line_ends.size() - 1);
    const std::string text = log.substr(part.place.offset, line_ends[last] - part.place.offset);
    part.open = [&]() -> Result<std::unique_ptr<ByteSource>> { return memory_source(text); };
    RunResult result = run(plan_, files, {.parts = {part}, .seen_events = &seen});
    std::ranges::move(result.findings, std::back_inserter(all.findings));
    std::ranges::move(result.skipped, std::back_inserter(all.skipped));
    all.counters.add(result.counters);
    all.bytes += result.bytes;
    part.place.offset += text.size();
    part.place.line += static_cast<std::uint64_t>(std::ranges::count(text, '\n'));
    part.num_events += result.events_by_file.at(0);
  }
  all.num_files = 1;
  std::ranges::sort(all.findings, {}, [](const auto& finding) { return finding.match.time; });
  EXPECT_EQ(told(all), told(whole));
}

TEST_F(RunOfTwoRules, HasNothingToSayAboutNoFiles) {
  const RunResult result = run_on({}, 3);
  EXPECT_THAT(result.findings, IsEmpty());
  EXPECT_EQ(result.counters.received(), 0U);
  EXPECT_EQ(result.bytes, 0U);
  EXPECT_FALSE(result.counters.first_time);
}

TEST_F(RunOfTwoRules, SaysTheSameOfOneFileByAnyNumberOfThreads) {
  const std::string file = folder_.write("log.json", log_of(20'000, 1));  // about 15 blocks
  const std::string alone = told(run_on({file}, 1));
  EXPECT_THAT(alone, testing::HasSubstr("20000 events"));
  EXPECT_THAT(alone, testing::HasSubstr("skipped malformed-json"));
  for (const std::size_t num_threads : {2U, 3U, 7U}) {
    EXPECT_EQ(told(run_on({file}, num_threads)), alone) << num_threads;
  }
}

TEST_F(RunOfTwoRules, SaysTheSameOfManyFilesOfEveryForm) {
  std::vector<std::string> files;
  for (std::uint32_t i = 0; i < 24; ++i) {
    const std::string log = log_of(1 + i * 37 % 400, 100 + i);
    const std::string name = fmt::format("{:02}.json", i);
    if (i % 3 == 0) {
      files.push_back(folder_.write(name, log));
    } else if (i % 3 == 1) {
      files.push_back(folder_.write(name + ".gz", gzip(log)));
    } else {
      std::string list;
      for (std::size_t at = 0; at < log.size(); at = log.find('\n', at) + 1) {
        const std::string line = log.substr(at, log.find('\n', at) - at);
        if (line.find("nul}") == std::string::npos) list += (list.empty() ? "" : ",\n") + line;
      }
      files.push_back(folder_.write(name, "{\"Records\":[" + list + "]}"));
    }
  }
  const std::string alone = told(run_on(files, 1));
  for (int round = 0; round < 5; ++round) ASSERT_EQ(told(run_on(files, 4)), alone);
}

TEST_F(RunOfTwoRules, OrdersFindingsByTimeAcrossFiles) {
  const std::string late =
      folder_.write("a.json", cloudtrail_record("CreateUser", "1", at_second(90)));
  const std::string early =
      folder_.write("b.json", cloudtrail_record("CreateUser", "2", at_second(10)));
  const RunResult result = run_on({late, early}, 2);
  ASSERT_THAT(result.findings, SizeIs(2));
  EXPECT_EQ(result.findings[0].match.place.file, 1U);
  EXPECT_EQ(result.findings[1].match.place.file, 0U);
}

// ---- files that cannot be read ----

TEST_F(RunOfTwoRules, LosesAnUnreadableFileAndNoOther) {
  const std::string first = folder_.write("a.json", cloudtrail_record("CreateUser", "1") + "\n");
  const std::string last = folder_.write("c.json", cloudtrail_record("CreateUser", "2") + "\n");
  const std::string missing = (folder_.path() / "b.json").string();
  for (const std::size_t num_threads : {1U, 2U}) {
    const RunResult result = run_on({first, missing, last}, num_threads);
    EXPECT_THAT(result.findings, SizeIs(2));
    ASSERT_THAT(result.report.problems(), SizeIs(1));
    EXPECT_EQ(result.report.problems()[0].severity, Severity::kError);
    EXPECT_EQ(result.report.problems()[0].error.code.name(), "base.cannot_read");
    EXPECT_EQ(result.report.problems()[0].error.place.file, missing);
    EXPECT_EQ(result.num_files, 3U);
  }
}

TEST_F(RunOfTwoRules, TakesAFolderForAFileThatCannotBeRead) {
  const RunResult result = run_on({folder_.path().string()});
  ASSERT_THAT(result.report.problems(), SizeIs(1));
  EXPECT_EQ(result.report.problems()[0].error.code.name(), "base.cannot_read");
  EXPECT_EQ(result.counters.received(), 0U);
}

TEST_F(RunOfTwoRules, KeepsWhatCameBeforeTheEndOfATruncatedArchive) {
  std::string packed = gzip(log_of(5'000, 3));
  packed.resize(packed.size() / 2);
  const std::string cut = folder_.write("cut.gz", packed);
  const std::string good = folder_.write("good.json", cloudtrail_record("CreateUser", "g") + "\n");
  const RunResult result = run_on({cut, good}, 2);
  EXPECT_GT(result.counters.events, 1'000U);
  ASSERT_THAT(result.report.problems(), SizeIs(1));
  EXPECT_EQ(result.report.problems()[0].error.code.name(), "base.truncated_archive");
  EXPECT_EQ(result.report.problems()[0].error.place.file, cut);
  const auto& skipped = result.counters.skipped;
  EXPECT_EQ(skipped[static_cast<std::size_t>(event::SkipReason::kTruncated)], 1U);
  EXPECT_TRUE(std::ranges::any_of(
      result.findings, [](const auto& finding) { return finding.match.place.file == 1; }));
}

TEST_F(RunOfTwoRules, ReportsUnreadableFilesInTheirOrderWhicheverThreadMetThem) {
  std::vector<std::string> files;
  for (int i = 0; i < 40; ++i) files.push_back((folder_.path() / fmt::format("{:02}", i)).string());
  for (int round = 0; round < 5; ++round) {
    std::vector<std::string> named;
    const RunResult result = run_on(files, 4);
    for (const Problem& problem : result.report.problems()) {
      named.push_back(problem.error.place.file);
    }
    ASSERT_EQ(named, files);
  }
}

TEST_F(RunOfTwoRules, ReadsTheSameFileTwiceAsTwoFilesOfRepeats) {
  const std::string file = folder_.write("a.json", cloudtrail_record("CreateUser", "1") + "\n");
  const RunResult dropped = run_on({file, file}, 2);
  EXPECT_EQ(dropped.counters.events, 1U);
  EXPECT_EQ(dropped.counters.duplicates, 1U);
  ASSERT_THAT(dropped.findings, SizeIs(1));
  EXPECT_EQ(dropped.findings[0].match.place.file, 0U) << "the lowest place, whoever was first";
  const RunResult kept = run(plan_, {file, file}, {.num_threads = 2, .drop_duplicates = false});
  EXPECT_EQ(kept.counters.events, 2U);
  EXPECT_THAT(kept.findings, SizeIs(2));
}

// ---- repeats and the fold, under threads ----

TEST_F(RunOfTwoRules, FindsARepeatOnceAtItsLowestPlaceWhicheverThreadWasFirst) {
  // Each file holds the same events, in another order.
  std::vector<std::string> records;
  for (unsigned i = 0; i < 3'000; ++i) {
    records.push_back(cloudtrail_record("CreateUser", std::to_string(i), at_second(i)));
  }
  std::vector<std::string> files;
  std::mt19937 random(4);
  for (int i = 0; i < 4; ++i) {
    std::shuffle(records.begin(), records.end(), random);
    std::string text;
    for (const std::string& record : records) text += record + "\n";
    files.push_back(folder_.write(std::to_string(i), text));
  }
  for (const std::size_t num_threads : {1U, 2U, 4U}) {
    const RunResult result = run_on(files, num_threads);
    EXPECT_EQ(result.counters.events, 3'000U);
    EXPECT_EQ(result.counters.duplicates, 9'000U);
    ASSERT_THAT(result.findings, SizeIs(3'000));
    for (const auto& finding : result.findings) ASSERT_EQ(finding.match.place.file, 0U);
  }
}

TEST_F(RunOfTwoRules, FoldsBeyondTheBoundAndCountsAll) {
  const std::string file = folder_.write("log.json", log_of(8'000, 5));
  const RunResult whole = run(plan_, {file}, {.fold = 0});
  const RunResult folded = run(plan_, {file}, {.fold = 10});
  ASSERT_THAT(folded.findings, SizeIs(20)) << "ten for each rule";
  std::uint64_t total = 0;
  std::map<std::uint32_t, std::size_t> seen;
  for (const detect::Finding& finding : folded.findings) {
    total += finding.count;
    // The earliest of each rule, in the order of the whole list.
    const std::size_t rank = seen[finding.match.rule]++;
    std::size_t at = 0;
    for (const detect::Finding& other : whole.findings) {
      if (other.match.rule != finding.match.rule) continue;
      if (at++ != rank) continue;
      EXPECT_EQ(other.id, finding.id);
      break;
    }
    EXPECT_EQ(finding.count > 1, rank == 9);
  }
  EXPECT_EQ(total, whole.findings.size());
  const std::string alone = told(folded);
  for (const std::size_t num_threads : {2U, 5U}) {
    EXPECT_EQ(told(run(plan_, {file}, {.num_threads = num_threads, .fold = 10})), alone);
  }
}

TEST_F(RunOfTwoRules, KeepsNoEventsUnlessAsked) {
  const std::string file = folder_.write("a.json", cloudtrail_record("CreateUser", "1"));
  const RunResult result = run(plan_, {file}, {.keep_events = false});
  ASSERT_THAT(result.findings, SizeIs(1));
  EXPECT_EQ(result.findings[0].match.event, "");
  EXPECT_EQ(result.findings[0].match.actor, "arn:aws:iam::111122223333:user/a");
}

// ---- stopping and progress ----

TEST_F(RunOfTwoRules, StopsEarlyWithWhatWasDone) {
  const std::string file = folder_.write("log.json", log_of(20'000, 6));
  for (const std::size_t num_threads : {1U, 3U}) {
    std::atomic<int> asked = 0;
    const RunResult result = run(
        plan_, {file}, {.num_threads = num_threads, .should_stop = [&] { return ++asked > 3; }});
    EXPECT_TRUE(result.was_stopped);
    EXPECT_GT(result.counters.events, 0U);
    EXPECT_LT(result.counters.events, 20'000U);
    EXPECT_GT(result.bytes, 0U) << "of the file it was in";
    EXPECT_FALSE(result.findings.empty());
  }
}

TEST_F(RunOfTwoRules, StaysStoppedWhenTheCallerChangesItsMind) {
  const std::string file = folder_.write("log.json", log_of(20'000, 7));
  int asked = 0;
  const RunResult result = run(plan_, {file}, {.should_stop = [&] { return ++asked == 2; }});
  EXPECT_TRUE(result.was_stopped) << "some input was not looked at";
  EXPECT_EQ(asked, 2);
}

TEST_F(RunOfTwoRules, IsNotStoppedByAWishThatComesTooLate) {
  const std::string file = folder_.write("a.json", cloudtrail_record("CreateUser", "1"));
  bool is_over = false;
  RunOptions options;
  options.should_stop = [&] { return is_over; };
  const RunResult result = run(plan_, {file}, options);
  is_over = true;
  EXPECT_FALSE(result.was_stopped);
  EXPECT_THAT(result.findings, SizeIs(1));
}

TEST_F(RunOfTwoRules, StopsAmongFilesThatGiveNoBlock) {
  const std::vector<std::string> files(50, (folder_.path() / "missing").string());
  const RunResult result = run(plan_, files, {.should_stop = [] { return true; }});
  EXPECT_TRUE(result.was_stopped);
  EXPECT_LT(result.report.problems().size(), 50U);
}

TEST_F(RunOfTwoRules, TellsItsProgressNeverFromTwoThreadsAtOnce) {
  std::vector<std::string> files;
  for (std::uint32_t i = 0; i < 60; ++i) {
    files.push_back(folder_.write(std::to_string(i), log_of(20, 200 + i)));
  }
  std::atomic<int> inside = 0;
  RunOptions::Progress last;
  int told_times = 0;
  RunOptions options;
  options.num_threads = 4;
  options.progress = [&](const RunOptions::Progress& progress) {
    EXPECT_EQ(++inside, 1);
    EXPECT_GE(progress.files_done, last.files_done) << "it never goes back";
    EXPECT_LE(progress.files_done, files.size());
    last = progress;
    ++told_times;
    --inside;
  };
  const RunResult result = run(plan_, files, options);
  EXPECT_GE(told_times, 1);
  EXPECT_LE(last.events, result.counters.received());
}

// A pipe whose writer is silent holds its worker; the others, their progress and their files go on.
TEST_F(RunOfTwoRules, DoesNotLetASilentPipeHoldTheOtherFiles) {
  const std::string pipe = (folder_.path() / "pipe").string();
  ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
  std::vector<std::string> files{pipe};
  for (std::uint32_t i = 0; i < 64; ++i) {
    files.push_back(folder_.write(std::to_string(i), log_of(20, 300 + i)));
  }
  std::atomic<std::uint64_t> files_done = 0;
  // Speaks only when most of the files are done, or after ten seconds, in which case it was waited
  // for.
  std::thread writer([&] {
    std::ofstream out(pipe);
    for (int i = 0; i < 1'000 && files_done < 40; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    }
    out << cloudtrail_record("CreateUser", "late") << "\n";
  });
  RunOptions options;
  options.num_threads = 2;
  options.progress = [&](const RunOptions::Progress& progress) {
    files_done = progress.files_done;
  };
  const RunResult result = run(plan_, files, options);
  writer.join();
  EXPECT_GE(files_done, 40U);
  EXPECT_TRUE(std::ranges::any_of(
      result.findings, [](const auto& finding) { return finding.match.place.file == 0; }));
}

}  // namespace
}  // namespace nepho::stream
