#include "event/event_facts.h"

#include <algorithm>
#include <utility>

#include "base/printable.h"
#include "event/errors.h"
#include "text/fold.h"
#include "text/nearest.h"
#include "text/yaml.h"
#include "text/yaml_pack.h"

namespace nepho::event {
namespace {

using text::YamlNode;

constexpr std::string_view kKeys[] = {"log_source", "group", "name",       "values",
                                      "only_with",  "never", "more_names", "misread"};

// `events` of the file: a mapping from group to names, or a list of names.
void add_names(const YamlNode* node, EventNames& names) {
  if (node == nullptr) return;
  for (const YamlNode& item : node->items) names[""].push_back(item.text);
  for (const auto& [group, list] : node->members) {
    for (const YamlNode& item : list.items) names[group.text].push_back(item.text);
  }
}

std::vector<EventFacts::Remark> remarks(const YamlNode* node, std::string_view text_key) {
  std::vector<EventFacts::Remark> remarks;
  if (node == nullptr) return remarks;
  for (const YamlNode& item : node->items) {
    auto& remark = remarks.emplace_back();
    remark.text = item.text_at(text_key);
    add_names(item.find("events"), remark.events);
  }
  return remarks;
}

EventFacts read_facts(const YamlNode& root) {
  EventFacts facts;
  facts.log_source = root.text_at("log_source");
  facts.group = root.text_at("group");
  facts.name = root.text_at("name");
  if (const YamlNode* values = root.find("values")) {
    for (const auto& [path, list] : values->members) {
      for (const YamlNode& item : list.items) facts.values[path.text].push_back(item.text);
    }
  }
  facts.only_with = remarks(root.find("only_with"), "what");
  facts.never = remarks(root.find("never"), "why");
  add_names(root.find("more_names"), facts.names);
  if (const YamlNode* misread = root.find("misread")) {
    for (const YamlNode& item : misread->items) {
      facts.misread.push_back({item.texts_at("events"), std::string(item.text_at("field")),
                               std::string(item.text_at("instead")), item.texts_at("values")});
    }
  }
  return facts;
}

void report_unknown_keys(const YamlNode& root, const std::string& file, LoadReport& report) {
  for (const auto& [key, value] : root.members) {
    if (std::ranges::find(kKeys, key.text) != std::end(kKeys)) continue;
    report.add_error(Error(kUnknownKey, "no such key: " + escape_for_log(key.text), key.place(file),
                           text::did_you_mean(key.text, kKeys)));
  }
}

// Lines of a group, a tab and names parted by blanks; '#' begins a comment.
void read_names(std::string_view text, EventNames& names) {
  while (!text.empty()) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(text.size(), line.size() + 1));
    const std::size_t tab = line.find('\t');
    if (line.starts_with('#') || tab == line.npos) continue;
    auto& group = names[std::string(line.substr(0, tab))];
    for (std::string_view rest = line.substr(tab + 1); !rest.empty();) {
      const std::string_view name = rest.substr(0, rest.find(' '));
      if (!name.empty()) group.emplace_back(name);
      rest.remove_prefix(std::min(rest.size(), name.size() + 1));
    }
  }
}

}  // namespace

bool has_event(const EventNames& events, std::string_view group, std::string_view name) {
  return std::ranges::any_of(events, [&](const auto& of_group) {
    return (group.empty() || text::equal_ignoring_case(of_group.first, group)) &&
           std::ranges::any_of(of_group.second, [&](const std::string& known) {
             return text::equal_ignoring_case(known, name);
           });
  });
}

AllEventFacts AllEventFacts::load(const Knowledge& knowledge, LoadReport& report) {
  AllEventFacts loaded;
  for (const KnowledgeFile* file : knowledge.list("events/")) {
    if (!file->path.ends_with(".yml")) continue;
    const auto root = text::read_yaml(*file);
    if (!root) {
      report.add_error(root.error());
      continue;
    }
    report_unknown_keys(*root, file->place, report);
    EventFacts facts = read_facts(*root);
    if (facts.log_source.empty()) {
      report.add_error(Error(kMissingKey, "expected the key 'log_source' with a text",
                             root->place(file->place)));
      continue;
    }
    const std::string names = file->path.substr(0, file->path.size() - 3) + "tsv";
    if (const KnowledgeFile* list = knowledge.find(names)) read_names(list->content, facts.names);
    loaded.all_.push_back(std::move(facts));
  }
  return loaded;
}

const EventFacts* AllEventFacts::find(std::string_view log_source) const {
  const auto found = std::ranges::find(all_, log_source, &EventFacts::log_source);
  return found == all_.end() ? nullptr : &*found;
}

}  // namespace nepho::event
