#include "base/result.h"

#include <fmt/format.h>

namespace nepho {

std::string to_string(const Error& error) {
  std::string text = to_string(error.place);
  if (!text.empty()) text += ": ";
  text += fmt::format("error[{}]: {}", error.code.name(), error.message);
  if (!error.hint.empty()) text += fmt::format("\n   {}", error.hint);
  return text;
}

}  // namespace nepho
