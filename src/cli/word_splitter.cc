#include "cli/word_splitter.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <deque>
#include <utility>

#include "cli/check_words.h"
#include "cli/parse.h"

namespace nepho::cli {
namespace {

constexpr std::string_view kFlagValue = "yes";

}  // namespace

struct WordSplitter::Parser {
  std::string_view command;
  CLI::App app;
  std::vector<std::string_view> known;
  std::vector<std::pair<std::string_view, CLI::Option*>> flags;
  // CLI11 keeps pointers to these; a deque does not move its elements.
  std::deque<std::pair<std::string_view, std::vector<std::string>>> values;
  std::vector<std::string> rest;
};

WordSplitter::WordSplitter(std::string_view command) : parser_(std::make_unique<Parser>()) {
  parser_->command = command;
  parser_->app.set_help_flag();  // none of CLI11's: --help is an option like the others
  parser_->app.allow_extras();
}

WordSplitter::~WordSplitter() = default;

void WordSplitter::declare(const Option& option) {
  std::string names(option.name);
  if (!option.short_name.empty()) names = fmt::format("{},{}", option.short_name, names);
  parser_->known.push_back(option.name);
  if (option.value_name.empty()) {
    parser_->flags.emplace_back(option.name, parser_->app.add_flag(names));
    return;
  }
  parser_->values.emplace_back(option.name, std::vector<std::string>());
  // Without this, "--rules a b" would take b too.
  parser_->app.add_option(names, parser_->values.back().second)->allow_extra_args(false);
}

void WordSplitter::stop_at_first_word() { parser_->app.prefix_command(); }

Result<void> WordSplitter::split(std::span<const std::string> words) {
  std::vector<std::string> reversed(words.rbegin(), words.rend());  // as CLI11 takes them
  try {
    parser_->app.parse(reversed);
  } catch (const CLI::ArgumentMismatch& error) {
    const std::string_view text = error.what();  // "--rules: 1 required TEXT missing"
    return fail(kMissingValue, fmt::format("{} needs a value", text.substr(0, text.find(':'))), {},
                see_help(parser_->command));
  } catch (const CLI::Error& error) {
    return fail(kBadValue, error.what(), {}, see_help(parser_->command));
  }
  parser_->rest = parser_->app.remaining();
  return {};
}

const std::vector<std::string>& WordSplitter::rest() const { return parser_->rest; }

const std::vector<std::string_view>& WordSplitter::known() const { return parser_->known; }

void WordSplitter::hand_to(Arguments& arguments) const {
  for (const auto& [name, option] : parser_->flags) {
    if (option->count() != 0) arguments.add(name, std::string(kFlagValue));
  }
  for (const auto& [name, values] : parser_->values) {
    for (const auto& value : values) arguments.add(name, value);
  }
}

}  // namespace nepho::cli
