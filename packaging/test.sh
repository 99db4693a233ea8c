#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Builds everything with warnings as errors and passes every test, on the real Prometheus and Alertmanager.
# test.sh [PRESET [CTEST ARGUMENT...]]: PRESET is dev (default) or asan.
set -euo pipefail
top=$(cd "$(dirname "$0")/.." && pwd)
. "$top/packaging/packages.sh"
preset=${1:-dev}
[ "$#" -eq 0 ] || shift

phase() { # phase NAME COMMAND...: runs it and prints its seconds
  local name=$1 began=$SECONDS
  shift
  "$@"
  echo "== $preset: $name took $((SECONDS - began)) s"
}

cd "$top"
# shellcheck disable=SC2086
phase "packages" install_packages $build_packages $test_packages
phase "servers" packaging/fetch_servers.sh
phase "configure" cmake --preset "$preset" -DATALAYA_WERROR=ON
phase "build" cmake --build --preset "$preset"
phase "tests" ctest --preset "$preset" -j2 "$@"
