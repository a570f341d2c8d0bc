// documents = COUNT node*
// node      = HEAD LINE COLUMN ( SIZE bytes | COUNT node* | COUNT ( node node )* )
//
// HEAD is the kind, plus 4 for a plain scalar. LINE is what it lies below the node before it in
// this order (text may go on above: it wraps around). Numbers are written in base 128, the last
// digits first, each byte but the last with its high bit set.
#include "text/yaml_pack.h"

#include <cstdint>
#include <utility>

namespace nepho::text {
namespace {

constexpr std::uint64_t kPlain = 4;

class Packer {
 public:
  void add(const YamlNode& node) {
    number(static_cast<std::uint64_t>(node.kind) + (node.is_plain ? kPlain : 0));
    number(node.line - line_);
    line_ = node.line;
    number(node.column);
    switch (node.kind) {
      case YamlKind::kScalar:
        number(node.text.size());
        bytes_ += node.text;
        break;
      case YamlKind::kSequence: list(node.items); break;
      case YamlKind::kMapping:
        number(node.members.size());
        for (const auto& [key, value] : node.members) {
          add(key);
          add(value);
        }
    }
  }

  void list(const std::vector<YamlNode>& nodes) {
    number(nodes.size());
    for (const YamlNode& node : nodes) add(node);
  }

  std::string take() { return std::move(bytes_); }

 private:
  void number(std::uint64_t value) {
    for (; value >= 0x80; value >>= 7U) bytes_ += static_cast<char>((value & 0x7FU) | 0x80U);
    bytes_ += static_cast<char>(value);
  }

  std::string bytes_;
  std::size_t line_ = 0;
};

// Once something is wrong, is_good_ is false and what is read means nothing.
class Unpacker {
 public:
  explicit Unpacker(std::string_view bytes) : bytes_(bytes) {}

  void read(YamlNode& node, std::size_t depth) {
    const std::uint64_t head = number();
    node.is_plain = (head & kPlain) != 0;
    line_ += number();
    node.line = line_;
    node.column = number();
    switch (head & ~kPlain) {
      case static_cast<std::uint64_t>(YamlKind::kScalar): node.text = text(); break;
      case static_cast<std::uint64_t>(YamlKind::kSequence):
        node.kind = YamlKind::kSequence;
        list(node.items, depth + 1);
        break;
      case static_cast<std::uint64_t>(YamlKind::kMapping):
        node.kind = YamlKind::kMapping;
        node.members.resize(count());
        is_good_ = is_good_ && depth < kDefaultLimits.max_yaml_depth;
        for (auto& [key, value] : node.members) {
          if (!is_good_) return;
          read(key, depth + 1);
          read(value, depth + 1);
        }
        break;
      default: is_good_ = false;
    }
  }

  void list(std::vector<YamlNode>& nodes, std::size_t depth) {
    nodes.resize(count());
    is_good_ = is_good_ && depth <= kDefaultLimits.max_yaml_depth;
    for (YamlNode& node : nodes) {
      if (!is_good_) return;
      read(node, depth);
    }
  }

  bool is_done() const { return is_good_ && bytes_.empty(); }

 private:
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && !bytes_.empty(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_.front());
      bytes_.remove_prefix(1);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    is_good_ = false;
    return 0;
  }

  // Each of what is counted takes a byte at least.
  std::size_t count() {
    const std::uint64_t value = number();
    is_good_ = is_good_ && value <= bytes_.size();
    return is_good_ ? value : 0;
  }

  std::string text() {
    const std::size_t size = count();
    const std::string text(bytes_.substr(0, size));
    bytes_.remove_prefix(size);
    return text;
  }

  std::string_view bytes_;
  std::size_t line_ = 0;
  bool is_good_ = true;
};

}  // namespace

std::string pack_yaml(const std::vector<YamlNode>& documents) {
  Packer packer;
  packer.list(documents);
  return packer.take();
}

std::optional<std::vector<YamlNode>> unpack_yaml(std::string_view bytes) {
  std::vector<YamlNode> documents;
  Unpacker unpacker(bytes);
  unpacker.list(documents, 0);
  if (!unpacker.is_done()) return std::nullopt;
  return documents;
}

YamlStream read_yaml_stream(const KnowledgeFile& file) {
  auto documents = file.prepared.empty() ? std::nullopt : unpack_yaml(file.prepared);
  if (documents) return {std::move(*documents), std::nullopt};
  return parse_yaml_stream(file.content, file.place);
}

Result<YamlNode> read_yaml(const KnowledgeFile& file) {
  auto documents = file.prepared.empty() ? std::nullopt : unpack_yaml(file.prepared);
  if (documents && documents->size() == 1) return std::move(documents->front());
  return parse_yaml(file.content, file.place);
}

}  // namespace nepho::text
