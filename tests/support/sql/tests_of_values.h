// The values of a rule as SQL over the rows of `texts` (events.h).
#pragma once

#include <string>
#include <string_view>

#include "sigma/value.h"
#include "tests/support/sql/dialect.h"

namespace nepho::tests::sql {

// Which rows a test looks at, as a list of Offer.
inline constexpr std::string_view kScalarOffers = "2";
inline constexpr std::string_view kTextOffers = "2, 3, 4";

// Whether `test` is true of any row of the field in the event `e`.
std::string any_row(std::string_view field, std::string_view offers, std::string_view test,
                    Dialect dialect);

// A test of one row.
std::string text_test(const sigma::TextValue& value, Dialect dialect);

// One value of any kind, asked of a field.
std::string question(std::string_view field, const sigma::Value& value, Dialect dialect);

}  // namespace nepho::tests::sql
