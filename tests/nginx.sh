#!/bin/sh
# The proxy of deploy/ and what makes a certificate, for its tests: Debian's own, installed where missing and permitted.
set -eu
PATH="$PATH:/usr/sbin"
command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1 && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
$as_root apt-get update -qq
$as_root apt-get install -y -qq --no-install-recommends nginx-light openssl >/dev/null
