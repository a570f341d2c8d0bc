// The files in which a provider would deliver what was played.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "exercise/play.h"

namespace nepho::exercise {

// A file as it would lie in the organisation's log archive.
struct DeliveredFile {
  std::string path;           // relative, of letters that are safe in any file system
  std::string content;        // packed where the path says so (".gz")
  std::size_t num_lines = 0;  // unpacked
};

// Where a record went: the file's index, and the 1-based line it stands on in the unpacked file.
struct Delivered {
  std::size_t file = 0;
  std::size_t line = 0;
};

struct Delivery {
  std::vector<DeliveredFile> files;  // in the order of their paths
  std::vector<Delivered> places;     // of each record, in the order given
};

// Sorts records into the files they are delivered in, each by time. In an envelope every record has
// a line of its own, so that a label can name it; the provider writes them on one, which reads
// alike.
Delivery deliver(const std::vector<const Record*>& records);

}  // namespace nepho::exercise
