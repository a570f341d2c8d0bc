#include "text/fold.h"

#include <gtest/gtest.h>

namespace nepho::text {
namespace {

TEST(FoldCase, FoldsLettersOfEveryScriptSimply) {
  EXPECT_EQ(fold_case("ÄÖÜ ΣΑΣ ЖЯ K ẞ"), "äöü σασ жя k ß");
  EXPECT_EQ(fold_case(U'\u0131'), U'\u0131');  // dotless i stays
}

TEST(FoldCase, ComparesWhatItFolds) {
  EXPECT_TRUE(equal_ignoring_case("GetObject", "getobject"));
  EXPECT_TRUE(equal_ignoring_case("\u212A", "k"));
  EXPECT_FALSE(equal_ignoring_case("a", "ab"));
  EXPECT_FALSE(equal_ignoring_case("\xFF", "\xFE"));
}

TEST(FoldCase, IsIdempotent) {
  for (char32_t c = 0; c < 0x20000; ++c)
    EXPECT_EQ(fold_case(fold_case(c)), fold_case(c)) << static_cast<unsigned>(c);
}

}  // namespace
}  // namespace nepho::text
