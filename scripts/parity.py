#!/usr/bin/env python3
"""Compares Atalaya's analysis with spaCy's over any amount of text, and shows every difference.

    scripts/parity.py spacy MODEL ARTICLES... > reference.jsonl
    cargo build --release -p atalaya-parse --example parse_json
    scripts/parity.py compare reference.jsonl target/release/examples/parse_json MODEL

MODEL is the folder of a pipeline (`scripts/models` fetches some); ARTICLES are JSON Lines files whose
objects have a field `text`, each a document. The first command needs spaCy, the second does not: it
gives the documents, as JSON strings one a line, to the command that follows the reference, and reads
a JSON object a line. Compared are the tokens' places, tag, pos, morph, lemma, head, dep and norm,
the sentences and the entities. With `--lines`, `spacy` takes every line of a text as a document.
"""

import argparse
import json
import subprocess
import sys
import threading
import warnings
from collections import Counter
from contextlib import suppress

COLUMNS = ["tag", "pos", "morph", "lemma", "head", "dep", "norm"]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(required=True)
    reference = commands.add_parser("spacy", help="write spaCy's analysis of articles")
    reference.add_argument("--lines", action="store_true", help="a document is a line, not a text")
    reference.add_argument("model")
    reference.add_argument("articles", nargs="+")
    reference.set_defaults(run=lambda args: write(args.model, texts(args.articles, args.lines)))
    comparison = commands.add_parser("compare", help="compare a command's analysis with it")
    comparison.add_argument("--shown", type=int, default=100, help="differences to show (100)")
    comparison.add_argument("reference")
    comparison.add_argument("command", nargs=argparse.REMAINDER)
    comparison.set_defaults(run=lambda args: compare(args.reference, args.command, args.shown))
    args = parser.parse_args()
    sys.exit(args.run(args))


def texts(files, by_line):
    for file in files:
        with open(file, encoding="utf-8") as lines:
            for line in lines:
                text = json.loads(line)["text"]
                yield from (part for part in text.split("\n") if part) if by_line else [text]


def write(model, documents):
    import spacy

    warnings.filterwarnings("ignore", message=".*W095.*")
    nlp = spacy.load(model)
    for doc in nlp.pipe(documents, batch_size=32):
        analysis = doc.to_json()
        for token, fields in zip(doc, analysis["tokens"]):
            fields["norm"] = token.norm_
        print(json.dumps(analysis, ensure_ascii=False))


def compare(reference, command, shown):
    counts, documents, tokens, entities = Counter(), 0, 0, 0
    with open(reference, encoding="utf-8") as lines:
        for number, (theirs, ours) in enumerate(zip(lines, analyses(reference, command))):
            theirs = json.loads(theirs)
            documents += 1
            tokens += len(theirs["tokens"])
            entities += len(theirs.get("ents", []))
            for what, place, expected, got in differences(theirs, ours):
                counts[what] += 1
                if counts.total() <= shown:
                    print(f"document {number}, {place}: {what}: {got!r}, spaCy has {expected!r}")
    print(f"{documents} documents, {tokens} tokens, {entities} entities; differences: {counts.total()}")
    for what, count in sorted(counts.items()):
        print(f"  {what}: {count}")
    with open(reference, encoding="utf-8") as lines:
        missing = sum(1 for _ in lines) - documents
    if missing:
        print(f"the command left out {missing} documents")
    return 1 if counts or missing else 0


def analyses(reference, command):
    """What the command makes of the reference's texts. Fed from a thread of its own, as both wait."""
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    )

    def feed():
        # A command that ends early is told of by its status.
        with suppress(BrokenPipeError), open(reference, encoding="utf-8") as lines, process.stdin:
            for line in lines:
                process.stdin.write(json.dumps(json.loads(line)["text"]) + "\n")

    threading.Thread(target=feed, daemon=True).start()
    for line in process.stdout:
        yield json.loads(line)
    if process.wait() != 0:
        print(f"{command[0]} ended with status {process.returncode}")


def differences(theirs, ours):
    """(what, place, spaCy's, ours) for all that differs in a document."""
    text = theirs["text"]
    if ours["text"] != text:
        yield "text", "whole", text[:80], ours["text"][:80]
        return
    place = lambda token: (token["start"], token["end"])
    expected, got = [[place(token) for token in doc["tokens"]] for doc in (theirs, ours)]
    if expected != got:
        at = next((i for i, (a, b) in enumerate(zip(expected, got)) if a != b), 0)
        pieces = [[text[s:e] for s, e in spans[at : at + 6]] for spans in (expected, got)]
        yield "tokens", f"from token {at} on", *pieces
        return
    for token, own in zip(theirs["tokens"], ours["tokens"]):
        for column in COLUMNS:
            # References in spaCy's own form have no norms.
            if column in token and token[column] != own[column]:
                start, end = place(token)
                near = text[max(0, start - 30) : end + 30]
                yield column, f"token {token['id']} {text[start:end]!r} in {near!r}", token[column], own[column]
    for name in ("sents", "ents"):
        sets = [
            {(span["start"], span["end"], span.get("label", "sentence")) for span in doc.get(name, [])}
            for doc in (theirs, ours)
        ]
        for span in sorted(sets[0] ^ sets[1]):
            start, end, label = span
            has = lambda spans: label if span in spans else None
            yield name, f"{text[start:end][:80]!r}", has(sets[0]), has(sets[1])


if __name__ == "__main__":
    main()
