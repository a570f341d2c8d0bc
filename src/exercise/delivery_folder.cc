#include "exercise/delivery_folder.h"

#include <system_error>
#include <utility>

#include "base/files.h"
#include "base/hash.h"

namespace nepho::exercise {

namespace fs = std::filesystem;

Result<void> DeliveryFolder::make_folder_of(const fs::path& file) {
  const fs::path parent = file.parent_path();
  if (parent == made_) return {};
  std::error_code error;
  fs::create_directories(parent, error);
  if (error) {
    return fail(kCannotWrite, "cannot make the folder: " + error.message(),
                Place{.file = parent.string()});
  }
  made_ = parent;
  return {};
}

Result<DeliveryFolder::Places> DeliveryFolder::add(const std::vector<const Record*>& records) {
  Delivery delivery = deliver(records);
  Places out{{}, std::move(delivery.places)};
  std::vector<std::size_t> lines_before;
  for (DeliveredFile& file : delivery.files) {
    const fs::path path = folder_ / file.path;
    if (auto made = make_folder_of(path); !made) return std::unexpected(made.error());
    const auto [known, is_new] = num_lines_.try_emplace(hash64(file.path), 0);
    const auto written = is_new ? write_file(path, file.content, Durability::kCached)
                                : append_to_file(path, file.content);
    if (!written) return std::unexpected(written.error());
    lines_before.push_back(known->second);
    known->second += file.num_lines;
    out.files.push_back(std::move(file.path));
  }
  for (Delivered& place : out.places) place.line += lines_before[place.file];
  return out;
}

}  // namespace nepho::exercise
