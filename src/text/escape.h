// Encoders: text made safe for the place it is shown in. Each takes any text; only they can open an
// Untrusted. (For terminals and messages: base/printable.h.)
#pragma once

#include <string>
#include <string_view>

#include "text/untrusted.h"

namespace nepho::text {

// Between tags (HTML Living Standard 13.1.2): & < > escaped; bytes that are not UTF-8 and control
// characters but tab and line end become U+FFFD.
std::string html_text(std::string_view text);
// Inside a quoted attribute: also " and '. Not for URLs that others chose (javascript:), event
// handlers or style.
std::string html_attribute(std::string_view text);
// One field of a CSV record (RFC 4180): quoted where it must be. A text that a spreadsheet would
// run as a formula (first character = + - @ tab CR; OWASP "CSV injection") gets a ' before it,
// unless it is a plain number. Control characters, which RFC 4180 has no place for and a terminal
// obeys, become U+FFFD but for tab and line ends; so do bytes that are not UTF-8.
std::string csv_cell(std::string_view text);
// A part of a path or query (RFC 3986 section 2): all but unreserved characters as %XX.
std::string url_component(std::string_view text);
// A JSON string with its quotes (RFC 8259).
std::string json_string(std::string_view text);
// One line of a terminal or log: printable(), bounded.
std::string log_text(std::string_view text);

std::string html_text(const Untrusted<std::string_view>& text);
std::string html_attribute(const Untrusted<std::string_view>& text);
std::string csv_cell(const Untrusted<std::string_view>& text);
std::string url_component(const Untrusted<std::string_view>& text);
std::string json_string(const Untrusted<std::string_view>& text);
std::string log_text(const Untrusted<std::string_view>& text);

}  // namespace nepho::text
