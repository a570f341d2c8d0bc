// One function a section of the file. Places are those of the YAML nodes; a section that is wrong
// leaves its part of the workspace empty and the others are still read.
#include "workspace/read.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <utility>

#include "attack/id.h"
#include "base/files.h"
#include "base/limits.h"
#include "base/printable.h"
#include "coverage/model.h"
#include "inventory/rule_file.h"
#include "text/cidr.h"
#include "text/nearest.h"
#include "text/yaml.h"
#include "workspace/errors.h"
#include "workspace/provider_lists.h"
#include "workspace/value_reader.h"

namespace nepho::workspace {
namespace {

using text::YamlNode;

// Reads one file. The workspace is filled section by section; what is left out keeps its default.
//
// Made for one call of parse_workspace(). `report_` takes every fault, in the order of the sections
// below rather than of the file.
class FileReader {
 public:
  FileReader(std::filesystem::path folder, const Known& known, LoadReport& report)
      : known_(known), report_(report), values_(workspace_.file, report) {
    // Both are wanted: messages name the file as short as the user typed the folder, paths are
    // joined with the folder as it is.
    workspace_.file = (folder / kFileName).lexically_normal().string();
    workspace_.folder = std::move(folder);
  }

  Workspace read(std::string_view content) {
    const auto stream = text::parse_yaml_stream(content, workspace_.file);
    if (stream.error) {
      report_.add_error(*stream.error);
    } else if (stream.documents.size() > 1) {
      values_.error(kBadValue, stream.documents[1], "expected one document, came a second");
    } else if (!stream.documents.empty() && !stream.documents[0].is_null()) {
      read_root(stream.documents[0]);  // an empty file is a workspace too
    }
    return std::move(workspace_);
  }

 private:
  // An unknown section stops the reading: it is most often a misspelt one, and every fault that
  // followed from its absence would only hide it.
  void read_root(const YamlNode& root) {
    if (!values_.has_keys(
            root, {"organisation", "providers", "log_sources", "detections", "native", "prevention",
                   "accepted", "placeholders", "alert_within", "filters", "model"})) {
      return;
    }
    // The order of reading is ours, so that faults come in the same order whatever the file's is.
    const auto read_section = [&](std::string_view key, auto section) {
      if (const YamlNode* node = root.find(key)) (this->*section)(*node);
    };
    read_section("organisation", &FileReader::read_organisation);
    read_section("providers", &FileReader::read_providers);
    read_section("log_sources", &FileReader::read_log_sources);
    read_section("detections", &FileReader::read_detections);
    read_section("native", &FileReader::read_native);
    read_section("prevention", &FileReader::read_prevention);
    read_section("accepted", &FileReader::read_accepted);
    read_section("placeholders", &FileReader::read_placeholders);
    read_section("alert_within", &FileReader::read_alert_within);
    read_section("filters", &FileReader::read_filters);
    read_section("model", &FileReader::read_model);
  }

  //   organisation: {name: Example, sectors: [..], countries: [DE], networks: [203.0.113.0/24]}
  // Names of sectors and countries are not held against a list: they meet ATT&CK's and the user's
  // own words later, and a wrong one there costs a weight, not a result.
  void read_organisation(const YamlNode& node) {
    if (!values_.has_keys(node, {"name", "sectors", "countries", "domains", "networks"})) return;
    Organisation& organisation = workspace_.organisation;
    organisation.name = values_.text_at(node, "name");
    organisation.sectors = values_.list_at(node, "sectors");
    organisation.countries = values_.list_at(node, "countries");
    organisation.domains = values_.list_at(node, "domains");
    organisation.networks = values_.list_at(node, "networks");
    const YamlNode* networks = node.find("networks");
    if (networks == nullptr) return;
    if (networks->is_scalar() && !networks->is_null()) check_network(*networks);
    for (const YamlNode& item : networks->items) check_network(item);
  }

  // A text that is no network would match nothing in a rule, in silence. What is no text at all
  // list_at() has named already.
  void check_network(const YamlNode& node) {
    if (!node.is_scalar() || node.is_null() || text::Network::parse(node.text)) return;
    values_.error(kBadValue, node,
                  "expected a network (203.0.113.0/24), came: " + values_.shown(node));
  }

  //   providers:
  //     aws: {accounts: 40, account_ids: [..], services: [..], ..}
  //     m365: {}
  // A provider that is not known is left out: nothing could be counted for it.
  void read_providers(const YamlNode& node) {
    if (!values_.is_mapping(node)) return;
    for (const auto& [key, value] : node.members) {
      if (!is_known_provider(key)) continue;
      ProviderUse use;
      use.provider = key.text;
      if (!values_.has_keys(
              value, {"accounts", "account_ids", "organization_id", "tenant_ids",
                      "subscription_ids", "project_ids", "services", "crown_jewels",
                      "provisioning_principals", "trusted_external_accounts", "log_buckets"})) {
        workspace_.providers.push_back(std::move(use));
        continue;
      }
      if (const YamlNode* accounts = value.find("accounts"))
        use.accounts = values_.count(*accounts);
      for (const auto& [name, list] : kProviderLists) use.*list = values_.list_at(value, name);
      workspace_.providers.push_back(std::move(use));
    }
  }

  //   log_sources:
  //     aws.cloudtrail: {coverage: 0.95, latency: 15m}
  // An unknown one is kept: a workspace may be ahead of this version's knowledge, and `coverage`
  // says what it does not know.
  void read_log_sources(const YamlNode& node) {
    if (!values_.is_mapping(node)) return;
    for (const auto& [key, value] : node.members) {
      check_log_source(key);
      LogSourceUse use{.id = key.text};
      if (values_.has_keys(value, {"coverage", "latency", "silence"})) {
        if (const YamlNode* coverage = value.find("coverage"))
          use.coverage = values_.ratio(*coverage);
        if (const YamlNode* latency = value.find("latency"))
          use.latency = values_.timespan(*latency);
        if (const YamlNode* silence = value.find("silence"))
          use.silence = values_.timespan(*silence);
      }
      workspace_.log_sources.push_back(std::move(use));
    }
  }

  //   detections:
  //     - {path: ../siem/elastic, format: elastic, enabled_only: true}
  //     - {pack: builtin}
  // Whether the path is there is for the command to say: `init` writes the file before the rules.
  void read_detections(const YamlNode& node) {
    for (const YamlNode& item : values_.items_of(node)) {
      if (!values_.has_keys(item, {"path", "format", "enabled_only", "pack"})) continue;
      DetectionSource source{.format = values_.text_at(item, "format"),
                             .pack = values_.text_at(item, "pack"),
                             .place = item.place(workspace_.file)};
      // lexically_normal() alone: the folder may not be there yet, and a link in it keeps its
      // meaning.
      const std::string path = values_.text_at(item, "path");
      if (!path.empty()) source.path = (workspace_.folder / path).lexically_normal();
      if (const YamlNode* only = item.find("enabled_only"))
        source.enabled_only = values_.flag(*only);
      // Exactly one of the two; both or neither leaves open what is meant.
      const YamlNode* format = item.find("format");
      if (format != nullptr && std::ranges::count(inventory::format_names(), source.format) == 0) {
        // Nothing would be of it, in silence.
        values_.error(kBadValue, *format, "no such format of rules: " + values_.shown(*format),
                      fmt::format("one of {}", fmt::join(inventory::format_names(), ", ")));
      } else if (path.empty() == source.pack.empty()) {
        values_.error(kMissingKey, item, "expected either the key 'path' or the key 'pack'");
      } else if (!source.pack.empty() && source.pack != "builtin") {
        values_.error(kBadValue, *item.find("pack"),
                      "expected 'builtin', came: " + values_.shown(*item.find("pack")));
      } else {
        workspace_.detections.push_back(std::move(source));
      }
    }
  }

  //   native: [aws.guardduty, entra.id_protection]
  // What is not known claims nothing, so it is an error: it is most often misspelt.
  void read_native(const YamlNode& node) {
    for (const YamlNode& item : values_.items_of(node)) {
      if (std::ranges::count(known_.native, item.text) != 0) {
        workspace_.native.push_back(item.text);
        continue;
      }
      const std::string meant = text::did_you_mean(item.text, known_.native);
      values_.error(
          kBadValue, item, "no such native detector: " + values_.shown(item),
          meant.empty() ? fmt::format("one of {}", fmt::join(known_.native, ", ")) : meant);
    }
  }

  //   prevention: {T1078.004: {provider: entra, factor: 0.6, why: phishing-resistant MFA}}
  // A technique may be hindered by several controls, on one provider or many; whether their factors
  // multiply is for the risk model to say.
  void read_prevention(const YamlNode& node) {
    if (!values_.is_mapping(node)) return;
    for (const auto& [key, value] : node.members) {
      check_technique(key);
      // One control, or a list of them.
      for (const YamlNode& item : value.is_sequence() ? value.items : std::vector{value}) {
        if (!values_.has_keys(item, {"provider", "factor", "why"})) continue;
        if (!values_.has_all(item, {"provider", "factor", "why"})) continue;
        if (!is_known_provider(*item.find("provider"))) continue;
        workspace_.prevention.push_back({.technique = key.text,
                                         .provider = values_.text_at(item, "provider"),
                                         .factor = values_.ratio(*item.find("factor")),
                                         .why = values_.text_at(item, "why")});
      }
    }
  }

  //   accepted: [{technique: T1496, provider: gcp, until: 2027-06-30, by: ciso, why: ..}]
  // All five are needed: an acceptance without a day never ends, and one without a name or a reason
  // is nobody's.
  void read_accepted(const YamlNode& node) {
    for (const YamlNode& item : values_.items_of(node)) {
      if (!values_.has_keys(item, {"technique", "provider", "until", "by", "why"})) continue;
      if (!values_.has_all(item, {"technique", "provider", "until", "by", "why"})) continue;
      check_technique(*item.find("technique"));
      if (!is_known_provider(*item.find("provider"))) continue;
      workspace_.accepted.push_back({.technique = values_.text_at(item, "technique"),
                                     .provider = values_.text_at(item, "provider"),
                                     .until = values_.day(*item.find("until")),
                                     .by = values_.text_at(item, "by"),
                                     .why = values_.text_at(item, "why")});
    }
  }

  //   placeholders: {admin_roles: [OrganizationAdmin, BreakGlass]}
  // Any name is allowed: it is the rule's word. One that is a list of the workspace as well adds to
  // it (placeholders()).
  void read_placeholders(const YamlNode& node) {
    if (!values_.is_mapping(node)) return;
    for (const auto& [key, value] : node.members) {
      workspace_.own_placeholders[key.text] = values_.list_at(node, key.text);
    }
  }

  //   alert_within: 1h
  void read_alert_within(const YamlNode& node) {
    if (!node.is_null()) workspace_.alert_within = values_.timespan(node);
  }

  //   filters: as-written
  void read_filters(const YamlNode& node) {
    if (node.is_null()) return;
    if (node.text == "as-written") {
      workspace_.filters = FilterReading::kAsWritten;
    } else if (node.text != "specification") {
      values_.error(kBadValue, node,
                    "expected 'specification' or 'as-written', came: " + values_.shown(node));
    }
  }

  //   model: {evidence: {half_life_days: 60}}
  // Kept as it stands, since what it is laid over is not known here; read once to find its faults.
  void read_model(const YamlNode& node) {
    coverage::Model scratch;
    if (auto read = coverage::override_model(node, workspace_.file, scratch); !read) {
      report_.add_error(read.error());
      return;
    }
    workspace_.model = node;
  }

  // Says so when it is not, with the one that was meant or all there are. An id is short, so one
  // that is far from all of them gets the whole list as its hint.
  bool is_known_provider(const YamlNode& node) {
    for (const auto id : known_.providers) {
      if (id == node.text) return true;
    }
    const std::string meant = text::did_you_mean(node.text, known_.providers);
    values_.error(
        kUnknownProvider, node, "no such provider: " + escape_for_log(node.text),
        meant.empty() ? fmt::format("one of {}", fmt::join(known_.providers, ", ")) : meant);
    return false;
  }

  // Its form only; whether this version of ATT&CK has it is for coverage to say.
  void check_technique(const YamlNode& node) {
    if (attack::parse_technique_id(node.text)) return;
    values_.error(kBadValue, node,
                  "expected a technique (T1078.004), came: " + values_.shown(node));
  }

  // Known is a log source, and a part of one ("aws.cloudtrail.s3_data").
  void check_log_source(const YamlNode& node) {
    for (const auto id : known_.log_sources) {
      // Behind a point only: "aws.cloudtrail2" is another log, and most likely a slip of the
      // finger.
      const bool is_part =
          node.text.starts_with(id) && node.text.size() > id.size() && node.text[id.size()] == '.';
      if (node.text == id || is_part) return;
    }
    report_.add_warning(Error(kUnknownLogSource, "no such log source: " + escape_for_log(node.text),
                              node.place(workspace_.file),
                              text::did_you_mean(node.text, known_.log_sources)));
  }

  const Known& known_;
  LoadReport& report_;
  Workspace workspace_;
  ValueReader values_;
};

}  // namespace

std::optional<std::filesystem::path> find_folder(const std::filesystem::path& start) {
  std::error_code error;
  // `here` is where we look, `folder` how the user would name it; they go up in step.
  std::filesystem::path here = std::filesystem::absolute(start, error).lexically_normal();
  std::filesystem::path folder = start;
  while (!error) {
    if (std::filesystem::is_regular_file(here / kFileName, error)) return folder;
    // At the root, whose parent is itself.
    if (!here.has_relative_path()) break;
    here = here.parent_path();
    folder /= "..";
    // Of a folder that is gone or closed to us: the workspace may lie above it all the same.
    error.clear();
  }
  return std::nullopt;
}

Workspace parse_workspace(std::string_view text, const std::filesystem::path& folder,
                          const Known& known, LoadReport& report) {
  return FileReader(folder, known, report).read(text);
}

Result<Workspace> read_workspace(const std::filesystem::path& folder, const Known& known,
                                 LoadReport& report) {
  const std::filesystem::path file = folder / kFileName;
  std::error_code error;
  if (!std::filesystem::exists(file, error)) {
    return fail(kNoWorkspace, fmt::format("no {} in this folder", kFileName),
                Place{.file = folder.string()}, "'nepho init' makes one");
  }
  auto content = read_file(file, kDefaultLimits.max_document_bytes);
  if (!content) return std::unexpected(content.error());
  return parse_workspace(*content, folder, known, report);
}

}  // namespace nepho::workspace
