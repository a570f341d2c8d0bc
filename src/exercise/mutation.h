// What can be changed about an attack without its being another: by whoever attacks, and by the
// provider whose logs show it (docs/mutation.md, docs/formats/mutation.md).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/knowledge.h"
#include "base/problem.h"
#include "exercise/operations.h"

namespace nepho::exercise {

enum class By : std::uint8_t {
  kAttacker,  // at will, while the attack stays what it is
  kProvider,  // with a new version of its log
};
std::string_view to_string(By by);

// How a text that holds a policy may be written otherwise and mean the same.
enum class PolicyWay : std::uint8_t {
  kSpacing,     // blanks and line ends between the tokens
  kEscapes,     // characters of its strings as \u0041
  kLists,       // a list of one value for the value alone, and the other way round
  kOrder,       // keys, statements and the values of lists the other way round
  kCase,        // service and action in other letters
  kWildcards,   // "*" of an action as "*:*", "s3:*" as "s3:?*"
  kPrincipals,  // an account by its number or its ARN, everybody as "*" or {"AWS": "*"}
};

// A test on a record: one of the texts ("x*" a beginning, "*x" an end) is the value at the path,
// and none of those behind a "!". "$absent": nothing is there; "$public_address": an address of the
// internet is.
struct Wanted {
  std::string path;
  std::vector<std::string> texts;
};

// One change of the records of one log source.
struct Edit {
  enum class Kind : std::uint8_t {
    kSet,      // each value of its own record, into the `to` of its field
    kRename,   // the values of all records that are wanted, wherever in the play they stand
    kReverse,  // the lists below the fields
    kPolicy,   // the policies at the fields
    kOrder,    // the steps themselves
  };
  struct Field {
    std::string path;
    // Templates (exercise/template.h), a variant of the change each: the names are the paths of the
    // record, {value} what was there and {n} the number of the record, 1 to 250 and around; or one
    // of the directives $swap_case, $percent_encoded, $next_version.
    std::vector<std::string> to;
  };
  Kind kind = Kind::kSet;
  std::string log_source;
  std::vector<Wanted> where;  // all of them
  std::vector<Field> fields;
  PolicyWay policy = PolicyWay::kSpacing;
  // kOrder: what a step asks for, and what it gives that a later one may need.
  std::vector<std::string> asks;
  std::vector<std::string> who;
  std::vector<std::string> answers;
  std::vector<Wanted> reads;  // a step for which one holds changes nothing
};

struct Change {
  std::string id;  // "user-agent"
  By by = By::kAttacker;
  std::string what;  // ends "this rule dies if ...": "the call names another user agent"
  std::vector<std::string> not_of;  // techniques, with their subs, that are nothing without it
  std::vector<Edit> edits;

  std::size_t num_variants() const;
};

// Another call with the same effect, or another kind of caller who may do the same.
struct CallVariant {
  std::string what;          // as Change::what
  std::string call;          // an operation's id, or "*:create" of every service that has both
  std::string instead;       // "*:patch"
  std::vector<Wanted> when;  // of the step's attributes: "request.policyArn"
  std::vector<std::string> not_by;   // principals that are no attacker: nodes, controllers
  Tree attributes = mapping_tree();  // of the step with the other call
  // What the other call takes over of the operation's attributes with the step's own over them, and
  // where it has it: "request", or "request.userName" alone.
  struct Kept {
    std::string from;
    std::string to;
  };
  std::vector<Kept> keep;
};
struct CallerVariant {
  std::string what;
  std::string caller;
  std::string instead;
};

// All that is known of one provider.
struct ProviderMutations {
  std::vector<Change> changes;
  std::vector<CallVariant> calls;
  std::vector<CallerVariant> callers;
  std::vector<std::string> callers_not_of;  // techniques that are about who calls
};

// Of all providers, from knowledge/mutation/PROVIDER.yml. Immutable after loading.
class Mutations {
 public:
  // What is faulty is reported with its place and left out.
  static Mutations load(const Knowledge& knowledge, const Operations& operations,
                        LoadReport& report);
  // One file; `provider` has the operations and principals that it may name.
  void add(std::string_view yaml, const std::string& file, const ProviderOperations& provider,
           LoadReport& report);

  // Empty where nothing is known.
  const ProviderMutations& of(std::string_view provider) const;

 private:
  std::map<std::string, ProviderMutations, std::less<>> providers_;
};

// Whether `technique` is one of these or below one.
bool is_among(std::string_view technique, const std::vector<std::string>& techniques);

}  // namespace nepho::exercise
