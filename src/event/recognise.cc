#include "event/recognise.h"

#include <algorithm>
#include <utility>

#include "base/hash.h"
#include "event/field_path.h"

namespace nepho::event {
namespace {

std::size_t weight_of(const std::vector<Sign>& signs) {
  std::size_t weight = 0;
  for (const Sign& sign : signs) weight += sign.values.empty() ? 1 : 2;
  return weight;
}

// The bit of what stands before the first dot of a path, or of a key of a record. Two names may
// share one.
std::uint64_t bit_of_first_key(std::string_view path) {
  return std::uint64_t{1} << (hash64(path.substr(0, path.find('.'))) % 64);
}

std::uint64_t first_keys_of(const std::vector<Sign>& signs) {
  std::uint64_t bits = 0;
  for (const Sign& sign : signs) bits |= bit_of_first_key(sign.path);
  return bits;
}

// Of an array, whose elements have keys of their own, every bit.
std::uint64_t first_keys_of(const text::JsonValue& record) {
  if (!record.is_object()) return ~std::uint64_t{0};
  std::uint64_t bits = 0;
  for (const text::JsonValue& child : record.children()) bits |= bit_of_first_key(child.key());
  return bits;
}

bool is_borne(const Sign& sign, const std::vector<text::JsonValue>& found) {
  if (sign.values.empty()) return !found.empty();
  return std::ranges::any_of(found, [&](const text::JsonValue& value) {
    return !value.is_container() && std::ranges::any_of(sign.values, [&](const auto& wanted) {
      return is_wanted(value.text(), wanted);
    });
  });
}

// What is at the paths of one record, each looked up once: many ways look at the same.
class Found {
 public:
  explicit Found(const text::JsonValue& record) : record_(record) {}
  const std::vector<text::JsonValue>& at(std::string_view path) {
    for (const auto& [known, values] : found_) {
      if (known == path) return values;
    }
    return found_.emplace_back(path, resolve(record_, path)).second;
  }

 private:
  const text::JsonValue& record_;
  std::vector<std::pair<std::string_view, std::vector<text::JsonValue>>> found_;
};

}  // namespace

bool bears(const text::JsonValue& record, const Sign& sign) {
  return is_borne(sign, resolve(record, sign.path));
}

std::vector<Recognition> recognition_order(const LogSources& sources) {
  std::vector<Recognition> order;
  for (const LogSource& source : sources.all()) {
    for (const auto& signs : source.recognised_by) {
      order.push_back({&source, &signs, weight_of(signs), first_keys_of(signs)});
    }
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, &Recognition::weight);
  return order;
}

const LogSource* recognise(const text::JsonValue& record, const std::vector<Recognition>& order) {
  const std::uint64_t first_keys = first_keys_of(record);
  Found found(record);
  for (const Recognition& way : order) {
    if ((way.first_keys & ~first_keys) != 0) continue;
    const bool holds = std::ranges::all_of(
        *way.signs, [&](const Sign& sign) { return is_borne(sign, found.at(sign.path)); });
    if (holds) return way.source;
  }
  return nullptr;
}

}  // namespace nepho::event
