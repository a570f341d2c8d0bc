// Two splits. The first takes the common options before the command's name; the second has the
// options that this one command declares, so that "did you mean" never offers another command's.
// No grammar of its own: WordSplitter tells options from words, check_words says what they must be.
#include "cli/parse.h"

#include <fmt/format.h>

#include <span>
#include <utility>

#include "base/printable.h"
#include "cli/check_words.h"
#include "cli/commands.h"
#include "cli/word_splitter.h"
#include "text/nearest.h"

namespace nepho::cli {
namespace {

// The way out of a misspelling: what was meant, else where to look.
std::string hint(std::string_view word, const std::vector<std::string_view>& known,
                 std::string_view command) {
  const std::string meant = text::did_you_mean(word, known);
  return meant.empty() ? see_help(command) : meant;
}

// The typed form of the common options; all have been checked.
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
    if (request.command == nullptr) {
      std::vector<std::string_view> known = first_words();
      known.push_back("help");
      return unknown_command(name, known, "");
    }
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

// The common options are checked once, wherever they stood.
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
