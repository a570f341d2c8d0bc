#include "event/wrapping.h"

#include <algorithm>

#include "event/envelope_keys.h"
#include "event/packed_payload.h"
#include "event/row_cells.h"
#include "text/json_scalar.h"
#include "text/json_space.h"

namespace nepho::event {
namespace {

using Kind = Wrapping::Inside::Kind;

std::string_view first_key(std::string_view path) { return path.substr(0, path.find('.')); }

// Where a string begins in `json`, from `at` on, that begins as one that holds an object does.
std::size_t packed_object(std::string_view json, std::size_t at) {
  constexpr std::string_view kBefore = kPackedObject.substr(0, kPackedObject.size() - 1);
  static_assert(kPackedObject.back() == '\\');
  while ((at = json.find('\\', at)) != std::string_view::npos) {
    if (json.substr(0, at).ends_with(kBefore)) return at - kBefore.size();
    at += 2;
  }
  return at;
}

}  // namespace

Wrapping::Wrapping(KeyTable& keys, const LineForms* lines) : lines_(lines) {
  for (const std::string_view key : record_list_keys()) lists_.push_back(keys.add(key));
  for (const std::string_view path : deep_record_lists()) {
    lists_.push_back(keys.add(first_key(path)));
    lists_.push_back(keys.add(path));
  }
  lists_.push_back(keys.add(kTables));
  lists_.push_back(keys.add(kResultSet));
  lists_.push_back(keys.add(kStreamLines));
  for (const std::string_view path : payload_paths()) {
    const std::uint32_t first = keys.add(first_key(path));
    Payload& payload = payloads_.emplace_back(Payload{FieldPath(path, keys), first, first, {}});
    if (first_key(path) == path) continue;
    payload.outer.emplace_back(first_key(path), keys);
    payload.joined = keys.add(path);
  }
}

// Through an object, while a path of a rule leads through arrays as well.
Wrapping::Found Wrapping::find(const RecordView& view, const Payload& payload, RawValue& value) {
  using Seen = RecordView::Found;
  if (payload.outer.empty()) {
    const Seen seen = view.find_one(payload.path, value);
    return seen == Seen::kNothing ? Found::kNothing
           : seen == Seen::kOne   ? Found::kOne
                                  : Found::kUnsure;
  }
  if (view.has(payload.joined)) return Found::kUnsure;
  const Seen seen = view.find_one(payload.outer[0], value);
  if (seen == Seen::kUnsure) return Found::kUnsure;
  if (seen == Seen::kNothing || value.type != text::JsonType::kObject) return Found::kNothing;
  std::vector<RawValue> values;
  view.resolve(payload.path, values);
  if (values.size() > 1) return Found::kUnsure;
  if (values.empty()) return Found::kNothing;
  value = values[0];
  return Found::kOne;
}

// Of a text that begins no object: an array, several lines, a line of a known form, or packed.
bool Wrapping::may_hold_records(std::string_view text) const {
  if (text::first_json_character(text) == '[') return true;
  const std::size_t last = text.find_last_not_of("\r\n");
  if (last == std::string_view::npos) return false;
  text = text.substr(0, last + 1);
  if (text.find('\n') != std::string_view::npos) return true;
  static thread_local RowCells cells;
  if (lines_ != nullptr) {
    cells.take(text);
    if (lines_->cut(cells) != nullptr) return true;
    if (cells.holds_tabs() && text.find(' ') == std::string_view::npos) return true;
  }
  return unpacked_payload(text).has_value();
}

Wrapping::Inside Wrapping::look_into(const RecordView& view, std::string& decoded) const {
  if (std::ranges::any_of(lists_, [&](std::uint32_t key) { return view.has(key); })) return {};
  for (const Payload& payload : payloads_) {
    const bool is_there =
        view.has(payload.first) || (payload.joined != payload.first && view.has(payload.joined));
    if (!is_there) continue;
    RawValue value;
    const Found found = find(view, payload, value);
    if (found == Found::kUnsure) return {};
    if (found == Found::kNothing) continue;
    const auto offset = static_cast<std::size_t>(value.raw.data() - view.source().data());
    if (value.type == text::JsonType::kObject) return {Kind::kPayload, value.raw, value, offset};
    if (value.type == text::JsonType::kArray) return {};
    if (value.type != text::JsonType::kString) continue;
    decoded.clear();
    append_text(value, decoded);
    if (text::first_json_character(decoded) == '{')
      return {Kind::kPayload, decoded, std::nullopt, offset - 1};
    if (may_hold_records(decoded)) return {};
  }
  return look_for_packed(view.source(), decoded);
}

// A string under any key may hold a record.
Wrapping::Inside Wrapping::look_for_packed(std::string_view record, std::string& decoded) {
  const std::size_t at = packed_object(record, 0);
  if (at == std::string_view::npos) return {.kind = Kind::kNothing};
  const std::size_t size = text::json_string_length(record.substr(at));
  if (size == 0 || packed_object(record, at + size) != std::string_view::npos) return {};
  decoded.clear();
  append_text({text::JsonType::kString, record.substr(at + 1, size - 2)}, decoded);
  return {Kind::kPacked, decoded, std::nullopt, at};
}

}  // namespace nepho::event
