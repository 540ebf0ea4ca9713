#!/usr/bin/env python3
"""Learn the model of src/engine/generic from labelled candidates (candidates.ts) and CredData's markup, development half.

  python3 train.py --candidates candidates.jsonl --root DIR --out rules/generic/model.json [--folds 5] [--models DIR]

Needs numpy and lightgbm. Cross-validates by repository and prints precision, recall and F1 at each threshold,
then learns from all and writes the trees; with --models also those of each fold, for run.ts to measure with. Deterministic: fixed seed, one thread.
"""
import argparse, collections, csv, glob, hashlib, itertools, json, os
import lightgbm as lgb
import numpy as np

PARAMETERS = dict(
    objective="binary", num_leaves=15, learning_rate=0.05, min_data_in_leaf=25, feature_fraction=0.5,
    lambda_l2=10.0, max_bin=63, verbose=-1, num_threads=1, deterministic=True, force_row_wise=True, seed=7,
)
ROUNDS = 220


def read_marks(root):
    marks = collections.defaultdict(list)
    for name in glob.glob(os.path.join(root, "meta", "*.csv")):
        with open(name, encoding="utf8") as f:
            for row in csv.DictReader(f):
                start, end = (int(float(row[k])) if row[k] not in ("", "nan") else -1 for k in ("ValueStart", "ValueEnd"))
                marks[row["FilePath"]].append((int(row["LineStart"]), int(row["LineEnd"]), start, end, row["GroundTruth"] == "T", row["Category"]))
    return marks


def label(candidate, marks):
    """1 when the candidate meets a row marked true."""
    for first, last, start, end, truth, _ in marks.get(candidate["path"], ()):
        if truth and first <= candidate["line"] <= last:
            if first != last or start < 0 or (candidate["start"] < end and start < candidate["end"]):
                return 1
    return 0


def flatten(booster, names):
    """The trees as src/engine/generic/forest.ts reads them: a node is four bytes in a number, and what is at least 128 is a leaf."""
    trees = []
    for info in booster.dump_model()["tree_info"]:
        nodes, leaves = [], []

        def walk(node):
            if "leaf_value" in node:
                leaves.append(round(node["leaf_value"], 4))
                return 128 + len(leaves) - 1
            at = len(nodes)
            nodes.append(None)
            left, right = walk(node["left_child"]), walk(node["right_child"])
            nodes[at] = (node["split_feature"], float(f"{node['threshold']:.5g}"), left, right)
            return at

        walk(info["tree_structure"])
        trees.append((nodes, leaves))
    return pack(trees, names)


def pack(trees, names):
    used = sorted({n[0] for nodes, _ in trees for n in nodes})
    cuts = [sorted({t for nodes, _ in trees for f, t, _, _ in nodes if f == feature}) for feature in used]
    assert max(map(len, cuts)) <= 256 and max(len(nodes) for nodes, _ in trees) <= 127, "a tree is too large"
    numbers = [{cut: number for number, cut in enumerate(of)} for of in cuts]
    index = {f: i for i, f in enumerate(used)}
    return {
        "features": [names[f] for f in used],
        "cuts": cuts,
        "roots": offsets(len(nodes) for nodes, _ in trees),
        "firstLeaves": offsets(len(leaves) for _, leaves in trees),
        "nodes": [index[f] | numbers[index[f]][t] << 8 | l << 16 | r << 24 for nodes, _ in trees for f, t, l, r in nodes],
        "leaves": [leaf for _, leaves in trees for leaf in leaves],
    }


def offsets(lengths):
    return [0, *itertools.accumulate(lengths)][:-1]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--candidates", required=True)
    parser.add_argument("--root", required=True)
    parser.add_argument("--out")
    parser.add_argument("--models", help="directory for the folds' models and which repository is in which fold")
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--drop", default="", help="features to leave out, for the ablation")
    args = parser.parse_args()
    marks = read_marks(args.root)
    candidates = [json.loads(line) for line in open(args.candidates, encoding="utf8")]
    dropped = set(filter(None, args.drop.split(",")))
    names = [n for n in candidates[0]["features"] if n not in dropped]
    x = np.array([[c["features"][n] for n in names] for c in candidates], dtype=float)
    y = np.array([label(c, marks) for c in candidates])
    repos = np.array([c["path"].split("/")[1] for c in candidates])
    truths = sum(t for rows in marks.values() for *_, t, _c in rows)
    print(f"{len(y)} candidates, {y.sum()} true, {truths} true rows, {len(set(repos))} repositories")

    order = sorted(set(repos), key=lambda r: (hash_of(r)))
    fold = {r: i % args.folds for i, r in enumerate(order)}
    folds = np.array([fold[r] for r in repos])
    out = np.zeros(len(y))
    for k in range(args.folds):
        train = folds != k
        booster = lgb.train(PARAMETERS, lgb.Dataset(x[train], y[train]), ROUNDS)
        out[~train] = booster.predict(x[~train])
        if args.models:
            write(os.path.join(args.models, f"{k}.json"), flatten(booster, names))
    if args.models:
        write(os.path.join(args.models, "folds.json"), fold)
    report(out, y)
    booster = lgb.train(PARAMETERS, lgb.Dataset(x, y), ROUNDS)
    gain = sorted(zip(booster.feature_importance("gain"), names), reverse=True)
    print("gain:", " ".join(f"{n} {g / sum(g for g, _ in gain):.3f}" for g, n in gain[:40]))
    if args.out:
        write(args.out, flatten(booster, names))
        print(args.out, os.path.getsize(args.out), "bytes")


def write(path, data):
    with open(path, "w") as f:
        json.dump(data, f, separators=(",", ":"))


def hash_of(text):
    return hashlib.sha256(text.encode()).hexdigest()


def report(p, y):
    for threshold in (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6):
        hit = p >= threshold
        tp = (hit & (y == 1)).sum()
        precision, recall = tp / max(1, hit.sum()), tp / y.sum()
        print(f"{threshold:.2f}  precision {precision:.3f}  recall of candidates {recall:.3f}  F1 {2 * precision * recall / (precision + recall):.3f}")


main()
