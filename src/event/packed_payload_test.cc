#include "event/packed_payload.h"

#include <gtest/gtest.h>

#include "base/compression.h"
#include "text/base64.h"

namespace nepho::event {
namespace {

TEST(PackedPayload, UnpacksGzipAndPlainBase64) {
  EXPECT_EQ(unpacked_payload(text::to_base64(gzip(R"({"a":1})"))), R"({"a":1})");
  EXPECT_EQ(unpacked_payload(text::to_base64(R"({"a":1})")), R"({"a":1})");
}

TEST(PackedPayload, UnpacksJsonWithWhiteSpaceAndLinesOfText) {
  for (const char* text :
       {"{\n \"a\": 1}", "{ \"a\": 1}", R"([{"a":1},{"a":2},{"a":3},{"a":4}])",
        "2 111122223333 eni-1 - - - - - - - 1772334245 1772334305 - NODATA\n",
        "2026-03-01\t03:04:05\tOSL50-P1\t392\t203.0.113.7\tGET\td.example.com\t/\t200"}) {
    EXPECT_EQ(unpacked_payload(text::to_base64(text)), text);
  }
}

TEST(PackedPayload, OtherTextIsWhatItIs) {
  const std::string binary =
      text::to_base64(std::string("a picture, perhaps \x01\x02, of 40 bytes and more"));
  const std::string word = text::to_base64("a-long-name-that-is-all-one-word-and-no-line");
  for (const std::string& text :
       {std::string(), std::string("hello"), std::string(R"({"a":1})"),
        std::string("H4sInothing at all"), std::string("eyJhIjoxfQ.eyJiIjoyfQ.c"), binary, word}) {
    EXPECT_FALSE(unpacked_payload(text)) << text;
  }
}

TEST(PackedPayload, ATruncatedOneIsNone) {
  const std::string packed =
      gzip(R"({"a":"a text of some length, so that there is something to cut"})");
  EXPECT_FALSE(unpacked_payload(text::to_base64(packed.substr(0, packed.size() / 2))));
}

TEST(PackedPayload, ABombIsRefused) {
  Limits limits;
  limits.max_record_bytes = 1000;
  std::string text = R"({"a":")";
  for (int i = 0; i < 100; ++i) text += "0123456789012345678901234567890123456789";
  EXPECT_FALSE(unpacked_payload(text::to_base64(gzip(text + "\"}")), limits));
}

}  // namespace
}  // namespace nepho::event
