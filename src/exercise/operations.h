// What is known of a provider's API: the form of its log's records, who calls, and what each call
// is asked and answers. All of it is data: knowledge/operations/PROVIDER/*.yml
// (docs/formats/operations.md).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/knowledge.h"
#include "base/problem.h"
#include "exercise/draws.h"
#include "exercise/step.h"

namespace nepho::exercise {

// One API call. Its attributes are the provider's defaults with the service's and its own laid over
// them: what its record is made from.
struct Operation {
  std::string id;       // "iam:CreateUser"
  std::string service;  // "iam"
  std::string name;     // "CreateUser"
  Tree attributes;      // a mapping
  Tree on_refusal;      // a mapping laid over the attributes when the caller may not
};

// Who calls. `identity` is a template of what the record says of the caller.
struct Principal {
  std::string name;
  Tree identity;
  Tree attributes;  // a mapping laid over the operation's: what is so in all calls of this kind
  From from;
  // The call whose answer made the session's key: played before the first call of the session.
  std::optional<Step> opened_by;
};

// One of the provider's logs: how a record of it is written and where it is delivered.
struct LogForm {
  Tree record;               // a template: a mapping is written as JSON, a text as the line it is
  std::string delivered_as;  // the template of a delivered file's path
  std::string envelope;      // the key of the list of records in it; empty: one record a line
};

// Another way in which the provider hands its log out: through a service that wraps every record.
struct Wrapping {
  // A template of the line, in which {record} is the record's text and {record_json} the same as a
  // JSON string.
  std::string wrapped;
  std::string delivered_as;  // the template of a delivered file's path
};

// All of one provider. Immutable after loading.
struct ProviderOperations {
  std::string provider;
  LogForm form;                         // of calls whose attribute "form" names no other
  std::vector<std::string> attributes;  // names, in the order they are worked out
  Tree on_error;                        // a mapping laid over the attributes of a failed call
  std::vector<std::string> refusals;    // error codes that say the caller may not
  std::map<std::string, std::string, std::less<>> messages;   // error code -> template
  std::map<std::string, std::string, std::less<>> addresses;  // name -> template
  std::map<std::string, std::string, std::less<>> agents;
  std::map<std::string, LogForm, std::less<>> forms;       // name -> another of its logs
  std::map<std::string, Wrapping, std::less<>> wrappings;  // of records of `form`, by name
  ValueDefinitions values;
  std::map<std::string, Operation, std::less<>> operations;
  std::map<std::string, Principal, std::less<>> principals;
  Work background;  // for `simulate --with-background`

  // `form` where `name` is no other's.
  const LogForm& form_named(std::string_view name) const;

  // Whether a template of a step may hold this name.
  bool knows_name(std::string_view name, const ValueDefinitions& own) const;
};

// "CreateAccessKey" -> "create-access-key", as the command line of most providers spells it.
std::string dashed(std::string_view name);

// All providers' operations.
class Operations {
 public:
  // Reads knowledge/operations/. What is faulty is reported with its place and left out.
  static Operations load(const Knowledge& knowledge, LoadReport& report);

  // nullptr when nothing is known of the provider.
  const ProviderOperations* find(std::string_view provider) const;

 private:
  std::map<std::string, ProviderOperations, std::less<>> providers_;
};

}  // namespace nepho::exercise
