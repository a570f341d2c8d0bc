// Changes that a provider may make to the form of its log, one field at a time.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "exercise/played.h"

namespace nepho::exercise {

enum class SchemaChange : std::uint8_t {
  kDropped,  // the field is no longer there
  kMoved,    // it stands a level deeper: "a.b" is "a.details.b"
  kSpelled,  // its name begins with the other letter: "userName" is "UserName"
  kListed,   // a value is a list of one, a list of one is the value
  kRetyped,  // a number or boolean is a string, such a string a number, an object its JSON text
};
inline constexpr std::array kSchemaChanges{SchemaChange::kDropped, SchemaChange::kMoved,
                                           SchemaChange::kSpelled, SchemaChange::kListed,
                                           SchemaChange::kRetyped};

// "field-dropped", and what ends "this rule dies if ...": "a field is no longer there".
std::string_view id_of(SchemaChange change);
std::string_view what_is(SchemaChange change);

// Changes the field at `path` in every record that has it. Lines have no fields, only places.
void change_field(SchemaChange change, std::string_view path, Played& played);

}  // namespace nepho::exercise
