#include "cli/parse.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;

// The error of a parse that must fail.
Error error_of(const std::vector<std::string>& words) {
  const auto request = parse(words);
  EXPECT_FALSE(request.has_value());
  return request ? Error(kBadValue, "") : request.error();
}

TEST(Parse, NothingAsksForTheOverview) {
  const auto request = parse({});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->kind, Request::Kind::kOverview);
}

TEST(Parse, FindsTheCommandAndItsArguments) {
  const auto request = parse({"completion", "zsh"});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->kind, Request::Kind::kRun);
  EXPECT_EQ(request->command->name, "completion");
  EXPECT_EQ(request->arguments.value("SHELL"), "zsh");
}

TEST(Parse, CommonOptionsStandBeforeOrBehindTheCommand) {
  const auto request = parse({"--jobs", "3", "completion", "zsh", "--workspace=w", "-qo", "file"});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->options.jobs, 3U);
  EXPECT_EQ(request->options.workspace, "w");
  EXPECT_EQ(request->options.output, "file");
  EXPECT_TRUE(request->options.quiet);
}

TEST(Parse, TheLastOfARepeatedOptionCounts) {
  const auto request = parse({"--jobs", "3", "man", "--jobs", "4"});
  ASSERT_TRUE(request.has_value());
  EXPECT_EQ(request->options.jobs, 4U);
}

TEST(Parse, AMisspeltCommandGetsDidYouMean) {
  const Error error = error_of({"complexion", "zsh"});
  EXPECT_EQ(error.code, kUnknownCommand);
  EXPECT_EQ(error.hint, "did you mean 'completion'?");
}

TEST(Parse, AMisspeltOptionGetsDidYouMeanBeforeAndBehindTheCommand) {
  EXPECT_EQ(error_of({"--workspce", "x", "man"}).hint, "did you mean '--workspace'?");
  const Error behind = error_of({"man", "--colour", "never"});
  EXPECT_EQ(behind.code, kUnknownOption);
  EXPECT_EQ(behind.hint, "did you mean '--color'?");
}

TEST(Parse, AnOptionWithoutItsValueIsNamed) {
  const Error error = error_of({"man", "--as-of"});
  EXPECT_EQ(error.code, kMissingValue);
  EXPECT_EQ(error.message, "--as-of needs a value");
}

TEST(Parse, ChecksValuesOfEveryKind) {
  EXPECT_EQ(error_of({"man", "--as-of", "2026-02-30"}).code, kBadValue);
  EXPECT_EQ(error_of({"man", "--jobs", "-1"}).code, kBadValue);
  EXPECT_EQ(error_of({"man", "--color", "sometimes"}).code, kBadValue);
  EXPECT_EQ(error_of({"completion", "basch"}).hint, "did you mean 'bash'?");
}

TEST(Parse, CountsTheArguments) {
  EXPECT_EQ(error_of({"completion"}).code, kMissingArgument);
  EXPECT_EQ(error_of({"completion", "bash", "zsh"}).code, kExtraArgument);
}

TEST(Parse, AFormatIsRefusedWhereThereIsNone) {
  EXPECT_EQ(error_of({"man", "--format", "json"}).code, kBadValue);
}

TEST(Parse, HelpNeedsNoArguments) {
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
           {"completion", "--help"}, {"help", "completion"}, {"-h", "completion"}}) {
    const auto request = parse(words);
    ASSERT_TRUE(request.has_value());
    EXPECT_EQ(request->kind, Request::Kind::kHelp);
    EXPECT_EQ(request->command->name, "completion");
  }
}

TEST(Parse, TwoDashesEndTheOptions) {
  EXPECT_EQ(parse({"--", "man"})->command->name, "man");
  EXPECT_THAT(error_of({"man", "--", "--quiet"}).message, HasSubstr("one argument too many"));
}

TEST(Parse, WordsOfTheUserAreShownEscaped) {
  EXPECT_EQ(error_of({"\x1b[31m"}).message, "no such command: \\x1b[31m");
}

}  // namespace
}  // namespace nepho::cli
