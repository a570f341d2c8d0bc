# shellcheck shell=bash
# Sourced by the tests of web/: its tools are installed, or the test is skipped and says why.
top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
# shellcheck source=tools/web_tools.sh
. "$top/tools/web_tools.sh"
skip() {
  echo "skipped: $1"
  exit 77
}
command -v npm >/dev/null || skip "npm is not there"
lock_web
clean_install "$top/web" || skip "the npm packages cannot be had"
node=$(node_for_web) || skip "no Node.js that is new enough"
export node
