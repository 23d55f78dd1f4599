#!/usr/bin/env bash
# The README's SQL gives the answers that stand below it, in both languages; with 'show' it is printed as it runs.
set -u
cd "$(dirname "$0")/.."
out=$1 show=${2:-}
dir=$out/readme
preload=
case $out in */san) preload=$(${CC:-gcc} -print-file-name=libasan.so) ;; esac
export ASAN_OPTIONS=detect_leaks=0
rm -rf "$dir"; mkdir -p "$dir"
awk -v dir="$dir" '
    /^```sql$/ { n++; file = dir "/" sprintf("%02d", n) ".sql"; next }
    /^```text$/ && n && !(n in done) { done[n] = 1; file = dir "/" sprintf("%02d", n) ".txt"; next }
    /^```/ { file = ""; next }
    file { print > file }' README.md
failed=0 count=0
for sql in "$dir"/*.sql; do
    want=${sql%.sql}.txt
    [ -e "$want" ] || continue
    count=$((count + 1))
    { echo ".load $out/cmed"; cat "$sql"; } | LD_PRELOAD=$preload sqlite3 -batch -header :memory: > "$dir/got.txt" 2>&1
    if [ -n "$show" ]; then sed 's/^/sqlite> /' "$sql"; cat "$dir/got.txt"; echo; continue; fi
    if ! diff -u "$want" "$dir/got.txt"; then failed=1; fi
done
[ $count -ge 5 ] || { echo "readme: only $count questions were found"; failed=1; }
exit $failed
