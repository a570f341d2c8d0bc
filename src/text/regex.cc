#include "text/regex.h"

#include <re2/re2.h>

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

}  // namespace

struct Regex::Program {
  std::string source;
  re2::RE2 re2;
  std::string literal;  // stands in every text that matches; looked for first
  Program(std::string text, const re2::RE2::Options& options)
      : source(std::move(text)), re2(source, options), literal(required_literal(source)) {}
};

Result<Regex> Regex::compile(std::string_view pattern, RegexFlags flags, const Limits& limits) {
  re2::RE2::Options options(re2::RE2::Quiet);
  options.set_max_mem(limits.max_regex_bytes);
  options.set_never_capture(true);
  auto program = std::make_shared<const Program>(with_flags(pattern, flags), options);
  if (!program->re2.ok())
    return fail(kBadRegex,
                "expected a regular expression in RE2's syntax; " +
                    escape_for_log(program->re2.error()) + ", in '" + escape_for_log(pattern) + "'",
                {}, way_out(pattern, program->re2));
  Regex regex;
  regex.program_ = std::move(program);
  return regex;
}

bool Regex::search(std::string_view text) const {
  if (text.find(program_->literal) == std::string_view::npos) return false;
  return re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), program_->re2);
}

const std::string& Regex::source() const { return program_->source; }

}  // namespace nepho::text
