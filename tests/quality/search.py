#!/usr/bin/python3
"""What SQL gives of words: pkuseg's models, and search by FTS5 beside unicode61 and trigram.

    make && tests/quality/search.py --shared ../shared

golden    every line of pkuseg_golden, by cmed_load_model and cmed_words: must be what pkuseg made
segment   MB/s of cmed_segment inside SQLite, over the texts, repeated to 30 MB
search    an index a tokenizer: size, speed, and for words that stand in the texts how many of the
          rows that LIKE '%word%' finds are found (recall), and how many rows it does not find

The exit code says whether a golden line differs."""
import argparse
import json
import os
import random
import sqlite3
import sys
import time

GOLDEN = (("plain_nodict", []), ("default_post", ["dictionary"]), ("userdict_post", ["dictionary", "user_dict"]))
FILES = {"dictionary": "default_dict_thuocl6000.pkl", "user_dict": "userdict.txt"}
TOKENIZERS = ("unicode61", "trigram", "cmed", "cmed search 0")


def connect(extension):
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(extension)
    return db


def timed(db, sql, *arguments):
    start = time.process_time()
    rows = db.execute(sql, arguments).fetchall()
    return rows, time.process_time() - start


def golden(db, folder):
    wrong = 0
    for model in ("pkuseg_model_amttl", "pkuseg_model_amttl_alt"):
        if not os.path.exists(os.path.join(folder, model, "weights.npz")):
            continue
        for name, options in GOLDEN:
            pairs = [x for o in options for x in (o, os.path.join(folder, "pkuseg_golden", FILES[o]))]
            places = ", ?" * (2 + len(pairs))
            db.execute(f"SELECT cmed_load_model({places[2:]})", (name, os.path.join(folder, model), *pairs)).fetchall()
            with open(os.path.join(folder, "pkuseg_golden", name + ".jsonl"), encoding="utf-8") as f:
                rows = [json.loads(line) for line in f]
            differ = 0
            for r in rows:
                words = [w for (w,) in db.execute("SELECT word FROM cmed_words(?, ?)", (r["in"], name))]
                differ += words != r["out"]
            wrong += differ
            print(f"golden   {model} {name}: {len(rows)} lines, {differ} differ")
    return wrong


def texts(db, specimens):
    db.execute("CREATE TABLE text(body TEXT)")
    for sql, path in (("SELECT ask || '。' || answer FROM toyhom(?)", "toyhom"),
                      ("SELECT text1 || '。' || text2 FROM chip_sts(?)", "cblue/CHIP-STS")):
        db.execute("INSERT INTO text " + sql, (os.path.join(specimens, path),))
    return db.execute("SELECT sum(length(CAST(body AS BLOB))) FROM text").fetchone()[0]


def segment(db, size):
    times = -(-30_000_000 // size)
    db.execute(f"""CREATE TABLE big AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {times})
                   SELECT body FROM n, text""")
    _, bare = min((timed(db, "SELECT sum(length(body)) FROM big") for _ in range(3)), key=lambda r: r[1])
    _, spent = min((timed(db, "SELECT sum(length(cmed_segment(body))) FROM big") for _ in range(3)), key=lambda r: r[1])
    print(f"segment  {times * size / 1e6:.1f} MB in {spent:.2f} s: {times * size / 1e6 / spent:.1f} MB/s "
          f"(the query without it: {bare:.2f} s)")


def words(db, count):
    rows = db.execute("""SELECT word FROM text, cmed_words(body) WHERE length(word) > 1
                         GROUP BY word HAVING count(*) > 4 ORDER BY word""").fetchall()
    han = [w for (w,) in rows if all("\u4e00" <= c <= "\u9fff" for c in w)]
    return random.Random(20200).sample(han, min(count, len(han)))


def search(db, size, count):
    asked = words(db, count)
    like = {w: {r for (r,) in db.execute("SELECT rowid FROM text WHERE instr(body, ?)", (w,))} for w in asked}
    for number, tokenizer in enumerate(TOKENIZERS):
        table = f"fts{number}"
        db.execute(f'CREATE VIRTUAL TABLE {table} USING fts5(body, tokenize="{tokenizer}")')
        _, spent = timed(db, f"INSERT INTO {table}(rowid, body) SELECT rowid, body FROM text")
        db.execute(f"INSERT INTO {table}({table}) VALUES('optimize')")
        (bytes_,), = db.execute(f"SELECT sum(length(block)) FROM {table}_data").fetchall()
        found, wrong, shares = 0, 0, []
        for w in asked:
            rows = {r for (r,) in db.execute(f"SELECT rowid FROM {table} WHERE {table} MATCH ?", (f'"{w}"',))}
            found += len(rows & like[w])
            wrong += len(rows - like[w])
            shares.append(len(rows & like[w]) / len(like[w]))
        total = sum(map(len, like.values()))
        print(f"search   {tokenizer:14} {size / 1e6 / spent:5.1f} MB/s, index {bytes_ / size:.2f} of the text, "
              f"recall {found / total:.3f} of rows, {sum(shares) / len(shares):.3f} of a word's; {wrong} rows beside")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shared", default="../shared")
    parser.add_argument("--extension", default="build/cmed")
    parser.add_argument("--words", type=int, default=1000)
    args = parser.parse_args()
    specimens = os.path.join(args.shared, "specimens")
    db = connect(args.extension)
    wrong = golden(db, os.path.join(specimens, "segmentation"))
    size = texts(db, specimens)
    segment(db, size)
    search(db, size, args.words)
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
