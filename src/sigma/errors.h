// What can be wrong with a Sigma document. Codes are stable; messages are not.
#pragma once

#include "base/result.h"

namespace nepho::sigma {

// Errors: the document is not run.
inline constexpr ErrorCode kMissingKey{"sigma.missing_key"};
inline constexpr ErrorCode kWrongType{"sigma.wrong_type"};
inline constexpr ErrorCode kUnknownModifier{"sigma.unknown_modifier"};
inline constexpr ErrorCode kBadModifiers{"sigma.bad_modifiers"};
inline constexpr ErrorCode kBadValue{"sigma.bad_value"};
inline constexpr ErrorCode kBadSelector{"sigma.bad_selector"};
inline constexpr ErrorCode kBadCondition{"sigma.bad_condition"};
inline constexpr ErrorCode kUnknownSelection{"sigma.unknown_selection"};
inline constexpr ErrorCode kOldAggregation{"sigma.old_aggregation"};
inline constexpr ErrorCode kMissingPlaceholder{"sigma.missing_placeholder"};
inline constexpr ErrorCode kBadPlaceholders{"sigma.bad_placeholders"};
inline constexpr ErrorCode kUnknownAction{"sigma.unknown_action"};
inline constexpr ErrorCode kTooMany{"sigma.too_many"};
inline constexpr ErrorCode kUnknownCorrelationType{"sigma.unknown_correlation_type"};
inline constexpr ErrorCode kUnknownCorrelationKey{"sigma.unknown_correlation_key"};
inline constexpr ErrorCode kBadTimespan{"sigma.bad_timespan"};
inline constexpr ErrorCode kUnknownRule{"sigma.unknown_rule"};
inline constexpr ErrorCode kAmbiguousRule{"sigma.ambiguous_rule"};
inline constexpr ErrorCode kBrokenReference{"sigma.broken_reference"};
inline constexpr ErrorCode kCorrelationLoop{"sigma.correlation_loop"};

// Warnings and notes: worth a look, the document is run.
inline constexpr ErrorCode kNotSigma{"sigma.not_sigma"};
inline constexpr ErrorCode kUnknownKey{"sigma.unknown_key"};
inline constexpr ErrorCode kUnknownWord{"sigma.unknown_word"};
inline constexpr ErrorCode kBadId{"sigma.bad_id"};
inline constexpr ErrorCode kDuplicateId{"sigma.duplicate_id"};
inline constexpr ErrorCode kUnusedSelection{"sigma.unused_selection"};
inline constexpr ErrorCode kSingleAll{"sigma.single_all"};
inline constexpr ErrorCode kNoPlaceholder{"sigma.no_placeholder"};
inline constexpr ErrorCode kFilterLeftOut{"sigma.filter_left_out"};
inline constexpr ErrorCode kHostBits{"sigma.host_bits"};
inline constexpr ErrorCode kTimeframe{"sigma.timeframe"};
inline constexpr ErrorCode kFilterWithoutRule{"sigma.filter_without_rule"};
inline constexpr ErrorCode kRepeatedReference{"sigma.repeated_reference"};
inline constexpr ErrorCode kUnusedAlias{"sigma.unused_alias"};
inline constexpr ErrorCode kPartialAlias{"sigma.partial_alias"};
inline constexpr ErrorCode kNoPercentile{"sigma.no_percentile"};
inline constexpr ErrorCode kArraySelector{"sigma.array_selector"};
inline constexpr ErrorCode kSplitElements{"sigma.split_elements"};

}  // namespace nepho::sigma
