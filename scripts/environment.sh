# Sourced by the scripts beside it: goes to the repository's root and makes sure that everything a build or a test needs
# is there. Debian 12, root for what is missing; a machine that has it all is left alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build_packages=(g++ cmake ninja-build ccache pkg-config emscripten libcpp-httplib-dev libsqlite3-dev libcurl4-openssl-dev libsodium-dev
  libcli11-dev libspdlog-dev prometheus-cpp-dev libgumbo-dev zlib1g-dev doctest-dev ca-certificates)
test_packages=(chromium debootstrap fonts-noto-cjk openssl sqlite3)
fuzz_packages=(clang-14 clang libclang-rt-14-dev)

install_packages() {
  local missing=() package
  for package in "$@"; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing+=("$package")
  done
  [ ${#missing[@]} -eq 0 ] && return
  if [ "$(id -u)" -ne 0 ]; then
    echo "These Debian packages are missing; install them or run this as root: ${missing[*]}" >&2
    exit 1
  fi
  echo "Installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq
  apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

# Node 20: the machine's own, or (Debian 12 has 18) the binary that the npm package `node` carries.
install_node() {
  local tools="$PWD/build/tools"
  if ! command -v npm >/dev/null; then install_packages npm; fi
  if [ "$(node --version 2>/dev/null | sed 's/^v\([0-9]*\).*/\1/')" -ge 20 ] 2>/dev/null; then return; fi
  [ -x "$tools/node_modules/node/bin/node" ] || npm install --silent --no-audit --no-fund --prefix "$tools" node@20
  export PATH="$tools/node_modules/node/bin:$PATH"
}

# The packages of one folder, when its lock file is newer than what is installed.
install_npm() {
  local folder=$1
  if [ ! "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ]; then
    (cd "$folder" && npm ci --silent --no-audit --no-fund)
    touch "$folder/node_modules/.package-lock.json"
  fi
}

export NODE_PATH=/usr/share/nodejs # the optimiser of emscripten needs acorn from there
