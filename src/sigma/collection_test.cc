#include "sigma/collection.h"

#include <gtest/gtest.h>

namespace nepho::sigma {
namespace {

// What is left of the documents, as "key=value key=value; ...", nested keys with a dot.
std::string carried_out(std::string_view yaml, std::size_t expected_errors = 0) {
  LoadReport report;
  std::string text;
  for (const auto& document :
       carry_out_actions(text::parse_yaml_stream(yaml, "r.yml").documents, "r.yml", report)) {
    if (!text.empty()) text += "; ";
    for (const auto& [key, value] : document.members) {
      if (!text.empty() && text.back() != ' ') text += ' ';
      text += key.text + "=" + value.text;
      for (const auto& [inner, inner_value] : value.members)
        text += "." + inner.text + "=" + inner_value.text;
    }
  }
  EXPECT_EQ(report.num_errors(), expected_errors) << yaml;
  return text;
}

TEST(Collection, DocumentsWithoutActionStayAsTheyAre) {
  EXPECT_EQ(carried_out("a: 1\n---\nb: 2\n"), "a=1; b=2");
  EXPECT_EQ(carried_out("a: 1\n---\n---\nb: 2\n---\n"), "a=1; b=2");
}

TEST(Collection, GlobalIsMergedKeyByKey) {
  EXPECT_EQ(carried_out("action: global\nm: {x: 1, y: 1}\n---\nm: {y: 2, z: 2}\n"),
            "m=.x=1.y=2.z=2");
  EXPECT_EQ(carried_out("action: global\na: 1\n---\naction: global\nb: 2\n---\nc: 3\n"),
            "a=1 b=2 c=3");
}

TEST(Collection, ResetForgetsTheGlobal) {
  EXPECT_EQ(carried_out("action: global\na: 1\n---\naction: reset\n---\nb: 2\n"), "b=2");
}

TEST(Collection, RepeatIsTheDocumentBeforeWithChanges) {
  EXPECT_EQ(carried_out("a: 1\nb: 1\n---\naction: repeat\nb: 2\n---\naction: repeat\na: 3\n"),
            "a=1 b=1; a=1 b=2; a=3 b=2");
}

TEST(Collection, RepeatOfNothingAndUnknownActionsAreErrors) {
  EXPECT_EQ(carried_out("action: repeat\na: 1\n", 1), "");
  EXPECT_EQ(carried_out("action: globe\na: 1\n---\nb: 2\n", 1), "b=2");
}

}  // namespace
}  // namespace nepho::sigma
