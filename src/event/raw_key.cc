#include "event/raw_key.h"

#include <string>

#include "event/path_marks.h"
#include "text/json_scalar.h"

namespace nepho::event {

bool key_takes(std::string_view raw_key, std::string_view path, std::string_view& rest) {
  std::string decoded;
  if (holds_backslash(raw_key)) {
    if (!text::append_json_string(raw_key, decoded)) return false;
    raw_key = decoded;
  }
  if (!path.starts_with(raw_key) || holds_mark(raw_key)) return false;
  if (path.size() == raw_key.size()) {
    rest = {};
    return true;
  }
  if (path[raw_key.size()] != '.') return false;
  rest = path.substr(raw_key.size() + 1);
  return true;
}

}  // namespace nepho::event
