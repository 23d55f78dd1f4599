#!/usr/bin/env bash
# Real files against independent readers: tests/shared/run.sh BUILD SHARED. Ends with 'N passed, N failed'.
set -u
cd "$(dirname "$0")/../.."
out=$1 shared=$2 passed=0 failed=0
for script in tests/shared/*.py; do
    log=$(/usr/bin/python3 "$script" "$out/cmed" "$shared" 2>&1)
    printf '%s\n' "$log" | grep -vE '^ok ' | tail -40
    line=$(printf '%s\n' "$log" | grep -E '^[0-9]+ passed, [0-9]+ failed$' | tail -1)
    if [ -z "$line" ]; then failed=$((failed + 1)); echo "FAILED $script"; continue; fi
    passed=$((passed + ${line%% *})) failed=$((failed + $(echo "$line" | awk '{print $3}')))
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
