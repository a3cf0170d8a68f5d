#!/usr/bin/env python3
"""Sets two systems' stories beside each other, with a paired bootstrap interval of the difference.

    compare_extraction.py SET GOLD.jsonl OURS.jsonl THEIRS.jsonl [--rounds 2000]

SET is `shingles` (GOLD has `text`; macro F1 over shingles of four words) or `segments` (GOLD has `with` and
`without`; micro F1 over segments that must and must not appear). Predictions are JSON Lines of `id` and `text`.
Pages are drawn with replacement, the same pages for both systems.
"""

import argparse
import collections
import json
import random
import re

WORD = re.compile(r"\w+")


def shingles(text, length=4):
    words = WORD.findall(text)
    if len(words) < length:
        return collections.Counter([tuple(words)] if words else [])
    return collections.Counter(tuple(words[at : at + length]) for at in range(len(words) - length + 1))


def by_shingles(gold, text):
    """Precision and recall of one page; None where nothing was found or nothing was to be found."""
    wanted, found = shingles(gold["text"]), shingles(text)
    both = sum((wanted & found).values())
    precision = both / sum(found.values()) if found else None
    recall = both / sum(wanted.values()) if wanted else None
    return precision, recall


def by_segments(gold, text):
    hits = sum(segment in text for segment in gold["with"])
    false = sum(segment in text for segment in gold["without"])
    return hits, false, len(gold["with"])


def f1(precision, recall):
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def whole(kind, pages):
    if kind == "shingles":
        precisions = [p for p, _ in pages if p is not None]
        recalls = [r for _, r in pages if r is not None]
        return f1(sum(precisions) / len(precisions), sum(recalls) / len(recalls))
    hits, false, wanted = (sum(column) for column in zip(*pages))
    return f1(hits / max(1, hits + false), hits / max(1, wanted))


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("set", choices=["shingles", "segments"])
    parser.add_argument("gold")
    parser.add_argument("ours")
    parser.add_argument("theirs")
    parser.add_argument("--rounds", type=int, default=2000)
    args = parser.parse_args()
    gold = [json.loads(line) for line in open(args.gold, encoding="utf-8")]
    page = by_shingles if args.set == "shingles" else by_segments

    def score(path):
        texts = {r["id"]: r.get("text") or "" for r in map(json.loads, open(path, encoding="utf-8"))}
        return [page(g, texts.get(g["id"], "")) for g in gold]

    ours, theirs = score(args.ours), score(args.theirs)
    draw = random.Random(1)
    differences = []
    for _ in range(args.rounds):
        drawn = [draw.randrange(len(gold)) for _ in gold]
        one = whole(args.set, [ours[at] for at in drawn])
        differences.append(one - whole(args.set, [theirs[at] for at in drawn]))
    differences.sort()
    print(json.dumps({
        "pages": len(gold),
        "ours": round(whole(args.set, ours), 4),
        "theirs": round(whole(args.set, theirs), 4),
        "difference_95": [round(differences[int(len(differences) * at)], 4) for at in (0.025, 0.975)],
        "better_in": round(sum(d > 0 for d in differences) / len(differences), 3),
    }))


if __name__ == "__main__":
    main()
