#!/usr/bin/env bash
# tour.sh NEPHO: the main job on examples/: map the rules, run them on the logs, play attacks against them, draw the map. The page goes to out/
# of the source tree.
set -uo pipefail
nepho=$1
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
out=$top/out
mkdir -p "$out"
cd "$top" || exit 70
heard=$(mktemp)
said=$(mktemp)
trap 'rm -f "$heard" "$said"' EXIT

# show TITLE ARGS...: one command, as the user would type it. Each command tells of the example's broken rules again; here once is enough, so
# of stderr only lines not heard before are shown. Exit code 1 and 2 tell of the example's own faults (docs: exit codes) and are expected;
# anything else ends the tour.
show() {
  printf '\n== %s\n   nepho %s\n\n' "$1" "${*:2}"
  "$nepho" "${@:2}" 2>"$said"
  local code=$?
  local news
  news=$(grep -vxFf "$heard" "$said") && printf '\n%s\n' "$news" >&2
  cat "$said" >>"$heard"
  [ $code -le 2 ] && return
  printf 'nepho ended with %d\n' "$code" >&2
  exit $code
}

# blocks FILE TITLE...: of a text in blocks between empty lines those that begin so.
blocks() {
  awk -v titles="$(printf '%s\n' "${@:2}")" 'BEGIN { RS = ""; n = split(titles, title, "\n") }
    { for (i = 1; i <= n; ++i) if (index($0, title[i]) == 1) { print; print "" } }' "$1"
}

show "What do the rules of an invented company claim? Two of them are broken, as they will be." map --workspace examples
show "What do they see in a day of CloudTrail with an intrusion in it?" detect --workspace examples examples/logs
# Nearly two hundred ways to attack AWS are played; the whole account would fill screens, so its end stands here: what raised an alert.
show "What do they see of attacks that are played against them?" validate --workspace examples -o out/validation.txt
sed -n '/ALERTED by a rule mapped/,$p' "$out/validation.txt"
printf '\nWhy each of the others raised none: out/validation.txt\n'
show "And the rules that come with nepho, against the same attacks?" validate --pack -o out/pack.txt
sed -n '$p' "$out/pack.txt"
show "What is covered, on paper and by proof?" coverage --workspace examples -o out/coverage.txt
blocks "$out/coverage.txt" "Detection coverage" "COVERAGE" "CORE TECHNIQUE" "PROVIDER"
printf 'With every technique that was tested, and the whole matrix: out/coverage.txt\n'
# What it says on stderr has been heard by now.
"$nepho" report --workspace examples -o "$out/coverage.html" 2>/dev/null
code=$?
[ $code -le 2 ] || exit $code

# share NAME: of coverage's first table.
share() { awk -v name="$1" '$0 ~ "^" name " " { sub(name, ""); print $1, $2 }' "$out/coverage.txt"; }
printf '\n== Paper against proven, over every technique on every cloud where it applies\n\n'
printf '   %8s  %s\n' \
  "$(share "on paper")" "are covered, if the tags of the rules are believed" \
  "$(share partly)" "alerted when attacks were played, but not on enough of the ways to carry them out" \
  "$(share exercised)" "alerted on enough of them to be called proven"
cat <<TEXT

A tag on a rule is a claim. Playing the attack shows which rules see it, which stay silent, which are broken, and where there is none.

The page with the whole map:  $out/coverage.html
The story behind these logs:  $top/examples/README.md
Your own turn:                ./run init my-company, then ./run --help
TEXT
