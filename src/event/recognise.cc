#include "event/recognise.h"

#include <algorithm>

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

}  // namespace

bool is_wanted(std::string_view text, std::string_view wanted) {
  if (wanted.starts_with('*')) return text.ends_with(wanted.substr(1));
  if (wanted.ends_with('*')) return text.starts_with(wanted.substr(0, wanted.size() - 1));
  return text == wanted;
}

bool bears(const text::JsonValue& record, const Sign& sign) {
  const auto found = resolve(record, sign.path);
  if (sign.values.empty()) return !found.empty();
  return std::ranges::any_of(found, [&](const text::JsonValue& value) {
    return !value.is_container() && std::ranges::any_of(sign.values, [&](const auto& wanted) {
      return is_wanted(value.text(), wanted);
    });
  });
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
  for (const Recognition& way : order) {
    if ((way.first_keys & ~first_keys) != 0) continue;
    const bool holds =
        std::ranges::all_of(*way.signs, [&](const Sign& sign) { return bears(record, sign); });
    if (holds) return way.source;
  }
  return nullptr;
}

}  // namespace nepho::event
