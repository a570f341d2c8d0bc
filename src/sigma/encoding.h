// The modifiers that turn a text into the texts it may hide in: windash, utf16, base64.
#pragma once

#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "sigma/modifier.h"
#include "text/wildcard.h"

namespace nepho::sigma {

// The patterns that `pattern` becomes under one modifier of the role kEncoding or kEnds:
//   windash        every dash or slash that begins a word (none after a letter, digit or '_', one
//                  after it) as each of - / en dash, em dash, horizontal bar: 5 to the power of
//                  their number patterns
//   wide, utf16le, utf16be, utf16   the literals' UTF-16 bytes; utf16 with FF FE in front
//   base64         of the literal's bytes, padding and all
//   base64offset   the three rows of characters that stay the same wherever the bytes begin
//   contains, startswith, endswith  '*' at the ends
// base64, base64offset and utf16 need a literal, since a wildcard has no encoding. The bytes of
// UTF-16 may be no UTF-8: is_text() tells, when no base64 follows. Fails with kBadValue or
// kTooMany, without a place.
Result<std::vector<text::WildcardPattern>> apply(Modifier modifier,
                                                 const text::WildcardPattern& pattern,
                                                 const Limits& limits = kDefaultLimits);

// Whether an event's text can match: all literals are UTF-8.
bool is_text(const text::WildcardPattern& pattern);

}  // namespace nepho::sigma
