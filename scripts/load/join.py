#!/usr/bin/env python3
"""Joins rooms to one of COUNT reports: `join.py ROOM COUNT PART…`, for measuring pages; needs `pip install apsw`.

ROOM must be there and is added to; it and the parts are up to date. The parts are joined one after the other, the first
time as they are, then again and again under other names, until ROOM holds COUNT reports: every identifier has its digits
turned round, and given names that the generator of reports uses change places with others of the same length, so that
offsets stay right. What reports tell together is taken as each part has it: nothing is compared across the parts. For
measuring pages that is all the same; it is no picture to work with, and the next `add` would compare all of it.
"""
import re
import sys

import apsw

from reports import GIVEN

# Tables that a report's rows are in: the column with the report's number.
OF_REPORTS = {"blocks": "report", "mentions": "report", "claims": "report", "dropped": "report", "origins": "report", "bounds": "report"}
# Tables of what reports tell together, in the order in which their triggers find what they need.
TOGETHER = ["actors", "facts", "fact_claims", "fact_actors", "links", "series", "ladders", "judgements"]
WORDS = re.compile(r"\b(?:[0-9a-f]{16}|" + "|".join(GIVEN) + r")\b")


def other_names(turn):
    """What each given name is called the `turn`-th time."""
    by_length = {}
    for name in GIVEN:
        by_length.setdefault(len(name), []).append(name)
    return {name: names[(i + turn) % len(names)] for names in by_length.values() for i, name in enumerate(names)}


def other(turn):
    """A text under the names of the `turn`-th time."""
    names = other_names(turn)
    called = lambda match: names.get(match[0]) or match[0][turn:] + match[0][:turn]
    return lambda text: WORDS.sub(called, text) if turn and isinstance(text, str) else text


def columns(db, table):
    return [(name, kind) for _, name, kind, *_ in db.execute(f"PRAGMA table_info({table})")]


def under_other_names(db, table, but=()):
    """The columns of a table as they are to be stored, without those that are given otherwise."""
    return [f"other(own.{name})" if kind == "TEXT" else f"own.{name}" for name, kind in columns(db, table) if name not in but]


def join(db, part, turn):
    db.create_scalar_function("other", other(turn), 1, deterministic=True)
    db.create_scalar_function("hash_of", lambda name, old: bytes.fromhex(name) + old[8:], 2, deterministic=True)
    db.execute("ATTACH ? AS part", [part])
    (most,), = db.execute("SELECT max(id) FROM reports")
    with db:
        db.execute("CREATE TEMP TABLE new AS SELECT id AS old, id + ? AS id, hash_of(other(name), hash) AS hash FROM part.reports", [most])
        db.execute("DELETE FROM new WHERE hash IN (SELECT hash FROM main.reports)")
        db.execute("CREATE UNIQUE INDEX temp.new_by_old ON new (old)")
        rest = ", ".join(under_other_names(db, "reports", ("id", "hash")))
        db.execute(f"INSERT INTO reports SELECT new.id, new.hash, {rest} FROM part.reports AS own JOIN new ON old = own.id")
        for table, report in OF_REPORTS.items():
            rest = ", ".join(under_other_names(db, table, (report,)))
            db.execute(f"INSERT INTO {table} SELECT new.id, {rest} FROM part.{table} AS own JOIN new ON old = own.{report}")
        db.execute("INSERT INTO locations (kind, place, report, seen, current) "
                   "SELECT kind, ? || place, new.id, seen, current FROM part.locations JOIN new ON old = report", [f"{turn}/" if turn else ""])
        db.execute("INSERT INTO arrivals (at, what, hash, place) SELECT at, what, new.hash, place "
                   "FROM part.arrivals JOIN part.reports ON reports.hash = arrivals.hash JOIN new ON old = reports.id")
        db.execute("INSERT INTO search (rowid, title, story) SELECT new.id, other(title), other(story) FROM part.search AS own JOIN new ON old = own.rowid")
        for table in TOGETHER:
            db.execute(f"INSERT OR IGNORE INTO {table} SELECT {', '.join(under_other_names(db, table))} FROM part.{table} AS own")
        db.execute("INSERT OR IGNORE INTO actor_mentions SELECT other(actor), new.id, start, stop FROM part.actor_mentions JOIN new ON old = report")
        db.execute("DROP TABLE new")
        db.execute("UPDATE meta SET value = '1' WHERE key = 'fused'")
    db.execute("DETACH part")


def main(room, count, *parts):
    db = apsw.Connection(room)
    db.execute("PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -400000")
    held = lambda: db.execute("SELECT (SELECT count(*) FROM reports), (SELECT count(*) FROM facts), (SELECT count(*) FROM actors)").fetchone()
    for turn in range(16):
        for part in parts:
            if held()[0] >= int(count):
                break
            join(db, part, turn)
            print(*held(), flush=True)
    db.execute("PRAGMA analysis_limit = 1000; ANALYZE; PRAGMA wal_checkpoint(TRUNCATE)")


if __name__ == "__main__":
    if len(sys.argv) < 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
