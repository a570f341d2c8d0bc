// Records as programs in Ruby print them: {"kind"=>"Event", "user"=>nil}.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace nepho::event {

// The hash that begins `text` as JSON: "=>" becomes a colon, nil null, and the escapes of Ruby's
// String#inspect those of JSON. Fluentd writes records so into its own log, and Fluent Bit to its
// standard output. Nothing when `text` begins with no such hash, or its brackets do not close; what
// else is wrong with it the reader of JSON finds. What stands behind the hash is left alone. O(n);
// JSON is told by its first colon.
std::optional<std::string> json_of_printed_hash(std::string_view text);

// The record in a line of Fluent Bit's output "stdout": "[0] tag: [1709262245.5, {"a"=>1}]" and,
// since version 2.1, "[0] tag: [[1709262245.5, {}], {"a"=>1}]". Nothing for any other line.
std::optional<std::string> json_of_fluent_bit_line(std::string_view line);

// Whether a line begins as one of Fluent Bit's, "[0] tag: [". JSON never does.
bool is_fluent_bit_line(std::string_view line);

}  // namespace nepho::event
