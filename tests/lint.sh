#!/usr/bin/env bash
# The rules of the house, by grep and by the tools; says what breaks them. Ends with the number of complaints.
set -u
cd "$(dirname "$0")/.."
bad=0
complain() { echo "lint: $1"; bad=$((bad + 1)); }
sources=$(git ls-files 'ext/*.c' 'ext/*.h' 'ext/**/*.c' 'ext/**/*.h' 'tests/*.c' 'tests/**/*.c' 'tests/**/*.h')
rooms=$(git ls-files 'ext/*/*.c' 'ext/*/*.h')

# Who may touch whom.
for f in $(grep -lE 'sqlite3' $rooms); do complain "$f: a room knows SQLite"; done
for f in $(echo "$rooms" | grep -v '^ext/read/' | xargs grep -lE '\b(open|openat|pread|fopen|inflate|inflateInit2?_?)\(' ); do complain "$f: opens, reads or inflates outside read/"; done
for f in $(echo "$rooms" | grep '^ext/format/' | xargs grep -lE '#include "\.\./(read|dataset)/'); do complain "$f: format/ includes read/ or dataset/"; done
for f in $(echo "$rooms" | grep -E '^ext/(read|format|dataset)/' | xargs grep -lE '#include "\.\./(text|words|match|learn)/'); do complain "$f: the wing of files includes the wing of language"; done
for f in $(echo "$rooms" | grep -E '^ext/(text|words|match|learn)/' | xargs grep -lE '#include "\.\./(read|format|dataset)/'); do complain "$f: the wing of language includes the wing of files"; done
for f in $(echo "$rooms" | grep '^ext/base/' | xargs grep -lE '#include "\.\./'); do complain "$f: base/ includes another room"; done
for f in $(echo "$rooms" | grep -v 'ext/base/memory.c' | xargs grep -lE '\b(malloc|calloc|realloc|strdup|strndup)\('); do complain "$f: memory that is not base/memory's"; done
for f in $(echo "$rooms" | grep -v 'ext/format/xlsx' | xargs grep -lE '<expat.h>'); do complain "$f: expat outside format/xlsx"; done

# The list of datasets is complete.
for d in $(grep -ohE 'const struct dataset dataset_\w+' ext/dataset/*.c | awk '{print $NF}'); do
    grep -q "&$d," ext/dataset/list.c || complain "$d is not in ext/dataset/list.c"
done
# Each room's files are named for what their functions are named for.
for f in $(git ls-files 'ext/**/*.c'); do
    awk -v f="$f" 'FNR==1{s=0} /^[A-Za-z].*\) *\{$/{s=FNR} /^\}/{if(s&&FNR-s>60)printf "%s:%d a function of %d lines\n",f,s,FNR-s;s=0}' "$f"
done > /tmp/lint.$$; while read -r l; do complain "$l"; done < /tmp/lint.$$; rm -f /tmp/lint.$$
for f in $(git ls-files 'ext/*.[ch]' 'ext/**/*.[ch]'); do
    n=$(wc -l < "$f"); [ "$n" -le 600 ] || case $f in *_table.*) ;; *) complain "$f has $n lines" ;; esac
done

# Form and the tools' advice.
for f in $(echo "$sources" | grep -v '_table\.c$'); do
    clang-format --dry-run -Werror "$f" > /dev/null 2>&1 || complain "$f: clang-format"
done
c=$(git ls-files 'ext/*.c' 'ext/**/*.c' | grep -v '_table\.c$')
if [ -z "${QUICK:-}" ]; then
    echo "$c" | xargs -P 2 -n 12 sh -c 'clang-tidy --quiet --warnings-as-errors="*" "$@" -- -std=c11 -D_GNU_SOURCE' _ > /tmp/tidy.$$ 2> /dev/null ||
        complain "clang-tidy: $(grep -cE ' error: ' /tmp/tidy.$$) reports: $(grep -E ' error: ' /tmp/tidy.$$ | sed "s|$PWD/||" | head -20)"
    rm -f /tmp/tidy.$$
    cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning --inline-suppr -j 2 \
        --suppress=missingIncludeSystem --suppress=uninitvar --suppress=uninitStructMember -D_GNU_SOURCE $c || complain "cppcheck"
fi
echo "lint: $bad complaints"
[ $bad -eq 0 ]
