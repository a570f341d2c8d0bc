// The records of a play with their values, for whoever looks into or changes them all.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "event/rows.h"
#include "exercise/mutation.h"
#include "exercise/play.h"
#include "exercise/record_values.h"

namespace nepho::exercise {

struct PlayedRecord {
  Record record;                       // as it was played
  std::optional<RecordValues> values;  // what is changed; nothing where it cannot be read
};
using Played = std::vector<PlayedRecord>;

Played read_play(std::vector<Record> records, const event::LineForms& forms);
// The records with their values as they are now.
std::vector<Record> written(const Played& played);

// Whether a record of `log_source` ("aws.cloudtrail.s3_data") belongs to `wanted` or a part of it.
bool is_of_log_source(std::string_view log_source, std::string_view wanted);
// Whether all of the tests hold.
bool holds(const std::vector<Wanted>& where, const Tree& values);

// Calls `visit(PlayedRecord&, RecordValues&, n)` with each record that the edit is for; `n` counts
// them from 0.
template <typename Visit>
void each_edited(const Edit& edit, Played& played, const Visit& visit) {
  std::size_t n = 0;
  for (PlayedRecord& record : played) {
    if (!record.values || !is_of_log_source(record.record.log_source, edit.log_source)) continue;
    if (holds(edit.where, record.values->root())) visit(record, *record.values, n++);
  }
}

}  // namespace nepho::exercise
