// libyaml's parser gives events with marks; an explicit stack turns them into trees. What YAML
// allows and rule files have no use for (repeated keys, endless aliases, depth) is refused here.
#include "text/yaml.h"

#include <fmt/format.h>
#include <yaml.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_set>

#include "base/printable.h"
#include "base/utf8.h"

namespace nepho::text {
namespace {

// Owns a libyaml parser and its last event.
class EventReader {
 public:
  explicit EventReader(std::string_view text)
      : text_(text), skipped_(text.starts_with(kMark) ? kMark.size() : 0) {
    // libyaml counts the mark as a column, and then takes the second line for one further out.
    text.remove_prefix(skipped_);
    ok_ = yaml_parser_initialize(&parser_) == 1;
    yaml_parser_set_encoding(&parser_, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&parser_, reinterpret_cast<const unsigned char*>(text.data()),
                                 text.size());
  }
  EventReader(const EventReader&) = delete;
  EventReader& operator=(const EventReader&) = delete;
  ~EventReader() {
    drop();
    yaml_parser_delete(&parser_);
  }

  // The next event, or nullptr on an error.
  const yaml_event_t* next() {
    drop();
    held_ = ok_ && yaml_parser_parse(&parser_, &event_) == 1;
    return held_ ? &event_ : nullptr;
  }

  Error error(const std::string& file) const {
    const std::string what = parser_.problem == nullptr ? "out of memory" : parser_.problem;
    Place place{.file = file,
                .line = parser_.problem_mark.line + 1,
                .column = parser_.problem_mark.column + 1};
    if (parser_.error == YAML_READER_ERROR) {
      // The reader, which looks ahead of the parser, knows only the byte.
      const std::size_t at = std::min(parser_.problem_offset + skipped_, text_.size());
      const std::string_view before = text_.substr(0, at);
      place.line = static_cast<std::size_t>(std::ranges::count(before, '\n')) + 1;
      place.column = at - (before.rfind('\n') + 1) + 1;
      place.offset = at;
    }
    return {kYamlSyntax, what, place};
  }

 private:
  void drop() {
    if (held_) yaml_event_delete(&event_);
    held_ = false;
  }

  static constexpr std::string_view kMark = "\xEF\xBB\xBF";

  std::string_view text_;
  std::size_t skipped_;  // bytes of the byte order mark
  yaml_parser_t parser_{};
  yaml_event_t event_{};
  bool ok_ = false;
  bool held_ = false;
};

std::string_view view(const unsigned char* text) {
  return text == nullptr ? std::string_view{} : reinterpret_cast<const char*>(text);
}

std::size_t count_nodes(const YamlNode& root) {
  std::size_t count = 0;
  std::vector<const YamlNode*> pending{&root};
  while (!pending.empty()) {
    const YamlNode* node = pending.back();
    pending.pop_back();
    ++count;
    for (const auto& item : node->items) pending.push_back(&item);
    for (const auto& [key, value] : node->members) pending.push_back(&value);
  }
  return count;
}

// Builds the trees of one file.
class TreeReader {
 public:
  TreeReader(std::string_view text, const std::string& file, const Limits& limits)
      : events_(text), file_(file), limits_(limits) {}

  YamlStream read() {
    while (!stream_.error) {
      const yaml_event_t* event = events_.next();
      if (event == nullptr) {
        stream_.error = events_.error(file_);
      } else if (event->type == YAML_STREAM_END_EVENT) {
        break;
      } else {
        take(*event);
      }
    }
    return std::move(stream_);
  }

 private:
  // A container whose end is still to come. `key` waits for its value.
  struct Open {
    YamlNode node;
    std::string anchor;
    std::optional<YamlNode> key;
    std::unordered_set<std::string> keys;
  };

  void refuse(ErrorCode code, std::string message, const YamlNode& node) {
    if (!stream_.error) stream_.error = Error(code, std::move(message), node.place(file_));
  }

  void take(const yaml_event_t& event) {
    YamlNode node;
    node.line = event.start_mark.line + 1;
    node.column = event.start_mark.column + 1;
    switch (event.type) {
      case YAML_DOCUMENT_START_EVENT: anchors_.clear(); break;
      case YAML_SCALAR_EVENT:
        node.text.assign(reinterpret_cast<const char*>(event.data.scalar.value),
                         event.data.scalar.length);
        node.is_plain = event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE;
        add(std::move(node), std::string(view(event.data.scalar.anchor)));
        break;
      case YAML_SEQUENCE_START_EVENT:
        node.kind = YamlKind::kSequence;
        open(std::move(node), view(event.data.sequence_start.anchor));
        break;
      case YAML_MAPPING_START_EVENT:
        node.kind = YamlKind::kMapping;
        open(std::move(node), view(event.data.mapping_start.anchor));
        break;
      case YAML_SEQUENCE_END_EVENT:
      case YAML_MAPPING_END_EVENT: close(); break;
      case YAML_ALIAS_EVENT: add_alias(node, view(event.data.alias.anchor)); break;
      default: break;
    }
  }

  void open(YamlNode node, std::string_view anchor) {
    if (open_.size() >= limits_.max_yaml_depth) {
      return refuse(kYamlTooDeep,
                    fmt::format("nested deeper than {} levels", limits_.max_yaml_depth), node);
    }
    open_.push_back({std::move(node), std::string(anchor), {}, {}});
  }

  void close() {
    Open done = std::move(open_.back());
    open_.pop_back();
    add(std::move(done.node), std::move(done.anchor));
  }

  void add_alias(const YamlNode& at, std::string_view name) {
    const auto found = anchors_.find(name);
    if (found == anchors_.end()) {
      return refuse(kYamlUnknownAlias, "no anchor of this name: " + escape_for_log(name), at);
    }
    num_nodes_ += count_nodes(found->second);
    if (num_nodes_ > limits_.max_yaml_nodes) return refuse_size(at);
    add(found->second, {});
  }

  void refuse_size(const YamlNode& at) {
    refuse(kYamlTooLarge, fmt::format("more than {} nodes", limits_.max_yaml_nodes), at);
  }

  // A finished node goes into the innermost open container, or is a document.
  void add(YamlNode node, std::string anchor) {
    if (++num_nodes_ > limits_.max_yaml_nodes) return refuse_size(node);
    if (!anchor.empty()) anchors_.insert_or_assign(std::move(anchor), node);
    if (open_.empty()) {
      stream_.documents.push_back(std::move(node));
      return;
    }
    Open& parent = open_.back();
    if (parent.node.is_sequence()) {
      parent.node.items.push_back(std::move(node));
    } else if (parent.key) {
      parent.node.members.emplace_back(std::move(*parent.key), std::move(node));
      parent.key.reset();
    } else {
      add_key(parent, std::move(node));
    }
  }

  void add_key(Open& parent, YamlNode key) {
    if (!key.is_scalar()) return refuse(kYamlSyntax, "a key must be a scalar", key);
    if (!parent.keys.insert(key.text).second) {
      return refuse(kYamlDuplicateKey, "this key stands here twice: " + escape_for_log(key.text),
                    key);
    }
    parent.key = std::move(key);
  }

  EventReader events_;
  const std::string& file_;
  const Limits& limits_;
  YamlStream stream_;
  std::vector<Open> open_;
  std::map<std::string, YamlNode, std::less<>> anchors_;
  std::size_t num_nodes_ = 0;
};

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), text) != words.end();
}

bool is_integer(std::string_view text) {
  if (text.starts_with("0x")) {
    return text.size() > 2 && text.find_first_not_of("0123456789abcdefABCDEF", 2) == text.npos;
  }
  if (text.starts_with("0o")) {
    return text.size() > 2 && text.find_first_not_of("01234567", 2) == text.npos;
  }
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_float(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
  if (is_one_of(text, {".inf", ".Inf", ".INF", ".nan", ".NaN", ".NAN"})) return true;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool starts = !text.empty() && (text[0] == '.' || (text[0] >= '0' && text[0] <= '9'));
  return starts && error != std::errc::invalid_argument && end == text.data() + text.size();
}

}  // namespace

YamlType YamlNode::type() const {
  if (!is_scalar() || !is_plain) return YamlType::kString;
  if (is_one_of(text, {"", "~", "null", "Null", "NULL"})) return YamlType::kNull;
  if (is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"}))
    return YamlType::kBoolean;
  if (is_integer(text)) return YamlType::kInteger;
  return is_float(text) ? YamlType::kFloat : YamlType::kString;
}

std::optional<bool> YamlNode::boolean() const {
  if (type() != YamlType::kBoolean) return std::nullopt;
  return text[0] == 't' || text[0] == 'T';
}

std::optional<std::int64_t> YamlNode::integer() const {
  if (type() != YamlType::kInteger) return std::nullopt;
  const int base = text.starts_with("0x") ? 16 : text.starts_with("0o") ? 8 : 10;
  const std::size_t skip = base != 10 ? 2 : text.starts_with('+') ? 1 : 0;
  std::int64_t value = 0;
  const auto [end, error] =
      std::from_chars(text.data() + skip, text.data() + text.size(), value, base);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

std::optional<double> YamlNode::number() const {
  if (const auto whole = integer()) return static_cast<double>(*whole);
  if (type() != YamlType::kFloat && type() != YamlType::kInteger) return std::nullopt;
  const std::size_t skip = text.starts_with('+') ? 1 : 0;
  double value = 0;
  const auto [end, error] = std::from_chars(text.data() + skip, text.data() + text.size(), value);
  if (error != std::errc{}) return std::nullopt;
  return value;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name.text == key) return &value;
  }
  return nullptr;
}

const YamlNode* YamlNode::find_key(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name.text == key) return &name;
  }
  return nullptr;
}

std::string_view YamlNode::text_at(std::string_view key) const {
  const YamlNode* value = find(key);
  return value != nullptr && value->is_scalar() ? std::string_view(value->text)
                                                : std::string_view{};
}

std::vector<std::string> YamlNode::texts_at(std::string_view key) const {
  std::vector<std::string> texts;
  const YamlNode* value = find(key);
  if (value == nullptr) return texts;
  if (value->is_scalar() && !value->is_null()) texts.push_back(value->text);
  for (const auto& item : value->items) {
    if (item.is_scalar()) texts.push_back(item.text);
  }
  return texts;
}

YamlStream parse_yaml_stream(std::string_view text, const std::string& file, const Limits& limits) {
  if (const std::size_t bad = first_invalid_utf8(text); bad != text.size()) {
    const auto line = static_cast<std::size_t>(std::count(
                          text.begin(), text.begin() + static_cast<std::ptrdiff_t>(bad), '\n')) +
                      1;
    return {
        {},
        Error(kYamlSyntax, "not valid UTF-8", Place{.file = file, .line = line, .offset = bad})};
  }
  return TreeReader(text, file, limits).read();
}

Result<YamlNode> parse_yaml(std::string_view text, const std::string& file, const Limits& limits) {
  YamlStream stream = parse_yaml_stream(text, file, limits);
  if (stream.error) return std::unexpected(std::move(*stream.error));
  if (stream.documents.size() != 1) {
    return fail(kYamlSyntax,
                fmt::format("expected one document, found {}", stream.documents.size()),
                Place{.file = file});
  }
  return std::move(stream.documents.front());
}

}  // namespace nepho::text
