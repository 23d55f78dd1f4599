#!/usr/bin/env bash
# make bench: installs the peers, makes the data, prints one table. BENCH_MIB=200 BENCH_RUNS=5
set -eu
cd "$(dirname "$0")/../.."
out=$1 shared=$2 mib=${BENCH_MIB:-200}
dir=$out/bench
mkdir -p "$dir"
if [ ! -x "$dir/venv/bin/python" ]; then
    dpkg-query -W -f='${Status}' python3-venv 2> /dev/null | grep -q 'ok installed' || apt-get install -y -qq --no-install-recommends python3-venv > /dev/null
    /usr/bin/python3 -m venv "$dir/venv"
    "$dir/venv/bin/pip" install -q duckdb pandas numpy gensim openpyxl || echo "some peers could not be installed"
fi
[ -e "$dir/data.$mib" ] || { "$dir/venv/bin/python" tests/bench/data.py "$dir" "$mib"; touch "$dir/data.$mib"; }
icd=$(ls "$shared"/specimens/cblue/CHIP-CDN/*ICD-10*.xlsx 2> /dev/null || true)
env -u OPENBLAS_CORETYPE -u OPENBLAS_L2_SIZE ICD_XLSX="$icd" "$dir/venv/bin/python" tests/bench/bench.py "$out/cmed" "$dir" "${BENCH_RUNS:-5}"
