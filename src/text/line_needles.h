// Finds, in lines of JSON, the few places that can tell without parsing what a line is about.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace nepho::text {

// Looks in one pass for a few names in any case, for "\u" (behind which any letter may hide) and
// for the ends of lines. What surrounds a name is the caller's to look at.
//
// Immutable; safe to share between threads. Cost: about 70 ps a byte for two names where
// is_quick(), measured by profile on 300 MB; elsewhere each byte is looked at by itself.
class LineNeedles {
 public:
  // Names are ASCII, 2 to 32 bytes, with letters at both ends, and no more than these.
  static constexpr std::size_t kMost = 4;
  static constexpr std::size_t kMostBytes = 32;
  static bool takes(std::string_view name);
  // Whether find() has a quick way on this processor; without it parsing costs less.
  static bool is_quick();

  // At least one name; only such as it takes, and no more than there may be.
  explicit LineNeedles(const std::vector<std::string>& names);

  struct Hit {
    enum class Kind : std::uint8_t { kName, kUnicodeEscape, kLineEnd };
    std::size_t position = 0;  // of its first byte
    std::uint32_t size = 0;    // in bytes
    Kind kind = Kind::kLineEnd;
    bool operator==(const Hit&) const = default;
  };
  // Sets `hits` to all that `text` holds, in the order of their positions, a name in a longer one
  // by itself.
  void find(std::string_view text, std::vector<Hit>& hits) const;
  // The same, byte by byte: the definition.
  void find_plain(std::string_view text, std::vector<Hit>& hits) const;

 private:
  void add_byte(std::string_view text, std::size_t position, std::vector<Hit>& hits) const;
#if defined(__x86_64__)
  std::size_t find_avx512(std::string_view text, std::vector<Hit>& hits) const;
  template <std::size_t kNeedles>
  std::size_t find_avx512(std::string_view text, std::vector<Hit>& hits) const;
#endif

  struct Needle {
    std::string text;      // in small letters
    std::size_t rare = 0;  // the places in it of the two letters that are rarest in logs
    std::size_t second = 0;
    // Whether the rarest letter and its place are those of the needle before: looked for once.
    bool shares_rare = false;
  };
  static void find_rare_letters(Needle& needle);

  void put_side_by_side();

  std::vector<Needle> needles_;
};

}  // namespace nepho::text
