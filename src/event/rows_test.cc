#include "event/rows.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "event/log_source_file.h"
#include "text/json.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;
using Row = RowReader::Row;

// A log source of our own, so that tests know every column.
class Rows : public testing::Test {
 protected:
  static std::vector<LogSource> load() {
    LoadReport report;
    auto source = parse_log_source(R"(
id: x.flow
title: Flows
lines:
  - columns: [version, account, src, dst, bytes, at, action]
    also: [vpc]
    known_by: '^\d+ \d{12} '
    numbers: [bytes]
    parts:
      src: {at: ":", names: [src_ip, src_port]}
  - separator: "\t"
    columns: [date, time, request, agent]
    at_least: 3
    known_by: '^\d{4}-\d\d-\d\d\t'
    joins: {when: [date, time]}
    parts:
      request: {at: " ", names: [verb, url, protocol]}
)",
                                   "x.yml", report);
    for (const auto& problem : report.problems()) ADD_FAILURE() << to_string(problem);
    return {source.value()};
  }

  // What the rows of `text` become: the records, "-" for nothing, "?" for unknown ones.
  std::vector<std::string> rows(std::string_view text, std::string_view head) const {
    RowReader reader(forms_, head);
    std::vector<std::string> all;
    while (!text.empty()) {
      const std::size_t size = reader.size_of_first(text);
      std::string record;
      const Row row = reader.append(text.substr(0, size), record);
      EXPECT_EQ(record.empty(), row != Row::kRecord);
      EXPECT_TRUE(row != Row::kRecord || text::JsonDocument::parse(record, {})) << record;
      all.push_back(row == Row::kNothing ? "-" : row == Row::kUnknown ? "?" : record);
      text.remove_prefix(size);
    }
    return all;
  }
  std::vector<std::string> rows(std::string_view text) const {
    return rows(text, text.substr(0, text.find('\n')));
  }

  std::vector<LogSource> sources_ = load();
  LineForms forms_{sources_};
};

TEST_F(Rows, AreKnownByTheirFormWithoutAHeader) {
  EXPECT_THAT(rows("2 111122223333 198.51.100.7:443 - 52 1700000000 ACCEPT extra words\n"),
              ElementsAre(R"({"version":"2","account":"111122223333","src":"198.51.100.7:443",)"
                          R"("src_ip":"198.51.100.7","src_port":"443","bytes":52,)"
                          R"("at":"1700000000","action":"ACCEPT"})"));
}

// A whole line of the form, and what it is read as.
constexpr std::string_view kFlow = "2 111122223333 a b 52 9 ACCEPT";
constexpr std::string_view kFlowRecord =
    R"({"version":"2","account":"111122223333","src":"a","dst":"b","bytes":52,)"
    R"("at":"9","action":"ACCEPT"})";

TEST_F(Rows, MayHaveTabsForBlanks) {
  std::string flow(kFlow);
  std::ranges::replace(flow, ' ', '\t');
  EXPECT_THAT(rows(flow + '\n'), ElementsAre(kFlowRecord));
  EXPECT_THAT(rows("version\taccount\tbytes\n2\t111122223333\t52\n"),
              ElementsAre("-", R"({"version":"2","account":"111122223333","bytes":52})"));
  EXPECT_THAT(rows("2\t111122223333\ta b\n"), ElementsAre("?"));
}

TEST_F(Rows, HoldARecordBetweenTabs) {
  EXPECT_THAT(rows(fmt::format("EVENTS\t37\t1700000000000\teni-1-all\t{}\t1700000000000\n"
                               "SEARCHEDLOGSTREAMS\teni-1-all\tTrue\n"
                               "EVENTS\tASIA\t{{\"a\": 1}}\tCreateUser\n"
                               "RESOURCES\tkey\tx\nother\tx\n",
                               kFlow)),
              ElementsAre(kFlowRecord, "-", R"({"a": 1})", "-", "?"));
}

TEST_F(Rows, AreLookedIntoForSoManyCells) {
  const std::string record = "{\"a\":1}";
  EXPECT_THAT(rows("x" + std::string(63, '\t') + record + "\tx\n"), ElementsAre(record));
  EXPECT_THAT(rows("x" + std::string(64, '\t') + record + "\tx\n"), ElementsAre("?"));
}

TEST_F(Rows, HoldAHashAsRubyPrintsIt) {
  EXPECT_THAT(rows("[0] kube.audit: [1709262245.5, {\"a\"=>nil}]\n"
                   "[1] kube.audit: [[1709262245.5, {}], {\"a\"=>1}]\n"
                   "2026-03-01 03:04:05 +0000 [warn]: dump record={\"a\"=>{\"b\"=>2}}\n"),
              ElementsAre(R"({"a":null})", R"({"a":1})", R"({"a":{"b":2}})"));
}

TEST_F(Rows, StandBehindTheNamesOfGroupAndStream) {
  EXPECT_THAT(rows(fmt::format("/aws/vpc eni-1-all {0}\nvpc eni-1-all {0}\n", kFlow)),
              ElementsAre(kFlowRecord, "?"));
}

TEST_F(Rows, OfFewerCellsThanTheFormHasAreUnknown) {
  EXPECT_THAT(rows("2 111122223333 a b\n"), ElementsAre("?"));
  EXPECT_THAT(rows("no form has this\n"), ElementsAre("?"));
}

TEST_F(Rows, FollowTheOrderOfAHeader) {
  EXPECT_THAT(rows("action vpc bytes\nREJECT vpc-1 7\naction vpc bytes\nACCEPT vpc-2 -\n"),
              ElementsAre("-", R"({"action":"REJECT","vpc":"vpc-1","bytes":7})", "-",
                          R"({"action":"ACCEPT","vpc":"vpc-2"})"));
}

TEST_F(Rows, MayHaveQuotedAndBracketedCells) {
  const auto all = rows("2024-01-02\t03:04:05\t\"GET /a b?c=\"d\" HTTP/1.1\"\t[x\ty]\n");
  EXPECT_EQ(all[0],
            "{\"date\":\"2024-01-02\",\"time\":\"03:04:05\","
            "\"request\":\"GET /a b?c=\\\"d\\\" HTTP/1.1\",\"verb\":\"GET\","
            "\"url\":\"/a b?c=\\\"d\\\"\",\"protocol\":\"HTTP/1.1\",\"agent\":\"x\\ty\","
            "\"when\":\"2024-01-02 03:04:05\"}");
}

TEST_F(Rows, WriteNumbersOnlyWhereJsonHasThem) {
  for (const char* cell : {"007", "1.", "0x1", "12345678901234567890", "+1", "1e5"}) {
    const auto all = rows(fmt::format("2 111122223333 a b {} 1 X\n", cell));
    EXPECT_THAT(all[0], testing::HasSubstr(fmt::format("\"bytes\":\"{}\"", cell)));
  }
  EXPECT_THAT(rows("2 111122223333 a b -1.50 1 X\n")[0], testing::HasSubstr("\"bytes\":-1.50"));
}

TEST_F(Rows, EscapeWhatAttackersWrite) {
  const auto hostile = rows("2 111122223333 \"\\x1b\x1b[2J\",\"admin\":\"1 b 1 1 X\n");
  EXPECT_THAT(hostile[0], testing::HasSubstr("\"src\":\"\\\"\\\\x1b\\u001b[2J\\\","));
  const auto bad = rows("2 111122223333 \xff\xfe b 1 1 X\n");
  EXPECT_THAT(bad[0], testing::HasSubstr("\xEF\xBF\xBD"));
}

TEST_F(Rows, OfW3cLogsAreNamedByTheirDirective) {
  EXPECT_THAT(rows("#Version: 1.0\n#Fields: a cs(Agent)\n1\tx y\n#Fields: b\n2\n",
                   "#Version: 1.0\n#Fields: a cs(Agent)\n1\tx y\n"),
              ElementsAre("-", "-", R"x({"a":"1","cs(Agent)":"x y"})x", "-", R"({"b":"2"})"));
}

TEST_F(Rows, OfW3cLogsHaveWhatAFormSaysOfTheirColumns) {
  EXPECT_THAT(rows("#Fields: time date agent\n03:04:05\t2024-01-02\tx\n",
                   "#Fields: time date agent\n03:04:05\t2024-01-02\tx\n"),
              ElementsAre("-", R"({"time":"03:04:05","date":"2024-01-02","agent":"x",)"
                               R"("when":"2024-01-02 03:04:05"})"));
}

TEST_F(Rows, OfCommaSeparatedValuesMayHoldLineEnds) {
  EXPECT_THAT(rows("Name,Data\r\nx,\"a\n\"\"b\"\", c\"\r\n,y\r\n", "Name,Data\r\n"),
              ElementsAre("-", R"({"Name":"x","Data":"a\n\"b\", c"})", R"({"Data":"y"})"));
}

TEST_F(Rows, OfAPortalsExportLeaveTheZoneOutOfNames) {
  EXPECT_THAT(rows("\"TimeGenerated [UTC]\",Type\n\"3/1/2026\",SigninLogs\n",
                   "\"TimeGenerated [UTC]\",Type\n"),
              ElementsAre("-", R"({"TimeGenerated":"3/1/2026","Type":"SigninLogs"})"));
}

TEST_F(Rows, OfPowerShellsExportBeginWithItsType) {
  EXPECT_THAT(
      rows("#TYPE System.Object\n\"A\",\"B\"\n\"1\",\"2\"\n", "#TYPE System.Object\n\"A\",\"B\"\n"),
      ElementsAre("-", "-", R"({"A":"1","B":"2"})"));
}

TEST_F(Rows, MayHoldJsonAloneOrBehindWhatAShipperWrote) {
  EXPECT_THAT(rows("x\n{\"a\":1}\n<13>Jan  2 host app: {\"b\":2}\n", ""),
              ElementsAre("?", R"({"a":1})", R"({"b":2})"));
  EXPECT_THAT(rows("x\n[{\"a\":1}]\n[app] 7: [{\"b\":2},{}]\n[{a}] 7\n[{\"b\":[]} 7]\n", ""),
              ElementsAre("?", R"([{"a":1}])", R"([{"b":2},{}])", "?", "?"));
}

TEST_F(Rows, MayStandBehindTheTimeAndStreamThatCloudWatchWrites) {
  const std::string line = "2 111122223333 a b 52 1 ACCEPT";
  const std::string record = rows(line + "\n")[0];
  EXPECT_THAT(rows("2026-03-01T03:04:05.000Z " + line + "\n"), ElementsAre(record));
  EXPECT_THAT(rows("2026-03-01T03:04:05.000000+00:00 eni-1-all " + line + "\n"),
              ElementsAre(record));
  EXPECT_THAT(rows("noon " + line + "\n"), ElementsAre("?"));
  EXPECT_THAT(rows("2026-03-01T03:04:05.000Z a b " + line + "\n"), ElementsAre("?"));
}

TEST(CsvHeader, IsNamesAndNothingElse) {
  EXPECT_TRUE(is_csv_header("CreationDate,UserIds,Operations,AuditData\r\n"));
  EXPECT_TRUE(is_csv_header("\"Event name\";\"Event time\""));
  EXPECT_TRUE(is_csv_header("time,identity.claims.http://schemas.xmlsoap.org/ws/claims/upn"));
  EXPECT_FALSE(is_csv_header("time: see http://example.com/, then"));
  EXPECT_FALSE(is_csv_header("a,://"));
  EXPECT_FALSE(is_csv_header("one name"));
  EXPECT_FALSE(is_csv_header("2024-01-02,7,8"));
  EXPECT_FALSE(is_csv_header("GET /?a=b,c=d HTTP/1.1"));
  EXPECT_FALSE(is_csv_header("{\"a\":1,\"b\":2}"));
}

// It would have no end of the stack if each address were looked at within the one before.
TEST(CsvHeader, IsAnyLineHoweverManyAddressesItHas) {
  std::string line = "a,b";
  for (int i = 0; i < 1'000'000; ++i) line += "://c";
  EXPECT_TRUE(is_csv_header(line));
  EXPECT_FALSE(is_csv_header(line + "://"));
}

TEST(CsvHead, AFileOfCommaSeparatedValuesBeginsWithTheirNames) {
  EXPECT_TRUE(is_csv_head("time,user\n"));
  EXPECT_TRUE(is_csv_head("# made by hand\n\n# twice\ntime;user\r\n"));
  EXPECT_FALSE(is_csv_head("#Fields: time user\ntime,user\n"));
  EXPECT_FALSE(is_csv_head("2 eni-1 ACCEPT\n"));
  EXPECT_FALSE(is_csv_head(""));
}

}  // namespace
}  // namespace nepho::event
