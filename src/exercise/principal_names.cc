#include "exercise/principal_names.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace nepho::exercise {
namespace {

// What products write where they do not know.
constexpr auto kNobody = std::to_array<std::string_view>(
    {"-", "unknown", "n/a", "na", "none", "null", "undefined", "(unknown)"});

enum class Shape : std::uint8_t { kAwsAccount, kUuid, kText };

bool is_digit(char c) { return c >= '0' && c <= '9'; }

Shape shape_of(std::string_view name) {
  constexpr std::size_t kAccountDigits = 12;
  constexpr std::size_t kUuidBytes = 36;
  if (name.size() == kAccountDigits && std::ranges::all_of(name, is_digit)) {
    return Shape::kAwsAccount;
  }
  const bool is_uuid = name.size() == kUuidBytes && name[8] == '-' && name[13] == '-' &&
                       name.find_first_not_of("0123456789abcdef-") == std::string_view::npos;
  return is_uuid ? Shape::kUuid : Shape::kText;
}

// "assumed-role/Admin/eve" -> "admin", "eve", "admin/eve"; "user/team/eve" -> "eve".
void add_resource(std::string_view resource, Names& names) {
  const std::size_t slash = resource.find('/');
  if (slash == std::string_view::npos) return add_name(resource, names);
  const std::string_view rest = resource.substr(slash + 1);
  add_name(rest, names);
  add_name(rest.substr(rest.rfind('/') + 1), names);
  if (resource.starts_with("assumed-role/")) add_name(rest.substr(0, rest.find('/')), names);
}

// AWS: "Unique identifiers", the prefixes AIDA, AROA, ASIA, ...
bool is_aws_id(std::string_view text) {
  return text.size() >= 16 && text.size() <= 128 && text.starts_with('A') &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || (c >= 'A' && c <= 'Z'); });
}

}  // namespace

void add_name(std::string_view text, Names& names) {
  std::string name = text::fold_case(text);
  if (name.empty() || std::ranges::find(kNobody, name) != kNobody.end()) return;
  names.insert(std::move(name));
}

void add_principal(std::string_view text, Names& names) {
  add_name(text, names);
  if (text.starts_with("arn:")) {
    add_resource(text.substr(text.rfind(':') + 1), names);
  } else if (const std::size_t colon = text.find(':'); is_aws_id(text.substr(0, colon))) {
    add_name(text.substr(0, colon), names);
    if (colon != std::string_view::npos) add_name(text.substr(colon + 1), names);
  }
  // The session of a person is named after her mail address.
  for (const std::string& name : Names(names)) {
    const std::size_t at = name.rfind('@');
    if (at != std::string::npos && at > 0 && name.find('/') == std::string::npos) {
      names.insert(name.substr(0, at));
    }
  }
}

Agreement compare(const Names& one, const Names& other) {
  bool is_comparable = false;
  for (const std::string& name : one) {
    if (other.contains(name)) return Agreement::kAgrees;
    const Shape shape = shape_of(name);
    is_comparable = is_comparable || std::ranges::any_of(other, [&](const std::string& theirs) {
                      return shape_of(theirs) == shape;
                    });
  }
  return is_comparable ? Agreement::kDiffers : Agreement::kUnknown;
}

}  // namespace nepho::exercise
