#!/usr/bin/env bash
# Public test suites: tests/conformance/run.sh BUILD SHARED, which has a folder conformance/. Ends with 'N passed, N failed'.
set -u
cd "$(dirname "$0")/../.."
out=$1 folder=$2/conformance passed=0 failed=0

# A program counts by its last line.
count() { # name, command …
    log=$("${@:2}" 2>&1)
    printf '%s\n' "$log" | tail -40
    line=$(printf '%s\n' "$log" | grep -oE '[0-9]+ passed, [0-9]+ failed$' | tail -1)
    if [ -z "$line" ]; then failed=$((failed + 1)); echo "FAILED $1"; return; fi
    passed=$((passed + ${line%% *})) failed=$((failed + $(echo "$line" | awk '{print $3}')))
}

[ -e "$folder/MANIFEST.tsv" ] || { echo "there is no $folder"; exit 2; }
count encoding "$out/tests/conformance/encoding" "$folder"
count archive "$out/tests/conformance/archive" "$folder"
count files /usr/bin/python3 tests/conformance/files.py "$out/cmed" "$folder"
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
