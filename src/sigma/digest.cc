// The rule is written down as one text in which no two rules look alike, and that is hashed. The
// text is never kept: its form may change with a release, at the price that all evidence expires.
#include "sigma/digest.h"

#include <fmt/format.h>

#include <iterator>
#include <string_view>

#include "base/hash.h"

namespace nepho::sigma {
namespace {

// Each text with its length in front, so that none runs into the next.
void put(std::string& out, std::string_view text) {
  fmt::format_to(std::back_inserter(out), "{}:{}", text.size(), text);
}

void put(std::string& out, const text::WildcardPattern& pattern) {
  using Kind = text::WildcardPattern::Kind;
  for (const auto& piece : pattern.pieces()) {
    if (piece.kind == Kind::kLiteral) {
      put(out, piece.literal);
    } else {
      out += piece.kind == Kind::kAnyRun ? '*' : '?';
    }
  }
}

// One overload a kind of value, with a letter of its own in front. A kind that is added without one
// does not compile.
struct ValueWriter {
  std::string& out;

  void operator()(const TextValue& value) const {
    out += value.cased ? 'T' : 't';
    put(out, value.pattern);
    if (value.number) put(out, to_string(*value.number));
  }
  void operator()(const NullValue&) const { out += '0'; }
  void operator()(const RegexValue& value) const {
    out += 'r';
    put(out, value.regex.source());
  }
  void operator()(const NetworkValue& value) const {
    const text::Address& base = value.network.base;
    fmt::format_to(std::back_inserter(out), "n{:d}/{}:", base.is_v4, value.network.prefix_bits);
    for (const auto byte : base.bytes) fmt::format_to(std::back_inserter(out), "{:02x}", byte);
  }
  void operator()(const NumberValue& value) const {
    fmt::format_to(std::back_inserter(out), "c{}", static_cast<int>(value.comparison));
    put(out, to_string(value.number));
  }
  void operator()(const ExistsValue& value) const { out += value.expected ? "e1" : "e0"; }
  void operator()(const FieldValue& value) const {
    fmt::format_to(std::back_inserter(out), "f{:d}{:d}{:d}{:d}", value.starts_with, value.ends_with,
                   value.contains, value.cased);
    put(out, value.field);
  }
  void operator()(const TimePartValue& value) const {
    const int comparison = value.comparison ? static_cast<int>(*value.comparison) : -1;
    fmt::format_to(std::back_inserter(out), "p{},{},{};", static_cast<int>(value.part), comparison,
                   value.number);
  }
};

void put(std::string& out, const Expression& root, const std::vector<Item>& items);

// An array test recurses as deep as its parser let it (Limits::max_condition_depth).
void put(std::string& out, const Item& item) {
  fmt::format_to(std::back_inserter(out), "i{:d}{:d}", item.all, item.negated);
  put(out, item.field);
  fmt::format_to(std::back_inserter(out), "{}[", item.values.size());
  for (const Value& value : item.values) std::visit(ValueWriter{out}, value);
  out += ']';
  if (!item.array) return;
  out += 'a';
  put(out, to_string(item.array->selector));
  put(out, item.array->condition, item.array->items);
}

// The tree in the order of the rule, without recursion: rules are outside data.
void put(std::string& out, const Expression& root, const std::vector<Item>& items) {
  std::vector<const Expression*> open{&root};
  while (!open.empty()) {
    const Expression& node = *open.back();
    open.pop_back();
    if (node.kind == Expression::Kind::kItem) {
      put(out, items[node.item]);
      continue;
    }
    // The number of children makes the text readable one way only.
    fmt::format_to(std::back_inserter(out), "{}({})", static_cast<int>(node.kind),
                   node.children.size());
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child) {
      open.push_back(&*child);
    }
  }
}

// What our own types are told; nothing of the standard's, whose digests stay what they were.
void put(std::string& out, const BehaviourOptions& options) {
  const auto back = std::back_inserter(out);
  if (options.memory) fmt::format_to(back, "m{}", options.memory->count());
  if (options.minimum != 0) fmt::format_to(back, "n{}", options.minimum);
  if (options.distance_km != 0) fmt::format_to(back, "k{}", options.distance_km);
  if (options.denials) {
    fmt::format_to(back, "d{}", *options.denials);
    put(out, options.denied_field);
  }
}

// Names of rules and aliases do not count: the digests of the rules stand for the former, fields in
// their order for the latter.
void put(std::string& out, const Correlation& correlation) {
  const auto back = std::back_inserter(out);
  fmt::format_to(back, "C{},{},{},{}", static_cast<int>(correlation.type),
                 correlation.timespan.count(), correlation.percentile, correlation.digests.size());
  for (std::size_t i = 0; i < correlation.digests.size(); ++i) {
    put(out, correlation.digests[i]);
    const auto target = correlation.rules[i].target;
    for (const auto* fields : {&correlation.group_by, &correlation.fields}) {
      fmt::format_to(back, "{}[", fields->size());
      for (const std::string& field : *fields) {
        const CorrelationAlias* alias = correlation.find_alias(field);
        const std::string* other = alias != nullptr && target ? alias->field_of(*target) : nullptr;
        put(out, other != nullptr ? *other : field);
      }
    }
  }
  for (const Threshold& threshold : correlation.thresholds)
    fmt::format_to(back, "t{},{}", static_cast<int>(threshold.relation), threshold.limit);
  put(out, correlation.behaviour);
  if (!correlation.expression) return;
  std::vector<const Expression*> open{&*correlation.expression};
  while (!open.empty()) {
    const Expression& node = *open.back();
    open.pop_back();
    fmt::format_to(back, "{}({},{})", static_cast<int>(node.kind), node.item, node.children.size());
    for (auto child = node.children.rbegin(); child != node.children.rend(); ++child)
      open.push_back(&*child);
  }
}

}  // namespace

std::string digest_of(const Rule& rule) {
  std::string out;
  if (rule.correlation) {
    put(out, *rule.correlation);
    return to_hex(hash128(out));
  }
  for (const auto* part :
       {&rule.logsource.product, &rule.logsource.category, &rule.logsource.service}) {
    put(out, *part);
  }
  put(out, rule.condition, rule.items);
  return to_hex(hash128(out));
}

}  // namespace nepho::sigma
