#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Fetches Prometheus and Alertmanager from the distribution's archive and unpacks them into a private folder, for the
# drill stack and the tests. Nothing is installed, no user is made and no service is started; root is not needed.
#
#   packaging/fetch_servers.sh [FOLDER]
#
# FOLDER defaults to $ATALAYA_SERVERS_DIR, else $XDG_CACHE_HOME/atalaya/servers, else ~/.cache/atalaya/servers. Prints the
# folder on standard output. Run again it does nothing; an interrupted run leaves no half folder behind.
set -eu

packages="prometheus prometheus-alertmanager"
programs="prometheus promtool prometheus-alertmanager amtool"
target="${1:-${ATALAYA_SERVERS_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/atalaya/servers}}"

holds_all() {
  for program in $programs; do
    [ -x "$1/usr/bin/$program" ] || return 1
  done
  [ -x "$1/usr/lib/atalaya/alertmanager" ] && [ -d "$1/usr/share/prometheus/alertmanager" ]
}

fail() {
  echo "fetch_servers: $*" >&2
  exit 1
}

if holds_all "$target"; then
  echo "$target"
  exit 0
fi

{ command -v apt-get && command -v dpkg; } >/dev/null ||
  fail "needs apt-get and dpkg; elsewhere put $programs into a folder and name it with ATALAYA_SERVERS_DIR"

parent="$(dirname "$target")"
mkdir -p "$parent"
work="$(mktemp -d "$parent/.fetch-servers.XXXXXX")"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
mkdir "$work/debs" "$work/root"
# apt drops to its own user for a download where it can; let that user write here.
chmod 755 "$work" "$work/debs"

download() {
  # shellcheck disable=SC2086
  (cd "$work/debs" && apt-get "$@" -qq -o APT::Sandbox::User=root download $packages) >&2
}

if ! download 2>"$work/first-try"; then
  # No package lists, or lists older than the archive: fetch fresh ones beside, without touching the system's.
  mkdir -p "$work/state/lists/partial" "$work/cache/archives/partial"
  private="-o Dir::State::Lists=$work/state/lists -o Dir::Cache=$work/cache"
  # shellcheck disable=SC2086
  if ! { apt-get $private -qq -o APT::Sandbox::User=root update >&2 && download $private; }; then
    cat "$work/first-try" >&2
    fail "the archive does not give $packages; look at the lines above"
  fi
fi

for deb in "$work"/debs/*.deb; do
  dpkg -x "$deb" "$work/root"
done
# Only the programs are wanted; the web pages and man pages are two thirds of the size.
mkdir -p "$work/servers/usr/bin" "$work/servers/usr/lib/atalaya" "$work/servers/usr/share/prometheus/alertmanager"
for program in $programs; do
  mv "$work/root/usr/bin/$program" "$work/servers/usr/bin/$program"
done

# The distribution's Alertmanager opens its templates under a fixed path that exists only where it is installed. Here the
# path is replaced, byte for byte in length, by that of an open folder, which a wrapper hands it as descriptor 9.
built_in='/usr/share/prometheus/alertmanager'
handed_in='/proc/self/fd/9///////////////////'
mv "$work/servers/usr/bin/prometheus-alertmanager" "$work/alertmanager"
LC_ALL=C sed "s#$built_in#$handed_in#g" "$work/alertmanager" >"$work/servers/usr/lib/atalaya/alertmanager"
[ "$(wc -c <"$work/alertmanager")" -eq "$(wc -c <"$work/servers/usr/lib/atalaya/alertmanager")" ] ||
  fail "Alertmanager could not be made to run from here"
cp "$work/root$built_in/"*.tmpl "$work/servers$built_in/"
cat >"$work/servers/usr/bin/prometheus-alertmanager" <<'WRAPPER'
#!/bin/sh
usr="$(dirname "$(dirname "$(readlink -f "$0")")")"
exec 9<"$usr/share/prometheus/alertmanager" || exit 1
exec "$usr/lib/atalaya/alertmanager" "$@"
WRAPPER
chmod 755 "$work/servers/usr/bin/prometheus-alertmanager" "$work/servers/usr/lib/atalaya/alertmanager"
cp -R "$work/root/usr/share/doc" "$work/servers/usr/doc" 2>/dev/null || true
holds_all "$work/servers" || fail "the packages do not hold all of: $programs"
for program in prometheus promtool; do
  "$work/servers/usr/bin/$program" --version >/dev/null 2>&1 || fail "$program does not run here"
done
# An address nobody can listen on: it reads its configuration and templates, then ends.
printf 'route: {receiver: none}\nreceivers: [{name: none}]\n' >"$work/try.yml"
"$work/servers/usr/bin/prometheus-alertmanager" --config.file="$work/try.yml" --storage.path="$work/try" \
  --cluster.listen-address= --web.listen-address=127.0.0.1:99999 >"$work/try.log" 2>&1 || true
if ! grep -q 'Completed loading' "$work/try.log" || grep -q 'failed to apply' "$work/try.log"; then
  cat "$work/try.log" >&2
  fail "Alertmanager does not run here"
fi

# Two at once: whoever comes second finds a whole folder and keeps it.
if [ -e "$target" ] && ! holds_all "$target"; then
  mv "$target" "$work/incomplete"
fi
mv -T "$work/servers" "$target" 2>/dev/null || holds_all "$target" || fail "cannot write $target"
echo "$target"
