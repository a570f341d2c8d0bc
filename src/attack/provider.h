// What a user runs (aws, entra, ...), and which of ATT&CK's platforms and log sources each one is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "attack/technique.h"
#include "base/knowledge.h"
#include "base/result.h"

namespace nepho::attack {

inline constexpr ErrorCode kBadProviders{"attack.bad_providers"};

struct Provider {
  std::string id;                      // "aws"
  std::string name;                    // "AWS"
  std::vector<std::string> platforms;  // of ATT&CK, as version 19 names them
  // Log sources as ATT&CK's analytics name them; a trailing '*' is a prefix ("AWS:*").
  std::vector<std::string> attack_log_sources;
  // Whose logs show this provider's identity techniques; empty when its own do.
  std::string identity_served_by;
};

// Immutable; many threads may read it.
class Providers {
 public:
  // Reads knowledge/providers.yml. An unknown key, or a provider that serves and is not listed, is
  // an error with its place.
  static Result<Providers> load(const Knowledge& knowledge);
  static Result<Providers> parse(std::string_view yaml, const std::string& file);

  // In the order of the file, which is the order they are shown in.
  const std::vector<Provider>& all() const { return providers_; }
  // The provider with this id, or nullptr.
  const Provider* find(std::string_view id) const;
  std::vector<std::string_view> ids() const;

  // Those with a platform of the technique's, whatever its version calls it: the providers that it
  // may apply to as far as ATT&CK says.
  std::vector<const Provider*> on_platforms_of(const Technique& technique) const;
  // Those that a log source of ATT&CK's belongs to ("azure:signinlogs": entra).
  std::vector<const Provider*> with_log_source(std::string_view name) const;
  // Whether another provider's logs show this technique for `provider`: then that one's id.
  std::string_view served_by(const Technique& technique, const Provider& provider) const;

 private:
  std::vector<Provider> providers_;
  std::vector<std::string> identity_techniques_;  // patterns, as in technique_pattern.h
};

}  // namespace nepho::attack
