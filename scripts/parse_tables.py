"""Writes the constant tables of crates/parse/src/tables from Python's and spaCy's own.

Run with a Python that has spaCy 3.8 (`pip install spacy`); Unicode tables follow that Python's version.
"""

import json
import sys
import unicodedata
from pathlib import Path

from spacy.lang.norm_exceptions import BASE_NORMS
from spacy.symbols import IDS

TABLES = Path(__file__).parent.parent / "crates/parse/src/tables"


def quoted(text):
    return json.dumps(text, ensure_ascii=False)


def ranges(member):
    found = []
    for point in range(0x110000):
        if 0xD800 <= point < 0xE000 or not member(chr(point)):
            continue
        if found and found[-1][1] == point - 1:
            found[-1][1] = point
        else:
            found.append([point, point])
    return found


def write_pairs(name, doc, about, kind, pairs):
    lines = [f"//! {about}", "", f"/// {doc}", f"pub(crate) static {name}: [(&str, {kind}); {len(pairs)}] = ["]
    lines += [f"    ({quoted(key)}, {value}),\n"[:-1] for key, value in pairs]
    (TABLES / f"{name.lower()}.rs").write_text("\n".join(lines + ["];", ""]), encoding="utf-8")


def write_unicode():
    about = f"Which characters Python calls a letter, digit, …: Unicode {unicodedata.unidata_version}, as inclusive ranges."
    lines = [f"//! {about}", ""]
    for name, doc, member in [
        ("ALPHA", "`str.isalpha`: the general categories L*.", str.isalpha),
        ("DECIMAL", "`str.isdecimal`: what `\\d` matches.", str.isdecimal),
        ("DIGIT", "`str.isdigit`: decimals, and digits such as superscripts.", str.isdigit),
        ("NUMERIC", "`str.isnumeric`: with letters and the underscore, what `\\w` matches.", str.isnumeric),
        ("UPPER", "`str.isupper` of one character: the property Uppercase.", str.isupper),
    ]:
        found = ranges(member)
        lines += [f"/// {doc}", "#[rustfmt::skip]", f"pub(crate) static {name}: [(char, char); {len(found)}] = ["]
        cells = [f"('\\u{{{first:x}}}', '\\u{{{last:x}}}')," for first, last in found]
        lines += ["    " + " ".join(cells[i : i + 4]) for i in range(0, len(cells), 4)] + ["];", ""]
    (TABLES / "unicode.rs").write_text("\n".join(lines), encoding="utf-8")


def main():
    TABLES.mkdir(exist_ok=True)
    symbols = sorted(IDS.items(), key=lambda pair: pair[0].encode())
    write_pairs("SYMBOLS", "Sorted by name.", "spaCy's symbol table: strings whose id is a small number.", "u16", symbols)
    norms = sorted(((key, quoted(value)) for key, value in BASE_NORMS.items()), key=lambda pair: pair[0].encode())
    write_pairs("BASE_NORMS", "Sorted by text.", "spaCy's norms that hold in every language.", "&str", norms)
    write_unicode()
    print(f"{len(symbols)} symbols, {len(norms)} norms, Python {sys.version.split()[0]}")


main()
