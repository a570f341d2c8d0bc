// nepho detect --follow as a service runs it: a child that files grow under, that is told to end
// and started again.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <thread>

#include "base/compression.h"
#include "tests/support/cloudtrail.h"
#include "tests/support/program.h"
#include "text/json.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

constexpr const char* kRules = R"(title: A user was made
name: made
id: 0a1b2c3d-0000-4000-8000-000000000010
logsource: {product: aws, service: cloudtrail}
detection: {s: {eventName: CreateUser}, condition: s}
level: high
---
title: Three users were made
id: 0a1b2c3d-0000-4000-8000-000000000011
level: high
correlation:
  type: event_count
  rules: [made]
  group-by: [userIdentity.arn]
  timespan: 10m
  condition: {gte: 3}
  generate: true
)";

// The program, running. It is killed with the test.
class Child {
 public:
  Child(std::vector<std::string> arguments, const fs::path& folder)
      : out_(folder / "child.out"), err_(folder / "child.err") {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) std::abort();
    std::vector<char*> argv{const_cast<char*>(NEPHO_PROGRAM)};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    const int out = open(out_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    const int err = open(err_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    pid_ = fork();
    if (pid_ < 0) std::abort();
    if (pid_ == 0) {
      dup2(ends[0], STDIN_FILENO);
      dup2(out, STDOUT_FILENO);
      dup2(err, STDERR_FILENO);
      alarm(300);
      execv(NEPHO_PROGRAM, argv.data());
      _exit(kCannotStart);
    }
    close(ends[0]);
    close(out);
    close(err);
    in_ = ends[1];
  }
  ~Child() {
    if (pid_ > 0) end(SIGKILL);
    close_input();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void write(std::string_view text) const {
    ASSERT_EQ(::write(in_, text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void close_input() {
    if (in_ >= 0) close(std::exchange(in_, -1));
  }

  // The lines it has printed, once there are so many; those there are when that takes half a
  // minute.
  std::vector<std::string> lines(std::size_t count) const {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (true) {
      std::vector<std::string> lines;
      std::ifstream in(out_);
      for (std::string line; std::getline(in, line) && !in.eof();) lines.push_back(line);
      if (lines.size() >= count || std::chrono::steady_clock::now() > deadline) return lines;
      std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
  }

  // Ends it by a signal, or waits for its end with 0; its exit code, 128 + the signal for one.
  int end(int signal) {
    if (signal != 0) kill(pid_, signal);
    int status = 0;
    waitpid(std::exchange(pid_, -1), &status, 0);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  }
  std::string err() const { return contents_of(err_); }

 private:
  fs::path out_;
  fs::path err_;
  pid_t pid_ = -1;
  int in_ = -1;
};

class Follow : public testing::Test {
 protected:
  Follow() : rules_(folder_.write("rules.yml", kRules)) { fs::create_directories(logs_); }

  // The nth user made, one a minute.
  static std::string record(unsigned number) {
    return cloudtrail_record(
        "CreateUser", std::to_string(number),
        fmt::format("2026-03-01T{:02}:{:02}:00Z", 10 + number / 60, number % 60));
  }
  static std::string records(unsigned from, unsigned count) {
    std::string text;
    for (unsigned i = from; i < from + count; ++i) text += record(i) + "\n";
    return text;
  }

  void append(const std::string& name, std::string_view text) const {
    std::ofstream(logs_ / name, std::ios::binary | std::ios::app) << text;
  }

  std::vector<std::string> words(std::vector<std::string> more) const {
    std::vector<std::string> words{"detect", "--rules", rules_, "--no-event", "--format", "ndjson"};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  Child follow(std::vector<std::string> more) const {
    more.emplace_back("--follow");
    return Child(words(std::move(more)), folder_.path());
  }
  // What one run over files says.
  std::vector<std::string> found_at_once(std::vector<std::string> more) const {
    const tests::Run run = run_nepho(words(std::move(more)));
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::vector<std::string> lines;
    std::istringstream in(run.out);
    for (std::string line; std::getline(in, line);) lines.push_back(line);
    return lines;
  }

  static std::string id_of(const std::string& line) {
    const auto document = text::JsonDocument::parse(line);
    return document ? std::string(document->root().string_at("finding_id")) : "no JSON: " + line;
  }
  static std::multiset<std::string> ids(const std::vector<std::string>& lines) {
    std::multiset<std::string> ids;
    for (const std::string& line : lines) ids.insert(id_of(line));
    return ids;
  }
  static std::multiset<std::string> sorted(const std::vector<std::string>& lines) {
    return {lines.begin(), lines.end()};
  }

  TemporaryFolder folder_;
  std::string rules_;
  fs::path logs_ = folder_.path() / "logs";
};

// Cut anywhere, also within a record: the findings are those of one run, places and all.
TEST_F(Follow, PiecesOfAFileAreFoundAsTheyCome) {
  const std::string log = (logs_ / "log.ndjson").string();
  const std::string text = records(0, 8);
  const std::size_t record_size = text.size() / 8;
  append("log.ndjson", text.substr(0, record_size * 2 + 10));
  Child child = follow({log});
  EXPECT_THAT(child.lines(2), SizeIs(2));
  append("log.ndjson", text.substr(record_size * 2 + 10, record_size));
  // The third user completes the correlation: two findings.
  EXPECT_THAT(child.lines(4), SizeIs(4));
  append("log.ndjson", text.substr(record_size * 3 + 10));
  const auto lines = child.lines(9);
  EXPECT_EQ(sorted(lines), sorted(found_at_once({log})));
  EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
  EXPECT_THAT(child.err(), HasSubstr("8 events from 1 file"));
  EXPECT_THAT(child.err(), HasSubstr("9 findings"));
}

TEST_F(Follow, AHalfLineWaitsAndAWholeObjectDoesNot) {
  const std::string half = record(1).substr(0, 100);
  append("log.ndjson", record(0) + "\n" + half);
  Child child = follow({logs_.string()});
  EXPECT_THAT(child.lines(1), SizeIs(1));
  append("log.ndjson", record(1).substr(100));  // without a line end
  EXPECT_THAT(child.lines(2), SizeIs(2));
  append("log.ndjson", "\n" + half);
  EXPECT_EQ(child.end(SIGINT), 128 + SIGINT);
  EXPECT_THAT(child.lines(2), SizeIs(2));
  EXPECT_THAT(child.err(), HasSubstr("2 events from 1 file"));
  EXPECT_THAT(child.err(), Not(HasSubstr("skipped")));
}

TEST_F(Follow, ANewFileInAFolderIsRead) {
  Child child = follow({logs_.string()});
  append("a.ndjson", records(0, 1));
  EXPECT_THAT(child.lines(1), SizeIs(1));
  fs::create_directories(logs_ / "below");
  append("below/b.ndjson", records(1, 1));
  const auto lines = child.lines(2);
  ASSERT_THAT(lines, SizeIs(2));
  EXPECT_THAT(lines[1], HasSubstr("below/b.ndjson"));
}

TEST_F(Follow, PackedFilesAndArraysAreReadOnceNobodyWritesThemAnyMore) {
  folder_.write("logs/a.json.gz", gzip(records(0, 1)));
  Child child = follow({logs_.string()});
  EXPECT_THAT(child.lines(1), SizeIs(1));
  const std::string half = folder_.write("logs/b.json", "{\"Records\":[\n" + record(1));
  // As of a file that is being written for as long as the test takes.
  fs::last_write_time(half, fs::file_time_type::clock::now() + std::chrono::hours(1));
  append("c.ndjson", records(2, 1));
  EXPECT_THAT(child.lines(2), SizeIs(2));
  append("d.ndjson", records(20, 1));
  EXPECT_THAT(child.lines(3), SizeIs(3));
  append("b.json", "\n]}\n");
  const auto lines = child.lines(4);
  EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
  EXPECT_EQ(child.lines(0), lines);
  EXPECT_THAT(lines, SizeIs(4)) << child.err();
  EXPECT_THAT(child.err(), HasSubstr("4 events from 4 files"));
  EXPECT_THAT(child.err(), Not(HasSubstr("skipped")));
}

// What names the columns stands at the begin of the file, which was read long ago.
TEST_F(Follow, RowsOfTextKeepTheirHead) {
  const std::string rules = folder_.write("text.yml", R"(title: Somebody was let in
id: 0a1b2c3d-0000-4000-8000-000000000012
logsource: {product: app}
detection: {s: {what: in}, condition: s}
level: low
)");
  append("log.csv", "when,what,who\n2026-03-01T10:00:00Z,in,alice\n");
  const std::string log = (logs_ / "log.csv").string();
  std::vector<std::string> words{"detect",     "--rules",  rules,    "--ignore-logsource",
                                 "--no-event", "--format", "ndjson", log};
  const auto follow = [&] {
    words.emplace_back("--follow");
    auto child = std::make_unique<Child>(words, folder_.path());
    words.pop_back();
    return child;
  };
  const auto child = follow();
  EXPECT_THAT(child->lines(1), SizeIs(1));
  append("log.csv", "2026-03-01T10:00:01Z,out,alice\n2026-03-01T10:00:02Z,in,bob\n");
  const auto lines = child->lines(2);
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  EXPECT_EQ(text, run_nepho(words).out);
}

TEST_F(Follow, ARotatedFileIsReadToItsEndAndItsSuccessorFromItsBegin) {
  const std::string log = (logs_ / "log").string();
  append("log", records(0, 1));
  Child child = follow({log});
  EXPECT_THAT(child.lines(1), SizeIs(1));
  fs::rename(log, logs_ / "log.1");  // which is not followed by name
  append("log.1", records(1, 1));
  append("log", records(2, 1));
  EXPECT_THAT(ids(child.lines(4)), SizeIs(4));
  // Copied and truncated, as copytruncate does it.
  fs::resize_file(log, 0);
  std::this_thread::sleep_for(std::chrono::milliseconds(1'500));
  append("log", records(3, 1));
  const auto lines = child.lines(5);
  ASSERT_THAT(lines, SizeIs(5));
  EXPECT_THAT(lines[4], HasSubstr(R"("line":1,"offset":0,"index":0})"));
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 5U);
}

// Another file under the inode of the one before, longer than that was.
TEST_F(Follow, AFileThatIsWrittenAnewBeginsAnew) {
  append("log", records(0, 1));
  Child child = follow({logs_.string()});
  EXPECT_THAT(child.lines(1), SizeIs(1));
  std::ofstream(logs_ / "log", std::ios::binary) << records(5, 2);
  const auto lines = child.lines(4);
  EXPECT_THAT(lines, SizeIs(4));  // two users, and three in ten minutes
  EXPECT_EQ(std::set<std::string>(lines.begin(), lines.end()).size(), 4U);
}

// Delivered again, as queues and buckets do, in another file and before and behind a restart.
TEST_F(Follow, ACopyThatComesAfterARestartIsADuplicate) {
  const std::string place = (folder_.path() / "place").string();
  append("log", records(0, 1));
  {
    Child child = follow({"--place", place, logs_.string()});
    EXPECT_THAT(child.lines(1), SizeIs(1));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
  }
  append("again", records(0, 1) + records(20, 1));
  {
    Child child = follow({"--place", place, logs_.string()});
    EXPECT_THAT(child.lines(1), SizeIs(1));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
    EXPECT_THAT(child.lines(0), SizeIs(1));
    EXPECT_THAT(child.err(), HasSubstr("1 duplicate"));
  }
  append("again", records(20, 1));
  {
    Child child = follow({"--place", place, "--duplicates", "keep", logs_.string()});
    EXPECT_THAT(child.lines(1), SizeIs(1));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
  }
}

TEST_F(Follow, APlaceWhoseEventsCannotBeRightIsRefused) {
  const std::string place = folder_.write(
      "place",
      R"({"schema":"nephometer/follow/1","files":[],"seen":{"earlier":"AA","latest":""}})");
  Child child = follow({"--place", place, logs_.string()});
  EXPECT_EQ(child.end(0), 3);
  EXPECT_THAT(child.err(), HasSubstr("events seen"));
}

TEST_F(Follow, ARestartGoesOnWhereItEnded) {
  const std::string state = (folder_.path() / "state").string();
  const std::string log = (logs_ / "log").string();
  std::vector<std::string> all;
  const auto add = [&](const std::vector<std::string>& lines) {
    all.insert(all.end(), lines.begin(), lines.end());
  };
  append("log", records(0, 2) + record(2).substr(0, 50));
  {
    Child child = follow({"--state", state, log});
    add(child.lines(2));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
    EXPECT_THAT(contents_of(state + ".place"), HasSubstr(R"("schema": "nephometer/follow/1")"));
  }
  append("log", record(2).substr(50) + "\n" + records(3, 1));
  // Rotated while nobody looked: the rest of the old file is not lost.
  std::string whole = contents_of(log);
  fs::rename(log, logs_ / "log.1");
  append("log", records(4, 1));
  whole += contents_of(log);
  {
    Child child = follow({"--state", state, log});
    add(child.lines(4));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
    EXPECT_THAT(child.err(), HasSubstr("3 events"));
  }
  {
    Child child = follow({"--state", state, log});
    append("log", records(5, 1));
    whole += records(5, 1);
    add(child.lines(1));
    EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
    EXPECT_THAT(child.err(), HasSubstr("1 events"));
  }
  EXPECT_EQ(ids(all), ids(found_at_once({folder_.write("whole.ndjson", whole)})));
}

TEST_F(Follow, CopiesOfAnEventAreOneFinding) {
  append("a.ndjson", records(0, 1));
  Child child = follow({logs_.string()});
  EXPECT_THAT(child.lines(1), SizeIs(1));
  append("b.ndjson", records(0, 1) + records(1, 1));
  EXPECT_THAT(ids(child.lines(2)), SizeIs(2));
  EXPECT_EQ(child.end(SIGTERM), 128 + SIGTERM);
  EXPECT_THAT(child.err(), HasSubstr("1 duplicates left out"));
}

TEST_F(Follow, StandardInputIsReadAsItComesAndEndsIt) {
  Child child = follow({"-"});
  child.write(records(0, 1) + record(1).substr(0, 30));
  EXPECT_THAT(child.lines(1), SizeIs(1));
  child.write(record(1).substr(30) + "\n" + record(2));
  EXPECT_THAT(child.lines(2), SizeIs(2));
  child.close_input();
  EXPECT_EQ(child.end(0), 0) << child.err();
  const auto lines = child.lines(0);
  EXPECT_THAT(lines, SizeIs(4));
  EXPECT_EQ(ids(lines), ids(found_at_once({folder_.write("whole", records(0, 3))})));
}

TEST_F(Follow, WithoutAFormatALineIsForEyes) {
  append("log.ndjson", records(0, 1));
  Child child({"detect", "--rules", rules_, "--follow", logs_.string()}, folder_.path());
  const auto lines = child.lines(1);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_THAT(lines[0], HasSubstr("2026-03-01T10:00:00Z  high"));
  EXPECT_THAT(lines[0], HasSubstr("A user was made"));
  EXPECT_THAT(lines[0], HasSubstr("log.ndjson:1"));
}

TEST_F(Follow, WhatCannotBeIsToldBeforeAnythingIsRead) {
  const std::string foreign = folder_.write("foreign", "{\"schema\":\"x\"}");
  append("log.ndjson", records(0, 1));
  const std::string log = (logs_ / "log.ndjson").string();
  const auto refused = [&](std::vector<std::string> arguments) {
    const tests::Run run = run_nepho(arguments);
    EXPECT_EQ(run.exit_code, 3) << run.err;
    EXPECT_THAT(run.out, IsEmpty());
    EXPECT_EQ(contents_of(foreign), "{\"schema\":\"x\"}");
    return run.err;
  };
  const std::vector<std::string> base{"detect", "--rules", rules_, log};
  const auto with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), base.begin(), base.end());
    return more;
  };
  EXPECT_THAT(refused(with({"--follow", "--place", foreign})), HasSubstr("stream.not_places"));
  EXPECT_THAT(refused(with({"--follow", "--format", "json"})), HasSubstr("ndjson"));
  EXPECT_THAT(refused(with({"--follow", "-o", foreign})), HasSubstr("-o"));
  EXPECT_THAT(refused(with({"--place", foreign})), HasSubstr("--follow"));
  EXPECT_THAT(refused({"detect", "--rules", rules_, "--follow", (logs_ / "none").string()}),
              HasSubstr("none"));
}

}  // namespace
}  // namespace nepho::tests
