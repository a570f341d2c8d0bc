// Members are read one by one; the first that is wrong ends the reading, since a record of which a
// part is wrong cannot be trusted in the rest.
#include "evidence/json.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <charconv>
#include <cmath>

#include "base/printable.h"
#include "evidence/errors.h"
#include "evidence/words.h"
#include "text/timestamp.h"

namespace nepho::evidence {
namespace {

using text::JsonDocument;
using text::JsonType;
using text::JsonValue;

// A second's thousandth is as exact as an alert's time ever is.
constexpr int kLatencyDigits = 3;
constexpr double kMillisecondsASecond = 1000;
// Of a latency: a hundred years, so that the number of milliseconds fits.
constexpr double kMaxLatencySeconds = 100.0 * 365 * 86'400;

void write_trials(text::JsonWriter& json, const std::vector<Trial>& trials) {
  json.key("trials").begin_array();
  for (const Trial& trial : trials) {
    json.begin_object().member("rule", trial.rule).member("hash", trial.hash);
    json.member("alerted", trial.alerted).member("late", trial.late);
    json.member("also_benign", trial.also_benign).end_object();
  }
  json.end_array();
}

// Reads the members of one object; keeps the first error and gives empty values from then on, so
// that the reading below is a plain list of members.
class MemberReader {
 public:
  // All three must outlive this.
  MemberReader(const JsonDocument& document, const JsonValue& object, const std::string& file)
      : document_(document), object_(object), file_(file) {}

  const std::optional<Error>& error() const { return error_; }

  // A string that must be there and not be empty.
  std::string name(std::string_view key) {
    std::string text = optional_text(key);
    if (text.empty() && !error_) fail_at(object_, key, "a text", "nothing");
    return text;
  }

  // "" where it is missing or null.
  std::string optional_text(std::string_view key) {
    const auto value = find(key);
    if (!value) return {};
    if (!value->is_string()) return fail_at(*value, key, "a text", "another kind"), "";
    return std::string(value->text());
  }

  // False where it is missing.
  bool flag(std::string_view key) {
    const auto value = find(key);
    if (!value) return false;
    if (value->type() != JsonType::kTrue && value->type() != JsonType::kFalse) {
      fail_at(*value, key, "true or false", "another kind");
    }
    return value->type() == JsonType::kTrue;
  }

  // A word of the enumeration, which must be there.
  template <typename Enum>
  Enum word(std::string_view key) {
    const std::string text = name(key);
    if (error_) return {};
    if (const auto value = parse<Enum>(text)) return *value;
    error_ = Error(kUnknownWord, fmt::format("no such {}: {}", key, escape_for_log(text)),
                   document_.place_of(*object_.find(key), file_),
                   fmt::format("one of {}", fmt::join(words_of<Enum>(), ", ")));
    return {};
  }

  std::chrono::sys_time<std::chrono::nanoseconds> time(std::string_view key) {
    const std::string text = name(key);
    if (error_) return {};
    const auto timestamp = text::parse_timestamp(text);
    if (!timestamp) fail_at(*object_.find(key), key, "a time", "'" + escape_for_log(text) + "'");
    return timestamp ? timestamp->time : std::chrono::sys_time<std::chrono::nanoseconds>{};
  }

  // A number from 0 on; nothing where it is missing or null.
  std::optional<double> number(std::string_view key, double most) {
    const auto value = find(key);
    if (!value) return std::nullopt;
    double number = -1;
    const std::string_view text = value->type() == JsonType::kNumber ? value->text() : "";
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (read.ec != std::errc{} || !(number >= 0) || number > most) {
      fail_at(*value, key, fmt::format("a number from 0 to {:.0f}", most), "another value");
      return std::nullopt;
    }
    return number;
  }

  // The array at `key`, which may be missing.
  std::optional<JsonValue> array(std::string_view key) {
    const auto value = find(key);
    if (value && !value->is_array()) fail_at(*value, key, "a list", "another kind");
    return value && value->is_array() ? value : std::nullopt;
  }

 private:
  // The member, unless it is null or an error was met before.
  std::optional<JsonValue> find(std::string_view key) const {
    if (error_) return std::nullopt;
    const auto value = object_.find(key);
    return value && value->type() != JsonType::kNull ? value : std::nullopt;
  }

  // `expected` and `came` are words of ours.
  void fail_at(const JsonValue& at, std::string_view key, std::string_view expected,
               std::string_view came) {
    error_ = Error(kBadMember, fmt::format("expected {} as '{}', came: {}", expected, key, came),
                   document_.place_of(at, file_));
  }

  const JsonDocument& document_;
  const JsonValue& object_;
  const std::string& file_;
  std::optional<Error> error_;
};

Result<std::vector<Trial>> read_trials(const JsonDocument& document, const JsonValue& array,
                                       const std::string& file) {
  std::vector<Trial> trials;
  for (const JsonValue& item : array.children()) {
    MemberReader member(document, item, file);
    // In braces members are read in the order of the text: the first error is the first in the
    // file.
    trials.push_back({.rule = member.name("rule"),
                      .hash = member.optional_text("hash"),
                      .alerted = member.flag("alerted"),
                      .late = member.flag("late"),
                      .also_benign = member.flag("also_benign")});
    if (member.error()) return std::unexpected(*member.error());
  }
  return trials;
}

std::optional<std::chrono::milliseconds> to_milliseconds(std::optional<double> seconds) {
  if (!seconds) return std::nullopt;
  return std::chrono::milliseconds(std::llround(*seconds * kMillisecondsASecond));
}

}  // namespace

void write_evidence(text::JsonWriter& json, const Evidence& evidence) {
  json.begin_object().member("procedure", evidence.procedure);
  json.member("technique", evidence.technique).member("provider", evidence.provider);
  json.member("kind", to_string(evidence.kind)).member("outcome", to_string(evidence.outcome));
  json.member("verdict", to_string(evidence.verdict)).member("reason", evidence.reason);
  write_trials(json, evidence.trials);
  json.member("schema_hash", evidence.schema_hash);
  json.member("attack_version", evidence.attack_version);
  json.member("time", text::to_rfc3339(evidence.time)).key("latency_s");
  if (evidence.latency) {
    json.number(static_cast<double>(evidence.latency->count()) / kMillisecondsASecond,
                kLatencyDigits);
  } else {
    json.null();
  }
  json.member("events", evidence.events).member("digest", evidence.digest).end_object();
}

std::string to_json_line(const Evidence& evidence) {
  text::JsonWriter json;
  write_evidence(json, evidence);
  return json.take() + '\n';
}

Result<Evidence> read_evidence(const JsonDocument& document, const JsonValue& object,
                               const std::string& file) {
  // Counts beyond 2^53 would not survive a double; no play has that many events.
  constexpr double kMaxEvents = 9'007'199'254'740'992;
  MemberReader member(document, object, file);
  Evidence evidence{.procedure = member.name("procedure"),
                    .technique = member.name("technique"),
                    .provider = member.name("provider"),
                    .kind = member.word<Kind>("kind"),
                    .outcome = member.word<Outcome>("outcome"),
                    .verdict = member.word<Verdict>("verdict"),
                    .reason = member.optional_text("reason")};
  if (const auto array = member.array("trials")) {
    auto trials = read_trials(document, *array, file);
    if (!trials) return std::unexpected(trials.error());
    evidence.trials = std::move(*trials);
  }
  evidence.schema_hash = member.optional_text("schema_hash");
  evidence.attack_version = member.optional_text("attack_version");
  evidence.time = member.time("time");
  evidence.latency = to_milliseconds(member.number("latency_s", kMaxLatencySeconds));
  evidence.events = static_cast<std::size_t>(member.number("events", kMaxEvents).value_or(0));
  evidence.digest = member.optional_text("digest");
  if (member.error()) return std::unexpected(*member.error());
  return evidence;
}

Result<Evidence> parse_evidence(std::string_view line, const std::string& file) {
  const auto document = JsonDocument::parse(std::string(line), file);
  if (!document) return std::unexpected(document.error());
  return read_evidence(*document, document->root(), file);
}

std::vector<Evidence> parse_evidence_lines(std::string_view text, const std::string& file,
                                           LoadReport& report) {
  std::vector<Evidence> all;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = text.substr(0, text.find('\n'));
    text.remove_prefix(std::min(line.size() + 1, text.size()));
    if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    auto evidence = parse_evidence(line, file);
    if (evidence) {
      all.push_back(std::move(*evidence));
      continue;
    }
    // A line is a document of its own to the reader below.
    evidence.error().place.line = number;
    evidence.error().place.offset.reset();
    report.add_error(evidence.error());
  }
  return all;
}

}  // namespace nepho::evidence
