-- Derived: what the engine made of the reports. All of it can be dropped and made again from the
-- ground (`atalaya rebuild`). `fingerprint` in `meta` says which engine, pack, models and gazetteer
-- made it; what two of them made never stands side by side.

-- Newest versions whose values have not been read yet. Empty, unless a run was stopped.
CREATE TABLE pending (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE
) STRICT;

INSERT INTO pending SELECT id FROM reports WHERE newest = 1;

-- Words of a newest version that stand for something, in the order of its text.
CREATE TABLE mentions (
    report   INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    n        INTEGER NOT NULL,
    kind     TEXT    NOT NULL CHECK (kind IN ('actor', 'thing', 'place', 'quantity', 'period')),
    start    INTEGER NOT NULL,
    stop     INTEGER NOT NULL,
    label    TEXT    NOT NULL,         -- what it is, in a few words
    class    TEXT,                     -- null: not known
    referent INTEGER,                  -- mentions of one report with one number stand for the same
    value    TEXT    NOT NULL,         -- JSON
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

-- What a newest version claims, in the order of its text.
CREATE TABLE claims (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    id     TEXT    NOT NULL,           -- a hash of report, kind and the words' places
    kind   TEXT    NOT NULL,           -- of the pack
    family TEXT    NOT NULL,           -- event, commitment, figure, statement, …
    claim  TEXT    NOT NULL,           -- all of it but the report, in JSON
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_by_kind ON claims (kind);

-- Why words of a newest version that a rule looks for told no claim: what the engine let go.
CREATE TABLE dropped (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    rule   TEXT    NOT NULL,           -- `kind/trigger`
    start  INTEGER NOT NULL,           -- the words, in code points
    stop   INTEGER NOT NULL,
    why    TEXT    NOT NULL,           -- in a few words
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;
