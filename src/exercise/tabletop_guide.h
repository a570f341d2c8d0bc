// What a tabletop says beside the records: who the caller is, what the intruder wants, what to ask
// and what good responses are. All of it is text in knowledge/exercise/tabletop.yml
// (docs/tabletop.md), so that a team may write its own.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/result.h"

namespace nepho::exercise {

struct TabletopGuide {
  // Of what an inject is part of the exercise.
  struct Questions {
    std::vector<std::string> first;
    std::vector<std::string> next;
    std::vector<std::string> lookalike;
    std::vector<std::string> other_way;
  };
  struct Tactic {
    std::string wants;  // "to get in"
    std::vector<std::string> ask;
    std::map<std::string, std::vector<std::string>, std::less<>> contain;  // by provider, or "any"
    std::vector<std::string> afterwards;

    // The steps for any provider, then this one's.
    std::vector<std::string> steps_on(std::string_view provider) const;
  };
  struct Caller {
    std::string who;  // "somebody who ..."
    std::vector<std::string> contain;
  };

  Questions ask;
  std::vector<std::string> debrief;
  std::map<std::string, Tactic, std::less<>> tactics;  // by the word in a procedure's id
  // By provider and principal.
  std::map<std::string, std::map<std::string, Caller, std::less<>>, std::less<>> callers;
  std::map<std::string, std::vector<std::string>, std::less<>> shows;  // log source -> field paths

  // nullptr when the file has none.
  const Tactic* find_tactic(std::string_view word) const;
  const Caller* find_caller(std::string_view provider, std::string_view principal) const;
};

// Reads the file. An unknown key, or what is not of its kind, is an error with its place; so is a
// knowledge without the file (kMissingKey).
Result<TabletopGuide> load_tabletop_guide(const Knowledge& knowledge);
Result<TabletopGuide> parse_tabletop_guide(std::string_view yaml, const std::string& file);

}  // namespace nepho::exercise
