#include "plan/plain_runs.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cctype>
#include <random>
#include <string>

#include "event/path_marks.h"
#include "plan/reference.h"
#include "sigma/item.h"
#include "tests/support/cases.h"
#include "text/fold.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::plan {
namespace {

sigma::Value keyword(std::string_view text) {
  text::WildcardPattern pattern = text::WildcardPattern::literal(text);
  pattern.prepend_any_run();
  pattern.append_any_run();
  return sigma::TextValue{.pattern = pattern.folded(), .cased = false, .number = std::nullopt};
}

sigma::Item item_of(std::initializer_list<std::string_view> texts) {
  sigma::Item item;
  for (const std::string_view text : texts) item.values.push_back(keyword(text));
  return item;
}

bool may_hold(const sigma::Item& item, std::string_view json) {
  SearchedJson searched;
  searched.append(json);
  searched.settle();
  return PlainRuns(item).may_hold(searched);
}

bool holds(const sigma::Item& item, const std::string& record) {
  const auto document = text::JsonDocument::parse(record);
  return document && item_holds(item, document->root(), FieldNames());
}

TEST(PlainRuns, TellsRecordsWithoutTheKeyword) {
  const sigma::Item item = item_of({"roleAssignments/write"});
  EXPECT_FALSE(may_hold(item, R"({"a":"roleDefinitions/read"})"));
  EXPECT_TRUE(may_hold(item, R"({"a":"ROLEASSIGNMENTS\/WRITE"})"));
  EXPECT_TRUE(may_hold(item, R"({"a":"r\u006fleAssignments/write"})"));
}

TEST(PlainRuns, AsksForEachRunOfAKeyword) {
  const sigma::Item item = item_of({"roleAssignments/write"});
  EXPECT_FALSE(may_hold(item, R"({"a":"roleAssignmentScope"})"));
  EXPECT_FALSE(may_hold(item, R"({"a":"roleAssignments\/read"})"));
  EXPECT_TRUE(may_hold(item, R"({"a":"roleAssignments\/delete, write"})"));
}

TEST(PlainRuns, AsksForTheWholeTextWhereNothingIsEscaped) {
  const sigma::Item item = item_of({"roleAssignments/write"});
  EXPECT_FALSE(may_hold(item, R"({"a":"roleAssignments/delete, write"})"));
  EXPECT_TRUE(may_hold(item, R"({"a":"roleAssignments/write"})"));
  EXPECT_FALSE(may_hold(item_of({"../"}), R"({"a":"b"})"));
  EXPECT_TRUE(may_hold(item_of({"../"}), R"({"a":"..\/"})"));
  // What stands between strings is written in several ways.
  EXPECT_TRUE(may_hold(item_of({"a\":5"}), R"({"a" : 5})"));
}

// Sixteen bytes are looked at together: nothing is missed where two such lots meet, or at the end.
TEST(PlainRuns, FindsARunWhereverItStands) {
  for (const std::string_view run : {"a", "ab", "abcdefgh", "abcdefghijklmnopqrstuvwxyz"}) {
    const sigma::Item item = item_of({run});
    for (std::size_t before = 0; before < 40; ++before) {
      for (std::size_t behind = 0; behind < 40; ++behind) {
        const std::string around = std::string(before, 'z') + '1';
        const std::string end = '1' + std::string(behind, 'z');
        EXPECT_TRUE(may_hold(item, around + std::string(run) + end)) << run << before << behind;
        const std::string_view short_run = run.substr(1);
        EXPECT_FALSE(may_hold(item, around + std::string(short_run) + end))
            << run << before << behind;
      }
    }
  }
}

TEST(PlainRuns, AsksForAnyOrForAllOfThem) {
  sigma::Item item = item_of({"alpha", "beta"});
  EXPECT_TRUE(may_hold(item, R"({"a":"beta"})"));
  item.all = true;
  EXPECT_FALSE(may_hold(item, R"({"a":"beta"})"));
  EXPECT_TRUE(may_hold(item, R"({"beta":"alpha"})"));
}

TEST(PlainRuns, TellsNothingOfAKeywordOfWhatStandsBetweenStrings) {
  EXPECT_TRUE(may_hold(item_of({"\":{"}), R"({"a":"b"})"));
  EXPECT_TRUE(may_hold(item_of({"alpha", ":"}), R"({"a":"b"})"));
}

// Bytes that differ from a wanted one as a capital does from its small letter are no capitals.
TEST(PlainRuns, TellsCapitalsFromOtherBytesThatAreLikeThem) {
  for (int wanted = ' '; wanted <= '~'; ++wanted) {
    const sigma::Item item = item_of({std::string(3, static_cast<char>(wanted))});
    for (int c = 0; c < 0x80; ++c) {
      if (c == '\\' || c == 0x7F) continue;  // may be anything
      for (const std::size_t behind : {0U, 40U}) {
        const std::string text =
            "\"" + std::string(3, static_cast<char>(c)) + std::string(behind, '\n') + "\"";
        const bool is_it = std::tolower(c) == std::tolower(wanted);
        const bool tells = std::string_view("\"\\{}[],:").find(static_cast<char>(wanted)) ==
                           std::string_view::npos;
        EXPECT_EQ(may_hold(item, text), is_it || !tells) << wanted << ' ' << c;
      }
    }
  }
}

TEST(SearchedJson, IsOpaqueWhereLettersMayBeHidden) {
  const auto is_opaque = [](std::string_view json) {
    SearchedJson searched;
    searched.append(json);
    searched.settle();
    return searched.is_opaque();
  };
  EXPECT_FALSE(is_opaque("\"plain, \\n and \xC3\xA9\xC2\xA0\""));
  for (const std::string hiding :
       {"\\u0041", "\x7F", "\xC2\x80", "\xC2\x9F", "\xE2\x84\xAA", "\xC5\xBF"}) {
    EXPECT_TRUE(is_opaque("\"a long text before " + hiding + "\"")) << hiding;
  }
}

TEST(PlainRuns, KnowsEveryCharacterThatFoldsToALetterOfAscii) {
  for (char32_t c = 0x80; c < 0x110000; ++c) {
    if (text::fold_case(c) < 0x80) {
      EXPECT_TRUE(c == 0x212A || c == 0x17F) << static_cast<unsigned>(c);
    }
  }
}

// Records and items held against the reference, and how many told something.
struct Held {
  int num_held = 0;
  int num_told = 0;

  void hold(const sigma::Item& item, const std::string& record) {
    const bool may = may_hold(item, record);
    const bool does = holds(item, record);
    EXPECT_TRUE(may || !does) << record;
    num_held += does ? 1 : 0;
    num_told += may ? 0 : 1;
  }
  void expect_both(int num_rounds) const {
    EXPECT_GT(num_held, num_rounds / 50);
    EXPECT_GT(num_told, num_rounds / 50);
  }
};

// Letters and controls that are written in several ways, in records and in keywords.
TEST(PlainRuns, MayHoldWhereverTheReferenceHolds) {
  std::mt19937 random(11);
  const std::vector<std::string> parts = {"k",    "K",        "s",  "S",        "a",
                                          "u",    "0",        "85", "007f",     "\xC5\xBF",
                                          "\x7F", "\xC2\x85", "-",  "\xC3\xA9", "\xE2\x84\xAA",
                                          "\n",   "/",        "\"", ":",        ",",
                                          ".",    " "};
  const auto word = [&](unsigned most) {
    std::string text;
    for (unsigned i = 0; i < 1 + random() % most; ++i) text += parts[random() % parts.size()];
    return text;
  };
  const auto quoted = [&](const std::string& text) {
    std::string json;
    text::append_json_quoted(text, json);
    // The byte itself, as records have it, for half of the escapes.
    for (const auto& [escape, byte] :
         {std::pair{"\\u007f", "\x7F"}, std::pair{"\\u0085", "\xC2\x85"}}) {
      const auto at = json.find(escape);
      if (at != std::string::npos && random() % 2 != 0) json.replace(at, 6, byte);
    }
    return json;
  };
  Held held;
  const int num_rounds = tests::num_cases(100000);
  for (int round = 0; round < num_rounds; ++round) {
    const std::string record =
        "{" + quoted(word(4)) + ": " + (random() % 4 == 0 ? "85.0" : quoted(word(6))) + "}";
    sigma::Item item = item_of({word(2), word(3)});
    item.all = random() % 2 != 0;
    held.hold(item, record);
  }
  held.expect_both(num_rounds);
}

// A letter of the JSON that a string holds may be an escape there, whose backslash is then written
// as two: no escape of the record, and yet one that hides a letter.
TEST(PlainRuns, MayHoldWhereverTheReferenceHoldsInsideAString) {
  std::mt19937 random(12);
  const auto word = [&](unsigned most) {
    std::string text;
    for (unsigned i = 0; i < 1 + random() % most; ++i) text += "abU"[random() % 3];
    return text;
  };
  const auto with_escapes = [&](const std::string& text) {
    std::string json;
    for (const char c : text)
      json += random() % 12 == 0 ? fmt::format("\\u{:04x}", c) : std::string(1, c);
    return json;
  };
  Held held;
  const int num_rounds = tests::num_cases(20'000);
  for (int round = 0; round < num_rounds; ++round) {
    std::string record = "{\"j\":";
    text::append_json_quoted("{\"a\":[\"" + with_escapes(word(5)) + "\"]}", record);
    record += '}';
    sigma::Item item = item_of({word(3), word(4)});
    item.field = std::string("j.") + event::kJsonMark + ".a";
    item.all = random() % 2 != 0;
    held.hold(item, record);
  }
  held.expect_both(num_rounds);
}

}  // namespace
}  // namespace nepho::plan
