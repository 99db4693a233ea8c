# SPDX-License-Identifier: GPL-3.0-or-later
# Sourced by run.sh and test.sh: what Atalaya needs from Debian 12, installed only where it is missing, and said.

build_packages="g++ cmake ninja-build ccache git ca-certificates
  qt6-base-dev libqt6opengl6-dev qt6-charts-dev qt6-svg-dev qt6-httpserver-dev qt6-websockets-dev
  nlohmann-json3-dev libsimdjson-dev libexpected-dev qtkeychain-qt6-dev prometheus-cpp-dev libspdlog-dev zlib1g-dev
  libqt6sql6-sqlite libqt6svg6 fontconfig fonts-jetbrains-mono dbus tzdata"
test_packages="libgtest-dev libgmock-dev openssl"
lint_packages="clang-format clang-tidy"

as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    echo "This needs root to install packages. Run it as root, or install sudo." >&2
    exit 1
  fi
}

# install_packages NAME...: one apt-get call for what is missing; nothing is started (no package here is a service).
install_packages() {
  missing=""
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing="$missing $package"
  done
  [ -n "$missing" ] || return 0
  echo "Installing from Debian:$missing"
  as_root apt-get update -qq
  # shellcheck disable=SC2086
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o DPkg::Lock::Timeout=300 $missing >/dev/null
}

export CCACHE_SLOPPINESS=pch_defines,time_macros
