#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds Atalaya and opens it on the embedded drill stack: a private Prometheus, Alertmanager and fleet on loopback ports.
# Without a display it renders the live window to atalaya.png in the current folder instead and ends.
# Arguments are passed on to the console (for example --workspace FILE).
set -euo pipefail
here=$(pwd)
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/packaging/packages.sh"

# shellcheck disable=SC2086
install_packages $build_packages
"$top/packaging/fetch_servers.sh"
cd "$top"
[ -f build/release/build.ninja ] || cmake --preset release
echo "Building (the first time takes some minutes, later ones seconds)"
cmake --build --preset release
cd "$here"
program="$top/build/release/bin/atalaya"
if [ -n "${DISPLAY:-}" ] || [ -n "${WAYLAND_DISPLAY:-}" ]; then
  if [ "$#" -eq 0 ]; then set -- --drill; fi
  exec "$program" "$@"
fi
echo "No display: rendering the live window off screen"
exec "$program" screenshot --drill --page overview --size 1440x900 --theme dark --out "$here/atalaya.png" "$@"
