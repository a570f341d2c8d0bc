#include "stream/follower.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <sstream>

#include "base/compression.h"
#include "tests/support/program.h"

namespace nepho::stream {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

std::string bytes_of(const FilePart& part) {
  const auto source = part.open();
  EXPECT_TRUE(source);
  std::string bytes((*source)->size_hint() + 1, '\0');
  std::size_t size = 0;
  while (const auto got = (*source)->read(bytes.data() + size, bytes.size() - size).value_or(0))
    size += got;
  bytes.resize(size);
  return bytes;
}

class FollowedFolder : public testing::Test {
 protected:
  void append(const std::string& name, std::string_view text) const {
    std::ofstream(folder_.path() / name, std::ios::binary | std::ios::app) << text;
  }
  std::vector<std::string> arguments() const { return {folder_.path().string()}; }

  // What one look gives, read to its end, each part with its place: "1@0 text". Every line counts
  // for an event.
  static std::vector<std::string> take(Follower& follower, Instant now) {
    std::vector<std::string> given;
    std::vector<std::uint64_t> num_events;
    const Follower::News news = follower.look(now);
    for (const FilePart& part : news.parts) {
      const std::string bytes = bytes_of(part);
      given.push_back(fmt::format("{}@{} {}", part.place.line, part.place.offset, bytes));
      num_events.push_back(static_cast<std::uint64_t>(std::ranges::count(bytes, '\n')));
    }
    follower.taken(news, num_events);
    return given;
  }
  // Now, and when all that stands there has been left alone for long.
  static Instant now() { return system_clock().now(); }
  static Instant later() { return now() + std::chrono::hours(1); }

  tests::TemporaryFolder folder_;
};

TEST_F(FollowedFolder, GivesWholeRecordsOnceWithTheirPlaces) {
  append("a", "{\"n\":1}\n{\"n\":2}\n{\"n\"");
  Follower follower(arguments(), {});
  EXPECT_THAT(take(follower, now()), ElementsAre("1@0 {\"n\":1}\n{\"n\":2}\n"));
  EXPECT_THAT(take(follower, later()), IsEmpty());
  append("a", ":3}");
  EXPECT_THAT(take(follower, now()), ElementsAre("3@16 {\"n\":3}"));
  append("a", "\n{\"n\":4}\n");
  EXPECT_THAT(take(follower, now()), ElementsAre("3@23 \n{\"n\":4}\n"));
  const auto places = follower.places();
  ASSERT_THAT(places, SizeIs(1));
  EXPECT_EQ(places[0].offset, 32U);
  EXPECT_EQ(places[0].line, 5U);
}

TEST_F(FollowedFolder, WaitsForOthersToBeLeftAlone) {
  append("a", "[{\"n\":1},");
  append("b", "{\"Records\":[\n{\"n\":1}");
  append("c", gzip("{\"n\":1}\n"));
  append("d", "{\"n\"");  // may become anything
  Follower follower(arguments(), {});
  EXPECT_THAT(take(follower, now()), IsEmpty());
  append("a", "{\"n\":2}]");
  append("b", "\n]}");
  EXPECT_THAT(take(follower, later()), SizeIs(3));
  EXPECT_THAT(take(follower, later()), IsEmpty());
}

TEST_F(FollowedFolder, LeavesOutFilesOfItsOwn) {
  append("a", "{}\n");
  append("state", "{}\n");
  Follower follower(arguments(), {(folder_.path() / "below" / ".." / "state").string()});
  EXPECT_THAT(take(follower, now()), SizeIs(1));
}

TEST_F(FollowedFolder, GivesLargeFilesInPartsAndSaysThatThereIsMore) {
  const std::string line = "{\"text\":\"" + std::string(1'000'000, 'x') + "\"}\n";
  for (int i = 0; i < 70; ++i) append("a", line);
  Follower follower(arguments(), {});
  std::uint64_t total = 0;
  bool is_all = false;
  for (int looks = 1; !is_all && looks < 9; ++looks) {
    const Follower::News news = follower.look(now());
    is_all = news.is_all;
    EXPECT_EQ(is_all, looks == 2);
    ASSERT_THAT(news.parts, SizeIs(1));
    const std::string bytes = bytes_of(news.parts[0]);
    EXPECT_EQ(bytes.size() % line.size(), 0U);
    total += bytes.size();
    follower.taken(news, {0});
  }
  EXPECT_EQ(total, 70 * line.size());
}

TEST_F(FollowedFolder, TellsOfAPathThatLeadsNowhereOnce) {
  Follower follower({(folder_.path() / "none").string()}, {});
  EXPECT_THAT(follower.look(now()).report.problems(), SizeIs(1));
  EXPECT_THAT(follower.look(now()).report.problems(), IsEmpty());
  append("none", "{}\n");
  EXPECT_THAT(take(follower, now()), SizeIs(1));
}

TEST_F(FollowedFolder, ARowWithALineEndInQuotesIsGivenWhole) {
  append("log.csv", "time,text\n1,\"two\n");
  Follower follower(arguments(), {});
  EXPECT_THAT(take(follower, now()), ElementsAre("1@0 time,text\n"));
  append("log.csv", "lines\"\n2,one\n3,\"ha");
  EXPECT_THAT(take(follower, now()), ElementsAre("2@10 1,\"two\nlines\"\n2,one\n"));
  append("log.csv", "lf\"\n");
  EXPECT_THAT(take(follower, now()), ElementsAre("5@30 3,\"half\"\n"));
}

TEST_F(FollowedFolder, RowsAreTakenUpAfterARestartAsBefore) {
  append("log.csv", "time,text\n1,one\n");
  Follower before(arguments(), {});
  EXPECT_THAT(take(before, now()), SizeIs(1));
  Follower after(arguments(), {});
  after.restore(before.places());
  append("log.csv", "2,\"two\n");
  EXPECT_THAT(take(after, now()), IsEmpty());
  append("log.csv", "lines\"\n");
  EXPECT_THAT(take(after, now()), ElementsAre("3@16 2,\"two\nlines\"\n"));
}

// A tar archive of one file ("ustar", POSIX.1-1988).
std::string tar_of(std::string_view name, std::string_view content) {
  std::string header(512, '\0');
  const auto put = [&](std::size_t at, std::string_view text) {
    header.replace(at, text.size(), text);
  };
  put(0, name);
  put(100, "0000644");
  put(124, fmt::format("{:011o}", content.size()));
  put(148, "        ");
  put(156, "0");
  put(257, "ustar");
  put(263, "00");
  unsigned sum = 0;
  for (const char c : header) sum += static_cast<unsigned char>(c);
  put(148, fmt::format("{:06o}", sum));
  header[154] = '\0';
  std::string archive = header + std::string(content);
  archive.resize((archive.size() + 511) / 512 * 512 + 1024, '\0');
  return archive;
}

TEST_F(FollowedFolder, TheFilesOfAnArchiveAreGivenOnceItIsLeftAlone) {
  append("logs.tar", tar_of("a.json", "{\"n\":1}\n"));
  Follower follower(arguments(), {});
  const auto files = [&](Instant at) {
    const Follower::News news = follower.look(at);
    follower.taken(news, std::vector<std::uint64_t>(news.parts.size(), 1));
    return news.files;
  };
  EXPECT_THAT(files(now()), IsEmpty());
  EXPECT_THAT(files(later()), ElementsAre((folder_.path() / "logs.tar!/a.json").string()));
  EXPECT_THAT(files(later()), IsEmpty());
}

// Pieces cut anywhere, rotations and restarts at random: each record comes once and whole.
TEST_F(FollowedFolder, GivesEveryRecordOnceWhateverIsDoneToTheFiles) {
  std::mt19937 random(11);
  auto follower = std::make_unique<Follower>(arguments(), std::vector<std::string>{});
  std::string written;  // of the current file
  std::size_t flushed = 0;
  unsigned next = 0;
  std::multiset<std::string> expected;
  std::multiset<std::string> given;
  const auto flush = [&](std::size_t to) {
    append("log", std::string_view(written).substr(flushed, to - flushed));
    flushed = to;
  };
  const auto look = [&] {
    for (const std::string& part : take(*follower, now())) {
      std::istringstream lines(part.substr(part.find(' ') + 1));
      // The line end of a record that was given without it comes alone.
      for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) given.insert(line);
      }
    }
  };
  for (int step = 0; step < 2'000; ++step) {
    switch (random() % 8) {
      case 0:
      case 1:
      case 2: {
        const std::string record = fmt::format("{{\"n\":{},\"m\":{{}}}}", next++);
        written += record + '\n';
        expected.insert(record);
        break;
      }
      case 3:
      case 4: flush(flushed + random() % (written.size() - flushed + 1)); break;
      case 5: look(); break;
      case 6:
        if (random() % 8 != 0) break;
        flush(written.size());
        if (random() % 2 == 0) look();
        fs::rename(folder_.path() / "log", folder_.path() / fmt::format("log.{}", step));
        written.clear();
        flushed = 0;
        append("log", "");
        break;
      default: {
        if (random() % 8 != 0) break;
        auto places = read_places(write_places({follower->places(), {}}), "places");
        ASSERT_TRUE(places);
        follower = std::make_unique<Follower>(arguments(), std::vector<std::string>{});
        follower->restore(std::move(places->files));
      }
    }
  }
  flush(written.size());
  look();
  EXPECT_GT(next, 500U);
  EXPECT_EQ(given, expected);
}

}  // namespace
}  // namespace nepho::stream
