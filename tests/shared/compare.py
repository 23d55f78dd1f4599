"""Every dataset against an independent reader: rows, and the text of every cell.

    python3 compare.py EXTENSION SHARED        ends with 'N passed, N failed'

The readers here are Python's own: json, csv, zipfile, openpyxl, and a few lines for what has no library.
"""

import csv
import glob
import io
import json
import os
import re
import sqlite3
import struct
import sys
import zipfile

EXTENSION, SPECIMENS = sys.argv[1], os.path.join(sys.argv[2], "specimens", "")
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(EXTENSION)
passed = failed = 0


def rows(sql, *arguments):
    return db.execute(sql, arguments).fetchall()


def compare(name, got, want):
    global passed, failed
    got, want = [tuple(r) for r in got], [tuple(r) for r in want]
    if got == want:
        passed += 1
        print("ok", name, len(got))
        return
    failed += 1
    print("DIFFERENT", name, len(got), "rows, not", len(want))
    for g, w in zip(got, want):
        if g != w:
            print("  got ", str(g)[:300], "\n  want", str(w)[:300])
            break


def table(name, file, columns, want):
    try:
        got = rows(f"SELECT {columns} FROM {name}(?)", SPECIMENS + file)
    except sqlite3.Error as e:
        got = [(str(e),)]
    compare(f"{name} {file}", got, want)


def text(file, encoding="utf-8-sig"):
    with open(SPECIMENS + file, encoding=encoding, newline="") as f:
        return f.read()


def lines(file):
    return [l.rstrip("\r") for l in text(file).split("\n") if l.strip()]


def json_lines(file):
    return [json.loads(l) for l in lines(file)]


def json_whole(file):
    return json.loads(text(file))


def numbered(records):
    return [(str(i + 1), r) for i, r in enumerate(records)]


def value(v):
    return v["@value"] if isinstance(v, dict) else v


def yidu_s4k():
    for part in ("1", "2"):
        file = f"yidu-s4k/subtask1_training_part{part}.txt"
        records = numbered(json_lines(file))
        table("yidu_s4k", file, "doc, text", [(d, r["originalText"]) for d, r in records])
        table("yidu_s4k_entities", file, "doc, label_type, start_pos, end_pos, overlap, mention",
              [(d, e["label_type"], e["start_pos"], e["end_pos"], e["overlap"], r["originalText"][e["start_pos"]:e["end_pos"]])
               for d, r in records for e in r["entities"]])


FLAT = [  # arrays of objects whose members are the columns
    ("chip_cdn", "cblue/CHIP-CDN/CHIP-CDN_train.json", "text normalized_result"),
    ("chip_sts", "cblue/CHIP-STS/CHIP-STS_train.json", "id text1 text2 label category"),
    ("chip_ctc", "cblue/CHIP-CTC/CHIP-CTC_train.json", "id label text"),
    ("kuake_qic", "cblue/KUAKE-QIC/KUAKE-QIC_train.json", "id query label"),
    ("kuake_qtr", "cblue/KUAKE-QTR/KUAKE-QTR_dev.json", "id query title label"),
    ("kuake_qqr", "cblue/KUAKE-QQR/KUAKE-QQR_dev.json", "id query1 query2 label"),
    ("cmeee", "cblue/CMeEE/CMeEE_test.json", "text"),
]


def cblue():
    for name, file, columns in FLAT:
        columns = columns.split()
        table(name, file, ", ".join(columns), [[r.get(c) for c in columns] for r in json_whole(file)])
    file = "cblue/CMeEE/example_gold.json"
    table("cmeee_entities", file, "doc, start_idx, end_idx, type, entity",
          [(d, e["start_idx"], e["end_idx"], e["type"], e.get("entity")) for d, r in numbered(json_whole(file)) for e in r["entities"]])
    for file in ("cblue/CMeIE/CMeIE_dev_head.json", "chip2020/relation_val_data.json"):
        records = numbered(json_lines(file))
        table("cmeie", file, "doc, text", [(d, r["text"]) for d, r in records])
        table("cmeie_triples", file, "doc, subject, subject_type, predicate, object, object_type",
              [(d, s["subject"], s["subject_type"], s["predicate"], value(s["object"]), value(s["object_type"]))
               for d, r in records for s in r["spo_list"]])


def chip2020():
    for file in ("chip2020/ner_train_data.txt", "chip2020/ner_test1.txt"):
        records = numbered([l.split("|||") for l in lines(file)])
        marks = [(d, r[0], m.split()) for d, r in records for m in r[1:] if m.strip()]
        table("chip2020_ner", file, "doc, text", [(d, r[0]) for d, r in records])
        table("chip2020_ner_entities", file, "doc, start_idx, end_idx, type, mention",
              [(d, int(a), int(b), kind, t[int(a):int(b) + 1]) for d, t, (a, b, kind) in marks])
    file = "chip2020/tcm_question_generation_head.json"
    table("tcm_questions", file, "id, text, question, answer",
          [(int(r["id"]), r["text"], a["Q"], a["A"]) for r in json_whole(file) for a in r["annotations"]])
    file = "chip2020/tcm_ner_dev_converted.json"
    records = numbered(json_whole(file))
    table("tcm_ner", file, "doc, text", [(d, r["text"]) for d, r in records])
    table("tcm_ner_entities", file, "doc, id, type, start_pos, end_pos, mention, spans",
          [(d, *l, f"[[{l[2]},{l[3]}]]") for d, r in records for l in r["labels"]])


DELIMITED = [  # table, file, columns, those that are integers, encoding
    ("chip2019_pairs", "chip2019_task2/dev_id.csv", "id question1 question2 label category", "id label", "utf-8-sig"),
    ("chip2019_pairs", "chip2019_task2/train_head.csv", "id question1 question2 label category", "id label", "utf-8-sig"),
    ("covid_pairs", "covid_pairs/train.csv", "id category query1 query2 label", "id label", "utf-8-sig"),
    ("covid_pairs", "covid_pairs/test.example_20200228.csv", "id category query1 query2 label", "id label", "utf-8-sig"),
    ("toyhom", "toyhom/样例_内科_head.csv", "department title ask answer", "", "gb18030"),
    ("cmedqa_questions", "cmedqa_like_cEpilepsyQA/question.csv", "question_id content", "question_id", "utf-8-sig"),
    ("cmedqa_answers", "cmedqa_like_cEpilepsyQA/answer.csv", "ans_id question_id content", "ans_id question_id", "utf-8-sig"),
    ("cmedqa_candidates", "cmedqa_like_cEpilepsyQA/dev_candidates.txt", "question_id ans_id cnt label", "question_id ans_id cnt label", "utf-8-sig"),
]
TABBED = [  # table, file, columns, those that are integers, which fields
    ("yidu_n7k_codes", "yidu-n7k/code.txt", "code name", "", (0, 1)),
    ("yidu_n7k", "cblue/CHIP-CDN/手术标注词2500.tsv", "raw_term standard_term", "", (0, 2)),
    ("chip2019_criteria", "chip2019_task3/example_gold.txt", "id label text", "", (0, 1, 2)),
    ("cmedqq", "chineseblue/cMedQQ/dev.txt", "label text1 text2", "label", (0, 1, 2)),
    ("chineseblue_cmedqa", "chineseblue/cMedQA/dev.txt", "label question answer", "label", (0, 1, 2)),
    ("cmedic", "chineseblue/cMedIC/dev.txt", "label text", "", (0, 1)),
    ("cmedtc", "chineseblue/cMedTC/dev.txt", "label text", "", (0, 1)),
]


def typed(column, v, integers):
    return int(v) if v is not None and column in integers.split() else v


def delimited():
    for name, file, columns, integers, encoding in DELIMITED:
        columns = columns.split()
        want = csv.DictReader(io.StringIO(text(file, encoding), newline=""))
        table(name, file, ", ".join(columns), [[typed(c, r.get(c), integers) for c in columns] for r in want])
    for name, file, columns, integers, fields in TABBED:
        columns = columns.split()
        want = [[l.split("\t")[i] for i in fields] for l in lines(file)]
        table(name, file, ", ".join(columns), [[typed(c, v, integers) for c, v in zip(columns, r)] for r in want])
    for archive in ("cmedqa1/dev_candidates.txt.zip", "cmedqa2/dev_candidates.zip"):
        z = zipfile.ZipFile(SPECIMENS + archive)
        member = next(m for m in z.namelist() if m.endswith(".txt") and not m.startswith("__"))
        records = list(csv.reader(io.TextIOWrapper(z.open(member), "utf-8")))[1:]
        table("cmedqa_candidates", archive, "question_id, ans_id, cnt, label", [list(map(int, r)) for r in records])


def tokens(file):
    sentence, inside = 1, False
    for l in text(file).split("\n"):
        l = l.rstrip("\r")
        if l.strip():
            inside = True
            yield (sentence, *l.rsplit(" ", 1))
        elif inside:
            sentence, inside = sentence + 1, False


def chineseblue():
    for name, kind in (("cEHRNER", "label"), ("cMedQANER", "type")):
        file = f"chineseblue/{name}/dev.json"
        records = numbered(json_lines(file))
        table(name.lower(), file, "doc, text", [(d, r["text"]) for d, r in records])
        table(name.lower() + "_entities", file, "doc, label, start_pos, end_pos, mention",
              [(d, m[kind], int(m["offset"]), int(m["offset"]) + len(m["mention"]), m["mention"]) for d, r in records for m in r["mention_data"]])
        file = f"chineseblue/{name}/dev.txt"
        table(name.lower() + "_tokens", file, "sentence, token, tag", list(tokens(file)))
    file = "chineseblue/cMedIR/dev.json"
    table("cmedir", file, "doc, query, url, title, label",
          [(d, r["query"], x["url"], x["title"], x["label"]) for d, r in numbered(json_lines(file)) for x in r["documents"]])
    folder = "chineseblue/CMDD"
    files = sorted(glob.glob(SPECIMENS + folder + "/**/*.json", recursive=True), key=os.fsencode)
    dialogues = [(os.path.relpath(f, SPECIMENS + folder)[:-5], json.load(open(f))) for f in files]
    table("cmdd", folder, "doc, example_id, split", [(d, r["example-id"], r["data-split"]) for d, r in dialogues])
    got = rows("SELECT doc, turn, speaker, sentence, tags, normalized, types FROM cmdd_turns(?)", SPECIMENS + folder)
    compare("cmdd_turns " + folder, [(*r[:5], json.loads(r[5]), json.loads(r[6])) for r in got],
            [(d, i + 1, t["speaker"], t["sentence"], t["label"], t["normalized"], t["type"])
             for d, r in dialogues for i, t in enumerate(r["dialogue-content"])])
    file = "meddialog/validate_data.json"
    table("meddialog_turns", file, "id, turn, speaker, text",
          [(i + 1, k + 1, *t.split("：", 1)) for i, r in enumerate(json_whole(file)) for k, t in enumerate(r)])


def brat():
    for folder in ("ruijin/ruijin_round1_train2", "ruijin/ruijin_round2_train"):
        texts, entities, relations = [], [], []
        for f in sorted(glob.glob(SPECIMENS + folder + "/*"), key=os.fsencode):
            doc, ending = os.path.splitext(os.path.basename(f))
            content = open(f, encoding="utf-8", newline="").read()
            if ending == ".txt":
                texts.append((doc, content))
                continue
            for l in content.split("\n"):
                if l.startswith("T"):
                    number, middle, mention = l.split("\t")
                    kind, spans = middle.split(" ", 1)
                    spans = [[int(v) for v in s.split(" ")] for s in spans.split(";")]
                    entities.append((doc, number, kind, spans[0][0], spans[-1][1], json.dumps(spans, separators=(",", ":")), mention))
                elif l.startswith("R"):
                    number, middle = l.split("\t")[:2]
                    kind, a, b = middle.split(" ")
                    relations.append((doc, number, kind, a[5:], b[5:]))
        table("ruijin", folder, "doc, text", texts)
        table("ruijin_entities", folder, "doc, id, type, start_pos, end_pos, spans, mention", entities)
        table("ruijin_relations", folder, "doc, id, type, arg1, arg2", relations)


def tree(node):
    yield node["value"], node["label"]
    for child in node.get("children", []):
        yield from tree(child)


def segmented(file):
    sentences, words, word = [], [], ""
    for l in text(file).split("\n") + [""]:
        if l.strip():
            character, tag = l.rstrip("\r").split("\t")
            word += character
            if tag in "ES":
                words.append(word)
                word = ""
        elif words:
            sentences.append((len(sentences) + 1, " ".join(words)))
            words = []
    return sentences


def lexicons():
    file = "lexicon/ICD-10-CN/disease.csv"
    table("icd10", file, "code, name", [l.split("\t") for l in lines(file)[1:]])
    file = "lexicon/ICD-10-CN/diseases.json"
    table("icd10", file, "code, name", [pair for node in json_whole(file) for pair in tree(node)])
    for file in ("segmentation/amttl/forum_dev.txt", "segmentation/amttl/forum_train.txt"):
        table("seg_corpus", file, "sentence, words", segmented(file))


def unescape(v):
    """openpyxl leaves the escapes of ST_Xstring as they are."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda m: chr(int(m[1], 16)), v) if isinstance(v, str) else v


WORKBOOKS = [  # table, file, columns, has a header
    ("yidu_n7k", "yidu-n7k/train.xlsx", "raw_term standard_term", True),
    ("yidu_s4k_attributes", "yidu-s4k/subtask2_training_part2.xlsx", "text primary_site lesion_size metastasis", True),
    ("icd10", "cblue/CHIP-CDN/国际疾病分类 ICD-10北京临床版v601.xlsx", "code name", False),
]


def workbooks():
    import openpyxl

    for name, file, columns, header in WORKBOOKS:
        columns = columns.split()
        sheet = openpyxl.load_workbook(SPECIMENS + file, read_only=True).worksheets[0]
        want = [r for r in sheet.iter_rows(values_only=True) if any(v is not None for v in r)]
        want = [([unescape(v) for v in r] + [None] * len(columns))[: len(columns)] for r in want[header:]]
        table(name, file, ", ".join(columns), want)


PARTED = "part department checklist symptom complication treatment drug".split()  # lists of disease.csv, by blanks


def items(key, v):
    if key == "alias":
        return [i.strip() for i in re.split("[,，]", v)]
    return v.split(" ") if key in PARTED else [v]


def graphs():
    file = "kg/cmekg/train_example.json"
    table("cmekg_triples", file, "subject, subject_type, predicate, object, object_type",
          [(s, None, p, o, None) for r in json_whole(file) for s, p, o in r["spo_list"]])
    for file in ("kg/qamedkg/medical_excerpt.jsonl", "kg/qamedkg/medical.json"):
        values = [(r["name"], k, v if isinstance(v, list) else [v] if v else [])
                  for r in json_lines(file) for k, v in r.items() if k not in ("_id", "name")]
        table("medkg_triples", file, "subject, predicate, object", [(s, p, o) for s, p, v in values for o in v])
    file = "kg/disease39/disease_head.csv"
    header, *records = csv.reader(io.StringIO(text(file, "gb18030"), newline=""))
    table("medkg_triples", file, "subject, predicate, object",
          [(r[0], k, i) for r in records for k, v in zip(header[1:], r[1:]) for i in items(k, v)
           if i and i != "[详细]" and not i.endswith("...")])


def pubmedqa():
    file = "pubmedqa/ori_pqal_head.json"
    records = json_whole(file)
    names = "QUESTION YEAR final_decision reasoning_required_pred reasoning_free_pred LONG_ANSWER".split()
    got = rows("SELECT pmid, question, year, final_decision, reasoning_required_pred, reasoning_free_pred, long_answer, contexts,"
               " labels, meshes FROM pubmedqa(?)", SPECIMENS + file)
    compare("pubmedqa " + file, [(*r[:7], *map(json.loads, r[7:])) for r in got],
            [(int(k), *(int(r[n]) if n == "YEAR" and r[n] else r[n] for n in names), r["CONTEXTS"], r["LABELS"], r["MESHES"])
             for k, r in records.items()])
    table("pubmedqa_contexts", file, "pmid, seq, label, text",
          [(int(k), i + 1, *pair) for k, r in records.items() for i, pair in enumerate(zip(r["LABELS"], r["CONTEXTS"]))])
    file = "pubmedqa/test_ground_truth.json"
    table("pubmedqa", file, "pmid, final_decision, question", [(int(k), v, None) for k, v in json_whole(file).items()])


def label(l):
    named, status = l.rsplit("-", 1)
    return (*named.split(":", 1), status.split(":", 1)[1])


def english():
    file = "mie/dev.json"
    windows = [(d, i + 1, w) for d, dialogue in numbered(json_whole(file)) for i, w in enumerate(dialogue)]
    got = rows("SELECT dialogue, window_no, utterances FROM mie(?)", SPECIMENS + file)
    compare("mie " + file, [(d, n, json.loads(u)) for d, n, u in got], [(d, n, w["utterances"]) for d, n, w in windows])
    table("mie_labels", file, "dialogue, window_no, category, item, status",
          [(d, n, *label(l)) for d, n, w in windows for l in w["label"]])
    file = "cometa/chv_head_tail.tsv"
    records = list(csv.reader(io.StringIO(text(file), newline=""), delimiter="\t"))[1:]
    table("cometa", file, "id, term, general_snomed_label, general_snomed_id, specific_snomed_label, specific_snomed_id,"
          " example, example_link, origin_sheet", [[int(v) if i in (0, 3, 5) else v for i, v in enumerate(r)] for r in records])
    file = "vocab/vocab_small.txt"
    table("wordpiece_vocab", file, "id, token", list(enumerate(text(file).split("\n"))))


def medmentions():
    file = "medmentions/corpus_pubtator_3docs.txt"
    documents, mentions = [], []
    for block in text(file).strip("\n").split("\n\n"):
        title, abstract, *lines = block.split("\n")
        pmid, title, abstract = int(title.split("|")[0]), title.split("|", 2)[2], abstract.split("|", 2)[2]
        documents.append((pmid, title, abstract))
        mentions += [(pmid, int(a), int(b), *rest) for _, a, b, *rest in (l.split("\t") for l in lines)]
    table("medmentions", file, "pmid, title, abstract", documents)
    table("medmentions_mentions", file, "pmid, start_pos, end_pos, mention, types, concept_id", mentions)
    whole = {p: t + " " + a for p, t, a in documents}
    compare("slices of " + file, [m[:3] + (whole[m[0]][m[1]:m[2]],) for m in mentions], [m[:4] for m in mentions])


def binary_vectors(content):
    at = content.index(b"\n") + 1
    size = 4 * int(content[:at].split()[1])
    while at < len(content):
        at += content[at] == 10
        if at < len(content):
            blank = content.index(b" ", at)
            yield content[at:blank].decode(), content[blank + 1:blank + 1 + size]
            at = blank + 1 + size


def vectors():
    for file in ("embeddings/gensim.txt", "embeddings/glove_header.txt"):
        pairs = [l.rstrip(" ").split(" ", 1) for l in lines(file)[1:]]
        table("word_vectors", file, "term, vector", [(t, struct.pack("<16f", *map(float, v.split(" ")))) for t, v in pairs])
    file = "embeddings/w2v.bin"
    with open(SPECIMENS + file, "rb") as f:
        table("word_vectors", file, "term, vector", list(binary_vectors(f.read())))


def paragraphs(t):
    """LaTeX as this one chapter has it, by patterns."""
    for pattern, to in ((r"(?<!\\)%[^\n]*\n", ""), (r"(?s)\\begin\{figure\}.*?\\end\{figure\}", "\n\n"),
                        (r"\\(begin|end)\{[a-z]+\}(\[[^]]*\])?", "\n\n"),
                        (r"\\(label|ref|includegraphics|captionsetup|hypertarget)(\[[^]]*\])?\{[^}]*\}", ""),
                        (r"\\(chapter|(sub)*section)\{([^}]*)\}", r"\n\n\3\n\n"), (r"\\[a-zA-Z]+\s*", ""), ("[{}]", ""),
                        ("---", "—"), ("--", "–"), (r"[ \t]*\n[ \t]*", "\n")):
        t = re.sub(pattern, to, t)
    for p in re.split(r"\n\n+", t):
        p = " ".join(re.sub("(?<=[\u2000-\uffff])\n(?=[\u2000-\uffff])", "", p).split())
        if p:
            yield p


def textbooks():
    file = "textbooks/CT诊断学_chap01.tex"
    table("medical_text", file, "paragraph, text", list(enumerate(paragraphs(text(file)), 1)))


for check in (yidu_s4k, cblue, chip2020, delimited, chineseblue, brat, lexicons, workbooks,
              graphs, pubmedqa, english, medmentions, vectors, textbooks):
    check()
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
