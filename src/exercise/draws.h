// The values a play makes up, each drawn once: {user}, {access_key}, {foreign_address}.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.h"
#include "exercise/context.h"
#include "exercise/random.h"
#include "text/yaml.h"

namespace nepho::exercise {

// How a name's value is found (docs/formats/procedure.md, "values"): one of the entries of a list
// of the organisation (`of`), or, where that is empty, one of the templates.
struct ValueDefinition {
  // What of the chosen text counts: all of it; an address in the network it names; of an ARN of a
  // principal its account, its role or user with or without the path, or its session.
  enum class As : std::uint8_t { kText, kAddress, kAccount, kName, kPath, kSession };

  std::string of;
  // Entries of the list that begin otherwise are passed over: a list of the organisation is all
  // providers' ("provisioning_principals"). One that begins with '*' may mean anything.
  std::string begins;
  std::vector<std::string> one_of;
  std::vector<std::string> not_in;  // lists of the organisation that must not hold it
  As as = As::kText;
};
using ValueDefinitions = std::map<std::string, ValueDefinition, std::less<>>;

// Reads `values:`: name -> a template, a list of them, or a mapping of the above. What is wrong is
// reported with its place and left out.
ValueDefinitions parse_values(const text::YamlNode& node, const std::string& file,
                              LoadReport& report);

// Draws names of `shared` and, before those, of `own`; both and the context must outlive it. A name
// with a number behind it ("user2") is another value of the same definition. One play, one object.
class Draws {
 public:
  Draws(const ValueDefinitions& shared, const ValueDefinitions& own, const Context& context,
        std::uint64_t seed)
      : shared_(shared), own_(own), context_(context), seed_(seed) {}

  bool knows(std::string_view name) const { return find(name) != nullptr; }
  // The value, the same at every call. Fails with kUnknownName; kTooDeep when definitions name each
  // other in a circle; kNoValue when every choice is excluded.
  Result<std::string> value(std::string_view name);
  // Sets a value that was made elsewhere: the key that an answer held.
  void set(std::string name, std::string value) { drawn_[std::move(name)] = std::move(value); }

 private:
  const ValueDefinition* find(std::string_view name) const;
  std::vector<std::string> listed(const ValueDefinition& definition) const;
  Result<std::string> draw(const ValueDefinition& definition, Random& random);
  Result<std::string> expand(std::string_view source, Random& random);
  bool is_excluded(const ValueDefinition& definition, std::string_view value) const;
  Result<std::string> without_wildcards(std::string pattern, Random& random);

  const ValueDefinitions& shared_;
  const ValueDefinitions& own_;
  const Context& context_;
  std::uint64_t seed_;
  std::map<std::string, std::string, std::less<>> drawn_;
  std::size_t depth_ = 0;
};

// Whether `name` is a key of `definitions`, or one with a number behind it.
bool defines(const ValueDefinitions& definitions, std::string_view name);

}  // namespace nepho::exercise
