// The command's name is looked up first; then one flat CLI11 parser is made from the declarations
// of that command. CLI11 splits the words; what they must be is checked here, with our messages.
#include "cli/parse.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <deque>
#include <span>
#include <utility>

#include "base/printable.h"
#include "cli/commands.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

constexpr std::string_view kFlagValue = "yes";  // the one value of a flag that was given

std::string see_help(std::string_view command) {
  return fmt::format("see 'nepho {}{}--help'", command, command.empty() ? "" : " ");
}

std::string hint(std::string_view word, const std::vector<std::string_view>& known,
                 std::string_view command) {
  const std::string meant = text::did_you_mean(word, known);
  return meant.empty() ? see_help(command) : meant;
}

// One CLI11 parser over some options, and what it found.
class WordSplitter {
 public:
  explicit WordSplitter(std::string_view command) : command_(command) {
    app_.set_help_flag();
    app_.allow_extras();
  }

  void declare(const Option& option) {
    std::string names(option.name);
    if (!option.short_name.empty()) names = fmt::format("{},{}", option.short_name, names);
    known_.push_back(option.name);
    if (option.value_name.empty()) {
      flags_.emplace_back(option.name, app_.add_flag(names));
    } else {
      values_.emplace_back(option.name, std::vector<std::string>());
      app_.add_option(names, values_.back().second)->allow_extra_args(false);
    }
  }

  // Everything from the first word that is no known option is left to rest().
  void stop_at_first_word() { app_.prefix_command(); }

  Result<void> split(std::span<const std::string> words) {
    std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
    try {
      app_.parse(reversed);
    } catch (const CLI::ArgumentMismatch& error) {
      const std::string_view text = error.what();  // "--rules: 1 required TEXT missing"
      return fail(kMissingValue, fmt::format("{} needs a value", text.substr(0, text.find(':'))),
                  {}, see_help(command_));
    } catch (const CLI::Error& error) {
      return fail(kBadValue, error.what(), {}, see_help(command_));
    }
    rest_ = app_.remaining();
    return {};
  }

  const std::vector<std::string>& rest() const { return rest_; }
  const std::vector<std::string_view>& known() const { return known_; }

  void hand_to(Arguments& arguments) const {
    for (const auto& [name, option] : flags_) {
      if (option->count() != 0) arguments.add(name, std::string(kFlagValue));
    }
    for (const auto& [name, values] : values_) {
      for (const auto& value : values) arguments.add(name, value);
    }
  }

 private:
  std::string_view command_;
  CLI::App app_;
  std::vector<std::string_view> known_;
  std::vector<std::pair<std::string_view, CLI::Option*>> flags_;
  std::deque<std::pair<std::string_view, std::vector<std::string>>> values_;  // stable addresses
  std::vector<std::string> rest_;
};

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

Result<void> check_choice(std::string_view name, const std::vector<std::string_view>& choices,
                          const std::string& value) {
  if (choices.empty() || std::ranges::find(choices, value) != choices.end()) return {};
  const std::string meant = text::did_you_mean(value, choices);
  return fail(
      kBadValue,
      fmt::format("{} takes {}, not '{}'", name, fmt::join(choices, ", "), escape_for_log(value)),
      {}, meant);
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

// Deals the words without a dash out to the positionals, in order; each takes all it may hold but
// what the ones behind it need.
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
      if (auto checked = check_kind(positional.name, positional.kind, word, command.name);
          !checked) {
        return checked;
      }
      if (auto checked = check_choice(positional.name, positional.choices, word); !checked) {
        return checked;
      }
      arguments.add(positional.name, word);
    }
    words = words.subspan(taken);
  }
  if (words.empty()) return {};
  return fail(kExtraArgument, fmt::format("one argument too many: {}", escape_for_log(words[0])),
              {}, see_help(command.name));
}

// The format asked for, else the one that the ending of -o names, else the command's first.
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
  std::string ending = output.extension().string();
  if (!ending.empty()) ending.erase(0, 1);
  if (ending == "md") ending = "markdown";
  const bool has_it = std::ranges::find(command.formats, ending) != command.formats.end();
  return has_it ? ending : std::string(command.formats.front());
}

CommonOptions to_options(const Arguments& common) {
  CommonOptions options;
  if (const auto value = common.value("--workspace")) options.workspace = *value;
  if (const auto value = common.value("--knowledge")) options.knowledge = *value;
  if (const auto value = common.value("--output")) options.output = *value;
  if (const auto value = common.value("--as-of")) options.as_of = parse_date(*value);
  options.attack_version = common.value("--attack");
  options.jobs = common.count("--jobs");
  options.quiet = common.has("--quiet");
  options.verbose = common.has("--verbose");
  const std::string color = common.value_or("--color", "auto");
  if (color == "always") options.color = ColorChoice::kAlways;
  if (color == "never") options.color = ColorChoice::kNever;
  return options;
}

// The words that may stand first, for "did you mean".
std::vector<std::string_view> first_words() {
  std::vector<std::string_view> words{"help"};
  for (const auto& command : all_commands()) {
    words.push_back(command.name.substr(0, command.name.find(' ')));
  }
  return words;
}

std::unexpected<Error> unknown_command(std::string_view word,
                                       const std::vector<std::string_view>& known,
                                       std::string_view group) {
  return fail(
      kUnknownCommand,
      fmt::format("no such command: {}{}{}", group, group.empty() ? "" : " ", escape_for_log(word)),
      {}, hint(word, known, group));
}

bool is_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

// Finds the command that `words` begins with and takes its name off.
Result<Request> find_request(std::span<const std::string>& words) {
  Request request;
  if (words.front() == "help") {
    words = words.subspan(1);
    request.kind = Request::Kind::kHelp;
    if (words.empty()) return Request{};
  } else {
    request.kind = Request::Kind::kRun;
  }
  std::string name = words.front();
  words = words.subspan(1);
  const auto members = commands_of_group(name);
  if (members.empty()) {
    request.command = find_command(name);
    if (request.command == nullptr) return unknown_command(name, first_words(), "");
    return request;
  }
  if (words.empty() || is_option(words.front())) {
    request.kind = Request::Kind::kGroupHelp;
    request.group = name;
    return request;
  }
  std::vector<std::string_view> known;
  for (const Command* member : members) known.push_back(member->name.substr(name.size() + 1));
  request.command = find_command(name + " " + words.front());
  if (request.command == nullptr) return unknown_command(words.front(), known, name);
  words = words.subspan(1);
  return request;
}

std::unexpected<Error> unknown_option(std::string_view word, const WordSplitter& splitter,
                                      std::string_view command) {
  const std::string name(word.substr(0, word.find('=')));
  return fail(kUnknownOption, fmt::format("no such option: {}", escape_for_log(name)), {},
              hint(name, splitter.known(), command));
}

// The words without a dash among what CLI11 left over; a leftover with one is an unknown option.
Result<std::vector<std::string>> plain_words(const WordSplitter& splitter,
                                             std::string_view command) {
  std::vector<std::string> words;
  bool options_ended = false;
  for (const auto& word : splitter.rest()) {
    if (word == "--" && !options_ended) {
      options_ended = true;
    } else if (is_option(word) && !options_ended) {
      return unknown_option(word, splitter, command);
    } else {
      words.push_back(word);
    }
  }
  return words;
}

// Reads a command's own words into request.arguments, and common options into `common`.
Result<void> read_command(Request& request, std::span<const std::string> words, Arguments& common) {
  const Command& command = *request.command;
  WordSplitter splitter(command.name);
  for (const auto& option : command.options) splitter.declare(option);
  for (const auto& option : common_options()) splitter.declare(option);
  if (auto split = splitter.split(words); !split) return split;

  Arguments all = common;
  for (const auto& option : command.options) all.declare(option.name);
  for (const auto& positional : command.positionals) all.declare(positional.name);
  splitter.hand_to(all);
  common = all;
  if (common.has("--help")) request.kind = Request::Kind::kHelp;
  if (request.kind == Request::Kind::kHelp) return {};

  auto plain = plain_words(splitter, command.name);
  if (!plain) return std::unexpected(plain.error());
  for (const auto& option : command.options) {
    if (auto checked = check_values(option, all, command.name); !checked) return checked;
  }
  if (auto dealt = deal_positionals(command, *plain, all); !dealt) return dealt;
  request.arguments = std::move(all);
  return {};
}

// The common options that stand before the command; `words` keeps the rest. Whether --version was
// among them is left in `common` like the others.
Result<Arguments> read_before_command(std::span<const std::string>& words,
                                      std::vector<std::string>& rest) {
  Arguments common;
  WordSplitter splitter("");
  splitter.stop_at_first_word();
  std::vector<Option> options = common_options();
  options.push_back({.name = "--version"});
  for (const auto& option : options) {
    splitter.declare(option);
    common.declare(option.name);
  }
  if (auto split = splitter.split(words); !split) return std::unexpected(split.error());
  splitter.hand_to(common);
  rest = splitter.rest();
  words = rest;
  if (!words.empty() && words.front() == "--") words = words.subspan(1);
  if (!words.empty() && is_option(words.front()))
    return unknown_option(words.front(), splitter, "");
  return common;
}

Result<void> check_common(const Arguments& common) {
  for (const auto& option : common_options()) {
    if (auto checked = check_values(option, common, ""); !checked) return checked;
  }
  return {};
}

}  // namespace

Result<Request> parse(const std::vector<std::string>& all_words) {
  std::span<const std::string> words(all_words);
  std::vector<std::string> rest;
  auto before = read_before_command(words, rest);
  if (!before) return std::unexpected(before.error());
  Arguments& common = *before;

  Request request;
  if (common.has("--version")) {
    request.kind = Request::Kind::kVersion;
  } else if (!words.empty()) {
    auto found = find_request(words);
    if (!found) return found;
    request = std::move(*found);
  }
  if (request.command != nullptr) {
    if (auto read = read_command(request, words, common); !read) {
      return std::unexpected(read.error());
    }
  }
  if (auto checked = check_common(common); !checked) return std::unexpected(checked.error());
  request.options = to_options(common);
  if (request.kind != Request::Kind::kRun) return request;
  auto format = choose_format(*request.command, common);
  if (!format) return std::unexpected(format.error());
  request.options.format = std::move(*format);
  return request;
}

}  // namespace nepho::cli
