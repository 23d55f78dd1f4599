"""One folder, one look: every row of the views of cmed_open against readers of Python's own.

    python3 views.py EXTENSION SHARED        ends with 'N passed, N failed'

Which file is of which dataset is written here by hand. A row is compared by all its columns but
'file' and 'doc', which must name the file it is expected from.
"""

import collections
import csv
import glob
import io
import json
import os
import re
import sqlite3
import sys
import zipfile

EXTENSION, SPECIMENS = sys.argv[1], os.path.join(sys.argv[2], "specimens")
want = collections.defaultdict(collections.Counter)  # (view, dataset) -> {(file, row): times}


def text(file, encoding="utf-8-sig"):
    with open(os.path.join(SPECIMENS, file), encoding=encoding, newline="") as f:
        return f.read()


def lines(file, encoding="utf-8-sig"):
    return [l.rstrip("\r") for l in text(file, encoding).split("\n") if l.strip()]


def jsonl(file):
    return [json.loads(l) for l in lines(file)]


def table(file, encoding="utf-8-sig", delimiter=","):
    return list(csv.DictReader(io.StringIO(text(file, encoding), newline=""), delimiter=delimiter))


def expect(view, dataset, file, *row):
    want[view, dataset][file, row] += 1


def document(dataset, split, file, title, body, spans):
    spans = None if spans is None else tuple(tuple(s) for s in spans)
    expect("document", dataset, file, split, title, body, spans)


def entity(dataset, split, file, key, pieces, kind, mention, concept=None):
    expect("entity", dataset, file, split, key, pieces[0][0], pieces[-1][1],
           tuple(tuple(p) for p in pieces), kind, mention, concept)


# --- texts and mentions ------------------------------------------------------------------------

def yidu_s4k():
    for part in (1, 2):
        file = f"yidu-s4k/subtask1_training_part{part}.txt"
        for r in jsonl(file):
            marks = [(e["start_pos"], e["end_pos"], e["label_type"]) for e in r["entities"]]
            document("yidu_s4k", "train", file, None, r["originalText"], marks)
            for a, b, t in marks:
                entity("yidu_s4k", "train", file, None, [(a, b)], t, r["originalText"][a:b])


def pieces_of(where):
    return [tuple(map(int, p.split(" "))) for p in where.split(";")]


def brat(dataset, split, stem, words, marks):
    found, kinds = [], {}
    for l in words and marks or []:
        if l.startswith("T"):
            key, where, mention = l.split("\t")
            kind, where = where.split(" ", 1)
            pieces = pieces_of(where)
            kinds[key] = (mention, kind)
            found.append((pieces[0][0], pieces[-1][1], kind))
            entity(dataset, split, stem + ".ann", key, pieces, kind, mention)
    for l in marks or []:
        if l.startswith("R"):
            kind, a, b = l.split("\t")[1].split(" ")
            a, b = a.split(":")[1], b.split(":")[1]
            x, y = kinds.get(a, (None, None)), kinds.get(b, (None, None))
            expect("relation", dataset, stem + ".ann", split, kind, *x, *y, a, b)
    document(dataset, split, stem + ".txt", None, words, None if marks is None else found)


def ruijin():
    for file in glob.glob(os.path.join(SPECIMENS, "ruijin/*_train*/*.txt")):
        stem = os.path.relpath(file, SPECIMENS)[:-4]
        brat("ruijin", "train", stem, text(stem + ".txt", "utf-8"),
             text(stem + ".ann", "utf-8").split("\n"))
    archive = "ruijin/ruijin_round1_train1_20181010.zip"
    with zipfile.ZipFile(os.path.join(SPECIMENS, archive)) as z:
        for name in z.namelist():
            if name.endswith(".txt"):
                brat("ruijin", "train", f"{archive}/{name[:-4]}", z.read(name).decode(),
                     z.read(name[:-4] + ".ann").decode().split("\n"))
    archive = "ruijin/ruijin_round1_submit_20181022.zip"
    with zipfile.ZipFile(os.path.join(SPECIMENS, archive)) as z:
        for name in z.namelist():
            if name.endswith(".ann"):
                for l in z.read(name).decode("gb18030").splitlines():
                    key, kind, where, mention = re.match(r"(\S+)\s+(\S+) ([\d ;]*\d)\s+(.*)", l).groups()
                    entity("ruijin", "test", f"{archive}/{name}", key, pieces_of(where), kind, mention)


def tcm_ner():
    file = "chip2020/tcm_ner_dev_converted.json"
    for r in json.loads(text(file)):
        document("tcm_ner", "dev", file, None, r["text"], [(a, b, t) for _, t, a, b, _ in r["labels"]])
        for key, kind, a, b, mention in r["labels"]:
            entity("tcm_ner", "dev", file, key, [(a, b)], kind, mention)


def chip2020_ner():
    for file, split in (("chip2020/ner_train_data.txt", "train"), ("chip2020/ner_test1.txt", "test")):
        for l in lines(file, "utf-8"):
            words, *marks = l.split("|||")
            found = []
            for a, b, kind in (m.split() for m in marks if m.strip()):
                a, b = int(a), int(b) + 1
                found.append((a, b, kind))
                entity("chip2020_ner", split, file, None, [(a, b)], kind, words[a:b])
            document("chip2020_ner", split, file, None, words, found if marks else None)


def chineseblue_ner():
    for name, kind in (("cEHRNER", "label"), ("cMedQANER", "type")):
        file = f"chineseblue/{name}/dev.json"
        for r in jsonl(file):
            marks = [(int(m["offset"]), int(m["offset"]) + len(m["mention"]), m[kind], m["mention"])
                     for m in r["mention_data"]]
            document(name.lower(), "dev", file, None, r["text"], [m[:3] for m in marks])
            for a, b, t, mention in marks:
                entity(name.lower(), "dev", file, None, [(a, b)], t, mention)


def cblue_texts():
    for r in json.loads(text("cblue/CMeEE/CMeEE_test.json")):
        document("cmeee", "test", "cblue/CMeEE/CMeEE_test.json", None, r["text"], None)
    for file in ("cblue/CMeIE/CMeIE_dev_head.json", "chip2020/relation_val_data.json"):
        for r in jsonl(file):
            document("cmeie", "dev", file, None, r["text"], None)
            for s in r["spo_list"]:
                o, t = (v["@value"] if isinstance(v, dict) else v for v in (s["object"], s["object_type"]))
                expect("relation", "cmeie", file, "dev", s["predicate"], s["subject"],
                       s["subject_type"], o, t, None, None)
                expect("triple", "cmeie", file, "dev", s["subject"], s["subject_type"],
                       s["predicate"], o, t)


def medmentions():
    file = "medmentions/corpus_pubtator_3docs.txt"
    for block in text(file).strip("\n").split("\n\n"):
        title, abstract, *rest = block.split("\n")
        title, abstract = title.split("|", 2)[2], abstract.split("|", 2)[2]
        marks = [l.split("\t") for l in rest]
        document("medmentions", None, file, title, f"{title} {abstract}",
                 [(int(a), int(b), t) for _, a, b, _, t, _ in marks])
        for _, a, b, mention, kind, concept in marks:
            entity("medmentions", None, file, None, [(int(a), int(b))], kind, mention, concept)


def pubmedqa():
    file = "pubmedqa/ori_pqal_head.json"
    for r in json.loads(text(file)).values():
        document("pubmedqa", None, file, None, "\n".join(r["CONTEXTS"]), None)
        expect("qa", "pubmedqa", file, None, r["QUESTION"], r["LONG_ANSWER"], r["final_decision"], None)


# --- pairs, answers, classes -------------------------------------------------------------------

def pairs():
    for file, split in (("chip2019_task2/train_head.csv", "train"), ("chip2019_task2/dev_id.csv", "dev")):
        for r in table(file):
            expect("pair", "chip2019", file, split, r["question1"], r["question2"], r.get("label"), r["category"])
    for file, split in (("covid_pairs/train.csv", "train"), ("covid_pairs/test.example_20200228.csv", "test")):
        for r in table(file):
            expect("pair", "covid_pairs", file, split, r["query1"], r["query2"], r["label"], r["category"])
    file = "cblue/CHIP-STS/CHIP-STS_train.json"
    for r in json.loads(text(file)):
        expect("pair", "chip_sts", file, "train", r["text1"], r["text2"], r["label"], r["category"])
    for name, split, a, b in (("KUAKE-QTR", "dev", "query", "title"), ("KUAKE-QQR", "dev", "query1", "query2")):
        file = f"cblue/{name}/{name}_{split}.json"
        for r in json.loads(text(file)):
            expect("pair", name.lower().replace("-", "_"), file, split, r[a], r[b], r["label"], None)
    for l in lines("chineseblue/cMedQQ/dev.txt"):
        label, a, b = l.split("\t")
        expect("pair", "cmedqq", "chineseblue/cMedQQ/dev.txt", "dev", a, b, label, None)
    for r in jsonl("chineseblue/cMedIR/dev.json"):
        for d in r["documents"]:
            expect("pair", "cmedir", "chineseblue/cMedIR/dev.json", "dev", r["query"], d["title"], d["label"], None)


def candidates(file, data, questions, answers):
    for r in csv.DictReader(io.StringIO(data)):
        expect("qa", "cmedqa", file, "dev", questions.get(r["question_id"]), answers.get(r["ans_id"]), r["label"], None)


def answers():
    for file, encoding in (("toyhom/样例_内科_head.csv", "gb18030"),):
        for r in table(file, encoding):
            expect("qa", "toyhom", file, None, r["ask"], r["answer"], None, r["department"])
    for block in text("toyhom/内科.txt", "gb18030").replace("\r\n", "\n").split("\n\n"):
        if block.strip():
            first, answer = block.strip("\n").split("\n", 1)
            expect("qa", "toyhom", "toyhom/内科.txt", None, first.split(",", 1)[1], answer, None, None)
    for l in lines("chineseblue/cMedQA/dev.txt"):
        label, q, a = l.split("\t")
        expect("qa", "chineseblue_cmedqa", "chineseblue/cMedQA/dev.txt", "dev", q, a, label, None)
    file = "chip2020/tcm_question_generation_head.json"
    for r in json.loads(text(file)):
        document("tcm_questions", None, file, None, r["text"], None)
        for a in r["annotations"]:
            expect("qa", "tcm_questions", file, None, a["Q"], a["A"], None, None)
    at = "cmedqa_like_cEpilepsyQA/"
    q = {r["question_id"]: r["content"] for r in table(at + "question.csv")}
    a = {r["ans_id"]: r["content"] for r in table(at + "answer.csv")}
    for r in table(at + "answer.csv"):
        expect("qa", "cmedqa", at + "answer.csv", None, q.get(r["question_id"]), r["content"], "1", None)
    candidates(at + "dev_candidates.txt", text(at + "dev_candidates.txt"), q, a)
    for archive in ("cmedqa2/dev_candidates.zip", "cmedqa1/dev_candidates.txt.zip"):
        with zipfile.ZipFile(os.path.join(SPECIMENS, archive)) as z:
            for name in z.namelist():
                if name.endswith(".txt") and "__MACOSX" not in name:
                    candidates(f"{archive}/{name}", z.read(name).decode(), {}, {})


def classes():
    for l in lines("chip2019_task3/example_gold.txt"):
        _, label, words = l.split("\t")
        expect("label", "chip2019", "chip2019_task3/example_gold.txt", None, words, label)
    for name, key in (("CHIP-CTC", "text"), ("KUAKE-QIC", "query")):
        file = f"cblue/{name}/{name}_train.json"
        for r in json.loads(text(file)):
            expect("label", name.lower().replace("-", "_"), file, "train", r[key], r["label"])
    for name in ("cMedIC", "cMedTC"):
        for l in lines(f"chineseblue/{name}/dev.txt"):
            label, words = l.split("\t")
            expect("label", name.lower(), f"chineseblue/{name}/dev.txt", "dev", words, label)


# --- consultations -----------------------------------------------------------------------------

SPEAKERS = {"病人": "patient", "患者": "patient", "医生": "doctor"}


def turns():
    for path in glob.glob(os.path.join(SPECIMENS, "chineseblue/CMDD/**/*.json"), recursive=True):
        file = os.path.relpath(path, SPECIMENS)
        for i, t in enumerate(json.loads(text(file))["dialogue-content"], 1):
            expect("turn", "cmdd", file, "dev", i, SPEAKERS[t["speaker"]], t["sentence"])
    file = "meddialog/validate_data.json"
    for dialogue in json.loads(text(file)):
        for i, t in enumerate(dialogue, 1):
            speaker, words = t.split("：", 1)
            expect("turn", "meddialog", file, "dev", i, SPEAKERS[speaker], words)
    for file in ("meddialog/qa_zh_1.txt", "meddialog/qa_zh_2.txt", "meddialog/COVID-Dialogue-head.txt"):
        meddialog(file)
    file = "mie/dev.json"
    for dialogue in json.loads(text(file)):
        for i, w in enumerate(dialogue, 1):
            speaker, words = w["utterances"][-1].split(":", 1)
            expect("turn", "mie", file, "dev", i, SPEAKERS[speaker], words)
            for label in w["label"]:
                expect("label", "mie", file, "dev", "\n".join(u for u in w["utterances"] if u), label)


def meddialog(file):
    number, inside, speaker, words = 0, False, None, []

    def say():
        if speaker:
            while words and not words[-1].strip():
                words.pop()
            expect("turn", "meddialog", file, None, number, SPEAKERS[speaker], "\n".join(words))

    for l in text(file).split("\n"):
        l = l.rstrip("\r")
        start = l.startswith("id=") and l[3:].strip().isdigit()
        heading = l.strip() in ("Dialogue", "Description", "Doctor faculty", "Diagnosis and suggestions")
        turn = l.strip() in ("医生：", "病人：", "患者：") and inside
        if start or heading or turn:
            say()
            speaker, words = None, []
        if start:
            number, inside = 0, False
        elif heading:
            inside = l.strip() == "Dialogue"
        elif turn:
            number, speaker = number + 1, l.strip()[:-1]
        elif speaker and (words or l.strip()):
            words.append(l)
    say()


# --- terms and statements ----------------------------------------------------------------------

def terms():
    import openpyxl

    def sheet(file):
        rows = openpyxl.load_workbook(os.path.join(SPECIMENS, file), read_only=True).worksheets[0]
        return [r[:2] for r in rows.iter_rows(values_only=True) if r[0] is not None]

    for raw, standard in sheet("yidu-n7k/train.xlsx")[1:]:
        for s in standard.split("##"):
            expect("term", "yidu_n7k", "yidu-n7k/train.xlsx", "train", raw, None, s)
    file = "cblue/CHIP-CDN/手术标注词2500.tsv"
    for l in lines(file):
        raw, _, standard = l.split("\t")
        for s in standard.split("##"):
            expect("term", "yidu_n7k", file, None, raw, None, s)
    for l in lines("yidu-n7k/code.txt"):
        code, name = l.split("\t")
        expect("term", "yidu_n7k", "yidu-n7k/code.txt", None, name, code, name)
    for r in json.loads(text("cblue/CHIP-CDN/CHIP-CDN_train.json")):
        for s in r["normalized_result"].split("##"):
            expect("term", "chip_cdn", "cblue/CHIP-CDN/CHIP-CDN_train.json", "train", r["text"], None, s)
    file = "cblue/CHIP-CDN/国际疾病分类 ICD-10北京临床版v601.xlsx"
    for code, name in sheet(file):
        expect("term", "icd10", file, None, name, code, name)
    for r in table("lexicon/ICD-10-CN/disease.csv", delimiter="\t"):
        expect("term", "icd10", "lexicon/ICD-10-CN/disease.csv", None, r["disease"], r["code"], r["disease"])

    def tree(n):
        expect("term", "icd10", "lexicon/ICD-10-CN/diseases.json", None, n["label"], n["value"], n["label"])
        for c in n.get("children", []):
            tree(c)

    for n in json.loads(text("lexicon/ICD-10-CN/diseases.json")):
        tree(n)
    file = "cometa/chv_head_tail.tsv"
    for r in table(file, delimiter="\t"):
        general, specific = (r[f"{k} SNOMED ID"] for k in ("General", "Specific"))
        expect("term", "cometa", file, None, r["Term"], general, r["General SNOMED Label"])
        if specific != general:
            expect("term", "cometa", file, None, r["Term"], specific, r["Specific SNOMED Label"])


def triples():
    file = "kg/cmekg/train_example.json"
    for r in json.loads(text(file)):
        for s, p, o in r["spo_list"]:
            expect("triple", "cmekg", file, "train", s, None, p, o, None)
    for file in ("kg/qamedkg/medical_excerpt.jsonl", "kg/qamedkg/medical.json"):
        for r in jsonl(file):
            for key, value in r.items():
                for o in value if isinstance(value, list) else [value]:
                    if key not in ("_id", "name") and (isinstance(value, list) or o not in ("", None)):
                        expect("triple", "medkg", file, None, r["name"], None, key, o, None)


# --- comparing ---------------------------------------------------------------------------------

ELSEWHERE = (
    "kg/disease39/disease_head.csv",  # compared by its reader alone
    "textbooks/CT诊断学_chap01.tex",  # LaTeX has no reader in Python: its format has unit tests
)

COLUMNS = {
    "document": "title, text, spans",
    "entity": "id, start_pos, end_pos, spans, type, mention, concept",
    "relation": "type, subject, subject_type, object, object_type, subject_id, object_id",
    "pair": "text1, text2, label, category",
    "qa": "question, answer, label, department",
    "turn": "turn, speaker, text",
    "term": "term, code, standard",
    "triple": "subject, subject_type, predicate, object, object_type",
    "label": "text, label",
}


def tuples(view, columns, row):
    at = columns.split(", ").index("spans") if "spans" in columns else None
    row = list(row)
    if at is not None and row[at] is not None:
        row[at] = tuple(tuple(s) for s in json.loads(row[at]))
    return tuple(row)


def compare(view, dataset, db):
    """Says what differs; the doc of a row begins with its file, below the folder."""
    columns, got = COLUMNS[view], collections.Counter()
    for split, file, doc, *row in db.execute(
            f"SELECT split, file, doc, {columns} FROM med_{view} WHERE dataset = ?", (dataset,)):
        file = os.path.relpath(file, SPECIMENS)
        if file in ELSEWHERE:
            continue
        name, colon, number = doc.rpartition(":")
        if (name if colon and number.isdigit() else doc) not in (file, os.path.splitext(file)[0]):
            return f"doc '{doc}' of '{file}'"
        got[file, (split, *tuples(view, columns, row))] += 1
    only, missing = got - want[view, dataset], want[view, dataset] - got
    if not only and not missing:
        return None
    return (f"{got.total()} rows, not {want[view, dataset].total()}\n  only here  {str(next(iter(only), ''))[:400]}"
            f"\n  only there {str(next(iter(missing), ''))[:400]}")


def main():
    for reader in (yidu_s4k, ruijin, tcm_ner, chip2020_ner, chineseblue_ner, cblue_texts, medmentions,
                   pubmedqa, pairs, answers, classes, turns, terms, triples):
        reader()
    db = sqlite3.connect(":memory:", isolation_level=None)
    db.enable_load_extension(True)
    db.load_extension(EXTENSION)
    db.execute("SELECT cmed_open(?)", (SPECIMENS,)).fetchall()
    passed = failed = 0
    for view in COLUMNS:
        for (dataset,) in db.execute(f"SELECT DISTINCT dataset FROM med_{view}"):
            want[view, dataset]  # a dataset that nobody expects has no rows
    for view, dataset in sorted(want):
        why = compare(view, dataset, db)
        print(f"DIFFERENT med_{view} {dataset}: {why}" if why else
              f"ok med_{view} {dataset} {want[view, dataset].total()}")
        passed, failed = passed + (why is None), failed + (why is not None)
    print(f"{passed} passed, {failed} failed")


main()
