"""Writes crates/parse/src/tokenizer/cases.json: what spaCy's own tokenizer makes of difficult texts.

Run with a Python that has spaCy 3.8 (`pip install spacy`). The rules are a small set in the manner of
spaCy's English ones, with each construct that those use.
"""

import json
import re
from pathlib import Path

import srsly
from spacy.attrs import NORM
from spacy.lang.lex_attrs import LEX_ATTRS
from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.lang.tokenizer_exceptions import URL_PATTERN
from spacy.tokenizer import Tokenizer
from spacy.util import add_lookups
from spacy.vocab import Vocab

OUT = Path(__file__).parent.parent / "crates/parse/src/tokenizer/cases.json"

LOWER = "a-zß-öø-ÿα-ωа-я"
UPPER = "A-ZÀ-ÖØ-ÞΑ-ΩА-Я"
PUNCTUATION = ["…", ",", ":", ";", r"\!", r"\?", "¿", "¡", r"\(", r"\)", r"\[", r"\]", r"\.\.+", r"\'", '"', "”", "“", "‘", "’", "»", "«"]
ICONS = "[\u00a9\u2600-\u27bf\U0001f1e6-\U0001f1ff\U0001f300-\U0001faff]"
CURRENCY = [r"\$", "£", "€", r"US\$"]
UNITS = "km|km²|m|m²|kg|g|lb|%|m/s|km/h"

PREFIX = "|".join("^" + piece for piece in ["§", r"\+(?![0-9])", "—", *PUNCTUATION, *CURRENCY, ICONS])
SUFFIX = "|".join(
    piece + "$"
    for piece in [*PUNCTUATION, ICONS, "'s", "’s", "—", r"(?<=[0-9])\+", r"(?<=°[FfCcKk])\.",
                  rf"(?<=[0-9])(?:{'|'.join(CURRENCY)})", rf"(?<=[0-9])(?:{UNITS})",
                  rf"(?<=[0-9{LOWER}%²])\.", rf"(?<=[{UPPER}][{UPPER}])\."]
)
INFIX = "|".join(
    [r"\.\.+", "…", ICONS, r"(?<=[0-9])[+\-\*^](?=[0-9-])", rf"(?<=[{LOWER}])\.(?=[{UPPER}])",
     rf"(?<=[{LOWER}{UPPER}]),(?=[{LOWER}{UPPER}])", rf"(?<=[{LOWER}{UPPER}0-9])(?:-|–|—|--|---|~)(?=[{LOWER}{UPPER}])",
     rf"(?<=[{LOWER}{UPPER}0-9])[:<>=/](?=[{LOWER}{UPPER}])"]
)
EXCEPTIONS = {
    "can't": [{65: "ca", 67: "can"}, {65: "n't", 67: "not"}],
    "don't": [{65: "do"}, {65: "n't", 67: "not"}],
    "don’t": [{65: "do"}, {65: "n’t", 67: "not"}],
    "U.S.": [{65: "U.S."}],
    "Gen.": [{65: "Gen.", 67: "General"}],
    "p.m.": [{65: "p.m."}],
    "w/o": [{65: "w/o", 67: "without"}],
    "C'mon": [{65: "C'm", 67: "come"}, {65: "on"}],
    ":)": [{65: ":)"}],
    ":-(": [{65: ":-("}],
    "(^_^)": [{65: "(^_^)"}],
    "’": [{65: "’"}],
    " ": [{65: " "}],
    "\n": [{65: "\n"}],
    "vis a vis": [{65: "vis a vis", 67: "against"}],
}
TEXTS = [
    "", " ", "  ", "\n", " \n ", "a", " a", "a ", "a  b", "a\n\nb", "a\tb\r\nc", "one\u00a0two \u2003three", "a\x1cb\u200bc\0d",
    "Soldiers can't leave (they don't want to); \"why?\", she asked.",
    "I don’t know… ’Twas the Gen. who said: ‘No!’",
    "The U.S. sent $1,200 (US$900 or 30€) at 5p.m. to the U.S.", "In the (U.S.), it's the general's.",
    "See http://example.com/a?b=c#d, https://sub.example.co.uk:8080/x_(y). www.example.org... ftp://files.example.net",
    "Write to press@example.org, or user.name+tag@mail.example.com; not a@b.",
    "8.8.8.8 http://8.8.8.8/x 10.1.2.3 http://10.1.2.3/x http://127.0.0.1/ http://192.168.1.1/ http://192.169.1.1/",
    "http://172.15.0.1/ http://172.16.0.1/ http://172.31.0.1/ http://172.32.0.1/ http://169.254.1.1/ http://169.253.1.1/ http://1٢3.4.5.6/",
    "http://10.example.com http://127.0.0.256/ http://223.255.255.254/ http://224.1.1.1/ http://100.1.1.1/",
    "Fine :) or :-( or (^_^) :)) (:) ok:)",
    ": ) vis a vis vis  a vis (vis a vis) vis a vis.",
    "5km 10km² 3m/s 20% 100lb. 7°C. 1+1 2-3 +4 +a 5+ 9$ 9US$",
    "state-of-the-art end.Start a,b A:B x=y 12:30 and/or 2019–2020 well--known one---two a~b",
    "\"'(Hello)'\" ...and... ..... (((x))) [[a].] w/o C'mon C'mon!",
    "👨‍👩‍👧 🇪🇨 ok👍 👍👍 ☎5 ©2020",
    "İstanbul ΟΔΟΣ straße ǅ Ⅷ ½ x² ٣٤ e\u0301te\u0301 \u0301 漢字 שלום عربي",
    "word" * 30, "é" * 99, "é" * 100, "-" * 120, "(" * 40 + "a" + ")" * 40, "." * 150, "a-" * 60, "http://" + "a." * 60,
]


def main():
    getters = dict(LEX_ATTRS)
    getters[NORM] = add_lookups(getters[NORM], BASE_NORMS)
    vocab = Vocab(lex_attr_getters=getters)
    tokenizer = Tokenizer(
        vocab,
        rules=EXCEPTIONS,
        prefix_search=re.compile(PREFIX).search,
        suffix_search=re.compile(SUFFIX).search,
        infix_finditer=re.compile(INFIX).finditer,
        url_match=re.compile(f"(?u){URL_PATTERN}").match,
    )
    data = srsly.msgpack_loads(tokenizer.to_bytes(exclude=["vocab"]))
    exceptions = [[text, [[part[65], part.get(67)] for part in parts]] for text, parts in data["exceptions"].items()]
    rules = {"prefix": data["prefix_search"], "suffix": data["suffix_search"], "infix": data["infix_finditer"], "url": data["url_match"]}
    cases = [[text, [[t.text, bool(t.whitespace_), t.norm_] for t in tokenizer(text)]] for text in TEXTS]
    lines = [json.dumps(case, ensure_ascii=True) for case in cases]
    head = json.dumps({"rules": rules, "exceptions": exceptions}, ensure_ascii=True, indent=1)[:-2]
    OUT.write_text(f'{head},\n "cases": [\n  ' + ",\n  ".join(lines) + "\n ]\n}\n")


main()
