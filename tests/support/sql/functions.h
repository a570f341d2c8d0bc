// What SQL lacks for Sigma, as SQL functions over the C library and RE2: none of it is code of ours
// that is on trial.
#pragma once

struct sqlite3;

namespace nepho::tests::sql {

// Adds to a connection, all deterministic, NULL for NULL:
//   fold(text)                 its letters in one case (towupper, then towlower, of C.UTF-8)
//   regexp(source, text)       for the operator REGEXP: RE2's search
//   in_network(text, hex, bits, is_v4)
//                              whether an address (inet_pton) is in the prefix of 16 bytes; an IPv4
//                              address is its v4-mapped form, and in networks of IPv4 only
//   is_number(text)            [+-]digits[.digits][e[+-]digits]
//   number_order(a, b)         -1, 0, 1 of two numbers as texts; NULL when either is none. Exact to
//                              the 64 bits of long double's mantissa (strtold, x86-64)
//   quoted_numbers(json)       the same JSON with each number as a string of its spelling
//   plain_json(json)           minified JSON with no more escapes than RFC 8259 asks for
// Aborts when SQLite refuses.
void add_functions(sqlite3* connection);

}  // namespace nepho::tests::sql
