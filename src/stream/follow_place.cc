#include "stream/follow_place.h"

#include <charconv>
#include <optional>
#include <utility>

#include "text/base64.h"
#include "text/json.h"
#include "text/json_writer.h"

namespace nepho::stream {
namespace {

constexpr std::string_view kSchema = "nephometer/follow/1";
constexpr std::size_t kHashDigits = 32;

std::optional<std::uint64_t> number_at(const text::JsonValue& object, std::string_view key) {
  const auto value = object.find(key);
  if (!value || value->type() != text::JsonType::kNumber) return std::nullopt;
  const std::string_view digits = value->text();
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

// Whether the object is a place that can be right.
bool read_place(const text::JsonValue& object, FollowPlace& place) {
  place.path = object.string_at("path");
  place.is_whole = object.flag_at("whole");
  place.head_hash = object.string_at("head_hash");
  const std::pair<std::string_view, std::uint64_t*> numbers[] = {
      {"device", &place.device}, {"inode", &place.inode},       {"offset", &place.offset},
      {"line", &place.line},     {"events", &place.num_events}, {"head_bytes", &place.head_bytes},
  };
  for (const auto& [key, number] : numbers) {
    const auto read = number_at(object, key);
    if (!read) return false;
    *number = *read;
  }
  return !place.path.empty() && place.head_bytes <= kMaxHeadBytes &&
         place.head_bytes <= place.offset && place.head_hash.size() == kHashDigits;
}

// Eight bytes each, the least first, in base64: a million are eleven megabytes.
constexpr std::size_t kSeenBytes = 8;
constexpr std::size_t kMostSeen = detect::SeenEvents::kDefaultWindow;

std::string packed(const std::vector<std::uint64_t>& seen) {
  std::string bytes;
  bytes.reserve(kSeenBytes * seen.size());
  for (const std::uint64_t fingerprint : seen) {
    for (unsigned shift = 0; shift < 64; shift += 8) {
      bytes += static_cast<char>(fingerprint >> shift & 0xFFU);
    }
  }
  return text::to_base64(bytes);
}

// Whether the text can be what packed() made.
bool unpack(std::string_view text, std::vector<std::uint64_t>& seen) {
  if (text.size() > 2 * kSeenBytes * kMostSeen) return false;
  const auto bytes = text::from_base64(text);
  if (!bytes || bytes->size() % kSeenBytes != 0) return false;
  if (bytes->size() > kSeenBytes * kMostSeen) return false;
  for (std::size_t at = 0; at < bytes->size(); at += kSeenBytes) {
    std::uint64_t fingerprint = 0;
    for (std::size_t i = kSeenBytes; i-- > 0;) {
      fingerprint = fingerprint << 8U | static_cast<unsigned char>((*bytes)[at + i]);
    }
    if (fingerprint % 2 == 0) return false;  // SeenEvents::Kept
    seen.push_back(fingerprint);
  }
  return true;
}

// A file of an earlier build of the program has none.
bool read_seen(const text::JsonValue& root, detect::SeenEvents::Kept& seen) {
  const auto object = root.find("seen");
  if (!object) return true;
  return object->is_object() && unpack(object->string_at("earlier"), seen.earlier) &&
         unpack(object->string_at("latest"), seen.latest);
}

}  // namespace

std::string write_places(const FollowPlaces& places) {
  text::JsonWriter json(2);
  json.begin_object().member("schema", kSchema).key("files").begin_array();
  for (const FollowPlace& place : places.files) {
    json.begin_object().member("path", place.path).member("device", place.device);
    json.member("inode", place.inode).member("whole", place.is_whole);
    json.member("offset", place.offset).member("line", place.line);
    json.member("events", place.num_events).member("head_bytes", place.head_bytes);
    json.member("head_hash", place.head_hash).end_object();
  }
  json.end_array();
  json.key("seen").begin_object().member("earlier", packed(places.seen.earlier));
  json.member("latest", packed(places.seen.latest)).end_object().end_object();
  return json.take() + '\n';
}

Result<FollowPlaces> read_places(std::string bytes, const std::string& file) {
  const auto refuse = [&](std::string why) {
    return fail(kNotPlaces, std::move(why), Place{.file = file},
                "name another file with --place, or delete this one to begin anew");
  };
  const auto document = text::JsonDocument::parse(std::move(bytes), file);
  if (!document || document->root().string_at("schema") != kSchema)
    return refuse("this is no file of places of 'nepho detect --follow', or of another version");
  const auto files = document->root().find("files");
  if (!files || !files->is_array()) return refuse("the file of places has no list of files");
  FollowPlaces places;
  for (const text::JsonValue& object : files->children()) {
    if (!read_place(object, places.files.emplace_back()))
      return refuse("the file of places has an entry that cannot be right");
  }
  if (!read_seen(document->root(), places.seen))
    return refuse("what the file of places says of events seen cannot be right");
  return places;
}

}  // namespace nepho::stream
