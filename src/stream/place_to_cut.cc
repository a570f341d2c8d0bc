#include "stream/place_to_cut.h"

#include "stream/text_form.h"

namespace nepho::stream {
namespace {

constexpr std::string_view kBetween = " \t\r\n,";
constexpr std::size_t kNone = std::string_view::npos;

}  // namespace

std::size_t place_to_cut(std::string_view text) {
  std::size_t cut = lines_size(text);
  for (std::size_t at = text.rfind('{'); at != kNone && at > cut; at = text.rfind('{', at - 1)) {
    const std::size_t before = text.find_last_not_of(kBetween, at - 1);
    if (before != kNone && text[before] == '}') {
      cut = at;
    }
  }
  return cut >= text.size() / 2 ? cut : text.size();
}

}  // namespace nepho::stream
