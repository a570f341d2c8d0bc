#include "exercise/live_plan.h"

#include <fmt/format.h>

#include "alert/text_values.h"
#include "base/sha256.h"
#include "exercise/errors.h"
#include "text/json.h"
#include "text/json_writer.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using text::JsonDocument;
using text::JsonValue;

constexpr std::string_view kSchema = "nephometer/live-plan/1";

// Each text of a play by its name in JSON.
struct Member {
  std::string_view name;
  std::string PlannedPlay::* text;
};
constexpr Member kMembers[]{
    {"run", &PlannedPlay::run},           {"procedure", &PlannedPlay::procedure},
    {"name", &PlannedPlay::name},         {"technique", &PlannedPlay::technique},
    {"provider", &PlannedPlay::provider}, {"stratus", &PlannedPlay::stratus},
    {"account", &PlannedPlay::account},   {"actor", &PlannedPlay::actor},
    {"address", &PlannedPlay::address}};

PlannedPlay read_play(const JsonValue& value) {
  PlannedPlay play;
  for (const Member& member : kMembers) {
    play.*member.text = alert::bounded(value.string_at(member.name));
  }
  if (const auto commands = value.find("commands")) {
    for (const JsonValue& line : commands->children()) {
      if (line.is_string()) play.commands.emplace_back(line.text());
    }
  }
  return play;
}

}  // namespace

std::string to_json(const LivePlan& plan) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", kSchema).member("made", text::to_rfc3339(plan.made));
  json.key("plays").begin_array();
  for (const PlannedPlay& play : plan.plays) {
    json.begin_object();
    for (const Member& member : kMembers) json.member(member.name, play.*member.text);
    json.strings("commands", play.commands).end_object();
  }
  json.end_array().end_object();
  return json.take() + '\n';
}

Result<LivePlan> parse_live_plan(std::string text, const std::string& file) {
  const auto document = JsonDocument::parse(std::move(text), file);
  if (!document) return std::unexpected(document.error());
  const JsonValue root = document->root();
  const auto bad = [&](const JsonValue& at, std::string message) {
    return fail(kBadPlan, std::move(message), document->place_of(at, file),
                "'nepho validate --live' writes a plan");
  };
  if (!root.is_object() || root.string_at("schema") != kSchema) {
    return bad(root, fmt::format("expected a plan, with \"schema\": \"{}\"", kSchema));
  }
  LivePlan plan;
  const auto made = text::parse_timestamp(root.string_at("made"));
  if (!made) return bad(root, "expected a time as 'made'");
  plan.made = made->time;
  const auto plays = root.find("plays");
  if (!plays || !plays->is_array()) return bad(root, "expected a list of plays");
  for (const JsonValue& value : plays->children()) {
    PlannedPlay play = read_play(value);
    if (play.procedure.empty() || play.technique.empty() || play.provider.empty()) {
      return bad(value, "expected a play with procedure, technique and provider");
    }
    plan.plays.push_back(std::move(play));
    if (plan.plays.size() > kMaxPlays) return bad(value, "more plays than a plan may have");
  }
  return plan;
}

std::string run_id(Instant time, std::string_view procedure) {
  std::string hex =
      sha256_hex(fmt::format("{}/{}", time.time_since_epoch().count(), procedure)).substr(0, 32);
  hex[12] = '8';
  hex[16] = "89ab"[static_cast<unsigned char>(hex[16]) % 4];
  return fmt::format("{}-{}-{}-{}-{}", hex.substr(0, 8), hex.substr(8, 4), hex.substr(12, 4),
                     hex.substr(16, 4), hex.substr(20));
}

}  // namespace nepho::exercise
