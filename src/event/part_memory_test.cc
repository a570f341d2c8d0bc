#include "event/part_memory.h"

#include <gtest/gtest.h>

#include <random>

namespace nepho::event {
namespace {

FieldPart last_word() {
  FieldPart part;
  part.name = "verb";
  part.pattern = *text::CapturingRegex::compile(R"(\.([^.]+)$)");
  return part;
}

// As a text stands in a record: with bytes behind it.
std::optional<std::string> kept(PartMemory& memory, const std::string& raw, const FieldPart& part) {
  std::string bytes = raw;
  bytes.append(text::kShortTextBytes, '!');
  const auto made = memory.part_of(std::string_view(bytes).substr(0, raw.size()), part);
  return made ? std::optional<std::string>(*made) : std::nullopt;
}

TEST(PartMemory, GivesTheSameAgainAndNothingWhereThereIsNoPart) {
  PartMemory memory;
  const FieldPart part = last_word();
  for (int round = 0; round < 2; ++round) {
    EXPECT_EQ(kept(memory, "io.k8s.pods.create", part), "create");
    EXPECT_EQ(kept(memory, "nothing", part), std::nullopt);
    EXPECT_EQ(kept(memory, "", part), std::nullopt);
  }
}

TEST(PartMemory, WritesWhatItMadeAsARecordWould) {
  PartMemory memory;
  EXPECT_EQ(kept(memory, R"(a.b\u0063\"d)", last_word()), R"(bc\"d)");
}

TEST(PartMemory, AnswersAsIfItKeptNothing) {
  PartMemory memory;
  const FieldPart part = last_word();
  std::mt19937 random(7);
  for (int i = 0; i < 20'000; ++i) {
    std::string raw(random() % 90, 'x');  // beyond what is kept too
    for (std::size_t at = 0; at < raw.size(); at += 1 + random() % 40)
      raw[at] = ".ab\\"[random() % 3];
    const auto made = part_of(raw, part);
    EXPECT_EQ(kept(memory, raw, part),
              made ? std::optional<std::string>(made->text()) : std::nullopt)
        << raw;
  }
}

}  // namespace
}  // namespace nepho::event
