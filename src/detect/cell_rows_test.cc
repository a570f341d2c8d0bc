#include "detect/cell_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <random>
#include <tuple>

#include "base/knowledge.h"
#include "detect/shard.h"
#include "sigma/load.h"
#include "text/json_index.h"

namespace nepho::detect {
namespace {

constexpr std::string_view kRules = R"(
title: Port
logsource: {product: aws, service: vpc_flow}
detection:
  sel: {dstport: [22, 443], action: ACCEPT}
  not_ours: {src_ip|cidr: 10.0.0.0/8}
  condition: sel and not not_ours
---
title: Bytes
logsource: {product: aws, service: vpc_flow}
detection: {sel: {bytes|gt: 1000}, old: {version: 2}, condition: sel and not old}
---
title: Nothing there
logsource: {product: aws, service: vpc_flow}
detection: {sel: {interface-id: null}, condition: sel}
---
title: Keyword
logsource: {product: aws, service: s3_access}
detection: {words: [AccessDenied, secret], condition: words}
---
title: Path
logsource: {product: aws, service: s3_access}
detection: {sel: {cs-uri|contains: passwd}, ok: {sc-status: 403}, condition: sel and not ok}
---
title: Scanner
logsource: {product: aws, category: webserver}
detection: {sel: {c-ip|startswith: '203.', cs-user-agent|contains: [sqlmap, 'a"b']}, condition: sel}
---
title: Late
logsource: {product: aws, service: cloudfront}
detection: {sel: {datetime|startswith: '2024-05-01 0', sc-bytes|gte: 500}, condition: sel}
---
title: Equal
logsource: {product: aws, service: alb}
detection: {sel: {client_ip|fieldref: target_ip}, condition: sel}
)";

std::vector<sigma::Rule> rules() {
  LoadReport report;
  auto documents = sigma::parse_documents(kRules, "rules.yml", {});
  sigma::link_documents(documents, {});
  auto rules = sigma::take_rules(std::move(documents), report);
  EXPECT_EQ(rules.size(), 8U);
  return rules;
}

// Rows of all forms, whose cells are often not what they should be.
class MadeRows {
 public:
  explicit MadeRows(unsigned seed) : random_(seed) {}

  std::string flow() {
    return any({"2", "2", "3", "9", "-"}) + ' ' + any({"111122223333", "unknown", "-", "1"}) + ' ' +
           any({"eni-1", "-", "eni-2"}) + ' ' + address() + ' ' + address() + ' ' + number() + ' ' +
           any({"22", "443", "80", "-", "022"}) + " 6 " + number() + ' ' + number() +
           " 1700000000 " + any({"1700000059", "1700000060", "-", "x"}) + ' ' +
           any({"ACCEPT", "REJECT", "-"}) + ' ' + any({"OK", "NODATA", "OK extra"});
  }
  std::string flow_under_header() {
    return address() + ' ' + any({"22", "443", "-"}) + ' ' + number() + ' ' + any({"3", "2"}) +
           ' ' + any({"ACCEPT", "{", "[x", "\"q\""}) + " OK 1700000059";
  }
  std::string bucket() {
    return any({"-", kOwner, kOwner}) + " bucket [06/Feb/2024:00:00:3" + any({"8", "9"}) +
           " +0000] " + address() + ' ' + any({"arn:x", "-"}) + ' ' + any({"ID1", "ID2", "ID3"}) +
           ' ' + any({"REST.GET.OBJECT", "REST.PUT.OBJECT"}) + " key \"GET /" +
           any({"a", "etc/passwd", "x y", "\xC3\xBC"}) + " HTTP/1.1\" " + any({"200", "403"}) +
           ' ' + any({"-", "AccessDenied"}) + " 1 2 3 4 \"-\" " + agent() + " -" + any({"", " a"});
  }
  std::string balancer() {
    return any({"https", "http", "h3"}) + " 2024-05-01T00:00:0" + any({"1.5Z", "2Z"}) +
           " app/x/1 " + address() + any({":443 ", " "}) + address() + any({":80", ":x", ""}) +
           " 0.001 -1 0.000 200 " + any({"200", "-"}) + " 1 2 \"GET https://x:443/ HTTP/1.1\" " +
           agent() + " - - arn:t \"Root=" + any({"1", "2"}) + '"' + any({"", " \"x.example\""});
  }
  std::string edge() {
    return any({"2024-05-01", "2024-05-02"}) + "\t0" + any({"1", "2"}) + ":00:00\tFRA56-P3\t" +
           number() + '\t' + address() + "\tGET\tx\t/" + any({"", "a b", "\"q"}) + "\t200\t-\t" +
           any({"sqlmap", "Mozilla", "[x"}) + "\t-\t-\tHit\tid" + any({"1", "2", "3"});
  }
  std::string other() {
    return any({"", "# note", "{\"srcaddr\":\"1.2.3.4\"}", "nothing known", "  ", "\x01 x",
                "#Fields: date time c-ip", "version account-id srcaddr dstport"});
  }
  std::string any(const std::vector<std::string>& of) { return of[random_() % of.size()]; }
  unsigned below(unsigned most) { return static_cast<unsigned>(random_() % most); }

 private:
  static inline const std::string kOwner = std::string(64, 'a');

  std::string address() {
    return any({"203.0.113.7", "10.0.0.7", "198.51.100.9", "2001:db8::1", "-", "[::1]"});
  }
  std::string number() { return any({"0", "443", "999", "1001", "1e5", "-", "007", "5000"}); }
  std::string agent() {
    return any({"\"Mozilla/5.0 (X11)\"", "\"sqlmap 1\"", "\"a\"b\"", "\"a\\x\"", "-", "[a b]"});
  }
  std::mt19937 random_;
};

// All that a run over the rows gives.
struct Seen {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, std::optional<Instant>, EventPlace, EventKey,
                         bool, std::string, std::string, std::string, std::string>>
      matches;
  std::vector<std::tuple<event::SkipReason, std::uint64_t, std::uint64_t>> skipped;
  std::vector<std::uint64_t> by_source;
  std::vector<std::optional<Instant>> last_by_source;
  std::uint64_t events = 0;
  std::uint64_t duplicates = 0;
  std::uint32_t num_events = 0;
  auto operator<=>(const Seen&) const = default;
};

class RowRun {
 public:
  RowRun(const std::vector<sigma::Rule>& rules, const event::LogSources& sources, bool strict)
      : plan_(rules, sources, {.strict = strict}),
        shard_(plan_, {.keep_events = true, .seen_events = &seen_}) {}

  Seen run(const std::string& rows) {
    const std::string padded = rows + std::string(text::kJsonPadding, 'x');
    Slice slice;
    slice.bytes = std::string_view(padded).substr(0, rows.size());
    slice.layout = Slice::Layout::kRows;
    slice.offset = 100;
    slice.first_line = 5;
    slice.head = std::string_view(padded).substr(0, rows.find('\n') + 1);
    const SliceResult& result = shard_.run(slice);
    Seen seen;
    for (const Match& match : result.matches) {
      seen.matches.emplace_back(match.rule, match.source_plan, match.time, match.place, match.key,
                                match.is_repeat, match.actor, match.source_ip, match.account,
                                match.event);
    }
    for (const SkippedRecord& skip : result.skipped) {
      seen.skipped.emplace_back(skip.reason, skip.line, skip.offset);
    }
    seen.by_source = result.counters.by_source;
    seen.last_by_source = result.counters.last_by_source;
    seen.events = result.counters.events;
    seen.duplicates = result.counters.duplicates;
    seen.num_events = result.num_events;
    return seen;
  }
  const plan::Plan& plan() const { return plan_; }

 private:
  plan::Plan plan_;
  SeenEvents seen_;
  Shard shard_;
};

class RowsAsCells : public testing::Test {
 protected:
  LoadReport report_;
  std::vector<sigma::Rule> rules_ = rules();
  event::LogSources sources_ = event::LogSources::load(Knowledge(), report_);
};

// With `strict` every row becomes JSON: that is the definition.
TEST_F(RowsAsCells, GiveWhatTheirJsonGives) {
  RowRun cells(rules_, sources_, false);
  RowRun json(rules_, sources_, true);
  std::size_t num_matches = 0;
  std::size_t num_duplicates = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    MadeRows made(seed);
    std::string rows;
    const unsigned kind = seed % 6;
    if (kind == 1) rows = "srcaddr dstport bytes version action log-status end\n";
    if (kind == 2) {
      rows =
          "#Fields: date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem "
          "sc-status cs(Referer) cs(User-Agent) cs-uri-query cs(Cookie) x-edge-result-type "
          "x-edge-request-id\n";
    }
    for (unsigned n = made.below(60); n > 0; --n) {
      const unsigned which = kind == 5 ? made.below(5) : kind;
      rows += made.below(20) == 0 ? made.other()
              : which == 0        ? made.flow()
              : which == 1        ? made.flow_under_header()
              : which == 2        ? made.edge()
              : which == 3        ? made.bucket()
                                  : made.balancer();
      rows += made.below(9) == 0 ? "\r\n" : "\n";
    }
    const Seen wanted = json.run(rows);
    EXPECT_TRUE(cells.run(rows) == wanted) << "seed " << seed << "\n" << rows;
    num_matches += wanted.matches.size();
    num_duplicates += wanted.duplicates;
  }
  EXPECT_GT(num_matches, 500U);
  EXPECT_GT(num_duplicates, 500U);
}

TEST_F(RowsAsCells, AreReadWithoutTheirJson) {
  const RowRun run(rules_, sources_, false);
  CellRows rows(run.plan());
  event::RowReader reader(run.plan().line_forms(), "");
  const auto id_of = [&](std::string_view row) {
    const auto source = rows.read(reader, row);
    return source ? run.plan().sources()[*source]->source->id : std::string("JSON");
  };
  EXPECT_EQ(id_of("2 111122223333 eni-1 10.0.0.1 10.0.0.2 1 2 6 4 5 1700000000 1700000059 ACCEPT "
                  "OK\n"),
            "aws.vpc_flow");
  EXPECT_EQ(id_of("- b [06/Feb/2024:00:00:38 +0000] 1.2.3.4 a ID REST.GET.OBJECT k \"GET /k "
                  "HTTP/1.1\" 200 - 1 2 3 4 \"-\" \"agent 1\" -"),
            "aws.s3_access");
  EXPECT_EQ(id_of("{\"a\":1}"), "JSON");
  EXPECT_EQ(id_of("nothing known"), "JSON");
  std::string json;
  EXPECT_EQ(id_of("2 - eni-1 - - - - - - - 1 2 - NODATA"), "aws.vpc_flow");
  rows.append_json(json);
  EXPECT_EQ(json,
            R"({"version":2,"interface-id":"eni-1","start":1,"end":2,"log-status":"NODATA"})");
}

}  // namespace
}  // namespace nepho::detect
