#!/usr/bin/env bash
# Runs every fuzz target for so many seconds: tests/fuzz/run.sh SECONDS TARGET…  Seeds: samples/. Ends with 'N passed, N failed'.
set -u
seconds=$1
shift
passed=0 failed=0
export ASAN_OPTIONS=quarantine_size_mb=32 # what is freed is kept for a while
for target in "$@"; do
    name=$(basename "$target") dir=build/fuzz/corpus/$(basename "$target")
    mkdir -p "$dir" build/fuzz/seeds
    [ -e build/fuzz/seeds/done ] || { find samples -type f -size -32k -exec sh -c 'cp "$1" "build/fuzz/seeds/$(echo "$1" | md5sum | cut -c1-16)"' _ {} \; ; touch build/fuzz/seeds/done; }
    if "$target" -max_total_time="$seconds" -max_len=8192 -rss_limit_mb=256 -timeout=20 -print_final_stats=1 \
        -artifact_prefix="build/fuzz/$name-" "$dir" build/fuzz/seeds > "build/fuzz/$name.log" 2>&1; then
        passed=$((passed + 1))
        echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build/fuzz/$name.log") runs"
    else
        failed=$((failed + 1))
        echo "FAILED $name"; tail -25 "build/fuzz/$name.log"
    fi
done
echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
