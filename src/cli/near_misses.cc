#include "cli/near_misses.h"

#include <fmt/format.h>

#include "cli/print.h"
#include "report/near_misses.h"
#include "text/json_writer.h"

namespace nepho::cli {

NearMissWatches watch_near_misses(const Session& session, const plan::Plan& plan,
                                  stream::RunOptions& options) {
  NearMissWatches watches;
  if (!session.arguments().has("--near-misses")) return watches;
  for (std::size_t i = 0; i < options.num_threads; ++i) {
    watches.push_back(std::make_unique<detect::NearMisses>(plan));
    options.watches.push_back(watches.back().get());
  }
  return watches;
}

std::optional<std::vector<detect::SilentRule>> silent_rules(const NearMissWatches& watches) {
  if (watches.empty()) return std::nullopt;
  for (std::size_t i = 1; i < watches.size(); ++i) watches[0]->join(*watches[i]);
  return watches[0]->silent_rules();
}

void write_near_misses(Session& session, const plan::Plan& plan,
                       const std::vector<std::string>& files,
                       const std::optional<std::vector<detect::SilentRule>>& silent) {
  if (session.format() == "json") {
    text::JsonWriter json;
    if (silent) report::write_near_misses(plan, files, *silent, json);
    session.out().write(!silent ? "}\n" : fmt::format(",\"near_misses\":\n{}}}\n", json.text()));
  }
  if (!silent) return;
  const bool has_room = session.format() == "table" || session.format() == "markdown";
  if (has_room && !silent->empty()) {
    session.out().write("\n");
    print(session, report::near_miss_table(plan, *silent));
  }
  session.messages().note(fmt::format("{} rule{} never fired though their event came{}",
                                      silent->size(), silent->size() == 1 ? "" : "s",
                                      has_room || session.format() == "json" || silent->empty()
                                          ? ""
                                          : "; --summary FILE says why"));
}

}  // namespace nepho::cli
