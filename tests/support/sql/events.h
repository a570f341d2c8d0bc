// Events in a database, laid out so that rules become WHERE clauses over them.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "tests/support/sql/dialect.h"

struct sqlite3;

namespace nepho::tests::sql {

// What a row of the table `texts` is.
enum class Offer : std::uint8_t {
  kHit,        // the path resolves here
  kNull,       // a null
  kScalar,     // any other scalar, elements of arrays too
  kContainer,  // an object, or an array with elements, as JSON text
  kInside,     // a string anywhere in such a container
};

// Made by SQL alone, from SQLite's own reading of the JSON (json_tree):
//
//   events(id, json)
//   texts(field, event, offer, value, text, folded, is_number)
//       what each of `fields` offers in each event. `value` is as SQL has it, `text` as the dialect
//       spells it, `folded` for comparing without regard to case. The field "" is the whole event,
//       for keywords: its keys, strings and numbers (kScalar) and its text (kContainer).
//
// Events are numbered from 0, as given; each must be one JSON object. Aborts, with SQLite's words,
// on what it refuses: events and statements are the test's own.
class EventTable {
 public:
  EventTable(const std::vector<std::string>& events, const std::set<std::string>& fields,
             Dialect dialect);

  // The events for which a WHERE clause (of where.h) is true: neither false nor NULL.
  std::set<std::size_t> where(const std::string& clause);

 private:
  void execute(const std::string& sql);
  void insert(const std::string& sql, const std::string& text, std::size_t number);
  void lay_out(Dialect dialect);

  struct Close {
    void operator()(sqlite3* connection) const;
  };
  std::unique_ptr<sqlite3, Close> connection_;
};

}  // namespace nepho::tests::sql
