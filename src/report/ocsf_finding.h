// Findings as events of the Open Cybersecurity Schema Framework: Detection Finding, class 2004.
#pragma once

#include <string>
#include <string_view>

#include "attack/catalogue.h"
#include "base/clock.h"
#include "report/finding_json.h"
#include "text/json_writer.h"

namespace nepho::report {

// The version of OCSF that is written (schema.ocsf.io/1.3.0/classes/detection_finding).
inline constexpr std::string_view kOcsfVersion = "1.3.0";

// Writes findings as OCSF events, one JSON object on one line each (docs/schemas/
// ocsf-finding.json; the log source "ocsf" reads them again). Nothing is owned.
//
// Times are milliseconds since 1970. An event without a time has its finding's: OCSF asks for one.
// What the framework has no place for, the rule's author among it, stands under `unmapped`.
class OcsfWriter {
 public:
  // `now` is when the findings were made, `version` the program's.
  OcsfWriter(const FindingNames& names, const attack::Catalogue& catalogue, Instant now,
             std::string_view version)
      : names_(names), catalogue_(catalogue), now_(now), version_(version) {}

  void append(const detect::Finding& finding, std::string& out) const;

 private:
  void write_metadata(const detect::Finding& finding, text::JsonWriter& json) const;
  void write_info(const detect::Finding& finding, text::JsonWriter& json) const;
  void write_attacks(const RuleLabels& labels, text::JsonWriter& json) const;
  void write_tactic(const attack::TacticId& id, text::JsonWriter& json) const;
  void write_technique(std::string_view key, const attack::TechniqueId& id,
                       text::JsonWriter& json) const;
  void write_cloud(const detect::Finding& finding, text::JsonWriter& json) const;
  void write_evidences(const detect::Finding& finding, text::JsonWriter& json) const;
  void write_unmapped(const detect::Finding& finding, text::JsonWriter& json) const;
  void write_place(const detect::EarlierEvent& event, text::JsonWriter& json) const;

  const FindingNames& names_;
  const attack::Catalogue& catalogue_;
  Instant now_;
  std::string_view version_;
};

}  // namespace nepho::report
