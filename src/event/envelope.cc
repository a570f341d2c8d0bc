// From the outside inwards: an object that is recognised is a record; one with a list of records is
// that many, each looked into again; one with a payload is that payload. What leads to nothing
// known is left as the outermost object was, since anybody's record may have a member "data" or
// "event".
//
// What is packed in strings is decoded and parsed anew, and the decoded text kept, as records are
// views into it. Lists are worked off with an explicit stack, the first element on top, so that the
// records come in their order.
#include "event/envelope.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "event/answer_rows.h"
#include "event/envelope_keys.h"
#include "event/packed_payload.h"
#include "event/record_splitter.h"
#include "text/json.h"
#include "text/json_index.h"
#include "text/json_space.h"

namespace nepho::event {
namespace {

using text::JsonDocument;
using text::JsonValue;

// The value at a dotted path of object members; each prefix is tried as a key of its own too.
std::optional<JsonValue> at_path(const JsonValue& value, std::string_view path) {
  if (const auto direct = value.find(path)) return direct;
  const std::size_t dot = path.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto outer = value.find(path.substr(0, dot));
  return outer ? outer->find(path.substr(dot + 1)) : std::nullopt;
}

bool is_payload(std::string_view key) {
  return std::ranges::find(payload_paths(), key) != payload_paths().end();
}

bool may_hold_object(std::string_view text) { return text::first_json_character(text) == '{'; }

// Packed objects of one record that are looked into: a row of a table has two or three. A guess.
constexpr std::size_t kMostPacked = 16;

// All that the strings of one wrapping may unpack to, and all the JSON in them that is kept: what
// CloudWatch Logs packs into the 6 MB that a function is given, at 1:10. Beyond, a string is left
// as it is.
constexpr std::size_t kMaxDecodedBytes = std::size_t{64} << 20U;

// A value and the text it is a part of.
struct Part {
  JsonValue value;
  std::string_view text;              // of the whole document; padded
  std::optional<std::size_t> origin;  // of the string it was packed in, in the wrapping
};

// What one value holds: objects, and how much else.
struct Elements {
  std::vector<Part> parts;
  std::size_t num_others = 0;

  void add(const std::optional<Part>& part) {
    if (part) {
      parts.push_back(*part);
    } else {
      ++num_others;
    }
  }
};

class Unwrapper {
 public:
  Unwrapper(const std::vector<Recognition>& order, const LineForms* lines, const Limits& limits)
      : order_(order), lines_(lines), limits_(limits) {}

  Result<Unwrapped> unwrap(std::string_view text) {
    auto document = JsonDocument::parse(std::string(text), {}, limits_);
    if (!document) return std::unexpected(std::move(document.error()));
    documents_.push_back(std::move(*document));
    Part whole{documents_.back().root(), text, std::nullopt};
    if (whole.value.is_string()) {
      const auto packed = as_object(whole);
      if (!packed) {
        ++out_.num_not_objects;
        return std::move(out_);
      }
      whole = *packed;
    }
    if (whole.value.is_array() && holds_objects(whole.value)) {
      add_elements(whole, whole.value, 0);
    } else {
      pending_.push_back({whole, 0});
    }
    while (!pending_.empty()) {
      const auto [part, depth] = pending_.back();
      pending_.pop_back();
      open(part, depth);
    }
    return std::move(out_);
  }

 private:
  struct Pending {
    Part part;
    std::size_t depth;
  };

  // Follows `outer` inwards, from payload to payload, to a record that is known or to a list.
  void open(const Part& outer, std::size_t outer_depth) {
    Part part = outer;
    std::size_t depth = outer_depth;
    bool may_be_own = false;  // whether a list in it may be one of the record around it
    for (; depth < kMaxEnvelopeDepth; ++depth) {
      if (const LogSource* source = recognise(part.value, order_)) return add(part, source);
      if (const auto list = list_of(part, depth, may_be_own))
        return add_elements(part, *list, depth + 1);
      if (add_answer(part, depth + 1) || add_stream_lines(part, depth + 1)) return;
      const auto inner = payload_of(part, depth);
      if (!inner) {
        if (add_several(part, depth + 1)) return;
        break;
      }
      may_be_own = inner->text.data() == part.text.data();  // what was packed was delivered so
      part = *inner;
    }
    if (const auto packed = packed_in(outer, outer_depth)) {
      pending_.push_back({*packed, outer_depth + 1});
    } else {
      add(outer, nullptr);
    }
  }

  void add(const Part& part, const LogSource* source) {
    const std::size_t offset = part.value.offset();
    out_.records.push_back({part.text.substr(offset, part.value.source().size()), source,
                            part.origin.value_or(offset)});
  }

  void add_elements(const Part& part, const JsonValue& list, std::size_t depth) {
    add_elements(elements_of(part, list), depth);
  }

  void add_elements(const Elements& elements, std::size_t depth) {
    for (auto part = elements.parts.rbegin(); part != elements.parts.rend(); ++part) {
      pending_.push_back({*part, depth});
    }
    out_.num_not_objects += elements.num_others;
  }

  Elements elements_of(const Part& part, const JsonValue& list) {
    Elements elements;
    for (const JsonValue& child : list.children()) {
      elements.add(as_object({child, part.text, part.origin}));
    }
    return elements;
  }

  // The records of a payload that holds several, when the first leads to one that is known.
  bool add_several(const Part& part, std::size_t depth) {
    for (const Part& member : payload_members(part)) {
      const Elements elements = several_in(member);
      if (elements.parts.empty() || !leads_to_known(elements.parts.front(), depth)) continue;
      add_elements(elements, depth);
      return true;
    }
    return false;
  }

  // A record that is known, in a string under a key that we do not know: the columns of a table
  // have the names that somebody gave them.
  std::optional<Part> packed_in(const Part& part, std::size_t depth) {
    if (depth + 1 >= kMaxEnvelopeDepth) return std::nullopt;
    for (const Part& inner : packed_objects(part)) {
      if (leads_to_known(inner, depth + 1)) return inner;
    }
    return std::nullopt;
  }

  // The first of those that no payload path leads to.
  std::vector<Part> packed_objects(const Part& part) {
    std::vector<Part> objects;
    for (const JsonValue& child : part.value.children()) {
      if (objects.size() == kMostPacked) break;
      if (!child.source().starts_with(kPackedObject) || is_payload(child.key())) continue;
      if (const auto inner = as_object({child, part.text, part.origin})) objects.push_back(*inner);
    }
    return objects;
  }

  // What a payload holds that is no one object: the elements of an array, or the pieces of a text
  // of objects or lines, as Firehose, Kinesis and queues hand on what was put in.
  Elements several_in(const Part& part) {
    if (part.value.is_array()) return elements_of(part, part.value);
    Elements elements;
    if (!part.value.is_string()) return elements;
    std::string text = unpacked(part.value.text());
    const std::size_t origin = part.origin.value_or(part.value.offset());
    if (const char first = text::first_json_character(text); first == '[') {
      const auto list = as_document(std::move(text), origin);
      return list && list->value.is_array() ? elements_of(*list, list->value) : elements;
    } else if (first != '{' && text.find('\n') == std::string::npos) {
      return elements;  // one line of text, which is no record by itself
    } else {
      using By = RecordSplitter::By;
      RecordSplitter pieces(text, first == '{' ? By::kValues : By::kLines);
      while (const auto piece = pieces.next()) elements.add(as_object(std::string(*piece), origin));
    }
    return elements;
  }

  // The rows that a query was answered with; false when `part` is no answer.
  bool add_answer(const Part& part, std::size_t depth) {
    auto rows = rows_of_answer(part.value, kMaxDecodedBytes - num_decoded_bytes_);
    if (!rows) return false;
    Elements elements;
    for (AnswerRow& row : *rows)
      elements.add(as_object(std::move(row.json), part.origin.value_or(row.offset)));
    add_elements(elements, depth);
    return true;
  }

  // The lines of one stream, as Loki takes and gives them ("Loki HTTP API", push and query_range):
  // {"stream": {labels}, "values": [["time", "line", {metadata}], ...]}. False when it is none.
  bool add_stream_lines(const Part& part, std::size_t depth) {
    const auto labels = part.value.find("stream");
    const auto values = part.value.find(kStreamLines);
    if (!labels || !labels->is_object() || !values || !values->is_array()) return false;
    Elements lines;
    for (const JsonValue& value : values->children()) {
      const auto text = second_of(value);
      if (!text) return false;
      lines.add(as_object({*text, part.text, part.origin}));
    }
    add_elements(lines, depth);
    return true;
  }

  static std::optional<JsonValue> second_of(const JsonValue& array) {
    bool is_first = true;
    if (!array.is_array()) return std::nullopt;
    for (const JsonValue& child : array.children()) {
      if (!std::exchange(is_first, false)) return child;
    }
    return std::nullopt;
  }

  // The list of records that `part` is an envelope of. One that stands first, or behind heads
  // alone, is taken for what it seems; one behind other members, or within what may be a record's
  // own, only if its first element is known, as a record may have a member called "value" or
  // "events".
  std::optional<JsonValue> list_of(const Part& part, std::size_t depth, bool may_be_own) {
    bool only_heads = !may_be_own;
    for (const JsonValue& child : part.value.children()) {
      if (is_record_list(child.key()) && child.is_array() &&
          (only_heads ? holds_objects(child) : begins_with_known(part, child, depth))) {
        return child;
      }
      only_heads = only_heads && is_envelope_head(child.key());
    }
    for (const std::string_view path : deep_record_lists()) {
      const auto list = at_path(part.value, path);
      if (!list || !list->is_array() || is_of_known(part, path)) continue;
      if (may_be_own ? begins_with_known(part, *list, depth) : holds_objects(*list)) return list;
    }
    return std::nullopt;
  }

  // Whether the list at `path` is a record's own: the object around it is known.
  bool is_of_known(const Part& part, std::string_view path) const {
    const auto outer = part.value.find(path.substr(0, path.find('.')));
    return outer && outer->is_object() && recognise(*outer, order_) != nullptr;
  }

  // Judged by the first element; an empty list is an envelope of nothing.
  static bool holds_objects(const JsonValue& list) {
    for (const JsonValue& child : list.children()) {
      return child.is_object() ||
             (child.is_string() && (may_hold_object(child.text()) || may_be_packed(child.text())));
    }
    return true;
  }

  bool begins_with_known(const Part& part, const JsonValue& list, std::size_t depth) {
    const auto first = first_of(part, list);
    return first && leads_to_known(*first, depth + 1);
  }

  std::optional<Part> first_of(const Part& part, const JsonValue& list) {
    if (list.num_children() == 0) return std::nullopt;
    return as_object({*list.children().begin(), part.text, part.origin});
  }

  // Whether one comes from `part`, through payloads and first elements of lists, to a record that
  // is known.
  bool leads_to_known(const Part& part, std::size_t depth) {
    std::vector<Pending> ahead{{part, depth}};
    while (!ahead.empty()) {
      const Pending next = ahead.back();
      ahead.pop_back();
      if (recognise(next.part.value, order_) != nullptr) return true;
      if (next.depth + 1 >= kMaxEnvelopeDepth) continue;
      for (const Part& payload : payloads_of(next.part)) ahead.push_back({payload, next.depth + 1});
      for (const Part& packed : packed_objects(next.part))
        ahead.push_back({packed, next.depth + 1});
      if (const auto first = first_of_list(next.part)) ahead.push_back({*first, next.depth + 1});
    }
    return false;
  }

  std::optional<Part> first_of_list(const Part& part) {
    for (const JsonValue& child : part.value.children()) {
      if (!is_record_list(child.key()) || !child.is_array()) continue;
      if (auto first = first_of(part, child)) return first;
    }
    for (const std::string_view path : deep_record_lists()) {
      const auto list = at_path(part.value, path);
      if (!list || !list->is_array()) continue;
      if (auto first = first_of(part, *list)) return first;
    }
    return std::nullopt;
  }

  // The payload to follow: the first one, or of several the first that leads to something known.
  std::optional<Part> payload_of(const Part& part, std::size_t depth) {
    const std::vector<Part> payloads = payloads_of(part);
    if (payloads.empty()) return std::nullopt;
    if (payloads.size() == 1) return payloads.front();
    for (const Part& payload : payloads) {
      if (leads_to_known(payload, depth + 1)) return payload;
    }
    return payloads.front();
  }

  std::vector<Part> payloads_of(const Part& part) {
    std::vector<Part> payloads;
    for (const Part& member : payload_members(part)) {
      if (const auto inner = as_object(member)) payloads.push_back(*inner);
    }
    return payloads;
  }

  // The members that a payload path leads to, in the paths' order. A record has few of their keys,
  // so those are gathered first.
  static std::vector<Part> payload_members(const Part& part) {
    std::vector<std::string_view> keys;
    for (const JsonValue& child : part.value.children()) {
      if (begins_payload_path(child.key())) keys.push_back(child.key());
    }
    std::vector<Part> members;
    if (keys.empty()) return members;
    for (const std::string_view path : payload_paths()) {
      const bool may_lead = std::ranges::any_of(keys, [&](std::string_view key) {
        return path.starts_with(key) && (path.size() == key.size() || path[key.size()] == '.');
      });
      if (!may_lead) continue;
      if (const auto member = at_path(part.value, path)) {
        members.push_back({*member, part.text, part.origin});
      }
    }
    return members;
  }

  // The part when it is an object, or the object that its text holds.
  std::optional<Part> as_object(const Part& part) {
    if (part.value.is_object()) return part;
    if (!part.value.is_string()) return std::nullopt;
    return as_object(unpacked(part.value.text()), part.origin.value_or(part.value.offset()));
  }

  // The text, or what is packed in it. What was unpacked counts whatever it is: blanks that nobody
  // keeps take as long to unpack as records.
  std::string unpacked(std::string_view text) {
    if (num_unpacked_bytes_ < kMaxDecodedBytes) {
      if (auto payload = unpacked_payload(text, limits_)) {
        num_unpacked_bytes_ += payload->size();
        return *std::move(payload);
      }
    }
    return std::string(text);
  }

  std::optional<Part> as_object(std::string text, std::size_t origin) {
    if (!may_hold_object(text) && !as_row(text)) return std::nullopt;
    auto part = as_document(std::move(text), origin);
    return part && part->value.is_object() ? part : std::nullopt;
  }

  // Nothing for what is no JSON, and once the texts that this wrapping holds have grown too large.
  std::optional<Part> as_document(std::string text, std::size_t origin) {
    if (text.size() > kMaxDecodedBytes - num_decoded_bytes_) return std::nullopt;
    auto document = JsonDocument::parse(text, {}, limits_);
    if (!document) return std::nullopt;
    num_decoded_bytes_ += text.size();
    std::string& decoded = out_.decoded.emplace_back(std::move(text));
    const std::size_t size = decoded.size();
    decoded.append(text::kJsonPadding, '\0');
    documents_.push_back(std::move(*document));
    return Part{documents_.back().root(), std::string_view(decoded).substr(0, size), origin};
  }

  // Replaces a line of text by the record in it.
  bool as_row(std::string& text) const {
    std::string record;
    if (text.find('\n') < text.find_last_not_of("\r\n")) return false;  // several lines
    if (lines_ == nullptr || !lines_->append(text, record)) return false;
    text = std::move(record);
    return true;
  }

  const std::vector<Recognition>& order_;
  const LineForms* lines_;
  const Limits& limits_;
  std::deque<JsonDocument> documents_;  // values point into these
  std::vector<Pending> pending_;        // the next one last
  std::size_t num_unpacked_bytes_ = 0;
  std::size_t num_decoded_bytes_ = 0;  // kept in out_.decoded
  Unwrapped out_;
};

}  // namespace

Result<Unwrapped> unwrap(std::string_view text, const std::vector<Recognition>& order,
                         const LineForms* lines, const Limits& limits) {
  return Unwrapper(order, lines, limits).unwrap(text);
}

}  // namespace nepho::event
