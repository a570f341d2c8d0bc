#include "evidence/json.h"

#include <gtest/gtest.h>

#include "evidence/errors.h"
#include "text/timestamp.h"

namespace nepho::evidence {
namespace {

// All members set, none to its default, so that one that is not written shows.
Evidence sample() {
  Evidence evidence{.procedure = "aws.persistence.create-user",
                    .technique = "T1136.003",
                    .provider = "aws",
                    .kind = Kind::kReplay,
                    .outcome = Outcome::kAlerted,
                    .verdict = Verdict::kAlsoBenign,
                    .reason = "rule \"x\" fires\non the look-alike too",
                    .trials = {{"rule-1", "h1", true, false, true}, {"rule-2", "", true, true}},
                    .schema_hash = "s1",
                    .attack_version = "19.1"};
  evidence.time = text::parse_timestamp("2026-11-24T07:45:00.25Z")->time;
  evidence.latency = std::chrono::milliseconds(3'250);
  evidence.events = 14;
  evidence.digest = "sha256:00ff";
  return evidence;
}

TEST(EvidenceJson, IsReadBackAsItWasWritten) {
  const auto read = parse_evidence(to_json_line(sample()));
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(*read, sample());
}

TEST(EvidenceJson, HasTheMembersOfTheFormInOrder) {
  EXPECT_EQ(to_json_line(sample()),
            R"({"procedure":"aws.persistence.create-user","technique":"T1136.003",)"
            R"("provider":"aws","kind":"replay","outcome":"alerted","verdict":"also_benign",)"
            R"("reason":"rule \"x\" fires\non the look-alike too","trials":[{"rule":"rule-1",)"
            R"("hash":"h1","alerted":true,"late":false,"also_benign":true},{"rule":"rule-2",)"
            R"("hash":"","alerted":true,"late":true,"also_benign":false}],"schema_hash":"s1",)"
            R"("attack_version":"19.1","time":"2026-11-24T07:45:00.250Z","latency_s":3.25,)"
            R"("events":14,"digest":"sha256:00ff"})"
            "\n");
}

// What a test changes in an otherwise good line.
constexpr std::string_view kLeast =
    R"({"procedure":"p","technique":"T1078","provider":"aws","kind":"live","outcome":"logged",)"
    R"("verdict":"no_alert","time":"2026-11-24T00:00:00Z"})";

std::string with(std::string_view from, std::string_view to) {
  std::string line(kLeast);
  line.replace(line.find(from), from.size(), to);
  return line;
}

TEST(EvidenceJson, MembersThatMayBeMissingAreEmpty) {
  const auto read = parse_evidence(kLeast);
  ASSERT_TRUE(read.has_value()) << to_string(read.error());
  EXPECT_EQ(read->kind, Kind::kLive);
  EXPECT_TRUE(read->trials.empty());
  EXPECT_EQ(read->latency, std::nullopt);
  EXPECT_EQ(read->events, 0U);
}

TEST(EvidenceJson, UnknownMembersArePassedOver) {
  EXPECT_TRUE(parse_evidence(with(R"("kind")", R"("analyst":"me","kind")")).has_value());
}

struct BadLine {
  std::string_view from;
  std::string_view to;
  ErrorCode code;
};

TEST(EvidenceJson, WhatIsWrongIsAnErrorOfItsKind) {
  const BadLine lines[] = {
      {R"("procedure":"p",)", "", kBadMember},
      {R"("procedure":"p",)", R"("procedure":"",)", kBadMember},
      {R"("technique":"T1078")", R"("technique":1078)", kBadMember},
      {R"("kind":"live")", R"("kind":"real")", kUnknownWord},
      {R"("verdict":"no_alert")", R"("verdict":"logged")", kUnknownWord},
      {"2026-11-24T00:00:00Z", "yesterday", kBadMember},
      {"}", R"(,"events":-1})", kBadMember},
      {"}", R"(,"latency_s":"3"})", kBadMember},
      {"}", R"(,"trials":{}})", kBadMember},
      {"}", R"(,"trials":[{"rule":"r","alerted":1}]})", kBadMember},
      {"}", R"(,"trials":[{"alerted":true}]})", kBadMember},
      {"}", "", text::kJsonSyntax},
  };
  for (const BadLine& bad : lines) {
    const auto read = parse_evidence(with(bad.from, bad.to));
    ASSERT_FALSE(read.has_value()) << bad.to;
    EXPECT_EQ(read.error().code, bad.code) << bad.to << ": " << to_string(read.error());
  }
}

TEST(EvidenceJson, AMisspeltWordHasItsPlaceAndAWayOut) {
  const auto read = parse_evidence(with("live", "real"), "e.jsonl");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().place.file, "e.jsonl");
  EXPECT_EQ(read.error().place.column, 62U);
  EXPECT_NE(read.error().hint.find("replay"), std::string::npos);
}

TEST(EvidenceJson, ABadLineCostsOnlyItself) {
  std::string text(kLeast);
  text += "\n\n{\"procedure\":1}\r\n";
  text += kLeast;
  LoadReport report;
  EXPECT_EQ(parse_evidence_lines(text, "e.jsonl", report).size(), 2U);
  ASSERT_EQ(report.problems().size(), 1U);
  EXPECT_EQ(report.problems()[0].error.place.line, 3U);
}

TEST(EvidenceJson, WhatIsNoObjectIsNoEvidence) {
  for (const char* text : {"[]", "1", "null", "\"p\""}) {
    EXPECT_FALSE(parse_evidence(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace nepho::evidence
