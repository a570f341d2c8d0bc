// What the user typed behind a command's name, checked against the command's declaration.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::cli {

// The values of a command's own options and positionals, by their declared names ("--rules",
// "LOGS"). Asking for a name that the command did not declare is a defect of ours (CHECK).
class Arguments {
 public:
  // Whether the command has an option or positional of this name.
  bool declares(std::string_view name) const { return values_.contains(name); }
  // Whether the option was given, or the positional has a value.
  bool has(std::string_view name) const { return !values(name).empty(); }
  // All values in the order typed; empty when not given.
  const std::vector<std::string>& values(std::string_view name) const;
  // The last value.
  std::optional<std::string> value(std::string_view name) const;
  std::string value_or(std::string_view name, std::string_view fallback) const;
  // The last value of an option of ValueKind::kCount.
  std::optional<std::size_t> count(std::string_view name) const;

  void declare(std::string_view name) { values_.try_emplace(std::string(name)); }
  void add(std::string_view name, std::string value);

 private:
  std::map<std::string, std::vector<std::string>, std::less<>> values_;
};

enum class ColorChoice { kAuto, kAlways, kNever };

// The options that every command takes (cli.md, "Common options").
struct CommonOptions {
  std::optional<std::filesystem::path> workspace;
  std::optional<std::filesystem::path> knowledge;
  std::optional<std::string> attack_version;
  std::string format;  // one of the command's; empty when it has none
  std::optional<std::filesystem::path> output;
  ColorChoice color = ColorChoice::kAuto;
  bool quiet = false;
  bool verbose = false;
  std::optional<std::chrono::sys_seconds> as_of;
  std::optional<std::size_t> jobs;  // at least 1
};

// A whole number without sign, nothing around it.
std::optional<std::size_t> parse_count(std::string_view text);

// "2026-11-24" (midnight UTC), "2026-11-24T07:45:00Z" and their like (text/timestamp.h); no bare
// number.
std::optional<std::chrono::sys_seconds> parse_date(std::string_view text);

}  // namespace nepho::cli
