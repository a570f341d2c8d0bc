// The bytes of a file pass through a window. Lines are cut at the window's last line end and cost
// nearly nothing; rows of text and tables are cut likewise, with what their file begins with handed
// along. Anything else is walked over its structural index, so that arrays and envelopes of any
// size are cut between their records. Lines that turn out to be none (an object over several lines)
// are walked from there on: the walk reads every form of JSON.
#include "stream/reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/archive.h"
#include "base/compression.h"
#include "event/record_splitter.h"
#include "event/rows.h"
#include "event/tolerant_index.h"
#include "stream/container_lines.h"
#include "stream/place_to_cut.h"
#include "stream/text_form.h"
#include "stream/too_large.h"
#include "stream/utf16_source.h"
#include "stream/value_walker.h"
#include "stream/window.h"
#include "stream/yaml_source.h"
#include "text/csv.h"
#include "text/json_index.h"
#include "text/json_space.h"
#include "text/utf16.h"

namespace nepho::stream {
namespace {

using event::is_one_closed_value;
using event::SkipReason;
using Step = ValueWalker::Step;

constexpr std::string_view kSpace = " \t\r\n";
constexpr std::string_view kBetween = " \t\r\n,";
constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::size_t kNone = std::string_view::npos;

// With so many skipped records held, next() gives an empty block rather than look further.
constexpr std::size_t kMaxSkippedHeld = 4096;

// To give up a record without an end costs a walk over all that follows it in the window. So many
// in one window's length are told one by one; beyond, each takes 1/64 of the window with it, so
// that a file of nothing else costs 128 walks a window and not one a line.
constexpr std::size_t kExactResumes = 64;

// Without the blanks at the end of `text`.
std::size_t size_without_blanks(std::string_view text) {
  std::size_t size = text.size();
  while (size != 0 && (text[size - 1] == ' ' || text[size - 1] == '\t')) --size;
  return size;
}

}  // namespace

class RecordReader::State {
 public:
  explicit State(ReadOptions options)
      : options_(options), opener_(options.limits), walker_(options.limits) {}

  Result<void> open(const std::string& path, std::uint32_t file_index) {
    window_.close();  // before its source's archive
    auto source = opener_.open(path);
    if (!source) return std::unexpected(std::move(source.error()));
    return open(std::move(*source), path, file_index, {});
  }

  Result<void> open(std::unique_ptr<ByteSource> source, std::string name, std::uint32_t file_index,
                    const ReadPlace& place);
  Result<bool> next(Block& block);

  std::vector<SkippedRecord> take_skipped() { return std::exchange(skipped_, {}); }
  std::uint64_t bytes_taken() const {
    return window_.source() == nullptr ? 0 : window_.source()->bytes_taken();
  }
  std::uint64_t bytes_unpacked() const {
    return window_.offset() + window_.bytes().size() - begin_;
  }

 private:
  std::size_t max_record() const { return options_.limits.max_record_bytes; }
  Passing passing() const {
    return {name_, options_.block_bytes, options_.limits.max_passed_bytes};
  }
  // Puts what makes UTF-8, whole lines or JSON of them before files that are UTF-16, a container's
  // log or YAML.
  void decode();
  bool decode_yaml();
  Block::Layout find_layout();
  Block::Layout rows_under(std::string_view begin_of_file);
  // Whether the file begins with an object on a line of its own that is no envelope.
  bool begins_with_lines();
  bool looks_like_lines(std::string_view text) const;

  // Each fills the block and is true, or is false when there is nothing (more) of its kind.
  bool next_lines(Block& block);
  bool next_rows(Block& block);
  std::size_t rows_in(std::string_view text) const;
  bool next_values(Block& block);
  // The window's bytes up to where records can be cut, or nothing at the end.
  std::optional<std::size_t> lines_in_window();

  void start_walk();
  // What to do when the walk needs more; false at the end of the file.
  bool after_walk(const Step& step);
  // Where, in the window, a record begins that the one at its start has run into; npos if nowhere.
  std::size_t next_start();

  void skip(std::size_t count, SkipReason reason);
  void drop_to(std::size_t position) { window_.drop(position - std::exchange(walked_, position)); }
  void give(std::size_t count, bool may_hand_over, Block::Layout layout, Block& block);
  void give_index(const Step& step, Block& block);

  ReadOptions options_;
  FileOpener opener_;
  PackedBuffer packed_;
  Window window_;
  text::JsonIndexer indexer_;
  event::TolerantIndexer tolerant_;
  ValueWalker walker_;
  std::vector<SkippedRecord> skipped_;

  std::string name_;  // of the file, for messages
  std::uint32_t file_index_ = 0;
  std::uint64_t sequence_ = 0;
  std::uint64_t begin_ = 0;  // of the source in its file
  Block::Layout layout_ = Block::Layout::kLines;
  std::shared_ptr<const std::string> head_ = std::make_shared<std::string>();  // of rows
  bool is_csv_ = false;
  bool error_told_ = true;
  bool is_walking_ = false;      // walker_ has a text: the window's first bytes when it started
  bool index_failed_ = false;    // for that text
  std::size_t walked_ = 0;       // of that text, dropped from the window
  std::optional<Step> pending_;  // the walk's next step, looked at already
  // Where a record without an end was given up for the next one, how that one's line begins (a line
  // end and blanks); and how many were given up from this offset on.
  std::uint64_t resumed_at_ = kNone;
  std::string resumed_line_start_;
  std::uint64_t resumes_from_ = 0;
  std::size_t num_resumes_ = 0;
};

Result<void> RecordReader::State::open(std::unique_ptr<ByteSource> source, std::string name,
                                       std::uint32_t file_index, const ReadPlace& place) {
  auto unpacked = unpack(std::move(source), name, packed_, options_.limits);
  if (!unpacked) return std::unexpected(std::move(unpacked.error()));
  window_.open(std::move(*unpacked));
  window_.begin_at(place.offset, place.line);
  begin_ = place.offset;
  walker_.reset();
  name_ = std::move(name);
  file_index_ = file_index;
  sequence_ = 0;
  error_told_ = is_walking_ = false;
  pending_.reset();
  resumed_at_ = kNone;
  resumes_from_ = num_resumes_ = 0;
  window_.fill(options_.block_bytes);
  if (looks_like_archive(window_.bytes())) {
    window_.close();
    return fail(
        kNestedArchive,
        "an archive on standard input, named as a log or within too many others is not opened",
        Place{.file = name_}, "unpack it, or name it as a file");
  }
  if (begin_ == 0) decode();
  if (window_.bytes().starts_with(kByteOrderMark)) window_.drop(kByteOrderMark.size());
  layout_ = place.head.empty() ? find_layout() : rows_under(place.head);
  return {};
}

void RecordReader::State::decode() {
  const auto form = text::utf_form(window_.bytes());
  if (form != text::UtfForm::kUtf8) {
    std::string head;
    auto source = window_.release(head);
    window_.open(make_utf16_source(form, std::move(head), std::move(source)));
    window_.fill(options_.block_bytes);
  }
  if (begins_with_container_line(window_.bytes())) {
    std::string head;
    auto source = window_.release(head);
    window_.open(make_container_line_source(std::move(head), std::move(source), max_record()));
    window_.fill(options_.block_bytes);
  }
  if (may_be_yaml(window_.bytes(), window_.at_end())) decode_yaml();
}

// Only whole documents are YAML: a file beyond what is read of documents is none.
bool RecordReader::State::decode_yaml() {
  window_.fill(options_.limits.max_document_bytes);
  if (!window_.at_end() || window_.error()) return false;
  auto json = json_lines_of_yaml(window_.bytes(), options_.limits);
  if (!json) return false;
  std::string yaml;
  window_.release(yaml);
  window_.open(std::make_unique<TextSource>(std::move(*json), yaml.size()));
  window_.fill(options_.block_bytes);
  return true;
}

Block::Layout RecordReader::State::find_layout() {
  if (begins_with_lines()) return Block::Layout::kLines;
  if (!begins_with_rows(window_.bytes())) return Block::Layout::kValues;
  return rows_under(window_.bytes());
}

Block::Layout RecordReader::State::rows_under(std::string_view begin_of_file) {
  head_ = std::make_shared<std::string>(head_of_rows(begin_of_file));
  is_csv_ = event::is_csv_head(*head_);
  return Block::Layout::kRows;
}

bool RecordReader::State::begins_with_lines() {
  const std::string_view text = window_.bytes();
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == kNone || text[begin] != '{') return false;
  const std::size_t end = text.find('\n', begin);
  if (end == kNone) return false;
  const std::string_view line = text.substr(begin, end - begin);
  ValueWalker probe(options_.limits);
  probe.start(line, tolerant_.index(line));
  // A line broken in the middle of a string is a broken record: JSON laid out over lines never is.
  if (tolerant_.ends_in_string()) return true;
  const Step first = probe.next();
  return first.kind == Step::Kind::kRecords && first.begin == 0 && is_one_closed_value(line);
}

Result<bool> RecordReader::State::next(Block& block) {
  block.size_ = 0;
  if (layout_ == Block::Layout::kLines && next_lines(block)) return true;
  if (layout_ == Block::Layout::kRows && next_rows(block)) return true;
  if (layout_ == Block::Layout::kValues && next_values(block)) return true;
  if (window_.error() && !std::exchange(error_told_, true)) {
    return std::unexpected(*window_.error());
  }
  return false;
}

void RecordReader::State::give(std::size_t count, bool may_hand_over, Block::Layout layout,
                               Block& block) {
  block.layout_ = layout;
  block.file_index_ = file_index_;
  block.sequence_ = sequence_++;
  block.offset_ = window_.offset();
  block.first_line_ = window_.line();
  block.size_ = count;
  block.index_.reset();
  block.begin_ = window_.give(count, may_hand_over, block.buffer_);
}

// The walk is over, so its index is free to go along: whoever reads the records needs the same.
void RecordReader::State::give_index(const Step& step, Block& block) {
  std::swap(indexer_, block.indexer_);
  block.index_ = block.indexer_.narrow(step.begin, step.end);
}

void RecordReader::State::skip(std::size_t count, SkipReason reason) {
  skipped_.push_back({reason, file_index_, window_.line(), window_.offset()});
  window_.drop(count);
}

// ---- lines ----

bool RecordReader::State::next_lines(Block& block) {
  while (const auto size = lines_in_window()) {
    const std::string_view text = window_.bytes().substr(0, *size);
    const std::size_t begin = std::min(text.find_first_not_of(kBetween), text.size());
    if (begin == text.size()) {
      window_.drop(text.size());
    } else if (is_text_line(first_line(text.substr(begin))) || is_text_line(last_line(text))) {
      layout_ = Block::Layout::kRows;
      head_ = std::make_shared<std::string>();
      is_csv_ = false;
      return next_rows(block);
    } else if (!looks_like_lines(text)) {
      layout_ = Block::Layout::kValues;
      return next_values(block);
    } else {
      give(text.size(), true, Block::Layout::kLines, block);
      return true;
    }
    if (skipped_.size() >= kMaxSkippedHeld) {
      give(0, false, Block::Layout::kLines, block);
      return true;
    }
  }
  return false;
}

// The first line begins an object and the last one ends one.
bool RecordReader::State::looks_like_lines(std::string_view text) const {
  return text[text.find_first_not_of(kBetween)] == '{' &&
         text[text.find_last_not_of(kBetween)] == '}';
}

std::optional<std::size_t> RecordReader::State::lines_in_window() {
  std::size_t wanted = options_.block_bytes;
  while (true) {
    window_.fill(wanted);
    const std::string_view text = window_.bytes();
    if (text.empty()) return std::nullopt;
    const std::size_t lines = lines_size(text);
    if (lines != 0 && !window_.at_end()) return lines;
    if (window_.at_end()) {
      const std::string_view last = text.substr(lines);
      const bool is_whole = last.find_first_not_of(kBetween) == kNone ||
                            (last.size() <= max_record() && is_one_closed_value(last));
      if (is_whole) return text.size();
      if (lines != 0) return lines;
      skip(text.size(),
           last.size() > max_record() ? SkipReason::kTooLarge : SkipReason::kTruncated);
      return std::nullopt;
    }
    if (text.size() > max_record()) {
      skip(0, SkipReason::kTooLarge);
      pass_line(window_, passing());
    }
    wanted = std::clamp(2 * window_.bytes().size(), options_.block_bytes, max_record() + 1);
  }
}

// ---- rows ----

bool RecordReader::State::next_rows(Block& block) {
  std::size_t wanted = options_.block_bytes;
  while (skipped_.size() < kMaxSkippedHeld) {
    window_.fill(wanted);
    const std::string_view text = window_.bytes();
    if (text.empty()) return false;
    const bool is_whole = window_.at_end() && !window_.error();
    const std::size_t rows = is_whole ? text.size() : rows_in(text);
    if (rows == 0 && window_.at_end()) {
      skip(text.size(), SkipReason::kTruncated);
      return false;
    }
    if (rows != 0) {
      block.head_ = head_;
      give(rows, true, Block::Layout::kRows, block);
      return true;
    }
    if (text.size() > max_record()) {
      skip(0, SkipReason::kTooLarge);
      pass_line(window_, passing());
    }
    wanted = std::clamp(2 * window_.bytes().size(), options_.block_bytes, max_record() + 1);
  }
  give(0, false, Block::Layout::kRows, block);
  return true;
}

std::size_t RecordReader::State::rows_in(std::string_view text) const {
  return is_csv_ ? text::csv_rows_size(text) : lines_size(text);
}

// ---- values ----

bool RecordReader::State::next_values(Block& block) {
  while (skipped_.size() < kMaxSkippedHeld) {
    if (!is_walking_) start_walk();
    const Step step = pending_ ? *std::exchange(pending_, std::nullopt) : walker_.next();
    if (step.kind == Step::Kind::kMore) {
      is_walking_ = false;
      if (!after_walk(step)) return false;
      continue;
    }
    drop_to(step.begin);
    if (step.kind == Step::Kind::kSkipped) {
      skip(step.end - step.begin, step.reason);
      walked_ = step.end;
      continue;
    }
    // The text is needed as long as the walk goes on in it.
    pending_ = walker_.next();
    walked_ = step.end;
    const bool is_last = pending_->kind == Step::Kind::kMore;
    give(step.end - step.begin, is_last, Block::Layout::kValues, block);
    if (is_last && !index_failed_) give_index(step, block);
    return true;
  }
  give(0, false, Block::Layout::kValues, block);
  return true;
}

void RecordReader::State::start_walk() {
  std::string_view text = window_.bytes();
  if (!window_.at_end()) text = text.substr(0, place_to_cut(text));
  const auto index = indexer_.index(text);
  index_failed_ = !index;
  std::span<const std::uint32_t> positions = index ? *index : tolerant_.index(text);
  if (!index && tolerant_.ends_in_string() && !window_.at_end()) {
    text = text.substr(0, positions.back());
    positions = positions.first(positions.size() - 1);
  }
  walker_.start(text, positions);
  is_walking_ = true;
  walked_ = 0;
}

bool RecordReader::State::after_walk(const Step& step) {
  // Keep the blanks that a record's line begins with: next_start() needs them.
  const std::string_view left = window_.bytes().substr(0, step.begin - walked_);
  const std::size_t blanks = size_without_blanks(left);
  const bool is_line = blanks > 0 && left[blanks - 1] == '\n';
  drop_to(walker_.in_value() && is_line ? walked_ + blanks - 1 : step.begin);

  const std::size_t held = window_.bytes().size();
  const std::size_t walked = step.end - walked_;
  if (!walker_.in_value()) {
    if (window_.at_end()) window_.drop(held);
    // Without progress, a string in an envelope's tail does not end in the window.
    window_.fill(step.begin == 0 ? std::min(2 * held, 2 * max_record()) : options_.block_bytes);
    if (step.begin == 0 && held > max_record()) pass_value(window_, passing());
    return !window_.bytes().empty();
  }
  const bool is_too_large = walked > max_record() || held > max_record() + options_.block_bytes;
  const bool is_too_deep = walker_.is_too_deep();
  if (index_failed_ || walker_.is_broken() || window_.at_end() || is_too_large || is_too_deep) {
    const std::size_t next = next_start();
    window_.drop(text::num_json_spaces(window_.bytes()));
    if (next != kNone) {
      skip(next - (held - window_.bytes().size()),
           is_too_deep ? SkipReason::kTooDeep : SkipReason::kMalformedJson);
      window_.fill(options_.block_bytes);
      return true;
    }
    if (is_too_large || is_too_deep) {
      skip(0, is_too_deep ? SkipReason::kTooDeep : SkipReason::kTooLarge);
      pass_value(window_, passing());
      return true;
    }
    if (window_.at_end()) {
      skip(window_.bytes().size(), SkipReason::kTruncated);
      return false;
    }
  }
  window_.fill(
      std::min(std::max(2 * held, options_.block_bytes), max_record() + 2 * options_.block_bytes));
  return true;
}

// Records of one file are laid out alike: a line that opens an object, indented as this one is,
// opens the next. It may be one inside this record, if someone indents so; then that is what is
// given instead of a record, and nothing behind it suffers.
std::size_t RecordReader::State::next_start() {
  const std::string_view text = window_.bytes();
  const std::size_t open = text.find('{');
  if (open == kNone) return kNone;
  std::string line_start(text.substr(0, open));
  if (open == 0 && window_.offset() == resumed_at_) line_start = resumed_line_start_;
  if (window_.offset() == begin_ && !line_start.starts_with('\n')) line_start.insert(0, 1, '\n');
  if (line_start.rfind('\n') != 0) return kNone;  // it does not begin its line
  resumed_line_start_ = line_start;
  if (window_.offset() - resumes_from_ > text.size()) {
    resumes_from_ = window_.offset();
    num_resumes_ = 0;
  }
  line_start += '{';
  const std::size_t from = num_resumes_++ < kExactResumes ? open + 1 : open + 1 + text.size() / 64;
  const std::size_t found = text.find(line_start, from);
  if (found == kNone) return kNone;
  const std::size_t next = found + line_start.size() - 1;
  resumed_at_ = window_.offset() + next;
  return next;
}

RecordReader::RecordReader(ReadOptions options) : state_(std::make_unique<State>(options)) {}
RecordReader::~RecordReader() = default;
RecordReader::RecordReader(RecordReader&&) noexcept = default;
RecordReader& RecordReader::operator=(RecordReader&&) noexcept = default;

Result<void> RecordReader::open(const std::string& path, std::uint32_t file_index) {
  return state_->open(path, file_index);
}

Result<void> RecordReader::open(std::unique_ptr<ByteSource> source, std::string name,
                                std::uint32_t file_index, const ReadPlace& place) {
  return state_->open(std::move(source), std::move(name), file_index, place);
}

Result<bool> RecordReader::next(Block& block) { return state_->next(block); }
std::vector<SkippedRecord> RecordReader::take_skipped() { return state_->take_skipped(); }
std::uint64_t RecordReader::bytes_taken() const { return state_->bytes_taken(); }
std::uint64_t RecordReader::bytes_unpacked() const { return state_->bytes_unpacked(); }

}  // namespace nepho::stream
