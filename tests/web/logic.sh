#!/usr/bin/env bash
# Form, rules and types of web/ and of its tests, then the tests of web/src.
set -euo pipefail
# shellcheck source=tests/web/tools.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$top/web"
"$node" node_modules/@biomejs/biome/bin/biome check --error-on-warnings --config-path=. . ../tests/web
"$node" node_modules/typescript/bin/tsc --noEmit
"$node" node_modules/vitest/vitest.mjs run
