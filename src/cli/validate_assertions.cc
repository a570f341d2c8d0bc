#include "cli/validate_assertions.h"

#include <fmt/format.h>

#include <algorithm>

#include "alert/assertions.h"
#include "base/counted.h"
#include "base/files.h"
#include "base/printable.h"
#include "base/sha256.h"

namespace nepho::cli {
namespace {

using alert::Assertion;
using alert::Claimed;
using evidence::Outcome;
using evidence::Verdict;
using exercise::Judgement;

constexpr ErrorCode kUsageError{"cli.usage"};

// What is said, in the words of the evidence.
std::pair<Outcome, Verdict> meaning_of(Claimed claimed) {
  switch (claimed) {
    case Claimed::kDetected: return {Outcome::kAlerted, Verdict::kAlerted};
    case Claimed::kBlocked: return {Outcome::kBlocked, Verdict::kNotPlayed};
    case Claimed::kLogged:
    case Claimed::kNotDetected: break;
  }
  return {Outcome::kLogged, Verdict::kNoAlert};
}

Judgement judgement_of(const Assertion& said, const std::string& technique,
                       const std::string& provider) {
  Judgement judgement{
      .evidence = {}, .name = said.name, .is_claimed = true, .is_claim_known = false};
  auto& evidence = judgement.evidence;
  const std::string what = said.name.empty() ? said.technique : said.name;
  evidence.procedure = escape_for_log(said.source + ": " + what);
  evidence.technique = technique;
  evidence.provider = provider;
  evidence.kind = evidence::Kind::kTabletop;
  std::tie(evidence.outcome, evidence.verdict) = meaning_of(said.claimed);
  evidence.reason = fmt::format("as {} says{}{}", said.source == "vectr" ? "VECTR" : "DeTT&CT",
                                said.note.empty() ? "" : ": ", escape_for_log(said.note));
  evidence.digest = "sha256:" + sha256_hex(fmt::format("{}\t{}\t{}\t{}\t{}", said.source, said.name,
                                                       said.technique,
                                                       static_cast<int>(said.claimed), said.note));
  if (evidence.verdict == Verdict::kAlerted) judgement.alerted.push_back(evidence.reason);
  return judgement;
}

Result<std::string> the_provider(Session& session) {
  const auto& named = session.arguments().values("--provider");
  if (!session.providers()) return std::unexpected(session.providers().error());
  if (named.size() == 1 && session.providers()->find(named.front()) != nullptr)
    return named.front();
  return fail(kUsageError,
              "neither VECTR nor DeTT&CT says on which provider a technique was tested", {},
              "name one with --provider");
}

}  // namespace

Result<std::optional<std::vector<Judgement>>> judge_assertions(Session& session) {
  const auto file = session.arguments().value("--outcome");
  if (!file) return std::nullopt;
  const auto text = read_file(*file, kDefaultLimits.max_document_bytes);
  if (!text) return std::unexpected(text.error());
  LoadReport report;
  const auto said = alert::read_assertions(*text, *file, report);
  session.report(report);
  if (!said) return std::nullopt;
  const auto provider = the_provider(session);
  if (!provider) return std::unexpected(provider.error());
  const auto& catalogue = session.catalogue(attack::Detail::kMatrix);
  if (!catalogue) return std::unexpected(catalogue.error());
  std::vector<Judgement> judgements;
  for (const Assertion& one : *said) {
    const auto current = catalogue->successor(attack::TechniqueId{one.technique});
    if (current) judgements.push_back(judgement_of(one, current->value, *provider));
  }
  session.messages().note(fmt::format(
      "{} read, {} of a technique that ATT&CK has: what people say is kept as tabletop, and "
      "proves nothing",
      counted(said->size(), "claim"), judgements.size()));
  return std::optional(std::move(judgements));
}

}  // namespace nepho::cli
