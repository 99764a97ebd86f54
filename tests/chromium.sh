#!/bin/sh
# The browser and a Chinese font for the browser tests: Debian's own, installed where missing and permitted.
set -eu
fonts() { fc-list :lang=zh 2>/dev/null | grep -q .; }
for one in chromium-headless-shell chromium; do command -v $one >/dev/null 2>&1 && fonts && exit 0; done
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
install() { $as_root apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
$as_root apt-get update -qq
# an older Debian has the whole browser alone
install chromium-headless-shell fonts-noto-cjk fontconfig || install chromium fonts-noto-cjk fontconfig
