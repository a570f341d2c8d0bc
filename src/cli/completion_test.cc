#include "cli/completion.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cli/commands.h"

namespace nepho::cli {
namespace {

using ::testing::HasSubstr;

TEST(Completion, EveryShellKnowsEveryFirstWord) {
  for (const std::string& script : {bash_completion(), zsh_completion(), fish_completion()}) {
    for (const auto word : first_words()) EXPECT_THAT(script, HasSubstr(std::string(word)));
  }
}

TEST(Completion, EveryShellKnowsEveryOption) {
  const std::string bash = bash_completion();
  const std::string zsh = zsh_completion();
  const std::string fish = fish_completion();
  for (const auto& command : all_commands()) {
    for (const auto& option : options_of(command)) {
      EXPECT_THAT(bash, HasSubstr(std::string(option.name)));
      EXPECT_THAT(zsh, HasSubstr(std::string(option.name) + "["));
      EXPECT_THAT(fish, HasSubstr(" -l " + std::string(option.name.substr(2))));
    }
  }
}

TEST(Completion, ChoicesAreOffered) {
  EXPECT_THAT(bash_completion(), HasSubstr("--color) COMPREPLY=($(compgen -W 'auto always never'"));
  EXPECT_THAT(zsh_completion(), HasSubstr(":WHEN:(auto always never)"));
  EXPECT_THAT(fish_completion(), HasSubstr("-l color -x -a 'auto always never'"));
}

TEST(Completion, QuotesHoldWhateverTheTextSays) {
  EXPECT_EQ(in_quotes("it's $HOME"), "'it'\\''s $HOME'");
}

}  // namespace
}  // namespace nepho::cli
