#include "exercise/mutate_values.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nepho::exercise {
namespace {

using ::testing::ElementsAre;

class ChangedValues : public testing::Test {
 protected:
  static Played play_of(const std::vector<std::string>& texts) {
    static const event::LineForms forms({});
    std::vector<Record> records;
    for (const std::string& text : texts)
      records.push_back({.text = text, .log_source = "aws.cloudtrail.s3_data"});
    return read_play(std::move(records), forms);
  }
  static std::vector<std::string> texts_of(const Played& played) {
    std::vector<std::string> texts;
    for (const Record& record : written(played)) texts.push_back(record.text);
    return texts;
  }

  std::vector<std::string> set(const std::vector<std::string>& texts, std::size_t variant = 0) {
    Played played = play_of(texts);
    set_values(edit_, variant, context_, played);
    return texts_of(played);
  }
  std::vector<std::string> renamed(const std::vector<std::string>& texts, std::size_t variant = 0) {
    Played played = play_of(texts);
    rename_values(edit_, variant, context_, played);
    return texts_of(played);
  }

  Edit edit_{.log_source = "aws.cloudtrail"};
  Context context_;
};

TEST_F(ChangedValues, TakeTheTextOfTheirVariant) {
  edit_.fields = {{"a", {"x", "y"}}};
  EXPECT_THAT(set({R"({"a":"b"})"}, 1), ElementsAre(R"({"a":"y"})"));
  EXPECT_THAT(set({R"({"a":"b"})"}, 2), ElementsAre(R"({"a":"x"})"));
}

TEST_F(ChangedValues, AreThereBefore) {
  edit_.fields = {{"a", {"x"}}};
  EXPECT_THAT(set({R"({"b":"b"})"}), ElementsAre(R"({"b":"b"})"));
}

TEST_F(ChangedValues, MayHoldOthersOfTheRecordAndItsNumber) {
  edit_.fields = {{"a", {"{value}/{b.c}/{n}"}}};
  EXPECT_THAT(set({R"({"a":"1","b":{"c":"2"}})", R"({"a":"3","b":{"c":"4"}})"}),
              ElementsAre(R"({"a":"1/2/1","b":{"c":"2"}})", R"({"a":"3/4/2","b":{"c":"4"}})"));
}

TEST_F(ChangedValues, StayWhereTheRecordLacksWhatTheyNeed) {
  edit_.fields = {{"a", {"{b}"}}};
  EXPECT_THAT(set({R"({"a":"1"})"}), ElementsAre(R"({"a":"1"})"));
}

TEST_F(ChangedValues, AreOfRecordsOfTheirLogSource) {
  edit_.log_source = "aws.cloudtrail.s3";
  edit_.fields = {{"a", {"x"}}};
  EXPECT_THAT(set({R"({"a":"1"})"}), ElementsAre(R"({"a":"1"})"));
}

TEST_F(ChangedValues, AreOfRecordsThatAreWanted) {
  edit_.where = {{"a", {"x*", "!xy"}}};
  edit_.fields = {{"a", {"z"}}};
  EXPECT_THAT(set({R"({"a":"xx"})", R"({"a":"xy"})", R"({"a":"yy"})", R"({"b":"xx"})"}),
              ElementsAre(R"({"a":"z"})", R"({"a":"xy"})", R"({"a":"yy"})", R"({"b":"xx"})"));
}

TEST_F(ChangedValues, ThatAreAbsentCanBeWanted) {
  edit_.where = {{"b", {"$absent"}}};
  edit_.fields = {{"a", {"z"}}};
  EXPECT_THAT(set({R"({"a":"1"})", R"({"a":"1","b":"2"})"}),
              ElementsAre(R"({"a":"z"})", R"({"a":"1","b":"2"})"));
}

TEST_F(ChangedValues, AnAddressOfTheInternetIsNoPrivateOneAndNoName) {
  edit_.where = {{"a", {"$public_address"}}};
  edit_.fields = {{"a", {"z"}}};
  EXPECT_THAT(set({R"({"a":"198.51.100.7"})", R"({"a":"10.1.2.3"})", R"({"a":"::1"})",
                   R"({"a":"ec2.amazonaws.com"})"}),
              ElementsAre(R"({"a":"z"})", R"({"a":"10.1.2.3"})", R"({"a":"::1"})",
                          R"({"a":"ec2.amazonaws.com"})"));
}

TEST_F(ChangedValues, NobodyComesFromTheOrganisationsOwnNetworksAtWill) {
  context_.lists["networks"] = {"203.0.113.0/24"};
  edit_.fields = {{"a", {"203.0.113.7", "198.51.100.7"}}};
  EXPECT_THAT(set({R"({"a":"1.2.3.4"})"}, 0), ElementsAre(R"({"a":"1.2.3.4"})"));
  EXPECT_THAT(set({R"({"a":"1.2.3.4"})"}, 1), ElementsAre(R"({"a":"198.51.100.7"})"));
}

TEST_F(ChangedValues, ANewNameStandsWhereverTheOldOneStood) {
  edit_.where = {{"e", {"Create"}}};
  edit_.fields = {{"a", {"new-{n}"}}};
  EXPECT_THAT(
      renamed({R"({"e":"Create","a":"bob"})", R"({"e":"Use","b":["user/bob","bobby"]})",
               R"({"e":"Create","a":"eve"})"}),
      ElementsAre(R"({"e":"Create","a":"new-1"})", R"({"e":"Use","b":["user/new-1","bobby"]})",
                  R"({"e":"Create","a":"new-2"})"));
}

TEST_F(ChangedValues, TwoNamesStayTwo) {
  edit_.fields = {{"a", {"x", "y"}}};
  EXPECT_THAT(renamed({R"({"a":"bob"})", R"({"a":"eve"})", R"({"a":"bob"})"}),
              ElementsAre(R"({"a":"x"})", R"({"a":"y"})", R"({"a":"x"})"));
}

TEST_F(ChangedValues, AShortNameStandsInTooMuch) {
  edit_.fields = {{"a", {"x"}}};
  EXPECT_THAT(renamed({R"({"a":"it"})"}), ElementsAre(R"({"a":"it"})"));
}

TEST(SwappedCase, IsOfAsciiLettersOnly) {
  EXPECT_EQ(with_case_swapped("iam:PassRole-1ä"), "IAM:pASSrOLE-1ä");
}

TEST(PercentEncoding, IsOfWhatStandsBehindTheHost) {
  EXPECT_EQ(with_letters_percent_encoded("https://a.b:443/x?y=1"), "https://a.b:443/%78?%79=1");
  EXPECT_EQ(with_letters_percent_encoded("/x"), "/%78");
  EXPECT_EQ(with_letters_percent_encoded("https://a.b"), "https://a.b");
}

TEST(PercentEncoding, LeavesWhatIsEncoded) {
  EXPECT_EQ(with_letters_percent_encoded("%2fa%"), "%2f%61%");
}

TEST(NextVersion, IsTheVersionInTheNameOrADateBehindIt) {
  EXPECT_EQ(with_next_version("io.k8s.core.v1.pods.get"), "io.k8s.core.v2.pods.get");
  EXPECT_EQ(with_next_version("CreateFunction20150331"), "CreateFunction20261101");
  EXPECT_EQ(with_next_version("CreateUser"), "CreateUser20150331");
  EXPECT_EQ(with_next_version("a.vx.b"), "a.vx.b20150331");
}

}  // namespace
}  // namespace nepho::exercise
