// How far the files that are followed were read, kept from one run of the program to the next
// (docs/formats/follow.md).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "detect/seen_events.h"

namespace nepho::stream {

inline constexpr ErrorCode kNotPlaces{"stream.not_places"};

// Bytes at a file's begin that tell it from another with the same device and inode: file systems
// give the inode of a deleted file to the next one.
inline constexpr std::uint64_t kMaxHeadBytes = 1024;

// A plain value.
struct FollowPlace {
  std::string path;  // where it was last
  std::uint64_t device = 0;
  std::uint64_t inode = 0;
  bool is_whole = false;         // read once, as a whole; else by lines
  std::uint64_t offset = 0;      // what was read ends here
  std::uint64_t line = 1;        // at the offset
  std::uint64_t num_events = 0;  // before the offset
  std::uint64_t head_bytes = 0;  // min(offset, kMaxHeadBytes)
  std::string head_hash;         // of so many bytes at its begin: 32 hexadecimal digits
};

// All that a run leaves to the next: how far it has read, and what tells events apart of those that
// it has read.
struct FollowPlaces {
  std::vector<FollowPlace> files;
  detect::SeenEvents::Kept seen;
};

std::string write_places(const FollowPlaces& places);
// Fails with kNotPlaces where the file is another kind, of another version, or was changed by hand.
Result<FollowPlaces> read_places(std::string bytes, const std::string& file);

}  // namespace nepho::stream
