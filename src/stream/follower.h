// Follows files and folders that grow, and hands out what is new of them.
#pragma once

#include <sys/stat.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/limits.h"
#include "base/problem.h"
#include "stream/follow_place.h"
#include "stream/followed_part.h"
#include "stream/run.h"

namespace nepho::stream {

// A file is known by device, inode and its first bytes, wherever it is moved: what a log rotation
// renames is read to its end, what it puts in its place is a new file. A file that has become
// shorter, or begins otherwise, begins anew. Files of lines are given as they grow, whole records
// only; others (FollowedForm) when nobody has changed them for kQuiet, and again, from their begin,
// when somebody has.
//
// look(), run over what it gives, taken(), and again. Not thread-safe. Holds a file open as long as
// it may be renamed while it grows, at most kMaxOpen,
// and as many for one look. Memory: some 400 bytes for each file that was
// met. A look costs a walk over the folders, but for those that give at once what the look before
// left over.
class Follower {
 public:
  // Long enough for a copy over a network to go on, short enough for who waits.
  static constexpr std::chrono::seconds kQuiet{2};
  // Given at once of files of lines: the time until a signal is heeded, and the memory of findings.
  static constexpr std::uint64_t kMaxBytes = std::uint64_t{64} << 20U;
  static constexpr std::size_t kMaxOpen = 256;
  // Of files that are gone, the places kept: a folder may be away for a while.
  static constexpr std::size_t kMaxGone = 10'000;

  // Files, folders and globs as find_files() takes them, but no "-". `left_out` are files that are
  // written by who follows.
  Follower(std::vector<std::string> arguments, const std::vector<std::string>& left_out,
           Limits limits = kDefaultLimits);

  // Goes on from places that were kept. Before the first look().
  void restore(std::vector<FollowPlace> places);
  std::vector<FollowPlace> places() const;

  // What is new, one part a file, at the same index.
  struct News {
    std::vector<std::string> files;
    std::vector<FilePart> parts;
    bool is_all = true;  // else there is more at once
    LoadReport report;   // paths that cannot be read, each once as long as it lasts

   private:
    friend class Follower;
    std::vector<std::pair<dev_t, ino_t>> ids_;
    std::vector<std::shared_ptr<PartRead>> read_;
    std::vector<std::shared_ptr<OpenFile>> open_;
  };
  News look(Instant now);
  // The parts were run over; `num_events` of each (RunResult::events_by_file).
  void taken(const News& news, const std::vector<std::uint64_t>& num_events);

  std::size_t num_files() const { return files_.size(); }

 private:
  using Id = std::pair<dev_t, ino_t>;
  struct File {
    FollowPlace place;
    FollowedForm form = FollowedForm::kUnknown;
    std::shared_ptr<OpenFile> open;
    std::uint64_t size = 0;     // at the look that gave all there was
    Instant changed{};          // the same
    bool is_settled = false;    // the two above are set
    std::uint64_t met = 0;      // the last walk on which a path led here
    std::uint64_t touched = 0;  // the last walk before there was something new
  };

  void find(News& news);
  void meet(const std::string& path);
  void find_renamed();
  void look_at(const Id& id, File& file, Instant now, std::uint64_t& budget, News& news);
  bool begins_as_before(const File& file) const;
  bool give_members(const Id& id, File& file, std::uint64_t size, News& news);
  void give(const Id& id, File& file, std::uint64_t end, News& news);
  std::size_t close_surplus();
  void forget_gone();

  std::vector<std::string> arguments_;
  std::set<std::filesystem::path> left_out_;
  std::set<std::filesystem::path> left_out_names_;  // without their folders
  Limits limits_;
  std::map<Id, File> files_;
  std::set<std::string> reported_;    // of the last walk
  std::set<std::string> unreadable_;  // paths
  std::uint64_t num_walks_ = 0;
  Instant walked_{};  // when
  bool has_more_ = false;
};

}  // namespace nepho::stream
