#!/bin/sh
# The proxies of deploy/ and what makes a certificate, for their tests: Debian's own, installed where missing and permitted.
# Where Caddy is not to be had, its tests are skipped and say so.
set -eu
PATH="$PATH:/usr/sbin"
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
has() { command -v "$1" >/dev/null 2>&1; }
install() { $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
has nginx && has openssl || install nginx-light openssl
has caddy || install caddy || echo "no Caddy, and it cannot be installed: its tests are skipped" >&2
