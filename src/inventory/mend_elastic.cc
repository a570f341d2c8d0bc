// A threat is a tactic and the techniques in it, sub-techniques below their parents. Bringing ids
// to another version may move a sub-technique to another parent, or a technique to another tactic,
// so what is wanted is worked out first, as a list of threats of the same form, and then compared
// with what stands there: of the same shape, values change in place; of another, tables do.
#include "inventory/mend_elastic.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/printable.h"
#include "inventory/mend.h"

namespace nepho::inventory {
namespace {

using attack::Catalogue;
using attack::TacticId;
using attack::Technique;
using attack::TechniqueId;
using text::YamlNode;

constexpr std::string_view kSite = "https://attack.mitre.org/";

std::string reference_of(std::string_view id, std::string_view kind) {
  std::string path(id);
  std::ranges::replace(path, '.', '/');
  return fmt::format("{}{}/{}/", kSite, kind, path);
}

std::string technique_reference(std::string_view id) { return reference_of(id, "techniques"); }
std::string tactic_reference(std::string_view id) { return reference_of(id, "tactics"); }

// A table with id, name and reference, and what its id is today (as written where it is nothing).
struct Named {
  const YamlNode* table = nullptr;
  const Mapping* mapping = nullptr;

  std::string now() const { return mapping->current.empty() ? mapping->written : mapping->current; }
};

struct WrittenTechnique {
  Named named;
  std::vector<Named> subs;
};

struct WrittenThreat {
  const YamlNode* node = nullptr;
  std::optional<Named> tactic;
  std::vector<WrittenTechnique> techniques;
  bool has_other_keys = false;
};

struct WantedTechnique {
  std::string id;
  std::vector<std::string> subs;
};

struct WantedThreat {
  std::string tactic;
  std::vector<WantedTechnique> techniques;
};

bool has_only(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  return std::ranges::all_of(node.members, [&](const auto& member) {
    return std::ranges::count(keys, member.first.text) != 0;
  });
}

// Reads the threats again, in the order in which read_elastic() made claims of them.
class ThreatReader {
 public:
  explicit ThreatReader(const ForeignRule& rule) : rule_(rule) {}

  std::optional<WrittenThreat> read(const YamlNode& node) {
    if (node.text_at("framework") != "MITRE ATT&CK") return std::nullopt;
    WrittenThreat threat{.node = &node};
    threat.has_other_keys = !has_only(node, {"framework", "tactic", "technique"});
    if (const YamlNode* tactic = node.find("tactic")) threat.tactic = next(*tactic, threat);
    const YamlNode* techniques = node.find("technique");
    if (techniques == nullptr) return threat;
    for (const YamlNode& table : techniques->items) {
      const auto named = next(table, threat);
      if (named) threat.techniques.push_back({*named, {}});
      const YamlNode* subs = table.find("subtechnique");
      if (subs == nullptr) continue;
      for (const YamlNode& sub : subs->items) {
        const auto below = next(sub, threat);
        if (below && named) threat.techniques.back().subs.push_back(*below);
      }
    }
    return threat;
  }

 private:
  std::optional<Named> next(const YamlNode& table, WrittenThreat& threat) {
    if (!has_only(table, {"id", "name", "reference", "subtechnique"})) threat.has_other_keys = true;
    const YamlNode* id = table.find("id");
    if (id == nullptr || next_ >= rule_.claims.size() || rule_.claims[next_].line != id->line ||
        rule_.claims[next_].column != id->column)
      return std::nullopt;
    return Named{&table, &rule_.detection.mappings[next_++]};
  }

  const ForeignRule& rule_;
  std::size_t next_ = 0;
};

// What the threat should say: techniques by their parents of today, each in a tactic that it has.
class Wish {
 public:
  explicit Wish(const Catalogue& catalogue) : catalogue_(catalogue) {}

  std::vector<WantedThreat> of(const WrittenThreat& written) {
    const std::string tactic = written.tactic ? written.tactic->now() : std::string();
    for (const WrittenTechnique& technique : written.techniques) {
      if (technique.subs.empty()) put(technique.named.now(), tactic);
      for (const Named& sub : technique.subs) put(sub.now(), tactic);
    }
    // The threat itself stays with its tactic, if any technique does.
    std::ranges::stable_partition(
        threats_, [&](const WantedThreat& threat) { return threat.tactic == tactic; });
    return std::move(threats_);
  }

 private:
  void put(const std::string& id, const std::string& tactic) {
    const std::string parent = id.substr(0, id.find('.'));
    WantedTechnique& technique = find(parent, tactic_for(id, tactic));
    if (parent != id && std::ranges::count(technique.subs, id) == 0) technique.subs.push_back(id);
  }

  // The tactic, or the other half of the one that version 19 split, if only that one fits.
  std::string tactic_for(const std::string& id, const std::string& tactic) const {
    constexpr auto kHalves = std::to_array<std::string_view>({"TA0005", "TA0112"});
    const Technique* technique = catalogue_.find(TechniqueId{id});
    const auto has = [&](std::string_view one) {
      return std::ranges::count(technique->tactics, TacticId{std::string(one)}) != 0;
    };
    if (technique == nullptr || std::ranges::count(kHalves, tactic) == 0 || has(tactic))
      return tactic;
    const auto half = std::ranges::find_if(kHalves, has);
    return half == kHalves.end() ? tactic : std::string(*half);
  }

  WantedTechnique& find(const std::string& parent, const std::string& tactic) {
    auto threat = std::ranges::find(threats_, tactic, &WantedThreat::tactic);
    if (threat == threats_.end()) threat = threats_.insert(threat, {tactic, {}});
    auto technique = std::ranges::find(threat->techniques, parent, &WantedTechnique::id);
    if (technique == threat->techniques.end())
      technique = threat->techniques.insert(technique, {parent, {}});
    return *technique;
  }

  const Catalogue& catalogue_;
  std::vector<WantedThreat> threats_;
};

bool is_same_shape(const WrittenThreat& written, const std::vector<WantedThreat>& wanted) {
  if (wanted.empty()) return written.techniques.empty();
  return wanted.size() == 1 &&
         std::ranges::equal(written.techniques, wanted[0].techniques,
                            [](const WrittenTechnique& is, const WantedTechnique& will_be) {
                              return is.subs.size() == will_be.subs.size();
                            });
}

class ThreatMender {
 public:
  ThreatMender(const std::string& file, const text::LineOffsets& lines, const Catalogue& catalogue,
               attack::Migrated& mended)
      : file_(file), lines_(lines), catalogue_(catalogue), mended_(mended) {}

  void mend(const WrittenThreat& written) {
    const std::vector<WantedThreat> wanted = Wish(catalogue_).of(written);
    if (!is_same_shape(written, wanted)) return rewrite(written, wanted);
    if (written.tactic)
      set_tactic(*written.tactic, wanted.empty() ? written.tactic->now() : wanted[0].tactic);
    if (wanted.empty()) return;
    for (std::size_t i = 0; i < written.techniques.size(); ++i) {
      const WrittenTechnique& technique = written.techniques[i];
      set_technique(technique.named, wanted[0].techniques[i].id);
      for (std::size_t j = 0; j < technique.subs.size(); ++j)
        set_technique(technique.subs[j], wanted[0].techniques[i].subs[j]);
    }
  }

 private:
  void set_technique(const Named& named, const std::string& id) {
    const Technique* technique = catalogue_.find(TechniqueId{id});
    const bool changes = id != named.now() || !named.mapping->wanted.empty();
    const std::string name =
        changes && technique != nullptr ? technique->name : named.mapping->wanted_name;
    set(named, changes ? id : std::string(), name,
        {technique_reference(named.mapping->written), technique_reference(id)});
  }

  void set_tactic(const Named& named, const std::string& id) {
    const attack::Tactic* tactic = catalogue_.find(TacticId{id});
    const bool changes = tactic != nullptr && id != named.mapping->written;
    set(named, changes ? id : std::string(), changes ? tactic->name : named.mapping->wanted_name,
        {tactic_reference(named.mapping->written), tactic_reference(id)});
  }

  // Empty: stays. The reference follows the id if it is the usual one.
  void set(const Named& named, const std::string& id, const std::string& name,
           const std::pair<std::string, std::string>& reference) {
    if (!id.empty()) replace(*named.table, "id", id);
    if (!name.empty() && named.table->find("name") != nullptr) replace(*named.table, "name", name);
    if (!id.empty() && named.table->text_at("reference") == reference.first)
      replace(*named.table, "reference", reference.second);
  }

  void replace(const YamlNode& table, std::string_view key, const std::string& text) {
    const YamlNode& node = *table.find(key);
    if (node.text == text) return;
    const auto span = lines_.find_scalar(node.line, node.column, node.text);
    // A name with a quote in it would need escapes of whatever quotes stand there.
    if (!span || text.find_first_of("\"'\\") != std::string::npos)
      return warn("cannot be mended where it stands: " + escape_for_log(node.text), node);
    mended_.edits.push_back({span->begin, span->end - span->begin, text});
    mended_.changes.push_back({node.line, node.text, text});
  }

  void warn(std::string message, const YamlNode& node) {
    mended_.report.add_warning(Error(kNotMended, std::move(message), node.place(file_),
                                     "mend it by hand: the techniques go under other tables"));
  }

  std::string_view line_at(std::size_t line) const {
    const std::size_t begin = lines_.line_begin(line);
    std::string_view text = lines_.text().substr(begin, lines_.line_begin(line + 1) - begin);
    while (text.ends_with('\n') || text.ends_with('\r')) text.remove_suffix(1);
    return text;
  }

  // The lines [first, end) of the threat's tables, blank lines behind it left out; nothing where
  // they are not written as tables, or hold more than we would write again.
  std::optional<std::pair<std::size_t, std::size_t>> lines_of(const WrittenThreat& written) const {
    const std::size_t num_lines = lines_.line_of(lines_.text().size());
    std::size_t first = written.node->line;
    while (first > 1 && line_at(first) != "[[rule.threat]]") --first;
    if (line_at(first) != "[[rule.threat]]") return std::nullopt;
    std::size_t end = first + 1;
    std::size_t last = first;
    for (; end <= num_lines; ++end) {
      const std::string_view line = line_at(end);
      const bool is_header = line.starts_with('[');
      if (is_header && !line.starts_with("[rule.threat.") && !line.starts_with("[[rule.threat."))
        break;
      if (line.find('#') != std::string_view::npos || line.starts_with(' ') ||
          line.find("'''") != std::string_view::npos ||
          line.find("\"\"\"") != std::string_view::npos)
        return std::nullopt;
      if (!line.empty()) last = end;
    }
    return std::pair(first, last + 1);
  }

  void rewrite(const WrittenThreat& written, const std::vector<WantedThreat>& wanted) {
    const auto range = lines_of(written);
    const bool is_known = std::ranges::all_of(wanted, [&](const WantedThreat& threat) {
      return catalogue_.find(TacticId{threat.tactic}) != nullptr;
    });
    if (!range || written.has_other_keys || !is_known)
      return warn("the techniques of this threat belong under other tables now", *written.node);
    const std::size_t begin = lines_.line_begin(range->first);
    const std::size_t end = lines_.line_begin(range->second);
    const std::string_view before = lines_.text().substr(begin, end - begin);
    const std::string_view line_end = before.find("\r\n") != std::string_view::npos ? "\r\n" : "\n";
    std::string text;
    for (const WantedThreat& threat : wanted) {
      if (!text.empty()) text += line_end;
      append(threat,
             before.find(fmt::format("{0}{0}[[rule.threat.technique]]", line_end)) !=
                 std::string_view::npos,
             line_end, text);
    }
    if (!before.ends_with('\n') && text.ends_with(line_end))
      text = std::string(std::string_view(text).substr(0, text.rfind(line_end)));
    exchange(begin, before, text);
    mended_.changes.push_back({range->first, "threat", fmt::format("{} threats", wanted.size())});
  }

  void append(const WantedThreat& threat, bool is_spaced, std::string_view line_end,
              std::string& out) const {
    const auto line = [&](std::string_view text) { out.append(text).append(line_end); };
    const auto table = [&](std::string_view header, const std::string& id, const std::string& name,
                           const std::string& reference) {
      line(header);
      line(fmt::format("id = \"{}\"", id));
      line(fmt::format("name = \"{}\"", name));
      line(fmt::format("reference = \"{}\"", reference));
      if (is_spaced && header.starts_with("[[")) line("");
    };
    const auto name_of = [&](const std::string& id) {
      const Technique* technique = catalogue_.find(TechniqueId{id});
      return technique == nullptr ? id : technique->name;
    };
    line("[[rule.threat]]");
    line("framework = \"MITRE ATT&CK\"");
    if (is_spaced) line("");
    for (const WantedTechnique& technique : threat.techniques) {
      table("[[rule.threat.technique]]", technique.id, name_of(technique.id),
            technique_reference(technique.id));
      for (const std::string& sub : technique.subs)
        table("[[rule.threat.technique.subtechnique]]", sub, name_of(sub),
              technique_reference(sub));
    }
    const attack::Tactic* tactic = catalogue_.find(TacticId{threat.tactic});
    if (tactic != nullptr)
      table("[rule.threat.tactic]", tactic->id.value, tactic->name,
            tactic_reference(tactic->id.value));
  }

  // One edit, without the lines that both begin and end with.
  void exchange(std::size_t offset, std::string_view before, std::string_view after) {
    const auto mismatch = std::ranges::mismatch(before, after);
    std::size_t same = static_cast<std::size_t>(mismatch.in1 - before.begin());
    while (same > 0 && before[same - 1] != '\n') --same;
    before.remove_prefix(same);
    after.remove_prefix(same);
    std::size_t tail = 0;
    while (tail < std::min(before.size(), after.size()) &&
           before[before.size() - 1 - tail] == after[after.size() - 1 - tail])
      ++tail;
    while (tail > 0 && (tail == before.size() || before[before.size() - 1 - tail] != '\n')) --tail;
    mended_.edits.push_back(
        {offset + same, before.size() - tail, std::string(after.substr(0, after.size() - tail))});
  }

  const std::string& file_;
  const text::LineOffsets& lines_;
  const Catalogue& catalogue_;
  attack::Migrated& mended_;
};

bool wants_anything(const Mapping& mapping) {
  return !mapping.wanted.empty() || !mapping.wanted_name.empty();
}

bool wants_anything(const ForeignRule& rule) {
  return std::ranges::any_of(rule.detection.mappings,
                             [](const Mapping& mapping) { return wants_anything(mapping); });
}

bool wants_anything(const WrittenThreat& threat) {
  const auto wants = [](const Named& named) { return wants_anything(*named.mapping); };
  return (threat.tactic && wants(*threat.tactic)) ||
         std::ranges::any_of(threat.techniques, [&](const WrittenTechnique& technique) {
           return wants(technique.named) || std::ranges::any_of(technique.subs, wants);
         });
}

}  // namespace

void mend_elastic(const RuleFile& file, std::span<const ForeignRule> rules,
                  const text::LineOffsets& lines, const Catalogue& catalogue,
                  attack::Migrated& mended) {
  std::size_t next = 0;
  for (const YamlNode& tree : file.trees) {
    const YamlNode* table = tree.find("rule");
    const YamlNode& rule = table != nullptr && table->is_mapping() ? *table : tree;
    if (&rule == &tree && tree.find("rule_id") == nullptr) continue;
    if (next >= rules.size()) return;
    const ForeignRule& read = rules[next++];
    const YamlNode* threats = rule.find("threat");
    if (threats == nullptr || !wants_anything(read)) continue;
    ThreatReader reader(read);
    ThreatMender mender(file.path, lines, catalogue, mended);
    for (const YamlNode& node : threats->items)
      if (const auto threat = reader.read(node); threat && wants_anything(*threat))
        mender.mend(*threat);
  }
}

}  // namespace nepho::inventory
