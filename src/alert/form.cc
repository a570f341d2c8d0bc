#include "alert/form.h"

#include <algorithm>
#include <iterator>

#include "alert/text_values.h"
#include "event/field_path.h"
#include "event/path_marks.h"
#include "event/recognise.h"
#include "text/cidr.h"
#include "text/fold.h"
#include "text/timestamp.h"

namespace nepho::alert {
namespace {

using event::InnerDocuments;
using text::JsonDocument;
using text::JsonType;
using text::JsonValue;

bool is_in_form(const JsonValue& record, const Form& form) {
  return std::ranges::any_of(form.signs, [&](const std::vector<event::Sign>& group) {
    return std::ranges::all_of(group,
                               [&](const event::Sign& sign) { return event::bears(record, sign); });
  });
}

// Reads the values of one record, in one form.
class Reader {
 public:
  Reader(const JsonValue& record, const Form& form) : record_(record), form_(form) {}

  Alert read(Place place) {
    Alert alert{.form = form_.name,
                .product = first(form_.raised_by),
                .id = first(form_.id),
                .rule = first(form_.rule),
                .title = first(form_.title),
                .severity = text::fold_case(first(form_.severity)),
                .techniques = techniques(),
                .accounts = all(form_.accounts),
                .actors = all(form_.actors),
                .addresses = addresses(),
                .ids_within = ids(),
                .time = time(form_.time),
                .seen_from = time(form_.seen_from),
                .seen_to = time(form_.seen_to),
                .place = std::move(place)};
    if (alert.product.empty()) alert.product = form_.product;
    if (form_.is_of_sentinel) {
      std::vector<std::string> uuids;
      add_uuids(alert.rule, uuids);
      if (!uuids.empty()) alert.rule = uuids.back();
      add_mail_names(alert.actors);
    }
    return alert;
  }

 private:
  // The scalars at `path`, lists opened; null is none.
  std::vector<std::string_view> texts(const std::string& path) {
    std::vector<std::string_view> found;
    for (const JsonValue& hit : event::resolve(record_, path, kMaxIds, &inner_)) {
      for (const JsonValue& value : event::elements_of(hit)) {
        if (!value.is_container() && value.type() != JsonType::kNull) found.push_back(value.text());
      }
    }
    return found;
  }

  std::string first(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      for (const std::string_view text : texts(path)) {
        if (std::string value = bounded(text); !value.empty()) return value;
      }
    }
    return {};
  }

  std::vector<std::string> all(const std::vector<std::string>& paths) {
    std::vector<std::string> values;
    for (const std::string& path : paths) {
      for (const std::string_view text : texts(path)) add_value(text, values);
    }
    return values;
  }

  std::vector<std::string> techniques() {
    std::vector<std::string> ids;
    for (const std::string& path : form_.techniques) {
      for (const std::string_view text : texts(path)) add_techniques(text, ids);
    }
    std::ranges::sort(ids);
    if (form_.names_parents) keep_most_exact(ids);
    return ids;
  }

  // Where products name a host in the same place, it is left out.
  std::vector<std::string> addresses() {
    std::vector<std::string> values = all(form_.addresses);
    std::erase_if(
        values, [](const std::string& value) { return !text::Address::parse(value).has_value(); });
    return values;
  }

  std::vector<std::string> ids() {
    std::vector<std::string> values;
    for (const std::string& path : form_.event_ids) {
      for (const std::string_view text : texts(path)) {
        add_value(text::fold_case(bounded(text)), values, kMaxIds);
      }
    }
    add_uuids(record_.source(), values);
    return values;
  }

  std::optional<Instant> time(const std::vector<std::string>& paths) {
    for (const std::string& path : paths) {
      for (const std::string_view text : texts(path)) {
        if (const auto read = text::parse_timestamp(bounded(text))) return read->time;
      }
    }
    return std::nullopt;
  }

  // "a.schmidt" and "example.com" of one entity are "a.schmidt@example.com" elsewhere.
  static void add_mail_name(const JsonValue& entity, std::vector<std::string>& actors) {
    for (const auto& [name, domain] :
         {std::pair{"Name", "UPNSuffix"}, std::pair{"accountName", "upnSuffix"}}) {
      const auto user = entity.string_at(name);
      const auto suffix = entity.string_at(domain);
      if (user.empty() || suffix.empty()) continue;
      add_value(std::string(user) + "@" + std::string(suffix), actors);
    }
  }

  void add_mail_names(std::vector<std::string>& actors) {
    for (const char* path : {"Entities", "properties.entities.properties"}) {
      for (const JsonValue& hit : event::resolve(record_, path, kMaxValues, &inner_)) {
        for (const JsonValue& entity : event::elements_of(hit)) {
          if (entity.is_object()) add_mail_name(entity, actors);
          if (entity.is_string()) add_mail_names_inside(entity.text(), actors);
        }
      }
    }
  }

  static void add_mail_names_inside(std::string_view json, std::vector<std::string>& actors) {
    const auto document = JsonDocument::parse(std::string(json));
    if (!document) return;
    for (const JsonValue& entity : event::elements_of(document->root())) {
      if (entity.is_object()) add_mail_name(entity, actors);
    }
  }

  const JsonValue& record_;
  const Form& form_;
  InnerDocuments inner_;
};

}  // namespace

std::string inside(std::string_view string_path, std::string_view rest) {
  return std::string(string_path) + '.' + event::kJsonMark + '.' + std::string(rest);
}

const std::vector<Form>& all_forms() {
  static const std::vector<Form> all = [] {
    std::vector<Form> forms;
    for (auto* family : {ocsf_forms, elastic_forms, microsoft_forms, aws_forms, detonation_forms,
                         splunk_forms, table_forms}) {
      std::ranges::move(family(), std::back_inserter(forms));
    }
    return forms;
  }();
  return all;
}

std::optional<Alert> read_alert(const JsonValue& record, Place place) {
  if (!record.is_object()) return std::nullopt;
  for (const Form& form : all_forms()) {
    if (is_in_form(record, form)) return Reader(record, form).read(std::move(place));
  }
  return std::nullopt;
}

}  // namespace nepho::alert
