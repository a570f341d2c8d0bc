#include "stream/follower.h"

#include <sys/sysmacros.h>

#include <algorithm>
#include <filesystem>

#include "base/archive.h"
#include "base/files.h"
#include "base/hash.h"

namespace nepho::stream {
namespace {

std::filesystem::path resolved(const std::filesystem::path& path) {
  std::error_code error;
  auto real = std::filesystem::weakly_canonical(path, error);
  return error ? path : real;
}

// When content or place last changed: the second cannot be set back by who copies.
Instant changed_at(const struct stat& status) {
  const auto instant = [](const timespec& time) {
    return Instant(std::chrono::seconds(time.tv_sec) + std::chrono::nanoseconds(time.tv_nsec));
  };
  return std::max(instant(status.st_mtim), instant(status.st_ctim));
}

void begin_anew(FollowPlace& place) {
  place.is_whole = false;
  place.offset = place.num_events = place.head_bytes = 0;
  place.line = 1;
  place.head_hash.clear();
}

// The first bytes, as far as they were read.
void keep_head(const OpenFile& file, FollowPlace& place) {
  const std::uint64_t head_bytes = std::min(place.offset, kMaxHeadBytes);
  if (head_bytes == place.head_bytes) return;
  const std::string head = file.read(0, head_bytes);
  place.head_bytes = head.size();
  place.head_hash = to_hex(hash128(head));
}

}  // namespace

Follower::Follower(std::vector<std::string> arguments, const std::vector<std::string>& left_out,
                   Limits limits)
    : arguments_(std::move(arguments)), limits_(limits) {
  for (const std::string& path : left_out) {
    left_out_.insert(resolved(path));
    left_out_names_.insert(std::filesystem::path(path).filename());
  }
}

void Follower::restore(std::vector<FollowPlace> places) {
  for (FollowPlace& place : places) {
    File file;
    if (place.is_whole) file.form = FollowedForm::kWhole;
    const Id id{place.device, place.inode};
    file.place = std::move(place);
    files_.insert_or_assign(id, std::move(file));
  }
}

// Those of which something was read: all others begin anew anyway.
std::vector<FollowPlace> Follower::places() const {
  std::vector<FollowPlace> places;
  for (const auto& [id, file] : files_) {
    if (file.place.offset != 0) places.push_back(file.place);
  }
  return places;
}

Follower::News Follower::look(Instant now) {
  News news;
  constexpr std::chrono::seconds kWalkEvery{1};
  const bool is_soon = now >= walked_ && now - walked_ < kWalkEvery;
  if (!has_more_ || !is_soon) {
    ++num_walks_;
    walked_ = now;
    find(news);
  }
  std::uint64_t budget = kMaxBytes;
  std::size_t num_open = close_surplus();
  for (auto& [id, file] : files_) {
    if (budget == 0 || news.parts.size() == kMaxOpen) {
      news.is_all = false;
      break;
    }
    const bool was_open = file.open != nullptr;
    look_at(id, file, now, budget, news);
    if (was_open || !file.open) continue;
    const bool is_given = !news.ids_.empty() && news.ids_.back() == id;
    if (num_open++ >= kMaxOpen && !is_given) file.open.reset();
  }
  forget_gone();
  has_more_ = !news.is_all;
  return news;
}

// ---- which files there are ----

void Follower::find(News& news) {
  const FoundFiles found = find_files(arguments_);
  std::set<std::string> reported;
  for (const Problem& problem : found.report.problems()) {
    std::string text = to_string(problem);
    // Where a rotation takes its time a path may lead nowhere for a moment.
    const Severity severity = num_walks_ == 1 ? problem.severity : Severity::kWarning;
    if (!reported_.contains(text)) news.report.add(severity, problem.error, problem.fix);
    reported.insert(std::move(text));
  }
  reported_ = std::move(reported);
  for (const std::string& path : found.paths) meet(path);
  if (num_walks_ == 1) find_renamed();
}

void Follower::meet(const std::string& path) {
  struct stat status{};
  if (::stat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
  // To resolve a path costs more than all the rest: only where the name may be one of those.
  const bool may_be_ours =
      !left_out_names_.empty() && left_out_names_.contains(std::filesystem::path(path).filename());
  if (may_be_ours && left_out_.contains(resolved(path))) return;
  const Id id{status.st_dev, status.st_ino};
  File& file = files_[id];
  if (file.met == num_walks_) return;  // another name of it
  file.met = num_walks_;
  file.place.path = path;
  file.place.device = id.first;
  file.place.inode = id.second;
}

// Files that were rotated while nobody followed: they stand beside their old names.
void Follower::find_renamed() {
  std::set<std::filesystem::path> folders;
  for (const auto& [id, file] : files_) {
    if (file.met != num_walks_)
      folders.insert(std::filesystem::path(file.place.path).parent_path());
  }
  for (const auto& folder : folders) {
    std::error_code error;
    std::filesystem::directory_iterator entries(folder.empty() ? "." : folder, error);
    for (; !error && entries != std::filesystem::directory_iterator(); entries.increment(error)) {
      struct stat status{};
      if (::stat(entries->path().c_str(), &status) != 0 || !S_ISREG(status.st_mode)) continue;
      const auto found = files_.find({status.st_dev, status.st_ino});
      if (found == files_.end() || found->second.met == num_walks_) continue;
      auto opened = OpenFile::open(entries->path().string());
      if (!opened) continue;
      found->second.open = std::move(*opened);
      if (!begins_as_before(found->second)) found->second.open.reset();  // a stranger: not ours
    }
  }
}

// ---- what is new of a file ----

void Follower::look_at(const Id& id, File& file, Instant now, std::uint64_t& budget, News& news) {
  struct stat status{};
  const bool is_met = file.met == num_walks_;
  if (!file.open && !is_met) return;
  const int failed =
      file.open ? ::fstat(file.open->fd(), &status) : ::stat(file.place.path.c_str(), &status);
  if (failed != 0 || Id{status.st_dev, status.st_ino} != id) return;
  const auto size = static_cast<std::uint64_t>(status.st_size);
  const Instant changed = changed_at(status);
  if (file.is_settled && file.size == size && file.changed == changed) return;
  if (!file.open) {
    auto opened = OpenFile::open(file.place.path);
    if (!opened) {
      if (unreadable_.insert(file.place.path).second) news.report.add_error(opened.error());
      return;
    }
    unreadable_.erase(file.place.path);
    file.open = std::move(*opened);
  }
  file.touched = num_walks_;
  if (size < file.place.offset || !begins_as_before(file)) {
    begin_anew(file.place);
    file.form = FollowedForm::kUnknown;
  }
  if (file.form == FollowedForm::kUnknown) file.form = followed_form(*file.open, size, limits_);
  std::uint64_t end = file.place.offset;
  if (file.form == FollowedForm::kLines || file.form == FollowedForm::kCsv) {
    const auto until = file.form == FollowedForm::kCsv ? whole_csv_until : whole_until;
    end = until(*file.open, file.place.offset, size, budget, limits_);
    file.is_settled = size - file.place.offset <= budget;
    news.is_all = news.is_all && file.is_settled;
  } else if (file.form == FollowedForm::kWhole) {
    if (file.place.offset == size) {
      file.is_settled = true;
    } else if (now - changed >= kQuiet) {
      begin_anew(file.place);
      end = size;
      file.is_settled = true;
    }
  } else {
    file.is_settled = true;
  }
  file.size = size;
  file.changed = changed;
  if (end > file.place.offset) {
    budget -= std::min(budget, end - file.place.offset);
    if (file.form == FollowedForm::kWhole && give_members(id, file, end, news)) return;
    give(id, file, end, news);
  }
}

bool Follower::begins_as_before(const File& file) const {
  const FollowPlace& place = file.place;
  return place.head_bytes == 0 ||
         to_hex(hash128(file.open->read(0, place.head_bytes))) == place.head_hash;
}

// Of an archive each member is a part, read from its path; false where the file is none.
bool Follower::give_members(const Id& id, File& file, std::uint64_t size, News& news) {
  FoundFiles found;
  found.paths.push_back(file.place.path);
  expand_archives(found, limits_);
  if (found.paths.size() == 1 && found.paths[0] == file.place.path) return false;
  news.report.append(std::move(found.report));
  for (const std::string& member : found.paths) {
    news.files.push_back(member);
    news.parts.emplace_back();
    news.ids_.push_back(id);
    news.read_.push_back(std::make_shared<PartRead>());
    news.open_.push_back(file.open);
  }
  if (found.paths.empty()) {  // nothing in it that could be read
    file.place.offset = size;
    file.place.is_whole = true;
    keep_head(*file.open, file.place);
    file.open.reset();
  } else {
    news.read_.back()->bytes = size;
  }
  return true;
}

void Follower::give(const Id& id, File& file, std::uint64_t end, News& news) {
  const FollowPlace& place = file.place;
  auto read = std::make_shared<PartRead>();
  FilePart part;
  part.place = {place.offset, place.line, {}};
  if (place.offset != 0) part.place.head = text_head(*file.open, place.offset);
  part.num_events = place.num_events;
  part.open = [open = file.open, path = place.path, begin = place.offset, end,
               read]() -> Result<std::unique_ptr<ByteSource>> {
    return part_source(open, path, begin, end, read);
  };
  news.files.push_back(place.path);
  news.parts.push_back(std::move(part));
  news.ids_.push_back(id);
  news.read_.push_back(std::move(read));
  news.open_.push_back(file.open);
}

void Follower::taken(const News& news, const std::vector<std::uint64_t>& num_events) {
  for (std::size_t i = 0; i < news.ids_.size(); ++i) {
    File& file = files_.at(news.ids_[i]);
    FollowPlace& place = file.place;
    place.offset += news.read_[i]->bytes;
    place.line += news.read_[i]->line_ends;
    place.num_events += num_events[i];
    place.is_whole = file.form == FollowedForm::kWhole;
    keep_head(*news.open_[i], place);
    if (place.is_whole) file.open.reset();
  }
}

// ---- bounds ----

// Those that grew last stay open. How many that are.
std::size_t Follower::close_surplus() {
  std::vector<File*> open;
  for (auto& [id, file] : files_) {
    if (file.open) open.push_back(&file);
  }
  if (open.size() <= kMaxOpen) return open.size();
  std::ranges::sort(open, std::ranges::greater{}, &File::touched);
  for (std::size_t i = kMaxOpen; i < open.size(); ++i) open[i]->open.reset();
  return kMaxOpen;
}

// A file that no path leads to any more and that has not grown for a while is let go, so that the
// disk gets its room back; its place is kept for as long as there is room.
void Follower::forget_gone() {
  constexpr std::uint64_t kPatience = 60;  // walks, a second apart
  std::vector<std::pair<std::uint64_t, Id>> gone;
  for (auto& [id, file] : files_) {
    if (file.met == num_walks_) continue;
    if (file.touched + kPatience < num_walks_ && file.met + kPatience < num_walks_)
      file.open.reset();
    gone.emplace_back(file.met, id);
  }
  if (gone.size() <= kMaxGone) return;
  std::ranges::sort(gone);
  gone.resize(gone.size() - kMaxGone);
  for (const auto& [met, id] : gone) files_.erase(id);
}

}  // namespace nepho::stream
