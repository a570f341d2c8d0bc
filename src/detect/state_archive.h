// Bytes of a state file: numbers in little-endian order, texts and lists with their length in
// front.
//
// The same description of a type, `exchange(archive)`, is used to write it, to read it and to find
// the events that it names. Only for this folder.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <cstring>
#include <limits>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "plan/amount.h"

namespace nepho::detect {

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie");

// Appends to a text. Numbers of events become their places in `numbers` (sorted), where it is
// given.
class StateWriter {
 public:
  static constexpr bool kReads = false;
  explicit StateWriter(std::string& out, const std::vector<std::uint64_t>* numbers = nullptr)
      : out_(out), numbers_(numbers) {}

  template <typename Number>
  void number(const Number& value) {
    static_assert(std::is_integral_v<Number>);
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void time(const std::int64_t& value) { number(value); }
  void amount(const plan::Amount& value) {
    out_.append(reinterpret_cast<const char*>(&value), sizeof value);
  }
  void total(const plan::Amount& value) { amount(value); }
  void flag(const bool& value) { out_ += value ? '\1' : '\0'; }
  void text(const std::string& value) {
    number(static_cast<std::uint64_t>(value.size()));
    out_ += value;
  }
  void event(const std::uint64_t& value) {
    const auto at = std::lower_bound(numbers_->begin(), numbers_->end(), value);
    number(static_cast<std::uint64_t>(at - numbers_->begin()));
  }
  template <typename T>
  void list(std::vector<T>& values) {
    number(static_cast<std::uint64_t>(values.size()));
    for (T& value : values) value.exchange(*this);
  }

 private:
  std::string& out_;
  const std::vector<std::uint64_t>* numbers_;
};

// Gathers the numbers of the events.
class EventNumbers {
 public:
  static constexpr bool kReads = false;
  explicit EventNumbers(std::vector<std::uint64_t>& found) : found_(found) {}
  template <typename Number>
  void number(const Number& /*value*/) {}
  void time(const std::int64_t& /*value*/) {}
  void amount(const plan::Amount& /*value*/) {}
  void total(const plan::Amount& /*value*/) {}
  void flag(const bool& /*value*/) {}
  void event(const std::uint64_t& value) { found_.push_back(value); }
  template <typename T>
  void list(std::vector<T>& values) {
    for (T& value : values) value.exchange(*this);
  }

 private:
  std::vector<std::uint64_t>& found_;
};

// Reads what a StateWriter wrote. Past the end, or with what no run can have written (an event that
// there is not, a time after `latest`, a longer list, a number larger than that of any event), it
// has failed and gives zeros from then on; memory stays within a small multiple of the bytes.
class StateReader {
 public:
  static constexpr bool kReads = true;
  StateReader(std::string_view in, std::uint64_t num_events,
              std::uint64_t most_elements = std::numeric_limits<std::uint64_t>::max())
      : in_(in), num_events_(num_events), most_elements_(most_elements) {}

  // What follows happened no later; nanoseconds since 1970.
  void set_latest(std::int64_t latest) { latest_ = latest; }

  bool failed() const { return failed_; }
  bool at_end() const { return in_.empty(); }

  template <typename Number>
  void number(Number& value) {
    static_assert(std::is_integral_v<Number>);
    take(&value, sizeof value);
  }
  void time(std::int64_t& value) {
    number(value);
    if (value > latest_) failed_ = true;
  }
  void amount(plan::Amount& value) {
    take(&value, sizeof value);
    if (value <= plan::kLargestAmount && value >= -plan::kLargestAmount) return;
    failed_ = true;
    value = 0;
  }
  // A sum of them; its owner knows how large it may be.
  void total(plan::Amount& value) { take(&value, sizeof value); }
  void flag(bool& value) {
    char byte = 0;
    take(&byte, 1);
    value = byte != 0;
  }
  void text(std::string& value) {
    const std::uint64_t size = length();
    value.assign(in_.substr(0, size));
    in_.remove_prefix(size);
  }
  void event(std::uint64_t& value) {
    number(value);
    if (value >= num_events_) failed_ = true;
  }
  template <typename T>
  void list(std::vector<T>& values) {
    values.clear();
    // Every element takes a byte or more: a made-up length ends with the bytes.
    const std::uint64_t size = length();
    if (size > most_elements_) failed_ = true;
    for (std::uint64_t left = size; left != 0 && !failed_; --left)
      values.emplace_back().exchange(*this);
  }
  // A length of what follows, never more than there are bytes.
  std::uint64_t length() {
    std::uint64_t size = 0;
    number(size);
    if (size <= in_.size()) return size;
    failed_ = true;
    return 0;
  }

 private:
  void take(void* value, std::size_t size) {
    if (failed_ || in_.size() < size) {
      failed_ = true;
      std::memset(value, 0, size);
      return;
    }
    std::memcpy(value, in_.data(), size);
    in_.remove_prefix(size);
  }

  std::string_view in_;
  std::uint64_t num_events_;
  std::uint64_t most_elements_;
  std::int64_t latest_ = std::numeric_limits<std::int64_t>::max();
  bool failed_ = false;
};

}  // namespace nepho::detect
