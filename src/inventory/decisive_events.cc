#include "inventory/decisive_events.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/printable.h"
#include "inventory/foreign_rule.h"

namespace nepho::inventory {
namespace {

// About the part of such suggestions that was of the right family on the half of the public samples
// that may be looked at (docs/suggestions.md: .61 and .46).
std::optional<double> confidence_of(std::string_view word) {
  if (word == "high") return 0.6;
  if (word == "medium") return 0.45;
  return std::nullopt;
}

// The parts of a list, without white space around them.
std::vector<std::string_view> parts_of(std::string_view list, char separator) {
  std::vector<std::string_view> parts;
  while (!list.empty()) {
    const std::string_view part = list.substr(0, list.find(separator));
    list.remove_prefix(std::min(list.size(), part.size() + 1));
    if (!trimmed(part).empty()) parts.push_back(trimmed(part));
  }
  return parts;
}

bool has_inner_star(std::string_view word) { return word.find('*') < word.size() - 1; }

}  // namespace

// Numbers the words of a file, each once.
class DecisiveEvents::Numbering {
 public:
  std::size_t of(std::string_view word) {
    const auto [found, is_new] = numbers_.emplace(word, words_.size());
    if (is_new) words_.emplace_back(std::string(word), words_.size());
    return found->second;
  }
  const std::vector<text::NumberedWord>& words() const { return words_; }

 private:
  std::map<std::string, std::size_t, std::less<>> numbers_;
  std::vector<text::NumberedWord> words_;
};

std::optional<Error> DecisiveEvents::read_line(std::string_view line,
                                               const attack::Catalogue& catalogue,
                                               Numbering& numbering, OfProvider& out) {
  const auto cells = parts_of(line, '\t');
  if (cells.size() != 3)
    return Error(kBadDecisiveEvent,
                 "expected a technique, a confidence and events, with tabs between");
  const auto confidence = confidence_of(cells[1]);
  if (!confidence)
    return Error(kBadDecisiveEvent, "expected high or medium, came: " + escape_for_log(cells[1]));
  // Of a version that does not have it, as --attack may ask for, nothing is suggested.
  const attack::Technique* technique = catalogue.find(attack::TechniqueId{std::string(cells[0])});
  if (technique == nullptr || !technique->is_active()) return std::nullopt;
  std::optional<Error> error;
  for (const std::string_view event : parts_of(cells[2], ';')) {
    const auto words = parts_of(event, '&');
    if (std::ranges::any_of(words, has_inner_star)) {
      error = Error(kBadDecisiveEvent,
                    "a '*' stands only at the end of a word: " + escape_for_log(event));
      continue;
    }
    std::vector<std::size_t>& needs = out.needs.emplace_back();
    for (const std::string_view word : words) needs.push_back(numbering.of(word));
    out.events.push_back({std::string(event), std::string(cells[0]), *confidence});
  }
  return error;
}

void DecisiveEvents::read(const KnowledgeFile& file, const attack::Catalogue& catalogue,
                          LoadReport& report, OfProvider& out) {
  Numbering numbering;
  std::size_t number = 0;
  for (std::string_view rest = file.content; !rest.empty();) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    ++number;
    if (trimmed(line).empty() || line.starts_with('#')) continue;
    auto error = read_line(line, catalogue, numbering, out);
    if (!error) continue;
    error->place = {.file = file.place, .line = number};
    report.add_error(*std::move(error));
  }
  out.words = text::WordIndex(numbering.words());
}

DecisiveEvents DecisiveEvents::load(const Knowledge& knowledge, const attack::Catalogue& catalogue,
                                    LoadReport& report) {
  constexpr std::string_view kFolder = "decisive/";
  constexpr std::string_view kEnding = ".tsv";
  DecisiveEvents all;
  for (const KnowledgeFile* file : knowledge.list(kFolder)) {
    std::string_view name = file->path;
    if (!name.ends_with(kEnding)) continue;
    name.remove_prefix(kFolder.size());
    name.remove_suffix(kEnding.size());
    read(*file, catalogue, report, all.by_provider_[std::string(name)]);
  }
  return all;
}

std::vector<const DecisiveEvent*> DecisiveEvents::in(std::string_view text,
                                                     std::string_view provider) const {
  std::vector<const DecisiveEvent*> found;
  const auto known = by_provider_.find(provider);
  if (known == by_provider_.end()) return found;
  const std::vector<std::size_t> words = known->second.words.in(text);
  for (std::size_t i = 0; i < known->second.events.size(); ++i) {
    const auto& needs = known->second.needs[i];
    if (std::ranges::all_of(
            needs, [&](std::size_t word) { return std::ranges::binary_search(words, word); }))
      found.push_back(&known->second.events[i]);
  }
  return found;
}

}  // namespace nepho::inventory
