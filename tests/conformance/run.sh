#!/usr/bin/env bash
# Public test suites: tests/conformance/run.sh BUILD SHARED. Ends with 'N passed, N failed'.
set -u
cd "$(dirname "$0")/../.."
out=$1 folder=$2/conformance passed=0 failed=0
add() { # the last line of a part's log
    printf '%s\n' "$log" | tail -30
    line=$(printf '%s\n' "$log" | grep -oE '[0-9]+ passed, [0-9]+ failed$' | tail -1)
    if [ -z "$line" ]; then failed=$((failed + 1)); echo "FAILED $1"; return; fi
    passed=$((passed + ${line%% *})) failed=$((failed + $(echo "$line" | awk '{print $3}')))
}
for part in encoding archive; do
    log=$("$out/tests/conformance/$part" "$folder" 2>&1); add $part
done
log=$(/usr/bin/python3 tests/conformance/suites.py "$out/cmed" "$folder" 2>&1); add suites
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
