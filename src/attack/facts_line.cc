// A tab inside a text is written as backslash and 't', so a line is cut into fields at its tabs
// without a look at backslashes. A '|' keeps its place behind its backslash: texts are cut where
// none stands before. Only then is each piece read.
#include "attack/facts_line.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "base/printable.h"

namespace nepho::attack {
namespace {

char escape_of(char c) {
  switch (c) {
    case '\\':
    case '|': return c;
    case '\t': return 't';
    case '\n': return 'n';
    case '\r': return 'r';
    default: return 0;
  }
}

// The place of the next `separator` that no backslash stands before, text.size() when none.
std::size_t find_unescaped(std::string_view text, char separator) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == separator) {
      return at;
    }
  }
  return text.size();
}

// What a field stands for; nothing when an escape is none.
std::optional<std::string> unescape(std::string_view field) {
  if (field.find('\\') == std::string_view::npos) return std::string(field);
  std::string text;
  for (std::size_t at = 0; at < field.size(); ++at) {
    if (field[at] != '\\') {
      text += field[at];
      continue;
    }
    if (++at == field.size()) return std::nullopt;
    switch (field[at]) {
      case '\\':
      case '|': text += field[at]; break;
      case 't': text += '\t'; break;
      case 'n': text += '\n'; break;
      case 'r': text += '\r'; break;
      default: return std::nullopt;
    }
  }
  return text;
}

}  // namespace

void LineWriter::append(std::string_view text) {
  for (const char c : text) {
    if (const char escape = escape_of(c); escape != 0) {
      out_ += '\\';
      out_ += escape;
    } else {
      out_ += c;
    }
  }
}

LineReader::LineReader(std::string_view line) {
  while (num_fields_ < fields_.size()) {
    const std::size_t end = line.find('\t');
    fields_[num_fields_++] = line.substr(0, end);
    if (end == std::string_view::npos) return;
    line.remove_prefix(end + 1);
  }
  refuse("too many fields");
}

const std::string& LineReader::fault() {
  if (next_ < num_fields_) refuse("too many fields");
  return fault_;
}

void LineReader::refuse(std::string reason) {
  if (fault_.empty()) fault_ = std::move(reason);
}

std::string LineReader::text() { return unescaped(take()); }

std::string LineReader::required_id() {
  std::string id = text();
  if (id.empty()) refuse("an id is missing");
  return id;
}

TechniqueId LineReader::technique_id() { return technique_from(take()); }

Status LineReader::status() {
  const std::string_view field = take();
  for (const Status status : {Status::kActive, Status::kRevoked, Status::kDeprecated}) {
    if (to_string(status) == field) return status;
  }
  refuse("expected active, revoked or deprecated, came: " + escape_for_log(field));
  return Status::kActive;
}

Date LineReader::date() {
  const std::string_view field = take();
  const Date date = parse_date(field);
  if (!field.empty() && (!date.ok() || field.size() != 10)) {
    refuse("expected a day as 2026-05-12, came: " + escape_for_log(field));
  }
  return date;
}

std::vector<std::string> LineReader::texts() {
  std::vector<std::string> values;
  std::string_view rest = take();
  while (!rest.empty()) {
    const std::size_t end = find_unescaped(rest, '|');
    values.push_back(unescaped(rest.substr(0, end)));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return values;
}

std::vector<TechniqueId> LineReader::technique_ids() {
  std::vector<TechniqueId> ids;
  for (const std::string_view word : words()) ids.push_back(technique_from(word));
  return ids;
}

std::string_view LineReader::take() {
  if (next_ < num_fields_) return fields_[next_++];
  refuse("a field is missing");
  return {};
}

std::vector<std::string_view> LineReader::words() {
  std::vector<std::string_view> words;
  std::string_view rest = take();
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end != 0) words.push_back(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  return words;
}

std::string LineReader::unescaped(std::string_view field) {
  auto text = unescape(field);
  if (!text) refuse("a backslash must be followed by one of \\ | t n r");
  return std::move(text).value_or(std::string());
}

TechniqueId LineReader::technique_from(std::string_view text) {
  if (auto id = parse_technique_id(text)) return std::move(*id);
  if (!text.empty()) refuse("expected a technique's id, came: " + escape_for_log(text));
  return {};
}

}  // namespace nepho::attack
