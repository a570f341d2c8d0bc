#include "report/matrix_layout.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "text/display_width.h"

namespace nepho::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return lines;
}

Block block(std::string heading, std::size_t count) {
  Block made{.heading = std::move(heading), .lines = {}};
  for (std::size_t i = 0; i < count; ++i) {
    made.lines.push_back({Cell("T100" + std::to_string(i) + " Name"), 6});
  }
  return made;
}

TEST(MatrixLayout, SetsOneColumnWhereNoMoreFit) {
  EXPECT_EQ(to_columns({block("A", 2), block("B", 1)}, {.width = 40}),
            "A\nT1000 Name\nT1001 Name\n\nB\nT1000 Name\n");
}

TEST(MatrixLayout, SetsColumnsOfAboutTheSameHeight) {
  const auto lines = lines_of(to_columns({block("A", 5), block("B", 5)}, {.width = 80}));
  EXPECT_LE(lines.size(), 8U);
  EXPECT_THAT(lines[0], ::testing::HasSubstr("B"));
}

TEST(MatrixLayout, RepeatsTheHeadingOfABlockThatRunsOver) {
  EXPECT_THAT(to_columns({block("A", 9)}, {.width = 80}), ::testing::HasSubstr("A, continued"));
}

TEST(MatrixLayout, NeverWritesBeyondTheWidthNorBlanksAtTheEnd) {
  Block longest = block("A heading", 3);
  longest.lines.push_back({Cell("T1000 " + std::string(30, 'x') + " " + std::string(90, 'y')), 6});
  for (const std::size_t width : {40U, 80U, 120U, 200U}) {
    for (const std::string& line : lines_of(to_columns({longest, longest}, {.width = width}))) {
      EXPECT_LE(text::display_width(line), width);
      EXPECT_FALSE(line.ends_with(' ')) << line;
    }
  }
}

TEST(MatrixLayout, LosesNoLine) {
  for (std::size_t count = 1; count < 40; ++count) {
    const std::string text = to_columns({block("A", count), block("B", 2)}, {.width = 200});
    std::size_t found = 0;
    for (std::size_t at = text.find("Name"); at != text.npos; at = text.find("Name", at + 1))
      ++found;
    EXPECT_EQ(found, count + 2);
  }
}

}  // namespace
}  // namespace nepho::report
