#!/usr/bin/env python3
"""Writes the small models that tests/sql/words.sql loads: a pkuseg folder and a jieba package.

    python3 tests/models/models.py         into tests/models/"""
import json
import os
import struct
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
TAGS = {"B": 0, "B_single": 1, "I": 2, "I_end": 3, "I_first": 4}
WORDS = ["头痛", "咳嗽", "三天"]  # two characters each: B, I_end


def npy(kind, code, values):
    head = f"{{'descr': '{kind}', 'fortran_order': False, 'shape': ({len(values)},), }}"
    head += " " * ((64 - (10 + len(head) + 1) % 64) % 64) + "\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(head)) + head.encode() + struct.pack(f"<{len(values)}{code}", *values)


def pkuseg(folder):
    os.makedirs(folder, exist_ok=True)
    features = {"$$": 0}
    for word in WORDS:
        for c in word:
            features.setdefault("c." + c, len(features))
    weight = [0.0] * (len(TAGS) * (len(features) + len(TAGS)))
    weight[TAGS["B_single"]] = 1.0
    for word in WORDS:
        weight[features["c." + word[0]] * len(TAGS) + TAGS["B"]] = 5.0
        weight[features["c." + word[1]] * len(TAGS) + TAGS["I_end"]] = 5.0
    model = {"unigram": sorted(WORDS), "bigram": [], "feature_to_idx": features, "tag_to_idx": TAGS}
    with open(os.path.join(folder, "features.json"), "w", encoding="utf-8") as f:
        json.dump(model, f, ensure_ascii=False)
    with zipfile.ZipFile(os.path.join(folder, "weights.npz"), "w") as z:
        for name, data in (("sizes", npy("<i8", "q", [len(TAGS), len(features)])), ("w", npy("<f8", "d", weight))):
            z.writestr(zipfile.ZipInfo(name + ".npy", (2020, 1, 1, 0, 0, 0)), data)
    with open(os.path.join(folder, "user.txt"), "w", encoding="utf-8") as f:
        f.write("可定\tn\n")


def jieba(folder):
    os.makedirs(os.path.join(folder, "finalseg"), exist_ok=True)
    with open(os.path.join(folder, "dict.txt"), "w", encoding="utf-8") as f:
        f.write("头痛 50 n\n咳嗽 50 n\n三天 20 m\n肺动脉 20 n\n动脉 30 n\n肺动脉高压 10 n\n高压 20 n\n")
    low = -3.14e100
    tables = {"start": {"B": -0.3, "E": low, "M": low, "S": -1.4},
              "trans": {"B": {"E": -0.5, "M": -0.9}, "E": {"B": -0.6, "S": -0.8}, "M": {"E": -0.3, "M": -1.3},
                        "S": {"B": -0.7, "S": -0.7}},
              "emit": {s: {"恶": -5.0, "心": -5.0} for s in "BMES"}}
    for name, table in tables.items():
        with open(os.path.join(folder, "finalseg", f"prob_{name}.py"), "w", encoding="utf-8") as f:
            f.write("P=" + repr(table) + "\n")


pkuseg(os.path.join(HERE, "pkuseg"))
jieba(os.path.join(HERE, "jieba"))
