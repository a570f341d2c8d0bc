#include "event/envelope.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/compression.h"
#include "event/envelope_keys.h"
#include "text/base64.h"
#include "text/json_writer.h"

namespace nepho::event {
namespace {

using testing::ElementsAre;

constexpr std::string_view kEvent =
    R"({"eventSource":"iam.amazonaws.com","eventName":"CreateUser","eventID":"1"})";

std::string as_json_string(std::string_view text) {
  std::string out;
  text::append_json_quoted(text, out);
  return out;
}

class Envelope : public testing::Test {
 protected:
  Envelope()
      : sources_(LogSources::load(knowledge_, report_)), order_(recognition_order(sources_)) {}

  // The records of `json`, each as "source@offset text".
  std::vector<std::string> records(const std::string& json) const {
    std::vector<std::string> all;
    const auto unwrapped = unwrap(json, order_);
    if (!unwrapped) return {std::string(unwrapped.error().code.name())};
    for (const auto& record : unwrapped->records) {
      all.push_back(fmt::format("{}@{} {}", record.source ? record.source->id : "generic",
                                record.offset, record.text));
    }
    return all;
  }
  std::string known(std::size_t offset) const {
    return fmt::format("aws.cloudtrail@{} {}", offset, kEvent);
  }

  Knowledge knowledge_;
  LoadReport report_;
  LogSources sources_;
  std::vector<Recognition> order_;
};

TEST_F(Envelope, LeavesARecordThatIsKnownAsItIs) {
  EXPECT_THAT(records(std::string(kEvent)), ElementsAre(known(0)));
}

TEST_F(Envelope, LeavesAnUnknownObjectAsItIs) {
  EXPECT_THAT(records(R"({"detail":{"a":1}})"), ElementsAre(R"(generic@0 {"detail":{"a":1}})"));
  EXPECT_THAT(records(R"({"message":"{\"a\":1}"})"),
              ElementsAre(R"(generic@0 {"message":"{\"a\":1}"})"));
  EXPECT_THAT(records("{}"), ElementsAre("generic@0 {}"));
}

TEST_F(Envelope, GivesTheElementsOfAListAsRangesOfTheText) {
  EXPECT_THAT(records(fmt::format(R"({{"Records":[{},{{"b":2}}]}})", kEvent)),
              ElementsAre(known(12), "generic@87 {\"b\":2}"));
}

TEST_F(Envelope, LooksIntoAListBehindOtherMembersOnlyWhenItsFirstElementIsKnown) {
  EXPECT_THAT(records(fmt::format(R"({{"id":"x","events":[{}]}})", kEvent)),
              ElementsAre(known(20)));
  EXPECT_THAT(records(R"({"id":"x","events":[{"a":1}]})"),
              ElementsAre(R"(generic@0 {"id":"x","events":[{"a":1}]})"));
}

TEST_F(Envelope, OpensEveryMemberThatHoldsOneRecord) {
  for (const char* key :
       {"detail", "_source", "result", "message", "data", "event", "@message", "attributes"}) {
    EXPECT_THAT(records(fmt::format(R"({{"x":1,"{}":{}}})", key, kEvent)),
                ElementsAre(known(10 + std::string_view(key).size())))
        << key;
  }
}

TEST_F(Envelope, OpensARecordPackedInAString) {
  for (const char* key : {"CloudTrailEvent", "_raw", "Message", "body", "event.original", "log",
                          "RawData", "source_json"}) {
    EXPECT_THAT(records(fmt::format(R"({{"{}":{}}})", key, as_json_string(kEvent))),
                ElementsAre(known(4 + std::string_view(key).size())))
        << key;
  }
  EXPECT_THAT(records(fmt::format(R"({{"event":{{"original":{}}}}})", as_json_string(kEvent))),
              ElementsAre(known(21)));
}

// A line of a text, as an API's answer that somebody saved with its headers.
TEST_F(Envelope, OpensAnArrayOfRecords) {
  EXPECT_THAT(records(fmt::format(R"([{},{}])", kEvent, kEvent)),
              ElementsAre(known(1), known(2 + std::string_view(kEvent).size())));
}

// A table's columns have the names that somebody gave them.
TEST_F(Envelope, OpensAKnownRecordInAStringUnderAnyKey) {
  const std::string packed = as_json_string(kEvent);
  const std::string list = as_json_string(fmt::format(R"({{"Records":[{}]}})", kEvent));
  EXPECT_THAT(records(fmt::format(R"({{"n":7,"as UTF8":{}}})", packed)), ElementsAre(known(17)));
  EXPECT_THAT(records(fmt::format(R"({{"a":"{{}}","message":"x","b":{}}})", packed)),
              ElementsAre(known(28)));
  EXPECT_THAT(records(fmt::format(R"([{{"x":{}}}])", list)), ElementsAre(known(6)));
  const std::string unknown = R"({"x":"{\"items\":[{\"a\":1},{\"b\":2}]}"})";
  EXPECT_THAT(records(unknown), ElementsAre("generic@0 " + unknown));
}

TEST_F(Envelope, CountsNoPayloadAmongThePackedObjects) {
  std::string many = "{";
  for (int i = 0; i < 15; ++i) many += fmt::format(R"("k{}":"{{\"a\":1}}",)", i);
  many += fmt::format(R"("message":"{{\"a\":1}}","last":{}}})", as_json_string(kEvent));
  EXPECT_THAT(records(many), ElementsAre(testing::StartsWith("aws.cloudtrail@")));
}

TEST_F(Envelope, LooksIntoNoMoreThanTheFirstPackedObjects) {
  std::string many = "{";
  for (int i = 0; i < 16; ++i) many += fmt::format(R"("k{}":"{{\"a\":1}}",)", i);
  many += fmt::format(R"("last":{}}})", as_json_string(kEvent));
  EXPECT_THAT(records(many), ElementsAre("generic@0 " + many));
}

// Rows of an API's answer, whatever the record in them is called; anybody's rows are left alone.
TEST_F(Envelope, OpensRowsOfWhichTheFirstLeadsToAKnownRecord) {
  const std::string packed = as_json_string(kEvent);
  for (const char* row : {R"({{"rawLog":{}}})", R"({{"id":"1","userData":{}}})"}) {
    const std::string text = fmt::format(fmt::runtime(row), packed);
    EXPECT_EQ(records(fmt::format(R"({{"total":2,"rows":[{},{}]}})", text, text)).size(), 2U);
    EXPECT_EQ(records(fmt::format(R"({{"result":{{"results":[{},{}]}}}})", text, text)).size(), 2U);
    EXPECT_EQ(records(fmt::format(R"({{"took":1,"responses":[{{"hits":{{"hits":[{},{}]}}}}]}})",
                                  text, text))
                  .size(),
              2U);
  }
  const std::string unknown = R"({"rows":[{"a":"{\"b\":1}"},{"c":2}],"docs":[{"d":3},{"e":4}]})";
  EXPECT_THAT(records(unknown), ElementsAre("generic@0 " + unknown));
}

TEST_F(Envelope, OpensLookupEventsOneByOne) {
  const std::string event =
      fmt::format(R"({{"EventId":"1","EventSource":"iam.amazonaws.com","EventName":"CreateUser",)"
                  R"("CloudTrailEvent":{}}})",
                  as_json_string(kEvent));
  EXPECT_EQ(records(fmt::format(R"({{"Events":[{},{}],"NextToken":"t"}})", event, event)).size(),
            2U);
}

TEST_F(Envelope, OpensAWrappingInAWrapping) {
  const std::string bridge = fmt::format(R"({{"detail-type":"x","detail":{}}})", kEvent);
  const std::string topic =
      fmt::format(R"({{"Type":"Notification","Message":{}}})", as_json_string(bridge));
  const std::string queue =
      fmt::format(R"({{"Records":[{{"messageId":"m","body":{}}}]}})", as_json_string(topic));
  EXPECT_THAT(records(queue), ElementsAre(known(36)));
}

TEST_F(Envelope, GoesNoDeeperThanItsLimit) {
  std::string text(kEvent);
  for (std::size_t i = 0; i < kMaxEnvelopeDepth; ++i) text = "{\"detail\":" + text + "}";
  EXPECT_THAT(records(text), ElementsAre("generic@0 " + text));
}

TEST_F(Envelope, TakesNothingOutOfAStringAtItsLimit) {
  const std::string row = fmt::format(R"({{"a":{}}})", as_json_string(kEvent));
  const auto in_lists = [&](std::size_t count) {
    std::string text = row;
    for (std::size_t i = 0; i < count; ++i) text = "{\"Records\":[" + text + "]}";
    return records(text);
  };
  EXPECT_THAT(in_lists(kMaxEnvelopeDepth - 2), ElementsAre(testing::StartsWith("aws.cloudtrail@")));
  EXPECT_THAT(in_lists(kMaxEnvelopeDepth - 1), ElementsAre(testing::EndsWith(row)));
}

TEST_F(Envelope, FindsTheHitsOfASearch) {
  EXPECT_THAT(records(fmt::format(R"({{"took":1,"hits":{{"hits":[{{"_source":{}}}]}}}})", kEvent)),
              ElementsAre(known(37)));
}

TEST_F(Envelope, CountsWhatIsNoObjectInAList) {
  const auto unwrapped = unwrap(R"({"Records":[{"a":1},7,"x"]})", order_);
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(unwrapped->records.size(), 1U);
  EXPECT_EQ(unwrapped->num_not_objects, 2U);
}

TEST_F(Envelope, FindsNoRecordInAnEmptyList) { EXPECT_TRUE(records("{\"Records\":[]}").empty()); }

// What AWS sends to a Lambda function that is subscribed to a log group or reads a stream.
TEST_F(Envelope, OpensWhatCloudWatchPacks) {
  const std::string batch = fmt::format(
      R"({{"messageType":"DATA_MESSAGE","owner":"111122223333","logGroup":"g",)"
      R"("logStream":"s","subscriptionFilters":["f"],"logEvents":[)"
      R"({{"id":"1","timestamp":1,"message":{0}}},{{"id":"2","timestamp":2,"message":{0}}}]}})",
      as_json_string(kEvent));
  const std::string packed = text::to_base64(gzip(batch));
  EXPECT_THAT(records(fmt::format(R"({{"awslogs":{{"data":"{}"}}}})", packed)),
              ElementsAre(known(19), known(19)));
  EXPECT_THAT(records(fmt::format(R"({{"Records":[{{"kinesis":{{"data":"{}"}},"eventSource":)"
                                  R"("aws:kinesis","eventName":"aws:kinesis:record"}}]}})",
                                  packed)),
              ElementsAre(known(31), known(31)));
  EXPECT_THAT(records(fmt::format(R"({{"recordId":"1","data":"{}"}})", text::to_base64(kEvent))),
              ElementsAre(known(23)));
}

TEST_F(Envelope, OpensWhatTopicsAndStreamsHandToAFunction) {
  EXPECT_THAT(records(fmt::format(R"({{"Records":[{{"EventSource":"aws:sns","EventVersion":"1.0",)"
                                  R"("Sns":{{"Type":"Notification","Message":{}}}}}]}})",
                                  as_json_string(kEvent))),
              ElementsAre(known(97)));
  // A list behind members that are no heads, of elements that are packed wrappings themselves.
  const std::string batch =
      fmt::format(R"({{"messageType":"DATA_MESSAGE","logEvents":[{{"id":"1","message":{}}}]}})",
                  as_json_string(kEvent));
  EXPECT_THAT(records(fmt::format(R"({{"invocationId":"1","deliveryStreamArn":"a","records":[)"
                                  R"({{"recordId":"1","data":"{}"}}]}})",
                                  text::to_base64(gzip(batch)))),
              ElementsAre(known(78)));
}

// Kinesis's and DynamoDB's records have a version, an event name and a region, as CloudTrail's do.
TEST_F(Envelope, TakesARecordOfAStreamForNoLog) {
  const std::string kinesis = fmt::format(
      R"({{"kinesis":{{"partitionKey":"p","data":"{}"}},"eventSource":"aws:kinesis",)"
      R"("eventVersion":"1.0","eventID":"s:1","eventName":"aws:kinesis:record","awsRegion":"r"}})",
      text::to_base64(kEvent));
  EXPECT_THAT(records(kinesis), ElementsAre(known(38)));
  const std::string change =
      R"({"eventID":"1","eventVersion":"1.1","dynamodb":{"Keys":{}},"awsRegion":"r",)"
      R"("eventName":"INSERT","eventSource":"aws:dynamodb"})";
  EXPECT_THAT(records(change), ElementsAre("generic@0 " + change));
}

TEST_F(Envelope, TakesAPayloadOfSeveralRecordsApart) {
  const std::string lines = fmt::format("{0}\n{0}\n", kEvent);
  EXPECT_THAT(records(fmt::format(R"({{"data":{}}})", as_json_string(lines))),
              ElementsAre(known(8), known(8)));
  EXPECT_THAT(records(fmt::format(R"({{"data":"{}"}})", text::to_base64(lines))),
              ElementsAre(known(8), known(8)));
  EXPECT_THAT(
      records(fmt::format(R"({{"message":{}}})", as_json_string(fmt::format("{0}{0}", kEvent)))),
      ElementsAre(known(11), known(11)));
  EXPECT_THAT(
      records(fmt::format(R"({{"body":{}}})", as_json_string(fmt::format("[{0}, {0}]", kEvent)))),
      ElementsAre(known(8), known(8)));
  EXPECT_THAT(records(fmt::format(R"({{"message":[{}]}})", kEvent)), ElementsAre(known(12)));
}

TEST_F(Envelope, TakesLinesOfTextInAPayloadApart) {
  const LineForms forms(sources_.all());
  const std::string line =
      "2 111122223333 eni-1 203.0.113.7 10.0.0.4 41000 22 6 1 40 1772334245 1772334305 REJECT OK";
  for (const std::string& data : {line, line + "\n" + line + "\n"}) {
    const std::string text =
        fmt::format(R"({{"recordId":"1","data":"{}"}})", text::to_base64(data));
    const auto unwrapped = unwrap(text, order_, &forms);
    ASSERT_TRUE(unwrapped);
    ASSERT_EQ(unwrapped->records.size(), data == line ? 1U : 2U);
    for (const auto& record : unwrapped->records) {
      ASSERT_NE(record.source, nullptr);
      EXPECT_EQ(record.source->id, "aws.vpc_flow");
    }
  }
}

TEST_F(Envelope, LeavesSeveralOfNothingKnownAlone) {
  for (const char* text : {R"({"data":"{\"a\":1}\n{\"a\":2}"})", R"({"message":[{"a":1}]})",
                           R"({"message":"a line\nand another"})", R"({"message":["a","b"]})"}) {
    EXPECT_THAT(records(text), ElementsAre(std::string("generic@0 ") + text));
  }
}

TEST_F(Envelope, FollowsThePayloadThatLeadsToSomethingKnown) {
  EXPECT_THAT(
      records(fmt::format(R"({{"event":{{"kind":"x"}},"message":{{"a":1}},"record":{}}})", kEvent)),
      ElementsAre(known(49)));
}

TEST_F(Envelope, UnpacksNoMoreThanItsLimit) {
  const std::string large =
      fmt::format(R"({{"eventSource":"iam.amazonaws.com","eventName":"CreateUser",)"
                  R"("a":"{}"}})",
                  std::string(std::size_t{3} << 20U, 'a'));
  const std::string packed = text::to_base64(gzip(large));
  std::string list;
  constexpr std::size_t kMany = 30;
  for (std::size_t i = 0; i < kMany; ++i) {
    list += fmt::format(R"({}{{"data":"{}"}})", i == 0 ? "" : ",", packed);
  }
  const auto unwrapped = unwrap(fmt::format(R"({{"records":[{}]}})", list), order_);
  ASSERT_TRUE(unwrapped);
  ASSERT_EQ(unwrapped->records.size(), kMany);
  EXPECT_NE(unwrapped->records.front().source, nullptr);
  EXPECT_EQ(unwrapped->records.back().source, nullptr);
  std::size_t num_bytes = 0;
  for (const auto& text : unwrapped->decoded) num_bytes += text.size();
  EXPECT_LT(num_bytes, std::size_t{65} << 20U);
}

// What tools give that ask a queue, a stream or a search for records.
TEST_F(Envelope, OpensWhatQueriesAnswer) {
  const std::string text = as_json_string(kEvent);
  for (const std::string& answer : {
           fmt::format(R"({{"Messages":[{{"MessageId":"1","Body":{0}}},{{"Body":{0}}}]}})", text),
           fmt::format(
               R"({{"results":[[{{"field":"@timestamp","value":"t"}},{{"field":"@message",)"
               R"("value":{0}}}],[{{"field":"@message","value":{0}}}]],"status":"Complete"}})",
               text),
           fmt::format(R"({{"QueryStatus":"FINISHED","QueryResultRows":[[{{"a":"b"}},)"
                       R"({{"eventJson":{0}}}],[{{"eventJson":{0}}}]]}})",
                       text),
           fmt::format(
               R"({{"fields":[],"messages":[{{"map":{{"_raw":{0}}}}},{{"map":{{"_raw":{0}}}}}]}})",
               text),
           fmt::format(R"({{"data":[{{"id":"1","attributes":{{"service":"s","attributes":{0}}}}},)"
                       R"({{"attributes":{{"attributes":{0}}}}}]}})",
                       kEvent),
           fmt::format(R"({{"Schema":[{{"Name":"a"}}],"Results":[{{"RawEventData":{0}}},)"
                       R"({{"RawEventData":{0}}}]}})",
                       kEvent),
       }) {
    const auto unwrapped = unwrap(answer, order_);
    ASSERT_TRUE(unwrapped) << answer;
    ASSERT_EQ(unwrapped->records.size(), 2U) << answer;
    for (const auto& record : unwrapped->records) EXPECT_NE(record.source, nullptr) << answer;
  }
  EXPECT_EQ(records(fmt::format(
                R"({{"resourceLogs":[{{"resource":{{}},"scopeLogs":[{{"scope":{{}},)"
                R"("logRecords":[{{"timeUnixNano":"1","body":{{"stringValue":{}}}}}]}}]}}]}})",
                text)),
            std::vector<std::string>{known(113)});
  EXPECT_THAT(records(fmt::format(
                  R"({{"rule":{{"id":"1"}},"data":{{"integration":"aws","aws":{}}}}})", kEvent)),
              ElementsAre(known(53)));
  EXPECT_THAT(records(fmt::format(R"({{"category":"x","details":{}}})", kEvent)),
              ElementsAre(known(26)));
  EXPECT_EQ(
      records(fmt::format(R"({{"topic":"t","offset":1,"key":null,"value":{}}})", text)).size(), 1U);
}

// A line stands behind its time; of metrics, which have the same form, there is no "stream".
// GetQueryResults of Athena: the first page has the names of its columns as a row too, the next
// ones have not.
TEST_F(Envelope, OpensTheRowsOfAthena) {
  const std::string names =
      R"({"Data":[{"VarCharValue":"eventsource"},{"VarCharValue":"eventname"},{"VarCharValue":"errorcode"}]})";
  const std::string row =
      R"({"Data":[{"VarCharValue":"iam.amazonaws.com"},{"VarCharValue":"CreateUser"},{}]})";
  const std::string columns =
      R"("ResultSetMetadata":{"ColumnInfo":[{"Name":"eventsource"},{"Name":"eventname"},{"Name":"errorcode"}]})";
  const std::string read = R"({"eventsource":"iam.amazonaws.com","eventname":"CreateUser"})";
  for (const std::string& answer :
       {fmt::format(R"({{"UpdateCount":0,"ResultSet":{{"Rows":[{},{},{}],{}}}}})", names, row, row,
                    columns),
        fmt::format(R"({{"ResultSet":{{{},"Rows":[{},{}]}},"NextToken":"n"}})", columns, row, row),
        fmt::format(R"({{"ResultSet":{{"Rows":[{},{},{}]}}}})", names, row, row)}) {
    const auto unwrapped = unwrap(answer, order_);
    ASSERT_TRUE(unwrapped) << answer;
    ASSERT_EQ(unwrapped->records.size(), 2U) << answer;
    for (const auto& record : unwrapped->records) {
      EXPECT_EQ(record.text, read);
      EXPECT_EQ(record.source->id, "aws.cloudtrail");
      EXPECT_EQ(answer.substr(record.offset, row.size()), row);
    }
  }
}

TEST_F(Envelope, TakesARowOfAthenaBehindOthersForNoNamesOfColumns) {
  const auto row = [](char value) {
    return fmt::format(R"({{"Data":[{{"VarCharValue":"{}"}}]}})", value);
  };
  EXPECT_THAT(records(fmt::format(R"({{"ResultSet":{{"Rows":[{},{},{}]}}}})", row('a'), row('b'),
                                  row('a'))),
              ElementsAre(testing::EndsWith(R"({"a":"b"})"), testing::EndsWith(R"({"a":"a"})")));
}

TEST_F(Envelope, LeavesAResultSetWithoutRowsAlone) {
  for (const std::string other :
       {R"({"ResultSet":{"Rows":[]}})", R"({"ResultSet":{"Rows":[{"Data":1}]}})",
        R"({"ResultSet":{"Rows":{"Data":[]}}})", R"({"ResultSet":[{"Rows":[]}]})",
        R"({"ResultSet":{"Rows":[[1]]}})"}) {
    EXPECT_THAT(records(other), ElementsAre("generic@0 " + other));
  }
}

TEST_F(Envelope, OpensWhatTestsAndExportsWriteAround) {
  for (
      const std::string& wrapped :
      {fmt::format(
           R"({{"input":{{"message":{0},"intake":{{}}}},"expected":{{"message":{0},"event":{{"action":"x"}}}}}})",
           as_json_string(kEvent)),
       fmt::format(R"({{"aws":{{"cloudtrail":{}}}}})", kEvent),
       fmt::format(R"({{"Date":"d","Content":{}}})", as_json_string(kEvent)),
       fmt::format(R"({{"_HOSTNAME":"h","MESSAGE":{}}})", as_json_string(kEvent))}) {
    const auto unwrapped = unwrap(wrapped, order_);
    ASSERT_TRUE(unwrapped) << wrapped;
    ASSERT_EQ(unwrapped->records.size(), 1U) << wrapped;
    EXPECT_EQ(unwrapped->records[0].text, kEvent);
  }
}

TEST_F(Envelope, OpensTheStreamsOfLoki) {
  const std::string text = as_json_string(kEvent);
  const std::string stream = fmt::format(
      R"({{"stream":{{"app":"a"}},"values":[["1",{0}],["2",{0},{{"trace":"t"}}]]}})", text);
  EXPECT_THAT(records(stream), ElementsAre(known(37), known(132)));
  EXPECT_EQ(records(fmt::format(R"({{"streams":[{0},{0}]}})", stream)).size(), 4U);
  EXPECT_EQ(records(fmt::format(
                        R"({{"status":"success","data":{{"resultType":"streams","result":[{}]}}}})",
                        stream))
                .size(),
            2U);
  EXPECT_THAT(records(fmt::format(R"({{"labels":{{}},"line":{}}})", text)), ElementsAre(known(20)));
  const std::string metrics = R"({"metric":{},"values":[["1","2"]]})";
  EXPECT_THAT(records(metrics), ElementsAre("generic@0 " + metrics));
}

TEST_F(Envelope, CountsTheLinesOfAStreamThatHoldNoObject) {
  const auto unwrapped =
      unwrap(R"({"stream":{},"values":[["1","text"],["2","{\"a\":1}"]]})", order_);
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(unwrapped->records.size(), 1U);
  EXPECT_EQ(unwrapped->num_not_objects, 1U);
  for (const std::string other :
       {R"({"stream":{},"values":[["1"]]})", R"({"stream":{},"values":["1"]})",
        R"({"stream":"stdout","values":[["1","2"]]})"}) {
    EXPECT_THAT(records(other), ElementsAre("generic@0 " + other));
  }
}

// "unstructuredlogentries", "logs:import" and raw logs of its parsers' tests; and Pub/Sub's pull.
TEST_F(Envelope, OpensWhatGoogleHandsOver) {
  const std::string text = as_json_string(kEvent);
  const std::string packed = text::to_base64(kEvent);
  for (const std::string& answer : {
           fmt::format(R"({{"customer_id":"c","log_type":"t","entries":[{{"log_text":{0}}},)"
                       R"({{"logText":{0}}}]}})",
                       text),
           fmt::format(R"({{"inline_source":{{"logs":[{{"data":"{0}"}},{{"data":"{0}"}}]}}}})",
                       packed),
           fmt::format(R"({{"create_time":"t","raw_logs":{{"entries":[{{"data":{0}}},)"
                       R"({{"data":"{1}"}}],"type":"T"}}}})",
                       text, packed),
           fmt::format(R"({{"rawLogs":["{0}","{0}"]}})", packed),
           fmt::format(R"({{"receivedMessages":[{{"ackId":"a","message":{{"data":"{0}"}}}},)"
                       R"({{"message":{{"data":"{0}"}}}}]}})",
                       packed),
       }) {
    const auto unwrapped = unwrap(answer, order_);
    ASSERT_TRUE(unwrapped) << answer;
    ASSERT_EQ(unwrapped->records.size(), 2U) << answer;
    for (const auto& record : unwrapped->records) EXPECT_NE(record.source, nullptr) << answer;
  }
}

TEST_F(Envelope, OpensTheLogsOfOpenTelemetry) {
  const std::string body =
      fmt::format(R"({{"timeUnixNano":"1","body":{{"stringValue":{}}}}})", as_json_string(kEvent));
  EXPECT_EQ(
      records(fmt::format(R"({{"resourceLogs":[{{"resource":{{}},"scopeLogs":[{{"scope":{{}},)"
                          R"("logRecords":[{0},{0}]}}]}}]}})",
                          body))
          .size(),
      2U);
}

// A SIEM's row may hold what it made of an event beside the event as it came.
TEST_F(Envelope, PrefersAPayloadThatIsKnownToOnesBeforeIt) {
  const std::string row = fmt::format(R"({{"message":{{"a":1}},"data":{{"b":2}},"full_log":{}}})",
                                      as_json_string(kEvent));
  EXPECT_THAT(records(row), ElementsAre(known(45)));
  EXPECT_THAT(records(fmt::format(R"({{"message":{{"a":1}},"data":{{"aws":{}}}}})", kEvent)),
              ElementsAre(known(33)));
}

// A test of a parser or a rule holds the record beside what is expected of it.
TEST_F(Envelope, OpensTheTestsOfParsersAndRules) {
  const std::string packed = as_json_string(kEvent);
  const std::string sekoia = fmt::format(
      R"({{"input":{{"message":{0},"intake":{{}}}},"expected":{{"message":{0},"event":{{}}}}}})",
      packed);
  EXPECT_THAT(records(sekoia), ElementsAre(known(sekoia.find(packed))));
  const std::string datadog = fmt::format(
      R"({{"id":"aws","tests":[{{"sample":{0},"result":{{"custom":{{}}}}}},{{"sample":{0}}}]}})",
      packed);
  EXPECT_THAT(records(datadog),
              ElementsAre(known(datadog.find(packed)), known(datadog.rfind(packed))));
  const std::string panther = fmt::format(
      R"({{"AnalysisType":"rule","Tests":[{{"Name":"a","Log":{0}}},{{"Name":"b","Log":{0}}}]}})",
      kEvent);
  EXPECT_THAT(records(panther),
              ElementsAre(known(panther.find(kEvent)), known(panther.rfind(kEvent))));
  // Tests of something else are one record, as anybody's are.
  const std::string other = R"({"suite":"a","tests":[{"name":"b","input":"c"},{"name":"d"}]})";
  EXPECT_THAT(records(other), ElementsAre("generic@0 " + other));
}

TEST_F(Envelope, OpensWhatApisAnswer) {
  // Duo, of both versions; Bitbucket; Microsoft Graph's batches; Microsoft Sentinel's playbooks.
  const std::vector<std::string> answers = {
      R"({{"stat":"OK","response":[{0},{0}]}})",
      R"({{"stat":"OK","response":{{"authlogs":[{0},{0}],"metadata":{{"total_objects":2}}}}}})",
      R"({{"pagingInfo":{{"size":2}},"entities":[{0},{0}]}})",
      R"({{"responses":[{{"id":"1","status":200,"body":{{"value":[{0},{0}]}}}}]}})",
      R"({{"objectSchemaType":"Incident","object":{0}}})"};
  for (const std::string& answer : answers) {
    const std::string json = fmt::format(fmt::runtime(answer), kEvent);
    if (const auto first = json.find(kEvent), last = json.rfind(kEvent); first == last) {
      EXPECT_THAT(records(json), ElementsAre(known(first)));
    } else {
      EXPECT_THAT(records(json), ElementsAre(known(first), known(last)));
    }
  }
}

// Anybody's record may have a list in it; what was packed in a text is what somebody delivered.
TEST_F(Envelope, TakesAListOfNothingKnownInAPayloadForTheRecordsOwn) {
  const std::string own = R"({"level":"info","event":{"results":[{"a":1},{"a":2}]}})";
  EXPECT_THAT(records(own), ElementsAre("generic@0 " + own));
  const std::string deeper = R"({"response":{"hits":{"hits":[{"a":1},{"a":2}]}},"data":{}})";
  EXPECT_THAT(records(deeper), ElementsAre("generic@0 " + deeper));
  const std::string alone = R"({"response":{"x":1,"hits":{"hits":[{"a":1},{"a":2}]}}})";
  EXPECT_THAT(records(alone), ElementsAre("generic@0 " + alone));
  EXPECT_THAT(records(R"({"body":"{\"Records\":[{\"a\":1},{\"a\":2}]}"})"),
              ElementsAre("generic@8 {\"a\":1}", "generic@8 {\"a\":2}"));
}

// Google Workspace's activities hold a list of events of their own.
TEST_F(Envelope, TakesAKnownRecordWithAListInItForOne) {
  const std::string activity =
      R"({"kind":"admin#reports#activity","id":{"applicationName":"login"},"events":[{"name":"a"},{"name":"b"}]})";
  EXPECT_THAT(records(fmt::format(R"({{"specversion":"1.0","data":{}}})", activity)),
              ElementsAre("gws.login@28 " + activity));
}

TEST_F(Envelope, OpensAStringThatHoldsARecord) {
  EXPECT_THAT(records(as_json_string(kEvent)), ElementsAre(known(0)));
  const auto text = unwrap(R"("{ no record")", order_);
  ASSERT_TRUE(text);
  EXPECT_EQ(text->num_not_objects, 1U);
  EXPECT_TRUE(text->records.empty());
}

TEST_F(Envelope, UnpacksNoMoreThanItsBound) {
  const std::string large = "{\"a\":\"" + std::string(std::size_t{3} << 20U, 'x') + "\"}";
  const std::string packed = '"' + text::to_base64(gzip(large)) + '"';
  std::string list = packed;
  for (int i = 1; i < 30; ++i) list += ',' + packed;
  const auto unwrapped = unwrap("{\"rawLogs\":[" + list + "]}", order_);
  ASSERT_TRUE(unwrapped);
  EXPECT_EQ(unwrapped->records.size(), 21U);  // of 3 MiB each, in 64
  EXPECT_EQ(unwrapped->num_not_objects, 9U);
}

// The names of columns stand in every row, whatever is in it.
TEST_F(Envelope, WritesNoMoreRowsThanItsBound) {
  const std::string name(std::size_t{3} << 20U, 'n');
  std::string lines = "[1]";
  std::string data = R"({"Data":[{"VarCharValue":"1"}]})";
  for (int i = 1; i < 20'000; ++i) {
    lines += ",[1]";
    data += R"(,{"Data":[{"VarCharValue":"1"}]})";
  }
  for (const std::string& answer :
       {fmt::format(R"({{"tables":[{{"columns":[{{"name":"{}"}}],"rows":[{}]}}]}})", name, lines),
        fmt::format(R"({{"ResultSet":{{"ResultSetMetadata":{{"ColumnInfo":[{{"Name":"{}"}}]}},)"
                    R"("Rows":[{}]}}}})",
                    name, data)}) {
    const auto unwrapped = unwrap(answer, order_);
    ASSERT_TRUE(unwrapped);
    EXPECT_EQ(unwrapped->records.size(), 21U);
    EXPECT_EQ(unwrapped->num_not_objects, 20'000U - 21U);
  }
}

// What is no record takes as long to unpack.
TEST_F(Envelope, CountsWhatUnpacksToNothing) {
  const std::string blanks(std::size_t{3} << 20U, ' ');
  const std::string nothing = '"' + text::to_base64(gzip(blanks)) + '"';
  const std::string record = '"' + text::to_base64(gzip(kEvent)) + '"';
  const auto num_records_behind = [&](int num_blanks) {
    std::string list = R"({"a":1})";
    for (int i = 0; i < num_blanks; ++i) list += ',' + nothing;
    const auto unwrapped = unwrap("{\"Records\":[" + list + ',' + record + "]}", order_);
    return unwrapped ? unwrapped->records.size() : 0;
  };
  EXPECT_EQ(num_records_behind(20), 2U);
  EXPECT_EQ(num_records_behind(22), 1U);
}

TEST_F(Envelope, TakesAnOrdinaryListOfListsForWhatItIs) {
  const std::string text = R"({"results":[[{"field":"a","value":1}],[7]]})";
  EXPECT_THAT(records(text), ElementsAre("generic@0 " + text));
}

TEST_F(Envelope, LeavesABrokenInnerTextAlone) {
  EXPECT_THAT(records(R"({"Message":"{\"a\":"})"),
              ElementsAre(R"(generic@0 {"Message":"{\"a\":"})"));
}

TEST_F(Envelope, RefusesWhatIsNoJson) {
  EXPECT_THAT(records("{\"a\":"), ElementsAre("json.syntax"));
}

TEST(EnvelopeKeys, KnowListsAndHeads) {
  EXPECT_TRUE(is_record_list("Records"));
  EXPECT_FALSE(is_record_list("resources"));
  EXPECT_TRUE(is_envelope_head("@odata.context"));
  EXPECT_FALSE(is_envelope_head("id"));
}

}  // namespace
}  // namespace nepho::event
