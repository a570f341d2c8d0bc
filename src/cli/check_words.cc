#include "cli/check_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "base/printable.h"
#include "cli/parse.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

// Of what sort a value must be. Paths are not looked for here: the command says more about them.
Result<void> check_kind(std::string_view name, ValueKind kind, const std::string& value,
                        std::string_view command) {
  const std::string shown = escape_for_log(value);
  if (kind == ValueKind::kCount && !parse_count(value)) {
    return fail(kBadValue, fmt::format("{} takes a whole number, not '{}'", name, shown), {},
                see_help(command));
  }
  if (kind == ValueKind::kDate && !parse_date(value)) {
    return fail(kBadValue, fmt::format("{} takes a date, not '{}'", name, shown), {},
                "write it as 2026-11-24 or 2026-11-24T07:45:00Z");
  }
  return {};
}

// Whether the value is one of the choices, where there are any.
Result<void> check_choice(std::string_view name, const std::vector<std::string_view>& choices,
                          const std::string& value) {
  if (choices.empty() || std::ranges::find(choices, value) != choices.end()) return {};
  const std::string meant = text::did_you_mean(value, choices);
  return fail(
      kBadValue,
      fmt::format("{} takes {}, not '{}'", name, fmt::join(choices, ", "), escape_for_log(value)),
      {}, meant);
}

Result<void> check_positional(const Positional& positional, const std::string& word,
                              std::string_view command) {
  if (auto checked = check_kind(positional.name, positional.kind, word, command); !checked) {
    return checked;
  }
  return check_choice(positional.name, positional.choices, word);
}

// ".json" -> "json", ".md" -> "markdown".
std::string format_of_ending(std::string_view ending) {
  if (ending.starts_with('.')) ending.remove_prefix(1);
  return std::string(ending == "md" ? "markdown" : ending);
}

}  // namespace

std::string see_help(std::string_view command) {
  return fmt::format("see 'nepho {}{}--help'", command, command.empty() ? "" : " ");
}

Result<void> check_values(const Option& option, const Arguments& arguments,
                          std::string_view command) {
  for (const auto& value : arguments.values(option.name)) {
    if (option.value_name.empty()) continue;
    if (auto checked = check_kind(option.name, option.kind, value, command); !checked) {
      return checked;
    }
    if (auto checked = check_choice(option.name, option.choices, value); !checked) return checked;
  }
  return {};
}

Result<void> deal_positionals(const Command& command, std::span<const std::string> words,
                              Arguments& arguments) {
  std::size_t needed_behind = 0;
  for (const auto& positional : command.positionals) needed_behind += positional.min_count;
  for (const auto& positional : command.positionals) {
    needed_behind -= positional.min_count;
    if (words.size() < positional.min_count) {
      return fail(kMissingArgument,
                  fmt::format("expected {}: {}", positional.name, positional.help), {},
                  see_help(command.name));
    }
    const std::size_t spare = words.size() > needed_behind ? words.size() - needed_behind : 0;
    const std::size_t taken =
        std::clamp(std::min(spare, positional.max_count), positional.min_count, words.size());
    for (const auto& word : words.first(taken)) {
      if (auto checked = check_positional(positional, word, command.name); !checked) return checked;
      arguments.add(positional.name, word);
    }
    words = words.subspan(taken);
  }
  if (words.empty()) return {};
  return fail(kExtraArgument, fmt::format("one argument too many: {}", escape_for_log(words[0])),
              {}, see_help(command.name));
}

Result<std::string> choose_format(const Command& command, const Arguments& common) {
  const auto asked = common.value("--format");
  if (asked && command.formats.empty()) {
    return fail(kBadValue, fmt::format("'nepho {}' has one form only, no --format", command.name));
  }
  if (asked) {
    if (auto checked = check_choice("--format", command.formats, *asked); !checked) {
      return std::unexpected(checked.error());
    }
    return *asked;
  }
  if (command.formats.empty()) return std::string();
  const std::filesystem::path output = common.value_or("--output", "");
  const std::string named = format_of_ending(output.extension().string());
  const bool has_it = std::ranges::find(command.formats, named) != command.formats.end();
  return has_it ? named : std::string(command.formats.front());
}

}  // namespace nepho::cli
