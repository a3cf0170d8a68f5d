#!/usr/bin/env python3
"""Makes a pipeline small enough to be mutated and loaded thousands of times a second.

    fuzz/tiny_model.py FOLDER

The folder gets spaCy's own files, of random weights. The corpus of the target `load` is written beside
it, in FOLDER-corpus: each file with a byte before it that says which one it is.
"""

import re
import sys
from pathlib import Path

import numpy
import spacy
from spacy.lookups import Lookups
from spacy.tokenizer import Tokenizer
from spacy.training import Example

FILES = [
    "config.cfg",
    "meta.json",
    "tokenizer",
    "tok2vec/model",
    "tagger/cfg",
    "tagger/model",
    "parser/cfg",
    "parser/model",
    "parser/moves",
    "ner/cfg",
    "ner/model",
    "ner/moves",
    "attribute_ruler/patterns",
    "lemmatizer/lookups/lookups.bin",
    "vocab/lookups.bin",
    "vocab/vectors",
    "vocab/key2row",
    "vocab/vectors.cfg",
]

ENCODER = {
    "@architectures": "spacy.Tok2Vec.v2",
    "embed": {
        "@architectures": "spacy.MultiHashEmbed.v2",
        "width": 16,
        "attrs": ["NORM", "SHAPE", "SPACY"],
        "rows": [7, 5, 3],
        "include_static_vectors": True,
    },
    "encode": {
        "@architectures": "spacy.MaxoutWindowEncoder.v2",
        "width": 16,
        "depth": 1,
        "window_size": 1,
        "maxout_pieces": 2,
    },
}
LISTENER = {"@architectures": "spacy.Tok2VecListener.v1", "width": 16, "upstream": "tok2vec"}
TRANSITIONS = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
}


def main():
    folder = Path(sys.argv[1])
    nlp = spacy.blank("en")
    for word in ("dogs", "bark"):
        nlp.vocab.set_vector(word, numpy.ones(4, dtype="float32"))
    nlp.add_pipe("tok2vec", config={"model": ENCODER})
    nlp.add_pipe("tagger", config={"model": {"@architectures": "spacy.Tagger.v2", "tok2vec": LISTENER}})
    nlp.add_pipe("parser", config={"model": TRANSITIONS | {"state_type": "parser", "tok2vec": LISTENER}})
    nlp.add_pipe("attribute_ruler").add([[{"TAG": "N"}]], {"POS": "NOUN"})
    lemmatizer = nlp.add_pipe("lemmatizer")
    nlp.add_pipe("ner", config={"model": TRANSITIONS | {"state_type": "ner", "tok2vec": ENCODER}})
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        rules={"don't": [{"ORTH": "do"}, {"ORTH": "n't", "NORM": "not"}], ":-)": [{"ORTH": ":-)"}]},
        prefix_search=re.compile(r"""^[("]|^\+(?![0-9])""").search,
        suffix_search=re.compile(r"""[)".,]$|(?<=[0-9])km$""").search,
        infix_finditer=re.compile(r"""(?<=[a-z])[-~](?=[a-z])|\.\.+""").finditer,
        url_match=re.compile(r"""(?u)^https?://\S+$""").match,
    )
    doc = nlp.make_doc("Big dogs bark. Cats sleep.")
    annotation = {
        "tags": ["J", "N", "V", ".", "N", "V", "."],
        "heads": [1, 2, 2, 2, 5, 5, 5],
        "deps": ["amod||ROOT", "nsubj", "ROOT", "punct", "nsubj", "ROOT", "punct"],
        "entities": ["B-A", "L-A", "O", "O", "U-B", "O", "O"],
    }
    examples = [Example.from_dict(doc, annotation)] * 40
    lookups = Lookups()
    lookups.add_table("lemma_rules", {"noun": [["s", ""]]})
    lookups.add_table("lemma_exc", {"noun": {"mice": ["mouse"]}})
    lookups.add_table("lemma_index", {"noun": ["cat", "dog"]})
    lemmatizer.initialize(lookups=lookups)
    for name in ("tok2vec", "tagger", "parser", "ner"):
        nlp.get_pipe(name).initialize(lambda: examples, nlp=nlp)
    nlp.to_disk(folder)
    corpus = Path(f"{folder}-corpus")
    corpus.mkdir(exist_ok=True)
    for number, file in enumerate(FILES):
        (corpus / file.replace("/", "-")).write_bytes(bytes([number]) + (folder / file).read_bytes())


if __name__ == "__main__":
    main()
