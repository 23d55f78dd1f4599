#!/usr/bin/env bash
# make demo: the README's questions, asked of samples/ in the sqlite3 shell.
set -eu
cd "$(dirname "$0")/.."
echo "sqlite> .load $1/cmed"
tests/readme.sh "$1" show
