// What an attacker writes into logs, rules and file names is shown as text: no terminal, browser or
// spreadsheet obeys it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/knowledge.h"
#include "report/page.h"
#include "tests/support/program.h"
#include "tests/support/written.h"

namespace nepho::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

// Whether a terminal would obey something in `text`: C0 but line ends, DEL, or C1 in UTF-8.
bool holds_control_bytes(std::string_view text) {
  const bool c0 = std::ranges::any_of(text, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && c != '\n' && c != '\r') || byte == 0x7F;
  });
  return c0 || text.find("\u009b") != std::string_view::npos;
}

class ShownText : public testing::Test {
 protected:
  std::string rules() const { return (folder_.path() / "rules").string(); }
  // Runs detect on one CreateUser of `user`, JSON-escaped.
  tests::Run detect_user(std::string_view user, std::string_view format) const {
    folder_.write("rules/r.yml", rule_on("CreateUser"));
    const std::string log = folder_.write("log.json", cloudtrail_line("CreateUser", "1", user));
    return run_nepho({"detect", "--rules", rules(), log, "--format", std::string(format)});
  }
  // A workspace whose names are all `text`, which must go into double quotes of YAML.
  void write_workspace(const std::string& text) const {
    folder_.write("nephometer.yml", "organisation: {name: \"" + text +
                                        "\"}\n"
                                        "providers: {aws: {}}\n"
                                        "log_sources: {aws.cloudtrail: {}}\n"
                                        "detections: [{path: rules/}]\n");
    folder_.write("rules/r.yml", rule_on("CreateUser", "\"" + text + "\"") +
                                     "tags: [attack.t1136.003]\nauthor: \"" + text + "\"\n");
  }

  TemporaryFolder folder_;
};

TEST_F(ShownText, EscapeSequencesInALogDoNotReachTheTerminal) {
  for (const char* format : {"table", "csv", "markdown"}) {
    const auto run = detect_user(R"(\u001b]0;owned\u0007\u001b[2J\u009b2J)", format);
    EXPECT_EQ(run.exit_code, 0) << format << run.err;
    EXPECT_THAT(run.out, HasSubstr("owned"));
    EXPECT_FALSE(holds_control_bytes(run.out)) << format << ": " << testing::PrintToString(run.out);
  }
}

TEST_F(ShownText, JsonEscapesControlBytes) {
  for (const char* format : {"json", "ndjson"}) {
    const auto run = detect_user(R"(\u001b]0;owned\u0007\u001b[2J)"
                                 "\u009b2J\x7f",
                                 format);
    EXPECT_THAT(run.out, HasSubstr("\\u009b2J\\u007f"));
    EXPECT_FALSE(holds_control_bytes(run.out)) << format << ": " << testing::PrintToString(run.out);
  }
}

TEST_F(ShownText, EscapeSequencesInFileNamesAndRulesDoNotReachTheTerminal) {
  folder_.write("rules/\x1b[31mevil\n.yml", "title: \"\\e[2J\"\n\"\\e[1m\": [\n");
  folder_.write("rules/named.yml", rule_on("CreateUser", "\"\\e]0;owned\\a\""));
  const std::string log =
      folder_.write("\x1b[2Jlog.json", cloudtrail_line("CreateUser", "1") + "{\"a\": tru\n");
  const auto detect = run_nepho({"detect", "--rules", rules(), log});
  EXPECT_EQ(detect.exit_code, 2);
  EXPECT_THAT(detect.err, AllOf(HasSubstr("evil"), HasSubstr("log.json:2")));
  EXPECT_FALSE(holds_control_bytes(detect.out + detect.err)) << testing::PrintToString(detect.err);
  const auto map = run_nepho({"map", rules(), "--lint"});
  EXPECT_THAT(map.out, HasSubstr("evil"));
  EXPECT_FALSE(holds_control_bytes(map.out + map.err)) << testing::PrintToString(map.out + map.err);
}

TEST_F(ShownText, NoNameOfAWorkspaceReachesTheTerminalAsASequence) {
  write_workspace("\\e[2J owned \\a");
  for (const char* format : {"table", "csv", "markdown"}) {
    const auto run =
        run_nepho({"coverage", "--workspace", folder_.path().string(), "--format", format});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_FALSE(holds_control_bytes(run.out + run.err)) << testing::PrintToString(run.out);
  }
}

TEST_F(ShownText, ACsvCellIsNoFormula) {
  for (const char* formula : {"=cmd|' /C calc'!A0", "+1+cmd|x", "@SUM(A1)", "-2+3+cmd|x"}) {
    const auto run = detect_user(formula, "csv");
    EXPECT_THAT(run.out, HasSubstr(std::string(",'") + formula));
    EXPECT_THAT(run.out, Not(HasSubstr(std::string(",") + formula)));
  }
}

TEST_F(ShownText, MarkdownKeepsItsTable) {
  write_workspace("a | b");
  const auto run = run_nepho({"map", rules(), "--format", "markdown"});
  const std::string_view row = std::string_view(run.out).substr(run.out.find("| a"));
  EXPECT_THAT(std::string(row.substr(0, row.find('\n'))), HasSubstr("a \\| b")) << run.out;
}

TEST_F(ShownText, MarkupInNamesIsTextInPages) {
  write_workspace("</title><script>alert(1)</script><img src=x onerror='alert(2)'>");
  const bool is_built = !report::built_page(Knowledge()).empty();
  for (const char* format : {"html", "svg"}) {
    const auto run =
        run_nepho({"coverage", "--workspace", folder_.path().string(), "--format", format});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    EXPECT_THAT(run.out, Not(HasSubstr("<script>alert"))) << format;
    EXPECT_THAT(run.out, Not(HasSubstr("<img"))) << format;
  }
  const auto page =
      run_nepho({"coverage", "--workspace", folder_.path().string(), "--format", "html"});
  // The page of web/ has its data as JSON in a script element, the plain one as text.
  EXPECT_THAT(page.out, HasSubstr(is_built ? "\\u003cscript>alert(1)" : "&lt;script&gt;alert(1)"));
}

TEST_F(ShownText, QuotesInNamesDoNotEndAnAttribute) {
  write_workspace("\\\" onmouseover=\\\"alert(1)");
  for (const char* format : {"html", "svg"}) {
    const auto run =
        run_nepho({"coverage", "--workspace", folder_.path().string(), "--format", format});
    EXPECT_EQ(run.exit_code, 0) << run.err;
    std::size_t num_bad = 0;
    // Within a tag (after "<", before ">") no attribute of this name may stand.
    for (std::size_t at = run.out.find("onmouseover="); at != std::string::npos;
         at = run.out.find("onmouseover=", at + 1)) {
      const std::size_t open = run.out.rfind('<', at);
      const std::size_t close = run.out.rfind('>', at);
      const bool in_tag = open != std::string::npos && (close == std::string::npos || close < open);
      const bool quoted = run.out.substr(open, at - open).ends_with("&quot; ");
      num_bad += in_tag && !quoted ? 1 : 0;
    }
    EXPECT_EQ(num_bad, 0U) << format;
  }
}

}  // namespace
}  // namespace nepho::tests
