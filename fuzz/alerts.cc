// Whatever an export of alerts holds: what is read is within its bounds, every problem stands in
// the file, reading again gives the same, and none is lost in silence. The alerts then match plays
// that have their names, each counted once.
#include <algorithm>
#include <string_view>
#include <vector>

#include "alert/read.h"
#include "attack/id.h"
#include "base/check.h"
#include "base/utf8.h"
#include "exercise/alert_match.h"

namespace {

using namespace nepho;

void check_text(const std::string& text) {
  CHECK(text.size() <= alert::kMaxTextBytes);
  CHECK(first_invalid_utf8(text) == text.size());
}

void check_list(const std::vector<std::string>& values, std::size_t most) {
  CHECK(values.size() <= most);
  for (std::size_t i = 0; i < values.size(); ++i) {
    check_text(values[i]);
    CHECK(!values[i].empty());
    CHECK(std::find(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(i), values[i]) ==
          values.begin() + static_cast<std::ptrdiff_t>(i));
  }
}

void check_alert(const alert::Alert& one, std::size_t num_lines) {
  for (const auto* text : {&one.form, &one.product, &one.id, &one.rule, &one.title, &one.severity})
    check_text(*text);
  CHECK(!one.form.empty() && !one.product.empty());
  for (const auto* list : {&one.accounts, &one.actors, &one.addresses, &one.techniques})
    check_list(*list, alert::kMaxValues + 1);  // a joined name may be one more
  check_list(one.ids_within, alert::kMaxIds);
  for (const std::string& id : one.techniques) CHECK(attack::parse_technique_id(id).has_value());
  CHECK(std::ranges::is_sorted(one.techniques));
  CHECK(one.time.has_value());
  CHECK(one.place.file == "alerts");
  CHECK(one.place.line >= 1 && one.place.line <= num_lines);
}

// A play that every alert of the file could be of.
exercise::WatchedPlay play_of(const alert::Alert& one) {
  exercise::WatchedPlay play{
      .procedure = "p", .name = "p", .provider = "aws", .techniques = one.techniques};
  play.begin = play.end = one.seen_from.value_or(*one.time);
  for (const auto& name : one.accounts) exercise::add_name(name, play.accounts);
  for (const auto& name : one.actors) exercise::add_principal(name, play.actors);
  for (const auto& name : one.addresses) exercise::add_name(name, play.addresses);
  return play;
}

void check_matches(const std::vector<alert::Alert>& alerts) {
  constexpr std::size_t kMostPlays = 8;
  std::vector<exercise::WatchedPlay> plays;
  std::vector<std::vector<std::string>> techniques;
  for (const auto& one : alerts) {
    techniques.push_back(one.techniques);
    if (plays.size() < kMostPlays) plays.push_back(play_of(one));
  }
  const auto matches = exercise::match_alerts(alerts, techniques, plays, std::nullopt);
  std::size_t count = matches.ambiguous.size() + matches.unmatched.size() + matches.earlier.size();
  std::vector<bool> is_joined(alerts.size());
  for (const auto& joins : matches.joins) {
    for (const auto& join : joins) is_joined[join.alert] = true;
  }
  count += static_cast<std::size_t>(std::ranges::count(is_joined, true));
  CHECK(count == alerts.size());
  for (const auto& one : matches.ambiguous) CHECK(one.plays.size() > 1);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto num_lines = static_cast<std::size_t>(std::ranges::count(text, '\n')) + 1;
  LoadReport report;
  const auto read = alert::read_alerts(text, "alerts", report);
  for (const auto& one : read.alerts) check_alert(one, num_lines);
  for (const auto& problem : report.problems()) CHECK(problem.error.place.file == "alerts");
  // Nothing is lost in silence.
  CHECK(!read.alerts.empty() || !report.problems().empty());

  LoadReport again;
  const auto second = alert::read_alerts(text, "alerts", again);
  CHECK(second.alerts == read.alerts && second.num_others == read.num_others);
  CHECK(again.problems().size() == report.problems().size());
  if (read.alerts.size() <= 200) check_matches(read.alerts);
  return 0;
}
