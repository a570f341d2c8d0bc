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

TEST(PackedPayload, OtherTextIsWhatItIs) {
  for (const char* text :
       {"", "hello", R"({"a":1})", "H4sInothing at all", "eyJhIjoxfQ.eyJiIjoyfQ.c"}) {
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
