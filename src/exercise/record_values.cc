#include "exercise/record_values.h"

#include "base/check.h"
#include "exercise/tree_paths.h"
#include "text/json.h"
#include "text/json_yaml.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

bool is_of_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '_';
}

void set_scalars(Tree& value, const std::string& text) {
  if (value.is_scalar()) value.text = text;
  for (Tree& item : value.items) set_scalars(item, text);
}

}  // namespace

std::string with_word_replaced(std::string_view text, std::string_view from, std::string_view to) {
  std::string out;
  while (!from.empty()) {
    const std::size_t at = text.find(from);
    if (at == std::string_view::npos) break;
    const std::size_t end = at + from.size();
    const bool begins = at > 0 ? !is_of_word(text[at - 1]) : out.empty() || !is_of_word(out.back());
    const bool ends = end == text.size() || !is_of_word(text[end]);
    out += text.substr(0, at);
    out += begins && ends ? to : from;
    text.remove_prefix(end);
  }
  return out.append(text);
}

std::optional<RecordValues> RecordValues::read(std::string_view text,
                                               const event::LineForms& forms) {
  RecordValues values;
  std::string json(text);
  if (!text.starts_with('{')) {
    values.is_line_ = true;
    values.line_ = text;
    json.clear();
    if (!forms.append(text, json)) return std::nullopt;
  }
  const auto document = text::JsonDocument::parse(std::move(json));
  if (!document || !document->root().is_object()) return std::nullopt;
  values.root_ = text::yaml_of_json(*document);
  return values;
}

Tree& RecordValues::tree() {
  CHECK(!is_line_);
  return root_;
}

const std::string* RecordValues::text_at(std::string_view path) const {
  const Tree* found = first_scalar_at(root_, path);
  return found == nullptr ? nullptr : &found->text;
}

void RecordValues::set(std::string_view path, const std::string& text) {
  if (is_line_) {
    if (const std::string* was = text_at(path)) {
      line_ = with_word_replaced(line_, std::string(*was), text);
    }
  }
  each_member_at(root_, path, [&](Tree& mapping, std::size_t member) {
    set_scalars(mapping.members[member].second, text);
  });
}

void RecordValues::replace(std::string_view from, std::string_view to) {
  if (is_line_) line_ = with_word_replaced(line_, from, to);
  each_scalar(root_, [&](Tree& scalar) {
    if (scalar.text.find(from) != std::string::npos) {
      scalar.text = with_word_replaced(scalar.text, from, to);
    }
  });
}

std::string RecordValues::text() const { return is_line_ ? line_ : text::json_of_yaml(root_); }

}  // namespace nepho::exercise
