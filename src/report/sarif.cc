// SARIF 2.1.0, OASIS standard of 27 March 2020: section 3.14 (run), 3.49
// (reportingDescriptor), 3.27 (result). Columns count characters, which is what the readers of YAML
// and TOML count.
#include "report/sarif.h"

#include <algorithm>
#include <map>

#include "inventory/lint_codes.h"
#include "text/json_writer.h"

namespace nepho::report {
namespace {

using text::JsonWriter;

// RFC 3986: what may stand in a path goes as it is.
std::string uri_of(std::string_view path) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kPlain = "-._~/!$&'()*+,;=@";
  std::string uri = path.starts_with('/') ? "file://" : "";
  for (const char c : path) {
    const bool is_plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                          (c >= '0' && c <= '9') || kPlain.find(c) != std::string_view::npos;
    if (is_plain) {
      uri += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      uri.append({'%', kHex[byte >> 4U], kHex[byte & 15U]});
    }
  }
  return uri;
}

// The codes of all results, each with its place in the list of rules.
class Codes {
 public:
  std::size_t index_of(std::string_view code) {
    const auto [at, is_new] = index_.try_emplace(std::string(code), codes_.size());
    if (is_new) codes_.emplace_back(code);
    return at->second;
  }

  void write(JsonWriter& json) const {
    json.key("rules").begin_array();
    for (const std::string& code : codes_) {
      json.begin_object().member("id", code);
      if (const inventory::LintCode* lint = inventory::find_lint_code(code)) {
        json.key("shortDescription").begin_object().member("text", lint->title).end_object();
        json.key("fullDescription").begin_object().member("text", lint->explanation).end_object();
        json.key("defaultConfiguration")
            .begin_object()
            .member("level", to_string(lint->severity))
            .end_object();
      }
      json.end_object();
    }
    json.end_array();
  }

 private:
  std::vector<std::string> codes_;
  std::map<std::string, std::size_t> index_;
};

void write_region(const Place& place, JsonWriter& json) {
  if (place.line == 0) return;
  json.key("region").begin_object().member("startLine", place.line);
  if (place.column != 0) json.member("startColumn", place.column);
  json.end_object();
}

void write_result(const Problem& problem, std::string_view path, Codes& codes, JsonWriter& json) {
  const Error& error = problem.error;
  std::string message = error.message;
  if (!problem.fix.empty()) {
    message += "; write " + problem.fix;
  } else if (!error.hint.empty()) {
    message += "; " + error.hint;
  }
  json.begin_object()
      .member("ruleId", error.code.name())
      .member("ruleIndex", codes.index_of(error.code.name()))
      .member("level", to_string(problem.severity));
  json.key("message").begin_object().member("text", message).end_object();
  json.key("locations").begin_array().begin_object().key("physicalLocation").begin_object();
  json.key("artifactLocation")
      .begin_object()
      .member("uri", uri_of(error.place.file.empty() ? path : std::string_view(error.place.file)))
      .end_object();
  write_region(error.place, json);
  json.end_object().end_object().end_array().end_object();
}

}  // namespace

std::string sarif_of(std::span<const inventory::Detection> detections,
                     std::span<const Problem> others, std::string_view program_version) {
  Codes codes;
  JsonWriter json(1);
  // Rules stand before results, whose codes make them.
  for (const inventory::Detection& detection : detections)
    for (const Problem& problem : detection.problems) codes.index_of(problem.error.code.name());
  for (const Problem& problem : others) codes.index_of(problem.error.code.name());
  json.begin_object()
      .member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
      .member("version", "2.1.0");
  json.key("runs").begin_array().begin_object();
  json.key("tool").begin_object().key("driver").begin_object();
  json.member("name", "nepho").member("version", program_version);
  codes.write(json);
  json.end_object().end_object();
  json.member("columnKind", "unicodeCodePoints").key("results").begin_array();
  for (const inventory::Detection& detection : detections)
    for (const Problem& problem : detection.problems)
      write_result(problem, detection.path, codes, json);
  for (const Problem& problem : others) write_result(problem, {}, codes, json);
  json.end_array().end_object().end_array().end_object();
  return json.text() + "\n";
}

}  // namespace nepho::report
