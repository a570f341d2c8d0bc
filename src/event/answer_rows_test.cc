#include "event/answer_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::event {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::Optional;

std::optional<std::vector<std::string>> rows_of(const std::string& answer,
                                                std::size_t max_bytes = 1U << 20U) {
  const auto document = text::JsonDocument::parse(answer);
  EXPECT_TRUE(document) << answer;
  const auto rows = rows_of_answer(document->root(), max_bytes);
  if (!rows) return std::nullopt;
  std::vector<std::string> texts;
  for (const AnswerRow& row : *rows) {
    EXPECT_LT(row.offset, answer.size());
    EXPECT_TRUE(answer[row.offset] == '[' || answer[row.offset] == '{') << answer;
    texts.push_back(row.json);
  }
  return texts;
}

TEST(AnswerRows, AreTheRowsOfEveryTable) {
  EXPECT_THAT(rows_of(R"({"tables":[{"name":"t","columns":[{"name":"a"},{"name":"b"}],)"
                      R"("rows":[[1,"x"],[null,{"c":2}],[3,4,5]]},)"
                      R"({"columns":[{"name":"z"}],"rows":[[6]]}]})"),
              Optional(ElementsAre(R"({"a":1,"b":"x"})", R"({"a":null,"b":{"c":2}})",
                                   R"({"a":3,"b":4})", R"({"z":6})")));
  EXPECT_THAT(rows_of(R"({"tables":[{"columns":[],"rows":[]}]})"), Optional(IsEmpty()));
}

TEST(AnswerRows, AreObjectsOfTheCellsThatSayTheirNames) {
  EXPECT_THAT(
      rows_of(R"({"results":[[{"field":"@message","value":"m"},{"field":"n","value":1}]]})"),
      Optional(ElementsAre(R"({"@message":"m","n":1})")));
  EXPECT_THAT(
      rows_of(R"({"QueryResultRows":[[{"eventName":"A"},{"x":null}],[{"eventName":"B"}]]})"),
      Optional(ElementsAre(R"({"eventName":"A","x":null})", R"({"eventName":"B"})")));
}

TEST(AnswerRows, OfAthenaLeaveOutTheRowOfNamesAndCellsWithoutAValue) {
  const std::string about = R"("ResultSetMetadata":{"ColumnInfo":[{"Name":"a"},{"Name":"b"}]})";
  const std::string names = R"({"Data":[{"VarCharValue":"a"},{"VarCharValue":"b"}]})";
  const std::string row = R"({"Data":[{"VarCharValue":"1"},{}]})";
  for (const std::string& set :
       {R"("Rows":[)" + names + "," + row + "]," + about, R"("Rows":[)" + row + "]," + about,
        R"("Rows":[)" + names + "," + row + "]"}) {
    EXPECT_THAT(rows_of(R"({"ResultSet":{)" + set + "}}"), Optional(ElementsAre(R"({"a":"1"})")))
        << set;
  }
}

TEST(AnswerRows, OfAthenaAreRecordsBehindTheFirstThoughTheyReadLikeTheNames) {
  const std::string names = R"({"Data":[{"VarCharValue":"a"}]})";
  EXPECT_THAT(rows_of(R"({"ResultSet":{"Rows":[)" + names + "," + names + "]}}"),
              Optional(ElementsAre(R"({"a":"a"})")));
}

TEST(AnswerRows, AreEmptyFromTheFirstThatHasNoRoom) {
  EXPECT_THAT(rows_of(R"({"tables":[{"columns":[{"name":"a"}],"rows":[[1],[222],[3],[4]]}]})", 20),
              Optional(ElementsAre(R"({"a":1})", R"({"a":222})", "", "")));
}

TEST(AnswerRows, AreNoneWhereSomethingElseIsCalledSo) {
  for (const char* other :
       {R"({"a":1})", R"({"tables":["t1","t2"]})", R"({"results":[{"a":1}]})", R"({"results":[]})",
        R"({"results":[[1]]})", R"({"results":[[{"a":1,"b":2}]]})", R"({"ResultSet":{"Rows":[1]}})",
        R"({"ResultSet":{"Rows":[]}})", R"({"ResultSet":7,"QueryResultRows":"x"})"}) {
    EXPECT_EQ(rows_of(other), std::nullopt) << other;
  }
}

}  // namespace
}  // namespace nepho::event
