// The document's order is that of the hour: what it is, how to lead it, the situation, the injects,
// what good looks like, what is kept of it.
#include "report/tabletop.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "report/tabletop_inject.h"
#include "text/markdown.h"
#include "text/timestamp.h"

namespace nepho::report {
namespace {

using exercise::Inject;
using exercise::Part;
using exercise::Procedure;
using text::markdown_code;
using text::markdown_text;

// Minutes of the hour for the beginning and the end; what is left is shared by the injects.
constexpr std::size_t kMinutes = 60;
constexpr std::size_t kOpening = 10;
constexpr std::size_t kDebrief = 15;
constexpr std::size_t kLeastAnInject = 3;

const Procedure& procedure_of(const TabletopPage& page) { return *page.told.parts[0].procedure; }

// The intruder at work: where a rule of the technique fires first, for a procedure may begin with
// what is usual; else the first that is more than the opening of a session.
const Inject& telling_inject(const TabletopPage& page) {
  const auto& injects = page.told.parts[0].injects;
  const auto alerted = std::ranges::find_if(injects, [&](const Inject& inject) {
    return !inject.is_setup && std::ranges::any_of(inject.alerts, [&](std::uint32_t rule) {
      return counts_on(page, rule);
    });
  });
  if (alerted != injects.end()) return *alerted;
  const auto found = std::ranges::find(injects, false, &Inject::is_setup);
  return found == injects.end() ? injects.front() : *found;
}

std::string_view weekday_of(Instant time) {
  constexpr std::string_view kNames[] = {"Sunday",   "Monday", "Tuesday", "Wednesday",
                                         "Thursday", "Friday", "Saturday"};
  return kNames[std::chrono::weekday(std::chrono::floor<std::chrono::days>(time)).c_encoding()];
}

std::string users_line(const TabletopPage& page) {
  const attack::Users users = page.catalogue.users_of(page.technique.id);
  if (users.groups.empty() && users.campaigns.empty()) {
    return "no group or campaign that ATT&CK knows of";
  }
  std::vector<std::string> names;
  constexpr std::size_t kMostNamed = 3;
  for (const attack::Group* group : users.groups) {
    if (names.size() < kMostNamed) names.push_back(markdown_text(group->name));
  }
  const auto number = [](std::size_t count, std::string_view what) {
    return count == 0 ? "" : fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
  };
  const std::string groups = number(users.groups.size(), "group");
  const std::string campaigns = number(users.campaigns.size(), "campaign");
  return fmt::format("{}{}{} that ATT&CK knows of{}{}", groups,
                     groups.empty() || campaigns.empty() ? "" : " and ", campaigns,
                     names.empty() ? "" : ", among them ", fmt::join(names, ", "));
}

std::string head(const TabletopPage& page) {
  const Procedure& procedure = procedure_of(page);
  std::vector<std::string> tactics;
  for (const attack::TacticId& id : page.technique.tactics) {
    const attack::Tactic* tactic = page.catalogue.find(id);
    tactics.push_back(markdown_text(tactic == nullptr ? id.value : tactic->name));
  }
  std::string out = fmt::format("# Tabletop: {} ({}) on {}\n\n", markdown_text(page.technique.name),
                                page.technique.id.value, markdown_text(page.provider));
  out +=
      "This is the facilitator's copy. What is folded under *For the facilitator* is not for "
      "the table.\n\n| | |\n| --- | --- |\n";
  out += fmt::format("| Procedure | {} ({}) |\n", markdown_text(procedure.facts.name),
                     markdown_code(procedure.facts.id));
  out += fmt::format("| Technique | {} {}; {}; ATT&CK {} |\n", page.technique.id.value,
                     markdown_text(page.technique.name), fmt::join(tactics, ", "),
                     markdown_text(page.catalogue.version()));
  out += fmt::format("| Used by | {} |\n", users_line(page));
  out += fmt::format(
      "| Records | made by a program with seed {}; nothing was done to any cloud |\n", page.seed);
  return out + "\n";
}

std::size_t num_injects(const TabletopPage& page) {
  std::size_t count = 0;
  for (const Part& part : page.told.parts) count += part.injects.size();
  return count;
}

std::string how_to(const TabletopPage& page) {
  const std::size_t count = num_injects(page);
  const std::size_t each =
      std::max(kLeastAnInject, (kMinutes - kOpening - kDebrief) / std::max<std::size_t>(count, 1));
  std::string out = "## How to lead it\n\n| minutes | what |\n| ---: | --- |\n";
  out += fmt::format("| {} | Say who plays which part, and read the situation aloud |\n", kOpening);
  out += fmt::format(
      "| {} | {} injects, some {} minutes each: hand out the table, ask, then open "
      "your own notes |\n",
      each * count, count, each);
  out += fmt::format("| {} | What good looks like, the debrief, and who does what until when |\n\n",
                     kDebrief);
  return out +
         "Parts to give out: whoever watches alerts, whoever may change things in the cloud, "
         "the owner of what is attacked, whoever decides and tells others, and a note-taker. "
         "Nobody looks anything up in the real systems unless you say so. Let silence stand: "
         "\"we would not see this\" is a result.\n\n";
}

// Names nobody and nothing that the table is to find out.
std::string read_aloud(const TabletopPage& page) {
  const Instant start = page.told.parts[0].injects[0].records[0].time;
  const std::string time = text::to_rfc3339(start);
  const std::string& account = telling_inject(page).account;
  return fmt::format(
      "**Read aloud.** It is {}, {}, {} UTC. You look after {}{}{}. Nothing has been reported. "
      "Then the records of the first inject come in.\n\n",
      weekday_of(start), time.substr(0, 10), time.substr(11, 5), markdown_text(page.provider),
      page.organisation.empty() ? "" : " of " + markdown_text(page.organisation),
      account.empty() ? "" : ", here in " + markdown_code(account));
}

std::string intruder_line(const TabletopPage& page) {
  const Procedure& procedure = procedure_of(page);
  const Inject& inject = telling_inject(page);
  const auto* caller = page.guide.find_caller(procedure.facts.provider, procedure.attack.as);
  std::string line = "- The intruder is ";
  line += markdown_text(caller == nullptr ? "a caller of the kind " + procedure.attack.as
                                          : caller->who);
  if (!inject.actor.empty()) line += ": " + markdown_code(inject.actor);
  if (!inject.address.empty()) line += ", from " + markdown_code(inject.address);
  return line + ".\n";
}

std::string situation(const TabletopPage& page) {
  const Procedure& procedure = procedure_of(page);
  std::string out = "## Situation\n\n" + read_aloud(page) +
                    "<details><summary>For the facilitator</summary>\n\n" + intruder_line(page);
  if (const auto* tactic = page.guide.find_tactic(tactic_of(procedure))) {
    out += fmt::format("- They want {}.\n", markdown_text(tactic->wants));
  }
  out += fmt::format("- What they do: {}.\n", markdown_text(procedure.facts.name));
  if (!procedure.description.empty()) {
    out += fmt::format("- {}\n", markdown_text(procedure.description));
  }
  return out + "\n</details>\n\n";
}

std::string logs_section(const TabletopPage& page) {
  std::string out = "## Logs\n\n| log | here |\n| --- | --- |\n";
  for (const TabletopLog& log : page.logs) {
    out += fmt::format("| {} ({}) | {}{} |\n", markdown_text(log.title), markdown_code(log.id),
                       log.is_on ? "" : "**off:** ", markdown_text(log.state));
  }
  return out + "\n";
}

std::string part_heading(const Part& part) {
  switch (part.kind) {
    case Part::Kind::kAttack: return "## Injects\n\n";
    case Part::Kind::kLookalike:
      return "## A record of the same kind\n\nDo not say what it is.\n\n";
    case Part::Kind::kOtherWay:
      return "## The intruder comes again\n\nTell the table that what they did worked, and that "
             "the same end is now reached by another way.\n\n";
  }
  return {};
}

std::string injects_section(const TabletopPage& page) {
  std::string out;
  std::size_t number = 1;
  const Instant start = page.told.parts[0].injects[0].records[0].time;
  for (const Part& part : page.told.parts) {
    out += part_heading(part);
    for (std::size_t i = 0; i < part.injects.size(); ++i) {
      out += inject_markdown(page, part.injects[i],
                             {.number = number++, .in_part = i, .part = &part, .start = start});
    }
    if (part.kind == Part::Kind::kOtherWay) {
      out += fmt::format(
          "<details><summary>What the other way was</summary>\n\n{} ({}).\n\n"
          "</details>\n\n",
          markdown_text(part.procedure->facts.name), markdown_code(part.procedure->facts.id));
    }
  }
  return out;
}

// Which rules fire at which inject, those mapped to the technique first; and what does not.
std::string rules_section(const TabletopPage& page) {
  struct Row {
    std::uint32_t rule;
    std::size_t inject;
    bool is_missed;
    Part::Kind kind;
  };
  std::vector<Row> rows;
  std::size_t number = 0;
  for (const Part& part : page.told.parts) {
    for (const Inject& inject : part.injects) {
      ++number;
      for (const auto rule : inject.alerts) rows.push_back({rule, number, false, part.kind});
      for (const auto rule : inject.missed) rows.push_back({rule, number, true, part.kind});
    }
  }
  std::ranges::stable_sort(rows, {}, [&](const Row& row) { return !counts_on(page, row.rule); });
  std::string out = "### Alerts\n\n";
  const auto& evidence = page.told.judgement.evidence;
  if (evidence.outcome != evidence::Outcome::kAlerted) {
    out += fmt::format(
        "**No rule mapped to {} fires on the attack.** {}. That is the first result "
        "of the exercise.\n\n",
        page.technique.id.value, markdown_text(evidence.reason));
  }
  if (rows.empty()) return out;
  out += "| rule | at inject | what it is |\n| --- | ---: | --- |\n";
  for (const Row& row : rows) {
    const std::string_view what = row.is_missed ? "would fire, and its log is off"
                                  : row.kind == Part::Kind::kLookalike
                                      ? "**fires on what is ordinary**"
                                  : row.kind == Part::Kind::kOtherWay ? "on the other way"
                                  : counts_on(page, row.rule)         ? "should be seen"
                                                              : "fires too, mapped elsewhere";
    out += fmt::format("| {} | {} | {} |\n", rule_markdown(page, row.rule), row.inject, what);
  }
  return out + "\n";
}

std::string checklist(std::string_view title, const std::vector<std::string>& steps) {
  if (steps.empty()) return {};
  std::string out = fmt::format("### {}\n\n", title);
  for (const std::string& step : steps) out += "- [ ] " + markdown_text(step) + "\n";
  return out + "\n";
}

std::string good_section(const TabletopPage& page) {
  const Procedure& procedure = procedure_of(page);
  std::string out = "## What good looks like\n\n" + rules_section(page);
  if (const auto* caller = page.guide.find_caller(procedure.facts.provider, procedure.attack.as)) {
    out += checklist("Stop the caller", caller->contain);
  }
  if (const auto* tactic = page.guide.find_tactic(tactic_of(procedure))) {
    out += checklist("Stop what was done", tactic->steps_on(procedure.facts.provider));
    out += checklist("Afterwards", tactic->afterwards);
  }
  return out;
}

std::string end_section(const TabletopPage& page) {
  std::string out = "## Debrief\n\n";
  for (const std::string& question : page.guide.debrief)
    out += "- " + markdown_text(question) + "\n";
  out +=
      "\nKeep what came of it. Talk proves nothing, so that it changes no state; `nepho explain` "
      "shows it beside what was played:\n\n" +
      text::markdown_block(page.record_command, "sh");
  if (page.not_told.empty()) return out;
  out += "\nFurther ways of the technique, for another hour (`--procedure ID`):\n\n";
  for (const Procedure* procedure : page.not_told) {
    out += fmt::format("- {} {}\n", markdown_code(procedure->facts.id),
                       markdown_text(procedure->facts.name));
  }
  return out;
}

}  // namespace

std::string tabletop_markdown(const TabletopPage& page) {
  return head(page) + how_to(page) + situation(page) + logs_section(page) + injects_section(page) +
         good_section(page) + end_section(page);
}

}  // namespace nepho::report
