#!/usr/bin/env bash
# Holds the list of packages together: docs/dependencies.md names the packages of cmake/packages.txt and no others, each once; and what
# CMake asks pkg-config for comes from one of them.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
listed=$(grep -v '^#' cmake/packages.txt | awk '{print $2}' | sort)
# shellcheck disable=SC2016  # the backquotes are Markdown's
documented=$(sed -n 's/^| `\([a-z0-9+.-]*\)` |.*/\1/p' docs/dependencies.md | sort)
diff <(echo "$listed") <(echo "$documented") || {
  echo "cmake/packages.txt (<) and docs/dependencies.md (>) differ" >&2
  exit 1
}
strange=$(grep -v '^#' cmake/packages.txt | grep -vE '^(run|test) +[a-z0-9+.-]+$' || true)
[ -z "$strange" ] || {
  echo "cmake/packages.txt: not 'run|test PACKAGE': $strange" >&2
  exit 1
}
command -v dpkg-query >/dev/null || exit 0
sed -n 's/^nepho_library([a-z0-9]* \(.*\))/\1/p' cmake/libraries.cmake | tr ' ' '\n' | while read -r module; do
  file=$(pkg-config --variable=pcfiledir "$module")/$module.pc
  package=$(dpkg-query -S "$(readlink -f "$file")" | cut -d: -f1)
  grep -qx "$package" <<<"$listed" || {
    echo "cmake/libraries.cmake needs $module, of the package $package, which cmake/packages.txt does not list" >&2
    exit 1
  }
done
