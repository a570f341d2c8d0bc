// Which lines of a log no rule can hold for, told without parsing them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "event/log_source.h"
#include "plan/dispatch.h"
#include "text/line_needles.h"
#include "text/short_text.h"

namespace nepho::plan {

struct SourcePlan;

// Where every rule names the event it waits for, most lines of a log hold none of them. Such a line
// is one record whose name of the event stands there plainly, once, and is none that a rule wants;
// it need not be parsed. Everything that is less clear is not needless: the name in another place
// or form (an envelope, a list, JSON within a string, any "\u"), more than one of them, or none.
//
// So a needless line gives no finding, which the reference evaluator bears out, but nobody has seen
// whether it is JSON at all: such lines are counted apart (Counters::unparsed), and --strict does
// without this filter.
//
// Immutable; safe to share between threads, each with a Memory of its own.
class LineFilter {
 public:
  // Nothing where some rule does not name its event, where there are more names for the field than
  // are looked for, and where the processor has no quick way to look for them.
  static std::optional<LineFilter> for_rules_of(
      const std::vector<std::unique_ptr<SourcePlan>>& sources);

  // A run of lines to be parsed: their begin and end in the text, and how many needless lines lie
  // between the run before and this one.
  struct Run {
    std::size_t begin = 0;
    std::size_t end = 0;
    std::uint32_t num_needless_before = 0;
  };
  struct Memory {
    std::vector<text::LineNeedles::Hit> hits;
    std::vector<Run> runs;
    std::uint32_t num_needless_behind = 0;  // the last run
    // The last texts that no rule wanted, each in a place that its length and two of its letters
    // choose.
    std::vector<text::ShortText> unwanted = std::vector<text::ShortText>(256);
  };
  // Sets memory.runs to the lines of `text` that are to be parsed, in order, and tells how many
  // others there are; blank lines are among those to be parsed. text::kJsonPadding readable bytes
  // must follow `text`.
  void sort_out(std::string_view text, Memory& memory) const;

 private:
  using Texts = std::unordered_set<std::string>;

  LineFilter(text::LineNeedles needles, Texts wanted)
      : needles_(std::move(needles)), wanted_(std::move(wanted)) {}

  bool is_needless(std::string_view text, std::size_t line_begin,
                   const text::LineNeedles::Hit& name, Memory& memory) const;
  bool is_wanted(std::string_view text, Memory& memory) const;

  text::LineNeedles needles_;
  Texts wanted_;  // folded
};

}  // namespace nepho::plan
