#include "exercise/procedure.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/printable.h"
#include "base/sha256.h"
#include "evidence/words.h"
#include "exercise/errors.h"
#include "exercise/step_reader.h"
#include "text/yaml_pack.h"

namespace nepho::exercise {
namespace {

using text::YamlNode;

// "T1136" or "T1136.003".
bool is_technique_id(std::string_view id) {
  const auto all_digits = [](std::string_view digits) {
    return std::ranges::all_of(digits, [](char c) { return c >= '0' && c <= '9'; });
  };
  if (id.size() != 5 && (id.size() != 9 || id[5] != '.')) return false;
  return id[0] == 'T' && all_digits(id.substr(1, 4)) &&
         (id.size() == 5 || all_digits(id.substr(6)));
}

// The keys that say who, from where and what; of an attack they stand in the procedure itself.
Scenario read_scenario(StepReader& reader, const YamlNode& node, const ValueDefinitions& above) {
  Scenario scenario;
  scenario.name = reader.needed_text_at(node, "name");
  scenario.as = reader.principal_at(node, "as");
  if (const YamlNode* from = node.find("from")) scenario.from = reader.from(*from);
  scenario.values = reader.values_of(node);
  scenario.values.insert(above.begin(), above.end());
  if (const YamlNode* steps = node.find("steps")) {
    scenario.steps = reader.steps(*steps, scenario.values);
  } else {
    reader.error(kMissingKey, node, "expected the key 'steps'");
  }
  return scenario;
}

void check_callers(StepReader& reader, const YamlNode& node, const Scenario& scenario) {
  const bool all_named =
      std::ranges::none_of(scenario.steps, [](const Step& step) { return step.as.empty(); });
  if (scenario.as.empty() && !all_named) {
    reader.error(kMissingKey, node, "expected the key 'as': who does it");
  }
}

class ProcedureReader {
 public:
  ProcedureReader(StepReader& reader, std::string_view stem, const std::string& provider)
      : reader_(reader), stem_(stem), provider_(provider) {}

  Procedure read(const YamlNode& root) {
    Procedure procedure;
    if (!reader_.has_keys(root,
                          {"id", "name", "technique", "log_sources", "observable", "description",
                           "references", "as", "from", "values", "steps", "lookalike"})) {
      return procedure;
    }
    procedure.facts = facts_of(root);
    procedure.description = reader_.text_at(root, "description");
    procedure.references = root.texts_at("references");
    procedure.attack = read_scenario(reader_, root, {});
    check_callers(reader_, root, procedure.attack);
    read_lookalikes(root, procedure);
    return procedure;
  }

 private:
  evidence::Procedure facts_of(const YamlNode& root) {
    evidence::Procedure facts;
    facts.id = reader_.needed_text_at(root, "id");
    if (!facts.id.empty() && facts.id != stem_) {
      reader_.error(kBadValue, *root.find("id"),
                    fmt::format("expected the file's own name ({}), came: {}",
                                escape_for_log(stem_), escape_for_log(facts.id)));
    }
    facts.name = reader_.needed_text_at(root, "name");
    facts.provider = provider_;
    facts.technique = reader_.needed_text_at(root, "technique");
    if (!facts.technique.empty() && !is_technique_id(facts.technique)) {
      reader_.error(
          kBadValue, *root.find("technique"),
          "expected an id of a technique (T1136.003), came: " + escape_for_log(facts.technique));
    }
    facts.log_sources = root.texts_at("log_sources");
    std::ranges::sort(facts.log_sources);
    const auto repeats = std::ranges::unique(facts.log_sources);
    facts.log_sources.erase(repeats.begin(), repeats.end());
    if (facts.log_sources.empty()) {
      reader_.error(kMissingKey, root, "expected the key 'log_sources': what shows it");
    }
    if (const YamlNode* observable = root.find("observable")) {
      const auto word = evidence::parse<evidence::Observable>(observable->text);
      if (!word) {
        reader_.error(kBadValue, *observable,
                      "expected yes, partly or no, came: " + escape_for_log(observable->text));
      }
      facts.observable = word.value_or(evidence::Observable::kYes);
    }
    return facts;
  }

  // A look-alike is done by whom and from where the attack is, unless it says otherwise.
  void read_lookalikes(const YamlNode& root, Procedure& procedure) {
    const YamlNode* lookalikes = root.find("lookalike");
    if (lookalikes == nullptr || !lookalikes->is_sequence() || lookalikes->items.empty()) {
      reader_.error(kMissingKey, lookalikes == nullptr ? root : *lookalikes,
                    "expected 'lookalike': a list of at least one benign way to do the same");
      return;
    }
    for (const YamlNode& node : lookalikes->items) {
      if (!reader_.has_keys(node, {"name", "as", "from", "values", "steps"})) continue;
      Scenario scenario = read_scenario(reader_, node, procedure.attack.values);
      if (scenario.as.empty()) scenario.as = procedure.attack.as;
      check_callers(reader_, node, scenario);
      procedure.lookalikes.push_back(std::move(scenario));
    }
  }

  StepReader& reader_;
  std::string_view stem_;
  const std::string& provider_;
};

// "procedures/aws/aws.persistence.create-user.yml" -> "aws.persistence.create-user".
std::string_view stem_of(std::string_view path) {
  path.remove_prefix(path.rfind('/') + 1);
  return path.substr(0, path.rfind('.'));
}

// What the bytes of `file` say, which were read as `root`.
std::optional<Procedure> read_procedure(const Result<YamlNode>& root, const KnowledgeFile& file,
                                        std::string_view stem, const Operations& operations,
                                        LoadReport& report) {
  if (!root) {
    report.add_error(root.error());
    return std::nullopt;
  }
  const std::string provider(stem.substr(0, stem.find('.')));
  const ProviderOperations* known = operations.find(provider);
  if (known == nullptr) {
    report.add_error(Error(kUnknownName,
                           "no operations are known of this provider: " + escape_for_log(provider),
                           root->place(file.place)));
    return std::nullopt;
  }
  const std::size_t num_errors = report.num_errors();
  StepReader reader(*known, file.place, report);
  Procedure procedure = ProcedureReader(reader, stem, provider).read(*root);
  if (report.num_errors() != num_errors) return std::nullopt;
  procedure.place = root->place(file.place);
  procedure.facts.digest = "sha256:" + sha256_hex(file.content);
  return procedure;
}

}  // namespace

std::optional<Procedure> parse_procedure(std::string_view yaml, const std::string& file,
                                         std::string_view stem, const Operations& operations,
                                         LoadReport& report) {
  return read_procedure(text::parse_yaml(yaml, file), {file, yaml, file}, stem, operations, report);
}

std::vector<Procedure> load_procedures(const Knowledge& knowledge, const Operations& operations,
                                       LoadReport& report) {
  std::vector<Procedure> procedures;
  for (const KnowledgeFile* file : knowledge.list("procedures/")) {
    auto procedure =
        read_procedure(text::read_yaml(*file), *file, stem_of(file->path), operations, report);
    if (procedure) procedures.push_back(*std::move(procedure));
  }
  return procedures;
}

}  // namespace nepho::exercise
