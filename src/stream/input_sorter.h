// Puts the matches that correlations need into one order, however many they are.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "detect/stored_input.h"

namespace nepho::stream {

inline constexpr ErrorCode kCannotSpill{"stream.cannot_spill"};

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

// Gathers matches of one worker. Beyond `max_bytes` in memory they are sorted and written to a
// temporary file without a name (TMPDIR, else /tmp), which is gone with the process, whatever
// happens. Not thread-safe.
class InputSorter {
 public:
  explicit InputSorter(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  // Fails with kCannotSpill when the disk is full; then matches are missing from here on.
  Result<void> add(const detect::StoredInputs& inputs);

  std::uint64_t num_inputs() const { return num_inputs_; }
  std::uint64_t num_untimed() const { return num_untimed_; }

 private:
  friend class InputMerge;
  using File = std::unique_ptr<std::FILE, CloseFile>;
  void sort();
  Result<void> spill();

  std::size_t max_bytes_;
  detect::StoredInputs held_;
  std::vector<std::uint32_t> order_;  // of held_, once sorted
  std::vector<File> runs_;            // each sorted
  std::uint64_t num_inputs_ = 0;
  std::uint64_t num_untimed_ = 0;
};

// All matches of several sorters in the order of StoredHead::order(). May be read several times,
// one reader at a time; the sorters must outlive it and take no more. Memory: one match for each
// run.
class InputMerge {
 public:
  explicit InputMerge(std::vector<InputSorter*> sorters);
  ~InputMerge();

  // Goes back to the beginning. Fails with kCannotSpill when a run cannot be read.
  Result<void> rewind();
  // The next one, valid until the call after; false at the end.
  bool next();
  const detect::StoredHead& head() const;
  std::string_view texts() const;
  // Set when a run could not be read to its end.
  const std::optional<Error>& error() const { return error_; }

 private:
  class Cursor;
  bool advance(Cursor& cursor);

  std::vector<InputSorter*> sorters_;
  std::vector<std::unique_ptr<Cursor>> cursors_;
  std::vector<Cursor*> heap_;  // the least is at the front
  Cursor* current_ = nullptr;
  std::optional<Error> error_;
};

}  // namespace nepho::stream
