#!/usr/bin/env bash
# tour.sh NEPHO: the main job on examples/: map the rules, run them on the logs, play attacks against them, draw the map. The page goes to out/
# of the source tree.
set -uo pipefail
nepho=$1
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
page=$top/out/coverage.html
mkdir -p "$top/out"
cd "$top" || exit 70
worst=0

# show TITLE ARGS...: one command, as the user would type it. Exit code 1 and 2 tell of the example's own faults (docs: exit codes) and
# are expected here; anything else ends the tour.
show() {
  printf '\n== %s\n   nepho %s\n\n' "$1" "${*:2}"
  "$nepho" "${@:2}"
  local code=$?
  if [ $code -gt 2 ]; then
    worst=$code
    printf 'nepho ended with %d\n' "$code" >&2
    exit "$worst"
  fi
}

show "What do the rules of an invented company claim?" map --workspace examples
show "What do they see in a day of CloudTrail with an intrusion in it?" detect --workspace examples examples/logs
# Nearly two hundred ways to attack AWS are played; the whole account would fill screens, so its end stands here: what raised an alert.
played=$top/out/validation.txt
show "What do they see of attacks that are played against them?" validate --workspace examples -o "$played"
sed -n '/ALERTED by a rule mapped/,$p' "$played"
printf '\nThe whole account, with the reason for each that raised none: %s\n' "$played"
show "What is covered, on paper and by proof?" coverage --workspace examples
# The broken rules have been named three times by now.
"$nepho" coverage --workspace examples --format html -o "$page" 2>/dev/null
code=$?
[ $code -le 2 ] || exit $code
cat <<'TEXT'

In a sentence: on paper a rule counts because its tag names a technique; what was played against it shows which of them see it, which
stay silent, which are broken, and what has no rule at all.
TEXT
printf '\nThe page with the whole map: %s\nThe story behind these logs: %s\nYour own turn:              ./run init my-company, then ./run detect --help\n' "$page" "$top/examples/README.md"
