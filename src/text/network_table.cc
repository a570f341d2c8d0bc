#include "text/network_table.h"

#include <algorithm>
#include <tuple>

namespace nepho::text {
namespace {

// v6 networks hold no v4 addresses, whose mapped form lies within ::/0: the two are kept apart.
auto place_of(const Address& address) { return std::tie(address.is_v4, address.bytes); }

bool holds(const Network& outer, const Network& inner) {
  return outer.prefix_bits <= inner.prefix_bits && outer.contains(inner.base);
}

}  // namespace

NetworkTable::NetworkTable(std::vector<std::pair<Network, std::uint32_t>> networks) {
  for (const auto& [network, number] : networks) entries_.push_back({network, number});
  std::ranges::sort(entries_, [](const Entry& a, const Entry& b) {
    const auto rank = [](const Entry& entry) {
      return std::tuple_cat(place_of(entry.network.base),
                            std::tie(entry.network.prefix_bits, entry.number));
    };
    return rank(a) < rank(b);
  });
  for (std::uint32_t at = 1; at < entries_.size(); ++at) {
    std::uint32_t around = at - 1;
    while (around != kNone && !holds(entries_[around].network, entries_[at].network)) {
      around = entries_[around].around;
    }
    entries_[at].around = around;
  }
}

void NetworkTable::find(const Address& address, std::vector<std::uint32_t>& found) const {
  const auto behind =
      std::ranges::upper_bound(entries_, place_of(address), std::less<>{},
                               [](const Entry& entry) { return place_of(entry.network.base); });
  auto at = behind == entries_.begin() ? kNone
                                       : static_cast<std::uint32_t>(behind - entries_.begin() - 1);
  while (at != kNone && !entries_[at].network.contains(address)) at = entries_[at].around;
  for (; at != kNone; at = entries_[at].around) found.push_back(entries_[at].number);
}

}  // namespace nepho::text
