// Templates: texts with {names} in them, and trees of such texts (docs/formats/procedure.md).
//
//   template = { literal | "{{" | "{" name [":" argument] ["|" fallback] ["?"] "}" }
//   name     = lower-case letter { letter | digit | "_" } { "." { letter | digit | "_" | "-" } }
//
// A "{" that begins no name is itself, so that JSON and "${aws:...}" need no escapes.
#pragma once

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "exercise/tree.h"

namespace nepho::exercise {

// A part of a template's text.
struct Piece {
  bool is_name = false;
  std::string text;                     // the literal, or the name
  std::string argument;                 // "{upper:16}": "16"
  std::optional<std::string> fallback;  // "{request.path|/}": "/" where no such value is
  bool may_be_absent = false;           // "{error?}": nothing is there where there is no such value
};
std::vector<Piece> parse_template(std::string_view text);

// What a name means where the template is expanded; nothing when it means nothing there.
using Lookup = std::function<Result<std::optional<Tree>>(const Piece&)>;

// Expands templates, counting what is made: a template can copy what it was given, so a few lines
// could ask for more than memory holds. One record, one expander. Not thread-safe.
class Expander {
 public:
  explicit Expander(Lookup lookup, const Limits& limits = kDefaultLimits)
      : lookup_(std::move(lookup)), limits_(limits) {}

  // The text with its names put in: a number or boolean as its JSON, a tree as compact JSON.
  Result<std::string> text(std::string_view source);
  // The tree with every text expanded. A text that is one name alone becomes that name's value, of
  // whatever kind. Two directives, as a mapping's only key: {"$json": tree} is the tree's JSON in a
  // string, {"$url_text": text} the text percent-encoded, as IAM answers. Nothing when the value is
  // absent; absent members and items are left out of what holds them.
  // Fails with kUnknownName, kTooLarge, or what the lookup fails with; without a place.
  Result<std::optional<Tree>> tree(const Tree& source);

 private:
  Result<std::optional<Tree>> look_up(const Piece& piece);
  Result<std::optional<Tree>> whole(const Tree& source);
  Result<std::optional<Tree>> directive(std::string_view name, const Tree& source);
  Result<void> count(std::size_t bytes, std::size_t nodes);

  Lookup lookup_;
  Limits limits_;
  std::size_t bytes_ = 0;
  std::size_t nodes_ = 0;
};

// The names in a tree, without what stands behind their first dot: what must be known to whoever
// expands it.
std::set<std::string> names_in(const Tree& tree);

}  // namespace nepho::exercise
