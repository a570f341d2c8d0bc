#!/usr/bin/env bash
# build_page.sh OUT: builds web/ into the one file OUT. Where that cannot be done it says why and leaves OUT empty, which is no failure:
# the program then carries no page and says so. A page that was built from the same sources before is taken as it is.
set -euo pipefail
out=$1
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
# shellcheck source=tools/web_tools.sh
. "$top/tools/web_tools.sh"

no_page() {
  web_say "$1; the program is built without its page. To try again: rm $out, and build."
  : >"$out"
  exit 0
}

command -v npm >/dev/null || no_page "npm is not there"
command -v node >/dev/null || no_page "Node.js is not there"
lock_web

cd "$top/web"
digest=$(cat package-lock.json package.json vite.config.ts index.html "$top/tools/build_page.sh" \
  <(find src -type f ! -name '*.test.*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) | sha256sum | cut -c1-32)
cached=.cache/$digest.html
if [ ! -s "$cached" ]; then
  clean_install "$top/web" --omit=dev || no_page "the npm packages cannot be had"
  node=$(node_for_web) || no_page "no Node.js that is new enough can be had"
  # A fault in our own sources is an error, not a missing page.
  "$node" node_modules/vite/bin/vite.js build --logLevel error --outDir "$PWD/dist" >&2
  cp dist/index.html "$cached"
fi
cp "$cached" "$out"
