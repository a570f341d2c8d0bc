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

// Compact JSON laid out over lines. One walk over the characters: what stands between quotes is
// passed on as it is.
std::string json_over_lines(std::string_view json) {
  std::string out;
  std::size_t depth = 0;
  bool in_string = false;
  const auto new_line = [&] { out += "\n" + std::string(2 * depth, ' '); };
  for (std::size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (in_string) {
      out += c;
      if (c == '\\' && i + 1 < json.size()) out += json[++i];
      if (c == '"') in_string = false;
      continue;
    }
    const bool is_empty = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
    switch (c) {
      case '"':
        in_string = true;
        out += c;
        break;
      case ':': out += ": "; break;
      case ',':
        out += c;
        new_line();
        break;
      case '{':
      case '[':
        out += c;
        if (is_empty) {
          out += json[++i];
        } else {
          ++depth;
          new_line();
        }
        break;
      case '}':
      case ']':
        if (depth > 0) --depth;
        new_line();
        out += c;
        break;
      default: out += c;
    }
  }
  return out;
}

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
    out +=
        text::markdown_block(is_json ? json_over_lines(text) : text, is_json ? "json" : "") + "\n";
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

// One of a list by turns, so that not every inject asks the same.
void add_turn(const std::vector<std::string>& all, std::size_t turn,
              std::vector<std::string>& questions) {
  if (!all.empty()) questions.push_back(all[turn % all.size()]);
}

std::vector<std::string> questions_at(const TabletopPage& page, const Inject& inject,
                                      const InjectPlace& place) {
  std::vector<std::string> questions{
      "Which of you sees this, in which log, and how long after it happened?"};
  const auto& ask = page.guide.ask;
  const auto add_all = [&](const std::vector<std::string>& more) {
    questions.insert(questions.end(), more.begin(), more.end());
  };
  if (place.part->kind == Part::Kind::kLookalike) {
    add_all(ask.lookalike);
    return questions;
  }
  if (inject.is_setup) return questions;
  const bool is_first = place.in_part == 0 || place.part->injects[place.in_part - 1].is_setup;
  if (place.part->kind == Part::Kind::kOtherWay) {
    is_first ? add_all(ask.other_way) : add_turn(ask.next, place.in_part, questions);
    return questions;
  }
  if (is_first) {
    add_all(ask.first);
  } else {
    add_turn(ask.next, place.in_part, questions);
  }
  const std::string& id = place.part->procedure->facts.id;
  const std::size_t dot = id.find('.') + 1;
  if (const auto* tactic = page.guide.find_tactic(id.substr(dot, id.find('.', dot) - dot))) {
    const bool is_last = place.in_part + 1 == place.part->injects.size();
    if (is_first && is_last) {
      add_all(tactic->ask);
    } else {
      add_turn(tactic->ask, place.in_part, questions);
    }
  }
  return questions;
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
