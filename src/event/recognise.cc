#include "event/recognise.h"

#include <algorithm>

#include "event/field_path.h"

namespace nepho::event {
namespace {

std::size_t weight_of(const std::vector<Sign>& signs) {
  std::size_t weight = 0;
  for (const Sign& sign : signs) weight += sign.values.empty() ? 1 : 2;
  return weight;
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
      order.push_back({&source, &signs, weight_of(signs)});
    }
  }
  std::ranges::stable_sort(order, std::ranges::greater{}, &Recognition::weight);
  return order;
}

const LogSource* recognise(const text::JsonValue& record, const std::vector<Recognition>& order) {
  for (const Recognition& way : order) {
    const bool holds =
        std::ranges::all_of(*way.signs, [&](const Sign& sign) { return bears(record, sign); });
    if (holds) return way.source;
  }
  return nullptr;
}

}  // namespace nepho::event
