#include "event/log_source_names.h"

#include <algorithm>

#include "event/log_source.h"

namespace nepho::event {
namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(char c) {
  const char folded = lower(c);
  return (folded >= 'a' && folded <= 'z') || (c >= '0' && c <= '9') || c == '_';
}

std::string folded(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), lower);
  return out;
}

bool begins_with(std::string_view text, std::string_view folded_word) {
  return text.size() >= folded_word.size() &&
         std::ranges::equal(text.substr(0, folded_word.size()), folded_word, {}, lower);
}

}  // namespace

LogSourceNames::LogSourceNames(const std::vector<LogSource>& sources) {
  const auto add = [&](std::string_view name, std::size_t source) {
    const bool is_beginning = name.ends_with('*');
    if (is_beginning) name.remove_suffix(1);
    if (name.empty()) return;
    by_first_[static_cast<unsigned char>(lower(name.front()))].push_back(
        {folded(name), is_beginning, source});
  };
  for (std::size_t i = 0; i < sources.size(); ++i) {
    add(sources[i].id, i);
    for (const std::string& name : sources[i].other_names) add(name, i);
  }
  for (std::vector<Name>& names : by_first_)
    std::ranges::stable_sort(names, std::ranges::greater(),
                             [](const Name& name) { return name.word.size(); });
}

std::vector<std::size_t> LogSourceNames::in(std::string_view text) const {
  std::vector<std::size_t> found;
  for (std::size_t at = 0; at < text.size();) {
    const bool begins_word = is_word(text[at]) && (at == 0 || !is_word(text[at - 1]));
    std::size_t size = 0;  // of the longest name here; several sources may share it
    if (begins_word) {
      const std::string_view rest = text.substr(at);
      for (const Name& name : by_first_[static_cast<unsigned char>(lower(text[at]))]) {
        if (name.word.size() < size) break;
        const std::size_t end = name.word.size();
        const bool fits = begins_with(rest, name.word) &&
                          (name.is_beginning || end == rest.size() || !is_word(rest[end]));
        if (!fits) continue;
        size = end;
        found.push_back(name.source);
      }
    }
    at += std::max<std::size_t>(size, 1);
  }
  std::ranges::sort(found);
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace nepho::event
