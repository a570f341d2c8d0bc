// Rules in YAML with what they claim, for tests that judge plays and replays by them.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "exercise/rule_book.h"
#include "sigma/load.h"

namespace nepho::tests {

// One rule of CloudTrail: what it tests, and the technique that it names.
struct ClaimingRule {
  std::string id;
  std::string technique;
  std::string selection;  // YAML, "{eventName: CreateUser}"
  bool is_alert = true;
};

// Owns the rules and the plan that the book looks into.
class BookOf {
 public:
  BookOf(const event::LogSources& sources, const std::vector<ClaimingRule>& rules) {
    LoadReport report;
    for (const ClaimingRule& rule : rules) {
      const std::string yaml = "title: " + rule.id + "\nid: " + rule.id +
                               "\nlogsource: {product: aws, service: cloudtrail}\n"
                               "detection:\n  s: " +
                               rule.selection + "\n  condition: s\n";
      for (auto& read : sigma::take_rules(sigma::parse_documents(yaml, "r.yml", {}), report)) {
        rules_.push_back(std::move(read));
      }
    }
    plan_ = std::make_unique<plan::Plan>(rules_, sources, plan::PlanOptions{.strict = true});
    book_ = std::make_unique<exercise::RuleBook>(exercise::RuleBook{*plan_, {}, {}});
    for (const ClaimingRule& rule : rules) {
      book_->claims.push_back({rule.id, rule.id, {rule.technique}, "hash", rule.is_alert});
    }
  }

  // The rules and correlations of one file, in its order; a claim for each.
  BookOf(const event::LogSources& sources, const std::string& yaml,
         const std::vector<exercise::RuleClaim>& claims) {
    LoadReport report;
    auto documents = sigma::parse_documents(yaml, "r.yml", {});
    sigma::link_documents(documents, {});
    rules_ = sigma::take_rules(std::move(documents), report);
    plan_ = std::make_unique<plan::Plan>(rules_, sources, plan::PlanOptions{});
    book_ = std::make_unique<exercise::RuleBook>(exercise::RuleBook{*plan_, claims, {}});
  }

  exercise::RuleBook& book() { return *book_; }

 private:
  std::vector<sigma::Rule> rules_;
  std::unique_ptr<plan::Plan> plan_;
  std::unique_ptr<exercise::RuleBook> book_;
};

}  // namespace nepho::tests
