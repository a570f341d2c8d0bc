#include "detect/stored_input.h"

#include <cstring>
#include <type_traits>

#include "base/check.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "text/json.h"

namespace nepho::detect {
namespace {

static_assert(std::is_trivially_copyable_v<StoredHead>);

// A length and the bytes; the length counts from 1, and 0 is "none".
void put(std::optional<std::string_view> text, std::string& out) {
  const auto size = text ? static_cast<std::uint32_t>(text->size() + 1) : 0;
  out.append(reinterpret_cast<const char*>(&size), sizeof size);
  if (text) out += *text;
}

std::optional<std::string_view> take(std::string_view& in) {
  std::uint32_t size = 0;
  CHECK(in.size() >= sizeof size);
  std::memcpy(&size, in.data(), sizeof size);
  in.remove_prefix(sizeof size);
  if (size == 0) return std::nullopt;
  CHECK(in.size() >= size - 1);
  const std::string_view text = in.substr(0, size - 1);
  in.remove_prefix(size - 1);
  return text;
}

void bound(std::string& text) {
  if (text.size() <= kMaxColumnBytes) return;
  const Hash128 whole = hash128(text);
  std::size_t kept = kMaxColumnBytes - 33;
  while (kept > 0 && (static_cast<unsigned char>(text[kept]) & 0xC0U) == 0x80U) --kept;
  text.resize(kept);
  text += '#' + to_hex(whole);
}

}  // namespace

void StoredInputs::clear() {
  heads.clear();
  begins.clear();
  texts.clear();
  num_untimed = 0;
}

void StoredInputs::append(const StoredHead& head, std::string_view its_texts) {
  heads.push_back(head);
  heads.back().num_bytes = static_cast<std::uint32_t>(its_texts.size());
  begins.push_back(texts.size());
  texts += its_texts;
}

void StoredInputs::drop_repeats() {
  std::size_t kept = 0;
  for (std::size_t i = 0; i < heads.size(); ++i) {
    if (heads[i].is_repeat) continue;
    heads[kept] = heads[i];
    begins[kept++] = begins[i];
  }
  heads.resize(kept);
  begins.resize(kept);
}

std::optional<std::string> column_value(std::span<const event::RawValue> values) {
  for (const event::RawValue& value : values) {
    if (value.type == text::JsonType::kNull) continue;
    std::string text;
    if (value.is_container()) {
      // Rare: the tree writes it in one form, whatever its blanks.
      const auto document = text::JsonDocument::parse(std::string(value.raw));
      if (!document) continue;
      text::append_compact(document->root(), text);
    } else {
      event::append_text(value, text);
    }
    bound(text);
    return text;
  }
  return std::nullopt;
}

void store_input(const Match& match, std::span<const event::FieldPath> columns,
                 const event::RecordView& view, std::vector<event::RawValue>& scratch,
                 StoredInputs& stored) {
  if (!match.time) {
    ++stored.num_untimed;
    return;
  }
  const std::size_t begin = stored.texts.size();
  for (const event::FieldPath& column : columns) {
    scratch.clear();
    view.resolve(column, scratch);
    put(column_value(scratch), stored.texts);
  }
  for (const std::string* shown : {&match.actor, &match.source_ip, &match.account, &match.event})
    put(*shown, stored.texts);
  stored.heads.push_back({*match.time, match.place, match.key, hash64(view.source()), match.rule,
                          match.source_plan, static_cast<std::uint32_t>(columns.size()),
                          static_cast<std::uint32_t>(stored.texts.size() - begin),
                          match.is_repeat});
  stored.begins.push_back(begin);
}

void read_texts(const StoredHead& head, std::string_view texts, StoredTexts& read) {
  read.columns.clear();
  for (std::uint32_t i = 0; i < head.num_columns; ++i) read.columns.push_back(take(texts));
  read.actor = take(texts).value_or("");
  read.source_ip = take(texts).value_or("");
  read.account = take(texts).value_or("");
  read.event = take(texts).value_or("");
}

}  // namespace nepho::detect
