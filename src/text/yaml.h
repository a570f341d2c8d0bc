// YAML documents as trees, each node with the place it was written at.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/limits.h"
#include "base/result.h"

namespace nepho::text {

inline constexpr ErrorCode kYamlSyntax{"yaml.syntax"};
inline constexpr ErrorCode kYamlDuplicateKey{"yaml.duplicate_key"};
inline constexpr ErrorCode kYamlTooDeep{"yaml.too_deep"};
inline constexpr ErrorCode kYamlTooLarge{"yaml.too_large"};
inline constexpr ErrorCode kYamlUnknownAlias{"yaml.unknown_alias"};

enum class YamlKind : std::uint8_t { kScalar, kSequence, kMapping };

// What a scalar is by YAML 1.2's core schema (section 10.3.2); a quoted one is always a string.
enum class YamlType : std::uint8_t { kNull, kBoolean, kInteger, kFloat, kString };

// One node, a plain value: copy and keep it. Mapping members keep their order; keys are scalars.
class YamlNode {
 public:
  using Member = std::pair<YamlNode, YamlNode>;

  // Defined below the class, where a Member is complete: clang insists.
  YamlNode();
  YamlNode(const YamlNode&);
  YamlNode(YamlNode&&) noexcept;
  YamlNode& operator=(const YamlNode&);
  YamlNode& operator=(YamlNode&&) noexcept;
  ~YamlNode();

  YamlKind kind = YamlKind::kScalar;
  bool is_plain = false;  // a scalar without quotes, not a block scalar
  std::size_t line = 0;   // 1-based; of its first character
  std::size_t column = 0;
  std::string text;             // scalars: the characters, escapes and folding done
  std::vector<YamlNode> items;  // sequences
  std::vector<Member> members;  // mappings

  bool is_scalar() const { return kind == YamlKind::kScalar; }
  bool is_sequence() const { return kind == YamlKind::kSequence; }
  bool is_mapping() const { return kind == YamlKind::kMapping; }

  // The type of a scalar; kString for what is none.
  YamlType type() const;
  bool is_null() const { return is_scalar() && type() == YamlType::kNull; }
  // The value of a boolean scalar.
  std::optional<bool> boolean() const;
  // The value of a number scalar that fits.
  std::optional<std::int64_t> integer() const;
  std::optional<double> number() const;

  // The member with this key, or nullptr.
  const YamlNode* find(std::string_view key) const;
  // The key node itself, for its place; nullptr when absent.
  const YamlNode* find_key(std::string_view key) const;
  // The text of the scalar at `key`, or "" when there is no scalar.
  std::string_view text_at(std::string_view key) const;
  // The texts at `key`: of a sequence's scalars, or of one scalar; empty when there is none.
  std::vector<std::string> texts_at(std::string_view key) const;

  Place place(const std::string& file) const {
    return {.file = file, .line = line, .column = column};
  }
};

inline YamlNode::YamlNode() = default;
inline YamlNode::YamlNode(const YamlNode&) = default;
inline YamlNode::YamlNode(YamlNode&&) noexcept = default;
inline YamlNode& YamlNode::operator=(const YamlNode&) = default;
inline YamlNode& YamlNode::operator=(YamlNode&&) noexcept = default;
inline YamlNode::~YamlNode() = default;

// All documents of a file. Aliases are followed by copying, within the limits; merge keys ("<<")
// are ordinary keys. A repeated key, an unknown alias, a key that is no scalar, or too much depth
// or size is an error with its place. A byte order mark and CRLF are accepted. Cost: about 15 ns a
// byte.
//
// An error in one document ends the reading: `documents` are those before it.
struct YamlStream {
  std::vector<YamlNode> documents;
  std::optional<Error> error;
};
YamlStream parse_yaml_stream(std::string_view text, const std::string& file,
                             const Limits& limits = kDefaultLimits);

// The one document of a file; none or several are an error.
Result<YamlNode> parse_yaml(std::string_view text, const std::string& file,
                            const Limits& limits = kDefaultLimits);

}  // namespace nepho::text
