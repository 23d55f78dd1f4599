#!/usr/bin/env bash
# Runs every test that needs neither a network nor other people's files, and ends with 'N passed, N failed'.
#
#   tests/run.sh build            the build folder; one test: tests/run.sh build sql/ruijin  or  unit/test_csv
set -u
cd "$(dirname "$0")/.."
out=$1 only=${2:-}
passed=0 failed=0

# The sanitizers' library must be there before the shell that loads the extension.
preload=
case $out in */san) preload=$(${CC:-gcc} -print-file-name=libasan.so) ;; esac
export ASAN_OPTIONS=detect_leaks=${LEAKS:-0} UBSAN_OPTIONS=print_stacktrace=1

report() { # name, verdict
    if [ "$2" = 0 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); echo "FAILED $1"; fi
}

wanted() { [ -z "$only" ] || [ "$1" = "$only" ]; }

# cmocka: every test function counts.
for t in "$out"/tests/unit/test_*; do
    case $t in *.d | *'*') continue ;; esac
    name=unit/$(basename "$t")
    wanted "$name" || continue
    log=$("$t" 2>&1); code=$?
    n=$(printf '%s\n' "$log" | grep -c '^\[       OK \]')
    passed=$((passed + n))
    if [ $code -ne 0 ]; then
        failed=$((failed + 1)); echo "FAILED $name"; printf '%s\n' "$log" | grep -vE '^\[ RUN|^\[       OK' | tail -30
    fi
done

# A shell session: what it prints is what is expected. The line number of a message is sqlite3's own.
session() { { echo ".load $out/cmed"; cat "$1"; } | LD_PRELOAD=$preload sqlite3 -batch :memory: 2>&1 | sed -E 's/^(Runtime error|Parse error|Error)( near line [0-9]+)?: (in prepare, |stepping, )?/error: /; s/ \([0-9]+\)$//'; }
for f in tests/sql/*.sql sql/recipes/*.sql; do
    [ -e "$f" ] || continue
    base=$(basename "$f" .sql) name=${f#tests/}; name=${name%.sql}
    wanted "$name" || continue
    expected=tests/expected/$base.out
    if [ -n "${UPDATE:-}" ]; then session "$f" > "$expected"; fi
    diff -u "$expected" <(session "$f") > "$out/diff.txt" 2>&1; code=$?
    report "$name" $code
    [ $code -eq 0 ] || head -40 "$out/diff.txt"
done

# Programs that drive the whole extension: faults, prefixes, read sizes.
for t in "$out"/tests/fault/*; do
    case $t in *.d) continue ;; esac
    [ -x "$t" ] || continue
    name=fault/$(basename "$t")
    wanted "$name" || continue
    log=$("$t" "$out/cmed" 2>&1); code=$?
    printf '%s\n' "$log" | tail -3
    report "$name" $code
done

# The README says nothing that is not so.
if wanted readme && [ -e tests/readme.sh ]; then
    tests/readme.sh "$out"; report readme $?
fi

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
