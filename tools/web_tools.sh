# shellcheck shell=bash
# shellcheck disable=SC2154  # top: the root of the source tree, set by who sources this
# What the page's build and its tests share: the npm packages of web/package-lock.json and a Node.js that runs them. Sourced; sets nothing
# but functions.

web_say() { printf 'web: %s\n' "$*" >&2; }

# lock_web: until the script ends, others that build or test web/ of the same tree wait. Outside node_modules, which npm ci replaces.
lock_web() {
  mkdir -p "$top/web/.cache"
  exec 9>"$top/web/.cache/lock"
  flock 9
}

# is_new_enough NODE: Vite 8 and Vitest 4 want 20.19 or newer, and of 22 the 12th (their package.json, "engines").
is_new_enough() {
  local version major minor
  version=$("$1" --version 2>/dev/null) || return 1
  IFS=. read -r major minor _ <<<"${version#v}"
  [ "$major" -ge 23 ] || { [ "$major" = 22 ] && [ "$minor" -ge 12 ]; } || { [ "$major" = 20 ] && [ "$minor" -ge 19 ]; }
}

# clean_install FOLDER ARGS...: npm ci, unless it was done before with the same lock file and arguments (or with no arguments, which
# installs everything). No package's own script runs; nothing is written outside FOLDER but npm's cache.
clean_install() {
  local folder=$1 digest
  shift
  digest=$(cat "$folder/package-lock.json" "$folder/package.json" | sha256sum | cut -c1-64)
  grep -qsxF -e "$digest" -e "$digest $*" "$folder/node_modules/.nephometer" && return 0
  web_say "installing npm packages (npm ci ${*:-with the tools of tests})"
  (cd "$folder" && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error "$@" >&2) || return 1
  printf '%s\n' "$digest${*:+ $*}" >"$folder/node_modules/.nephometer"
}

# node_for_web: prints the Node.js to use: the machine's where it is new enough, else the one of an npm package.
node_for_web() {
  local node
  node=$(command -v node) || return 1
  if ! is_new_enough "$node"; then
    clean_install "$top/web/tools/node22" || return 1
    node=$top/web/tools/node22/node_modules/.bin/node
    is_new_enough "$node" || return 1
  fi
  printf '%s\n' "$node"
}
