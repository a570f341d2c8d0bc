#include "inventory/lint_codes.h"

#include <algorithm>
#include <array>

#include "inventory/problems.h"

namespace nepho::inventory {
namespace {

using enum Severity;

constexpr auto kCodes = std::to_array<LintCode>({
    {kUnmapped.name(), kWarning, false, "The rule names no technique",
     "Without a technique or tactic a rule counts nowhere in coverage, however good it is."},
    {kTacticOnly.name(), kWarning, false, "The rule names tactics but no technique",
     "Coverage is counted by technique and provider: a tactic alone is in no cell."},
    {kRetiredTechnique.name(), kWarning, true, "The technique's id was retired",
     "ATT&CK gave the technique another id. The rule counts as that one; the old id finds nothing "
     "in tools that know only the new version."},
    {kDeprecatedTechnique.name(), kWarning, false, "The technique was withdrawn",
     "ATT&CK withdrew it and named no successor; it counts nothing. Look for the techniques that "
     "say today what the rule finds."},
    {kUnknownTechnique.name(), kError, false, "No such technique",
     "The id has the right form, and no known version of ATT&CK has it: a slip, as a rule."},
    {kMalformedTechnique.name(), kError, false, "Not the id of a technique",
     "An id is T and four digits, of a sub-technique a point and three more: T1078.004."},
    {kOtherMatrix.name(), kWarning, false, "An id of ICS, Mobile or ATLAS",
     "The id is of ATT&CK for ICS (T0...), ATT&CK for Mobile or MITRE ATLAS (AML.T...). Coverage "
     "is counted in Enterprise, where it means nothing."},
    {kUnknownTactic.name(), kWarning, false, "No such tactic",
     "TA and four digits, and the loaded version of ATT&CK has no such tactic."},
    {kRenamedTactic.name(), kNote, true, "The tactic was renamed or split",
     "Version 19 split Defense Evasion (TA0005) into Stealth, which kept the id, and Defense "
     "Impairment (TA0112). The rule's techniques tell which of them it means. Sentinel takes only "
     "the names of its own list, so there the name stays."},
    {kOtherVersion.name(), kWarning, true, "An id of another version of ATT&CK",
     "The loaded version does not have the id, another has. Where one technique took the other's "
     "place, it counts as that."},
    {kNameMismatch.name(), kWarning, true, "Name and id differ",
     "The name beside the id is another technique's, and one of the two is wrong; or it is the "
     "name that the technique had in an earlier version (a note, and mended)."},
    {kDisabledRule.name(), kNote, false, "The rule is switched off",
     "It is mapped, and alerts for nobody: it counts nowhere."},
    {kExperimentalRule.name(), kNote, false, "The rule is on trial",
     "Experimental rules count like proven ones on paper; only an exercise shows whether they "
     "hold."},
    {kOldRule.name(), kNote, false, "The mapping is old",
     "Six or more versions of ATT&CK came out since the rule was last changed. Its ids may still "
     "be there and mean something else, or a better one exists now."},
    {kUnknownTag.name(), kWarning, false, "Neither a technique nor a tactic",
     "The word stands where ATT&CK is meant and is none of its objects: mostly a misspelt tactic, "
     "or a technique by its name."},
    {kTacticMismatch.name(), kWarning, false, "Tactic and technique do not belong together",
     "ATT&CK has the technique in other tactics than the one that the rule names with it."},
    {kNotOnPlatform.name(), kWarning, false, "Not a technique of the rule's platform",
     "ATT&CK has the technique on other platforms than those whose logs the rule reads: it claims "
     "a cell that does not exist."},
    {kParentOnly.name(), kNote, false, "A sub-technique would say it better",
     "The technique has sub-techniques on this platform, and the rule names none: it claims them "
     "all or says too little."},
    {kManyTechniques.name(), kNote, false, "More than five techniques",
     "A rule that finds everything finds nothing in particular; such a mapping makes coverage look "
     "better than it is."},
    {kUnknownLogSource.name(), kNote, false, "The log source is not known",
     "No log source of ours stands for this logsource, so fields cannot be checked."},
    {kUnknownField.name(), kWarning, false, "A field that the logs do not have",
     "The schema of none of the rule's log sources has the field: it never matches."},
    {kUnknownValue.name(), kWarning, false, "A value that never occurs",
     "The field never has this value in the logs that the rule reads."},
    {kUnknownEvent.name(), kWarning, false, "An event that does not exist",
     "The service has no event of this name: another service's, or misspelt."},
    {kOptionalEvent.name(), kNote, false, "An event that is logged only on request",
     "The event is in the log only where somebody switched it on, such as S3 data events."},
    {kNeverLogged.name(), kWarning, false, "What is never logged",
     "No record has this as its event (iam:PassRole is a permission, no call)."},
    {kMisreadField.name(), kWarning, false, "A field that is elsewhere",
     "Records of this event have what is meant under another name."},
    {kDuplicate.name(), kWarning, false, "The same rule as another",
     "They have the same id or test the same, or one says that it was made from the other. In "
     "coverage they count once."},
});

}  // namespace

std::span<const LintCode> lint_codes() { return kCodes; }

const LintCode* find_lint_code(std::string_view code) {
  const auto found = std::ranges::find(kCodes, code, &LintCode::code);
  return found == kCodes.end() ? nullptr : &*found;
}

}  // namespace nepho::inventory
