// The scalars of JSON as RFC 8259 has them: strings with escapes, numbers, literals.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace nepho::text {

// The length of the JSON number at the start of `text` (RFC 8259 section 6), 0 when none starts
// there. What follows it is the caller's to check.
std::size_t json_number_length(std::string_view text);

// Whether all of `text` is a JSON number.
bool is_json_number(std::string_view text);

// The length of the JSON string at the start of `text`, quotes included; 0 when it does not start
// with a quote or does not end. Escapes are not checked.
std::size_t json_string_length(std::string_view text);

// Appends the characters that `raw` (between the quotes) stands for. False on a bad escape, in
// which case `out` holds a part. A surrogate without its other half becomes U+FFFD, as in web
// browsers.
bool append_json_string(std::string_view raw, std::string& out);

// The length of the escape that starts at `raw[at]`, a backslash: 2 or 6; 0 when it is none of
// RFC 8259 section 7.
std::size_t json_escape_length(std::string_view raw, std::size_t at);

// Whether `c` may follow a scalar: white space, ',', ']' or '}'.
bool ends_json_scalar(char c);

}  // namespace nepho::text
