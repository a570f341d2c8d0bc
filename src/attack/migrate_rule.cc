// The YAML reader says where each tag begins; what it says it is must stand there byte for byte, or
// the tag is left alone: an edit is only ever made to bytes that were read as they stand. A place
// of YAML is a line and a column in characters, so lines must be counted as the reader counts them.
//
// For the tags of one document, in this order: techniques, because they tell which tactic an old
// one became; tactics; what would then stand there twice; and at last the edits, in the order of
// the file. A tag is exchanged where it stands, becomes several (on lines of their own, or behind a
// comma), or goes with its line or its comma.
#include "attack/migrate_rule.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/printable.h"
#include "text/line_offsets.h"
#include "text/yaml.h"

namespace nepho::attack {
namespace {

constexpr std::string_view kNamespace = "attack.";

// A tag of ATT&CK where it stands. `wanted` is what is to stand there: nothing, the same, or more.
struct Tag {
  std::string text;
  std::size_t line = 0;
  std::size_t begin = 0;  // of the scalar, quotes included
  std::size_t end = 0;
  std::string quote;  // "", "'" or "\""
  std::vector<std::string> wanted;

  std::string_view name() const { return std::string_view(text).substr(kNamespace.size()); }
};

bool is_attack_tag(std::string_view text) {
  return text.size() > kNamespace.size() &&
         std::ranges::equal(text.substr(0, kNamespace.size()), kNamespace, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
}

class RuleMigration {
 public:
  RuleMigration(std::string_view yaml, const std::string& file, const Catalogue& target)
      : yaml_(yaml), file_(file), target_(target), lines_(yaml, text::Counting::kYaml) {}

  Migrated migrate() {
    const text::YamlStream stream = text::parse_yaml_stream(yaml_, file_);
    for (const text::YamlNode& document : stream.documents) {
      const text::YamlNode* tags = document.find("tags");
      if (tags != nullptr && tags->is_sequence()) migrate_tags(*tags);
    }
    if (stream.error) migrated_.report.add_error(*stream.error);
    return std::move(migrated_);
  }

 private:
  void migrate_tags(const text::YamlNode& list) {
    std::vector<Tag> tags;
    for (const text::YamlNode& node : list.items) {
      if (!node.is_scalar() || !is_attack_tag(node.text)) continue;
      if (auto tag = find_tag(node)) tags.push_back(std::move(*tag));
    }
    std::vector<TechniqueId> techniques;
    for (Tag& tag : tags) migrate_technique(tag, techniques);
    for (Tag& tag : tags) migrate_tactic(tag, tags, techniques);
    drop_repeats(tags);
    for (std::size_t i = 0; i < tags.size(); ++i) write(tags, i);
  }

  std::size_t line_begin(std::size_t line) const { return lines_.line_begin(line); }

  // Where the scalar stands; nothing, and a warning, when it is not written as it reads.
  std::optional<Tag> find_tag(const text::YamlNode& node) {
    const std::size_t begin = lines_.offset_of(node.line, node.column);
    Tag tag{.text = node.text, .line = node.line, .begin = begin, .wanted = {node.text}};
    if (!node.is_plain && begin < yaml_.size()) tag.quote = yaml_[begin];
    tag.end = begin + node.text.size() + 2 * tag.quote.size();
    if (yaml_.substr(begin, tag.end - begin) == tag.quote + node.text + tag.quote) return tag;
    migrated_.report.add_warning(
        Error(kNotInPlace,
              "this tag is not written as it reads and was left: " + escape_for_log(node.text),
              node.place(file_), "write it plainly, without escapes or block scalars"));
    return std::nullopt;
  }

  void warn(ErrorCode code, std::string message, const Tag& tag) {
    const std::size_t column = tag.begin - line_begin(tag.line) + 1;
    migrated_.report.add_warning(
        Error(code, std::move(message), {.file = file_, .line = tag.line, .column = column}));
  }

  void migrate_technique(Tag& tag, std::vector<TechniqueId>& techniques) {
    const auto id = parse_technique_id(tag.name());
    if (!id) return;
    const TechniqueFate fate = fate_of(target_, *id);
    switch (fate.fate) {
      case Fate::kCurrent: break;
      case Fate::kReplaced: {
        const bool is_upper = tag.name()[0] == 'T';
        tag.wanted = {tag.text.substr(0, kNamespace.size()) + (is_upper ? "T" : "t") +
                      fate.id.value.substr(1)};
        break;
      }
      case Fate::kWithdrawn:
        return warn(kWithdrawnTechnique, "withdrawn, and nothing took its place: " + id->value,
                    tag);
      case Fate::kUnknown:
        return warn(kUnknownTechnique,
                    fmt::format("no technique of ATT&CK {}: {}", target_.version(), id->value),
                    tag);
    }
    techniques.push_back(fate.id);
  }

  void migrate_tactic(Tag& tag, const std::vector<Tag>& tags,
                      const std::vector<TechniqueId>& techniques) {
    const std::string_view name = tag.name();
    if (parse_technique_id(name) || target_.find_tactic(name) != nullptr) return;
    const auto meant = tactics_meant(target_, name);
    if (meant.empty())
      return;  // no tactic of any version: a group, software, or an error of lint's
    auto became = tactics_in_use(target_, meant, techniques);
    if (became.empty()) {
      const bool has_another = std::ranges::any_of(tags, [&](const Tag& other) {
        return &other != &tag && target_.find_tactic(other.name()) != nullptr;
      });
      if (techniques.empty() || !has_another) became = {meant.front()};
    }
    tag.wanted.clear();
    for (const Tactic* tactic : became) {
      std::string shortname = tactic->shortname;
      if (name.find('_') != std::string_view::npos) std::ranges::replace(shortname, '-', '_');
      tag.wanted.push_back(tag.text.substr(0, kNamespace.size()) + shortname);
    }
  }

  // A text that is wanted in several places stays in the first that has it already, else the first.
  static void drop_repeats(std::vector<Tag>& tags) {
    std::vector<std::string> seen;
    for (const Tag& tag : tags) {
      if (tag.wanted == std::vector{tag.text}) seen.push_back(tag.text);
    }
    for (Tag& tag : tags) {
      if (tag.wanted == std::vector{tag.text}) continue;
      std::erase_if(tag.wanted, [&](const std::string& text) {
        if (std::ranges::count(seen, text) != 0) return true;
        seen.push_back(text);
        return false;
      });
    }
  }

  void write(const std::vector<Tag>& tags, std::size_t index) {
    const Tag& tag = tags[index];
    if (tag.wanted == std::vector{tag.text}) return;
    if (tag.wanted.empty()) return take_out(tag);
    const std::size_t begin = line_begin(tag.line);
    const std::string_view before = yaml_.substr(begin, tag.begin - begin);
    const bool on_own_line = before.find_first_not_of(" -") == std::string_view::npos;
    const std::string separator =
        on_own_line ? std::string(line_end_of(tag)) + std::string(before) : std::string(", ");
    std::string text;
    for (const std::string& wanted : tag.wanted) {
      if (!text.empty()) text += separator;
      text += tag.quote + wanted + tag.quote;
      migrated_.changes.push_back({tag.line, tag.text, wanted});
    }
    edit(tag.begin, tag.end, std::move(text));
  }

  std::string_view line_end_of(const Tag& tag) const {
    const std::string_view until = yaml_.substr(0, line_begin(tag.line + 1));
    if (until.ends_with("\r\n")) return "\r\n";
    return until.ends_with('\r') ? "\r" : "\n";
  }

  // Takes a tag out with its line, or with its comma in a list on one line. Behind which something
  // else stands (a comment, an anchor) is left and said.
  void take_out(const Tag& tag) {
    const std::size_t begin = line_begin(tag.line);
    const std::size_t next_line = line_begin(tag.line + 1);
    const std::string_view before = yaml_.substr(begin, tag.begin - begin);
    const std::string_view after = yaml_.substr(tag.end, next_line - tag.end);
    const auto is_blank = [](std::string_view text, std::string_view blanks) {
      return text.find_first_not_of(blanks) == std::string_view::npos;
    };
    if (is_blank(before, " -") && before.find('-') != std::string_view::npos &&
        is_blank(after, " \t\r\n")) {
      edit(begin, next_line, "");
    } else if (const std::size_t comma = before.find_last_not_of(" \t");
               comma != std::string_view::npos && before[comma] == ',' &&
               begin + comma >= edited_until_) {
      edit(begin + comma, tag.end, "");
    } else if (const std::size_t next = after.find_first_not_of(" \t");
               next != std::string_view::npos && after[next] == ',') {
      edit(tag.begin, tag.end + std::min(after.find_first_not_of(" \t", next + 1), after.size()),
           "");
    } else {
      return warn(kNotInPlace, "superfluous now; take it out by hand: " + escape_for_log(tag.text),
                  tag);
    }
    migrated_.changes.push_back({tag.line, tag.text, ""});
  }

  // Tags are written in their order, so edits come in theirs.
  void edit(std::size_t begin, std::size_t end, std::string replacement) {
    migrated_.edits.push_back({begin, end - begin, std::move(replacement)});
    edited_until_ = end;
  }

  std::string_view yaml_;
  const std::string& file_;
  const Catalogue& target_;
  const text::LineOffsets lines_;
  std::size_t edited_until_ = 0;
  Migrated migrated_;
};

}  // namespace

Migrated migrate_rule(std::string_view yaml, const std::string& file, const Catalogue& target) {
  return RuleMigration(yaml, file, target).migrate();
}

}  // namespace nepho::attack
