#include "exercise/template.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "exercise/errors.h"
#include "text/escape.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_name_char(char c) {
  return is_letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

// Reads "name:argument|fallback?}" behind a "{"; nothing when it is no name. `text` is moved behind
// the "}".
std::optional<Piece> read_name(std::string_view& text) {
  const std::size_t end = text.find('}');
  if (end == std::string_view::npos || text.front() < 'a' || text.front() > 'z') {
    return std::nullopt;
  }
  std::string_view inside = text.substr(0, end);
  Piece piece{.is_name = true};
  if (inside.ends_with('?')) {
    piece.may_be_absent = true;
    inside.remove_suffix(1);
  }
  if (const std::size_t bar = inside.find('|'); bar != std::string_view::npos) {
    piece.fallback = inside.substr(bar + 1);
    inside = inside.substr(0, bar);
  }
  if (const std::size_t colon = inside.find(':'); colon != std::string_view::npos) {
    piece.argument = inside.substr(colon + 1);
    inside = inside.substr(0, colon);
  }
  if (!std::ranges::all_of(inside, is_name_char)) return std::nullopt;
  piece.text = inside;
  text.remove_prefix(end + 1);
  return piece;
}

std::string as_text(const Tree& tree) {
  return tree.is_scalar() ? tree.text : text::json_of_yaml(tree);
}

void add_names(const Tree& tree, std::set<std::string>& names) {
  if (tree.is_scalar()) {
    for (const Piece& piece : parse_template(tree.text)) {
      if (piece.is_name) names.insert(piece.text.substr(0, piece.text.find('.')));
    }
  }
  for (const Tree& item : tree.items) add_names(item, names);
  for (const auto& [key, value] : tree.members) add_names(value, names);
}

}  // namespace

std::vector<Piece> parse_template(std::string_view text) {
  std::vector<Piece> pieces;
  std::string literal;
  const auto end_literal = [&] {
    if (!literal.empty()) pieces.push_back({.text = std::exchange(literal, {})});
  };
  while (!text.empty()) {
    const char c = text.front();
    text.remove_prefix(1);
    if (c == '{' && text.starts_with('{')) {
      text.remove_prefix(1);
    } else if (c == '{' && !text.empty()) {
      if (auto name = read_name(text)) {
        end_literal();
        pieces.push_back(*std::move(name));
        continue;
      }
    }
    literal += c;
  }
  end_literal();
  return pieces;
}

Result<void> Expander::count(std::size_t bytes, std::size_t nodes) {
  bytes_ += bytes;
  nodes_ += nodes;
  if (bytes_ <= limits_.max_record_bytes && nodes_ <= limits_.max_yaml_nodes) return {};
  return fail(kTooLarge, "the template makes more than a record may hold");
}

// What is there, or what stands for it: the fallback (also of null), or, for a name that may be
// absent, nothing.
Result<std::optional<Tree>> Expander::look_up(const Piece& piece) {
  auto found = lookup_(piece);
  if (!found || (*found && !(piece.fallback && (*found)->is_null()))) return found;
  if (piece.fallback) return text_tree(*piece.fallback);
  if (piece.may_be_absent) return std::nullopt;
  return fail(kUnknownName, "nothing is named: " + escape_for_log(piece.text));
}

Result<std::string> Expander::text(std::string_view source) {
  std::string out;
  for (const Piece& piece : parse_template(source)) {
    std::string part = piece.text;
    if (piece.is_name) {
      const auto found = look_up(piece);
      if (!found) return std::unexpected(found.error());
      part = *found ? as_text(**found) : std::string();
    }
    if (const auto counted = count(part.size(), 0); !counted) {
      return std::unexpected(counted.error());
    }
    out += part;
  }
  return out;
}

// A scalar. Plain ones (numbers, true, null) hold no names.
Result<std::optional<Tree>> Expander::whole(const Tree& source) {
  if (source.is_plain && source.type() != text::YamlType::kString) return source;
  const auto pieces = parse_template(source.text);
  if (pieces.size() == 1 && pieces.front().is_name) {
    auto found = look_up(pieces.front());
    if (!found || !*found) return found;
    // "{error?}" of what is null is absent too: the record has no such member then.
    if (pieces.front().may_be_absent && (*found)->is_null()) return std::nullopt;
    const auto counted = count(0, num_nodes(**found));
    if (!counted) return std::unexpected(counted.error());
    return found;
  }
  auto expanded = text(source.text);
  if (!expanded) return std::unexpected(expanded.error());
  return text_tree(*std::move(expanded));
}

Result<std::optional<Tree>> Expander::directive(std::string_view name, const Tree& source) {
  const auto inner = tree(source);
  if (!inner || !*inner) return inner;
  const std::string json = name == "$url_text" ? as_text(**inner) : text::json_of_yaml(**inner);
  if (const auto counted = count(json.size(), 0); !counted) {
    return std::unexpected(counted.error());
  }
  if (name == "$json") return text_tree(json);
  if (name == "$url_text") return text_tree(text::url_component(json));
  return fail(kUnknownName, "no such directive: " + escape_for_log(name));
}

Result<std::optional<Tree>> Expander::tree(const Tree& source) {
  if (source.is_scalar()) return whole(source);
  if (source.members.size() == 1 && source.members.front().first.text.starts_with('$')) {
    return directive(source.members.front().first.text, source.members.front().second);
  }
  Tree out = source;
  out.items.clear();
  out.members.clear();
  for (const Tree& item : source.items) {
    auto expanded = tree(item);
    if (!expanded) return expanded;
    if (*expanded) out.items.push_back(**std::move(expanded));
  }
  for (const auto& [key, value] : source.members) {
    auto expanded = tree(value);
    if (!expanded) return expanded;
    if (*expanded) out.members.emplace_back(key, **std::move(expanded));
  }
  return out;
}

std::set<std::string> names_in(const Tree& tree) {
  std::set<std::string> names;
  add_names(tree, names);
  return names;
}

}  // namespace nepho::exercise
