#include "cli/commands.h"

#include <gtest/gtest.h>

#include <set>

#include "cli/help.h"
#include "text/display_width.h"

namespace nepho::cli {
namespace {

constexpr std::size_t kWidth = 80;

// Calls `check(line)` for every line.
template <typename Check>
void each_line(std::string_view text, const Check& check) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    check(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

TEST(Commands, HaveNamesOfTheirOwn) {
  std::set<std::string_view> names;
  for (const auto& command : all_commands()) {
    EXPECT_TRUE(names.insert(command.name).second) << command.name;
    EXPECT_EQ(find_command(command.name), &command);
  }
}

TEST(Commands, OfAGroupHaveTheirGroupInTheTable) {
  std::set<std::string_view> groups;
  for (const auto& group : command_groups()) groups.insert(group.name);
  for (const auto& command : all_commands()) {
    const std::size_t blank = command.name.find(' ');
    if (blank == std::string_view::npos) continue;
    EXPECT_TRUE(groups.contains(command.name.substr(0, blank))) << command.name;
  }
}

TEST(Commands, DeclareEachOptionOnceAndNoneOfTheCommonOnes) {
  for (const auto& command : all_commands()) {
    std::set<std::string_view> names;
    for (const auto& option : common_options()) {
      names.insert(option.name);
      if (!option.short_name.empty()) names.insert(option.short_name);
    }
    for (const auto& option : command.options) {
      EXPECT_TRUE(option.name.starts_with("--")) << option.name;
      EXPECT_TRUE(names.insert(option.name).second) << command.name << ' ' << option.name;
    }
  }
}

TEST(Commands, SayWhatTheyDoInOneLowerCaseLine) {
  for (const auto& command : all_commands()) {
    ASSERT_FALSE(command.summary.empty()) << command.name;
    EXPECT_FALSE(command.summary.ends_with('.')) << command.name;
    EXPECT_EQ(command.summary.find('\n'), std::string_view::npos) << command.name;
  }
}

TEST(Commands, ShowAtLeastOneExampleOfThemselves) {
  for (const auto& command : all_commands()) {
    ASSERT_FALSE(command.examples.empty()) << command.name;
    for (const auto& example : command.examples) {
      EXPECT_NE(example.line.find(std::string("nepho ") + std::string(command.name)),
                std::string_view::npos)
          << example.line;
      EXPECT_FALSE(example.does.empty()) << example.line;
    }
  }
}

TEST(CommandHelp, FitsEightyColumns) {
  const Terminal terminal{.width = kWidth};
  for (const auto& command : all_commands()) {
    each_line(command_help_text(command, terminal), [&](std::string_view line) {
      // An example is there to be copied: it stays on its line.
      const bool is_example = line.starts_with("  nepho ");
      EXPECT_TRUE(is_example || text::display_width(line) <= kWidth)
          << command.name << ": " << line;
      EXPECT_FALSE(line.ends_with(' ')) << command.name << ": " << line;
    });
  }
}

TEST(CommandHelp, NamesEveryOption) {
  for (const auto& command : all_commands()) {
    const std::string help = command_help_text(command, {});
    for (const auto& option : command.options) {
      EXPECT_NE(help.find(option.name), std::string::npos) << command.name << ' ' << option.name;
    }
  }
}

TEST(Overview, NamesEveryCommandOrItsGroupAndFitsEightyColumns) {
  const std::string overview = overview_text({.width = kWidth});
  for (const auto& command : all_commands()) {
    const auto word = command.name.substr(0, command.name.find(' '));
    EXPECT_NE(overview.find("\n  " + std::string(word)), std::string::npos) << word;
  }
  each_line(overview,
            [](std::string_view line) { EXPECT_LE(text::display_width(line), kWidth) << line; });
}

}  // namespace
}  // namespace nepho::cli
