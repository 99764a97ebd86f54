#!/bin/sh
# PostgreSQL's server for the tests of a store on one: Debian's own, installed where missing and permitted. Where it is
# not, those tests are skipped and say so.
set -eu
ls /usr/lib/postgresql/*/bin/postgres >/dev/null 2>&1 && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
none=/etc/postgresql-common/createcluster.d/face-to-face.conf # the tests start their own: none is made and started here
{ $as_root mkdir -p "${none%/*}" && echo "create_main_cluster = false" | $as_root tee "$none" >/dev/null &&
    $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends postgresql >/dev/null; } ||
    echo "no PostgreSQL, and it cannot be installed: the tests of a store on a server are skipped" >&2
