// The tree is built from the structural index with an explicit stack. Nodes lie in document order;
// `end` leads past a node's whole subtree, so children are walked without pointers: the first child
// is the next node, the next sibling is where the subtree ends.
//
// Strings without escapes are views into the text itself; only others are decoded, into one buffer
// that is reserved once, since no escape is shorter than what it stands for. The text and the
// buffer are on the heap, so that all these views outlive a move of the document.
#include "text/json.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/utf8.h"
#include "text/json_index.h"
#include "text/json_scalar.h"
#include "text/json_writer.h"

namespace nepho::text {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

bool is_white(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

std::string_view literal_of(JsonType type) {
  switch (type) {
    case JsonType::kNull: return "null";
    case JsonType::kFalse: return "false";
    default: return "true";
  }
}

}  // namespace

// Reads the grammar of RFC 8259 sections 2 to 5 over the index:
//
//   text   = value
//   value  = object | array | string | number | "true" | "false" | "null"
//   object = "{" [ member { "," member } ] "}"
//   member = string ":" value
//   array  = "[" [ value { "," value } ] "]"
//
// What a container still lacks is asked of it again and again (next_child) rather than by a call
// for each level, so that depth costs no stack.
class JsonTreeBuilder {
 public:
  JsonTreeBuilder(JsonDocument& document, std::span<const std::uint32_t> index,
                  const Limits& limits)
      : document_(document), text_(*document.text_), index_(index), limits_(limits) {}

  // The offset and the reason of the first fault, or nothing.
  std::optional<std::pair<std::size_t, Error>> build() {
    if (!value(JsonDocument::kNoText)) return fault_;
    while (!open_.empty()) {
      if (!next_child()) return fault_;
    }
    if (at_ != index_.size()) refuse("expected the end of the text");
    return fault_;
  }

 private:
  std::size_t position() const { return at_ < index_.size() ? index_[at_] : text_.size(); }
  char current() const { return at_ < index_.size() ? text_[index_[at_]] : '\0'; }

  bool refuse(std::string message, ErrorCode code = kJsonSyntax) {
    if (!fault_) fault_.emplace(position(), Error(code, std::move(message)));
    return false;
  }

  // One value; a container is left open for next_child().
  bool value(std::uint32_t key) {
    JsonDocument::Node node;
    node.offset = static_cast<std::uint32_t>(position());
    node.key = key;
    const char c = current();
    if (c == '{' || c == '[') {
      if (open_.size() >= limits_.max_json_depth) {
        return refuse("nested deeper than the limit", kJsonTooDeep);
      }
      node.type = c == '{' ? JsonType::kObject : JsonType::kArray;
      open_.push_back(static_cast<std::uint32_t>(document_.nodes_.size()));
      ++at_;
    } else if (c == '"') {
      node.size = static_cast<std::uint32_t>(string_length());
      if (!string(node.text)) return false;
      node.type = JsonType::kString;
    } else if (!scalar(node)) {
      return false;
    }
    document_.nodes_.push_back(node);
    document_.nodes_.back().end = static_cast<std::uint32_t>(document_.nodes_.size());
    return true;
  }

  bool scalar(JsonDocument::Node& node) {
    const std::string_view rest = text_.substr(position());
    std::size_t length = 0;
    for (const auto type : {JsonType::kNull, JsonType::kFalse, JsonType::kTrue}) {
      if (!rest.starts_with(literal_of(type))) continue;
      node.type = type;
      length = literal_of(type).size();
    }
    if (length == 0) {
      node.type = JsonType::kNumber;
      length = json_number_length(rest);
    }
    if (length == 0 || (length < rest.size() && !ends_json_scalar(rest[length]))) {
      return refuse("expected a value");
    }
    node.size = static_cast<std::uint32_t>(length);
    ++at_;
    return true;
  }

  // The length of the string at the current position, quotes included. Behind its closing quote
  // only white space stands before the next position of the index.
  std::size_t string_length() const {
    const std::size_t begin = position();
    std::size_t end = at_ + 1 < index_.size() ? index_[at_ + 1] : text_.size();
    while (is_white(text_[end - 1])) --end;
    CHECK(end - begin >= 2 && text_[end - 1] == '"');
    return end - begin;
  }

  // Decodes the string at the current position into the document's strings.
  bool string(std::uint32_t& text_index) {
    const std::string_view rest = text_.substr(position());
    const std::size_t length = string_length();
    const std::string_view raw = rest.substr(1, length - 2);
    std::string& decoded = *document_.decoded_;
    const std::size_t begin = decoded.size();
    const bool plain = raw.find('\\') == std::string_view::npos;
    if (!plain && !append_json_string(raw, decoded)) return refuse("a string has a bad escape");
    if (length < rest.size() && !ends_json_scalar(rest[length]) && rest[length] != ':') {
      return refuse("expected ',' or the end of a container after a string");
    }
    text_index = static_cast<std::uint32_t>(document_.strings_.size());
    document_.strings_.push_back(plain ? raw : std::string_view(decoded).substr(begin));
    ++at_;
    return true;
  }

  // The next member or element of the innermost open container, or its end.
  bool next_child() {
    const std::uint32_t parent = open_.back();
    const bool in_object = document_.nodes_[parent].type == JsonType::kObject;
    const char closing = in_object ? '}' : ']';
    const bool first = document_.nodes_[parent].num_children == 0;
    if (current() == closing) return close(parent);
    if (!first) {
      if (current() != ',')
        return refuse(in_object ? "expected ',' or '}'" : "expected ',' or ']'");
      ++at_;
    }
    ++document_.nodes_[parent].num_children;
    std::uint32_t key = JsonDocument::kNoText;
    if (in_object) {
      if (current() != '"') return refuse("expected a key in quotes");
      if (!string(key)) return false;
      if (current() != ':') return refuse("expected ':' after a key");
      ++at_;
    }
    return value(key);
  }

  bool close(std::uint32_t parent) {
    JsonDocument::Node& node = document_.nodes_[parent];
    node.size = static_cast<std::uint32_t>(position() + 1 - node.offset);
    node.end = static_cast<std::uint32_t>(document_.nodes_.size());
    open_.pop_back();
    ++at_;
    return true;
  }

  JsonDocument& document_;
  std::string_view text_;
  std::span<const std::uint32_t> index_;
  const Limits& limits_;
  std::vector<std::uint32_t> open_;  // containers not yet closed
  std::size_t at_ = 0;
  std::optional<std::pair<std::size_t, Error>> fault_;
};

namespace {

// Where a text that the indexer refused is at fault: the byte that is no UTF-8, the control
// character, or the quote whose string never ends. Nothing for a text that is too long. As for the
// indexer, a backslash escapes what follows it, also outside strings.
std::optional<std::size_t> fault_offset(std::string_view text, ErrorCode code) {
  if (code == kJsonBadUtf8) return first_invalid_utf8(text);
  if (code != kJsonOpenString && code != kJsonControlInString) return std::nullopt;
  bool in_string = false;
  bool is_escaped = false;
  std::size_t quote = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_control = static_cast<unsigned char>(text[at]) < 0x20;
    if (in_string && is_control && code == kJsonControlInString) return at;
    if (text[at] == '"' && !is_escaped) {
      in_string = !in_string;
      quote = at;
    }
    is_escaped = text[at] == '\\' && !is_escaped;
  }
  return quote;
}

Error with_place(Error error, std::string_view text, const std::string& file) {
  error.place.file = file;
  if (const auto at = fault_offset(text, error.code)) error.place = place_at(text, *at, file);
  if (error.code == kJsonOpenString) error.hint = "the text may have been cut short";
  return error;
}

}  // namespace

Place place_at(std::string_view text, std::size_t offset, const std::string& file) {
  const std::string_view before = text.substr(0, offset);
  const auto line = static_cast<std::size_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const std::size_t line_end = before.rfind('\n');
  const std::size_t column =
      line_end == std::string_view::npos ? before.size() + 1 : before.size() - line_end;
  return Place{.file = file, .line = line, .column = column, .offset = offset};
}

Result<JsonDocument> JsonDocument::parse(std::string text, const std::string& file,
                                         const Limits& limits) {
  JsonDocument document;
  document.text_ = std::make_unique<std::string>(std::move(text));
  std::string& owned = *document.text_;
  if (owned.starts_with(kByteOrderMark)) owned.erase(0, kByteOrderMark.size());
  const std::size_t size = owned.size();
  owned.resize(size + kJsonPadding, ' ');
  const std::string_view content = std::string_view(owned).substr(0, size);
  document.decoded_ = std::make_unique<std::string>();
  document.decoded_->reserve(size);

  JsonIndexer indexer;
  const auto index = indexer.index(content);
  if (!index) return std::unexpected(with_place(index.error(), content, file));
  // Every value but the last is followed by a comma or a bracket, every key by a colon.
  document.nodes_.reserve(index->size() / 2 + 1);
  document.strings_.reserve(index->size() / 2 + 1);
  auto fault = JsonTreeBuilder(document, *index, limits).build();
  if (fault) {
    fault->second.place = place_at(content, fault->first, file);
    return std::unexpected(std::move(fault->second));
  }
  return document;
}

Place JsonDocument::place_of(const JsonValue& value, const std::string& file) const {
  return place_at(*text_, value.offset(), file);
}

JsonType JsonValue::type() const { return document_->nodes_[node_].type; }

std::string_view JsonValue::text() const {
  const auto& node = document_->nodes_[node_];
  if (node.text != JsonDocument::kNoText) return document_->strings_[node.text];
  return is_container() ? std::string_view{} : source();
}

std::string_view JsonValue::source() const {
  const auto& node = document_->nodes_[node_];
  return std::string_view(*document_->text_).substr(node.offset, node.size);
}

std::string_view JsonValue::key() const {
  const std::uint32_t key = document_->nodes_[node_].key;
  return key == JsonDocument::kNoText ? std::string_view{} : document_->strings_[key];
}

std::size_t JsonValue::offset() const { return document_->nodes_[node_].offset; }
std::size_t JsonValue::num_children() const { return document_->nodes_[node_].num_children; }

JsonValue::Children JsonValue::children() const {
  return {document_, node_ + 1, document_->nodes_[node_].end};
}

JsonValue::Children::Iterator& JsonValue::Children::Iterator::operator++() {
  value_.node_ = value_.document_->nodes_[value_.node_].end;
  return *this;
}

std::optional<JsonValue> JsonValue::find(std::string_view key) const {
  std::optional<JsonValue> found;
  if (!is_object()) return found;
  for (const JsonValue& child : children()) {
    if (child.key() == key) found = child;
  }
  return found;
}

std::string_view JsonValue::string_at(std::string_view key) const {
  const auto found = find(key);
  return found && found->is_string() ? found->text() : std::string_view{};
}

bool JsonValue::flag_at(std::string_view key) const {
  const auto found = find(key);
  return found && found->type() == JsonType::kTrue;
}

void append_compact(const JsonValue& value, std::string& out) {
  // Values whose closing bracket is still to come, with the child to write next.
  struct Open {
    JsonValue value;
    JsonValue::Children::Iterator next;
    bool first;
  };
  std::vector<Open> open;
  const auto begin = [&](const JsonValue& v) {
    if (v.is_container()) {
      out += v.is_object() ? '{' : '[';
      open.push_back({v, v.children().begin(), true});
    } else if (v.is_string()) {
      append_json_quoted(v.text(), out);
    } else {
      out += v.source();
    }
  };
  begin(value);
  while (!open.empty()) {
    Open& top = open.back();
    if (top.next == top.value.children().end()) {
      out += top.value.is_object() ? '}' : ']';
      open.pop_back();
      continue;
    }
    const JsonValue child = *top.next;
    ++top.next;
    if (!std::exchange(top.first, false)) out += ',';
    if (top.value.is_object()) {
      append_json_quoted(child.key(), out);
      out += ':';
    }
    begin(child);
  }
}

}  // namespace nepho::text
