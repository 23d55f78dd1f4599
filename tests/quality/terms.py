#!/usr/bin/python3
"""How well cmed_terms finds standard terms, and how fast.

    python3 tests/quality/terms.py [build/cmed.so] [../shared/specimens]

CHIP-CDN: diagnoses to names of the ICD-10 sheet; Yidu-N7K: procedures to names of code.txt. Both come
with answers for their training files alone, so these are split: record i is for development where
i % 6 = 0 (CDN) or i % 5 = 0 (N7K), and for training elsewhere. The synonyms of ext/match/terms_synonym.c
and the weights of ext/match/terms_find.c were chosen on the development parts.

R@k: share of the standard terms that are among the first k rows. first: the first row is a right one.
set: the first row is the one right answer, so a mention of several concepts counts as wrong.
"""
import math
import sqlite3
import sys
import time

EXTENSION = sys.argv[1] if len(sys.argv) > 1 else "build/cmed.so"
SPECIMENS = sys.argv[2] if len(sys.argv) > 2 else "../shared/specimens"
ICD = SPECIMENS + "/cblue/CHIP-CDN/国际疾病分类 ICD-10北京临床版v601.xlsx"

TASKS = {
    "CHIP-CDN": (6, "SELECT name, name FROM icd10(?)", ICD,
                 "SELECT text, normalized_result FROM chip_cdn(?)",
                 SPECIMENS + "/cblue/CHIP-CDN/CHIP-CDN_train.json"),
    "Yidu-N7K": (5, "SELECT name, name FROM yidu_n7k_codes(?)", SPECIMENS + "/yidu-n7k/code.txt",
                 "SELECT raw_term, standard_term FROM yidu_n7k(?)", SPECIMENS + "/yidu-n7k/train.xlsx"),
}
OPTIONS = ["", "learn=0", "synonyms=0", "split=0", "method=jaccard, learn=0", "method=bm25, learn=0"]


def connect():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    return db


def measure(db, dev):
    """Table t answers dev: R@1, R@5, R@10, first, set, seconds."""
    found = {1: 0, 5: 0, 10: 0}
    gold_total = first = whole = 0
    start = time.perf_counter()
    answers = [[r[0] for r in db.execute("SELECT code FROM t(?, 10)", (text,))] for text, _ in dev]
    seconds = time.perf_counter() - start
    for (_, gold), rows in zip(dev, answers):
        gold_total += len(gold)
        for k in found:
            found[k] += sum(g in rows[:k] for g in gold)
        first += rows[:1] != [] and rows[0] in gold
        whole += rows[:1] == gold
    return [found[k] / gold_total for k in (1, 5, 10)] + [first / len(dev), whole / len(dev), seconds]


def task(name):
    step, names_sql, names_file, pairs_sql, pairs_file = TASKS[name]
    db = connect()
    names = db.execute(names_sql, (names_file,)).fetchall()
    pairs = [(t, g.split("##")) for t, g in db.execute(pairs_sql, (pairs_file,))]
    dev = [p for i, p in enumerate(pairs) if i % step == 0]
    train = [(g, t) for i, (t, gold) in enumerate(pairs) if i % step for g in gold]
    print(f"\n{name}: {len(names)} names, {len(train)} pairs for training, {len(dev)} mentions for development")
    print(f"{'aliases':8} {'options':26} {'R@1':>6} {'R@5':>6} {'R@10':>6} {'first':>6} {'set':>6} {'mentions/s':>11}")
    for aliases in (False, True):
        for options in OPTIONS:
            db.execute(f"CREATE VIRTUAL TABLE temp.t USING cmed_terms({options})")
            db.executemany("INSERT INTO t(code, term) VALUES(?, ?)", names + (train if aliases else []))
            db.execute("SELECT code FROM t('x')").fetchall()
            *figures, seconds = measure(db, dev)
            print(f"{'train' if aliases else 'none':8} {options or '(default)':26} "
                  + " ".join(f"{x:6.3f}" for x in figures) + f" {len(dev) / seconds:11.0f}", flush=True)
            db.execute("DROP TABLE t")
    gold = sum(len(g) for _, g in dev)
    print(f"95 % intervals of .80: R@10 +-{1.96 * math.sqrt(.16 / gold):.3f}, first +-{1.96 * math.sqrt(.16 / len(dev)):.3f}")


def speed():
    """Every mention of CDN against all rows of the sheet, in SQL alone."""
    db = connect()
    db.execute("CREATE TEMP TABLE m AS SELECT text FROM chip_cdn(?)", (TASKS["CHIP-CDN"][4],))
    db.execute("CREATE VIRTUAL TABLE temp.t USING cmed_terms")
    start = time.perf_counter()
    db.execute("INSERT INTO t(code, term) SELECT code, name FROM icd10(?)", (ICD,))
    inserted = time.perf_counter()
    db.execute("SELECT code FROM t('x')").fetchall()
    built = time.perf_counter()
    print(f"\nICD-10: rows inserted in {inserted - start:.3f} s, index built in {built - inserted:.3f} s")
    for k in (1, 3, 10):
        start = time.perf_counter()
        n, rows = db.execute("SELECT count(DISTINCT m.rowid), count(t.code) FROM m JOIN t(m.text, ?)", (k,)).fetchone()
        seconds = time.perf_counter() - start
        print(f"k = {k:2}: {n / seconds:7.0f} mentions/s, {1e6 * seconds / n:.1f} us a mention, {rows} rows")


if __name__ == "__main__":
    for each in TASKS:
        task(each)
    speed()
