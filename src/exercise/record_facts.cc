#include "exercise/record_facts.h"

#include <algorithm>
#include <set>

#include "event/field_path.h"
#include "text/json.h"

namespace nepho::exercise {
namespace {

// A value that is not passed on to a group of people: what is there and says nothing.
bool says_nothing(const text::JsonValue& value) {
  return value.type() == text::JsonType::kNull || value.text().empty();
}

class Facts {
 public:
  explicit Facts(const text::JsonValue& record) : record_(record) {}

  // The first of the paths that leads to something, as the engine takes actor and address.
  void add_first(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      if (add(path)) return;
    }
  }

  // What stands at the path itself; whether there was something.
  bool add(const std::string& path) {
    bool found = false;
    for (const auto& value : event::resolve(record_, path)) found |= add_scalars(path, value);
    return found;
  }

  // Every scalar at the path or below it, on an explicit stack, in the record's order.
  void add_below(const std::string& path) {
    std::vector<std::pair<std::string, text::JsonValue>> pending;
    for (const auto& value : event::resolve(record_, path)) pending.emplace_back(path, value);
    std::ranges::reverse(pending);
    while (!pending.empty() && !is_full()) {
      const auto [at, value] = std::move(pending.back());
      pending.pop_back();
      if (!value.is_container()) {
        add_scalars(at, value);
        continue;
      }
      const std::size_t first = pending.size();
      for (const auto& child : value.children()) {
        pending.emplace_back(value.is_array() ? at : at + "." + std::string(child.key()), child);
      }
      std::reverse(pending.begin() + static_cast<std::ptrdiff_t>(first), pending.end());
    }
  }

  // The first of the paths that leads to something, where a rule looks.
  void add_tested(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      if (!add(path)) continue;
      for (Fact& fact : facts_) fact.is_tested |= fact.path == path;
      return;
    }
  }

  std::vector<Fact> take() { return std::move(facts_); }

 private:
  bool is_full() const { return facts_.size() >= kMostFacts; }

  bool add_scalars(const std::string& path, const text::JsonValue& value) {
    bool found = false;
    for (const auto& element : event::elements_of(value)) {
      if (element.is_container() || says_nothing(element)) continue;
      found = true;
      const bool is_new = seen_.emplace(path, element.text()).second;
      if (is_new && !is_full()) facts_.push_back({path, std::string(element.text())});
    }
    return found;
  }

  const text::JsonValue& record_;
  std::set<std::pair<std::string, std::string>> seen_;
  std::vector<Fact> facts_;
};

// The rules themselves and, of correlations, those that they are made of.
std::vector<const sigma::Rule*> with_counted(const plan::Plan& plan,
                                             std::span<const std::uint32_t> fired) {
  std::vector<const sigma::Rule*> all;
  const auto add = [&](const sigma::Rule& rule) {
    if (std::ranges::find(all, &rule) == all.end()) all.push_back(&rule);
  };
  for (const std::uint32_t rule : fired) add(plan.rules()[rule]);
  for (std::size_t i = 0; i < all.size(); ++i) {  // grows by what it finds
    if (!all[i]->correlation) continue;
    for (const sigma::RuleReference& reference : all[i]->correlation->rules) {
      const auto meant = std::ranges::find_if(plan.rules(), [&](const sigma::Rule& rule) {
        return reference.target && rule.number == *reference.target;
      });
      if (meant != plan.rules().end()) add(*meant);
    }
  }
  return all;
}

}  // namespace

std::vector<Fact> facts_of(std::string_view record, const event::LogSource& source,
                           const plan::Plan& plan, std::span<const std::uint32_t> fired,
                           std::span<const std::string> more) {
  if (!record.starts_with('{')) return {};
  const auto document = text::JsonDocument::parse(std::string(record));
  if (!document) return {};
  const text::JsonValue root = document->root();
  Facts facts(root);
  for (const auto* paths : {&source.time, &source.event_name, &source.actor, &source.source_ip,
                            &source.user_agent, &source.account, &source.region, &source.outcome}) {
    facts.add_first(*paths);
  }
  for (const sigma::Rule* rule : with_counted(plan, fired)) {
    for (const sigma::Item& item : rule->items) {
      if (!item.is_keyword()) facts.add_tested(source.paths_of(item.field));
    }
  }
  for (const std::string& path : more) facts.add_below(path);
  return facts.take();
}

std::string first_scalar(std::string_view record, const std::vector<std::string>& paths) {
  if (!record.starts_with('{')) return {};
  const auto document = text::JsonDocument::parse(std::string(record));
  if (!document) return {};
  const text::JsonValue root = document->root();
  Facts facts(root);
  facts.add_first(paths);
  std::vector<Fact> found = facts.take();
  return found.empty() ? std::string() : std::move(found.front().value);
}

}  // namespace nepho::exercise
