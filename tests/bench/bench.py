"""make bench: cmed beside the tools people use, on one machine, in one run; medians, alternating.

    python3 bench.py EXTENSION FOLDER [RUNS]

Every row is one question about one file. cmed is timed as a whole process of the sqlite3 shell, so that its start
is counted; peers are timed inside their process, without theirs. A peer that is not installed is left out.
"""

import gzip
import importlib.util
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
import zlib

EXTENSION, FOLDER = sys.argv[1], sys.argv[2]
RUNS = int(sys.argv[3]) if len(sys.argv) > 3 else 5
ICD = os.environ.get("ICD_XLSX", "")


def path(name):
    return os.path.join(FOLDER, name)


def have(module):
    return importlib.util.find_spec(module) is not None


def cmed(sql):
    def run():
        out = subprocess.run(["sqlite3", "-batch", ":memory:", f".load {EXTENSION}", sql], capture_output=True, text=True)
        assert out.returncode == 0, out.stderr
        return out.stdout.strip().replace(".0", "")

    return run


_duck = {}


def duckdb(sql):
    def run():
        if not _duck:
            import duckdb as d

            _duck["db"] = d.connect(config={"threads": 1})
        return str(_duck["db"].execute(sql).fetchone()[0]).replace(".0", "")

    return run


def python_csv(name, encoding, want):
    def run():
        import csv

        with open(path(name), encoding=encoding, newline="") as f:
            rows = csv.reader(f)
            next(rows)
            return str(sum(want(r) for r in rows))

    return run


def pandas_sum():
    import pandas

    frame = pandas.read_csv(path("qa.gb.csv"), encoding="gb18030", usecols=["answer"], dtype=str)
    return str(int(frame.answer.str.len().sum()))


def inflate(name):
    def run():
        n, d = 0, zlib.decompressobj(31)
        with open(path(name), "rb") as f:
            while block := f.read(1 << 18):
                n += len(d.decompress(block))
        return None

    return run


def openpyxl_rows():
    import openpyxl

    sheet = openpyxl.load_workbook(ICD, read_only=True).worksheets[0]
    return str(sum(1 for _ in sheet.iter_rows(values_only=True)))


def numpy_vectors():
    import numpy

    with open(path("vectors.txt")) as f:
        n, dim = map(int, f.readline().split())
        m = numpy.empty((n, dim), dtype=numpy.float32)
        for i, line in enumerate(f):
            m[i] = numpy.array(line.rstrip().split(" ")[1:], dtype=numpy.float32)
    return str(n)


def gensim_vectors():
    import gensim

    return str(len(gensim.models.KeyedVectors.load_word2vec_format(path("vectors.txt"))))


def iconv_duckdb():
    twin = path("iconv.csv")
    with open(twin, "wb") as f:
        subprocess.run(["iconv", "-f", "GB18030", "-t", "UTF-8", path("qa.gb.csv")], stdout=f, check=True)
    answer = duckdb(f"SELECT sum(length(answer)) FROM read_csv('{twin}', {COLUMNS})")()
    os.unlink(twin)
    return answer


COLUMNS = "header=true, quote='\"', escape='\"', delim=',', auto_detect=false, columns={'id':'BIGINT','department':'VARCHAR','title':'VARCHAR','ask':'VARCHAR','answer':'VARCHAR'}"
JSON = "format='newline_delimited', columns={'id':'BIGINT','department':'VARCHAR','title':'VARCHAR','ask':'VARCHAR','answer':'VARCHAR'}"


def csv_of(name, sql):
    return duckdb(f"SELECT {sql.format(f=f'read_csv({chr(39)}{path(name)}{chr(39)}, {COLUMNS})')}")


def toyhom(name, sql):
    return cmed("SELECT " + sql.format(f=f"toyhom('{path(name)}')"))


COUNT, WHERE, SUM = "count(*) FROM {f}", "count(*) FROM {f} WHERE department = '内科'", "sum(length(answer)) FROM {f}"

CASES = [  # question, file, cmed, {peer: call}, {peer: ratio to reach}
    ("CSV count(*)", "qa.csv", toyhom("qa.csv", COUNT), {"duckdb": csv_of("qa.csv", COUNT)}, {"duckdb": 2.8}),
    ("CSV count(*) where", "qa.csv", toyhom("qa.csv", WHERE), {"duckdb": csv_of("qa.csv", WHERE)}, {"duckdb": 2.3}),
    ("CSV sum(length)", "qa.csv", toyhom("qa.csv", SUM), {"duckdb": csv_of("qa.csv", SUM)}, {"duckdb": 1.6}),
    ("short fields count(*)", "short.csv", toyhom("short.csv", COUNT), {"duckdb": csv_of("short.csv", COUNT)}, {"duckdb": 4.0}),
    ("short fields sum(length)", "short.csv", toyhom("short.csv", SUM), {"duckdb": csv_of("short.csv", SUM)}, {"duckdb": 1.3}),
    ("JSON lines sum(length)", "qa.jsonl", toyhom("qa.jsonl", SUM),
     {"duckdb": duckdb(f"SELECT sum(length(answer)) FROM read_json('{path('qa.jsonl')}', {JSON})")}, {"duckdb": 1.2}),
    ("JSON nested, a label", "nested.jsonl", cmed(f"SELECT count(*) FROM yidu_s4k_entities('{path('nested.jsonl')}') WHERE label_type = '药物'"),
     {"duckdb": duckdb("SELECT count(*) FROM (SELECT unnest(entities) AS e FROM read_json('" + path("nested.jsonl") + "', format='newline_delimited', columns={'entities':'STRUCT(label_type VARCHAR, start_pos INT, end_pos INT)[]'})) WHERE e.label_type = '药物'")}, {"duckdb": 2.0}),
    (".csv.gz sum(length)", "qa.csv.gz", toyhom("qa.csv.gz", SUM), {"duckdb": csv_of("qa.csv.gz", SUM), "zlib alone": inflate("qa.csv.gz")}, {"duckdb": 1.4, "zlib alone": 1 / 1.1}),
    (".json.gz sum(length)", "qa.jsonl.gz", toyhom("qa.jsonl.gz", SUM), {"zlib alone": inflate("qa.jsonl.gz")}, {"zlib alone": 1 / 1.1}),
    ("GB18030 count(*)", "qa.gb.csv", toyhom("qa.gb.csv", COUNT), {"python csv": python_csv("qa.gb.csv", "gb18030", lambda r: 1)}, {"python csv": 15}),
    ("GB18030 sum(length)", "qa.gb.csv", toyhom("qa.gb.csv", SUM),
     {"python csv": python_csv("qa.gb.csv", "gb18030", lambda r: len(r[4])), "pandas": pandas_sum, "iconv + duckdb": iconv_duckdb,
      "duckdb, UTF-8 twin": csv_of("qa.csv", SUM)}, {"python csv": 4, "pandas": 4, "iconv + duckdb": 4, "duckdb, UTF-8 twin": 1.4}),
    ("vectors, 300 dimensions", "vectors.txt", cmed(f"SELECT count(*) FROM word_vectors('{path('vectors.txt')}') WHERE length(vector) = 1200"),
     {"numpy": numpy_vectors, "gensim": gensim_vectors}, {"numpy": 5, "gensim": 5}),
]
if ICD:
    CASES.append(("xlsx, 40,474 rows", ICD, cmed(f"SELECT count(name) FROM icd10('{ICD}')"), {"openpyxl": openpyxl_rows}, {"openpyxl": 10}))

NEEDS = {"duckdb": "duckdb", "duckdb, UTF-8 twin": "duckdb", "iconv + duckdb": "duckdb", "pandas": "pandas", "numpy": "numpy", "gensim": "gensim", "openpyxl": "openpyxl"}


def timed(call):
    begin = time.perf_counter()
    answer = call()
    return time.perf_counter() - begin, answer


def one_case(question, file, own, peers, targets):
    calls = {"cmed": own, **{p: c for p, c in peers.items() if have(NEEDS.get(p, "sys"))}}
    times = {p: [] for p in calls}
    answers = {}
    for _ in range(RUNS):
        for p, call in calls.items():
            seconds, answers[p] = timed(call)
            times[p].append(seconds)
    median = {p: statistics.median(t) for p, t in times.items()}
    for p, a in answers.items():
        if a is not None and a != answers["cmed"]:
            print(f"!! {question}: {p} answers {a}, cmed {answers['cmed']}")
    for p in list(calls)[1:]:
        ratio = median[p] / median["cmed"]
        target = targets.get(p)
        verdict = "" if target is None else ("met" if ratio >= target else "NOT MET")
        print(f"| {question} | {median['cmed'] * 1000:.0f} ms | {p} | {median[p] * 1000:.0f} ms | {ratio:.2f} | {'' if target is None else f'{target:.2f}'} | {verdict} |", flush=True)


def memory():
    """Peak of the shell with the extension, above the bare shell."""
    def peak(arguments):
        out = subprocess.run(["/usr/bin/time", "-f", "%M", "sqlite3", "-batch", ":memory:"] + arguments, capture_output=True, text=True)
        return int(out.stderr.split()[-1])

    bare = peak(["SELECT 1"])
    for name in ("qa.csv", "qa.csv.gz", "qa.jsonl", "qa.gb.csv"):
        used = peak([f".load {EXTENSION}", f"SELECT sum(length(answer)) FROM toyhom('{path(name)}')"])
        print(f"| peak memory, {name} | {(used - bare) / 1024:.1f} MiB | bare shell | {bare / 1024:.1f} MiB | | < 16 MiB | {'met' if used - bare < 16384 else 'NOT MET'} |")


def main():
    version = subprocess.run(["sqlite3", "--version"], capture_output=True, text=True).stdout.split()[0]
    cpu = next((l.split(":")[1].strip() for l in open("/proc/cpuinfo") if l.startswith("model name")), platform.machine())
    print(f"{cpu}, {os.cpu_count()} cores; SQLite {version}; medians of {RUNS}\n")
    print("| question | cmed | peer | its time | ratio | to reach | |\n| --- | --- | --- | --- | --- | --- | --- |")
    for case in CASES:
        if os.path.exists(case[1]) or os.path.exists(path(case[1])):
            one_case(*case)
    memory()


main()
