#include "exercise/mutate_scenario.h"

#include <algorithm>

#include "exercise/played.h"

namespace nepho::exercise {
namespace {

// What the step says of who is calling (where, with what) stays true of another call.
constexpr std::string_view kOfTheCall[] = {"request", "response", "read_only", "resources",
                                           "additional"};

void fill(From& from, const From& other) {
  if (from.address.empty()) from.address = other.address;
  if (from.agent.empty()) from.agent = other.agent;
}

// Of the call itself, with what the step says over it.
Tree all_attributes(const std::string& call, const Step& step, const ProviderOperations& provider) {
  const auto operation = provider.operations.find(call);
  Tree attributes = mapping_tree();
  if (operation != provider.operations.end()) attributes = operation->second.attributes;
  lay_over(attributes, step.attributes);
  return attributes;
}

// The operation that the variant puts in the place of `call`, if it is one of its own.
std::optional<std::string> other_call(const std::string& call, const CallVariant& variant,
                                      const ProviderOperations& provider) {
  if (!variant.call.starts_with("*:")) {
    return call == variant.call ? std::optional(variant.instead) : std::nullopt;
  }
  const std::size_t colon = call.find(':');
  if (call.substr(colon) != variant.call.substr(1)) return std::nullopt;
  std::string instead = call.substr(0, colon) + variant.instead.substr(1);
  return provider.operations.contains(instead) ? std::optional(std::move(instead)) : std::nullopt;
}

// {"request": {"userName": value}} for "request.userName".
Tree tree_with(std::string_view path, Tree value) {
  while (!path.empty()) {
    const std::size_t dot = path.rfind('.');
    const std::size_t begin = dot == std::string_view::npos ? 0 : dot + 1;
    Tree outer = mapping_tree();
    outer.members.emplace_back(text_tree(std::string(path.substr(begin))), std::move(value));
    value = std::move(outer);
    path = path.substr(0, begin == 0 ? 0 : dot);
  }
  return value;
}

// Of the step with the other call. It is the only call of the step.
Tree attributes_of(const Step& step, const CallVariant& variant,
                   const ProviderOperations& provider) {
  Tree attributes = step.attributes;
  std::erase_if(attributes.members, [](const Tree::Member& member) {
    return std::ranges::find(kOfTheCall, member.first.text) != std::end(kOfTheCall);
  });
  const Tree before = all_attributes(step.calls.front(), step, provider);
  for (const auto& [from, to] : variant.keep) {
    if (const Tree* value = at_path(before, from)) lay_over(attributes, tree_with(to, *value));
  }
  lay_over(attributes, variant.attributes);
  return attributes;
}

}  // namespace

std::optional<Scenario> with_other_call(const Scenario& scenario, const CallVariant& variant,
                                        const ProviderOperations& provider) {
  Scenario other = scenario;
  bool is_changed = false;
  for (Step& step : other.steps) {
    const std::string& caller = step.as.empty() ? scenario.as : step.as;
    if (std::ranges::find(variant.not_by, caller) != variant.not_by.end()) continue;
    const bool is_one = step.calls.size() == 1;
    for (std::string& call : step.calls) {
      const auto instead = other_call(call, variant, provider);
      // What a step says of several calls would be said of all.
      if (!instead || (!is_one && !variant.attributes.members.empty())) continue;
      if (!holds(variant.when, all_attributes(call, step, provider))) continue;
      if (is_one) step.attributes = attributes_of(step, variant, provider);
      call = *instead;
      is_changed = true;
    }
  }
  return is_changed ? std::optional(std::move(other)) : std::nullopt;
}

std::optional<Scenario> with_other_caller(const Scenario& scenario, const CallerVariant& variant,
                                          const ProviderOperations& provider) {
  const auto before = provider.principals.find(variant.caller);
  if (before == provider.principals.end()) return std::nullopt;
  Scenario other = scenario;
  bool is_changed = false;
  if (scenario.as == variant.caller) {
    other.as = variant.instead;
    fill(other.from, before->second.from);
    is_changed =
        std::ranges::any_of(scenario.steps, [](const Step& step) { return step.as.empty(); });
  }
  for (Step& step : other.steps) {
    if (step.as != variant.caller) continue;
    step.as = variant.instead;
    if (scenario.as == variant.caller) fill(step.from, scenario.from);
    fill(step.from, before->second.from);
    is_changed = true;
  }
  return is_changed ? std::optional(std::move(other)) : std::nullopt;
}

}  // namespace nepho::exercise
