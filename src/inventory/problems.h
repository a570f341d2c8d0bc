// What can be odd about a rule's mapping. The codes are those of cli.md's "problems".
#pragma once

#include "base/result.h"

namespace nepho::inventory {

// Neither a technique nor a tactic in the tags: the rule counts nowhere.
inline constexpr ErrorCode kUnmapped{"unmapped"};
// Tactics and no technique: it counts in no cell either.
inline constexpr ErrorCode kTacticOnly{"tactic-only"};
// Another id took its place; it counts as that one, and `fix` is the tag.
inline constexpr ErrorCode kRetiredTechnique{"retired-technique"};
// Withdrawn, nothing took its place; it counts nothing.
inline constexpr ErrorCode kDeprecatedTechnique{"deprecated-technique"};
// Written like an id, and the loaded version has none such.
inline constexpr ErrorCode kUnknownTechnique{"unknown-technique"};
// T and a digit, but not T1234 or T1234.001.
inline constexpr ErrorCode kMalformedTechnique{"malformed-technique"};
// An id of ATT&CK for ICS (T0...) or Mobile, or of ATLAS (AML.T...), none of Enterprise's.
inline constexpr ErrorCode kOtherMatrix{"other-matrix"};
// TA and four digits that the loaded version does not have.
inline constexpr ErrorCode kUnknownTactic{"unknown-tactic"};
// A name of another version; `fix` is what it is for this rule.
inline constexpr ErrorCode kRenamedTactic{"renamed-tactic"};
// Only another version of ATT&CK has it; `fix` is what it is called in the loaded one, if that is
// sure.
inline constexpr ErrorCode kOtherVersion{"other-version"};
// The name beside an id is not that technique's or tactic's.
inline constexpr ErrorCode kNameMismatch{"name-mismatch"};
// Switched off: it counts nowhere.
inline constexpr ErrorCode kDisabledRule{"disabled-rule"};
// On trial (experimental, test), and yet it counts as coverage.
inline constexpr ErrorCode kExperimentalRule{"experimental-rule"};
// Several versions of ATT&CK came after its last change.
inline constexpr ErrorCode kOldRule{"old-rule"};
// Under "attack." and none of ATT&CK's objects.
inline constexpr ErrorCode kUnknownTag{"unknown-tag"};
// A tactic that none of the rule's techniques has.
inline constexpr ErrorCode kTacticMismatch{"tactic-mismatch"};
// A technique that ATT&CK has on no platform of the rule's providers, and we neither.
inline constexpr ErrorCode kNotOnPlatform{"not-on-platform"};
// A technique whose sub-techniques fit the providers and are not named.
inline constexpr ErrorCode kParentOnly{"parent-only"};
// More than five: such a mapping says little.
inline constexpr ErrorCode kManyTechniques{"many-techniques"};
// A logsource that no log source of ours stands for.
inline constexpr ErrorCode kUnknownLogSource{"unknown-log-source"};
// A field that the schema of none of the rule's log sources has.
inline constexpr ErrorCode kUnknownField{"unknown-field"};
// A value that its field never has; of several values all of which are so, a warning.
inline constexpr ErrorCode kUnknownValue{"unknown-value"};
// A name that is none of its service's events: another's, or nearly one of them.
inline constexpr ErrorCode kUnknownEvent{"unknown-event"};
// An event that is logged only where somebody switched that on (S3 data events).
inline constexpr ErrorCode kOptionalEvent{"optional-event"};
// What no record ever is (iam:PassRole).
inline constexpr ErrorCode kNeverLogged{"never-logged"};
// A field that records of the rule's event have under another name.
inline constexpr ErrorCode kMisreadField{"misread-field"};
// The same rule as another, which its message names with its place: the two count once.
inline constexpr ErrorCode kDuplicate{"duplicate"};

}  // namespace nepho::inventory
