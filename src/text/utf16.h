// Documents that arrive as UTF-16, as Windows tools and mitreattack-python's to_file() write them.
#pragma once

#include <string>

namespace nepho::text {

// `bytes` as UTF-8. UTF-16 is known by its byte order mark (Unicode 15.0, section 23.8) or, without
// one, by a zero beside the '{', '[' or '"' that starts a JSON text; all else comes back untouched.
// A lone surrogate or an odd last byte becomes U+FFFD. The mark itself is dropped. O(n).
std::string utf8_of_document(std::string bytes);

}  // namespace nepho::text
