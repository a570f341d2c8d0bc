// Reading steps and scenarios from YAML: strict, every fault with its place.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "exercise/operations.h"
#include "exercise/step.h"
#include "text/yaml.h"

namespace nepho::exercise {

// A faulty value is reported and read as nothing, so that reading goes on and all faults of a file
// are told at once.
class StepReader {
 public:
  // All must outlive this; `file` names the file in messages.
  StepReader(const ProviderOperations& provider, const std::string& file, LoadReport& report)
      : provider_(provider), file_(file), report_(report) {}

  void error(ErrorCode code, const text::YamlNode& at, std::string message, std::string hint = {});
  // Whether `node` is a mapping of these keys alone.
  bool has_keys(const text::YamlNode& node, std::initializer_list<std::string_view> keys);
  // The text at `key`; "" and, where it is no text, an error.
  std::string text_at(const text::YamlNode& mapping, std::string_view key);
  // The same of a text that must be there.
  std::string needed_text_at(const text::YamlNode& mapping, std::string_view key);

  // A mapping with `call` and more; the keys that are no step's must be attributes of the provider.
  Step step(const text::YamlNode& node, const ValueDefinitions& own);
  std::vector<Step> steps(const text::YamlNode& node, const ValueDefinitions& own);
  From from(const text::YamlNode& node);
  // `values:` of the mapping.
  ValueDefinitions values_of(const text::YamlNode& mapping);
  // The name of a principal at `key`; an unknown one is an error.
  std::string principal_at(const text::YamlNode& mapping, std::string_view key);
  // Reports the names in the tree that nothing defines.
  void check_names(const text::YamlNode& node, const ValueDefinitions& own);

 private:
  void read_member(const text::YamlNode& key, const text::YamlNode& value,
                   const ValueDefinitions& own, Step& step);
  void read_calls(const text::YamlNode& node, Step& step);
  std::optional<std::chrono::seconds> timespan(const text::YamlNode& node);
  std::string from_name(const text::YamlNode& node,
                        const std::map<std::string, std::string, std::less<>>& names,
                        std::string_view kind);

  const ProviderOperations& provider_;
  const std::string& file_;
  LoadReport& report_;
};

}  // namespace nepho::exercise
