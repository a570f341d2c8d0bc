#include "exercise/live_commands.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/printable.h"
#include "exercise/template.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

// CloudTrail has these services' parameters as the API has them, but for the first letter (compared
// with records of data events and management events of each); EC2, S3, RDS and Lambda rename them.
constexpr auto kPlainServices =
    std::to_array<std::string_view>({"iam", "sts", "kms", "secretsmanager", "ssm", "cloudtrail",
                                     "organizations", "logs", "dynamodb", "ecr"});
constexpr std::size_t kMaxTemplateDepth = 4;
constexpr std::size_t kMaxDescription = 400;

// A word of a shell: literals in single quotes, variables in double ones, so that nothing in a
// procedure's text is run.
std::string shell_literal(std::string_view literal) {
  std::string out = "'";
  for (const char c : literal) {
    if (c == '\'') {
      out += "'\\''";
    } else {
      out += c;
    }
  }
  return out + "'";
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

bool is_plain_word(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./:=").find(c) != std::string_view::npos;
  });
}

std::string variable_name(const Piece& piece) {
  std::string name;
  for (const char c : piece.text + (piece.argument.empty() ? "" : "_" + piece.argument)) {
    const bool is_letter = c >= 'a' && c <= 'z';
    const bool is_kept = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    name += is_letter ? static_cast<char>(c - 'a' + 'A') : is_kept ? c : '_';
  }
  return name;
}

// One step with what is laid over its operation's attributes.
class StepWriter {
 public:
  StepWriter(const Operation& operation, const Step& step) : operation_(operation) {
    attributes_ = operation.attributes;
    lay_over(attributes_, step.attributes);
  }

  // The command; nothing where it cannot be told.
  std::optional<std::string> command(std::string_view provider) {
    if (provider == "aws") return aws();
    if (provider == "kubernetes") return kubectl();
    return std::nullopt;
  }
  const std::set<std::string>& variables() const { return variables_; }

  std::string description() const {
    std::string text = operation_.id;
    const Tree* request = attributes_.find("request");
    if (request != nullptr && !request->is_null()) {
      text += ", asking for " + text::json_of_yaml(*request);
    }
    return printable(text, kMaxDescription);
  }

 private:
  std::string_view attribute(std::string_view name) const { return attributes_.text_at(name); }

  std::optional<std::string> aws() {
    const bool is_plain =
        std::ranges::find(kPlainServices, operation_.service) != kPlainServices.end();
    if (!is_plain || operation_.name.find_first_of("0123456789") != std::string::npos)
      return std::nullopt;
    std::string command = "aws " + operation_.service + " " + dashed(operation_.name);
    const Tree* request = attributes_.find("request");
    if (request == nullptr || request->is_null()) return command;
    if (!request->is_mapping()) return std::nullopt;
    for (const auto& [key, value] : request->members) {
      const auto option = aws_option(key.text, value);
      if (!option) return std::nullopt;
      command += *option;
    }
    return command;
  }

  // " --user-name "$NEW_USER"".
  std::optional<std::string> aws_option(const std::string& key, const Tree& value) {
    // "sAMLAssertionID": the first letter says too little.
    if (key.size() < 2 || (key[1] >= 'A' && key[1] <= 'Z')) return std::nullopt;
    const std::string name = " --" + dashed(key);
    if (value.is_null()) return "";
    if (const auto flag = value.is_scalar() ? value.boolean() : std::nullopt) {
      return *flag ? name : " --no-" + dashed(key);
    }
    std::optional<std::string> word;
    if (value.is_sequence()) return list_option(name, value);
    if (value.is_scalar()) {
      word = shell_word(value.text, 0);
    } else if (const Tree* json = value.find("$json")) {
      word = shell_word(text::json_of_yaml(*json), 0);
    }
    if (!word) return std::nullopt;
    return name + " " + *word;
  }

  // Lists of plain values are words one after another; an empty one asks for nothing.
  std::optional<std::string> list_option(std::string option, const Tree& list) {
    if (list.items.empty()) return "";
    for (const Tree& item : list.items) {
      const auto word = item.is_scalar() ? shell_word(item.text, 0) : std::nullopt;
      if (!word) return std::nullopt;
      option += " " + *word;
    }
    return option;
  }

  std::optional<std::string> kubectl() {
    const std::string& verb = operation_.name;
    const auto where = place();
    if (!where) return std::nullopt;
    const std::string on = operation_.service + *where;
    if (verb == "list") return "kubectl get " + on;
    if (verb == "create") {
      const Tree* request = attributes_.find("request");
      if (request == nullptr || !request->is_mapping()) return std::nullopt;
      const auto body = shell_word(text::json_of_yaml(*request), 0);
      if (!body) return std::nullopt;
      return "printf %s " + *body + " | kubectl create -f -";
    }
    if (verb != "get" && verb != "delete") return std::nullopt;
    const auto object = shell_word(attribute("object"), 0);
    if (!object || object->empty()) return std::nullopt;
    return "kubectl " + verb + " " + operation_.service + " " + *object + *where;
  }

  // " --namespace shop"; "" for what is in none.
  std::optional<std::string> place() {
    const Tree* resource = attributes_.find("resource");
    const Tree* subresource = attributes_.find("subresource");
    if (resource != nullptr && resource->text != "{service}") return std::nullopt;
    if (subresource != nullptr && !subresource->is_null()) return std::nullopt;
    const Tree* space = attributes_.find("namespace");
    if (space == nullptr || space->is_null()) return "";
    const auto word = shell_word(space->text, 0);
    if (!word) return std::nullopt;
    return " --namespace " + *word;
  }

  // A template as one word; nothing where a name in it is known only while it is played.
  std::optional<std::string> shell_word(std::string_view source, std::size_t depth) {
    if (depth > kMaxTemplateDepth) return std::nullopt;
    std::string word;
    for (const Piece& piece : parse_template(source)) {
      if (!piece.is_name) {
        if (std::ranges::any_of(piece.text, is_control)) return std::nullopt;
        word += is_plain_word(piece.text) ? piece.text : shell_literal(piece.text);
        continue;
      }
      const auto value = name_word(piece, depth);
      if (!value) return std::nullopt;
      word += *value;
    }
    return word;
  }

  std::optional<std::string> name_word(const Piece& piece, std::size_t depth) {
    if (const Tree* value = at_path(attributes_, piece.text);
        value != nullptr && value->is_scalar() && !value->is_null()) {
      return shell_word(value->text, depth + 1);
    }
    if (piece.fallback) return shell_word(*piece.fallback, depth + 1);
    const bool is_of_the_play = piece.text.find('.') != std::string::npos ||
                                piece.text == "identity" || attributes_.find(piece.text) != nullptr;
    if (is_of_the_play || piece.may_be_absent) return std::nullopt;
    const std::string name = variable_name(piece);
    variables_.insert(name);
    return "\"$" + name + "\"";
  }

  const Operation& operation_;
  Tree attributes_;
  std::set<std::string> variables_;
};

// "# as admin-session, 3 times, expected to be refused with AccessDenied".
std::string remark(const Scenario& scenario, const Step& step) {
  std::string text = "# as " + (step.as.empty() ? scenario.as : step.as);
  if (step.times > 1) text += fmt::format(", {} times", step.times);
  if (!step.error.empty()) text += ", expected to fail with " + step.error;
  if (step.after) text += fmt::format(", {} s after the one before", step.after->count());
  return printable(text, kMaxDescription);
}

void add_steps(const Procedure& procedure, const ProviderOperations& provider, LiveCommands& out) {
  std::set<std::string> variables;
  std::vector<std::string> body;
  for (const Step& step : procedure.attack.steps) {
    body.push_back(remark(procedure.attack, step));
    for (const std::string& call : step.calls) {
      ++out.num_steps;
      const auto operation = provider.operations.find(call);
      if (operation == provider.operations.end()) continue;
      StepWriter writer(operation->second, step);
      auto command = writer.command(procedure.facts.provider);
      if (!command) {
        body.push_back("# by hand: " + writer.description());
        continue;
      }
      ++out.num_derived;
      variables.insert(writer.variables().begin(), writer.variables().end());
      body.push_back(*std::move(command));
    }
  }
  for (const std::string& name : variables) {
    out.lines.push_back(fmt::format(": \"${{{}:?set it to what it is on your estate}}\"", name));
  }
  std::ranges::move(body, std::back_inserter(out.lines));
}

bool is_stratus_id(std::string_view text) {
  constexpr auto kPlatforms =
      std::to_array<std::string_view>({"aws.", "azure.", "gcp.", "k8s.", "eks.", "entra-id."});
  const bool has_platform = std::ranges::any_of(
      kPlatforms, [&](std::string_view platform) { return text.starts_with(platform); });
  return has_platform &&
         text.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789.-") == std::string_view::npos;
}

}  // namespace

std::optional<std::string> stratus_technique(const std::vector<std::string>& references) {
  for (std::string_view reference : references) {
    if (reference.find("stratus") == std::string_view::npos) continue;
    while (reference.ends_with('/')) reference.remove_suffix(1);
    const std::string_view id = reference.substr(reference.find_last_of("/:") + 1);
    if (is_stratus_id(id)) return std::string(id);
  }
  return std::nullopt;
}

LiveCommands live_commands(const Procedure& procedure, const ProviderOperations& provider,
                           const std::string& run) {
  LiveCommands out;
  if (const auto stratus = stratus_technique(procedure.references)) {
    out.stratus = *stratus;
    out.num_steps = out.num_derived = 1;
    out.lines = {"export STRATUS_RED_TEAM_CORRELATION_ID=" + run, "stratus detonate " + *stratus,
                 "# when the outcome is taken:", "stratus cleanup " + *stratus};
    return out;
  }
  // botocore puts it into the user agent: "exec-env/nephometer_ID".
  if (procedure.facts.provider == "aws") {
    out.lines.push_back("export AWS_EXECUTION_ENV=nephometer_" + run);
  }
  add_steps(procedure, provider, out);
  return out;
}

}  // namespace nepho::exercise
