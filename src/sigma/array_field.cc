#include "sigma/array_field.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <utility>

#include "base/printable.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

using Kind = ArraySelector::Kind;

constexpr std::pair<std::string_view, Kind> kWords[] = {{"any", Kind::kAny},
                                                        {"all", Kind::kAll},
                                                        {"all_or_empty", Kind::kAllOrEmpty},
                                                        {"none", Kind::kNone}};

std::unexpected<Error> bad_selector(std::string_view text) {
  std::vector<std::string_view> words;
  for (const auto& [word, kind] : kWords) words.push_back(word);
  std::string hint = text::did_you_mean(text, words);
  if (hint.empty())
    hint = "[any], [all], [all_or_empty], [none] or a number; brackets of a name are \\[ and \\]";
  return fail(kBadSelector,
              fmt::format("'[{}]' selects no elements of an array", escape_for_log(text)), {},
              std::move(hint));
}

Result<ArraySelector> parse_selector(std::string_view text) {
  for (const auto& [word, kind] : kWords) {
    if (text == word) return ArraySelector{kind};
  }
  ArraySelector at{Kind::kAt};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), at.index);
  if (error != std::errc() || end != text.data() + text.size()) return bad_selector(text);
  return at;
}

// What stands in the brackets at the start of `text`, when a selector can stand there.
std::optional<std::string_view> in_brackets(std::string_view text) {
  if (!text.starts_with('[')) return std::nullopt;
  const std::size_t end = text.find(']');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view behind = text.substr(end + 1);
  const bool is_last = behind.empty() || behind.starts_with('.') || behind.starts_with('[');
  return is_last ? std::optional(text.substr(1, end - 1)) : std::nullopt;
}

// Takes the name in front of a selector or the end, unescaped.
std::string take_name(std::string_view& text) {
  std::string name;
  while (!text.empty() && !in_brackets(text)) {
    if (text.starts_with("\\[") || text.starts_with("\\]")) text.remove_prefix(1);
    name += text.front();
    text.remove_prefix(1);
  }
  return name;
}

}  // namespace

Result<std::vector<ArrayFieldPart>> split_array_field(std::string_view field) {
  std::vector<ArrayFieldPart> parts;
  std::string_view rest = field;
  do {
    // Behind a selector stand another one, or a dot and a name.
    const bool is_inner = !parts.empty() && !rest.starts_with('.');
    if (!parts.empty() && !is_inner) rest.remove_prefix(1);
    ArrayFieldPart part{is_inner ? "." : take_name(rest)};
    if (part.path.empty())
      return fail(kBadSelector, "a selector stands behind the name of an array", {},
                  "name the array: items[any]");
    if (const auto text = in_brackets(rest)) {
      auto selector = parse_selector(*text);
      if (!selector) return std::unexpected(selector.error());
      part.selector = *selector;
      rest.remove_prefix(text->size() + 2);
    } else if (is_inner) {
      return bad_selector(rest.substr(1));  // "a[any][0": what is open here is no name
    }
    parts.push_back(std::move(part));
  } while (!rest.empty());
  return parts;
}

std::string first_selector(std::string_view field) {
  if (field.find('[') == std::string_view::npos) return {};
  const auto parts = split_array_field(field);
  if (!parts || !parts->front().selector) return {};
  return fmt::format("[{}]", to_string(*parts->front().selector));
}

Item put_into_arrays(std::vector<ArrayFieldPart> parts, ArrayTest body, const Place& place) {
  Item item;
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    body.selector = *part->selector;
    item = Item{.field = std::move(part->path),
                .line = place.line,
                .column = place.column,
                .array = std::move(body)};
    body = ArrayTest{.items = {item}, .condition = Expression::of_item(0)};
  }
  return item;
}

}  // namespace nepho::sigma
