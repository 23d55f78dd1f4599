#!/usr/bin/python3
"""What models learn from data in one SQL statement, on data that they did not see.

    tests/quality/learn.py build/cmed ../shared/specimens

A part of each training file is kept for testing:

    QIC, CTC    a fifth of the texts, by CRC-32 of the text
    COVID, STS  a fifth of the groups of questions that hang together by pairs: no question of the test is in training
    Yidu-S4K    a fifth of the records of both training files, by CRC-32 of the text
    CMeEE       blocks of 50 lines, every fifth one: neighbours come from one source (CHIP 2020's training file)

Beside it the baseline on the same split, where scikit-learn and jieba are there: LinearSVC over tf-idf of character
1- and 2-grams; logistic regression over sets of n-grams (shared, differing, words of one times words of the other);
the training mentions as a dictionary, longest match. The last column says what the baseline had with the whole
training file on the set's own dev file, which is not at hand here: those splits are not these."""
import json
import sqlite3
import sys
import time
import zlib

SO, SPECIMENS = sys.argv[1], sys.argv[2]
ONLY = set(sys.argv[3:])


def connect():
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(SO)
    return db


def fold(text):
    return zlib.crc32(text.encode()) % 5


def line(task, n_train, n_test, measure, cmed, baseline, quoted, target, train, rate, size):
    print(f"{task:9} {n_train:6} {n_test:6}  {measure:13} {cmed:7.4f} {baseline:>8} {quoted:>9} {target:>7}"
          f"  {train:6.1f} s {rate:>14} {size / 1e6:6.1f} MB", flush=True)


def show(x):
    return "-" if x is None else f"{x:.4f}"


# --- labels -----------------------------------------------------------------------------------------------------

def svc(train, test):
    try:
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.metrics import f1_score
        from sklearn.svm import LinearSVC
    except ImportError:
        return None, None
    v = TfidfVectorizer(analyzer="char", ngram_range=(1, 2), sublinear_tf=True)
    x = v.fit_transform(t for t, _ in train)
    said = LinearSVC(C=1).fit(x, [l for _, l in train]).predict(v.transform(t for t, _ in test))
    gold = [l for _, l in test]
    return sum(a == b for a, b in zip(gold, said)) / len(gold), f1_score(gold, said, average="macro")


def classify(task, sql, quoted, target):
    db = connect()
    rows = db.execute(sql.format(SPECIMENS)).fetchall()
    db.execute("CREATE TABLE r(text, label, test)")
    db.executemany("INSERT INTO r VALUES (?, ?, ?)", [(t, l, fold(t) == 0) for t, l in rows])
    start = time.time()
    db.execute("CREATE TABLE m AS SELECT cmed_train_classifier(text, label) AS m FROM r WHERE NOT test")
    seconds = time.time() - start
    size = db.execute("SELECT length(m) FROM m").fetchone()[0]
    db.execute("SELECT cmed_load_model('m', m) FROM m").fetchone()
    start = time.time()
    result = json.loads(db.execute("SELECT cmed_label_f1(label, cmed_classify(text, 'm')) FROM r WHERE test").fetchone()[0])
    n = db.execute("SELECT count(*) FROM r WHERE test").fetchone()[0]
    rate = f"{n / (time.time() - start):.0f} texts/s"
    base = svc([(t, l) for t, l in rows if fold(t)], [(t, l) for t, l in rows if not fold(t)])
    line(task, len(rows) - n, n, "accuracy", result["accuracy"], show(base[0]), quoted[0], target[0], seconds, rate, size)
    line(task, len(rows) - n, n, "macro F1", result["macro_f1"], show(base[1]), quoted[1], target[1], seconds, rate, size)


# --- pairs ------------------------------------------------------------------------------------------------------

def groups(rows):
    parent = {}

    def find(x):
        parent.setdefault(x, x)
        while parent[x] != x:
            parent[x] = parent[parent[x]]
            x = parent[x]
        return x

    for a, b, _ in rows:
        parent[find(a)] = find(b)
    return [zlib.crc32(find(a).encode()) % 5 == 0 for a, _, _ in rows]


def regression(train, test):
    try:
        import jieba
        from sklearn.feature_extraction import FeatureHasher
        from sklearn.linear_model import LogisticRegression
    except ImportError:
        return None
    jieba.setLogLevel(60)

    def sets(a, b):
        def grams(t):
            return set(t) | {t[i:i + 2] for i in range(len(t) - 1)}
        x, y = grams(a), grams(b)
        wa, wb = set(jieba.cut(a)), set(jieba.cut(b))
        yield from ("&" + g for g in x & y)
        yield from ("^" + g for g in x ^ y)
        yield from ("*" + "|".join(sorted((u, v))) for u in wa - wb for v in wb - wa)

    h = FeatureHasher(1 << 18, input_type="string", alternate_sign=False)
    model = LogisticRegression(C=1, max_iter=300).fit(h.transform([list(sets(a, b)) for a, b, _ in train]), [l for *_, l in train])
    said = model.predict(h.transform([list(sets(a, b)) for a, b, _ in test]))
    return sum(p == l for p, (*_, l) in zip(said, test)) / len(test)


def pairs(task, sql, quoted, target):
    db = connect()
    rows = [(a, b, int(l)) for a, b, l in db.execute(sql.format(SPECIMENS))]
    test = groups(rows)
    db.execute("CREATE TABLE r(a, b, label, test)")
    db.executemany("INSERT INTO r VALUES (?, ?, ?, ?)", [(*r, t) for r, t in zip(rows, test)])
    start = time.time()
    db.execute("CREATE TABLE m AS SELECT cmed_train_pairs(a, b, label) AS m FROM r WHERE NOT test")
    seconds = time.time() - start
    size = db.execute("SELECT length(m) FROM m").fetchone()[0]
    db.execute("SELECT cmed_load_model('m', m) FROM m").fetchone()
    start = time.time()
    db.execute("CREATE TABLE s AS SELECT label, cmed_same(a, b, 'm') AS p FROM r WHERE test")
    n = sum(test)
    rate = f"{n / (time.time() - start):.0f} pairs/s"
    right, auc = db.execute("SELECT avg((p > 0.5) = label), cmed_auc(p, label) FROM s").fetchone()
    base = regression([r for r, t in zip(rows, test) if not t], [r for r, t in zip(rows, test) if t])
    half = 1.96 * (right * (1 - right) / n) ** 0.5
    line(task, len(rows) - n, n, f"acc ±{half:.3f}", right, show(base), quoted[0], target[0], seconds, rate, size)
    line(task, len(rows) - n, n, "AUC", auc, "-", quoted[1], target[1], seconds, rate, size)


# --- mentions ---------------------------------------------------------------------------------------------------

def dictionary(train, test):
    """The longest training mention at each place, with its most frequent type."""
    types = {}
    for text, spans in train:
        for a, b, t in json.loads(spans):
            types.setdefault(text[a:b], {}).setdefault(t, []).append(1)
    words = {w: max(t, key=lambda k: len(t[k])) for w, t in types.items() if len(w) > 1}
    longest = max(map(len, words))
    right = said = gold = 0
    for text, spans in test:
        want = {tuple(s) for s in json.loads(spans)}
        have, i = set(), 0
        while i < len(text):
            n = next((n for n in range(min(longest, len(text) - i), 1, -1) if text[i:i + n] in words), 0)
            if n:
                have.add((i, i + n, words[text[i:i + n]]))
            i += n or 1
        right, said, gold = right + len(want & have), said + len(have), gold + len(want)
    return 2 * right / (said + gold)


def yidu(db):
    for part in (1, 2):
        for text, spans in db.execute("SELECT text, entities FROM yidu_s4k(?)", (f"{SPECIMENS}/yidu-s4k/subtask1_training_part{part}.txt",)):
            yield text, json.dumps([[e["start_pos"], e["end_pos"], e["label_type"]] for e in json.loads(spans)], ensure_ascii=False), fold(text) == 0


def cmeee(db):
    path = f"{SPECIMENS}/chip2020/ner_train_data.txt"
    spans = {}
    for doc, a, b, t in db.execute("SELECT doc, start_idx, end_idx, type FROM chip2020_ner_entities(?)", (path,)):
        spans.setdefault(doc, []).append([a, b + 1, t])
    for i, (doc, text) in enumerate(db.execute("SELECT doc, text FROM chip2020_ner(?)", (path,))):
        yield text, json.dumps(spans.get(doc, [])), i // 50 % 5 == 0


def tag(task, rows, quoted, target):
    db = connect()
    rows = list(rows(db))
    db.execute("CREATE TABLE r(text, spans, test)")
    db.executemany("INSERT INTO r VALUES (?, ?, ?)", rows)
    start = time.time()
    db.execute("CREATE TABLE m AS SELECT cmed_train_tagger(text, spans) AS m FROM r WHERE NOT test")
    seconds = time.time() - start
    size = db.execute("SELECT length(m) FROM m").fetchone()[0]
    db.execute("SELECT cmed_load_model('m', m) FROM m").fetchone()
    result = json.loads(db.execute(
        "SELECT cmed_span_f1(spans, (SELECT json_group_array(json_array(start_pos, end_pos, type)) FROM cmed_entities(text, 'm')))"
        " FROM r WHERE test").fetchone()[0])
    start = time.time()
    db.execute("SELECT count(*) FROM r, cmed_entities(r.text, 'm')").fetchone()
    rate = f"{sum(len(t.encode()) for t, *_ in rows) / 1e6 / (time.time() - start):.1f} MB/s"
    n = sum(t for *_, t in rows)
    base = dictionary([(t, s) for t, s, x in rows if not x], [(t, s) for t, s, x in rows if x])
    line(task, len(rows) - n, n, "strict F1", result["f1"], show(base), quoted, target, seconds, rate, size)
    for name, r in sorted(result["types"].items(), key=lambda x: -x[1]["f1"]):
        print(f"{'':26}{name} {r['f1']:.3f}", flush=True)


TASKS = {
    "QIC": lambda: classify("QIC", "SELECT query, label FROM kuake_qic('{}/cblue/KUAKE-QIC/KUAKE-QIC_train.json')", (".771", "-"), (".78", "-")),
    "CTC": lambda: classify("CTC", "SELECT text, label FROM chip_ctc('{}/cblue/CHIP-CTC/CHIP-CTC_train.json')", (".824", ".758"), ("-", ".76")),
    "COVID": lambda: pairs("COVID", "SELECT query1, query2, label FROM covid_pairs('{}/covid_pairs/train.csv')", (".8865", ".949"), (".90", "-")),
    "STS": lambda: pairs("STS", "SELECT text1, text2, label FROM chip_sts('{}/cblue/CHIP-STS/CHIP-STS_train.json')", (".783", ".850"), (".77", "-")),
    "Yidu-S4K": lambda: tag("Yidu-S4K", yidu, "-", ".82"),
    "CMeEE": lambda: tag("CMeEE", cmeee, ".422", ".52"),
}

print(f"{'task':9} {'train':>6} {'test':>6}  {'measure':13} {'cmed':>7} {'baseline':>8} {'(on dev)':>9} {'target':>7}  {'training':>8} {'answers':>14} {'model':>9}")
for name, run in TASKS.items():
    if not ONLY or name in ONLY:
        run()
