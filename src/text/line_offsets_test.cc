#include "text/line_offsets.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(LineOffsets, ColumnsAreCharactersOrBytes) {
  const std::string_view text =
      "\xEF\xBB\xBF"
      "a\n\xC3\xA4: x\n";
  EXPECT_EQ(LineOffsets(text, Counting::kYaml).offset_of(1, 1), 3U);
  EXPECT_EQ(LineOffsets(text, Counting::kYaml).offset_of(2, 4), 9U);
  EXPECT_EQ(LineOffsets(text, Counting::kBytes).offset_of(2, 4), 8U);
  EXPECT_EQ(LineOffsets(text, Counting::kYaml).offset_of(9, 4), text.size());
}

TEST(LineOffsets, YamlEndsLinesInMoreWaysThanOne) {
  const std::string_view text =
      "a\rb\xC2\x85"
      "c\r\nd";
  const LineOffsets yaml(text, Counting::kYaml);
  EXPECT_EQ(yaml.line_begin(2), 2U);
  EXPECT_EQ(yaml.line_begin(3), 5U);
  EXPECT_EQ(yaml.line_begin(4), 8U);
  EXPECT_EQ(yaml.line_of(8), 4U);
  EXPECT_EQ(LineOffsets(text, Counting::kLines).line_begin(2), 8U);
}

TEST(LineOffsets, AScalarIsFoundOnlyAsItReads) {
  const LineOffsets lines("- \"T1078\"\n- T1098 # x\n- \"T\\x31\"\n", Counting::kYaml);
  const auto quoted = lines.find_scalar(1, 3, "T1078");
  ASSERT_TRUE(quoted);
  EXPECT_EQ(quoted->begin, 3U);
  EXPECT_EQ(quoted->end, 8U);
  EXPECT_TRUE(lines.find_scalar(2, 3, "T1098"));
  EXPECT_FALSE(lines.find_scalar(3, 3, "T1"));
  EXPECT_FALSE(lines.find_scalar(1, 3, "T107"));
  EXPECT_FALSE(lines.find_scalar(0, 0, "T1078"));
}

}  // namespace
}  // namespace nepho::text
