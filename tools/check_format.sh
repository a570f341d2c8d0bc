#!/usr/bin/env bash
# Fails on C++ that clang-format-19 would write otherwise.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
git ls-files -z '*.h' '*.cc' | xargs -0 -r clang-format-19 --dry-run -Werror
