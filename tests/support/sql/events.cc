// A field path is a row of keys; so the name of a value is the keys on the way to it, joined by
// dots, elements of arrays having the name of their array. Whichever way a writer cuts
// "a.b.c" into keys, the name is the same: a path resolves to all values of its name.
#include "tests/support/sql/events.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>

#include "tests/support/sql/functions.h"

namespace nepho::tests::sql {
namespace {

// All values of all events. `row` counts them in document order, which `spelled` counts alike.
constexpr const char* kTree = R"(
CREATE TABLE tree(row INTEGER PRIMARY KEY, event, id, parent, key, type, value);
INSERT INTO tree(event, id, parent, key, type, value)
  SELECT e.id, t.id, t.parent, t.key, t.type, t.value FROM events e, json_tree(e.json) t
  ORDER BY e.id, t.id;
CREATE TABLE spelled(row INTEGER PRIMARY KEY, text);
INSERT INTO spelled(text)
  SELECT t.value FROM events e, json_tree(quoted_numbers(e.json)) t ORDER BY e.id, t.id;
CREATE INDEX tree_children ON tree(event, parent);
)";

// `hit` is the value that a path resolves to: itself, for an element the array that it is in. {}
// is the text of a value in the dialect.
constexpr const char* kNodes = R"(
CREATE TABLE nodes AS
  WITH RECURSIVE walk(row, event, id, type, name, hit, is_element) AS (
    SELECT row, event, id, type, NULL, NULL, 0 FROM tree WHERE parent IS NULL
    UNION ALL
    SELECT t.row, t.event, t.id, t.type,
           CASE w.type WHEN 'array' THEN w.name ELSE coalesce(w.name || '.', '') || t.key END,
           CASE w.type WHEN 'array' THEN w.hit ELSE t.id END, w.type = 'array'
    FROM walk w JOIN tree t ON t.event = w.event AND t.parent = w.id)
  SELECT w.event, w.id, w.name, w.hit, w.is_element, t.key, t.parent, t.type, t.value,
         t.type IN ('integer', 'real') AS is_number, CAST({} AS TEXT) AS text
  FROM walk w JOIN tree t USING (row) JOIN spelled s USING (row);
CREATE INDEX nodes_name ON nodes(name, event);
CREATE INDEX nodes_hit ON nodes(event, hit);
CREATE INDEX nodes_parent ON nodes(event, parent);
)";

constexpr const char* kOffers = R"(
CREATE TABLE offers(field, event INTEGER, offer INTEGER, value, text, is_number);
INSERT INTO offers SELECT name, event, 0, NULL, NULL, 0
  FROM nodes JOIN fields USING (name) WHERE id = hit;
INSERT INTO offers SELECT name, event, 1, NULL, NULL, 0
  FROM nodes JOIN fields USING (name) WHERE type = 'null';
INSERT INTO offers SELECT name, event, 2, value, text, is_number
  FROM nodes JOIN fields USING (name) WHERE type NOT IN ('null', 'array', 'object');
CREATE TABLE containers AS SELECT n.* FROM nodes n JOIN fields USING (name)
  WHERE n.type = 'object' OR (n.type = 'array' AND n.id = n.hit AND EXISTS (
    SELECT 1 FROM nodes m WHERE m.event = n.event AND m.hit = n.id AND m.type <> 'array'));
INSERT INTO offers SELECT name, event, 3, value, text, 0 FROM containers;
INSERT INTO offers
  WITH RECURSIVE below(field, event, id) AS (
    SELECT name, event, id FROM containers
    UNION
    SELECT b.field, n.event, n.id FROM below b JOIN nodes n ON n.event = b.event AND n.parent = b.id)
  SELECT b.field, b.event, 4, n.value, n.text, 0
  FROM below b JOIN nodes n USING (event, id) WHERE n.type = 'text';
)";

constexpr const char* kKeywords = R"(
INSERT INTO offers SELECT '', event, 2, key, key, 0 FROM nodes
  WHERE NOT is_element AND parent IS NOT NULL AND key <> '';
INSERT INTO offers SELECT '', event, 2, value, text, is_number FROM nodes
  WHERE type = 'text' OR is_number;
INSERT INTO offers SELECT '', event, 3, value, text, 0 FROM nodes WHERE parent IS NULL;
)";

constexpr const char* kTexts = R"(
CREATE TABLE texts AS SELECT *, {} AS folded FROM offers;
CREATE INDEX texts_field ON texts(field, event, offer);
)";

// Of a value `t` whose number, if it is one, is written as `s`.
std::string spelling(Dialect dialect) {
  std::string sql = "CASE WHEN 0 THEN NULL";  // CASE wants one WHEN, whatever the dialect
  if (dialect.mends(Difference::kNumberSpelling))
    sql += " WHEN t.type IN ('integer', 'real') THEN s.text";
  if (dialect.mends(Difference::kBooleanIsNumber))
    sql += " WHEN t.type IN ('true', 'false') THEN t.type";
  if (dialect.mends(Difference::kEscapesInJsonText))
    sql += " WHEN t.type IN ('object', 'array') THEN plain_json(t.value)";
  return sql + " ELSE t.value END";
}

[[noreturn]] void give_up(sqlite3* connection, const std::string& sql) {
  std::fprintf(stderr, "%s\nin: %s\n", sqlite3_errmsg(connection), sql.c_str());
  std::abort();
}

}  // namespace

void EventTable::Close::operator()(sqlite3* connection) const { sqlite3_close(connection); }

EventTable::EventTable(const std::vector<std::string>& events, const std::set<std::string>& fields,
                       Dialect dialect) {
  sqlite3* connection = nullptr;
  if (sqlite3_open(":memory:", &connection) != SQLITE_OK) give_up(connection, "open");
  connection_.reset(connection);
  add_functions(connection);
  execute(
      "CREATE TABLE events(id INTEGER PRIMARY KEY, json); CREATE TABLE fields(name PRIMARY KEY); "
      "BEGIN");
  for (std::size_t i = 0; i < events.size(); ++i)
    insert("INSERT INTO events(json, id) VALUES (?1, ?2)", events[i], i);
  for (const std::string& field : fields) insert("INSERT INTO fields VALUES (?1)", field, 0);
  lay_out(dialect);
  execute("COMMIT");
}

void EventTable::lay_out(Dialect dialect) {
  execute(kTree);
  execute(fmt::format(kNodes, spelling(dialect)));
  execute(kOffers);
  execute(kKeywords);
  execute(fmt::format(kTexts, dialect.mends(Difference::kAsciiCase) ? "fold(text)" : "text"));
}

std::set<std::size_t> EventTable::where(const std::string& clause) {
  const std::string sql = "SELECT e.id FROM events e WHERE " + clause;
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    give_up(connection_.get(), sql);
  std::set<std::size_t> found;
  int step = SQLITE_ROW;
  while ((step = sqlite3_step(statement)) == SQLITE_ROW)
    found.insert(std::size_t(sqlite3_column_int64(statement, 0)));
  sqlite3_finalize(statement);
  if (step != SQLITE_DONE) give_up(connection_.get(), sql);
  return found;
}

void EventTable::execute(const std::string& sql) {
  if (sqlite3_exec(connection_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    give_up(connection_.get(), sql);
}

void EventTable::insert(const std::string& sql, const std::string& text, std::size_t number) {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_.get(), sql.c_str(), -1, &statement, nullptr) != SQLITE_OK)
    give_up(connection_.get(), sql);
  sqlite3_bind_text(statement, 1, text.data(), static_cast<int>(text.size()), SQLITE_TRANSIENT);
  if (sqlite3_bind_parameter_count(statement) > 1)
    sqlite3_bind_int64(statement, 2, static_cast<sqlite3_int64>(number));
  if (sqlite3_step(statement) != SQLITE_DONE) give_up(connection_.get(), sql);
  sqlite3_finalize(statement);
}

}  // namespace nepho::tests::sql
