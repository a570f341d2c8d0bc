#include "event/line_sign.h"

#include <gtest/gtest.h>

#include <random>
#include <string>

#include "base/knowledge.h"
#include "event/log_source.h"
#include "text/regex.h"

namespace nepho::event {
namespace {

using Answer = LineSign::Answer;

Answer ask(std::string_view pattern, std::string_view line, char separator = ' ') {
  const auto sign = LineSign::of(pattern, separator);
  EXPECT_TRUE(sign) << pattern;
  RowCells cells;
  cells.take(line);
  return sign ? sign->ask(cells) : Answer::kUnsure;
}

TEST(LineSign, SaysSomethingOfEachWord) {
  const std::string_view pattern = R"(^[2-9] (\d{12}|unknown|-) \S+ -?[\d.]+ (OK|NODATA))";
  EXPECT_EQ(ask(pattern, "2 111122223333 eni-1 -0.5 OK"), Answer::kYes);
  EXPECT_EQ(ask(pattern, "2 - eni-1 7 OKAY and more"), Answer::kYes);
  EXPECT_EQ(ask(pattern, "1 - eni-1 7 OK"), Answer::kNo);
  EXPECT_EQ(ask(pattern, "2 11112222333 eni-1 7 OK"), Answer::kNo);
  EXPECT_EQ(ask(pattern, "2 -  7 OK"), Answer::kNo);
  EXPECT_EQ(ask(pattern, "2 - eni-1 7"), Answer::kNo);
}

TEST(LineSign, WantsASeparatorWhereTheExpressionHasOne) {
  EXPECT_EQ(ask(R"(^\d+ )", "7 "), Answer::kYes);
  EXPECT_EQ(ask(R"(^\d+ )", "7"), Answer::kNo);
  EXPECT_EQ(ask(R"(^\d+)", "7x"), Answer::kYes);
  EXPECT_EQ(ask(R"(^\d+\t[A-Z]{3}\t)", "7\tABC\tx y", '\t'), Answer::kYes);
  EXPECT_EQ(ask(R"(^\d+\t[A-Z]{3}\t)", "7\tABCD\tx y", '\t'), Answer::kNo);
  EXPECT_EQ(ask(R"(^\d+;\w+;)", "7;a;b c", ';'), Answer::kYes);
  EXPECT_EQ(ask(R"(^\d+;\w+;)", "7;a", ';'), Answer::kNo);
}

TEST(LineSign, IsUnsureOfWhatItCannotTakeApart) {
  EXPECT_EQ(ask(R"(^\d{4}T\S+Z \d)", "2024T1Z 7"), Answer::kUnsure);
  EXPECT_EQ(ask(R"(^\d{4}T\S+Z \d)", "20x4T1Z 7"), Answer::kNo);
  EXPECT_EQ(ask(R"(^\S+ \d)", "\xC3\xBC 7"), Answer::kUnsure);
  EXPECT_EQ(ask(R"(^\S+ \d)", "a\tb 7"), Answer::kUnsure);
  EXPECT_EQ(ask(R"(^\d+;\w+;)", "7;a\t;b", ';'), Answer::kUnsure);
}

TEST(LineSign, IsNoneWhereWordsMayHoldSeparatorsOrAreNotAllThatIsAsked) {
  for (const char* pattern : {"a b", "^a.b c", R"(^\s a)", "^[^x] a", "^a|b c", "^(a b) c", "^a +b",
                              "^a *b", R"(^a\b b)", "(?i)^a b", "^", "^[ -~] a", "^a$"}) {
    EXPECT_FALSE(LineSign::of(pattern, ' ')) << pattern;
  }
  EXPECT_FALSE(LineSign::of("^a,b", ','));
}

// A line of words that are nearly what expressions ask for.
std::string made_line(std::mt19937& random, char separator) {
  const std::vector<std::string> words = {"2",
                                          "3",
                                          "-",
                                          "111122223333",
                                          "unknown",
                                          "eni-1",
                                          "10.0.0.7",
                                          "0.001",
                                          "-1",
                                          "443",
                                          "ACCEPT",
                                          "OK",
                                          "NODATA",
                                          "https",
                                          "http",
                                          "2024-05-01T00:00:00.1Z",
                                          "2024-05-01T00:00:00Z",
                                          "app/x/1",
                                          "1.2.3.4:5",
                                          "[06/Feb/2024:00:00:38",
                                          "+0000]",
                                          "vpc-1",
                                          "subnet-2",
                                          "IPv4",
                                          "",
                                          "\"GET",
                                          "200",
                                          "2024-05-01",
                                          "03:04:05",
                                          "FRA56-P3",
                                          "tls",
                                          "2.0",
                                          "\xC3\xBC",
                                          "a\tb",
                                          std::string(64, 'a')};
  std::string line;
  for (std::size_t n = random() % 16; n > 0; --n) {
    line += words[random() % words.size()];
    if (n > 1 || random() % 2 == 0) line += separator;
  }
  return line;
}

TEST(LineSign, AnswersWhatTheExpressionAnswers) {
  LoadReport report;
  const auto sources = LogSources::load(Knowledge(), report);
  std::mt19937 random(3);
  int num_forms = 0;
  int num_yes = 0;
  const std::vector<std::string> real = {
      "2 111122223333 eni-1 10.0.0.1 10.0.0.2 443 5 6 7 8 1700000000 1700000059 ACCEPT OK",
      "3 vpc-1 subnet-2 i-1 eni-1 111122223333 IPv4 10.0.0.1 10.0.0.2 1 2",
      "https 2024-05-01T00:00:00.1Z app/x/1 1.2.3.4:5 1.2.3.4:5 0.001 -1 0.000 200 200 1 2 \"GET",
      "tls 2.0 2024-05-01T00:00:00 net/x/1 abc 1.2.3.4:5 1.2.3.4:5 5 2",
      "2024-05-01T00:00:00.1Z lb 1.2.3.4:5 - 0.001 -1 0.000 200 - 1 2 \"GET",
      "2024-05-01\t03:04:05\tFRA56-P3\t12\tx",
      "- bucket [06/Feb/2024:00:00:38 +0000] 1.2.3.4 x",
      "2.0;2024-05-01T00:00:00.1Z;GetBlob;SASSuccess;200;5;4;sas;;ledger;blob;\"https://x/?a;b\""};
  for (const LogSource& source : sources.all()) {
    for (const LineForm& form : source.lines) {
      if (!form.known_by) continue;
      ++num_forms;
      const auto sign = LineSign::of(form.known_by->source(), form.separator);
      ASSERT_TRUE(sign) << form.known_by->source();
      RowCells cells;
      for (int i = 0; i < 4'000; ++i) {
        std::string line =
            i % 2 == 0 ? made_line(random, form.separator) : real[random() % real.size()];
        if (i % 4 == 3) line[random() % line.size()] = "a1-. \t\"\x80"[random() % 8];
        cells.take(line);
        const Answer answer = sign->ask(cells);
        num_yes += answer == Answer::kYes ? 1 : 0;
        if (answer != Answer::kUnsure) {
          EXPECT_EQ(answer == Answer::kYes, form.known_by->search(line))
              << form.known_by->source() << "\n"
              << line;
        }
      }
    }
  }
  EXPECT_GE(num_forms, 6);
  EXPECT_GT(num_yes, 500);
}

}  // namespace
}  // namespace nepho::event
