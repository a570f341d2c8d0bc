# shellcheck shell=bash
# shellcheck disable=SC2154  # top: the root of the source tree, set by who sources this
# What ./run and ./test share: install what is missing, build what is old. Sourced; sets nothing but functions. All words go to stderr,
# so that stdout stays the program's.

say() { printf '%s\n' "$*" >&2; }

# packages_for WHO...: the packages of cmake/packages.txt that these need.
packages_for() {
  local who package
  while read -r who package; do
    case " $* " in *" $who "*) printf '%s\n' "$package" ;; esac
  done <"$top/cmake/packages.txt"
}

# missing_packages PACKAGE...: those not installed.
missing_packages() {
  local package status
  declare -A installed=()
  while read -r package status; do
    [ "$status" = installed ] && installed[$package]=1
  done < <(dpkg-query -W -f='${Package} ${db:Status-Status}\n' "$@" 2>/dev/null)
  for package in "$@"; do
    [ -n "${installed[$package]:-}" ] || printf '%s\n' "$package"
  done
}

# as_root COMMAND...: with the rights to install; 3 where there are none.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null && { sudo -n true 2>/dev/null || [ -t 0 ]; }; then
    sudo -- "$@"
  else
    return 3
  fi
}

# need_packages WHO...: installs what is missing, or prints the one line to run and exits with 3.
need_packages() {
  command -v dpkg-query >/dev/null || return 0 # not Debian: CMake will name what it does not find
  local missing
  # shellcheck disable=SC2046  # package names hold no blanks
  mapfile -t missing < <(missing_packages $(packages_for "$@"))
  [ ${#missing[@]} = 0 ] && return 0
  say "Installing ${#missing[@]} Debian packages: ${missing[*]}"
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends
    -o Dpkg::Use-Pty=0 "${missing[@]}")
  as_root true || {
    say "No rights to install them here. Run this once, then start again:"
    say "  sudo apt-get update && sudo apt-get install -y ${missing[*]}"
    exit 3
  }
  as_root apt-get update -qq >&2 || say "(apt-get update failed; trying with the lists at hand)"
  as_root "${install[@]}" >&2 || {
    say "apt-get could not install them; its words stand above."
    exit 3
  }
}

# need_npm: Node.js and npm, which build the page of web/, from Debian where the machine has none of its own (with another Node.js there,
# Debian's packages could not be installed beside it). Without them everything but the page is built.
need_npm() {
  command -v npm >/dev/null && return 0
  command -v dpkg-query >/dev/null || return 0
  say "Installing Node.js and npm for the page"
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends -o Dpkg::Use-Pty=0 nodejs npm >&2 ||
    say "They could not be installed: the program will have its plain page only"
}

# build PRESET WHAT TARGET...: configures and builds, with progress; nothing where no source is newer than the last build.
build() {
  local preset=$1 what=$2 folder=$top/build/$1
  shift 2
  local stamp=$folder/built.$1
  if [ -e "$stamp" ] && [ -z "$(cd "$top" && find CMakeLists.txt CMakePresets.json cmake src knowledge tests tools web/src web/package-lock.json \
    -newer "$stamp" -print -quit)" ]; then
    return 0
  fi
  mkdir -p "$folder"
  (
    flock 9 # another ./run or ./test in the same tree waits its turn
    touch "$stamp.now"
    if [ ! -e "$folder/build.ninja" ]; then
      say "Configuring the '$preset' build"
      (cd "$top" && cmake --preset "$preset" >"$folder/configure.log" 2>&1) || {
        cat "$folder/configure.log" >&2
        exit 1
      }
    fi
    say "Building $what (the first time takes some minutes)"
    cmake --build "$folder" --target "$@" >&2
    mv "$stamp.now" "$stamp"
  ) 9>"$folder/lock" || {
    say "The build failed; the reason stands above."
    exit 1
  }
}
