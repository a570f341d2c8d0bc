// Layers in and out: what older formats become, what faults become, and that nothing is lost.
#include <gtest/gtest.h>

#include <random>

#include "base/printable.h"
#include "navigator/read_layer.h"
#include "navigator/write_layer.h"

namespace nepho::navigator {
namespace {

// The only layer of `json`; a file that holds none fails the test.
ReadLayer read_one(const std::string& json, LoadReport* report = nullptr) {
  auto found = read_layers(json, "layer.json");
  EXPECT_TRUE(found) << (found ? "" : to_string(found.error()));
  if (!found || found->layers.empty()) return {};
  EXPECT_EQ(found->layers.size(), 1U);
  if (report != nullptr) *report = found->report;
  return found->layers.front();
}

std::vector<std::string> problems_of(const std::string& json) {
  LoadReport report;
  read_one(json, &report);
  std::vector<std::string> lines;
  for (const Problem& problem : report.problems()) lines.push_back(to_string(problem));
  return lines;
}

std::string utf16(std::string_view ascii) {
  std::string bytes = "\xFF\xFE";
  for (const char c : ascii) bytes.append({c, '\0'});
  return bytes;
}

TEST(Layer, OfFormat3BecomesOneOfToday) {
  const ReadLayer read = read_one(R"({"name": "Bears", "version": "3.0",
    "domain": "mitre-enterprise", "viewMode": 1, "filters": {"stages": ["act"],
    "platforms": ["windows", "mac", "AWS", "GCP"]},
    "techniques": [{"techniqueID": "T1078", "color": "#ff6666", "comment": "used by bears"}]})");
  EXPECT_EQ(read.format_version, "3.0");
  EXPECT_EQ(read.layer.versions.layer, "4.5");
  EXPECT_EQ(read.layer.domain, "enterprise-attack");
  EXPECT_EQ(read.layer.platforms, (std::vector<std::string>{"Windows", "macOS", "IaaS"}));
  ASSERT_TRUE(read.layer.layout);
  EXPECT_TRUE(read.layer.layout->show_id);
  EXPECT_FALSE(read.layer.layout->show_name);
  ASSERT_EQ(read.layer.techniques.size(), 1U);
  EXPECT_EQ(read.layer.techniques[0].comment, "used by bears");
  EXPECT_FALSE(read.layer.techniques[0].score);
}

TEST(Layer, IsReadFromUtf16AsMitreattackPythonWritesIt) {
  const ReadLayer read = read_one(utf16(
      R"({"name":"a","versions":{"layer":"4.3","navigator":"4.8"},"domain":"enterprise-attack",)"
      R"("techniques":[{"techniqueID":"T1530","score":3}]})"));
  EXPECT_EQ(read.layer.techniques.at(0).score, 3);
}

TEST(Layer, ComesInListsToo) {
  const auto found = read_layers(
      R"([{"name":"a","version":"3.0","techniques":[]}, 7, {"name":"b","version":"3.0","techniques":[]}])",
      "two.json");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->layers.size(), 2U);
  EXPECT_EQ(found->layers[1].layer.name, "b");
  ASSERT_EQ(found->report.problems().size(), 1U);
  EXPECT_EQ(found->report.problems()[0].error.code, kNoLayer);
  EXPECT_EQ(found->report.problems()[0].error.place.column, 48U);
}

TEST(Layer, IsNotEveryJsonFile) {
  for (const char* json : {"{}", "[]", "3", R"({"type":"bundle","objects":[]})", "[[]]"}) {
    const auto found = read_layers(json, "x.json");
    ASSERT_FALSE(found) << json;
    EXPECT_EQ(found.error().code, kNoLayer);
  }
  EXPECT_FALSE(read_layers("{\"techniques\": [", "x.json"));
}

TEST(Layer, WhoseTechniquesAreNoListIsEmptyAndSaysSo) {
  for (const char* techniques : {R"({"a":{"techniqueID":"T1078"}})", "\"T1078\"", "null"}) {
    LoadReport report;
    const Layer layer =
        read_one(std::string(R"({"name":"x","domain":"enterprise-attack",)") +
                     R"("versions":{"layer":"4.5"},"techniques":)" + techniques + "}",
                 &report)
            .layer;
    EXPECT_TRUE(layer.techniques.empty()) << techniques;
    ASSERT_EQ(report.problems().size(), 1U) << techniques;
    EXPECT_EQ(report.problems()[0].error.code, kBadField);
  }
}

// Every option whose words are a closed set, and every type that a field must have.
TEST(Layer, KeepsTheDefaultOfAFieldThatIsNotWhatItShouldBe) {
  const std::string json = R"({"name":7,"version":"4.1","techniques":[],"sorting":4,
"hideDisabled":"yes","tacticRowBackground":1,"layout":{"layout":"round","aggregateFunction":"sum",
"showID":"true"},"filters":{"platforms":["Linux",3]},"gradient":{"colors":["#fff"],"minValue":0}})";
  const Layer layer = read_one(json).layer;
  EXPECT_EQ(layer.name, "");
  EXPECT_EQ(layer.sorting, 0);
  EXPECT_FALSE(layer.hide_disabled);
  EXPECT_EQ(layer.tactic_row_background, "#dddddd");
  ASSERT_TRUE(layer.layout);
  EXPECT_EQ(layer.layout->layout, "side");
  EXPECT_EQ(layer.layout->aggregate_function, "sum");
  EXPECT_FALSE(layer.layout->show_id);
  EXPECT_EQ(layer.platforms, std::vector<std::string>{"Linux"});
  EXPECT_FALSE(layer.gradient);
  EXPECT_EQ(problems_of(json).size(), 8U);
}

TEST(Layer, OfFormat2And3ShowsWhatItsViewModeMeant) {
  const auto layout = [](const std::string& mode) {
    return read_one(R"({"name":"x","version":"2.2","techniques":[],"viewMode":)" + mode + "}")
        .layer.layout.value();
  };
  EXPECT_EQ(layout("0"), Layout{});
  EXPECT_EQ(layout("2").layout, "mini");
  EXPECT_FALSE(layout("2").show_name);
  EXPECT_EQ(layout("7"), Layout{});
  EXPECT_EQ(layout("\"1\""), Layout{});
}

TEST(Layer, TakesTheVersionOfAttackAlsoAsANumber) {
  EXPECT_EQ(read_one(R"({"name":"x","versions":{"layer":"4.4","attack":14},"techniques":[]})")
                .layer.versions.attack,
            "14");
}

TEST(Layer, ReadsNoMoreThanAThousandOfAList) {
  std::string json = "[";
  for (int i = 0; i < 1'001; ++i) json += R"({"name":"x","version":"3.0","techniques":[]},)";
  json.back() = ']';
  const auto found = read_layers(json, "many.json");
  ASSERT_TRUE(found);
  EXPECT_EQ(found->layers.size(), 1'000U);
  ASSERT_EQ(found->report.problems().size(), 1U);
  EXPECT_EQ(found->report.problems()[0].error.code, kMoreProblems);
}

TEST(Layer, BadScoresAreUnscoredAndSaySo) {
  const std::string json = R"({"name":"x","versions":{"layer":"4.5"},"techniques":[
{"techniqueID":"T1","score":null},
{"techniqueID":"T2","score":"7"},
{"techniqueID":"T3","score":[1]},
{"techniqueID":"T4","score":1e999},
{"techniqueID":"T5","score":true},
{"techniqueID":"T6","score":0.5}]})";
  const Layer layer = read_one(json).layer;
  std::vector<std::optional<double>> scores;
  for (const TechniqueEntry& entry : layer.techniques) scores.push_back(entry.score);
  EXPECT_EQ(scores, (std::vector<std::optional<double>>{{}, 7, {}, {}, {}, 0.5}));
  const auto problems = problems_of(json);
  ASSERT_EQ(problems.size(), 5U);
  EXPECT_TRUE(problems[0].starts_with("layer.json:2:29: warning[navigator.bad_score]"))
      << problems[0];
}

TEST(Layer, TheLastOfARepeatedTechniqueCounts) {
  const std::string json = R"({"name":"x","version":"4.1","techniques":[
{"techniqueID":"T1078","score":1},{"techniqueID":"T1078","tactic":"persistence","score":2},
{"techniqueID":"T1078","score":3}]})";
  const Layer layer = read_one(json).layer;
  ASSERT_EQ(layer.techniques.size(), 2U);
  EXPECT_EQ(layer.techniques[0].score, 3);
  EXPECT_EQ(problems_of(json).size(), 1U);
}

TEST(Layer, NamesAFieldThatNobodyReadsAndWhatMayHaveBeenMeant) {
  const auto problems = problems_of(
      R"({"name":"x","version":"4.1","techniques":[{"techniqueID":"T1078","scores":1}]})");
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_TRUE(problems[0].contains("did you mean 'score'?")) << problems[0];
}

TEST(Layer, DropsPairsThatTheNavigatorDropsToo) {
  const std::string json = R"({"name":"x","version":"4.1","techniques":[],
"metadata":[{"name":"a","value":""},{"name":"b","value":"c"},{"divider":true},
            {"name":"DIVIDER","value":true}],
"links":[{"label":"l"},{"label":"l","url":"https://example.org"}]})";
  const Layer layer = read_one(json).layer;
  ASSERT_EQ(layer.metadata.size(), 3U);
  EXPECT_EQ(layer.metadata[0].value, "c");
  EXPECT_TRUE(layer.metadata[1].is_divider && layer.metadata[2].is_divider);
  EXPECT_EQ(layer.links.size(), 1U);
  EXPECT_EQ(problems_of(json).size(), 2U);
}

TEST(Layer, ManyProblemsAreCountedRatherThanListed) {
  std::string json = R"({"name":"x","version":"4.1","techniques":[)";
  for (int i = 0; i < 500; ++i) json += R"({"techniqueID":7},)";
  json.back() = ']';
  LoadReport report;
  read_one(json + "}", &report);
  ASSERT_EQ(report.problems().size(), 101U);
  EXPECT_EQ(report.problems().back().error.code, kMoreProblems);
}

TEST(Layer, WritesNoTacticAndNoScoreWhereThereIsNone) {
  Layer layer{.name = "x", .techniques = {{.technique_id = "T1530"}}};
  const std::string json = to_json(layer);
  EXPECT_FALSE(json.contains("\"tactic\""));
  EXPECT_FALSE(json.contains("\"score\""));
  EXPECT_TRUE(json.contains("\"selectSubtechniquesWithParent\": false"));
}

// Draws layers whose every field may hold anything that the format allows.
class RandomLayers {
 public:
  explicit RandomLayers(unsigned seed) : random_(seed) {}

  Layer layer() {
    Layer layer;
    layer.name = text();
    layer.versions = {maybe_text(), maybe_text(), "4.5"};
    layer.domain = flag() ? "enterprise-attack" : "ics-attack";
    layer.description = maybe_text();
    layer.custom_data_url = maybe_text();
    if (flag()) layer.platforms = {"Linux", "IaaS"};
    layer.sorting = static_cast<int>(below(4));
    if (flag()) layer.layout = layout();
    layer.hide_disabled = flag();
    for (std::size_t i = 0; i < below(6); ++i) layer.techniques.push_back(technique(i));
    if (flag()) layer.gradient = Gradient{{"#ffffff", text()}, -score(), score()};
    for (std::size_t i = 0; i < below(3); ++i) layer.legend.push_back({text(), text()});
    layer.show_tactic_row_background = flag();
    layer.tactic_row_background = text();
    layer.select_techniques_across_tactics = flag();
    layer.select_subtechniques_with_parent = flag();
    layer.select_visible_techniques = flag();
    layer.metadata = pairs();
    layer.links = pairs();
    return layer;
  }

 private:
  std::size_t below(std::size_t bound) { return random_() % bound; }
  bool flag() { return below(2) == 0; }
  double score() { return static_cast<double>(below(100'000)) / (flag() ? 1 : 7) + 1; }
  std::string maybe_text() { return flag() ? "" : text(); }
  std::string text() {
    static constexpr std::string_view kPieces[] = {
        "a", "\"", "\\", "\n", "\t", "\x01", "{\"}", "\u00e9", "\U0001F600", "</script>"};
    std::string out;
    for (std::size_t i = 0; i <= below(5); ++i) out += kPieces[below(std::size(kPieces))];
    return out;
  }
  std::vector<Pair> pairs() {
    std::vector<Pair> out;
    for (std::size_t i = 0; i < below(4); ++i) {
      out.push_back(flag() ? Pair{text(), text()} : Pair{.is_divider = true});
    }
    return out;
  }
  Layout layout() {
    return {flag() ? "flat" : "mini",
            flag() ? "max" : "sum",
            flag() ? "all" : "annotated",
            flag(),
            flag(),
            flag(),
            flag()};
  }
  TechniqueEntry technique(std::size_t index) {
    TechniqueEntry entry{.technique_id = fmt::format("T{}", 1000 + index), .tactic = maybe_text()};
    entry.comment = maybe_text();
    entry.color = maybe_text();
    if (flag()) entry.score = flag() ? -score() : score();
    entry.enabled = flag();
    entry.show_subtechniques = flag();
    entry.metadata = pairs();
    entry.links = pairs();
    return entry;
  }

  std::mt19937 random_;
};

TEST(Layer, ReadAfterWrittenIsTheSame) {
  RandomLayers random(20261124);
  for (int round = 0; round < 300; ++round) {
    const Layer layer = random.layer();
    const std::string json = to_json(layer);
    LoadReport report;
    EXPECT_EQ(read_one(json, &report).layer, layer) << json;
    EXPECT_EQ(report.problems().size(), 0U) << to_string(report.problems().at(0));
  }
}

TEST(Layer, ReadAfterWrittenIsTheSameInLists) {
  RandomLayers random(7);
  std::vector<Layer> layers{random.layer(), random.layer(), random.layer()};
  const auto found = read_layers(to_json(layers), "x.json");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->layers.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) EXPECT_EQ(found->layers[i].layer, layers[i]);
}

}  // namespace
}  // namespace nepho::navigator
