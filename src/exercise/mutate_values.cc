#include "exercise/mutate_values.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "exercise/template.h"
#include "text/cidr.h"

namespace nepho::exercise {
namespace {

constexpr std::size_t kShortestName = 3;
// So that {n} can be the last part of an IPv4 address.
constexpr std::size_t kMostNumbers = 250;

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// Whether the text is an address in one of the organisation's networks.
bool is_own_address(const std::string& text, const Context& context) {
  const auto address = text::Address::parse(text);
  return address && std::ranges::any_of(context.list("networks"), [&](const std::string& list) {
           const auto network = text::Network::parse(list);
           return network && network->contains(*address);
         });
}

// What `source` makes of the value that is there; nothing where it names what the record lacks.
std::optional<std::string> made(const std::string& source, const std::string& value,
                                const RecordValues& values, std::size_t n) {
  if (source == "$swap_case") return with_case_swapped(value);
  if (source == "$percent_encoded") return with_letters_percent_encoded(value);
  if (source == "$next_version") return with_next_version(value);
  Expander expander([&](const Piece& piece) -> Result<std::optional<Tree>> {
    if (piece.text == "value") return text_tree(value);
    if (piece.text == "n") return text_tree(std::to_string(n % kMostNumbers + 1));
    const std::string* other = values.text_at(piece.text);
    return other == nullptr ? std::nullopt : std::optional(text_tree(*other));
  });
  auto text = expander.text(source);
  return text ? std::optional(*std::move(text)) : std::nullopt;
}

const std::string* source_of(const Edit::Field& field, std::size_t variant) {
  return field.to.empty() ? nullptr : &field.to[variant % field.to.size()];
}

}  // namespace

void set_values(const Edit& edit, std::size_t variant, const Context& context, Played& played) {
  each_edited(edit, played, [&](PlayedRecord&, RecordValues& values, std::size_t n) {
    const RecordValues before = values;
    for (const Edit::Field& field : edit.fields) {
      const std::string* source = source_of(field, variant);
      const std::string* value = before.text_at(field.path);
      if (source == nullptr || value == nullptr) continue;
      const auto text = made(*source, *value, before, n);
      if (text && !is_own_address(*text, context)) values.set(field.path, *text);
    }
  });
}

void rename_values(const Edit& edit, std::size_t variant, const Context& context, Played& played) {
  std::map<std::string, std::string> names;
  each_edited(edit, played, [&](PlayedRecord&, const RecordValues& values, std::size_t) {
    for (const Edit::Field& field : edit.fields) {
      const std::string* source = source_of(field, variant + names.size());
      const std::string* value = values.text_at(field.path);
      if (source == nullptr || value == nullptr || value->size() < kShortestName) continue;
      if (names.contains(*value)) continue;
      auto text = made(*source, *value, values, names.size());
      if (text && !is_own_address(*text, context)) names[*value] = *std::move(text);
    }
  });
  for (PlayedRecord& one : played) {
    if (!one.values) continue;
    for (const auto& [from, to] : names) one.values->replace(from, to);
  }
}

std::string with_case_swapped(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (is_letter(c)) c = static_cast<char>(c ^ 0x20);
  }
  return out;
}

std::string with_letters_percent_encoded(std::string_view text) {
  const std::size_t host = text.find("://");
  const std::size_t path = host == std::string_view::npos ? 0 : text.find('/', host + 3);
  std::string out(text.substr(0, path));
  for (std::size_t i = out.size(); i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size()) {
      out += text.substr(i, 3);
      i += 2;
    } else if (is_letter(text[i])) {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(text[i]));
    } else {
      out += text[i];
    }
  }
  return out;
}

std::string with_next_version(std::string_view text) {
  for (std::size_t at = text.find(".v"); at != std::string_view::npos;
       at = text.find(".v", at + 1)) {
    const std::size_t end = text.find_first_not_of("0123456789", at + 2);
    if (end == at + 2 || end == std::string_view::npos || text[end] != '.') continue;
    return fmt::format("{}.v2{}", text.substr(0, at), text.substr(end));
  }
  constexpr std::size_t kDate = 8;
  const std::size_t begin = text.find_last_not_of("0123456789") + 1;
  if (text.size() - begin == kDate && begin > 0) {
    return fmt::format("{}20261101", text.substr(0, begin));
  }
  return text.empty() ? std::string() : fmt::format("{}20150331", text);
}

}  // namespace nepho::exercise
