// The example's rules for Entra ID and Microsoft 365, on records made here in the form that those
// deliver: a claim of a provider without a pack runs all the same.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/program.h"

namespace nepho::tests {
namespace {

using testing::AllOf;
using testing::HasSubstr;

// Runs the example's rules for a provider on a log.
tests::Run detect(const char* provider, const char* log) {
  const TemporaryFolder folder;
  const auto rules = source_folder() / "examples/rules" / provider;
  auto run = run_nepho(
      {"detect", "--rules", rules.string(), "--format", "csv", folder.write("log.ndjson", log)});
  EXPECT_EQ(run.exit_code, 0) << run.err;
  return run;
}

constexpr const char* kEntra = R"(
{"time":"2026-03-17T09:00:00Z","category":"AuditLogs","operationName":"Add user","tenantId":"t1","callerIpAddress":"198.51.100.7","properties":{"id":"a1","result":"success","initiatedBy":{"user":{"userPrincipalName":"marit@kittiwake.example"}}}}
{"time":"2026-03-17T09:01:00Z","category":"AuditLogs","operationName":"Add user","tenantId":"t1","properties":{"id":"a2","result":"success","initiatedBy":{"app":{"displayName":"Personnel"}}}}
{"time":"2026-03-17T09:02:00Z","category":"AuditLogs","operationName":"Add member to role","tenantId":"t1","properties":{"id":"a3","initiatedBy":{"user":{"userPrincipalName":"marit@kittiwake.example"}},"targetResources":[{"type":"User"},{"modifiedProperties":[{"displayName":"Role.DisplayName","newValue":"\"Global Administrator\""}]}]}}
{"time":"2026-03-17T09:03:00Z","category":"SignInLogs","operationName":"Sign-in activity","resultType":"0","tenantId":"t1","callerIpAddress":"198.51.100.7","properties":{"id":"s1","userPrincipalName":"marit@kittiwake.example","clientAppUsed":"IMAP4"}}
{"time":"2026-03-17T09:04:00Z","category":"SignInLogs","operationName":"Sign-in activity","resultType":"50126","tenantId":"t1","properties":{"id":"s2","userPrincipalName":"marit@kittiwake.example","clientAppUsed":"IMAP4"}}
)";

TEST(OtherProviders, EntrasAuditLogAndSignInsAreReadByRulesForThem) {
  const auto run = detect("entra", kEntra);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Directory User Created By Hand"), HasSubstr("T1136.003"),
                             HasSubstr("marit@kittiwake.example"), HasSubstr("198.51.100.7")));
  EXPECT_THAT(run.out, AllOf(HasSubstr("Privileged Directory Role Given"),
                             HasSubstr("Sign-In By A Protocol Without Second Factor")));
  // The application that makes users by the book and the sign-in that failed raise nothing.
  EXPECT_THAT(run.err, HasSubstr("3 findings"));
}

constexpr const char* kM365 = R"(
{"CreationTime":"2026-03-17T09:00:00","Id":"m1","Operation":"New-InboxRule","OrganizationId":"o1","RecordType":1,"Workload":"Exchange","UserId":"marit@kittiwake.example","Parameters":[{"Name":"Name","Value":"."},{"Name":"ForwardTo","Value":"a@b.example"}]}
{"CreationTime":"2026-03-17T09:01:00","Id":"m2","Operation":"New-InboxRule","OrganizationId":"o1","RecordType":1,"Workload":"Exchange","UserId":"marit@kittiwake.example","Parameters":[{"Name":"MoveToFolder","Value":"Invoices"}]}
{"CreationTime":"2026-03-17T09:02:00","Id":"m3","Operation":"AnonymousLinkCreated","OrganizationId":"o1","RecordType":14,"Workload":"OneDrive","UserId":"marit@kittiwake.example"}
)";

TEST(OtherProviders, Microsoft365sAuditLogIsReadByRulesForIt) {
  const auto run = detect("m365", kM365);
  EXPECT_THAT(run.out, AllOf(HasSubstr("Mail Forwarded By A Mailbox Rule"),
                             HasSubstr("File Shared With Anyone Who Has The Link"),
                             HasSubstr("marit@kittiwake.example")));
  // A rule of the mailbox that only files mail away raises nothing.
  EXPECT_THAT(run.err, HasSubstr("2 findings"));
}

}  // namespace
}  // namespace nepho::tests
