// One line a fact. A line is fields separated by tabs, the first its kind:
//
//   nephometer-attack 1                       (the first line: the form and its version)
//   version V | domain D | released DATE
//   tactic ID SHORTNAME NAME                  (in the order of the matrix)
//   technique ID NAME STATUS REVOKED_BY TACTICS PLATFORMS VERSION CREATED MODIFIED
//   group ID NAME STATUS REVOKED_BY ALIASES VERSION CREATED MODIFIED TECHNIQUES SOFTWARE
//   campaign ID NAME STATUS ALIASES FIRST_SEEN LAST_SEEN GROUPS TECHNIQUES SOFTWARE
//   software ID NAME STATUS REVOKED_BY malware|tool ALIASES PLATFORMS TECHNIQUES
//   mitigation ID NAME STATUS TECHNIQUES
//   component ID NAME STATUS
//   analytic ID STATUS PLATFORMS
//   reads COMPONENT NAME CHANNEL              (a log source of the analytic above)
//   strategy ID NAME STATUS TECHNIQUES ANALYTICS
//
// Lines that begin with '#' and empty ones are passed over. How a field is written stands in
// facts_line.h.
#include "attack/facts_reader.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "attack/facts_line.h"
#include "base/printable.h"

namespace nepho::attack {
namespace {

class FactsReader {
 public:
  FactsReader(std::string_view text, const std::string& file, Detail detail)
      : text_(text), file_(file), detail_(detail) {}

  Result<Facts> read() {
    std::string_view rest = text_;
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('\n'), rest.size());
      std::string_view line = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (line.ends_with('\r')) line.remove_suffix(1);
      ++line_number_;
      if (line_number_ == 1) {
        if (line != kFactsFormat) return refuse("expected the line 'nephometer-attack', tab, '1'");
      } else if (!line.empty() && line[0] != '#' && is_wanted(line)) {
        LineReader fields(line);
        take(fields);
        if (!fields.fault().empty()) return refuse(fields.fault());
      }
    }
    if (line_number_ == 0) return refuse("the file is empty");
    return std::move(facts_);
  }

 private:
  std::unexpected<Error> refuse(std::string message) const {
    return fail(kBadFacts, std::move(message), Place{.file = file_, .line = line_number_});
  }

  bool is_wanted(std::string_view line) const {
    return detail_ == Detail::kAll || line.starts_with("technique\t") ||
           line.starts_with("tactic\t") || line.starts_with("version\t") ||
           line.starts_with("domain\t") || line.starts_with("released\t");
  }

  void take(LineReader& line) {
    static constexpr std::array<std::pair<std::string_view, void (FactsReader::*)(LineReader&)>, 13>
        kKinds{{{"reads", &FactsReader::reads},
                {"technique", &FactsReader::technique},
                {"analytic", &FactsReader::analytic},
                {"software", &FactsReader::software},
                {"strategy", &FactsReader::strategy},
                {"mitigation", &FactsReader::mitigation},
                {"group", &FactsReader::group},
                {"campaign", &FactsReader::campaign},
                {"component", &FactsReader::component},
                {"tactic", &FactsReader::tactic},
                {"version", &FactsReader::version},
                {"domain", &FactsReader::domain},
                {"released", &FactsReader::released}}};
    for (const auto& [kind, read] : kKinds) {
      if (kind == line.kind()) return (this->*read)(line);
    }
    line.refuse("unknown kind of line: " + escape_for_log(line.kind()));
  }

  void version(LineReader& line) { facts_.version = line.text(); }
  void domain(LineReader& line) { facts_.domain = line.text(); }
  void released(LineReader& line) { facts_.released = line.date(); }

  void tactic(LineReader& line) {
    Tactic tactic;
    tactic.id.value = line.required_id();
    tactic.shortname = line.text();
    tactic.name = line.text();
    facts_.tactics.push_back(std::move(tactic));
  }

  void technique(LineReader& line) {
    Technique technique;
    technique.id = line.technique_id();
    if (technique.id.empty()) line.refuse("an id is missing");
    if (is_subtechnique(technique.id)) technique.parent = parent_of(technique.id);
    technique.name = line.text();
    technique.status = line.status();
    technique.revoked_by = line.technique_id();
    technique.tactics = line.ids<TacticKind>();
    for (const TacticId& id : technique.tactics) {
      const bool known = std::ranges::find(facts_.tactics, id, &Tactic::id) != facts_.tactics.end();
      if (!known) line.refuse("a tactic that is not listed: " + escape_for_log(id.value));
    }
    technique.platforms = line.texts();
    technique.version = line.text();
    technique.created = line.date();
    technique.modified = line.date();
    facts_.techniques.push_back(std::move(technique));
  }

  void group(LineReader& line) {
    Group group;
    group.id.value = line.required_id();
    group.name = line.text();
    group.status = line.status();
    group.revoked_by.value = line.text();
    group.aliases = line.texts();
    group.version = line.text();
    group.created = line.date();
    group.modified = line.date();
    group.techniques = line.technique_ids();
    group.software = line.ids<SoftwareKind>();
    facts_.groups.push_back(std::move(group));
  }

  void campaign(LineReader& line) {
    Campaign campaign;
    campaign.id.value = line.required_id();
    campaign.name = line.text();
    campaign.status = line.status();
    campaign.aliases = line.texts();
    campaign.first_seen = line.date();
    campaign.last_seen = line.date();
    campaign.groups = line.ids<GroupKind>();
    campaign.techniques = line.technique_ids();
    campaign.software = line.ids<SoftwareKind>();
    facts_.campaigns.push_back(std::move(campaign));
  }

  void software(LineReader& line) {
    Software software;
    software.id.value = line.required_id();
    software.name = line.text();
    software.status = line.status();
    software.revoked_by.value = line.text();
    const std::string type = line.text();
    software.is_tool = type == "tool";
    if (type != "tool" && type != "malware") {
      line.refuse("expected malware or tool, came: " + escape_for_log(type));
    }
    software.aliases = line.texts();
    software.platforms = line.texts();
    software.techniques = line.technique_ids();
    facts_.software.push_back(std::move(software));
  }

  void mitigation(LineReader& line) {
    Mitigation mitigation;
    mitigation.id.value = line.required_id();
    mitigation.name = line.text();
    mitigation.status = line.status();
    mitigation.techniques = line.technique_ids();
    facts_.mitigations.push_back(std::move(mitigation));
  }

  void component(LineReader& line) {
    DataComponent component;
    component.id.value = line.required_id();
    component.name = line.text();
    component.status = line.status();
    facts_.data_components.push_back(std::move(component));
  }

  void analytic(LineReader& line) {
    Analytic analytic;
    analytic.id.value = line.required_id();
    analytic.status = line.status();
    analytic.platforms = line.texts();
    facts_.analytics.push_back(std::move(analytic));
  }

  void reads(LineReader& line) {
    LogSourceReference log_source;
    log_source.data_component.value = line.text();
    log_source.name = line.text();
    log_source.channel = line.text();
    if (facts_.analytics.empty()) return line.refuse("a log source before any analytic");
    facts_.analytics.back().log_sources.push_back(std::move(log_source));
  }

  void strategy(LineReader& line) {
    DetectionStrategy strategy;
    strategy.id.value = line.required_id();
    strategy.name = line.text();
    strategy.status = line.status();
    strategy.techniques = line.technique_ids();
    strategy.analytics = line.ids<AnalyticKind>();
    facts_.strategies.push_back(std::move(strategy));
  }

  std::string_view text_;
  const std::string& file_;
  const Detail detail_;
  std::size_t line_number_ = 0;
  Facts facts_;
};

}  // namespace

Result<Facts> parse_facts(std::string_view text, const std::string& file, Detail detail) {
  return FactsReader(text, file, detail).read();
}

}  // namespace nepho::attack
