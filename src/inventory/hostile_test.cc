// Ten thousand rule files of every format, broken in ways that happen and in ways that are meant:
// cut short, bytes changed, lines repeated or moved, values of other types, depth, aliases, strings
// of megabytes. Whatever comes, reading ends, an unreadable file has a problem with the file's
// name, and mending gives edits that lie in the text and do not overlap (apply_edits() checks).
#include <gtest/gtest.h>

#include <array>
#include <random>

#include "inventory/import_testing.h"
#include "inventory/mend.h"
#include "sigma/load.h"
#include "text/edit.h"

namespace nepho::inventory {
namespace {

constexpr auto kSeeds = std::to_array<std::string_view>({
    "title: a\nid: 929a690e-bef0-4204-a928-ef5e620d6fcc\nlogsource: {product: aws, service: "
    "cloudtrail}\ndetection:\n  s:\n    eventName|contains:\n      - StopLogging\n  condition: s\n"
    "tags: [attack.defense-evasion, attack.t1562.008]\n",
    "[metadata]\nmaturity = \"production\"\n\n[rule]\nrule_id = \"a\"\nname = \"b\"\nquery = '''\n"
    "x\n'''\n\n[[rule.threat]]\nframework = \"MITRE ATT&CK\"\n\n[[rule.threat.technique]]\n"
    "id = \"T1562\"\nname = \"Impair Defenses\"\n\n[[rule.threat.technique.subtechnique]]\n"
    "id = \"T1562.001\"\n\n[rule.threat.tactic]\nid = \"TA0005\"\nname = \"Defense Evasion\"\n",
    R"({"rule_id":"a","name":"b","risk_score":1,"query":"x","threat":[{"framework":"MITRE ATT&CK",)"
    R"("tactic":{"id":"TA0005"},"technique":[{"id":"T1562","subtechnique":[{"id":"T1562.008"}]}]}]})",
    "name: a\nid: b\nsearch: '`okta` x'\ndata_source: [Okta]\ndate: '2020-01-01'\ntags:\n"
    "  mitre_attack_id: &m\n  - T1562.008\n  - T1562\n  risk_score: 10\n",
    "[a]\naction.correlationsearch.annotations = {\"mitre_attack\": [\"T1562.008\"]}\nsearch = x\n",
    "id: a\r\nname: b\r\ntactics:\r\n- DefenseEvasion\r\nrelevantTechniques:\r\n- T1562.008\r\n"
    "query: |\r\n  AWSCloudTrail\r\n",
    R"({"resources": [{"name": "x", "properties": {"displayName": "a", "query": "AuditLogs",
 "tactics": ["DefenseEvasion"], "techniques": ["T1562"], "subTechniques": ["T1562.008"]}}]})",
    "AnalysisType: rule\nRuleID: a\nLogTypes: [AWS.CloudTrail]\nReports:\n  MITRE ATT&CK:\n"
    "    - TA0005:T1562.008 # x\n    - \"TA0006:T1110\"\n",
    "rule a {\n meta:\n  mitre = \"defense_evasion, t1562, T1078\"\n  mitre_attack_url = "
    "\"https://attack.mitre.org/techniques/T1562/008/\"\n events:\n $e.a = /b\\/c/ // d\n"
    " condition:\n $e\n}\n",
    "- rule: a\n  desc: b\n  condition: c\n  priority: ERROR\n  source: k8s_audit\n"
    "  tags: [T1562-impair-defenses, mitre_defense_evasion]\n- rule: a\n  append: true\n",
    "<group name=\"amazon,\"><rule id=\"1\" level=\"3\"><mitre><id>T1562.008</id></mitre>"
    "<description>x</description></rule></group>\n",
    "id: a\nlogic_format: Splunk\ntitle: b\ntechnique_id:\n- T1562\ntechniques:\n"
    "- defense-evasion:impair defenses\n",
    "id: a\ntitle: b\nthreat:\n  Tactic:\n  - Defense Evasion\n  Technique:\n"
    "  - T1656: Impersonation\n",
    "id: a\nattack_mapping:\n- tactic: x\n  technique:\n  - T1562.008\n",
    R"({"name": "a", "cases": [{"status": "high"}], "queries": [{}], "tags": )"
    R"(["technique:T1562-impair-defenses", "tactic:TA0005-defense-evasion"]})",
    "# Rules: A\n\n|Detail|Value|\n|----|----|\n|Score/Severity|Static: 4|\n|Enabled by "
    "Default|true|\n"
    "|Tags|_mitreAttackTechnique:T1562.008|\n",
    "id,name,techniques,provider\n1,\"a\"\"b\",T1562;T1078,aws\n",
});

class Mutator {
 public:
  explicit Mutator(unsigned seed) : random_(seed) {}

  std::string mutated(std::string text) {
    const std::size_t rounds = 1 + below(3);
    for (std::size_t round = 0; round < rounds; ++round) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : random_() % bound; }

  void change(std::string& text) {
    switch (below(9)) {
      case 0: text.resize(below(text.size())); break;
      case 1:
        if (!text.empty()) text[below(text.size())] = static_cast<char>(below(256));
        break;
      case 2: text.erase(below(text.size()), 1 + below(12)); break;
      case 3: repeat_line(text); break;
      case 4: insert_word(text); break;
      case 5: replace_value(text); break;
      case 6: nest(text); break;
      case 7: text += text.substr(below(text.size())); break;
      default: swap_lines(text); break;
    }
  }

  // Of a line, from its beginning to behind its end.
  std::pair<std::size_t, std::size_t> line(const std::string& text) {
    const std::size_t before = text.rfind('\n', below(text.size()));
    const std::size_t begin = before == std::string::npos ? 0 : before + 1;
    const std::size_t end = text.find('\n', begin);
    return {begin, end == std::string::npos ? text.size() : end + 1};
  }

  void repeat_line(std::string& text) {
    const auto [begin, end] = line(text);
    text.insert(begin, text.substr(begin, end - begin));
  }

  void swap_lines(std::string& text) {
    const auto [begin, end] = line(text);
    const std::string moved = text.substr(begin, end - begin);
    text.erase(begin, end - begin);
    text.insert(line(text).first, moved);
  }

  void insert_word(std::string& text) {
    constexpr auto kWords = std::to_array<std::string_view>({"&a ",
                                                             "*a",
                                                             "*m",
                                                             "<<: *a\n",
                                                             "---\n",
                                                             "\t",
                                                             "\"",
                                                             "'",
                                                             "[",
                                                             "{",
                                                             "]",
                                                             "}",
                                                             "<",
                                                             "&#x0;",
                                                             "]]>",
                                                             "!!binary ",
                                                             "|\n",
                                                             "# ",
                                                             "\r",
                                                             "\xC2\x85",
                                                             "\xEF\xBB\xBF",
                                                             "\xFF",
                                                             "T1562.008",
                                                             "TA0005",
                                                             "t1562/008",
                                                             "AML.T0051",
                                                             "''' ",
                                                             "\\",
                                                             "\x01",
                                                             "null",
                                                             "[[rule.threat]]\n"});
    text.insert(below(text.size() + 1), kWords.at(below(kWords.size())));
  }

  // What stands behind a colon or an equals sign becomes of another type.
  void replace_value(std::string& text) {
    constexpr auto kValues = std::to_array<std::string_view>(
        {"[]", "{}", "null", "1e999", "-0", "true", "[[[]]]", "{a: {b: c}}", "\"\"", "2020-01-01",
         "{\"id\": [\"T1562\"]}", "[T1562, T1562]", "*a"});
    const std::size_t at = text.find_first_of(":=", below(text.size()));
    if (at == std::string::npos) return;
    const std::size_t end = std::min(text.find('\n', at), text.size());
    text.replace(at + 1, end - at - 1, " " + std::string(kValues.at(below(kValues.size()))));
  }

  void nest(std::string& text) {
    constexpr auto kOpen =
        std::to_array<std::string_view>({"[", "{\"a\":", "- ", "<a>", "{a: ", "("});
    std::string deep;
    const std::string_view open = kOpen.at(below(kOpen.size()));
    for (std::size_t depth = below(300); depth > 0; --depth) deep += open;
    text.insert(below(text.size() + 1), deep);
  }

  std::mt19937 random_;
};

bool is_placed(const Detection& detection) {
  return std::ranges::all_of(detection.problems, [](const Problem& problem) {
    return problem.error.place.file == "hostile" && !problem.error.message.empty();
  });
}

// Reads and mends, and says what is wrong with the outcome; empty when nothing is.
std::string fault_of(const std::string& text) {
  if (auto file = recognize(text, "hostile")) {
    for (const Detection& detection : import_rules(*std::move(file), test_references())) {
      if (!is_placed(detection)) return "a problem without a place";
      if (detection.id.empty() && detection.name.empty() && detection.problems.empty())
        return "nothing read, nothing said";
    }
  } else {
    for (const sigma::Document& document : sigma::parse_documents(text, "hostile", {}))
      for (const Problem& problem : document.problems)
        if (problem.error.place.file != "hostile") return "a problem without a place";
  }
  attack::Migrated mended = mend(text, "hostile", test_references());
  text::apply_edits(text, std::move(mended.edits));
  return {};
}

TEST(HostileRules, TenThousandBrokenFilesAreReadOrRefused) {
  constexpr unsigned kNumFiles = 10'000;
  for (unsigned seed = 0; seed < kNumFiles; ++seed) {
    const std::string text = Mutator(seed).mutated(std::string(kSeeds.at(seed % kSeeds.size())));
    ASSERT_EQ(fault_of(text), "") << "seed " << seed << "\n" << text;
  }
}

TEST(HostileRules, SeedsAreReadAsTheyAre) {
  EXPECT_TRUE(is_sigma(kSeeds.front()));
  for (const std::string_view seed : std::span(kSeeds).subspan(1)) {
    const auto detections = imported(std::string(seed), "hostile");
    ASSERT_FALSE(detections.empty()) << seed;
    EXPECT_FALSE(detections[0].techniques.empty()) << seed;
  }
}

// Nine levels of nine aliases each: a thousand million nodes, from half a kilobyte.
TEST(HostileRules, AYamlBombIsRefused) {
  std::string bomb = "AnalysisType: rule\nRuleID: x\na0: &a0 [x, x, x, x, x, x, x, x, x]\n";
  for (int level = 1; level < 10; ++level) {
    bomb += "a" + std::to_string(level) + ": &a" + std::to_string(level) + " [";
    for (int i = 0; i < 9; ++i) bomb += (i == 0 ? "*a" : ", *a") + std::to_string(level - 1);
    bomb += "]\n";
  }
  EXPECT_EQ(codes_of(imported_one(bomb, "hostile")), std::vector<std::string>{"yaml.too_large"});
}

TEST(HostileRules, DepthIsRefusedInEveryLanguage) {
  const auto repeated = [](std::string_view text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
  };
  const std::string yaml = "AnalysisType: rule\nRuleID: x\na: " + repeated("[", 100'000);
  const std::string toml = "[rule]\nrule_id = \"a\"\nname = \"b\"\nx = " + repeated("[", 100'000);
  const std::string xml = "<group name=\"a\"><rule >" + repeated("<a>", 100'000);
  const std::string json = "{\"rule_id\": " + repeated("[", 100'000);
  for (const std::string& text : {yaml, toml, xml, json}) EXPECT_EQ(fault_of(text), "");
  for (const std::string& text : {yaml, toml, xml}) {
    const Detection refused = imported_one(text, "hostile");
    ASSERT_FALSE(refused.problems.empty());
    EXPECT_NE(refused.problems[0].error.place.line, 0U);
  }
}

TEST(HostileRules, StringsOfMegabytesStayWithinBounds) {
  for (const char c : {'T', '1', '"', '[', ' ', '\\', '\xFF'}) {
    const std::string megabytes(std::size_t{3} << 20U, c);
    for (const std::string_view seed : {kSeeds[1], kSeeds[3], kSeeds[8], kSeeds[10], kSeeds[16]}) {
      std::string text(seed);
      text.insert(text.size() / 2, megabytes);
      EXPECT_EQ(fault_of(text), "") << int{c};
    }
  }
}

}  // namespace
}  // namespace nepho::inventory
