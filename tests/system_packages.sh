#!/usr/bin/env bash
# Sees to the programs that the tests run and pip cannot install: installs Debian's, or says what is missing.
set -euo pipefail

has_chromium() { command -v chromium >/dev/null; }
has_japanese_font() { command -v fc-list >/dev/null && [ -n "$(fc-list :lang=ja family)" ]; }
has_postgresql() { command -v initdb >/dev/null || compgen -G '/usr/lib/postgresql/*/bin/initdb' >/dev/null; }
has_systemd() { command -v systemd-analyze >/dev/null; }
has_nginx() { [ -x /usr/sbin/nginx ] || command -v nginx >/dev/null; }
has_venv() { [ -x .venv/bin/python ] || "${PYTHON:-python3}" -c 'import ensurepip' 2>/dev/null; }

missing_packages() {
  has_chromium || echo chromium
  has_japanese_font || echo fontconfig fonts-noto-cjk
  has_postgresql || echo postgresql
  has_systemd || echo systemd
  has_nginx || echo nginx-light
  has_venv || echo python3-venv
}

missing=$(missing_packages | xargs)
[ -n "$missing" ] || exit 0

if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then
  echo "The tests need programs that are not installed: $missing (the names of Debian's packages)." >&2
  echo "On Debian or Ubuntu: sudo apt-get install $missing" >&2
  exit 1
fi

echo "Installing $missing ..."
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
# shellcheck disable=SC2086  # a list of package names
apt-get install -qq -y --no-install-recommends $missing >/dev/null

still=$(missing_packages | xargs)
if [ -n "$still" ]; then
  echo "Still missing after their installation: $still" >&2
  exit 1
fi
