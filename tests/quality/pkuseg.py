#!/usr/bin/env python3
r"""The segmenters of ext/words side by side with the programs they follow: pkuseg and jieba.

    pip install numpy cython setuptools wheel && pip install pkuseg --no-build-isolation
    apt-get install python3-jieba
    gcc -std=c11 -D_GNU_SOURCE -O2 -o words_driver tests/quality/words_driver.c ext/words/*.[cS] ext/text/*.c \
        ext/base/*.c -lutf8proc -lm
    python3 tests/quality/pkuseg.py --driver ./words_driver --texts FOLDER .. [--lines 100000]
        [--model FOLDER ..] [--golden FOLDER] [--user FILE] [--jieba FOLDER_OF_THE_PACKAGE'S_PARENT]

Texts are files or folders of any text; the strings in them that have Chinese characters are the lines,
and as many random mixtures as --random says are added. Every difference is printed and counted; the
exit code says whether there was any. Speed is that of the cut alone, in both programs."""
import argparse
import json
import os
import pickle
import random
import re
import struct
import subprocess
import sys
import tempfile
import time
import zipfile

sys.path.pop(0)  # this file has the name of the package

HAN = re.compile("[\u4e00-\u9fff]")
SHOWN = 3


def records(lines):
    return b"".join(struct.pack("I", len(b)) + b for b in (line.encode() for line in lines))


def parse(out):
    """What the driver wrote: a list of (word, tag) a line."""
    at, result = 0, []

    def number():
        nonlocal at
        at += 4
        return struct.unpack_from("I", out, at - 4)[0]

    def text():
        nonlocal at
        n = number()
        at += n
        return out[at - n : at].decode()

    while at < len(out):
        result.append([(text(), text()) for _ in range(number())])
    return result


def drive(args, lines, *how):
    run = subprocess.run([args.driver, *how], input=records(lines), capture_output=True)
    if run.returncode:
        sys.exit(run.stderr.decode())
    report = run.stderr.decode().split()
    return parse(run.stdout), float(report[0]), float(report[1])


def strings(path):
    with open(path, "rb") as f:
        data = f.read()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    for s in re.split(r'[\n"\x00]', text):
        if HAN.search(s) and len(s) <= 400:
            yield s


def corpus(args):
    seen, rng = set(), random.Random(20200)
    for root in args.texts:
        paths = [root] if os.path.isfile(root) else [
            os.path.join(d, f) for d, _, fs in os.walk(root) for f in fs
            if f.endswith((".txt", ".csv", ".tsv", ".json", ".jsonl", ".conll", ".ann"))]
        for path in sorted(paths):
            seen.update(strings(path))
    lines = sorted(seen)
    rng.shuffle(lines)
    return lines[: args.lines], mixtures(rng, lines[: args.lines] or ["发热"], args.random)


def mixtures(rng, lines, n):
    """Slices of real text among Latin, digits, marks, blanks, full-width and astral characters."""
    pools = ["abcXYZ", "0123456789", "０１２９％ＡＺａｊｚ", "-._,|/*:+#&%", "，。、；：（）《》", "几二三十千万亿兆零一百",
             " \t\r\u00a0\u3000\u2028\u200b\ufeff\x1c\x85", "\U00020000\U0002a6d6\U0001f600\u9fd5\u9fd6\u3400", "éß\u0301Ωж",
             "\r\n", "一二三四五"]

    def piece():
        if rng.random() < 0.5:
            line = rng.choice(lines)
            at = rng.randrange(len(line))
            return line[at : at + rng.randint(1, 12)]
        pool = rng.choice(pools)
        return "".join(rng.choice(pool) for _ in range(rng.randint(1, 5)))

    return ["".join(piece() for _ in range(rng.randint(0, 10))) for _ in range(n)]


def compare(name, lines, want, got, theirs, ours):
    differ = [i for i in range(len(lines)) if want[i] != got[i]]
    size = sum(len(s.encode()) for s in lines)
    print(f"{name}: {len(lines)} lines, {size} bytes, {sum(map(len, want))} words, {len(differ)} differ; "
          f"{size / theirs / 1e6:.3f} MB/s theirs, {size / ours / 1e6:.2f} ours, {theirs / ours:.1f} x")
    for i in differ[:SHOWN]:
        print("   ", repr(lines[i]), "\n     want", want[i], "\n     got ", got[i])
    sys.stdout.flush()
    return len(differ)


def timed(cut, lines):
    start = time.process_time()
    result = [cut(line) for line in lines]
    return result, time.process_time() - start


def unpacked(model, folder):
    """A folder with the members of weights.npz beside the other files, as the driver wants it."""
    os.makedirs(folder, exist_ok=True)
    for name in os.listdir(model):
        path = os.path.join(os.path.abspath(model), name)
        if name == "weights.npz":
            zipfile.ZipFile(path).extractall(folder)
        elif os.path.isfile(path):
            os.symlink(path, os.path.join(folder, name))
    return folder


def golden(args, work):
    folder = unpacked(args.model[0], os.path.join(work, "golden"))
    dictionary = ["-d", os.path.join(args.golden, "default_dict_thuocl6000.pkl")]
    user = ["-u", os.path.join(args.golden, "userdict.txt")]
    wrong = 0
    for name, how in (("plain_nodict", []), ("default_post", dictionary), ("userdict_post", dictionary + user),
                      ("oldtext_nodict", [])):
        with open(os.path.join(args.golden, name + ".jsonl"), encoding="utf-8") as f:
            rows = [json.loads(line) for line in f]
        got, _, spent = drive(args, [r["in"] for r in rows], "pkuseg", folder, *how)
        wrong += compare("golden " + name, [r["in"] for r in rows], [r["out"] for r in rows],
                         [[w for w, _ in words] for words in got], spent, spent)
    return wrong


def tag_model(folder, sentences):
    """A tag model of random weights over the features that real sentences have."""
    import numpy as np
    from pkuseg.postag.feature_extractor import FeatureExtractor
    rng, features = random.Random(7), {"$$": 0}
    extractor = FeatureExtractor()
    for words in sentences:
        nodes = list(extractor.normalize_text(list(words)))
        for i in range(len(nodes)):
            for f in extractor.get_node_features(i, nodes):
                if f != "/" and rng.random() < 0.8:
                    features.setdefault(f, len(features))
    tags = {t: i for i, t in enumerate("n nr ns v vn a ad d m q r p u w t f s b c i j l k h z".split())}
    weights = np.random.RandomState(7).normal(size=len(tags) * (len(features) + len(tags)))
    os.makedirs(folder)
    with open(os.path.join(folder, "features.pkl"), "wb") as f:
        pickle.dump({"feature_to_idx": features, "tag_to_idx": tags}, f, protocol=4)
    np.savez(os.path.join(folder, "weights.npz"), sizes=np.array([len(tags), len(features)]), w=weights)
    return folder


def with_pkuseg(args, lines, work):
    import pkuseg
    from pkuseg.postag import Postag
    package = os.path.dirname(pkuseg.__file__)
    default = os.path.join(package, "dicts", "default.pkl")
    wrong = 0
    for number, model in enumerate(args.model + ["default"]):
        path = model if model != "default" else os.path.join(package, "models", "default")
        folder = unpacked(path, os.path.join(work, f"model{number}"))
        for name, words, how in (("no dictionary", None, []), ("default dictionary", "default", ["-d", default]),
                                 ("user dictionary", args.user, ["-d", default, "-u", args.user])):
            start = time.process_time()
            cutter = pkuseg.pkuseg(model_name=model, user_dict=words)
            start = time.process_time() - start
            want, theirs = timed(cutter.cut, lines)
            got, loaded, ours = drive(args, lines, "pkuseg", folder, *how)
            print(f"loading: {start:.2f} s theirs, {loaded:.2f} s ours")
            wrong += compare(f"pkuseg {model}, {name}", lines, want, [[w for w, _ in words] for words in got],
                             theirs, ours)
        part = lines[: len(lines) // 10]
        tags = tag_model(os.path.join(work, f"tags{number}"), want[:2000])
        cutter.postag, cutter.tagger = True, Postag(tags)
        want, theirs = timed(cutter.cut, part)
        got, _, ours = drive(args, part, "pkuseg", folder, *how, "-t", unpacked(tags, tags + "-unpacked"))
        wrong += compare(f"pkuseg {model}, tags", part, want, got, theirs, ours)
    return wrong


def with_jieba(args, lines, work):
    if args.jieba:
        sys.path.append(args.jieba)
    import jieba
    jieba.setLogLevel(60)
    package, folder = os.path.dirname(jieba.__file__), os.path.join(work, "jieba")
    os.makedirs(folder)
    for name in ("dict.txt", "finalseg/prob_start.py", "finalseg/prob_trans.py", "finalseg/prob_emit.py"):
        os.symlink(os.path.join(package, name), os.path.join(folder, os.path.basename(name)))
    jieba.initialize()
    wrong = 0
    users = [[]]
    if args.user:
        users.append(["-u", args.user])
    for user in users:
        if user:
            jieba.load_userdict(args.user)
        for name, how, cut in (("HMM=True", [], jieba.lcut), ("HMM=False", ["-n"], lambda s: jieba.lcut(s, HMM=False)),
                               ("search", ["-s"], jieba.lcut_for_search)):
            want, theirs = timed(cut, lines)
            got, _, ours = drive(args, lines, "jieba", folder, *how, *user)
            wrong += compare(f"jieba {name}{' and user words' if user else ''}", lines, want,
                             [[w for w, _ in words] for words in got], theirs, ours)
    return wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--driver", required=True)
    parser.add_argument("--texts", nargs="+", required=True)
    parser.add_argument("--lines", type=int, default=100000)
    parser.add_argument("--random", type=int, default=20000)
    parser.add_argument("--model", nargs="*", default=[])
    parser.add_argument("--golden")
    parser.add_argument("--user")
    parser.add_argument("--jieba")
    parser.add_argument("--only", choices=("pkuseg", "jieba"))
    args = parser.parse_args()
    lines, mixed = corpus(args)
    print(f"{len(lines)} lines of text, {len(mixed)} random mixtures")
    wrong = 0
    with tempfile.TemporaryDirectory() as work:
        if args.golden:
            wrong += golden(args, work)
        if args.only != "pkuseg":
            wrong += with_jieba(args, lines + mixed, work)
        if args.only != "jieba":
            wrong += with_pkuseg(args, lines + mixed, work)
    print(f"{wrong} differences")
    sys.exit(wrong > 0)


if __name__ == "__main__":
    main()
