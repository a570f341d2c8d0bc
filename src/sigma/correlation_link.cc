// Correlations are settled in the order in which they build on each other: whenever one has become
// known to be runnable or not, those that wait for it are counted down (Kahn's algorithm). What is
// never reached stands in a loop or behind one.
#include "sigma/correlation_link.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "base/printable.h"
#include "sigma/digest.h"
#include "sigma/errors.h"
#include "text/nearest.h"

namespace nepho::sigma {
namespace {

bool can_be_referred_to(const Document& document) {
  return document.kind == DocumentKind::kRule || document.kind == DocumentKind::kCorrelation;
}

class Linker {
 public:
  explicit Linker(std::vector<Document>& documents) : documents_(documents) {
    for (std::size_t i = 0; i < documents.size(); ++i) {
      Rule& rule = documents[i].rule;
      rule.number = i;
      if (!can_be_referred_to(documents[i])) continue;
      by_id_[rule.id.value].push_back(i);
      if (!rule.name.empty()) by_name_[rule.name].push_back(i);
      if (!rule.title.empty()) by_title_[rule.title].push_back(i);
    }
  }

  void link() {
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      if (documents_[i].rule.correlation) resolve(i);
    }
    settle_all();
    mark_silent_rules();
  }

 private:
  using Index = std::map<std::string, std::vector<std::size_t>, std::less<>>;

  void add(std::size_t document, Severity severity, ErrorCode code, std::string message,
           const RuleReference& at, std::string hint = {}) {
    const Place place{
        .file = documents_[document].rule.place.file, .line = at.line, .column = at.column};
    documents_[document].problems.push_back(
        {severity, Error(code, std::move(message), place, std::move(hint)), {}});
    if (severity == Severity::kError) broken_.insert(document);
  }

  void resolve(std::size_t document) {
    Correlation& correlation = *documents_[document].rule.correlation;
    std::set<std::size_t> seen;
    for (RuleReference& reference : correlation.rules) {
      reference.target = find(document, reference);
      if (reference.target && !seen.insert(*reference.target).second)
        add(document, Severity::kError, kAmbiguousRule,
            fmt::format("'{}' is a rule that is listed already under another name",
                        escape_for_log(reference.text)),
            reference, "leave one of them out");
    }
    for (CorrelationAlias& alias : correlation.aliases) resolve_alias(document, alias);
  }

  // The place of a reference is its own in `rules`; an alias names rules once more.
  void resolve_alias(std::size_t document, CorrelationAlias& alias) {
    const Correlation& correlation = *documents_[document].rule.correlation;
    for (auto& [reference, field] : alias.fields) {
      const auto same = std::ranges::find(correlation.rules, reference.text, &RuleReference::text);
      reference.target = same != correlation.rules.end() ? same->target : find(document, reference);
      const bool is_listed =
          std::ranges::count(correlation.rules, reference.target, &RuleReference::target) != 0;
      if (reference.target && !is_listed)
        add(document, Severity::kError, kUnknownRule,
            fmt::format("the alias '{}' is of a rule that the correlation does not list: '{}'",
                        escape_for_log(alias.name), escape_for_log(reference.text)),
            reference, did_you_mean(reference.text, correlation));
    }
    warn_of_alias(document, alias);
  }

  void warn_of_alias(std::size_t document, const CorrelationAlias& alias) {
    const Correlation& correlation = *documents_[document].rule.correlation;
    if (alias.fields.empty()) return;
    const RuleReference& place = alias.fields.front().first;
    if (std::ranges::count(correlation.group_by, alias.name) == 0 &&
        std::ranges::count(correlation.fields, alias.name) == 0)
      add(document, Severity::kWarning, kUnusedAlias,
          fmt::format("no group-by and no field uses the alias '{}'", escape_for_log(alias.name)),
          place);
    for (const RuleReference& rule : correlation.rules) {
      if (!rule.target || alias.field_of(*rule.target) != nullptr) continue;
      add(document, Severity::kWarning, kPartialAlias,
          fmt::format("the alias '{}' names no field for '{}'", escape_for_log(alias.name),
                      escape_for_log(rule.text)),
          place, fmt::format("there it is the field '{}' itself", escape_for_log(alias.name)));
    }
  }

  static std::string did_you_mean(std::string_view word, const Correlation& correlation) {
    std::vector<std::string_view> names;
    for (const RuleReference& rule : correlation.rules) names.push_back(rule.text);
    return text::did_you_mean(word, names);
  }

  std::optional<std::size_t> find(std::size_t document, const RuleReference& reference) {
    if (const auto found = by_id_.find(reference.text); found != by_id_.end())
      return found->second.front();  // ids that repeat have their warning
    for (const Index* index : {&by_name_, &by_title_}) {
      const auto found = index->find(reference.text);
      if (found == index->end()) continue;
      return one_of(document, reference, found->second);
    }
    add(document, Severity::kError, kUnknownRule,
        fmt::format("no rule that was loaded has the id or name '{}'",
                    escape_for_log(reference.text)),
        reference, nearest(reference.text));
    return std::nullopt;
  }

  std::optional<std::size_t> one_of(std::size_t document, const RuleReference& reference,
                                    const std::vector<std::size_t>& candidates) {
    std::vector<std::size_t> near;
    for (const std::size_t candidate : candidates) {
      if (documents_[candidate].rule.place.file == documents_[document].rule.place.file)
        near.push_back(candidate);
    }
    const auto& chosen = near.empty() ? candidates : near;
    if (chosen.size() == 1) return chosen.front();
    add(document, Severity::kError, kAmbiguousRule,
        fmt::format("{} rules have the name '{}', the first two at {} and {}", chosen.size(),
                    escape_for_log(reference.text), to_string(documents_[chosen[0]].rule.place),
                    to_string(documents_[chosen[1]].rule.place)),
        reference, "refer to it by its id");
    return std::nullopt;
  }

  std::string nearest(std::string_view word) const {
    std::vector<std::string_view> names;
    for (const auto& [name, documents] : by_name_) names.push_back(name);
    if (names.size() > kMostCompared) return {};
    return text::did_you_mean(word, names);
  }

  // ---- which can be run ----

  void settle_all() {
    std::vector<std::size_t> ready;
    for (std::size_t i = 0; i < documents_.size(); ++i) {
      const auto& correlation = documents_[i].rule.correlation;
      if (!correlation) continue;
      for (const RuleReference& reference : correlation->rules) {
        if (!reference.target || !documents_[*reference.target].rule.correlation) continue;
        waiting_[*reference.target].push_back(i);
        ++open_[i];
      }
      if (open_[i] == 0) ready.push_back(i);
    }
    while (!ready.empty()) {
      const std::size_t document = ready.back();
      ready.pop_back();
      settle(document);
      for (const std::size_t waits : waiting_[document]) {
        if (--open_[waits] == 0) ready.push_back(waits);
      }
    }
    for (const auto& [document, open] : open_) {
      if (open != 0) report_loop(document);
    }
  }

  void settle(std::size_t number) {
    Document& document = documents_[number];
    Correlation& correlation = *document.rule.correlation;
    for (const RuleReference& reference : correlation.rules) {
      if (!reference.target) continue;
      const Document& target = documents_[*reference.target];
      if (!target.is_runnable) {
        add(number, Severity::kError, kBrokenReference,
            fmt::format("'{}' ({}) cannot be run, and so this correlation neither",
                        escape_for_log(reference.text), to_string(target.rule.place)),
            reference);
        continue;
      }
      correlation.digests.push_back(digest_of(target.rule));
      take_logsources(target.rule, correlation.logsources);
    }
    document.is_runnable = !broken_.contains(number);
  }

  static void take_logsources(const Rule& rule, std::vector<Logsource>& logsources) {
    const auto take = [&](const Logsource& logsource) {
      if (std::ranges::count(logsources, logsource) == 0) logsources.push_back(logsource);
    };
    if (!rule.correlation) return take(rule.logsource);
    for (const Logsource& logsource : rule.correlation->logsources) take(logsource);
  }

  // At the reference that leads on along the loop, or towards it.
  void report_loop(std::size_t document) {
    const Correlation& correlation = *documents_[document].rule.correlation;
    for (const RuleReference& reference : correlation.rules) {
      if (!reference.target) continue;
      const auto open = open_.find(*reference.target);
      if (open == open_.end() || open->second == 0) continue;
      return add(document, Severity::kError, kCorrelationLoop,
                 fmt::format("correlations refer to each other in a loop, through '{}'",
                             escape_for_log(reference.text)),
                 reference, "one of them must refer to rules only");
    }
  }

  void mark_silent_rules() {
    std::set<std::size_t> generated;
    for (const Document& document : documents_) {
      if (!document.is_runnable || !document.rule.correlation) continue;
      for (const RuleReference& reference : document.rule.correlation->rules) {
        Rule& target = documents_[*reference.target].rule;
        target.is_silent = !target.correlation;
        if (document.rule.correlation->generate) generated.insert(*reference.target);
      }
    }
    for (const std::size_t number : generated) documents_[number].rule.is_silent = false;
  }

  // Comparing a misspelt name with more would take seconds for a folder of bad references.
  static constexpr std::size_t kMostCompared = 5'000;

  std::vector<Document>& documents_;
  Index by_id_;
  Index by_name_;
  Index by_title_;
  std::set<std::size_t> broken_;                             // have an error in a reference
  std::map<std::size_t, std::vector<std::size_t>> waiting_;  // by correlation: those above it
  std::map<std::size_t, std::size_t> open_;                  // references not settled yet
};

}  // namespace

void link_correlations(std::vector<Document>& documents) { Linker(documents).link(); }

}  // namespace nepho::sigma
