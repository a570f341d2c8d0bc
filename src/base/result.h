// A value or the reason there is none. What can go wrong is in the type; exceptions do not cross
// folders.
#pragma once

#include <expected>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/place.h"

namespace nepho {

// The name of a kind of failure, "folder.what", stable across releases: programs and tests look at
// codes, never at messages. Each folder lists its own codes in its errors.h.
class ErrorCode {
 public:
  constexpr explicit ErrorCode(const char* name) : name_(name) {}
  constexpr std::string_view name() const { return name_; }
  friend constexpr bool operator==(ErrorCode a, ErrorCode b) { return a.name_ == b.name_; }

 private:
  std::string_view name_;
};

// What went wrong, where, and what may be done about it. `message` says what was expected, what
// came, with the variable part last; text from outside in it went through escape_for_log().
// `hint` is a way out ("did you mean 'startswith'?"), empty when we know none.
struct Error {
  ErrorCode code;
  std::string message;
  Place place;
  std::string hint;

  Error(ErrorCode error_code, std::string text, Place where = {}, std::string way_out = {})
      : code(error_code),
        message(std::move(text)),
        place(std::move(where)),
        hint(std::move(way_out)) {}
};

// "place: error[code]: message" and, on a second line, the hint.
std::string to_string(const Error& error);

// A value or an Error. Nothing but std::expected with the chaining that g++ 12 lacks.
template <typename T>
class [[nodiscard]] Result : public std::expected<T, Error> {
 public:
  using std::expected<T, Error>::expected;

  // f(value) -> Result<U>, or this error.
  template <typename F>
  auto and_then(F&& f) && -> std::invoke_result_t<F, T> {
    if (!this->has_value()) return std::unexpected(std::move(this->error()));
    return std::invoke(std::forward<F>(f), std::move(**this));
  }
  // f(value) -> U, or this error.
  template <typename F>
  auto transform(F&& f) && -> Result<std::invoke_result_t<F, T>> {
    if (!this->has_value()) return std::unexpected(std::move(this->error()));
    return std::invoke(std::forward<F>(f), std::move(**this));
  }
};

template <>
class [[nodiscard]] Result<void> : public std::expected<void, Error> {
 public:
  using std::expected<void, Error>::expected;
};

// The short way to fail: `return fail(kBadHeader, "expected '{', came 'x'", place);`
inline std::unexpected<Error> fail(ErrorCode code, std::string message, Place place = {},
                                   std::string hint = {}) {
  return std::unexpected(Error(code, std::move(message), std::move(place), std::move(hint)));
}

}  // namespace nepho
