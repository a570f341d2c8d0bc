// The kinds of failure of navigator/, stable across releases.
#pragma once

#include "base/result.h"

namespace nepho::navigator {

// The file holds no layer: it is no JSON object (or list of them) with techniques.
inline constexpr ErrorCode kNoLayer{"navigator.no_layer"};
// A layer format before 2.0 or after 4: read as well as it can be.
inline constexpr ErrorCode kUnknownVersion{"navigator.unknown_version"};
// A field that no layer format knows; it is not kept.
inline constexpr ErrorCode kUnknownField{"navigator.unknown_field"};
// A field of an older format that has no meaning any more; it is not kept.
inline constexpr ErrorCode kObsoleteField{"navigator.obsolete_field"};
// A field of the wrong type or with a value outside its set; its default is kept.
inline constexpr ErrorCode kBadField{"navigator.bad_field"};
// A score that is no number: the Navigator shows such a technique unscored.
inline constexpr ErrorCode kBadScore{"navigator.bad_score"};
// The same technique and tactic twice: the last one counts, as in the Navigator.
inline constexpr ErrorCode kRepeated{"navigator.repeated"};
// A technique or tactic that ATT&CK has retired, replaced by its successor.
inline constexpr ErrorCode kRetired{"navigator.retired"};
// A technique or tactic that the catalogue does not know: the Navigator would hide it in silence.
inline constexpr ErrorCode kUnknownTechnique{"navigator.unknown_technique"};
// More problems than are listed.
inline constexpr ErrorCode kMoreProblems{"navigator.more_problems"};

}  // namespace nepho::navigator
