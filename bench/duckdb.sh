#!/usr/bin/env bash
# Fetches npm's @duckdb/node-api into a temporary folder and runs duckdb.mjs (which says what it measures) with it.
#   bench/duckdb.sh build/release/nepho LOGS.ndjson [ROUNDS]
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
DUCKDB_FOLDER=$(mktemp -d)
export DUCKDB_FOLDER
trap 'rm -rf "$DUCKDB_FOLDER"' EXIT
printf '{"private": true}\n' >"$DUCKDB_FOLDER/package.json"
(cd "$DUCKDB_FOLDER" && npm install --no-audit --no-fund --loglevel=error --ignore-scripts @duckdb/node-api@1.5.6-r.1 >&2)
node "$here/duckdb.mjs" "$@"
