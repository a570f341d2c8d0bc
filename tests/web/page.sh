#!/usr/bin/env bash
# page.sh NEPHO: the page of the example in Chromium.
set -euo pipefail
# shellcheck source=tests/web/tools.sh
. "$(dirname "${BASH_SOURCE[0]}")/tools.sh"
command -v chromium >/dev/null || skip "chromium is not there"
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
# What ./run keeps in the example would change the page from machine to machine.
cp -r "$top/examples" "$folder/examples"
rm -rf "$folder/examples/.nephometer"
# 2: two rules of the example are bad on purpose, as stderr would say each time. 1: and some attacks raise no alert.
"$1" report --workspace "$folder/examples" -o "$folder/bare.html" -q 2>/dev/null || [ $? = 2 ]
"$1" validate --workspace "$folder/examples" -o "$folder/validation.txt" -q 2>/dev/null || [ $? = 1 ]
"$1" report --workspace "$folder/examples" -o "$folder/page.html" -q 2>/dev/null || [ $? = 2 ]
"$node" "$top/tests/web/page.mjs" "$folder/page.html" "$folder/bare.html"
