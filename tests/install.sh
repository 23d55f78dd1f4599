#!/usr/bin/env bash
# Installs what is missing of a fresh Debian 12: tests/install.sh build | test | lint | fuzz
set -eu
want="gcc make libsqlite3-dev libutf8proc-dev zlib1g-dev libexpat1-dev sqlite3"
case ${1:-build} in
test) want="$want libcmocka-dev python3" ;;
lint) want="$want libcmocka-dev clang clang-format clang-tidy cppcheck" ;;
fuzz) want="$want clang libclang-rt-14-dev" ;;
peers) want="$want python3 python3-openpyxl python3-jieba nodejs" ;;
esac
missing=
for p in $want; do
    dpkg-query -W -f='${Status}' "$p" 2> /dev/null | grep -q 'ok installed' || missing="$missing $p"
done
[ -z "$missing" ] && exit 0
echo "installing:$missing"
as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $missing > /dev/null
