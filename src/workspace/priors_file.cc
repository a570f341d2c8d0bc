#include "workspace/priors_file.h"

#include <fmt/format.h>

#include <charconv>
#include <string>

#include "base/files.h"
#include "base/limits.h"
#include "evidence/words.h"
#include "text/json.h"
#include "text/json_writer.h"
#include "workspace/errors.h"
#include "workspace/state_folder.h"

namespace nepho::workspace {
namespace {

using coverage::FittedPrior;
using coverage::FittedPriors;

// docs/schemas/priors.json; the number goes up when a member changes its meaning.
constexpr std::string_view kSchema = "nephometer/priors/1";
constexpr std::string_view kPriorsFile = "priors.json";
// All that a double has, so that the figures after reading are those before writing.
constexpr int kDigits = 17;
// Upper ends that only a damaged file passes.
constexpr double kMaxBase = 1'000;
constexpr double kMaxTrials = 1'000;
constexpr double kMaxCount = 1e9;

std::string to_json(const FittedPriors& priors) {
  text::JsonWriter json(1);
  json.begin_object().member("schema", kSchema).member("as_of", priors.as_of);
  json.key("priors").begin_array();
  for (const FittedPrior& group : priors.groups) {
    json.begin_object().member("log_source", group.log_source).member("status", group.status);
    json.key("base").number(group.base, kDigits).key("trials").number(group.trials, kDigits);
    json.key("mean").number(group.mean, kDigits).key("alerted").number(group.alerted, kDigits);
    json.member("rules", group.rules);
    json.key("plays").begin_object();
    for (const std::string_view word : evidence::words_of<evidence::Kind>()) {
      const auto kind = evidence::parse<evidence::Kind>(word);
      json.member(word, group.plays[static_cast<std::size_t>(*kind)]);
    }
    json.end_object().end_object();
  }
  json.end_array().end_object();
  return json.take() + "\n";
}

class Reader {
 public:
  Reader(const text::JsonDocument& document, std::string file)
      : document_(document), file_(std::move(file)) {}

  Result<FittedPriors> read() const {
    const text::JsonValue root = document_.root();
    if (!root.is_object() || root.string_at("schema") != kSchema) {
      return error(root, fmt::format("expected \"schema\": \"{}\"", kSchema));
    }
    FittedPriors priors{.as_of = std::string(root.string_at("as_of")), .groups = {}};
    const auto groups = root.find("priors");
    if (!groups || !groups->is_array()) return error(root, "expected the list 'priors'");
    for (const text::JsonValue& entry : groups->children()) {
      auto group = read_group(entry);
      if (!group) return std::unexpected(group.error());
      priors.groups.push_back(*std::move(group));
    }
    return priors;
  }

 private:
  std::unexpected<Error> error(const text::JsonValue& at, std::string message) const {
    return fail(kBadPriors, std::move(message), document_.place_of(at, file_),
                "delete it, and run 'nepho validate --refit' again");
  }

  // A number above 0, or 0 where `least` is, and at most `most`.
  Result<double> number(const text::JsonValue& object, std::string_view key, double least,
                        double most) const {
    const auto value = object.find(key);
    double number = 0;
    if (value && value->type() == text::JsonType::kNumber) {
      const std::string_view text = value->text();
      const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
      if (code == std::errc() && number >= least && number <= most) return number;
    }
    return error(object, fmt::format("expected a number from {} to {} as '{}'", least, most, key));
  }

  Result<FittedPrior> read_group(const text::JsonValue& entry) const {
    FittedPrior group{.log_source = std::string(entry.string_at("log_source")),
                      .status = std::string(entry.string_at("status"))};
    if (group.log_source.empty()) return error(entry, "expected a text as 'log_source'");
    const struct {
      std::string_view key;
      double FittedPrior::* member;
      double least;
      double most;
    } numbers[]{{"base", &FittedPrior::base, 0, kMaxBase},
                {"trials", &FittedPrior::trials, 0.001, kMaxTrials},
                {"mean", &FittedPrior::mean, 0, 1},
                {"alerted", &FittedPrior::alerted, 0, 1}};
    for (const auto& [key, member, least, most] : numbers) {
      const auto value = number(entry, key, least, most);
      if (!value) return std::unexpected(value.error());
      group.*member = *value;
    }
    const auto rules = number(entry, "rules", 0, kMaxCount);
    if (!rules) return std::unexpected(rules.error());
    group.rules = static_cast<std::size_t>(*rules);
    const auto plays = entry.find("plays");
    if (!plays) return error(entry, "expected an object as 'plays'");
    for (const std::string_view word : evidence::words_of<evidence::Kind>()) {
      const auto count = number(*plays, word, 0, kMaxCount);
      if (!count) return std::unexpected(count.error());
      group.plays[static_cast<std::size_t>(*evidence::parse<evidence::Kind>(word))] =
          static_cast<std::size_t>(*count);
    }
    return group;
  }

  const text::JsonDocument& document_;
  std::string file_;
};

}  // namespace

Result<void> write_priors(const std::filesystem::path& workspace_folder,
                          const FittedPriors& priors) {
  auto folder = make_state_folder(workspace_folder);
  if (!folder) return std::unexpected(folder.error());
  return write_file(*folder / kPriorsFile, to_json(priors));
}

Result<FittedPriors> read_priors(const std::filesystem::path& workspace_folder) {
  const auto path = workspace_folder / kStateFolder / kPriorsFile;
  std::error_code error;
  if (!std::filesystem::exists(path, error)) return FittedPriors{};
  auto content = read_file(path, kDefaultLimits.max_document_bytes);
  if (!content) return std::unexpected(content.error());
  const auto document = text::JsonDocument::parse(std::move(*content), path.string());
  if (!document) return std::unexpected(document.error());
  return Reader(*document, path.string()).read();
}

}  // namespace nepho::workspace
