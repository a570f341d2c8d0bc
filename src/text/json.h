// A JSON document as a tree: for rule files, bundles, layers, and for the reference evaluator. The
// event path does not build trees; see text/json_index.h and detect/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::text {

inline constexpr ErrorCode kJsonSyntax{"json.syntax"};
inline constexpr ErrorCode kJsonTooDeep{"json.too_deep"};

enum class JsonType : std::uint8_t { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };

class JsonDocument;

// One value of a document; a small view, valid as long as the document. Children keep their order;
// a repeated key stays repeated, and find() gives the last, as most readers do.
class JsonValue {
 public:
  class Children;

  JsonType type() const;
  bool is_object() const { return type() == JsonType::kObject; }
  bool is_array() const { return type() == JsonType::kArray; }
  bool is_string() const { return type() == JsonType::kString; }
  bool is_container() const { return is_object() || is_array(); }

  // The decoded characters of a string; a number as it is written; "true", "false", "null"; empty
  // for an array or an object.
  std::string_view text() const;
  // The value as it stands in the document, quotes and white space included.
  std::string_view source() const;
  // This value's own key; empty for an element or the root.
  std::string_view key() const;
  // The 0-based byte offset of the value in the document.
  std::size_t offset() const;

  // The members of an object or the elements of an array; none for a scalar.
  Children children() const;
  std::size_t num_children() const;
  // The last member named `key`. O(members).
  std::optional<JsonValue> find(std::string_view key) const;

  // The string at `key`, or "" when there is none or it is no string.
  std::string_view string_at(std::string_view key) const;
  // Whether the value at `key` is true.
  bool flag_at(std::string_view key) const;

 private:
  friend class JsonDocument;
  JsonValue(const JsonDocument* document, std::uint32_t node) : document_(document), node_(node) {}

  const JsonDocument* document_;
  std::uint32_t node_;
};

// Owns the text, the tree and the decoded strings. Immutable; many threads may read it. Moving
// keeps nothing alive: take values anew from root() after a move. Memory: 32 bytes a value beside
// the text.
class JsonDocument {
 public:
  // Reads one JSON text (RFC 8259; a byte order mark is passed over) and nothing after it but white
  // space. Errors carry line, column and offset; `file` is only for them.
  static Result<JsonDocument> parse(std::string text, const std::string& file = {},
                                    const Limits& limits = kDefaultLimits);

  JsonValue root() const { return {this, 0}; }
  // What offsets count in: the document as it was given, with padding behind it.
  std::string_view text() const { return *text_; }
  // Its values: every scalar, array and object.
  std::size_t num_values() const { return nodes_.size(); }
  // Line, column and offset of a value of this document. O(offset).
  Place place_of(const JsonValue& value, const std::string& file) const;

 private:
  friend class JsonValue;
  friend class JsonTreeBuilder;
  struct Node {
    JsonType type = JsonType::kNull;
    std::uint32_t num_children = 0;
    std::uint32_t end = 0;         // the node after this one and all below it
    std::uint32_t offset = 0;      // in text_
    std::uint32_t size = 0;        // in text_
    std::uint32_t key = kNoText;   // index in strings_
    std::uint32_t text = kNoText;  // index in strings_; only strings
  };
  static constexpr std::uint32_t kNoText = 0xFFFFFFFF;

  std::unique_ptr<std::string> text_;     // padded behind its end; on the heap, so that views hold
  std::unique_ptr<std::string> decoded_;  // reserved once: never longer than text_
  std::vector<std::string_view> strings_;
  std::vector<Node> nodes_;
};

// A forward range over the children of a value.
class JsonValue::Children {
 public:
  class Iterator {
   public:
    using value_type = JsonValue;
    using difference_type = std::ptrdiff_t;
    Iterator(const JsonDocument* document, std::uint32_t node) : value_(document, node) {}
    const JsonValue& operator*() const { return value_; }
    const JsonValue* operator->() const { return &value_; }
    Iterator& operator++();
    bool operator==(const Iterator& other) const { return value_.node_ == other.value_.node_; }

   private:
    JsonValue value_;
  };
  Children(const JsonDocument* document, std::uint32_t begin, std::uint32_t end)
      : document_(document), begin_(begin), end_(end) {}
  Iterator begin() const { return {document_, begin_}; }
  Iterator end() const { return {document_, end_}; }

 private:
  const JsonDocument* document_;
  std::uint32_t begin_;
  std::uint32_t end_;
};

// Appends `value` as compact JSON: no white space, strings with only the escapes that RFC 8259 asks
// for, numbers as they were written. Two values that differ only in spacing give the same text.
void append_compact(const JsonValue& value, std::string& out);

// The 1-based line and column of a byte offset.
Place place_at(std::string_view text, std::size_t offset, const std::string& file);

}  // namespace nepho::text
