// The text is written, not built as a tree: comments are most of it. What the user told goes in as
// double-quoted scalars, which hold any text on one line.
#include "workspace/starter.h"

#include <fmt/format.h>

#include "base/utf8.h"
#include "text/json_writer.h"

namespace nepho::workspace {
namespace {

// What JSON writes as it is and YAML does not take, or takes for a line end (YAML 1.2 section 5.1,
// c-printable; YAML 1.1 section 4.2, b-char): DEL and C1, the two separators of lines, and the two
// that are no characters.
bool needs_yaml_escape(char32_t c) {
  return (c >= 0x7F && c <= 0x9F) || c == 0x2028 || c == 0x2029 || c == 0xFFFE || c == 0xFFFF;
}

// A YAML double-quoted scalar: a JSON string is one (YAML 1.2 section 1.3), but for the above.
std::string in_quotes(std::string_view text) {
  std::string json;
  text::append_json_quoted(text, json);
  std::string out;
  for (std::string_view rest = json; !rest.empty();) {
    const CodePoint next = first_code_point(rest);
    out += needs_yaml_escape(next.value)
               ? fmt::format("\\u{:04X}", static_cast<std::uint32_t>(next.value))
               : std::string(rest.substr(0, next.size));
    rest.remove_prefix(next.size);
  }
  return out;
}

// An id as a key: plain where that is safe, as people write them.
std::string as_key(std::string_view id) {
  constexpr std::string_view kPlain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";
  const bool is_plain =
      !id.empty() && id[0] != '-' && id.find_first_not_of(kPlain) == std::string_view::npos;
  return is_plain ? std::string(id) : in_quotes(id);
}

// "  sectors: [..]  # comment", or the example behind '#' when there is nothing. The example keeps
// its indentation, so that taking the '#' and its blank away leaves a valid line; a test does that
// to every one.
std::string list_line(std::string_view key, const std::vector<std::string>& values,
                      std::string_view example) {
  if (values.empty()) return fmt::format("  # {}: {}\n", key, example);
  std::vector<std::string> items;
  for (const auto& value : values) items.push_back(in_quotes(value));
  return fmt::format("  {}: [{}]\n", key, fmt::join(items, ", "));
}

// What one may say of a provider, to be filled in. Only what the provider has: an account id means
// nothing in Entra ID. Providers without an example take "{}" or the key alone.
std::string_view provider_example(std::string_view id) {
  if (id == "aws") {
    return "    # accounts: 40                          # how many; or name them:\n"
           "    # account_ids: [\"111122223333\"]\n"
           "    # organization_id: o-example\n"
           "    # services: [iam, s3, ec2, lambda]      # what you use; empty: everything\n"
           "    # crown_jewels: [s3]\n"
           "    # provisioning_principals: [\"arn:aws:iam::*:role/terraform*\"]\n"
           "    # trusted_external_accounts: [\"444455556666\"]\n"
           "    # log_buckets: [org-trail]\n";
  }
  if (id == "azure") return "    # subscription_ids: [\"00000000-0000-0000-0000-000000000000\"]\n";
  if (id == "entra") return "    # tenant_ids: [\"00000000-0000-0000-0000-000000000000\"]\n";
  if (id == "gcp") return "    # project_ids: [example-prod]\n";
  return "";
}

// The sections below are there in any case: as told, or as an example behind '#', so that the file
// shows all that may be said.
std::string providers_section(const std::vector<std::string>& providers) {
  std::string text =
      "\n# The clouds you run. Coverage is counted for these; without any, for all.\n";
  if (providers.empty()) return text + "# providers:\n#   aws: {accounts: 40}\n#   entra: {}\n";
  text += "providers:\n";
  for (const auto& id : providers)
    text += fmt::format("  {}:\n{}", as_key(id), provider_example(id));
  return text;
}

std::string log_sources_section(const std::vector<std::string>& sources) {
  std::string text =
      "\n# The logs you collect: the share of accounts covered (0 to 1) and how late they come.\n"
      "# A rule on a log that is not collected counts nothing.\n";
  if (sources.empty()) {
    return text + "# log_sources:\n#   aws.cloudtrail: {coverage: 0.95, latency: 15m}\n";
  }
  text += "log_sources:\n";
  for (const auto& id : sources) text += fmt::format("  {}: {{coverage: 1.0}}\n", as_key(id));
  return text;
}

// Never empty: a workspace without rules would look like a cloud without detections.
std::string detections_section(const std::vector<std::string>& paths) {
  std::string text =
      "\n# Where your detection rules are. The format is found out by itself.\n"
      "detections:\n";
  for (const auto& path : paths) text += fmt::format("  - path: {}\n", in_quotes(path));
  if (paths.empty()) text += "  - pack: builtin\n";
  return text +
         "  # - {path: ../siem/elastic, format: elastic, enabled_only: true}\n"
         "  # - {pack: builtin}\n";
}

}  // namespace

std::string starter_text(const Starter& starter) {
  std::string text =
      "# The workspace of nephometer: who you are, what you run, and where your rules are.\n"
      "# Every list here is a placeholder for Sigma's `expand` too: %account_ids%, %networks%, "
      "...\n"
      "\norganisation:\n";
  // A name stands there in any case, as the title of reports.
  text += fmt::format("  name: {}\n", in_quotes(starter.name.empty() ? "Example" : starter.name));
  text += list_line("sectors", starter.sectors, "[financial-services]");
  text += list_line("countries", starter.countries, "[DE]");
  text += list_line("domains", starter.domains, "[example.com]");
  text += list_line("networks", starter.networks, "[203.0.113.0/24]");
  text += providers_section(starter.providers);
  text += log_sources_section(starter.log_sources);
  text += detections_section(starter.rule_paths);
  text +=
      "\n# Controls that prevent a technique, and by how much (0 to 1).\n"
      "# prevention:\n"
      "#   T1078.004: {provider: entra, factor: 0.6, why: phishing-resistant MFA}\n"
      "\n# Risks that someone accepted, until a day.\n"
      "# accepted:\n"
      "#   - {technique: T1496, provider: gcp, until: 2027-06-30, by: ciso, why: no compute "
      "there}\n"
      "\n# More placeholders for `expand`, of your own.\n"
      "# placeholders:\n"
      "#   admin_roles: [OrganizationAdmin, BreakGlass]\n"
      "\n# How Sigma filters are read: specification or as-written.\n"
      "# filters: specification\n"
      "\n# Parameters of the coverage model, in place of the program's own.\n"
      "# model: {evidence: {half_life_days: 90, expiry_days: 180}}\n";
  return text;
}

}  // namespace nepho::workspace
