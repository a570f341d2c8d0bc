#include "base/counted.h"

#include <gtest/gtest.h>

namespace nepho {
namespace {

TEST(Counted, OneThingIsNotMany) {
  EXPECT_EQ(counted(1, "record"), "1 record");
  EXPECT_EQ(counted(0, "record"), "0 records");
  EXPECT_EQ(counted(2, "piece of evidence", "pieces of evidence"), "2 pieces of evidence");
}

}  // namespace
}  // namespace nepho
