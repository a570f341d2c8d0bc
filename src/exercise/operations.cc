// The files of a provider's folder, in the order in which one needs the other: record.yml (the form
// of a record), values.yml (what is drawn), every other file (a service's calls), principals.yml,
// background.yml.
#include "exercise/operations.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/printable.h"
#include "exercise/errors.h"
#include "exercise/functions.h"
#include "exercise/step_reader.h"
#include "exercise/work_reader.h"
#include "text/nearest.h"
#include "text/yaml_pack.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;

constexpr std::string_view kFolder = "operations/";
// What the player itself puts into every record's scope (play.cc).
constexpr std::array<std::string_view, 11> kPlayerNames{
    "service", "operation", "action", "cli_command",   "n",           "identity",
    "address", "agent",     "error",  "error_message", "session_time"};

class FolderReader {
 public:
  FolderReader(std::string provider, LoadReport& report) : report_(report) {
    provider_.provider = std::move(provider);
  }

  void read_record(const KnowledgeFile& file) {
    const auto root = parsed(file);
    if (!root) return;
    StepReader reader(provider_, file.place, report_);
    if (!reader.has_keys(*root, {"delivered_as", "envelope", "defaults", "on_error", "refusals",
                                 "messages", "record", "forms", "wrappings"})) {
      return;
    }
    provider_.form = form_at(reader, *root);
    for (const auto& [key, value] : mapping_at(reader, *root, "forms").members) {
      if (!reader.has_keys(value, {"delivered_as", "envelope", "record"})) continue;
      provider_.forms[key.text] = form_at(reader, value);
    }
    for (const auto& [key, value] : mapping_at(reader, *root, "wrappings").members) {
      if (!reader.has_keys(value, {"delivered_as", "wrapped"})) continue;
      provider_.wrappings[key.text] = {reader.needed_text_at(value, "wrapped"),
                                       reader.needed_text_at(value, "delivered_as")};
    }
    defaults_ = mapping_at(reader, *root, "defaults");
    provider_.on_error = mapping_at(reader, *root, "on_error");
    provider_.refusals = root->texts_at("refusals");
    for (const auto& [key, value] : defaults_.members) provider_.attributes.push_back(key.text);
    read_texts(reader, *root, "messages", provider_.messages);
  }

  void read_values(const KnowledgeFile& file) {
    const auto root = parsed(file);
    if (!root) return;
    StepReader reader(provider_, file.place, report_);
    if (!reader.has_keys(*root, {"values", "addresses", "agents"})) return;
    if (const YamlNode* values = root->find("values")) {
      provider_.values = parse_values(*values, file.place, report_);
      for (const auto& [key, value] : values->members) reader.check_names(value, {});
    }
    read_texts(reader, *root, "addresses", provider_.addresses);
    read_texts(reader, *root, "agents", provider_.agents);
  }

  void read_service(const KnowledgeFile& file) {
    const auto root = parsed(file);
    if (!root) return;
    StepReader reader(provider_, file.place, report_);
    if (!reader.has_keys(*root, {"service", "defaults", "on_error", "operations"})) return;
    const std::string service = reader.needed_text_at(*root, "service");
    Tree defaults = defaults_;
    Tree on_error = provider_.on_error;
    if (const YamlNode* own = root->find("defaults")) {
      check_attributes(reader, *own);
      lay_over(defaults, *own);
    }
    if (const YamlNode* own = root->find("on_error")) {
      check_attributes(reader, *own);
      lay_over(on_error, *own);
    }
    for (const auto& [key, value] : mapping_at(reader, *root, "operations").members) {
      Operation operation{fmt::format("{}:{}", service, key.text), service, key.text, defaults,
                          on_error};
      // "ListUsers:" alone is a call that nothing distinguishes from the service's defaults.
      if (!value.is_null()) {
        check_attributes(reader, value);
        lay_over(operation.attributes, value);
      }
      check_form(reader, key, operation);
      if (!provider_.operations.emplace(operation.id, operation).second) {
        reader.error(kBadValue, key, "the operation is there twice: " + operation.id);
      }
    }
  }

  void read_principals(const KnowledgeFile& file) {
    const auto root = parsed(file);
    if (!root) return;
    StepReader reader(provider_, file.place, report_);
    if (!reader.has_keys(*root, {"principals"})) return;
    const Tree all = mapping_at(reader, *root, "principals");
    // All names first: a session is opened by another principal, in whatever order they stand.
    for (const auto& [key, value] : all.members) provider_.principals[key.text].name = key.text;
    for (const auto& [key, value] : all.members) {
      read_principal(reader, value, provider_.principals[key.text]);
    }
  }

  void read_background(const KnowledgeFile& file) {
    const auto root = parsed(file);
    if (!root) return;
    StepReader reader(provider_, file.place, report_);
    provider_.background = read_work(*root, reader);
  }

  ProviderOperations take() { return std::move(provider_); }

 private:
  std::optional<YamlNode> parsed(const KnowledgeFile& file) {
    auto root = text::read_yaml(file);
    if (root) return *std::move(root);
    report_.add_error(root.error());
    return std::nullopt;
  }

  // The mapping at `key`, empty where it is missing.
  static Tree mapping_at(StepReader& reader, const YamlNode& root, std::string_view key) {
    Tree empty;
    empty.kind = text::YamlKind::kMapping;
    const YamlNode* node = root.find(key);
    if (node == nullptr) return empty;
    if (node->is_mapping()) return *node;
    reader.error(kBadValue, *node, fmt::format("expected a mapping at '{}'", key));
    return empty;
  }

  LogForm form_at(StepReader& reader, const YamlNode& node) {
    LogForm form;
    form.delivered_as = reader.needed_text_at(node, "delivered_as");
    form.envelope = reader.text_at(node, "envelope");
    const YamlNode* record = node.find("record");
    form.record =
        record != nullptr && record->is_scalar() ? *record : mapping_at(reader, node, "record");
    return form;
  }

  void read_texts(StepReader& reader, const YamlNode& root, std::string_view key,
                  std::map<std::string, std::string, std::less<>>& out) {
    for (const auto& [name, value] : mapping_at(reader, root, key).members) {
      reader.check_names(value, {});
      out[name.text] = value.text;
    }
  }

  // That all keys are attributes, and all names in them known.
  void check_attributes(StepReader& reader, const YamlNode& node) {
    if (!node.is_mapping()) {
      reader.error(kBadValue, node, "expected a mapping of attributes");
      return;
    }
    for (const auto& [key, value] : node.members) {
      if (std::ranges::find(provider_.attributes, key.text) == provider_.attributes.end()) {
        reader.error(kUnknownName, key, "no such attribute: " + escape_for_log(key.text),
                     text::did_you_mean(key.text, attribute_views()));
      }
      reader.check_names(value, {});
    }
  }

  void check_form(StepReader& reader, const YamlNode& key, const Operation& operation) {
    const Tree* form = operation.attributes.find("form");
    if (form == nullptr || form->is_null() || provider_.forms.contains(form->text)) return;
    reader.error(kUnknownName, key,
                 "the operation's form is none of record.yml: " + escape_for_log(form->text));
  }

  std::vector<std::string_view> attribute_views() const {
    return {provider_.attributes.begin(), provider_.attributes.end()};
  }

  void read_principal(StepReader& reader, const YamlNode& node, Principal& principal) {
    principal.identity.kind = principal.attributes.kind = text::YamlKind::kMapping;
    if (!reader.has_keys(node, {"identity", "attributes", "from", "opened_by"})) return;
    principal.identity = mapping_at(reader, node, "identity");
    reader.check_names(principal.identity, {});
    principal.attributes = mapping_at(reader, node, "attributes");
    check_attributes(reader, principal.attributes);
    if (const YamlNode* from = node.find("from")) principal.from = reader.from(*from);
    if (const YamlNode* opened_by = node.find("opened_by")) {
      principal.opened_by = reader.step(*opened_by, {});
    }
  }

  LoadReport& report_;
  ProviderOperations provider_;
  Tree defaults_;
};

// "operations/aws/iam.yml" -> "aws".
std::string_view provider_of(std::string_view path) {
  path.remove_prefix(kFolder.size());
  return path.substr(0, path.find('/'));
}

std::string_view file_name_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

const LogForm& ProviderOperations::form_named(std::string_view name) const {
  const auto found = forms.find(name);
  return found == forms.end() ? form : found->second;
}

bool ProviderOperations::knows_name(std::string_view name, const ValueDefinitions& own) const {
  const auto is = [&](const auto& names) { return std::ranges::find(names, name) != names.end(); };
  return is(kPlayerNames) || is(attributes) || is(function_names()) || defines(own, name) ||
         defines(values, name);
}

std::string dashed(std::string_view name) {
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const bool is_upper = name[i] >= 'A' && name[i] <= 'Z';
    const bool follows_lower = i > 0 && !(name[i - 1] >= 'A' && name[i - 1] <= 'Z');
    const bool leads_lower = i + 1 < name.size() && name[i + 1] >= 'a' && name[i + 1] <= 'z';
    if (is_upper && i > 0 && (follows_lower || leads_lower)) out += '-';
    out += is_upper ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
  }
  return out;
}

Operations Operations::load(const Knowledge& knowledge, LoadReport& report) {
  Operations all;
  std::set<std::string_view> providers;
  const auto files = knowledge.list(kFolder);
  for (const KnowledgeFile* file : files) providers.insert(provider_of(file->path));
  for (const std::string_view provider : providers) {
    FolderReader reader(std::string(provider), report);
    const std::string folder = fmt::format("{}{}/", kFolder, provider);
    const auto read = [&](std::string_view name, void (FolderReader::*how)(const KnowledgeFile&)) {
      if (const KnowledgeFile* file = knowledge.find(folder + std::string(name))) {
        (reader.*how)(*file);
      }
    };
    read("record.yml", &FolderReader::read_record);
    read("values.yml", &FolderReader::read_values);
    for (const KnowledgeFile* file : knowledge.list(folder)) {
      const std::string_view name = file_name_of(file->path);
      constexpr std::array<std::string_view, 4> kOthers{"record.yml", "values.yml",
                                                        "principals.yml", "background.yml"};
      if (std::ranges::find(kOthers, name) == kOthers.end()) reader.read_service(*file);
    }
    read("principals.yml", &FolderReader::read_principals);
    read("background.yml", &FolderReader::read_background);
    all.providers_.emplace(provider, reader.take());
  }
  return all;
}

const ProviderOperations* Operations::find(std::string_view provider) const {
  const auto found = providers_.find(provider);
  return found == providers_.end() ? nullptr : &found->second;
}

}  // namespace nepho::exercise
