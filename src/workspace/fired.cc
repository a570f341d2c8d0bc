// The file is a cache that people may look into, not a record: nothing depends on it but what
// `coverage` shows as "fired". So a fault in it is named once and mended by the next run, and there
// is no older form of it to read.
#include "workspace/fired.h"

#include <algorithm>
#include <charconv>
#include <tuple>
#include <utility>

#include "base/files.h"
#include "base/limits.h"
#include "text/json.h"
#include "text/json_writer.h"
#include "workspace/errors.h"
#include "workspace/state_folder.h"

namespace nepho::workspace {
namespace {

// docs/schemas/fired.json; the number goes up when a member changes its meaning.
constexpr std::string_view kSchema = "nephometer/fired/1";
constexpr std::string_view kFiredFile = "fired.json";

// One rule a line would be shorter, but people look into the file: it is laid out.
std::string to_json(const Fired& fired) {
  text::JsonWriter json(1);
  json.begin_object()
      .member("schema", kSchema)
      .member("time", fired.time)
      .member("events", fired.num_events)
      .member("first_event_time", fired.first_event_time)
      .member("last_event_time", fired.last_event_time)
      .key("rules")
      .begin_array();
  for (const auto& rule : fired.rules) {
    json.begin_object()
        .member("id", rule.id)
        .member("path", rule.path)
        .member("digest", rule.digest)
        .member("count", rule.count)
        .member("last_time", rule.last_time)
        .end_object();
  }
  json.end_array();
  write_seen_logs(json.key("log_sources"), fired.log_sources);
  json.end_object();
  return json.take() + "\n";
}

// A missing or strange number counts as 0: the file is a convenience, made anew by the next run.
std::size_t count_at(const text::JsonValue& object, std::string_view key) {
  const auto value = object.find(key);
  const std::string_view text = value ? value->text() : std::string_view{};
  std::size_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}

// Takes what is there; a child that is no object has no members and becomes a rule without a name,
// which find() is never asked for.
Fired from_json(const text::JsonValue& root) {
  Fired fired;
  fired.time = root.string_at("time");
  fired.num_events = count_at(root, "events");
  fired.first_event_time = root.string_at("first_event_time");
  fired.last_event_time = root.string_at("last_event_time");
  if (const auto rules = root.find("rules")) {
    for (const auto& rule : rules->children()) {
      fired.rules.push_back({.id = std::string(rule.string_at("id")),
                             .path = std::string(rule.string_at("path")),
                             .digest = std::string(rule.string_at("digest")),
                             .count = count_at(rule, "count"),
                             .last_time = std::string(rule.string_at("last_time"))});
    }
  }
  if (const auto seen = root.find("log_sources")) fired.log_sources = read_seen_logs(*seen);
  return fired;
}

// What find() looks by: rules of one file lie together.
auto key_of(const FiredRule& rule) {
  return std::tuple<std::string_view, std::string_view>(rule.path, rule.id);
}

}  // namespace

const FiredRule* Fired::find(std::string_view id, std::string_view path) const {
  const auto found = std::ranges::lower_bound(rules, std::tuple(path, id), {}, key_of);
  return found != rules.end() && found->id == id && found->path == path ? &*found : nullptr;
}

// By components, not by letters: "..rules" lies below. Links are not followed, since the same link
// leads elsewhere on another machine.
std::string kept_path(const std::filesystem::path& workspace_folder,
                      const std::filesystem::path& file) {
  std::error_code error;
  const auto folder = std::filesystem::absolute(workspace_folder, error).lexically_normal();
  const auto absolute = std::filesystem::absolute(file, error).lexically_normal();
  const auto relative = absolute.lexically_relative(folder);
  const bool leads_out = relative.empty() || *relative.begin() == "..";
  return leads_out ? absolute.generic_string() : relative.generic_string();
}

Result<void> write_fired(const std::filesystem::path& workspace_folder, Fired fired) {
  std::ranges::sort(fired.rules, {}, key_of);
  auto folder = make_state_folder(workspace_folder);
  if (!folder) return std::unexpected(folder.error());
  return write_file(*folder / kFiredFile, to_json(fired));
}

Result<Fired> read_fired(const std::filesystem::path& workspace_folder) {
  const auto path = workspace_folder / kStateFolder / kFiredFile;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return Fired{};
  auto content = read_file(path, kDefaultLimits.max_document_bytes);
  if (!content) return std::unexpected(content.error());
  auto document = text::JsonDocument::parse(std::move(*content), path.string());
  if (!document) return std::unexpected(document.error());
  if (!document->root().is_object() || document->root().string_at("schema") != kSchema) {
    return fail(kBadFired, fmt::format("expected \"schema\": \"{}\"", kSchema),
                Place{.file = path.string(), .line = 1, .column = 1},
                "delete it; the next 'nepho detect' writes it anew");
  }
  // Sorted again: a file that was merged by hand would make find() miss rules in silence.
  Fired fired = from_json(document->root());
  std::ranges::sort(fired.rules, {}, key_of);
  return fired;
}

}  // namespace nepho::workspace
