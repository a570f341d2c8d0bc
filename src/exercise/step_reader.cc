#include "exercise/step_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "exercise/errors.h"
#include "exercise/template.h"
#include "text/nearest.h"
#include "text/timespan.h"
#include "text/yaml_keys.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;

constexpr std::string_view kStepKeys[] = {"call",  "as",    "from",  "after",
                                          "times", "every", "error", "record"};

template <typename Map>
std::vector<std::string_view> keys_of(const Map& map) {
  std::vector<std::string_view> keys;
  for (const auto& [key, value] : map) keys.push_back(key);
  return keys;
}

}  // namespace

void StepReader::error(ErrorCode code, const YamlNode& at, std::string message, std::string hint) {
  report_.add_error(Error(code, std::move(message), at.place(file_), std::move(hint)));
}

bool StepReader::has_keys(const YamlNode& node, std::initializer_list<std::string_view> keys) {
  const auto known = text::expect_keys(node, keys, file_);
  if (!known) report_.add_error(known.error());
  return known.has_value();
}

std::string StepReader::text_at(const YamlNode& mapping, std::string_view key) {
  const YamlNode* node = mapping.find(key);
  if (node == nullptr) return {};
  if (!node->is_scalar() || node->is_null()) {
    error(kBadValue, *node, fmt::format("expected a text at '{}'", key));
    return {};
  }
  return node->text;
}

std::string StepReader::needed_text_at(const YamlNode& mapping, std::string_view key) {
  std::string text = text_at(mapping, key);
  if (text.empty() && mapping.find(key) == nullptr) {
    error(kMissingKey, mapping, fmt::format("expected the key '{}'", key));
  }
  return text;
}

std::vector<Step> StepReader::steps(const YamlNode& node, const ValueDefinitions& own) {
  std::vector<Step> steps;
  if (!node.is_sequence() || node.items.empty() || node.items.size() > kMaxSteps) {
    error(kBadValue, node, fmt::format("expected a list of 1 to {} steps", kMaxSteps));
    return steps;
  }
  for (const YamlNode& item : node.items) steps.push_back(step(item, own));
  return steps;
}

Step StepReader::step(const YamlNode& node, const ValueDefinitions& own) {
  Step step;
  step.place = node.place(file_);
  if (!node.is_mapping()) {
    error(kBadValue, node, "expected a step: a mapping with 'call'");
    return step;
  }
  for (const auto& [key, value] : node.members) read_member(key, value, own, step);
  if (node.find("call") == nullptr) error(kMissingKey, node, "expected the key 'call'");
  return step;
}

void StepReader::read_member(const YamlNode& key, const YamlNode& value,
                             const ValueDefinitions& own, Step& step) {
  if (key.text == "call") return read_calls(value, step);
  if (key.text == "from") {
    step.from = from(value);
  } else if (key.text == "after") {
    step.after = timespan(value);
  } else if (key.text == "every") {
    step.every = timespan(value);
  } else if (key.text == "times") {
    const auto times = value.integer();
    if (!times || *times < 1 || *times > static_cast<std::int64_t>(kMaxTimes)) {
      return error(kBadValue, value, fmt::format("expected a number from 1 to {}", kMaxTimes));
    }
    step.times = static_cast<std::size_t>(*times);
  } else if (key.text == "error" || key.text == "as") {
    if (!value.is_scalar()) return error(kBadValue, value, "expected a text");
    (key.text == "as" ? step.as : step.error) = value.text;
    if (key.text == "as" && !provider_.principals.contains(value.text)) {
      error(kUnknownName, value, "no such principal: " + escape_for_log(value.text),
            text::did_you_mean(value.text, keys_of(provider_.principals)));
    }
  } else if (key.text == "record") {
    if (!value.is_mapping()) return error(kBadValue, value, "expected a mapping");
    check_names(value, own);
    step.record = value;
  } else if (std::ranges::find(provider_.attributes, key.text) != provider_.attributes.end()) {
    check_names(value, own);
    step.attributes.members.emplace_back(key, value);
  } else {
    std::vector<std::string_view> known(std::begin(kStepKeys), std::end(kStepKeys));
    known.insert(known.end(), provider_.attributes.begin(), provider_.attributes.end());
    error(kUnknownName, key, "a step has no key: " + escape_for_log(key.text),
          text::did_you_mean(key.text, known));
  }
}

void StepReader::read_calls(const YamlNode& node, Step& step) {
  const auto add = [&](const YamlNode& call) {
    if (!call.is_scalar() || !provider_.operations.contains(call.text)) {
      return error(kUnknownName, call,
                   "no such operation: " + escape_for_log(call.is_scalar() ? call.text : "a list"),
                   text::did_you_mean(call.text, keys_of(provider_.operations)));
    }
    step.calls.push_back(call.text);
  };
  if (node.is_scalar()) return add(node);
  if (node.items.empty() || node.items.size() > kMaxSteps) {
    return error(kBadValue, node, fmt::format("expected 1 to {} operations", kMaxSteps));
  }
  for (const YamlNode& item : node.items) add(item);
}

std::optional<std::chrono::seconds> StepReader::timespan(const YamlNode& node) {
  const auto span = node.is_scalar() ? text::parse_timespan(node.text) : std::nullopt;
  if (!span || *span > std::chrono::days(7)) {
    error(kBadValue, node, "expected a timespan of at most a week (20s, 15m, 2h)");
    return std::nullopt;
  }
  return span;
}

From StepReader::from(const YamlNode& node) {
  if (!has_keys(node, {"address", "agent"})) return {};
  From from;
  if (const YamlNode* address = node.find("address")) {
    from.address = from_name(*address, provider_.addresses, "address");
  }
  if (const YamlNode* agent = node.find("agent")) {
    from.agent = from_name(*agent, provider_.agents, "agent");
  }
  return from;
}

// A name that is known, or a text that stands for itself: one that no name could be.
std::string StepReader::from_name(const YamlNode& node,
                                  const std::map<std::string, std::string, std::less<>>& names,
                                  std::string_view kind) {
  if (!node.is_scalar() || node.is_null()) {
    error(kBadValue, node, fmt::format("expected the name of an {}, or a text for itself", kind));
    return {};
  }
  const bool is_literal = node.text.find_first_of("./: [{") != std::string::npos;
  if (!is_literal && !names.contains(node.text)) {
    error(kUnknownName, node, fmt::format("no such {}: {}", kind, escape_for_log(node.text)),
          text::did_you_mean(node.text, keys_of(names)));
  }
  return node.text;
}

ValueDefinitions StepReader::values_of(const YamlNode& mapping) {
  const YamlNode* values = mapping.find("values");
  if (values == nullptr) return {};
  ValueDefinitions definitions = parse_values(*values, file_, report_);
  for (const auto& [key, value] : values->members) check_names(value, definitions);
  return definitions;
}

std::string StepReader::principal_at(const YamlNode& mapping, std::string_view key) {
  std::string name = text_at(mapping, key);
  if (!name.empty() && !provider_.principals.contains(name)) {
    error(kUnknownName, *mapping.find(key), "no such principal: " + escape_for_log(name),
          text::did_you_mean(name, keys_of(provider_.principals)));
  }
  return name;
}

void StepReader::check_names(const YamlNode& node, const ValueDefinitions& own) {
  if (node.is_scalar() && node.text.find('{') != std::string::npos) {
    for (const std::string& name : names_in(node)) {
      if (provider_.knows_name(name, own)) continue;
      auto known = keys_of(provider_.values);
      std::ranges::copy(keys_of(own), std::back_inserter(known));
      error(kUnknownName, node, "nothing is named: {" + escape_for_log(name) + "}",
            text::did_you_mean(name, known));
    }
  }
  for (const YamlNode& item : node.items) check_names(item, own);
  for (const auto& [key, value] : node.members) check_names(value, own);
}

}  // namespace nepho::exercise
