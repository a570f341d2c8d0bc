// One shard of a run: takes blocks of records, gives the matches and counts what became of each
// record.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "detect/cell_rows.h"
#include "detect/counters.h"
#include "detect/evaluator.h"
#include "detect/match.h"
#include "detect/record_watch.h"
#include "detect/seen_events.h"
#include "detect/stored_input.h"
#include "event/record_view.h"
#include "event/rows.h"
#include "event/skip_reason.h"
#include "plan/plan.h"
#include "text/escape_index.h"
#include "text/json_index.h"
#include "text/time_reader.h"

namespace nepho::detect {

// Whole records of one file, parted by white space and commas or as rows of text, followed by
// text::kJsonPadding readable bytes; and where the slice stands.
struct Slice {
  // One record a line; values one after another; rows of text (event/rows.h).
  enum class Layout : std::uint8_t { kLines, kValues, kRows };

  std::string_view bytes;
  Layout layout = Layout::kLines;
  std::uint32_t file = 0;
  std::uint64_t sequence = 0;
  std::uint64_t offset = 0;
  std::uint64_t first_line = 1;
  std::string_view head = {};  // of rows: how their file begins
  // As text::JsonIndexer gives it for `bytes`, when somebody has made it already.
  std::optional<std::span<const std::uint32_t>> index = {};
};

struct SkippedRecord {
  event::SkipReason reason = event::SkipReason::kMalformedJson;
  std::uint32_t file = 0;
  std::uint64_t line = 0;
  std::uint64_t offset = 0;
};

struct SliceResult {
  std::vector<Match> matches;  // in the order of the slice, as are the two below
  std::vector<FoldedMatch> folded;
  std::vector<SkippedRecord> skipped;
  StoredInputs inputs;  // of correlations; never folded
  Counters counters;
  std::uint32_t num_events = 0;  // ordinals given out: evaluated, duplicate or unparsed
};

struct ShardOptions {
  bool keep_events = true;            // Match::event
  SeenEvents* seen_events = nullptr;  // shared by the shards of a run; nullptr: duplicates are kept
  RecordWatch* watch = nullptr;       // this shard's own; usually none
};

// Not thread-safe: one owner. Knows nothing of files and threads. What is wrong with one record
// costs that record only: a slice that cannot be indexed as a whole is taken apart and read piece
// by piece.
class Shard {
 public:
  Shard(const plan::Plan& plan, ShardOptions options);

  // Valid until the next call; the caller may move the matches out. `bounds` tells, by rule, which
  // matches are only counted; it may be empty.
  SliceResult& run(const Slice& slice, const FoldBounds& bounds = {});

 private:
  void run_needed(std::string_view bytes);
  void pass_unparsed(std::uint32_t count);
  void run_whole(std::string_view bytes, std::size_t base);
  void run_rows(const Slice& slice);
  void add_row(std::string_view row, std::size_t at);
  void run_waiting_rows();
  bool run_as_cells(std::string_view row);
  bool may_run_as_cells() const;
  void run_indexed(std::string_view bytes, std::size_t base);
  void run_pieces(std::string_view bytes, std::size_t base);
  bool run_as_row(std::string_view piece, std::size_t base);
  void run_piece(std::string_view piece, std::size_t base);
  void take(event::ScanFault fault, std::size_t base);
  void take_record(std::size_t offset);
  bool take_payload(std::size_t offset);
  bool scan_value(const event::RawValue& value);
  bool scan_text(std::string_view json);
  void take_wrapping(std::size_t offset);
  void evaluate(std::uint32_t source_plan, const event::RecordView& view, std::size_t offset);
  Evaluator& evaluator(std::uint32_t source_plan);
  bool remembers(std::uint32_t source_plan) const;
  std::uint32_t count_event(std::uint32_t source_plan, std::string_view record);
  std::optional<Instant> time_of(std::uint32_t source_plan, const event::RecordView& view);
  void add_input(std::uint32_t base, const event::RecordView& view);
  void add_match(std::uint32_t rule, std::uint32_t source_plan, const FoldBound& here,
                 const event::RecordView& view);
  bool is_folded(std::uint32_t rule, const FoldBound& here) const;
  void skip(event::SkipReason reason, std::size_t offset, std::size_t count = 1);
  void add_skipped(event::SkipReason reason, std::size_t at);
  void settle_repeats();
  std::size_t in_slice(std::size_t offset) const;
  std::uint64_t line_at(std::size_t offset);

  const plan::Plan* plan_;
  ShardOptions options_;
  std::vector<std::unique_ptr<Evaluator>> evaluators_;  // by source plan, made when first needed
  text::JsonIndexer indexer_;
  text::EscapeIndex escapes_;
  event::RecordView view_;
  // For pieces and inner records, which lie unpadded or elsewhere.
  text::JsonIndexer inner_indexer_;
  text::EscapeIndex inner_escapes_;
  event::RecordView inner_view_;
  std::string piece_;
  std::string inner_;
  std::string decoded_;  // what was packed in a string of a wrapping

  const Slice* slice_ = nullptr;
  const FoldBounds* bounds_ = nullptr;
  SliceResult result_;
  std::vector<event::RawValue> values_;
  plan::Recogniser::Memory recognised_;
  plan::LineFilter::Memory filtered_;
  text::TimeReader times_;

  struct Fingerprint {
    std::uint32_t ordinal;
    std::uint32_t source_plan;
  };
  std::vector<std::uint64_t> fingerprints_;
  std::vector<Fingerprint> fingerprinted_;
  std::vector<bool> repeated_;

  // Rows as JSON lines: the text that is read in place of the slice, and where in the slice what
  // begins at which offset of it stood. No origins: the slice itself is read.
  struct Origin {
    std::size_t begin;
    std::size_t offset;
  };
  std::optional<event::RowReader> rows_;
  std::string rows_head_;
  std::string rows_text_;
  std::vector<Origin> origins_;

  CellRows cell_rows_;
  std::string row_json_;

  std::size_t counted_to_ = 0;  // lines before this offset of the slice are in counted_lines_
  std::uint64_t counted_lines_ = 0;
};

}  // namespace nepho::detect
