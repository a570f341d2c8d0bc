// Lines of a container's log as its runtime writes them, where it parts long ones.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "base/byte_source.h"

namespace nepho::stream {

// Whether a file that begins so is a log of the Kubernetes Container Runtime Interface ("CRI log
// format": kubelet-cri-logging.md of the Kubernetes design proposals): "2026-03-01T03:04:05.6Z
// stdout F the line".
bool begins_with_container_line(std::string_view head);

// What `head`, bytes read before, and then `source` hold, with the parts of a line put together:
// runtimes part what is longer than 16 KiB and mark all but the last part with P instead of F. The
// joined line takes the place of its parts, and lines of blanks that of their beginnings, so that
// offsets and lines are those of the file. Parts with anything between them, or of more than
// `max_line_bytes`, stay as they are. One owner. Memory: one line and 512 KiB.
// Cost: nothing that shows beside reading the lines (76 MB of lines of 760 bytes, on one core).
std::unique_ptr<ByteSource> make_container_line_source(std::string head,
                                                       std::unique_ptr<ByteSource> source,
                                                       std::size_t max_line_bytes);

}  // namespace nepho::stream
