// A workspace in which all that the pack's rules ask for is filled in: a rule that is not run
// proves nothing.
#pragma once

#include <string_view>

namespace nepho::tests {

inline constexpr std::string_view kPackWorkspace =
    "organisation: {domains: [kittiwake.example], networks: [203.0.113.0/24, 10.0.0.0/8]}\n"
    "providers:\n"
    "  aws:\n"
    "    account_ids: ['111122223333', '444455556666']\n"
    "    organization_id: o-kittiwake\n"
    "    provisioning_principals: ['arn:aws:iam::*:role/terraform*']\n"
    "    trusted_external_accounts: ['777788889999']\n"
    "    log_buckets: [kittiwake-trail]\n"
    "  kubernetes:\n"
    "    provisioning_principals: ['system:serviceaccount:flux-system:*']\n"
    "placeholders: {image_registries: ['registry.example.com/*', "
    "'europe-west3-docker.pkg.dev/*/shop/*']}\n"
    "detections: [{pack: builtin}]\n";

}  // namespace nepho::tests
