#include "text/regex.h"

#include <re2/re2.h>

#include <array>

#include "base/printable.h"
#include "text/regex_literal.h"

namespace nepho::text {
namespace {

// What RE2 leaves out on purpose, since it would cost the linear time, and how to do without.
struct MissingFeature {
  std::string_view sign;
  std::string_view way_out;
};
constexpr MissingFeature kMissing[] = {
    {"(?=", "look-ahead is not supported: test both parts in items of their own, joined by 'and'"},
    {"(?!",
     "negative look-ahead is not supported: put the unwanted part into a selection and use 'and "
     "not'"},
    {"(?<=", "look-behind is not supported: match the part in front as well"},
    {"(?<!",
     "negative look-behind is not supported: put the unwanted part into a selection and use 'and "
     "not'"},
    {"(?>", "atomic groups are not supported, and not needed in linear time: write (?:...)"},
    {"++", "possessive quantifiers are not supported, and not needed in linear time: write '+'"},
    {"*+", "possessive quantifiers are not supported, and not needed in linear time: write '*'"},
};

std::string way_out(std::string_view pattern, const re2::RE2& program) {
  if (program.error_code() == re2::RE2::ErrorPatternTooLarge)
    return "the expression needs too much memory: lower its counted repetitions";
  for (const MissingFeature& missing : kMissing)
    if (pattern.find(missing.sign) != std::string_view::npos) return std::string(missing.way_out);
  return {};
}

std::string with_flags(std::string_view pattern, RegexFlags flags) {
  std::string letters;
  if (flags.ignore_case) letters += 'i';
  if (flags.multi_line) letters += 'm';
  if (flags.dot_all) letters += 's';
  if (letters.empty()) return std::string(pattern);
  return "(?" + letters + ")" + std::string(pattern);
}

re2::RE2::Options options_within(const Limits& limits) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(limits.max_regex_bytes);
  return options;
}

auto refused(std::string_view pattern, const re2::RE2& program) {
  return fail(kBadRegex,
              "expected a regular expression in RE2's syntax; " + escape_for_log(program.error()) +
                  ", in '" + escape_for_log(pattern) + "'",
              {}, way_out(pattern, program));
}

}  // namespace

struct Regex::Program {
  std::string source;
  re2::RE2 re2;
  std::string literal;  // stands in every text that matches; looked for first
  Program(std::string text, const re2::RE2::Options& options)
      : source(std::move(text)), re2(source, options), literal(required_literal(source)) {}
};

Result<Regex> Regex::compile(std::string_view pattern, RegexFlags flags, const Limits& limits) {
  re2::RE2::Options options = options_within(limits);
  options.set_never_capture(true);
  auto program = std::make_shared<const Program>(with_flags(pattern, flags), options);
  if (!program->re2.ok()) return refused(pattern, program->re2);
  Regex regex;
  regex.program_ = std::move(program);
  return regex;
}

bool Regex::search(std::string_view text) const {
  if (text.find(program_->literal) == std::string_view::npos) return false;
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), program_->re2);
}

const std::string& Regex::source() const { return program_->source; }

struct CapturingRegex::Program {
  re2::RE2 re2;
  Program(std::string_view pattern, const re2::RE2::Options& options)
      : re2(re2::StringPiece(pattern.data(), pattern.size()), options) {}
};

Result<CapturingRegex> CapturingRegex::compile(std::string_view pattern, const Limits& limits) {
  auto program = std::make_shared<const Program>(re2::StringPiece(pattern.data(), pattern.size()),
                                                 options_within(limits));
  if (!program->re2.ok()) return refused(pattern, program->re2);
  const int num_groups = program->re2.NumberOfCapturingGroups();
  if (num_groups < 1 || num_groups > kMaxGroups) {
    return fail(kBadRegex, "expected a regular expression with one to eight groups, came: " +
                               escape_for_log(pattern));
  }
  CapturingRegex regex;
  regex.program_ = std::move(program);
  return regex;
}

std::optional<std::string_view> CapturingRegex::capture(std::string_view text) const {
  std::array<re2::StringPiece, kMaxGroups + 1> found;
  const int num_groups = program_->re2.NumberOfCapturingGroups();
  if (!program_->re2.Match({text.data(), text.size()}, 0, text.size(), re2::RE2::UNANCHORED,
                           found.data(), num_groups + 1)) {
    return std::nullopt;
  }
  for (int group = 1; group <= num_groups; ++group) {
    const re2::StringPiece& piece = found[static_cast<std::size_t>(group)];
    if (piece.data() != nullptr) return std::string_view(piece.data(), piece.size());
  }
  return std::nullopt;
}

}  // namespace nepho::text
