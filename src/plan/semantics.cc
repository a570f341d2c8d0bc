#include "plan/semantics.h"

#include <array>

namespace nepho::plan {
namespace {

constexpr auto kRows = std::to_array<SemanticsRow>({
    {"logic",
     "two-valued: a missing field has no value, so 'not filter' holds when the filter's field is "
     "missing"},
    {"field path",
     "split at dots; at every object each dotted prefix is tried as a literal key too; arrays are "
     "passed through, any "
     "element; the union of all hits counts; a number in a path is a key, never an index"},
    {"several items",
     "each item looks at all values of its field: two items may hold for two elements"},
    {"array elements",
     "only with --array-matching (SEP #212), else brackets are a part of the name: behind a part "
     "of "
     "a field, [any], [all], [all_or_empty] and [none] say how many elements have to hold, of all "
     "arrays that the part reaches; [all] asks for an element, [all_or_empty] and [none] hold "
     "where "
     "there is none (a missing field, null, an empty array); what is no array is its own only "
     "element, and null in an array is one; modifiers, neq too, are asked of each element"},
    {"array index",
     "[0] is the first element, [-1] the last; one that is not there, and any of what is no array, "
     "is like a missing field; of several arrays that the path reaches any will do"},
    {"array block",
     "mappings below a selector are asked of one element at a time; with a 'condition' of their "
     "own "
     "they are selections; a field, also one of fieldref, is a path in the element, and '.' is the "
     "element; written apart, items[any].a and items[any].b may hold for two elements"},
    {"field names",
     "exact case first; a name that differs only in case from one in the log source's schema is an "
     "alias of it"},
    {"name/value arrays",
     "where the log source declares one, the name of an element, which may hold dots and blanks, "
     "is "
     "a field of the array: exact, any element of that name; a string there that is JSON text in "
     "quotes counts without them too, when none and no backslash stand inside"},
    {"strings",
     "case-insensitive (Unicode simple folding, no normalisation, no locale), anchored; '*' and "
     "'?' cross line ends; "
     "'?' is one code point"},
    {"escapes",
     "\\* and \\? are literal; \\\\ is one backslash; \\\\* is a backslash, then a wildcard; a "
     "lone backslash is "
     "itself, also at the end before an added wildcard"},
    {"numbers, booleans",
     "compare as text too: 404 equals \"404\", true equals \"True\"; a number of the rule equals "
     "the same number of "
     "the event in any spelling; lt, lte, gt, gte take numbers and numeric strings, exact beyond "
     "2^53, never booleans"},
    {"null",
     "'field: null' holds when the field is missing or some value is null; null matches no value "
     "test"},
    {"exists", "true when the path resolves, even to null or to an empty value"},
    {"object or array under a string test",
     "its compact JSON text, and each decoded string inside it (--strict-fields switches this "
     "off); an array without elements has no value"},
    {"keywords",
     "looked for inside any leaf string, any key name, any number, or the event's compact JSON "
     "text"},
    {"all", "every listed value holds for some value of the field"},
    {"re",
     "a search, case-sensitive unless 'i'; RE2: linear time or refused with the reason; $ is the "
     "very end, and not "
     "before a last line end"},
    {"base64, base64offset, utf16",
     "the encoded text is compared like any other: ignoring case unless 'cased'"},
    {"windash",
     "the dash or slash that begins a word becomes any of - / en dash, em dash, horizontal bar"},
    {"fieldref",
     "any pair equal, case-insensitive unless 'cased', both there; objects are not compared"},
    {"neq", "not any listed value matches; true when the field is missing"},
    {"cidr",
     "IPv4 and IPv6; a v4-mapped IPv6 address is its IPv4; bits beyond the prefix are ignored, "
     "with a warning; what is "
     "no address (leading zeros, ports, words) is in no network"},
    {"time parts",
     "minute ... year of the time as written, without applying its zone; numbers are seconds, "
     "milliseconds, "
     "microseconds or nanoseconds since 1970 by their size, in UTC; weeks are those of ISO 8601"},
    {"expand",
     "every value of the placeholder, wildcards included; a placeholder without values refuses the "
     "rule"},
    {"filter",
     "applied as 'rule and not selection' when its condition names plain selections, by the "
     "specification's "
     "convention; as written when the condition itself is negated; 'filters: as-written' in the "
     "workspace forces the "
     "latter"},
    {"precedence",
     "or < and < not < x of < parentheses; names that start with '_' are left out of 'them'; "
     "several conditions are "
     "joined by or"},
    {"correlation finding",
     "when the condition becomes true for a group; again only after it was false at an event of "
     "the group, or after the group's window ran empty; asked at each event of the group, so 'lt' "
     "and 'not' hold from the first event that makes them true"},
    {"correlation window",
     "slides; event time decides, not arrival; an event counts as long as it is not older than the "
     "timespan, the bound included; equal times in the order of their places (file, then line); an "
     "event without a time is in no window and is counted"},
    {"correlation group",
     "values of group-by compared exactly; a missing field and null are one group of their own; no "
     "group-by is one group; of several values the first that is not null; an array or an object "
     "is its compact JSON text"},
    {"correlation event",
     "an event counts once in a correlation and group, whichever of its rules it matches; what is "
     "measured of it is what the first of them names"},
    {"correlation values",
     "value_count: distinct without regard to case, a list of fields is a tuple, one with a "
     "missing "
     "part is not counted; value_sum, value_avg, value_percentile, value_median: numbers and "
     "numeric strings, to the millionth; where the window has none the condition does not hold; "
     "percentiles are linear between ranks, 50 unless 'percentile' says otherwise"},
    {"correlation rules",
     "temporal without a condition asks for all rules, a limit counts the rules that matched, a "
     "written condition asks which are in the window"},
    {"correlation order",
     "temporal_ordered: the longest sequence of distinct events, each of a later rule of the list, "
     "counts; a written condition must hold for the rules of some sequence, 'not' for a rule that "
     "is nowhere in the window"},
    {"correlation chain",
     "a correlation counts at the event that completed it, with the fields of that event; every "
     "step of a chain is a finding of its own"},
    {"correlation behaviour",
     "types that begin with x_ are our own, not Sigma's, and judge an event against what its group "
     "did before: docs/behaviour.md"},
    {"rules of a correlation",
     "give no findings of their own, unless a correlation that refers to them says 'generate: "
     "true'"},
});

}  // namespace

std::span<const SemanticsRow> semantics() { return kRows; }

}  // namespace nepho::plan
