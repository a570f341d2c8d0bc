#include "report/tabletop_inject.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "text/markdown.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using exercise::Inject;
using exercise::Part;
using text::markdown_cell_code;
using text::markdown_code;
using text::markdown_text;

// Whole records of a burst; the others differ in little, and 'nepho simulate' writes them all.
constexpr std::size_t kMostRecords = 2;

// "09:23:11"; with the day where that is not the day of `start`.
std::string clock_of(Instant time, Instant start) {
  const std::string text = text::to_rfc3339(time);
  const std::string clock = text.substr(text.find('T') + 1, 8);
  return text.substr(0, 10) == text::to_rfc3339(start).substr(0, 10)
             ? clock
             : text.substr(0, 10) + " " + clock;
}

// "0:40", "2:05:00", "12 d 06:00:00" after the start.
std::string after(Instant time, Instant start) {
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(time - start).count();
  constexpr std::int64_t kMinute = 60;
  constexpr std::int64_t kHour = 60 * kMinute;
  constexpr std::int64_t kDay = 24 * kHour;
  const std::string clock = fmt::format("{}:{:02}:{:02}", seconds % kDay / kHour,
                                        seconds % kHour / kMinute, seconds % kMinute);
  return seconds < kDay ? clock : fmt::format("{} days {}", seconds / kDay, clock);
}

// Compact JSON laid out over lines: one walk over its characters.
class JsonLines {
 public:
  std::string lay_out(std::string_view json) {
    rest_ = json;
    while (!rest_.empty()) {
      const char c = take();
      if (c == '"') {
        take_string();
      } else if (c == '{' || c == '[') {
        open(c);
      } else if (c == '}' || c == ']') {
        --depth_;
        new_line();
        out_ += c;
      } else {
        out_ += c;
        if (c == ':') out_ += ' ';
        if (c == ',') new_line();
      }
    }
    return std::move(out_);
  }

 private:
  char take() {
    const char c = rest_.front();
    rest_.remove_prefix(1);
    return c;
  }

  void new_line() { out_ += "\n" + std::string(2 * std::max<std::ptrdiff_t>(depth_, 0), ' '); }

  // Up to the closing quote; what stands between is passed on as it is.
  void take_string() {
    out_ += '"';
    while (!rest_.empty()) {
      const char c = take();
      out_ += c;
      if (c == '\\' && !rest_.empty()) out_ += take();
      if (c == '"') return;
    }
  }

  // An empty object or array stays on its line.
  void open(char bracket) {
    out_ += bracket;
    if (rest_.starts_with('}') || rest_.starts_with(']')) {
      out_ += take();
    } else {
      ++depth_;
      new_line();
    }
  }

  std::string_view rest_;
  std::ptrdiff_t depth_ = 0;
  std::string out_;
};

std::string facts_table(const Inject& inject) {
  std::string out = "| field | value |\n| --- | --- |\n";
  for (const exercise::Fact& fact : inject.facts) {
    out +=
        fmt::format("| {} | {} |\n", markdown_cell_code(fact.path), markdown_cell_code(fact.value));
  }
  return out;
}

std::string whole_records(const Inject& inject) {
  const std::size_t shown = std::min(inject.records.size(), kMostRecords);
  std::string out = fmt::format("<details><summary>{}</summary>\n\n",
                                shown == 1 ? "The whole record" : "The first two records, whole");
  for (std::size_t i = 0; i < shown; ++i) {
    const std::string& text = inject.records[i].text;
    const bool is_json = text.starts_with('{');
    out += text::markdown_block(is_json ? JsonLines().lay_out(text) : text, is_json ? "json" : "") +
           "\n";
  }
  return out + "</details>\n\n";
}

// What is handed out.
std::string handout(const TabletopPage& page, const Inject& inject, Instant start) {
  const TabletopLog* log = find_log(page, inject.log_source);
  const std::string name = markdown_text(log == nullptr ? inject.log_source : log->title);
  std::string out;
  if (inject.records.size() == 1) {
    out = fmt::format("A record of {}:\n\n", name);
  } else {
    out = fmt::format("{} records of {} like this one, the last at {}:\n\n", inject.records.size(),
                      name, clock_of(inject.records.back().time, start));
  }
  if (!inject.facts.empty()) out += facts_table(inject) + "\n";
  return out + whole_records(inject);
}

// What is asked at one inject.
class Questions {
 public:
  void add(const std::vector<std::string>& all) {
    questions_.insert(questions_.end(), all.begin(), all.end());
  }
  // One of them by turns, so that not every inject asks the same.
  void add_turn(const std::vector<std::string>& all, std::size_t turn) {
    if (!all.empty()) questions_.push_back(all[turn % all.size()]);
  }
  std::vector<std::string> take() { return std::move(questions_); }

 private:
  std::vector<std::string> questions_{
      "Which of you sees this, in which log, and how long after it happened?"};
};

// The first inject asks what it is, the others what is new, and each one thing that the tactic is
// about; all of them where there is one inject only.
void ask_of_attack(const exercise::TabletopGuide& guide, const InjectPlace& place, bool is_first,
                   Questions& questions) {
  if (is_first) {
    questions.add(guide.ask.first);
  } else {
    questions.add_turn(guide.ask.next, place.in_part);
  }
  const auto* tactic = guide.find_tactic(tactic_of(*place.part->procedure));
  if (tactic == nullptr) return;
  const bool is_last = place.in_part + 1 == place.part->injects.size();
  if (is_first && is_last) {
    questions.add(tactic->ask);
  } else {
    questions.add_turn(tactic->ask, place.in_part);
  }
}

std::vector<std::string> questions_at(const TabletopPage& page, const Inject& inject,
                                      const InjectPlace& place) {
  const auto& ask = page.guide.ask;
  const bool is_first = place.in_part == 0 || place.part->injects[place.in_part - 1].is_setup;
  Questions questions;
  switch (place.part->kind) {
    case Part::Kind::kLookalike: questions.add(ask.lookalike); break;
    case Part::Kind::kOtherWay:
      if (inject.is_setup) break;
      if (is_first) {
        questions.add(ask.other_way);
      } else {
        questions.add_turn(ask.next, place.in_part);
      }
      break;
    case Part::Kind::kAttack:
      if (!inject.is_setup) ask_of_attack(page.guide, place, is_first, questions);
      break;
  }
  return questions.take();
}

// What the rules that fire look at: where the table should have looked.
std::string tested_line(const Inject& inject) {
  std::vector<std::string> paths;
  for (const exercise::Fact& fact : inject.facts) {
    const std::string path = markdown_code(fact.path);
    if (fact.is_tested && std::ranges::find(paths, path) == paths.end()) paths.push_back(path);
  }
  return paths.empty() ? "" : fmt::format("- They look at {}.\n", fmt::join(paths, ", "));
}

std::string alert_lines(const TabletopPage& page, const Inject& inject) {
  std::string out;
  for (const std::uint32_t rule : inject.alerts) {
    out += fmt::format("- Fires: {}{}\n", rule_markdown(page, rule),
                       counts_on(page, rule) ? "" : ", which is mapped elsewhere");
  }
  for (const std::uint32_t rule : inject.missed) {
    out += fmt::format("- **Would fire if the log arrived:** {}\n", rule_markdown(page, rule));
  }
  if (out.empty()) return "- No rule of yours fires here for the first time.\n";
  return out + tested_line(inject);
}

std::string facilitator(const TabletopPage& page, const Inject& inject, const Part& part) {
  std::string out = "<details><summary>For the facilitator</summary>\n\n";
  if (part.kind == Part::Kind::kLookalike) {
    out += fmt::format("- This is ordinary work: {}.\n", markdown_text(part.scenario->name));
  }
  if (inject.is_setup) out += "- This only opens the session; it is no attack by itself.\n";
  if (const TabletopLog* log = find_log(page, inject.log_source)) {
    out +=
        fmt::format("- {}{} ({}): {}.\n", log->is_on ? "" : "**Nobody sees this here.** ",
                    markdown_text(log->title), markdown_code(log->id), markdown_text(log->state));
  }
  return out + alert_lines(page, inject) + "\n</details>\n\n";
}

}  // namespace

std::string tactic_of(const exercise::Procedure& procedure) {
  const std::string& id = procedure.facts.id;
  const std::size_t dot = id.find('.') + 1;
  return id.substr(dot, id.find('.', dot) - dot);
}

const TabletopLog* find_log(const TabletopPage& page, std::string_view id) {
  const auto found = std::ranges::find(page.logs, id, &TabletopLog::id);
  return found == page.logs.end() ? nullptr : &*found;
}

bool counts_on(const TabletopPage& page, std::uint32_t rule) {
  return exercise::counts_for(page.rules.claims[rule].techniques, page.technique.id.value);
}

std::string rule_markdown(const TabletopPage& page, std::uint32_t rule) {
  const exercise::RuleClaim& claim = page.rules.claims[rule];
  const auto& level = page.rules.plan.rules()[rule].level;
  return fmt::format(
      "**{}** ({}; {})", markdown_text(claim.title), level ? sigma::to_string(*level) : "no level",
      claim.techniques.empty() ? "no technique"
                               : fmt::format("{}", fmt::join(claim.techniques, ", ")));
}

std::string inject_markdown(const TabletopPage& page, const Inject& inject,
                            const InjectPlace& place) {
  const Instant time = inject.records.front().time;
  std::string out = fmt::format("### Inject {}: {} at {}, {} after the first\n\n", place.number,
                                inject.event.empty() ? "a line" : markdown_code(inject.event),
                                clock_of(time, place.start), after(time, place.start));
  if (place.number == 1) {
    out = fmt::format("### Inject 1: {} at {}\n\n",
                      inject.event.empty() ? "a line" : markdown_code(inject.event),
                      clock_of(time, place.start));
  }
  out += handout(page, inject, place.start) + "**Ask**\n\n";
  for (const std::string& question : questions_at(page, inject, place)) {
    out += "- " + markdown_text(question) + "\n";
  }
  return out + "\n" + facilitator(page, inject, *place.part);
}

}  // namespace nepho::report
