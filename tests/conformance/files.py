"""Public test files asked through the extension, and judged by the folder's manifest.

    python3 files.py EXTENSION CONFORMANCE        ends with 'N passed, N failed'

    MANIFEST.tsv    path, reader, options, expect, note

    accept             every row comes               reject        an error
    rows=4             so many rows                  either        it ends
    rows=4|reject      one of the two                json=PATH     the rows are these objects
    error-after-prefix the rows before the error are the first ones of the undamaged twin
    reject-or-WORD, accept-or-WORD                   the first, or what DECIDED says of the file

Every question is asked by a process of its own: a signal, a wait or a large memory fails it.
"""

import csv
import json
import os
import resource
import signal
import sqlite3
import sys
import tempfile
import time

EXTENSION, FOLDER = os.path.abspath(sys.argv[1]), sys.argv[2]
SECONDS, MEBIBYTES = 20, 64  # that one question may take

# What the manifest leaves open or sees otherwise: {path: (rows or None for an error, why)}
DECIDED = {
    "generated/gz/many-empty-members.gz": (None, "an empty file is a mistake more often than data"),
    "generated/csv/utf16le.csv": (1, "UTF-16 with a byte order mark is decoded"),
    "generated/brat/offset-oob.ann": (3, "offsets are the file's own: its text may not be there to compare them with"),
}

# What stands behind rows that end in an error: the undamaged file, of which they are the first rows.
TWIN = "generated/gz/plain.csv.gz"
KEPT = 3000  # rows that are looked at

passed = failed = 0


def judge(name, good, why=""):
    global passed, failed
    passed, failed = passed + good, failed + (not good)
    if not good:
        print("FAILED", name, why)


def connect():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    return db


def ask(sql, *arguments, read_size=0):
    """Number of rows, the first of them, and the error that ended them or None. Python loses the row
    before an error."""
    count, rows = 0, []
    try:
        db = connect()
        db.execute("SELECT cmed_config('read_size', ?)", (read_size,))
        for row in db.execute(sql, arguments):
            count += 1
            if count <= KEPT:
                rows.append(row)
    except sqlite3.Error as e:
        return count, rows, str(e)
    return count, rows, None


def apart(question):
    """What question() gives, asked in a process of its own; or what happened to it."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(read)
        signal.alarm(SECONDS)
        with os.fdopen(write, "w") as f:
            json.dump(question(), f)
        os._exit(0)
    os.close(write)
    with os.fdopen(read) as f:
        said = f.read()
    _, status, usage = os.wait4(child, 0)
    mebibytes = (usage.ru_maxrss - resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) / 1024
    if os.WIFSIGNALED(status) or not said:
        return None, "signal %d" % os.WTERMSIG(status)
    if mebibytes > MEBIBYTES:
        return None, "%d MiB of memory" % mebibytes
    return json.loads(said), None


def settings(options):
    """'header=1,delimiter=|,encoding=gb18030' -> options of cmed_csv, encoding"""
    said = dict(o.split("=", 1) for o in options.split(",") if o)
    return json.dumps({"header": int(said.get("header", 1)), "sep": said.get("delimiter", ",")}), said.get("encoding")


TABLES = {  # what is asked of the file that a reader of the manifest is given
    "csv": ("cmed_csv", "cells"),
    "json": ("cmed_json", "json"),
    "jsonl": ("cmed_json", "json"),
    "xlsx": ("cmed_xlsx", "sheet, row_no, cells"),
    "brat": ("cmed_brat", "*"),
    "pubtator": ("cmed_pubtator", "*"),
    "word2vec": ("word_vectors", "term, dim"),
    "text": ("cmed_lines", "text"),
}


def query(reader, path, options):
    table, columns = TABLES[reader]
    sql = f"SELECT {columns} FROM {table}(?)"
    if reader != "csv":
        return sql, path
    said, encoding = settings(options)
    return sql + " WHERE options = ? AND encoding = ?" if encoding else sql + " WHERE options = ?", path, said, *filter(None, [encoding])


def given_back(path):
    """A checkout took the CRs of a file that is named for them: its twin has them."""
    with open(path, "rb") as f:
        content = f.read()
    if not path.endswith("_crlf.csv") or b"\r" in content:
        return path
    twin = tempfile.NamedTemporaryFile(suffix=".csv", delete=False)
    twin.write(content.replace(b"\n", b"\r\n"))
    twin.close()
    return twin.name


def begins_twin(rows):
    whole = ask(*query("csv", os.path.join(FOLDER, TWIN), "header=0"))[1]
    return rows == [list(r) for r in whole[: len(rows)]]


def fits_one(expect, path, count, rows, error):
    if expect == "accept":
        return error is None
    if expect in ("reject", "error"):
        return error is not None
    if expect.startswith("rows="):
        return error is None and count == int(expect[5:])
    if expect.startswith("json="):
        with open(os.path.join(FOLDER, expect[5:]), encoding="utf-8") as f:
            want = json.load(f)
        return error is None and [json.loads(r[0]) for r in rows] == want
    if expect == "error-after-prefix":
        good = begins_twin(rows) if "/gz/" in path else "line 3" in error if "line-3" in path else True
        return error is not None and good
    if expect.startswith(("reject-or-", "accept-or-")):
        return (error is None) == expect.startswith("accept")
    return expect == "either"


def fits(expect, path, count, rows, error):
    if path in DECIDED:
        return error is None and count == DECIDED[path][0] if DECIDED[path][0] is not None else error is not None
    return any(fits_one(e, path, count, rows, error) for e in expect.split("|"))


def manifest():
    there = {r[0] for r in connect().execute("SELECT name FROM cmed_help()")}
    with open(os.path.join(FOLDER, "MANIFEST.tsv"), encoding="utf-8") as f:
        for line in f.read().split("\n")[1:]:
            path, reader, options, expect = (line.split("\t") + [""] * 4)[:4]
            if reader not in TABLES:
                continue  # another program's
            if TABLES[reader][0] not in there:
                print("left out:", path, "for there is no", TABLES[reader][0])
                continue
            said, why = apart(lambda: ask(*query(reader, given_back(os.path.join(FOLDER, path)), options)))
            judge(path, said is not None and fits(expect, path, *said), why or f"expected {expect}, got {said[0]} rows and {said[2]}")


def same(name, got, want):
    _, rows, error = got
    judge(name, error is None and rows == want, error or "other rows")


def json_values():
    """What is accepted has the values that Python reads: the elements of an array, or the value."""
    folder = os.path.join(FOLDER, "JSONTestSuite", "test_parsing")
    for name in sorted(os.listdir(folder)):
        if not name.startswith("y_"):
            continue
        path = os.path.join(folder, name)
        with open(path, encoding="utf-8-sig") as f:
            want = json.load(f)
        _, rows, error = ask("SELECT json FROM cmed_json(?)", path)
        judge(name, error is None and [json.loads(r[0]) for r in rows] == (want if isinstance(want, list) else [want]), error)


def naughty():
    """Strings that break programs come out of every format as they went in."""
    path = os.path.join(FOLDER, "naughty", "blns.json")
    with open(path, encoding="utf-8") as f:
        strings = json.load(f)
    same("blns.json", ask("SELECT json ->> '$' FROM cmed_json(?)", path), [(s,) for s in strings])
    text = os.path.join(FOLDER, "naughty", "blns.txt")
    with open(text, encoding="utf-8", newline="") as f:
        lines = f.read().split("\n")
    same("blns.txt", ask("SELECT text FROM cmed_lines(?)", text), [(l.rstrip("\r"),) for l in lines[: len(lines) - (lines[-1] == "")]])
    strings = [s for s in strings if s and "\0" not in s]
    with tempfile.TemporaryDirectory() as folder:
        for end in ("\n", "\r\n"):
            path = os.path.join(folder, "naughty.csv")
            with open(path, "w", encoding="utf-8", newline="") as f:
                csv.writer(f, lineterminator=end).writerows([["n", "s"], *([i, s] for i, s in enumerate(strings))])
            same("blns in CSV", ask("SELECT cells ->> '$.s' FROM cmed_csv(?) WHERE options = '{\"sep\":\",\"}'", path), [(s,) for s in strings])
        path = os.path.join(folder, "naughty.jsonl")
        for ascii in (True, False):
            with open(path, "w", encoding="utf-8", newline="") as f:
                f.writelines(json.dumps({"s": s}, ensure_ascii=ascii) + "\n" for s in strings)
            same("blns in JSON lines", ask("SELECT json ->> '$.s' FROM cmed_json(?)", path), [(s,) for s in strings])


def boundaries():
    """Where quotes, line ends and characters fall between two reads, no row is another."""
    folder = os.path.join(FOLDER, "generated", "csv")
    for name in sorted(os.listdir(folder)):
        if not name.startswith(("boundary", "gb18030")):
            continue
        options, encoding = settings("delimiter=|" if "trail" in name else "")
        encoding = "gb18030" if name.startswith("gb18030") else encoding
        sql = "SELECT cells FROM cmed_csv(?, ?) WHERE options = ?"
        answers = [ask(sql, os.path.join(folder, name), encoding, options, read_size=n) for n in (0, 1, 7, 4096)]
        judge(name, answers[0][2] is None and all(a == answers[0] for a in answers), str(answers[0][2]))


for check in (manifest, json_values, naughty, boundaries):
    check()
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
