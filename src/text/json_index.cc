// simdjson is used for its first stage alone (Langdale and Lemire, "Parsing Gigabytes of JSON per
// Second", VLDB Journal 28, 2019, section 3): which of 64 bytes are quotes, operators or white
// space is found by vector compares, what lies inside strings by a carry-less product over the
// quotes. Its second stage builds a tree of its own form, with one error for a whole text; ours are
// in json.cc and event/.
#include "text/json_index.h"

#include <simdjson.h>

#include <algorithm>
#include <limits>
#include <utility>

namespace nepho::text {

static_assert(kJsonPadding >= simdjson::SIMDJSON_PADDING);

struct JsonIndexer::Stage {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> parser;
  std::size_t capacity = 0;
};

JsonIndexer::JsonIndexer() : stage_(std::make_unique<Stage>()) {}
JsonIndexer::JsonIndexer(JsonIndexer&&) noexcept = default;
JsonIndexer& JsonIndexer::operator=(JsonIndexer&&) noexcept = default;
JsonIndexer::~JsonIndexer() = default;

namespace {

std::unexpected<Error> refuse(simdjson::error_code error) {
  switch (error) {
    case simdjson::UTF8_ERROR: return fail(kJsonBadUtf8, "the text is not valid UTF-8");
    case simdjson::UNCLOSED_STRING: return fail(kJsonOpenString, "a string has no closing quote");
    case simdjson::UNESCAPED_CHARS:
      return fail(kJsonControlInString, "a string holds an unescaped control character");
    default: return fail(kJsonTooLong, simdjson::error_message(error));
  }
}

}  // namespace

Result<std::span<const std::uint32_t>> JsonIndexer::index(std::string_view text) {
  if (text.empty()) return std::span<const std::uint32_t>{};
  if (text.size() >= std::numeric_limits<std::uint32_t>::max() - kJsonPadding) {
    return fail(kJsonTooLong, "a JSON text must be shorter than 4 GiB");
  }
  if (stage_->capacity < text.size()) {
    // Grows by doubling, so that many texts of slowly growing size cost one allocation each
    // doubling.
    const std::size_t capacity =
        std::max({text.size(), 2 * stage_->capacity, std::size_t{1} << 16U});
    const auto error = simdjson::get_active_implementation()->create_dom_parser_implementation(
        capacity, 1, stage_->parser);
    if (error) return refuse(error);
    stage_->capacity = capacity;
  }
  const auto error = stage_->parser->stage1(reinterpret_cast<const std::uint8_t*>(text.data()),
                                            text.size(), simdjson::stage1_mode::regular);
  if (error == simdjson::EMPTY) return std::span<const std::uint32_t>{};
  if (error) return refuse(error);
  return std::span<const std::uint32_t>(stage_->parser->structural_indexes.get(),
                                        stage_->parser->n_structural_indexes);
}

std::span<const std::uint32_t> JsonIndexer::narrow(std::size_t begin, std::size_t end) {
  if (stage_->parser == nullptr || begin == end) return {};
  std::uint32_t* const all = stage_->parser->structural_indexes.get();
  std::uint32_t& num_all = stage_->parser->n_structural_indexes;
  std::uint32_t* const first = std::lower_bound(all, all + num_all, begin);
  std::uint32_t* const last = std::lower_bound(first, all + num_all, end);
  const auto shift = static_cast<std::uint32_t>(begin);
  if (begin != 0) std::transform(first, last, all, [&](std::uint32_t at) { return at - shift; });
  num_all = static_cast<std::uint32_t>(last - first);
  all[num_all] = all[num_all + 1] = static_cast<std::uint32_t>(end - begin);
  return {all, num_all};
}

}  // namespace nepho::text
