#include "detect/shard.h"

#include <algorithm>

#include "base/hash.h"
#include "base/line_count.h"
#include "event/bulk_action.h"
#include "event/envelope.h"
#include "event/record_splitter.h"
#include "text/json_space.h"

namespace nepho::detect {
namespace {

using event::ScanFault;
using event::SkipReason;

// Longest text of a field that a match keeps for display.
constexpr std::size_t kMaxShownBytes = 512;

SkipReason reason_of(ScanFault fault) {
  switch (fault) {
    case ScanFault::kTooDeep: return SkipReason::kTooDeep;
    case ScanFault::kNotAnObject: return SkipReason::kNotAnObject;
    default: return SkipReason::kMalformedJson;
  }
}

SkipReason reason_of(const Error& error) {
  return error.code == text::kJsonBadUtf8 ? SkipReason::kBadUtf8 : SkipReason::kMalformedJson;
}

// Lays the indices of `bytes` under `view`, of which one is there; false when they have no other.
bool lay(std::string_view bytes, std::span<const std::uint32_t> tokens, text::EscapeIndex& escapes,
         event::RecordView& view) {
  if (!escapes.build(bytes)) return false;
  view.reset(bytes, tokens, &escapes);
  return true;
}

// The same where none is there; the reason when they have none.
std::optional<SkipReason> index(std::string_view bytes, text::JsonIndexer& indexer,
                                text::EscapeIndex& escapes, event::RecordView& view) {
  const auto tokens = indexer.index(bytes);
  if (!tokens) return reason_of(tokens.error());
  if (!lay(bytes, *tokens, escapes, view)) return SkipReason::kMalformedJson;
  return std::nullopt;
}

// A copy of `text` in `buffer`, with the padding that an index needs.
std::string_view pad(std::string_view text, std::string& buffer) {
  buffer.assign(text);
  buffer.append(text::kJsonPadding, ' ');
  return std::string_view(buffer).substr(0, text.size());
}

// The first scalar at one of the paths, or in an array there, null left out; nullptr where there is
// none. It stands in `values`.
const event::RawValue* first_scalar(const event::RecordView& view,
                                    const std::vector<event::FieldPath>& paths,
                                    std::vector<event::RawValue>& values) {
  for (const event::FieldPath& path : paths) {
    values.clear();
    event::RawValue one;
    switch (view.find_one(path, one)) {
      case event::RecordView::Found::kNothing: continue;
      case event::RecordView::Found::kOne: values.push_back(one); break;
      case event::RecordView::Found::kUnsure: view.resolve(path, values);
    }
    for (event::RawValue& value : values) {
      event::RawValue element;
      if (value.type == text::JsonType::kArray && view.first_scalar_in(value, element)) {
        value = element;
      }
      if (!value.is_container() && value.type != text::JsonType::kNull) return &value;
    }
  }
  return nullptr;
}

// Its text, decoded and bounded; empty when there is none.
std::string first_text(const event::RecordView& view, const std::vector<event::FieldPath>& paths,
                       std::vector<event::RawValue>& values) {
  std::string text;
  if (const auto* const value = first_scalar(view, paths, values)) event::append_text(*value, text);
  text.resize(std::min(text.size(), kMaxShownBytes));
  return text;
}

}  // namespace

Shard::Shard(const plan::Plan& plan, ShardOptions options)
    : plan_(&plan),
      options_(options),
      evaluators_(plan.sources().size()),
      view_(plan.keys(), &plan.trails()),
      inner_view_(plan.keys(), &plan.trails()),
      cell_rows_(plan) {}

SliceResult& Shard::run(const Slice& slice, const FoldBounds& bounds) {
  slice_ = &slice;
  bounds_ = &bounds;
  result_.matches.clear();
  result_.folded.clear();
  result_.skipped.clear();
  result_.inputs.clear();
  result_.counters = Counters{};
  result_.counters.by_source.assign(plan_->sources().size(), 0);
  result_.num_events = 0;
  fingerprints_.clear();
  fingerprinted_.clear();
  counted_to_ = 0;
  counted_lines_ = 0;
  origins_.clear();

  if (slice.layout == Slice::Layout::kRows) {
    run_rows(slice);
  } else if (slice.layout == Slice::Layout::kLines && plan_->line_filter()) {
    run_needed(slice.bytes);
  } else if (slice.index && lay(slice.bytes, *slice.index, escapes_, view_)) {
    run_indexed(slice.bytes, 0);
  } else {
    run_whole(slice.bytes, 0);
  }
  settle_repeats();
  return result_;
}

// The quickest way: only lines for which a rule may hold.
void Shard::run_needed(std::string_view bytes) {
  plan_->line_filter()->sort_out(bytes, filtered_);
  for (const auto& run : filtered_.runs) {
    pass_unparsed(run.num_needless_before);
    run_whole(bytes.substr(run.begin, run.end - run.begin), run.begin);
  }
  pass_unparsed(filtered_.num_needless_behind);
}

// They have their places among the events of the file.
void Shard::pass_unparsed(std::uint32_t count) {
  result_.counters.unparsed += count;
  result_.num_events += count;
}

// The quick way: one index for all records, which begin `base` bytes into the slice. On the first
// fault the rest is read piece by piece.
void Shard::run_whole(std::string_view bytes, std::size_t base) {
  if (index(bytes, indexer_, escapes_, view_)) return run_pieces(bytes, base);
  run_indexed(bytes, base);
}

void Shard::run_indexed(std::string_view bytes, std::size_t base) {
  while (view_.has_next()) {
    const ScanFault fault = view_.scan();
    // A number may begin a line of text.
    const bool is_scalar = fault == ScanFault::kNotAnObject && !view_.source().starts_with('[');
    if (fault == ScanFault::kMalformed || fault == ScanFault::kTooDeep || is_scalar) {
      return run_pieces(bytes.substr(view_.begin()), base + view_.begin());
    }
    take(fault, base);
  }
}

// ---- rows ----

// Rows for which no rule holds are read in place; the others become JSON lines, those that follow
// one another as one text.
void Shard::run_rows(const Slice& slice) {
  if (!rows_ || rows_head_ != slice.head) {
    rows_head_ = slice.head;
    rows_.emplace(plan_->line_forms(), rows_head_);
  }
  rows_text_.clear();
  const bool may_be_cells = may_run_as_cells();
  for (std::size_t at = 0; at < slice.bytes.size();) {
    const std::string_view rest = slice.bytes.substr(at);
    const std::string_view row = rest.substr(0, rows_->size_of_first(rest));
    if (!may_be_cells || !run_as_cells(row)) add_row(row, at);
    at += row.size();
  }
  run_waiting_rows();
  std::ranges::stable_sort(result_.skipped, {}, &SkippedRecord::offset);
}

void Shard::add_row(std::string_view row, std::size_t at) {
  const std::size_t begin = rows_text_.size();
  switch (rows_->append(row, rows_text_)) {
    case event::RowReader::Row::kRecord:
      rows_text_ += '\n';
      origins_.push_back({begin, at});
      break;
    case event::RowReader::Row::kUnknown: add_skipped(SkipReason::kUnknownText, at); break;
    case event::RowReader::Row::kNothing: break;
  }
}

void Shard::run_waiting_rows() {
  const std::size_t size = rows_text_.size();
  rows_text_.append(text::kJsonPadding, ' ');
  if (size != 0) run_whole(std::string_view(rows_text_).substr(0, size), 0);
  rows_text_.clear();
  origins_.clear();
}

// Somebody who looks at every record needs them all as JSON, and --strict is without shortcuts.
bool Shard::may_run_as_cells() const {
  const plan::PlanOptions& asked = plan_->options();
  return options_.watch == nullptr && !asked.ignore_logsource && !asked.strict;
}

// True when the row was an event that is settled: it is counted, and no rule holds for it.
bool Shard::run_as_cells(std::string_view row) {
  const auto source_plan = cell_rows_.read(*rows_, row);
  if (!source_plan) return false;
  if (!origins_.empty()) run_waiting_rows();
  Evaluator& evaluator = this->evaluator(*source_plan);
  if (!evaluator.evaluate(cell_rows_.view()).empty() || evaluator.wants_record()) return false;
  row_json_.clear();
  if (remembers(*source_plan)) cell_rows_.append_json(row_json_);
  count_event(*source_plan, row_json_);
  time_of(*source_plan, cell_rows_.view());
  return true;
}

// A line of text among records of JSON. True when it is one that a log source has.
bool Shard::run_as_row(std::string_view piece, std::size_t base) {
  if (!origins_.empty() || piece.starts_with('{') || piece.starts_with('[')) return false;
  rows_text_.clear();
  if (!plan_->line_forms().append(piece, rows_text_)) return false;
  origins_.push_back({0, base});
  const std::string row = std::move(rows_text_);
  run_piece(row, 0);
  origins_.clear();
  return true;
}

void Shard::run_pieces(std::string_view bytes, std::size_t base) {
  event::RecordSplitter splitter(bytes, slice_->layout == Slice::Layout::kValues
                                            ? event::RecordSplitter::By::kValues
                                            : event::RecordSplitter::By::kLines);
  while (const auto piece = splitter.next()) {
    run_piece(*piece, base + static_cast<std::size_t>(piece->data() - bytes.data()));
  }
}

// A piece read alone: what is wrong with it costs what it holds and nothing else.
void Shard::run_piece(std::string_view piece, std::size_t base) {
  if (run_as_row(piece, base)) return;
  const std::string_view bytes = pad(piece, piece_);
  if (const auto reason = index(bytes, indexer_, escapes_, view_)) return skip(*reason, base);
  if (!view_.has_next()) return skip(SkipReason::kMalformedJson, base);
  while (view_.has_next()) {
    const ScanFault fault = view_.scan();
    take(fault, base);
    if (fault == ScanFault::kMalformed || fault == ScanFault::kTooDeep) return;
  }
}

// What view_ has just scanned, `base` bytes into the slice.
void Shard::take(ScanFault fault, std::size_t base) {
  const bool may_wrap = fault == ScanFault::kNotAnObject &&
                        (view_.source().starts_with('[') || view_.source().starts_with("\"{"));
  if (fault == ScanFault::kNone) {
    take_record(base + view_.begin());
  } else if (may_wrap && !plan_->options().ignore_logsource) {
    take_wrapping(base + view_.begin());
  } else {
    skip(reason_of(fault), base + view_.begin());
  }
}

void Shard::take_record(std::size_t offset) {
  if (view_.source().size() > kDefaultLimits.max_record_bytes)
    return skip(SkipReason::kTooLarge, offset);
  if (plan_->options().ignore_logsource) return evaluate(0, view_, offset);
  const event::LogSource* source = plan_->recogniser().recognise(view_, recognised_);
  if (source != nullptr) return evaluate(plan_->plan_of(source), view_, offset);
  if (!take_payload(offset)) take_wrapping(offset);
}

// What view_ has scanned bears no signs: it is a wrapping around records, a generic record, or a
// line that stands between records and is none.
// False where only take_wrapping() can tell which.
bool Shard::take_payload(std::size_t offset) {
  using Kind = event::Wrapping::Inside::Kind;
  const auto inside = plan_->wrapping()->look_into(view_, decoded_);
  if (inside.kind == Kind::kNothing) {
    if (!event::is_bulk_action(view_.source())) evaluate(plan_->generic(), view_, offset);
    return true;
  }
  if (inside.kind == Kind::kUnsure) return false;
  const bool is_whole = inside.value ? scan_value(*inside.value) : scan_text(inside.payload);
  const event::LogSource* source =
      is_whole ? plan_->recogniser().recognise(inner_view_, recognised_) : nullptr;
  if (inside.kind == Kind::kPacked) {
    const bool is_nothing =
        is_whole && source == nullptr &&
        plan_->wrapping()->look_into(inner_view_, decoded_).kind == Kind::kNothing;
    if (is_nothing) evaluate(plan_->generic(), view_, offset);
    return is_nothing;
  }
  if (source == nullptr) return false;
  evaluate(plan_->plan_of(source), inner_view_, offset + inside.offset);
  return true;
}

// Whether inner_view_ has scanned a value of view_'s record that is an object.
bool Shard::scan_value(const event::RawValue& value) {
  inner_view_.reset_to_value(view_, value);
  return inner_view_.scan() == ScanFault::kNone;
}

// Whether it has scanned a text that is one object.
bool Shard::scan_text(std::string_view json) {
  const std::string_view text = pad(json, inner_);
  return !index(text, inner_indexer_, inner_escapes_, inner_view_) && inner_view_.has_next() &&
         inner_view_.scan() == ScanFault::kNone &&
         text::num_json_spaces(text) == inner_view_.begin() &&
         text::first_json_character(text.substr(inner_view_.end())) == '\0';
}

void Shard::take_wrapping(std::size_t offset) {
  const auto unwrapped = event::unwrap(view_.source(), plan_->recognition(), &plan_->line_forms());
  if (!unwrapped) return skip(SkipReason::kMalformedJson, offset);
  if (unwrapped->num_not_objects != 0)
    skip(SkipReason::kNotAnObject, offset, unwrapped->num_not_objects);
  for (const event::InnerRecord& inner : unwrapped->records) {
    const std::size_t inner_offset = offset + inner.offset;
    if (const auto reason =
            index(pad(inner.text, inner_), inner_indexer_, inner_escapes_, inner_view_)) {
      skip(*reason, inner_offset);
      continue;
    }
    const ScanFault fault = inner_view_.has_next() ? inner_view_.scan() : ScanFault::kMalformed;
    if (fault != ScanFault::kNone) {
      skip(reason_of(fault), inner_offset);
    } else {
      evaluate(plan_->plan_of(inner.source), inner_view_, inner_offset);
    }
  }
}

void Shard::evaluate(std::uint32_t source_plan, const event::RecordView& view, std::size_t offset) {
  const std::uint32_t ordinal = count_event(source_plan, view.source());
  const auto time = time_of(source_plan, view);
  const auto& rules = evaluator(source_plan).evaluate(view);
  if (options_.watch != nullptr) {
    const std::size_t at = in_slice(offset);
    const EventPlace place{slice_->file, slice_->sequence, ordinal, line_at(at),
                           slice_->offset + at};
    options_.watch->saw({source_plan, view, time, place, rules});
  }
  if (rules.empty()) return;
  const FoldBound here{
      time, {slice_->file, slice_->sequence, ordinal, 0, slice_->offset + in_slice(offset)}};
  for (const std::uint32_t rule : rules) {
    const std::uint32_t base = plan_->correlations().base_of(rule);
    const bool is_folded = this->is_folded(rule, here);
    const bool is_silent = plan_->correlations().is_silent(rule);
    if (base == plan::CorrelationPlan::kNotBase && is_folded) {
      result_.folded.push_back({rule, ordinal});
      continue;
    }
    add_match(rule, source_plan, here, view);
    result_.matches.back().place.line = line_at(in_slice(offset));
    if (base == plan::CorrelationPlan::kNotBase) continue;
    add_input(base, view);
    if (is_silent || is_folded) result_.matches.pop_back();
    if (is_folded && !is_silent) result_.folded.push_back({rule, ordinal});
  }
}

Evaluator& Shard::evaluator(std::uint32_t source_plan) {
  auto& evaluator = evaluators_[source_plan];
  if (!evaluator) evaluator = std::make_unique<Evaluator>(*plan_, *plan_->sources()[source_plan]);
  return *evaluator;
}

// Whether events of this log source are held against those met before.
bool Shard::remembers(std::uint32_t source_plan) const {
  return options_.seen_events != nullptr && !plan_->sources()[source_plan]->unique_id.empty();
}

// Counts an event of these bytes and gives its ordinal.
std::uint32_t Shard::count_event(std::uint32_t source_plan, std::string_view record) {
  ++result_.counters.events;
  ++result_.counters.by_source[source_plan];
  const std::uint32_t ordinal = result_.num_events++;
  if (remembers(source_plan)) {
    fingerprints_.push_back(hash64(record));
    fingerprinted_.push_back({ordinal, source_plan});
  }
  return ordinal;
}

// The time of an event, which is noted.
std::optional<Instant> Shard::time_of(std::uint32_t source_plan, const event::RecordView& view) {
  const auto* const written = first_scalar(view, plan_->sources()[source_plan]->time, values_);
  const auto time = written != nullptr ? times_.read(written->raw) : std::nullopt;
  if (time) result_.counters.note_time(*time, source_plan);
  return time;
}

// Of the match that was added last, what correlations need.
void Shard::add_input(std::uint32_t base, const event::RecordView& view) {
  const Match& match = result_.matches.back();
  store_input(match, plan_->correlations().paths(match.source_plan, base), view, values_,
              result_.inputs);
}

bool Shard::is_folded(std::uint32_t rule, const FoldBound& here) const {
  if (rule >= bounds_->size() || !(*bounds_)[rule]) return false;
  const FoldBound& bound = *(*bounds_)[rule];
  return std::tie(here.time, here.place) >= std::tie(bound.time, bound.place);
}

// Keeps what the finding will show.
void Shard::add_match(std::uint32_t rule, std::uint32_t source_plan, const FoldBound& here,
                      const event::RecordView& view) {
  const plan::SourcePlan& source = *plan_->sources()[source_plan];
  Match match;
  match.rule = rule;
  match.source_plan = source_plan;
  match.time = here.time;
  match.place = here.place;
  const std::string unique_id = first_text(view, source.unique_id, values_);
  const std::string kind = source.source != nullptr ? source.source->id : std::string();
  match.key = hash128(kind + '\n' + (unique_id.empty() ? std::string(view.source()) : unique_id));
  match.actor = first_text(view, source.actor, values_);
  match.source_ip = first_text(view, source.source_ip, values_);
  match.account = first_text(view, source.account, values_);
  if (options_.keep_events) match.event = view.source();
  result_.matches.push_back(std::move(match));
}

void Shard::skip(SkipReason reason, std::size_t offset, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) add_skipped(reason, in_slice(offset));
}

void Shard::add_skipped(SkipReason reason, std::size_t at) {
  ++result_.counters.skipped[static_cast<std::size_t>(reason)];
  result_.skipped.push_back({reason, slice_->file, line_at(at), slice_->offset + at});
}

// Asks for all events of the slice at once which were met before, and takes those out of the
// counts.
void Shard::settle_repeats() {
  if (fingerprints_.empty()) return;
  options_.seen_events->add(fingerprints_, repeated_);
  std::vector<bool> is_repeat(result_.num_events, false);
  for (std::size_t i = 0; i < fingerprinted_.size(); ++i) {
    if (!repeated_[i]) continue;
    is_repeat[fingerprinted_[i].ordinal] = true;
    --result_.counters.events;
    --result_.counters.by_source[fingerprinted_[i].source_plan];
    ++result_.counters.duplicates;
  }
  for (Match& match : result_.matches) match.is_repeat = is_repeat[match.place.ordinal];
  for (StoredHead& input : result_.inputs.heads) input.is_repeat = is_repeat[input.place.ordinal];
  for (FoldedMatch& match : result_.folded) match.is_repeat = is_repeat[match.ordinal];
}

// Where in the slice stood what is read at `offset`: the same place, but for rows, of which all
// stands at their beginning.
std::size_t Shard::in_slice(std::size_t offset) const {
  if (origins_.empty()) return offset;
  const auto behind = std::ranges::upper_bound(origins_, offset, {}, &Origin::begin);
  return std::prev(behind)->offset;
}

// Lines are counted from the last place asked for, which lies before this one but for inner
// records.
std::uint64_t Shard::line_at(std::size_t offset) {
  if (offset < counted_to_) counted_to_ = counted_lines_ = 0;
  counted_lines_ += count_line_ends(slice_->bytes.substr(counted_to_, offset - counted_to_));
  counted_to_ = offset;
  return slice_->first_line + counted_lines_;
}

}  // namespace nepho::detect
