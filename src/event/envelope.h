// Records inside a record: what services, queues and SIEMs wrap around the logs they deliver.
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.h"
#include "base/result.h"
#include "event/log_source.h"
#include "event/recognise.h"
#include "event/rows.h"

namespace nepho::event {

// One record found in a wrapping. `text` is JSON, one object, followed by text::kJsonPadding
// readable bytes when the wrapping was.
struct InnerRecord {
  std::string_view text;
  const LogSource* source = nullptr;  // nullptr: generic
  // Where it stands in the wrapping: of its first byte or, when it was packed in a string, of that
  // string's opening quote.
  std::size_t offset = 0;
};

// The records of one wrapping, in order. Views into the wrapping's text and into this object, which
// may be moved but not copied.
struct Unwrapped {
  std::vector<InnerRecord> records;
  std::deque<std::string> decoded;  // what was packed in strings
  // Elements of a list of records that are no objects, and rows of a table that there was no room
  // for, left out of `records`.
  std::size_t num_not_objects = 0;

  Unwrapped() = default;
  Unwrapped(Unwrapped&&) = default;
  Unwrapped& operator=(Unwrapped&&) = default;
};

// Deepest wrapping in wrapping looked into: SQS around SNS around EventBridge around Records is
// four.
inline constexpr std::size_t kMaxEnvelopeDepth = 8;

// The records in `text`, one JSON object that may be a wrapping, or a string that holds one, or an
// array of either:
//   - a list of records ("Records", "value", "hits.hits", ...; event/envelope_keys.h), of objects
//     or of strings that hold one, when only an envelope's heads stand before it or its first
//     element leads to something known; within an object that is one of the members below, only
//     then;
//   - one record in a member ("detail", "_source", "CloudTrailEvent", "event.original", "_raw",
//     "Message", "body", ...), an object or a string that holds one, when what is in it is known;
//     of several such members the first that leads to something known;
//   - several records in such a member: an array, or a text of objects or lines, when the first
//     leads to something known;
//   - the rows of a table, as Log Analytics, CloudWatch Logs Insights, CloudTrail Lake and Athena
//     answer;
//   - the lines of a stream, as Loki has them;
//   - one record in a string under any other key, when what is in it is known, and none of these is
//     there; the first 16 strings that hold an object are looked into;
//   - any of these in another, up to kMaxEnvelopeDepth.
// A payload may also be a line of text, where `lines` knows its form, or packed
// (event/packed_payload.h).
// An object that is recognised, or wraps nothing known, is its own only record; so is one whose
// payload would bring what was unpacked beyond 64 MiB. Fails when `text` is no JSON.
// Cost: builds a tree of the whole text; for the slow path.
Result<Unwrapped> unwrap(std::string_view text, const std::vector<Recognition>& order,
                         const LineForms* lines = nullptr, const Limits& limits = kDefaultLimits);

}  // namespace nepho::event
