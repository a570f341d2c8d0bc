#include "cli/check_words.h"

#include <gtest/gtest.h>

#include "cli/parse.h"

namespace nepho::cli {
namespace {

// Deals `words` to `positionals` and gives what each got, "a b|c", or the error's code.
std::string dealt(std::vector<Positional> positionals, const std::vector<std::string>& words) {
  const Command command{.name = "test", .positionals = std::move(positionals)};
  Arguments arguments;
  for (const auto& positional : command.positionals) arguments.declare(positional.name);
  const auto result = deal_positionals(command, words, arguments);
  if (!result) return std::string(result.error().code.name());
  std::string text;
  for (const auto& positional : command.positionals) {
    if (&positional != command.positionals.data()) text += '|';
    text += fmt::format("{}", fmt::join(arguments.values(positional.name), " "));
  }
  return text;
}

TEST(DealPositionals, OneEachInOrder) {
  EXPECT_EQ(dealt({{.name = "A"}, {.name = "B"}}, {"1", "2"}), "1|2");
}

TEST(DealPositionals, AListLeavesWhatOthersNeed) {
  const std::vector<Positional> list_first{{.name = "A", .max_count = Positional::kAny},
                                           {.name = "B"}};
  EXPECT_EQ(dealt(list_first, {"1", "2", "3"}), "1 2|3");
  EXPECT_EQ(dealt(list_first, {"1"}), "cli.missing_argument");
}

TEST(DealPositionals, AnOptionalOneGoesEmpty) {
  const std::vector<Positional> optional_first{{.name = "A", .min_count = 0}, {.name = "B"}};
  EXPECT_EQ(dealt(optional_first, {"1"}), "|1");
  EXPECT_EQ(dealt(optional_first, {"1", "2"}), "1|2");
}

TEST(DealPositionals, TooManyAreAnError) {
  EXPECT_EQ(dealt({{.name = "A"}}, {"1", "2"}), "cli.extra_argument");
  EXPECT_EQ(dealt({}, {"1"}), "cli.extra_argument");
}

TEST(DealPositionals, ChecksKindsAndChoices) {
  EXPECT_EQ(dealt({{.name = "A", .kind = ValueKind::kCount}}, {"x"}), "cli.bad_value");
  EXPECT_EQ(dealt({{.name = "A", .choices = {"x", "y"}}}, {"z"}), "cli.bad_value");
}

// The format chosen for a command of three, or the error's code.
std::string chosen(const std::string& format, const std::string& output) {
  const Command command{.name = "test", .formats = {"table", "json", "markdown"}};
  Arguments common;
  common.declare("--format");
  common.declare("--output");
  if (!format.empty()) common.add("--format", format);
  if (!output.empty()) common.add("--output", output);
  const auto result = choose_format(command, common);
  return result ? *result : std::string(result.error().code.name());
}

TEST(ChooseFormat, TheFirstUnlessAskedOrTold) {
  EXPECT_EQ(chosen("", ""), "table");
  EXPECT_EQ(chosen("json", ""), "json");
  EXPECT_EQ(chosen("jsn", ""), "cli.bad_value");
}

TEST(ChooseFormat, TheEndingOfTheFileTells) {
  EXPECT_EQ(chosen("", "out/x.json"), "json");
  EXPECT_EQ(chosen("", "x.md"), "markdown");
  EXPECT_EQ(chosen("", "x.txt"), "table");
  EXPECT_EQ(chosen("table", "x.json"), "table");
}

}  // namespace
}  // namespace nepho::cli
