// What the importers of rule formats share: a rule as its own format has it, and the words that
// mean the same in several.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/place.h"
#include "inventory/claim.h"
#include "inventory/detection.h"
#include "inventory/rule_file.h"
#include "text/yaml.h"

namespace nepho::inventory {

// A rule that is read but not yet held against ATT&CK: `detection` has all but techniques, tactics
// and what is wrong with them, which come from `claims`. A plain value.
struct ForeignRule {
  Detection detection;
  Place place;  // of the rule in its file
  std::vector<Claim> claims;
  std::string reads;  // what it says it reads: datasets, tables, log types
  std::string logic;  // what it tests, in its own language; empty where the file does not have it
  std::string settings;  // what else decides whether it fires: type, threshold, period
  std::string examples;  // events that it should alert on, where its file has some
  std::string upstream;  // the id of the rule that it says it was made from
};

// A rule of `file` that begins at this node; format, path and place are filled in.
ForeignRule rule_at(const RuleFile& file, std::size_t line, std::size_t column);

// A claim at the node's place.
Claim claim_at(const text::YamlNode& node);
// Claims of a scalar, or of every scalar in a sequence; none of a nullptr or a null.
std::vector<Claim> claims_at(const text::YamlNode* node);
void append_claims(const text::YamlNode* node, std::vector<Claim>& claims);

// The claim with the name behind the id of its scalar, "impair-defenses" of
// "T1562-impair-defenses", if one stands there.
Claim with_slug(Claim claim);

// The id that a text begins with: "T1562" of "T1562-impair-defenses" and of "T1562: Impair
// Defenses"; a text that begins with no id comes back whole, without white space around it.
std::string_view leading_id(std::string_view text);

// The text without the lines that are comments ("// ...").
std::string without_line_comments(std::string_view text);

// "informational" to "critical" for the words of all products (info, moderate, ...), in any case;
// nothing for others.
std::optional<std::string> level_of(std::string_view word);
// For a risk from 0 to 100: up to 20 is informational, 40 low, 60 medium, 80 high (rule-formats.md,
// section 8).
std::string level_of_risk(double risk);
// Sigma's status for the words of all products: "production" is "stable", "development" is "test".
// Empty for others.
std::string status_of(std::string_view word);

// That a word means providers: one, or several with a blank between. A word ending in '*' is the
// beginning of one.
struct ProviderWord {
  std::string_view word;
  std::string_view providers;
};

// Adds the providers whose words are in `text`, in any case of ASCII, whole words only; letters,
// digits and '_' make up a word. Of several that fit at one place the longest counts. Cost: about
// 10 ns a byte.
void add_providers(std::string_view text, std::span<const ProviderWord> words,
                   std::vector<std::string>& providers);

// The day of a text that begins with one, "2024/03/01" or "2024-03-01", with dashes; else empty.
std::string iso_date(std::string_view text);

// Texts of all scalars at and below the node, each on a line.
std::string all_text(const text::YamlNode* node);

// Without white space around it.
std::string_view trimmed(std::string_view text);

}  // namespace nepho::inventory
