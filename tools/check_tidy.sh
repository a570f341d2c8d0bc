#!/usr/bin/env bash
# check_tidy.sh [FOLDER...]: runs clang-tidy-19 (.clang-tidy) on the sources of these folders of src/ without their tests, of all by
# default; on every core. Exit code 1 on a finding. Names each file when it is through.
#
# What was clean once is not looked at again: build/tidy/clean/ has a file named after the hash of the preprocessed source, the checks and
# the tool. The compile commands are clang's and without precompiled headers, which clang-tidy would need built; the header itself is
# included instead, as some sources rely on it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export CLEAN=build/tidy/clean
mkdir -p "$CLEAN"
cmake --preset tidy >build/tidy/configure.log || {
  cat build/tidy/configure.log
  exit 1
}

tidy() {
  local source=$1 hash
  hash=$({
    clang++-19 -std=c++23 -march=x86-64-v2 -E -Isrc -I. -include cmake/precompiled.h "$source"
    cat .clang-tidy
    clang-tidy-19 --version
  } | sha256sum | cut -d' ' -f1)
  if [ -e "$CLEAN/$hash" ]; then return 0; fi
  clang-tidy-19 -p build/tidy --quiet --extra-arg=-include --extra-arg="$PWD/cmake/precompiled.h" "$source" 2>/dev/null || return 1
  touch "$CLEAN/$hash"
  echo "clean: $source"
}
export -f tidy

[ $# -gt 0 ] || set -- '[a-z]+'
# shellcheck disable=SC2016  # the inner shell expands it
git ls-files 'src/*.cc' | grep -v '_test\.cc$' | grep -E "^src/($(IFS='|' && echo "$*"))/" |
  xargs -r -P "$(nproc)" -n 1 bash -c 'tidy "$0"' || exit 1
