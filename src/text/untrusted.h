// Text that others wrote, by its type: it leaves only through an encoder (text/escape.h).
#pragma once

#include <string>
#include <string_view>
#include <utility>

namespace nepho::text {

class Encoder;

// Holds a value from outside (a log field, a rule's title). There is no way to append it to a page
// or a terminal but the encoders; comparing and measuring it are harmless. Not safe to look into by
// construction: only Encoder may.
template <typename T>
class Untrusted {
 public:
  Untrusted() = default;
  explicit Untrusted(T value) : value_(std::move(value)) {}

  bool empty() const { return value_.empty(); }
  std::size_t size() const { return value_.size(); }
  friend bool operator==(const Untrusted&, const Untrusted&) = default;
  friend auto operator<=>(const Untrusted&, const Untrusted&) = default;

  // A view of an owned text; as untrusted as the text.
  Untrusted<std::string_view> view() const { return Untrusted<std::string_view>(value_); }

 private:
  friend class Encoder;
  T value_{};
};

}  // namespace nepho::text
