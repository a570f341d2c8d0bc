#include "stream/too_large.h"

#include <fmt/format.h>

#include <string>

#include "stream/value_passer.h"

namespace nepho::stream {
namespace {

// Drops pieces until one ends the record: `pass` says how many bytes of a piece are of it, and
// `has_ended` whether that was all.
template <typename Pass, typename HasEnded>
void pass_pieces(Window& window, const Passing& passing, Pass pass, HasEnded has_ended) {
  const std::uint64_t begin = window.offset();
  while (!has_ended() && !window.bytes().empty()) {
    window.drop(pass(window.bytes()));
    if (!has_ended() && window.offset() - begin > passing.most_bytes) {
      return window.give_up(
          Error(kEndlessRecord,
                fmt::format("the record at offset {} has not ended after {} MiB: the rest of "
                            "the file is not read",
                            begin, passing.most_bytes >> 20U),
                Place{.file = std::string(passing.file)}, "take the record out of the file"));
    }
    window.fill(passing.step_bytes);
  }
}

}  // namespace

void pass_line(Window& window, const Passing& passing) {
  bool has_ended = false;
  const auto pass = [&](std::string_view piece) {
    const std::size_t end = piece.find('\n');
    has_ended = end != piece.npos;
    return has_ended ? end + 1 : piece.size();
  };
  pass_pieces(window, passing, pass, [&] { return has_ended; });
}

void pass_value(Window& window, const Passing& passing) {
  ValuePasser passer;
  pass_pieces(
      window, passing, [&](std::string_view piece) { return passer.pass(piece); },
      [&] { return passer.has_ended(); });
}

}  // namespace nepho::stream
