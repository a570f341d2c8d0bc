#!/usr/bin/env bash
# tools/setup.sh, without installing anything: which packages it takes for missing, and what it says where it has no rights.
set -euo pipefail
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tools/setup.sh
. "$top/tools/setup.sh"

failed() {
  echo "setup_test.sh: $1" >&2
  exit 1
}

[ "$(missing_packages bash no-such-package-1 coreutils no-such-package-2 | tr '\n' ' ')" = "no-such-package-1 no-such-package-2 " ] ||
  failed "missing_packages must name what is not installed, in order, and nothing else"
needed=$(packages_for run) # read whole: grep -q ends early, and pipefail then blames the writer
grep -qx g++ <<<"$needed" || failed "the packages of ./run must hold the compiler"
if grep -qx clang-tidy-19 <<<"$needed"; then failed "./run must not need what only tests need"; fi

# Without rights: the line to run, exit code 3, nothing on stdout.
output=$(
  packages_for() { echo no-such-package; }
  as_root() { return 3; }
  (need_packages run) 2>&1 >/dev/null
) && failed "missing packages without rights must fail"
code=0
(
  packages_for() { echo no-such-package; }
  as_root() { return 3; }
  need_packages run
) 2>/dev/null || code=$?
[ "$code" = 3 ] || failed "missing packages without rights must exit with 3, not $code"
grep -q 'sudo apt-get update && sudo apt-get install -y no-such-package' <<<"$output" || failed "the line to run must be printed; came: $output"
