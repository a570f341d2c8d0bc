#!/usr/bin/env bash
# Runs clang-tidy-19 (.clang-tidy) on src/'s sources without the tests: all, or with `check_tidy.sh BASE` those changed since that commit.
# Needs build/fuzz's compile commands: clang's, as clang-tidy cannot read g++'s precompiled headers.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
[ -e build/fuzz/compile_commands.json ] || cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target nepho_base >/dev/null
if [ $# -gt 0 ]; then
  files=$(git diff --name-only --diff-filter=d "$1" -- 'src/*.cc')
else
  files=$(git ls-files 'src/*.cc')
fi
printf '%s\n' "$files" | grep -v '_test\.cc$' | xargs -r -P "$(nproc)" -n 4 clang-tidy-19 -p build/fuzz --quiet
