#include "stream/piped_lines.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <memory>

#include "base/compression.h"

namespace nepho::stream {
namespace {

class Piped : public testing::Test {
 protected:
  Piped() {
    if (::pipe(ends_) != 0) std::abort();
    lines_ = std::make_unique<PipedLines>(ends_[0]);
  }
  ~Piped() override {
    ::close(ends_[0]);
    end();
  }
  void write(std::string_view text) const {
    ASSERT_EQ(::write(ends_[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  }
  void end() {
    if (ends_[1] >= 0) ::close(std::exchange(ends_[1], -1));
  }
  // "line@offset number text" of what came, taken as two events; empty when nothing did.
  std::string take() {
    EXPECT_TRUE(lines_->wait(std::chrono::milliseconds(0)));
    if (!lines_->has_part()) return "";
    const FilePart part = lines_->part();
    std::string text(1'000, '\0');
    text.resize((*part.open())->read(text.data(), text.size()).value_or(0));
    lines_->taken(2);
    return fmt::format("{}@{} {} {}", part.place.line, part.place.offset, part.num_events, text);
  }

  int ends_[2] = {-1, -1};
  std::unique_ptr<PipedLines> lines_;
};

TEST_F(Piped, LinesComeWithTheirPlacesAndTheLastAtTheEnd) {
  EXPECT_EQ(take(), "");
  write("{\"n\":1}\n{\"n\":2}\n{\"n");
  EXPECT_EQ(take(), "1@0 0 {\"n\":1}\n{\"n\":2}\n");
  EXPECT_EQ(take(), "");
  write("\":3}");
  EXPECT_EQ(take(), "");
  EXPECT_FALSE(lines_->has_ended());
  end();
  EXPECT_EQ(take(), "3@16 2 {\"n\":3}");
  EXPECT_TRUE(lines_->has_ended());
  EXPECT_FALSE(lines_->has_part());
}

TEST_F(Piped, WhatIsNotInLinesIsRefused) {
  for (const std::string& text :
       {std::string("[{}]"), std::string("{\n\"n\":1}\n"), gzip("{}\n")}) {
    write(text);
    const auto waited = lines_->wait(std::chrono::milliseconds(0));
    ASSERT_FALSE(waited) << text;
    EXPECT_EQ(waited.error().code, kNotLines);
    lines_ = std::make_unique<PipedLines>(ends_[0]);
  }
}

}  // namespace
}  // namespace nepho::stream
