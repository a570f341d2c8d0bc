#include "stream/input_sorter.h"

#include <gtest/gtest.h>

#include <random>

namespace nepho::stream {
namespace {

using detect::StoredHead;
using detect::StoredInputs;

StoredHead head(std::int64_t time, std::uint32_t ordinal) {
  StoredHead head;
  head.time = Instant(std::chrono::seconds(time));
  head.place.ordinal = ordinal;
  return head;
}

std::vector<std::string> read_all(InputMerge& merge) {
  std::vector<std::string> texts;
  EXPECT_TRUE(merge.rewind());
  while (merge.next()) texts.emplace_back(merge.texts());
  EXPECT_FALSE(merge.error());
  return texts;
}

TEST(InputSorter, GivesByTimeThenPlace) {
  InputSorter sorter(1'000'000);
  StoredInputs inputs;
  inputs.append(head(2, 0), "c");
  inputs.append(head(1, 5), "b");
  inputs.append(head(1, 4), "a");
  ASSERT_TRUE(sorter.add(inputs));
  InputMerge merge({&sorter});
  EXPECT_EQ(read_all(merge), (std::vector<std::string>{"a", "b", "c"}));
  EXPECT_EQ(read_all(merge), (std::vector<std::string>{"a", "b", "c"}));  // and once more
}

TEST(InputSorter, WhatGoesToDiskIsTheSame) {
  std::mt19937 random(1);
  std::vector<StoredInputs> parts(40);
  for (std::uint32_t i = 0; i < 4'000; ++i) {
    parts[i % parts.size()].append(head(random() % 100, i),
                                   std::string(random() % 50, 'x') + std::to_string(i));
  }
  const auto sorted = [&](std::size_t max_bytes, std::size_t num_sorters) {
    std::vector<std::unique_ptr<InputSorter>> sorters;
    std::vector<InputSorter*> all;
    for (std::size_t i = 0; i < num_sorters; ++i) {
      sorters.push_back(std::make_unique<InputSorter>(max_bytes));
      all.push_back(sorters.back().get());
    }
    for (std::size_t i = 0; i < parts.size(); ++i)
      EXPECT_TRUE(sorters[i % num_sorters]->add(parts[i]));
    InputMerge merge(all);
    const auto once = read_all(merge);
    EXPECT_EQ(read_all(merge), once);
    return once;
  };
  const auto in_memory = sorted(std::size_t{1} << 30U, 1);
  EXPECT_EQ(in_memory.size(), 4'000U);
  EXPECT_EQ(sorted(20'000, 1), in_memory);
  EXPECT_EQ(sorted(20'000, 3), in_memory);
  EXPECT_EQ(sorted(0, 2), in_memory);
}

TEST(InputSorter, OfNothingThereIsNothing) {
  InputSorter sorter(10);
  ASSERT_TRUE(sorter.add({}));
  InputMerge merge({&sorter});
  EXPECT_TRUE(read_all(merge).empty());
}

}  // namespace
}  // namespace nepho::stream
