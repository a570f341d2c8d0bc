#include "exercise/watched_play.h"

#include <algorithm>
#include <set>

#include "base/sha256.h"
#include "event/field_path.h"
#include "event/recognise.h"
#include "exercise/record_lines.h"
#include "text/cidr.h"
#include "text/json.h"
#include "text/timestamp.h"

namespace nepho::exercise {
namespace {

using event::LogSource;
using text::JsonValue;

// A service that calls in somebody's name is no address.
void add_address(std::string_view text, Names& names) {
  if (text::Address::parse(text)) add_name(text, names);
}

class LogReader {
 public:
  LogReader(std::filesystem::path folder, const event::LogSources& sources,
            const IsReceived& is_received)
      : folder_(std::move(folder)),
        order_(event::recognition_order(sources)),
        is_received_(is_received) {}

  WatchedPlay read(const Case& one) {
    seen_ = false;
    has_time_ = false;
    const LabelledLines& row = *one.first;
    WatchedPlay played{
        .procedure = row.procedure.empty() ? row.name : row.procedure,
        .name = row.name,
        .provider = row.provider,
        .techniques = row.techniques,
        .is_lookalike = row.is_lookalike(),
        .kind = row.is_made() ? evidence::Kind::kSynthetic : evidence::Kind::kReplay};
    std::string all;
    for (const LabelledLines* lines : one.rows) {
      const auto records = records_on_lines((folder_ / lines->file).string(),
                                            {lines->lines.begin(), lines->lines.end()});
      if (!records) {
        played.fault = records.error().message;
        return played;
      }
      for (const std::string& record : *records) {
        all += record + "\n";
        add_record(record, played);
      }
    }
    played.digest = "sha256:" + sha256_hex(all);
    settle(played);
    return played;
  }

 private:
  void add_record(const std::string& record, WatchedPlay& played) {
    ++played.num_events;
    const auto document = text::JsonDocument::parse(record);
    if (!document) return;
    const LogSource* source = event::recognise(document->root(), order_);
    if (source == nullptr) return;
    if (is_received_(source->id)) {
      seen_ = true;
    } else {
      played.unseen = source->id + " is not received";
    }
    const JsonValue root = document->root();
    add_all(root, source->account, add_name, played.accounts);
    add_all(root, source->actor, add_principal, played.actors);
    add_all(root, source->source_ip, add_address, played.addresses);
    add_all(root, source->unique_id, add_name, played.ids);
    add_time(root, *source, played);
  }

  static void add_all(const JsonValue& root, const std::vector<std::string>& paths,
                      void (*add)(std::string_view, Names&), Names& names) {
    for (const std::string& path : paths) {
      for (const JsonValue& hit : event::resolve(root, path)) {
        for (const JsonValue& value : event::elements_of(hit)) {
          if (value.type() != text::JsonType::kNull) add(value.text(), names);
        }
      }
    }
  }

  void add_time(const JsonValue& root, const LogSource& source, WatchedPlay& played) {
    for (const std::string& path : source.time) {
      for (const JsonValue& value : event::resolve(root, path)) {
        const auto time = text::parse_timestamp(value.text());
        if (!time) continue;
        played.begin = has_time_ ? std::min(played.begin, time->time) : time->time;
        played.end = has_time_ ? std::max(played.end, time->time) : time->time;
        has_time_ = true;
        return;
      }
    }
  }

  void settle(WatchedPlay& played) {
    played.has_time = has_time_;
    if (seen_) played.unseen.clear();
    if (played.num_events == 0) {
      played.unseen = "the files hold no event on these lines";
    } else if (!seen_ && played.unseen.empty()) {
      played.unseen = "the events are of no log source that is known";
    }
  }

  std::filesystem::path folder_;
  std::vector<event::Recognition> order_;
  const IsReceived& is_received_;
  // Of the case that is being read.
  bool seen_ = false;
  bool has_time_ = false;
};

}  // namespace

std::vector<WatchedPlay> played_in_logs(const std::vector<LabelledLines>& cases,
                                        const std::filesystem::path& folder,
                                        const event::LogSources& sources,
                                        const IsReceived& is_received) {
  LogReader reader(folder, sources, is_received);
  std::vector<WatchedPlay> all;
  for (const Case& one : group_cases(cases, [](const auto& row) { return row.should_alert(); })) {
    all.push_back(reader.read(one));
  }
  for (const Case& one : group_cases(cases, [](const auto& row) { return row.is_lookalike(); })) {
    all.push_back(reader.read(one));
  }
  return all;
}

}  // namespace nepho::exercise
