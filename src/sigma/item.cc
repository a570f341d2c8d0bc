#include "sigma/item.h"

#include <algorithm>

namespace nepho::sigma {

std::string to_string(const ArraySelector& selector) {
  switch (selector.kind) {
    case ArraySelector::Kind::kAny: return "any";
    case ArraySelector::Kind::kAll: return "all";
    case ArraySelector::Kind::kAllOrEmpty: return "all_or_empty";
    case ArraySelector::Kind::kNone: return "none";
    case ArraySelector::Kind::kAt: break;
  }
  return std::to_string(selector.index);
}

bool ArrayTest::same_test(const ArrayTest& other) const {
  return selector == other.selector && condition == other.condition &&
         std::ranges::equal(items, other.items,
                            [](const Item& a, const Item& b) { return a.same_test(b); });
}

bool Item::same_test(const Item& other) const {
  const bool same_array =
      array ? other.array && array->same_test(*other.array) : !other.array.has_value();
  return same_array && field == other.field && values == other.values && all == other.all &&
         negated == other.negated;
}

}  // namespace nepho::sigma
