#!/usr/bin/env bash
# fuzz_smoke.sh BUILD SECONDS: runs each built fuzz target for so long, from its seeds, and fails on the first finding (its input stays in
# BUILD/fuzz/findings/).
set -euo pipefail
build=$1 seconds=$2
seeds=$(cd "$(dirname "${BASH_SOURCE[0]}")/../fuzz" && pwd)/seeds
mkdir -p "$build/fuzz/findings"
for target in "$build"/fuzz/fuzz_*; do
  if ! [ -f "$target" ]; then continue; fi
  name=${target##*/fuzz_}
  corpus=$build/fuzz/corpus/$name
  mkdir -p "$corpus"
  arguments=("$corpus")
  [ -d "$seeds/$name" ] && arguments+=("$seeds/$name")
  echo "fuzz_$name, $seconds s"
  "$target" "${arguments[@]}" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=8192 -verbosity=0 -print_final_stats=1 \
    -artifact_prefix="$build/fuzz/findings/$name-" 2>"$build/fuzz/$name.log" || {
    tail -40 "$build/fuzz/$name.log"
    exit 1
  }
  grep -E 'number_of_executed_units|peak_rss' "$build/fuzz/$name.log"
done
