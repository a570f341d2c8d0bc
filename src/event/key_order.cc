#include "event/key_order.h"

#include <atomic>

namespace nepho::event {
namespace {

// One caller has records of several views, each with its own order: their rows must not be taken
// for one another. It would take 2^32 times kMostNodes keys to come to the end.
std::uint64_t next_generation() {
  static std::atomic<std::uint64_t> last{0};
  return ++last;
}

}  // namespace

void KeyOrder::forget() {
  nodes_.assign(1, {});
  at_ = 0;
  is_whole_ = false;
  generation_ = next_generation();
}

// A key that is not taken leaves the place as it is: the keys behind it are then found, or added,
// as if it had not been there.
void KeyOrder::add(std::string_view key, std::uint32_t number) {
  if (key.size() > text::kShortTextBytes || nodes_[at_].num_behind >= kMostBehind) {
    is_whole_ = false;
    return;
  }
  if (nodes_.size() >= kMostNodes) forget();
  const auto added = static_cast<std::uint32_t>(nodes_.size());
  Node node;
  node.key.assign(key);
  node.number = number;
  node.beside = nodes_[at_].first_behind;
  nodes_[at_].first_behind = added;
  ++nodes_[at_].num_behind;
  nodes_.push_back(node);
  at_ = added;
}

}  // namespace nepho::event
