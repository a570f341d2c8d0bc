// A folder that is filled with the files of a provider, one batch of records after the other.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/result.h"
#include "exercise/delivery.h"
#include "exercise/play.h"

namespace nepho::exercise {

// Writes each batch before the next is made, so that memory holds one: of the files written before
// it knows how many lines they have, 32 bytes a file. What an earlier batch wrote into a file stays
// in front; a file that was in the folder before is replaced. Files are whole at the end of a batch
// but not synced: what is made can be made again. Not thread-safe.
class DeliveryFolder {
 public:
  explicit DeliveryFolder(std::filesystem::path folder) : folder_(std::move(folder)) {}

  // Where the records of a batch went, in the order given.
  struct Places {
    std::vector<std::string> files;  // relative to the folder
    std::vector<Delivered> places;
  };
  // Fails with kCannotWrite and the place.
  Result<Places> add(const std::vector<const Record*>& records);

 private:
  Result<void> make_folder_of(const std::filesystem::path& file);

  std::filesystem::path folder_;
  std::filesystem::path made_;  // the folder that was made last
  // By the hash of the file's path: 64 bits, so that among a million files two are taken for one in
  // one of 37 million runs.
  std::unordered_map<std::uint64_t, std::size_t> num_lines_;
};

}  // namespace nepho::exercise
