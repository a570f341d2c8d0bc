// The built program among pipes, signals and shells.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>

#include "base/files.h"
#include "cli/commands.h"
#include "tests/support/program.h"

namespace nepho::tests {
namespace {

namespace fs = std::filesystem;
using ::testing::HasSubstr;
using ::testing::StartsWith;

// Runs a line of sh with the program as "$NEPHO"; the exit code, or 128 + the signal.
int shell(const std::string& line) {
  ::setenv("NEPHO", NEPHO_PROGRAM, 1);
  const int status = std::system(line.c_str());  // NOLINT: a shell is what is tested
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

bool has_program(const std::string& name) {
  return shell("command -v " + name + " > /dev/null 2>&1") == 0;
}

TEST(Shell, AClosedPipeEndsQuietly) {
  const TemporaryFolder folder;
  const std::string err = (folder.path() / "err").string();
  EXPECT_EQ(shell("bash -o pipefail -c '\"$NEPHO\" man 2> " + err + " | true'"), 0);
  EXPECT_EQ(contents_of(err), "");
}

TEST(Shell, AFullDiskBehindStdoutIsExitCodeThree) {
  const tests::Run run = run_nepho({"man"}, {.out_path = "/dev/full"});
  EXPECT_EQ(run.exit_code, 3);
  EXPECT_THAT(run.err, HasSubstr("No space left on device"));
}

TEST(Shell, WithoutATerminalThereIsNoColourUnlessAskedFor) {
  EXPECT_EQ(run_nepho({}).out.find('\x1b'), std::string::npos);
  EXPECT_THAT(run_nepho({"--color", "always", "--help"}).out, HasSubstr("\x1b[1m"));
}

TEST(Shell, BashTakesItsCompletion) {
  if (!has_program("bash")) GTEST_SKIP() << "no bash here";
  const TemporaryFolder folder;
  const std::string script = folder.write("c", run_nepho({"completion", "bash"}).out);
  // What is offered for "nepho comp", for an option's values and for options.
  const std::string check =
      folder.write("check", ". " + script +
                                "\nCOMP_WORDS=(nepho comp); COMP_CWORD=1; _nepho; [[ "
                                "${COMPREPLY[*]} == completion ]] || exit 11"
                                "\nCOMP_WORDS=(nepho man --color ne); COMP_CWORD=3; _nepho; [[ "
                                "${COMPREPLY[*]} == never ]] || exit 12"
                                "\nCOMP_WORDS=(nepho init --prov); COMP_CWORD=2; _nepho; [[ "
                                "${COMPREPLY[*]} == --provider ]] || exit 13\n");
  EXPECT_EQ(shell("bash -u " + check), 0);
}

TEST(Shell, ZshAndFishReadTheirCompletions) {
  const TemporaryFolder folder;
  int num_shells = 0;
  for (const std::string name : {"zsh", "fish"}) {
    if (!has_program(name)) continue;
    ++num_shells;
    const std::string script = folder.write(name, run_nepho({"completion", name}).out);
    EXPECT_EQ(shell(name + " -n " + script), 0) << name;
  }
  if (num_shells == 0) GTEST_SKIP() << "neither zsh nor fish here";
}

TEST(Shell, TheManualPageHasNoFaultOfGroff) {
  if (!has_program("groff")) GTEST_SKIP() << "no groff here";
  const TemporaryFolder folder;
  const std::string page = folder.write("nepho.1", run_nepho({"man"}).out);
  const std::string err = (folder.path() / "err").string();
  EXPECT_EQ(shell("groff -man -ww -Tutf8 " + page + " > /dev/null 2> " + err), 0);
  EXPECT_EQ(contents_of(err), "");
}

TEST(Shell, InitAsksAtATerminal) {
  if (!has_program("script")) GTEST_SKIP() << "no script(1) here";
  const TemporaryFolder folder;
  const std::string workspace = (folder.path() / "w").string();
  // script(1) gives the program a terminal of its own; the answers come from the pipe.
  ASSERT_EQ(shell("printf 'Acme\\naws, entra\\n\\n' | script -qec '\"$NEPHO\" init " + workspace +
                  "' /dev/null > " + (folder.path() / "screen").string()),
            0);
  EXPECT_THAT(contents_of(folder.path() / "screen"), HasSubstr("Name of the organisation:"));
  const std::string file = contents_of(folder.path() / "w/nephometer.yml");
  EXPECT_THAT(file, HasSubstr("name: \"Acme\""));
  EXPECT_THAT(file, HasSubstr("  aws:\n"));
  EXPECT_THAT(file, HasSubstr("  entra:\n"));
}

TEST(Shell, ReportWritesNoPageOnATerminal) {
  if (!has_program("script")) GTEST_SKIP() << "no script(1) here";
  const TemporaryFolder folder;
  const std::string screen = (folder.path() / "screen").string();
  const auto report = [&](const std::string& words) {
    return shell("script -qec 'cd " + folder.path().string() + " && \"$NEPHO\" report " + words +
                 "' /dev/null > " + screen);
  };
  EXPECT_EQ(report(""), 3);
  EXPECT_THAT(contents_of(screen), HasSubstr("-o report.html"));
  EXPECT_EQ(report("-o -"), 0) << "who asks for it there gets it";
  EXPECT_THAT(contents_of(screen), HasSubstr("<!doctype html>"));
}

TEST(Shell, InitNeverAsksAScript) {
  const TemporaryFolder folder;
  const tests::Run run = run_nepho({"init"}, {.folder = folder.path(), .timeout_s = 10});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  EXPECT_TRUE(fs::exists(folder.path() / "nephometer.yml"));
}

// One test a run over all: they share a copy of examples/, as a user's checkout does.
TEST(Examples, OfEveryHelpTextDoWhatTheySay) {
  const TemporaryFolder folder;
  fs::copy(source_folder() / "examples", folder.path() / "examples", fs::copy_options::recursive);
  for (const auto& command : cli::all_commands()) {
    for (const auto& example : command.examples) {
      const std::string line = "cd " + folder.path().string() +
                               " && nepho() { \"$NEPHO\" \"$@\"; } && " +
                               std::string(example.line) + " > out 2> err";
      EXPECT_EQ(shell(line), static_cast<int>(example.exit)) << example.line << '\n'
                                                             << contents_of(folder.path() / "err");
    }
  }
}

}  // namespace
}  // namespace nepho::tests
