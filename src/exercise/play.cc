#include "exercise/play.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "exercise/draws.h"
#include "exercise/errors.h"
#include "exercise/functions.h"
#include "exercise/random.h"
#include "exercise/template.h"
#include "text/json_writer.h"
#include "text/yaml_json.h"

namespace nepho::exercise {
namespace {

using std::chrono::seconds;

// Of one play: ten thousand ordinary records. A procedure that asks for more is a mistake.
constexpr std::size_t kMaxPlayBytes = std::size_t{64} << 20U;
// A session opened by a session, and so on; STS chains roles once in practice.
constexpr std::size_t kMaxSessionDepth = 4;
// CloudTrail delivers about every five minutes (user guide, "How CloudTrail works").
constexpr std::chrono::minutes kDelivery{5};

Instant delivery_of(Instant time) {
  return std::chrono::ceil<std::chrono::minutes>(
      Instant(kDelivery * (time.time_since_epoch() / kDelivery + 1)));
}

// All records of one delivery and place draw the same letters for their file's name.
std::uint64_t seed_of_delivery(std::uint64_t seed, Instant delivery) {
  return seed_for(seed, fmt::format("delivery/{}", delivery.time_since_epoch().count()));
}

// One call by one principal at one time.
struct Call {
  const Step& step;
  const Operation& operation;
  const Principal& principal;
  From from;
  std::size_t n = 1;  // of the repetition, from 1
  Instant time;
  bool is_setup = false;
};

// The names that hold in one record, added one after another. With `holes` what functions put in
// is noted there, and marks are put in its place.
class RecordScope {
 public:
  using Holes = std::vector<Mould::Hole>;
  RecordScope(Draws& draws, std::uint64_t seed, Instant time, Holes* holes)
      : draws_(draws), random_(seed), time_(time), holes_(holes) {}

  void set(std::string_view name, Tree value) { names_[std::string(name)] = std::move(value); }
  const Tree* find(std::string_view name) const {
    const auto found = names_.find(name);
    return found == names_.end() ? nullptr : &found->second;
  }

  Result<std::optional<Tree>> look_up(const Piece& piece) {
    const std::size_t dot = piece.text.find('.');
    if (const Tree* root = find(std::string_view(piece.text).substr(0, dot))) {
      const auto path = dot == std::string::npos ? std::string_view{}
                                                 : std::string_view(piece.text).substr(dot + 1);
      const Tree* at = at_path(*root, path);
      return at == nullptr ? std::nullopt : std::optional(*at);
    }
    auto drawn = drawn_text(piece.text, piece.argument, random_);
    if (!drawn) return std::unexpected(drawn.error());
    if (*drawn) {
      return text_tree(put_in({piece.text, piece.argument, std::nullopt}, **std::move(drawn)));
    }
    auto written = written_time(piece.text, piece.argument, time_);
    if (!written || *written) return written;
    if (!draws_.knows(piece.text)) return std::nullopt;
    return draws_.value(piece.text).transform([](std::string value) {
      return std::optional(text_tree(std::move(value)));
    });
  }

  Result<std::optional<Tree>> written_time(std::string_view function, std::string_view argument,
                                           Instant time) {
    auto written = time_text(function, argument, time);
    if (!written) return std::unexpected(written.error());
    if (!*written) return std::nullopt;
    return text_tree(
        put_in({std::string(function), std::string(argument), time}, **std::move(written)));
  }

 private:
  std::string put_in(Mould::Hole hole, std::string made) {
    if (holes_ == nullptr) return made;
    holes_->push_back(std::move(hole));
    return Mould::mark(holes_->size() - 1);
  }

  Draws& draws_;
  Random random_;
  Instant time_;
  Holes* holes_;
  std::map<std::string, Tree, std::less<>> names_;
};

class Player {
 public:
  Player(const Scenario& scenario, const Stage& stage, std::string_view label)
      : scenario_(scenario),
        stage_(stage),
        seed_(seed_for(stage.seed, label)),
        draws_(stage.provider.values, scenario.values, stage.context, seed_),
        now_(stage.start) {
    const auto wrapping = stage.provider.wrappings.find(stage.wrapping);
    if (wrapping == stage.provider.wrappings.end()) return;
    wrapping_ = &wrapping->second;
    wrapped_form_.delivered_as = wrapping_->delivered_as;
  }

  Result<std::vector<Record>> run() {
    if (auto played = play_steps(); !played) return std::unexpected(std::move(played.error()));
    std::ranges::stable_sort(records_, {}, &Record::time);
    return std::move(records_);
  }

  Result<std::vector<CastRecord>> run_for_moulds() {
    casts_.emplace();
    if (auto played = play_steps(); !played) return std::unexpected(std::move(played.error()));
    std::ranges::stable_sort(*casts_, {}, &CastRecord::time);
    return *std::move(casts_);
  }

 private:
  Result<void> play_steps() {
    for (std::size_t i = 0; i < scenario_.steps.size(); ++i) {
      const Step& step = scenario_.steps[i];
      if (step.after) {
        now_ += *step.after;
      } else if (i != 0) {
        now_ += drawn_gap(3, 20);
      }
      if (auto played = play_step(step); !played) {
        Error error = std::move(played.error());
        if (error.place == Place{}) error.place = step.place;
        return std::unexpected(std::move(error));
      }
    }
    return {};
  }

  seconds drawn_gap(std::size_t least, std::size_t most) {
    Random random(seed_for(seed_, fmt::format("gap/{}", num_gaps_++)));
    return seconds(least + random.below(most - least + 1));
  }

  Result<void> play_step(const Step& step) {
    bool is_first = true;
    for (std::size_t n = 1; n <= step.times; ++n) {
      for (const std::string& id : step.calls) {
        if (!std::exchange(is_first, false)) now_ += step.every ? *step.every : drawn_gap(1, 3);
        const auto operation = stage_.provider.operations.find(id);
        const Principal* principal = principal_of(step);
        if (operation == stage_.provider.operations.end() || principal == nullptr) {
          return fail(kUnknownName, "the step names no operation or no principal that is known");
        }
        const From from = from_of(step, *principal);
        if (auto opened = open_session(*principal, from, 0); !opened) return opened;
        const Call call{step, operation->second, *principal, from, n, now_};
        if (auto made = add_record(call); !made) return made;
      }
    }
    return {};
  }

  const Principal* principal_of(const Step& step) const {
    const auto found = stage_.provider.principals.find(step.as.empty() ? scenario_.as : step.as);
    return found == stage_.provider.principals.end() ? nullptr : &found->second;
  }

  // What the step says, then what the scenario says of its own principal, then the principal.
  From from_of(const Step& step, const Principal& principal) const {
    From from = step.from;
    const bool is_own = step.as.empty() || step.as == scenario_.as;
    const auto fill = [](std::string& part, const std::string& other) {
      if (part.empty()) part = other;
    };
    if (is_own) fill(from.address, scenario_.from.address);
    if (is_own) fill(from.agent, scenario_.from.agent);
    fill(from.address, principal.from.address);
    fill(from.agent, principal.from.agent);
    return from;
  }

  // Notes since when the principal is signed in; where a call opened its session, plays that call,
  // from where the session is used unless it says otherwise (a service hands out its roles itself).
  Result<void> open_session(const Principal& principal, const From& from, std::size_t depth) {
    if (opened_.contains(principal.name)) return {};
    if (depth >= kMaxSessionDepth) {
      return fail(kTooDeep, "sessions open each other in a circle: " + principal.name);
    }
    const Step* step = principal.opened_by ? &*principal.opened_by : nullptr;
    const Instant time =
        now_ - (step != nullptr && step->after ? *step->after : drawn_gap(120, 2'400));
    opened_[principal.name] = time;
    if (step == nullptr) return {};
    const auto operation = stage_.provider.operations.find(step->calls.front());
    const Principal* opener = principal_of(*step);
    if (operation == stage_.provider.operations.end() || opener == nullptr) {
      return fail(kUnknownName, "a session is opened by nobody that is known: " + principal.name);
    }
    From opening = step->from;
    if (opening.address.empty()) opening.address = from.address;
    if (opening.agent.empty()) opening.agent = from.agent;
    if (auto opened = open_session(*opener, opening, depth + 1); !opened) return opened;
    return add_record({*step, operation->second, *opener, opening, 1, time, true});
  }

  // The operation's attributes with all that is laid over them, not yet expanded.
  Tree attributes_of(const Call& call) const {
    Tree attributes = call.operation.attributes;
    lay_over(attributes, call.principal.attributes);
    lay_over(attributes, call.step.attributes);
    if (call.step.error.empty()) return attributes;
    // Last: what a refused call asked for is often not recorded, whatever it was.
    const auto& refusals = stage_.provider.refusals;
    const bool is_refused = std::ranges::find(refusals, call.step.error) != refusals.end();
    lay_over(attributes, is_refused ? call.operation.on_refusal : stage_.provider.on_error);
    return attributes;
  }

  Result<void> add_record(const Call& call) {
    const auto seed = seed_for(seed_, fmt::format("record/{}", records_.size()));
    RecordScope::Holes holes;
    RecordScope scope(draws_, seed, call.time, casts_ ? &holes : nullptr);
    Expander expander([&](const Piece& piece) { return scope.look_up(piece); });
    set_call(call, scope);
    for (const auto fill : {&Player::set_caller, &Player::set_attributes, &Player::set_error}) {
      if (auto filled = (this->*fill)(call, expander, scope); !filled) return filled;
    }
    const LogForm& form = form_of(scope);
    const auto expanded = expander.tree(form.record);
    if (!expanded) return std::unexpected(expanded.error());
    const auto overlay = expander.tree(call.step.record);
    if (!overlay) return std::unexpected(overlay.error());
    Tree record = expanded->value_or(Tree{});
    if (*overlay && !call.step.record.members.empty()) lay_over(record, **overlay);
    std::string text = record.is_scalar() ? record.text : text::json_of_yaml(record);
    const bool is_wrapped = wrapping_ != nullptr && &form == &stage_.provider.form;
    if (is_wrapped) {
      if (auto done = wrap(scope, expander, text); !done) return done;
    }
    const LogForm& handed_out = is_wrapped ? wrapped_form_ : form;
    if (!casts_) return keep(call, scope, handed_out, std::move(text));
    num_bytes_ += text.size();
    casts_->push_back({.text = Mould(text, std::move(holes)), .time = call.time, .seed = seed});
    // The order of records is that of their numbers: of them their seeds are made.
    return keep(call, scope, handed_out, {});
  }

  // Makes a record the line of what hands it out.
  Result<void> wrap(RecordScope& scope, Expander& expander, std::string& text) const {
    std::string quoted;
    text::append_json_quoted(text, quoted);
    scope.set("record", text_tree(std::move(text)));
    scope.set("record_json", text_tree(std::move(quoted)));
    auto line = expander.text(wrapping_->wrapped);
    if (!line) return std::unexpected(line.error());
    text = *std::move(line);
    return {};
  }

  const LogForm& form_of(const RecordScope& scope) const {
    const Tree* name = scope.find("form");
    return stage_.provider.form_named(name == nullptr ? "" : name->text);
  }

  Result<void> keep(const Call& call, const RecordScope& scope, const LogForm& form,
                    std::string text) {
    RecordScope::Holes holes;
    const auto path = delivered_as(call, scope, form, casts_ ? &holes : nullptr);
    if (!path) return std::unexpected(path.error());
    num_bytes_ += text.size();
    if (num_bytes_ > kMaxPlayBytes) {
      return fail(kTooLarge, "the scenario makes more than a play may hold");
    }
    const Tree* log_source = scope.find("log_source");
    records_.push_back({std::move(text), call.time, log_source != nullptr ? log_source->text : "",
                        *path, form.envelope, call.is_setup});
    if (!casts_) return {};
    CastRecord& made = casts_->back();
    made.delivered_as = Mould(*path, std::move(holes));
    made.place_seed = seed_;
    made.other = records_.back();
    return {};
  }

  static void set_call(const Call& call, RecordScope& scope) {
    const Operation& operation = call.operation;
    scope.set("service", text_tree(operation.service));
    scope.set("operation", text_tree(operation.name));
    scope.set("action", text_tree(operation.id));
    scope.set("cli_command", text_tree(operation.service + "." + dashed(operation.name)));
    scope.set("n", plain_tree(std::to_string(call.n)));
    scope.set("error", call.step.error.empty() ? plain_tree("null") : text_tree(call.step.error));
  }

  Result<void> set_caller(const Call& call, Expander& expander, RecordScope& scope) {
    const auto opened = opened_.find(call.principal.name);
    const Instant since = opened == opened_.end() ? call.time : opened->second;
    scope.set("session_time", *scope.written_time("time", "", since).value());
    const auto& provider = stage_.provider;
    const auto named = [](const auto& names, const std::string& name) {
      const auto found = names.find(name);
      return found == names.end() ? name : found->second;
    };
    for (const auto& [name, source] :
         {std::pair{"address", named(provider.addresses, call.from.address)},
          std::pair{"agent", named(provider.agents, call.from.agent)}}) {
      auto text = expander.text(source);
      if (!text) return std::unexpected(text.error());
      scope.set(name, text_tree(*std::move(text)));
    }
    auto identity = expander.tree(call.principal.identity);
    if (!identity) return std::unexpected(identity.error());
    scope.set("identity", identity->value_or(plain_tree("null")));
    return {};
  }

  // In their order, so that an answer can say what was asked for.
  Result<void> set_attributes(const Call& call, Expander& expander, RecordScope& scope) {
    const Tree attributes = attributes_of(call);
    for (const std::string& name : stage_.provider.attributes) {
      const Tree* source = attributes.find(name);
      auto value = source == nullptr ? std::optional<Tree>{} : expander.tree(*source);
      if (!value) return std::unexpected(value.error());
      scope.set(name, value->value_or(plain_tree("null")));
    }
    return {};
  }

  Result<void> set_error(const Call& call, Expander& expander, RecordScope& scope) {
    scope.set("error_message", plain_tree("null"));
    if (call.step.error.empty()) return {};
    const auto found = stage_.provider.messages.find(call.step.error);
    if (found == stage_.provider.messages.end()) return {};
    auto text = expander.text(found->second);
    if (!text) return std::unexpected(text.error());
    scope.set("error_message", text_tree(*std::move(text)));
    return {};
  }

  Result<std::string> delivered_as(const Call& call, const RecordScope& scope, const LogForm& form,
                                   RecordScope::Holes* holes) {
    const Instant delivery = delivery_of(call.time);
    RecordScope file_scope(draws_, seed_of_delivery(seed_, delivery), delivery, holes);
    Expander expander([&](const Piece& piece) -> Result<std::optional<Tree>> {
      if (const Tree* known = scope.find(piece.text)) return *known;
      return file_scope.look_up(piece);
    });
    return expander.text(form.delivered_as);
  }

  const Scenario& scenario_;
  const Stage& stage_;
  std::uint64_t seed_;
  Draws draws_;
  Instant now_;
  const Wrapping* wrapping_ = nullptr;     // none: the log is handed out as it is
  LogForm wrapped_form_;                   // of what is wrapped: where it goes
  std::map<std::string, Instant> opened_;  // by principal
  std::vector<Record> records_;
  std::optional<std::vector<CastRecord>> casts_;  // of the same records, when they are wanted
  std::size_t num_bytes_ = 0;
  std::size_t num_gaps_ = 0;
};

}  // namespace

Result<std::vector<Record>> play(const Scenario& scenario, const Stage& stage,
                                 std::string_view label) {
  return Player(scenario, stage, label).run();
}

Result<std::vector<CastRecord>> cast(const Scenario& scenario, const Stage& stage,
                                     std::string_view label) {
  return Player(scenario, stage, label).run_for_moulds();
}

Result<Record> CastRecord::made(std::chrono::days later) const {
  Record record = other;
  record.time = time + later;
  // Of the day itself, what play() draws; of another, something else.
  const auto number = static_cast<std::uint64_t>(later.count());
  const Random random(later.count() == 0 ? seed : Random(seed ^ (number << 32U)).next());
  if (auto filled = text.fill(random, later, record.text); !filled) {
    return std::unexpected(std::move(filled.error()));
  }
  record.delivered_as.clear();
  const Random letters(seed_of_delivery(place_seed, delivery_of(record.time)));
  if (auto filled = delivered_as.fill(letters, later, record.delivered_as); !filled) {
    return std::unexpected(std::move(filled.error()));
  }
  return record;
}

}  // namespace nepho::exercise
