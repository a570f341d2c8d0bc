// Comments are blanked first, so that offsets, and with them lines, stay. Then a rule is what lies
// between one "rule NAME" at the beginning of a line and the next: the braces need not be counted,
// which regular expressions and strings would make hard.
#include "inventory/yaral.h"

#include <algorithm>
#include <array>

#include "text/fold.h"

namespace nepho::inventory {
namespace {

constexpr auto kWords = std::to_array<ProviderWord>({
    {"aws*", "aws"},
    {"amazon", "aws"},
    {"azure ad*", "entra"},
    {"entra*", "entra"},
    {"ms graph activity*", "entra"},
    {"microsoft graph activity*", "entra"},
    {"azure", "azure"},
    {"gcp*", "gcp"},
    {"google cloud*", "gcp"},
    {"workspace activity", "gws"},
    {"google workspace", "gws"},
    {"google_workspace*", "gws"},
    {"gmail*", "gws"},
    {"o365*", "m365"},
    {"office 365", "m365"},
    {"office365", "m365"},
    {"okta*", "okta"},
    {"github*", "github"},
    {"kubernetes*", "kubernetes"},
    {"gke", "kubernetes"},
});

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// Where a string that begins at `at` ends: behind its closing quote, or at the end of the line.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (++at; at < text.size() && text[at] != quote && (quote == '`' || text[at] != '\n'); ++at)
    if (text[at] == '\\' && quote != '`') ++at;
  return std::min(text.size(), at + 1);
}

std::size_t end_of_comment(std::string_view text, std::size_t at) {
  const bool is_block = text[at + 1] == '*';
  const std::size_t end = is_block ? text.find("*/", at + 2) : text.find('\n', at);
  if (end == std::string_view::npos) return text.size();
  return is_block ? end + 2 : end;
}

// The text with blanks in place of comments.
std::string without_comments(std::string_view text) {
  std::string code(text);
  char before = '\0';  // the last character that is no blank: behind it a '/' may begin a regex
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    std::size_t end = at + 1;
    if (c == '"' || c == '`' || (c == '/' && (before == '=' || before == '(' || before == ','))) {
      if (c == '/' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '*')) {
        end = end_of_comment(text, at);
      } else {
        at = end_of_string(text, at);
        before = c;
        continue;
      }
    } else if (c == '/' && at + 1 < text.size() && (text[at + 1] == '/' || text[at + 1] == '*')) {
      end = end_of_comment(text, at);
    } else {
      if (c != ' ' && c != '\t' && c != '\r' && c != '\n') before = c;
      at = end;
      continue;
    }
    for (; at < end; ++at)
      if (code[at] != '\n') code[at] = ' ';
  }
  return code;
}

// One "key = value" of a meta section.
struct Entry {
  std::string key;
  std::string value;
  std::size_t offset = 0;  // of the value
};

// Whether nothing but blanks, or "private", lies between `at` and the beginning of its line. Looks
// no further back than these.
bool begins_line(std::string_view code, std::size_t at) {
  constexpr std::string_view kPrivate = "private";
  const auto skip_blanks = [&] {
    while (at > 0 && (code[at - 1] == ' ' || code[at - 1] == '\t')) --at;
  };
  skip_blanks();
  if (code.substr(0, at).ends_with(kPrivate)) at -= kPrivate.size();
  skip_blanks();
  return at == 0 || code[at - 1] == '\n';
}

// "rule" and a name at the beginning of a line; the offset of the name, or npos.
std::size_t next_rule(std::string_view code, std::size_t from) {
  constexpr std::string_view kRule = "rule";
  for (std::size_t at = code.find(kRule, from); at != std::string_view::npos;
       at = code.find(kRule, at + 1)) {
    std::size_t name = at + kRule.size();
    while (name < code.size() && (code[name] == ' ' || code[name] == '\t')) ++name;
    const bool has_name = name > at + kRule.size() && name < code.size() && is_name(code[name]);
    if (has_name && begins_line(code, at)) return name;
  }
  return std::string_view::npos;
}

// Turns offsets, which only grow, into places.
class Places {
 public:
  explicit Places(const RuleFile& file) : file_(file) {}

  Place at(std::size_t offset) {
    for (; at_ < offset; ++at_) {
      if (file_.text[at_] != '\n') continue;
      ++line_;
      line_start_ = at_ + 1;
    }
    return {.file = file_.path, .line = line_, .column = offset - line_start_ + 1};
  }

 private:
  const RuleFile& file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t line_start_ = 0;
};

std::string unescaped(std::string_view quoted) {
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] == '\\' && i + 1 < quoted.size()) ++i;
    text += quoted[i];
  }
  return text;
}

// Reads "key = value" from `at` on; false at anything else, such as the next section.
bool read_entry(std::string_view code, std::size_t& at, Entry& entry) {
  const auto skip = [&] { at = std::min(code.size(), code.find_first_not_of(" \t\r\n", at)); };
  skip();
  const std::size_t key = at;
  while (at < code.size() && is_name(code[at])) ++at;
  entry.key = code.substr(key, at - key);
  skip();
  if (entry.key.empty() || at >= code.size() || code[at] != '=') return false;
  ++at;
  skip();
  if (at >= code.size()) return false;
  entry.offset = at;
  if (code[at] == '"' || code[at] == '`') {
    const std::size_t end = end_of_string(code, at);
    const std::string_view inner = code.substr(at + 1, end - at - 1);
    const bool is_closed = !inner.empty() && inner.back() == code[at];
    const std::string_view value = is_closed ? inner.substr(0, inner.size() - 1) : inner;
    entry.value = code[at] == '`' ? std::string(value) : unescaped(value);
    at = end;
  } else {
    const std::size_t end = std::min(code.size(), code.find_first_of(" \t\r\n", at));
    entry.value = code.substr(at, end - at);
    at = end;
  }
  return true;
}

std::vector<Entry> read_meta(std::string_view rule, std::size_t offset) {
  std::vector<Entry> entries;
  std::size_t at = rule.find("meta:");
  if (at == std::string_view::npos) return entries;
  at += std::string_view("meta:").size();
  Entry entry;
  while (read_entry(rule, at, entry)) {
    entry.offset += offset;
    entries.push_back(entry);
  }
  return entries;
}

std::string_view value_of(const std::vector<Entry>& meta, std::string_view key) {
  const auto found = std::ranges::find_if(
      meta, [&](const Entry& entry) { return text::equal_ignoring_case(entry.key, key); });
  return found == meta.end() ? std::string_view() : std::string_view(found->value);
}

// The id behind "/techniques/" of an address.
std::string_view id_in_url(std::string_view url) {
  constexpr std::string_view kPath = "/techniques/";
  const std::size_t at = url.find(kPath);
  return at == std::string_view::npos ? std::string_view()
                                      : leading_id(url.substr(at + kPath.size()));
}

// In the list of all, words of other catalogues have digits (car.2019-04-001) and are passed over.
bool is_claim(std::string_view word) {
  return looks_like_technique(word) || word.starts_with("TA") || word.starts_with("ta0") ||
         word.find_first_of("0123456789") == std::string_view::npos;
}

// What one entry of the meta section claims: each part of its list.
void add_claims(const Entry& entry, const Place& place, std::vector<Claim>& claims) {
  constexpr auto kKeys = std::to_array<std::string_view>(
      {"technique", "tactic", "technique_id", "tactic_id", "mitre_attack_tactic", "mitre",
       "mitre_attack_technique_id", "mitre_attack_url"});
  const std::string key = text::fold_case(entry.key);
  if (std::ranges::count(kKeys, key) == 0) return;
  std::string_view rest = entry.value;
  while (!rest.empty()) {
    const std::string_view part = rest.substr(0, rest.find(','));
    rest.remove_prefix(std::min(rest.size(), part.size() + 1));
    const std::string_view text = key == "mitre_attack_url" ? id_in_url(part) : leading_id(part);
    if (!text.empty() && (key != "mitre" || is_claim(text)))
      claims.push_back({.text = std::string(text),
                        .line = place.line,
                        .column = place.column,
                        .scalar = entry.value});
  }
}

void add_rule_providers(const std::vector<Entry>& meta, std::string_view name,
                        std::string_view rule, std::vector<std::string>& providers) {
  add_providers(value_of(meta, "data_source"), kWords, providers);
  // One that reads two logs of a vendor's is of the first: the second adds to what it finds.
  if (providers.size() > 1) providers.resize(1);
  if (!providers.empty()) return;
  for (const std::string_view product : {"product_name = \"", "vendor_name = \""}) {
    const std::size_t at = rule.find(product);
    if (at == std::string_view::npos || !providers.empty()) continue;
    const std::string_view value = rule.substr(at + product.size());
    add_providers(value.substr(0, value.find('"')), kWords, providers);
  }
  if (providers.empty()) add_providers(value_of(meta, "platform"), kWords, providers);
  if (providers.empty()) add_providers(name, kWords, providers);
}

ForeignRule read_rule(const RuleFile& file, std::string_view rule, std::size_t offset,
                      Places& places) {
  const Place place = places.at(offset);
  ForeignRule read = rule_at(file, place.line, place.column);
  Detection& detection = read.detection;
  const std::string_view name = rule.substr(
      0, static_cast<std::size_t>(std::ranges::find_if_not(rule, is_name) - rule.begin()));
  const std::vector<Entry> meta = read_meta(rule, offset);
  const auto or_name = [&](std::string_view key) {
    const std::string_view value = value_of(meta, key);
    return std::string(value.empty() ? name : value);
  };
  detection.id = or_name("rule_id");
  detection.name = or_name("rule_name");
  detection.level = level_of(value_of(meta, "severity"));
  detection.status = status_of(value_of(meta, "status"));
  detection.enabled =
      detection.status != "deprecated" && file.path.find("_deprecated/") == std::string::npos;
  add_rule_providers(meta, name, rule, detection.providers);
  read.reads = value_of(meta, "data_source");
  if (const std::size_t events = rule.find("events:"); events != std::string_view::npos)
    read.logic = rule.substr(events);
  for (const Entry& entry : meta) add_claims(entry, places.at(entry.offset), read.claims);
  return read;
}

}  // namespace

bool is_yaral(std::string_view text) {
  if (text.find("rule ") == std::string_view::npos ||
      text.find("condition:") == std::string_view::npos ||
      text.find("events:") == std::string_view::npos)
    return false;
  const std::string code = without_comments(text);
  const std::size_t name = next_rule(code, 0);
  if (name == std::string_view::npos) return false;
  const auto end =
      std::find_if_not(code.begin() + static_cast<std::ptrdiff_t>(name), code.end(), is_name);
  return trimmed(std::string_view(end, code.end())).starts_with('{');
}

std::vector<ForeignRule> read_yaral(const RuleFile& file) {
  const std::string code = without_comments(file.text);
  std::vector<ForeignRule> rules;
  Places places(file);
  for (std::size_t at = next_rule(code, 0); at != std::string::npos;) {
    const std::size_t next = next_rule(code, at);
    const std::size_t end = next == std::string::npos ? code.size() : next;
    rules.push_back(read_rule(file, std::string_view(code).substr(at, end - at), at, places));
    at = next;
  }
  return rules;
}

}  // namespace nepho::inventory
