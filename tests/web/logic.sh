#!/usr/bin/env bash
# Types and the tests of web/src.
set -euo pipefail
# shellcheck source=tests/web/tools.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
cd "$top/web"
"$node" node_modules/typescript/bin/tsc --noEmit
"$node" node_modules/vitest/vitest.mjs run
