#include "cli/help.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// One of everything that a command may declare.
Command made_command() {
  return {.name = "weigh",
          .summary = "weigh clouds",
          .description =
              "A cloud is weighed by the water in it.\nThe result is the same "
              "whatever the weather.\n\nNo cloud is harmed.",
          .positionals = {{.name = "CLOUD",
                           .help = "files, folders or globs; - for standard input",
                           .max_count = Positional::kAny},
                          {.name = "SCALE", .help = "which one", .min_count = 0}},
          .options = {{.name = "--unit",
                       .value_name = "UNIT",
                       .help = "of the weight",
                       .choices = {"gram", "ton"}},
                      {.name = "--without",
                       .value_name = "KIND",
                       .help = "leave out a kind of cloud",
                       .repeatable = true},
                      {.name = "--with-a-name-that-is-too-long",
                       .value_name = "VALUE",
                       .help = "stands on a line of its own"},
                      {.name = "--dry", .help = "only look"}},
          .formats = {"table", "json"},
          .examples = {{"nepho weigh sky/ --unit ton", "weigh all of it"}}};
}

TEST(CommandHelp, ReadsLikeThis) {
  const std::string help = command_help_text(made_command(), {.width = 60});
  EXPECT_THAT(help, StartsWith(R"(nepho weigh [OPTIONS] CLOUD... [SCALE]

weigh clouds

A cloud is weighed by the water in it. The result is the
same whatever the weather.

No cloud is harmed.

Arguments
  CLOUD...  files, folders or globs; - for standard input
  [SCALE]   which one

Examples
  # weigh all of it
  nepho weigh sky/ --unit ton

Options
  --unit UNIT     of the weight: gram, ton
  --without KIND  leave out a kind of cloud (may be
                  repeated)
  --with-a-name-that-is-too-long VALUE
                  stands on a line of its own
  --dry           only look

Options of every command
)"));
  EXPECT_THAT(help, HasSubstr("  --format FORMAT    the form of the output: table, json\n"));
}

TEST(CommandHelp, LeavesFormatOutWhereThereIsNone) {
  Command command = made_command();
  command.formats.clear();
  EXPECT_THAT(command_help_text(command, {}), Not(HasSubstr("--format")));
}

TEST(CommandHelp, HeadingsAreBoldInColour) {
  EXPECT_THAT(command_help_text(made_command(), {.has_color = true}),
              HasSubstr("\n\x1b[1mOptions\x1b[0m\n"));
}

TEST(CommandHelp, NoLineIsLongerThanAHundred) {
  const std::string help = command_help_text(made_command(), {.width = 200});
  std::size_t longest = 0;
  for (std::size_t begin = 0; begin < help.size();) {
    const std::size_t end = help.find('\n', begin);
    longest = std::max(longest, end - begin);
    begin = end + 1;
  }
  EXPECT_LE(longest, 100U);
}

TEST(OptionLabel, HasTheShortNameFirst) {
  EXPECT_EQ(option_label({.name = "--output", .value_name = "FILE", .short_name = "-o"}),
            "-o, --output FILE");
  EXPECT_EQ(option_label({.name = "--dry"}), "--dry");
}

TEST(OptionHelp, DoesNotNameTheChoicesTwice) {
  EXPECT_EQ(option_help({.name = "--x", .help = "a or b", .choices = {"a", "b"}}, {}), "a or b");
}

TEST(GroupHelp, ListsTheCommandsOfTheGroup) {
  EXPECT_THAT(group_help_text("attack", {}), StartsWith("nepho attack COMMAND [OPTIONS]\n"));
}

TEST(Version, IsTheProjects) {
  EXPECT_THAT(version_text(), testing::MatchesRegex("nepho [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

}  // namespace
}  // namespace nepho::cli
