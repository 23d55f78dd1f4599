"""The data of the benchmark: made from a seed, in the shapes of the real files.

    python3 data.py FOLDER MIB      writes qa.csv, qa.jsonl, nested.jsonl, short.csv, their .gz and the GB18030 twin
"""

import gzip
import json
import os
import random
import shutil
import sys

COMMON = "的一是不了在人有我他这为之大来以个中上们到说国和地也子时道出而要于就下得可你年生自会那后能对着事其里所去行过家十用发天如然作方成者多日都三小军二无同么经法当起与好看学进种将还分此心前面又定见只主没公从"
MEDICAL = "高血压糖尿病肺炎胃痛咳嗽发热头晕恶心呕吐腹泻便秘乏力水肿胸闷气短心悸失眠药物治疗检查手术患者症状医生医院化验血常规影像诊断"
DEPARTMENTS = ["内科", "外科", "妇产科", "儿科", "肿瘤科", "男科", "皮肤科", "骨科", "眼科", "心血管内科", "消化内科", "神经内科"]
LABELS = ["疾病和诊断", "手术", "解剖部位", "药物", "影像检查", "实验室检验"]


def text(r, n):
    pool = COMMON + MEDICAL
    s = "".join(r.choices(pool, k=n))
    return "，".join(s[i : i + 17] for i in range(0, n, 17))


def quoted(s):
    return '"' + s.replace('"', '""') + '"'


def write(folder, mib):
    r = random.Random(20261122)
    want = mib << 20
    path = lambda name: os.path.join(folder, name)
    with open(path("qa.csv"), "w", newline="") as csv, open(path("qa.jsonl"), "w") as lines:
        csv.write("id,department,title,ask,answer\n")
        pool = [(text(r, 20), text(r, r.randint(40, 80)), text(r, r.randint(80, 200))) for _ in range(4000)]
        size = i = 0
        while size < want:
            i += 1
            title, ask, answer = (r.choice(pool)[k] for k in range(3))
            if i % 12 == 0:
                ask += "\n再问一句。"
            if i % 30 == 0:
                answer += '他说"可以"。'
            d = r.choice(DEPARTMENTS)
            row = f"{i},{quoted(d)},{quoted(title)},{quoted(ask)},{quoted(answer)}\n"
            csv.write(row)
            lines.write(json.dumps({"id": i, "department": d, "title": title, "ask": ask, "answer": answer}, ensure_ascii=False) + "\n")
            size += len(row.encode())
    with open(path("nested.jsonl"), "w") as f:
        size = 0
        while size < want:
            t = text(r, 300)
            entities = [{"label_type": r.choice(LABELS), "overlap": 0, "start_pos": k * 10, "end_pos": k * 10 + 3} for k in range(16)]
            line = json.dumps({"originalText": t, "entities": entities}, ensure_ascii=False) + "\n"
            f.write(line)
            size += len(line.encode())
    with open(path("short.csv"), "w") as f:
        f.write("id,department,title,ask,answer\n")
        for i in range(3_000_000 * mib // 200):
            f.write(f"{i},内科,热{i % 7},b{i % 11},{i * 7919 % 100000}\n")
    with open(path("qa.csv")) as a, open(path("qa.gb.csv"), "w", encoding="gb18030", newline="") as b:
        shutil.copyfileobj(a, b, 1 << 20)
    for name in ("qa.csv", "qa.jsonl"):
        with open(path(name), "rb") as a, gzip.open(path(name + ".gz"), "wb", 6) as b:
            shutil.copyfileobj(a, b, 1 << 20)
    with open(path("vectors.txt"), "w") as f:
        n = 30000 * mib // 200
        f.write(f"{n} 300\n")
        rows = ["%s" % " ".join("%.6f" % r.gauss(0, 0.3) for _ in range(300)) for _ in range(500)]
        for i in range(n):
            f.write(f"词{i} {rows[i % 500]}\n")


if __name__ == "__main__":
    os.makedirs(sys.argv[1], exist_ok=True)
    write(sys.argv[1], int(sys.argv[2]))
