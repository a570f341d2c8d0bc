// Whether a technique can be carried out on a provider at all, and who says so.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "attack/catalogue.h"
#include "attack/provider.h"

namespace nepho::attack {

inline constexpr ErrorCode kBadApplicability{"attack.bad_applicability"};

enum class Applies : std::uint8_t { kYes, kNo, kUnknown };

// Who says so, the strongest first (coverage-model.md, "Applicability").
enum class Origin : std::uint8_t { kUser, kCurated, kProcedures, kAnalytics, kPlatform };

// "yes", "no", "unknown".
std::string_view to_string(Applies applies);
// "user", "curated", "procedures", "analytics", "platform".
std::string_view to_string(Origin origin);

struct Applicability {
  Applies applies = Applies::kUnknown;
  Origin origin = Origin::kPlatform;
  std::string reason;     // a sentence for the reader
  std::string served_by;  // with kNo: the provider whose cell counts in place of this one
};

// One line of knowledge/applicability.yml or of the workspace: for these techniques on these
// providers it is so, whatever ATT&CK says.
struct ApplicabilityException {
  std::vector<std::string> techniques;  // patterns, as in technique_pattern.h
  std::vector<std::string> providers;
  Applies applies = Applies::kUnknown;
  std::string reason;
};

// Answers for one catalogue and one set of providers, both of which must outlive it. Not to be
// changed while others read it.
class ApplicabilityModel {
 public:
  ApplicabilityModel(const Catalogue& catalogue, const Providers& providers);

  // Reads knowledge/applicability.yml.
  Result<void> load_curated(const Knowledge& knowledge);
  Result<void> parse_curated(std::string_view yaml, const std::string& file);
  // What the user says; goes before all else. The last word on a cell counts.
  void add_override(ApplicabilityException exception);
  // That the procedure catalogue knows a way.
  void add_procedure(const TechniqueId& technique, std::string_view provider);

  // For an active technique of the catalogue. A cell served elsewhere is kNo with `served_by`.
  Applicability of(const Technique& technique, const Provider& provider) const;
  // The techniques of the scope that have a cell on the provider: those on its platforms and those
  // that an exception or a procedure adds; kNo among them.
  std::vector<const Technique*> techniques_on(const Provider& provider, Scope scope) const;

 private:
  // A platform of the technique's that is this provider's and no other's; empty when there is none.
  std::string_view own_platform(const Technique& technique, const Provider& provider) const;

  const Catalogue& catalogue_;
  const Providers& providers_;
  std::vector<ApplicabilityException> overrides_;
  std::vector<ApplicabilityException> curated_;
  std::unordered_map<TechniqueId, std::vector<std::string>> procedures_;
  // Provider id -> name of a log source of its that an analytic of the technique reads.
  std::unordered_map<TechniqueId, std::unordered_map<std::string, std::string>> analytics_;
};

}  // namespace nepho::attack
