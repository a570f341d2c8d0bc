// Which events carry out which technique: what a rule without a mapping is likely about.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "attack/catalogue.h"
#include "base/knowledge.h"
#include "base/problem.h"
#include "text/word_index.h"

namespace nepho::inventory {

inline constexpr ErrorCode kBadDecisiveEvent{"inventory.bad_decisive_event"};

// One event of a provider, and what it means.
struct DecisiveEvent {
  std::string words;  // "CreateAccessKey"; "ConsoleLogin & Failure": both must be there
  std::string technique;
  double confidence = 0;  // that a rule on this event is about the technique, 0..1
};

// knowledge/decisive/<provider>.tsv (docs/formats/decisive-events.md). Immutable after loading;
// threads may share it.
class DecisiveEvents {
 public:
  // A line that is wrong (a technique that is not active, an unknown confidence, a '*' that is not
  // at the end of a word) is reported with its place and costs only itself.
  static DecisiveEvents load(const Knowledge& knowledge, const attack::Catalogue& catalogue,
                             LoadReport& report);

  // The provider's events that the text names, in the order of the file. Pointers into this. O(the
  // text), see text::WordIndex.
  std::vector<const DecisiveEvent*> in(std::string_view text, std::string_view provider) const;

 private:
  struct OfProvider {
    std::vector<DecisiveEvent> events;
    std::vector<std::vector<std::size_t>> needs;  // by event: numbers of words
    text::WordIndex words;
  };
  class Numbering;
  // What is wrong with the line, without its place.
  static std::optional<Error> read_line(std::string_view line, const attack::Catalogue& catalogue,
                                        Numbering& numbering, OfProvider& out);
  static void read(const KnowledgeFile& file, const attack::Catalogue& catalogue,
                   LoadReport& report, OfProvider& out);

  std::map<std::string, OfProvider, std::less<>> by_provider_;
};

}  // namespace nepho::inventory
