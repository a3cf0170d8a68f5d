-- What a person decided (ground), and what reports tell together (derived: made whole again after
-- every change, from claims, mentions and acts).

-- What a person decided, never rewritten: undoing is a time in `undone`. Acts are tied to words of
-- reports, so they outlive what is derived.
CREATE TABLE acts (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    verb    TEXT NOT NULL CHECK (verb IN ('same', 'different', 'reject', 'correct', 'rate', 'claim')),
    anchors TEXT NOT NULL,             -- JSON: report, start, end, kind, role
    subject TEXT,                      -- an outlet, for a rating
    value   TEXT,                      -- a rating; a role's right value; a claim of the person's own
    shown   TEXT NOT NULL,             -- what was decided, as it was shown then
    undone  TEXT                       -- when it was taken back
) STRICT;

-- Persons, bodies and places over all reports.
CREATE TABLE actors (
    id      TEXT PRIMARY KEY,
    name    TEXT NOT NULL,
    sort    TEXT NOT NULL CHECK (sort IN ('person', 'body', 'place')),
    class   TEXT,
    country TEXT,
    actor   TEXT NOT NULL              -- all of it, in JSON
) STRICT, WITHOUT ROWID;

-- Where actors are mentioned.
CREATE TABLE actor_mentions (
    actor  TEXT    NOT NULL REFERENCES actors ON DELETE CASCADE,
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    start  INTEGER NOT NULL,
    stop   INTEGER NOT NULL,
    PRIMARY KEY (actor, report, start, stop)
) STRICT, WITHOUT ROWID;

-- What one or several reports tell.
CREATE TABLE facts (
    id          TEXT PRIMARY KEY,
    kind        TEXT    NOT NULL,
    family      TEXT    NOT NULL,
    caption     TEXT    NOT NULL,
    first       TEXT,                  -- the first day it can have been
    last        TEXT,
    reports     INTEGER NOT NULL,
    origins     INTEGER NOT NULL,
    credibility INTEGER NOT NULL CHECK (credibility BETWEEN 1 AND 6),
    fact        TEXT    NOT NULL       -- all of it, in JSON
) STRICT, WITHOUT ROWID;

CREATE INDEX facts_by_kind ON facts (kind);

-- Which claims tell a fact.
CREATE TABLE fact_claims (
    claim  TEXT NOT NULL,
    fact   TEXT NOT NULL REFERENCES facts ON DELETE CASCADE,
    PRIMARY KEY (claim, fact)
) STRICT, WITHOUT ROWID;

CREATE INDEX claims_by_fact ON fact_claims (fact);

-- Which actors play a part in a fact.
CREATE TABLE fact_actors (
    actor TEXT NOT NULL REFERENCES actors ON DELETE CASCADE,
    fact  TEXT NOT NULL REFERENCES facts ON DELETE CASCADE,
    PRIMARY KEY (actor, fact)
) STRICT, WITHOUT ROWID;

-- Facts that hang together without being one.
CREATE TABLE links (
    fact     TEXT NOT NULL REFERENCES facts ON DELETE CASCADE,
    other    TEXT NOT NULL REFERENCES facts ON DELETE CASCADE,
    relation TEXT NOT NULL,            -- carried-out, step, denied, part, content
    reasons  TEXT NOT NULL,            -- JSON
    PRIMARY KEY (fact, other, relation)
) STRICT, WITHOUT ROWID;

-- Figures of one measure and one set over time, with how each pair stands.
CREATE TABLE series (
    id      TEXT PRIMARY KEY,
    measure TEXT NOT NULL,
    series  TEXT NOT NULL              -- JSON
) STRICT, WITHOUT ROWID;

-- Commitments, with the rungs that they have climbed.
CREATE TABLE ladders (
    id     TEXT PRIMARY KEY REFERENCES facts ON DELETE CASCADE,
    state  TEXT NOT NULL,
    ladder TEXT NOT NULL               -- JSON
) STRICT, WITHOUT ROWID;

-- What each report goes back to: reports of one origin count once.
CREATE TABLE origins (
    report INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    origin TEXT NOT NULL
) STRICT;

-- Between which days an undated report was written, as others and its own words tell.
CREATE TABLE bounds (
    report     INTEGER PRIMARY KEY REFERENCES reports ON DELETE CASCADE,
    not_before TEXT,
    not_after  TEXT,
    reasons    TEXT NOT NULL           -- JSON
) STRICT;

-- What was judged of two actors' members, claims or reports, with the reasons.
CREATE TABLE judgements (
    a       TEXT NOT NULL,
    b       TEXT NOT NULL,
    verdict TEXT NOT NULL CHECK (verdict IN ('same', 'different', 'unsure')),
    reasons TEXT NOT NULL              -- JSON
) STRICT;

CREATE INDEX judgements_by_a ON judgements (a);
CREATE INDEX judgements_by_b ON judgements (b);

-- Facts are up to date while `fused` is 1: whatever they are made of takes that back.
INSERT INTO meta VALUES ('fused', '0');
CREATE TRIGGER unfused_by_arrival AFTER INSERT ON arrivals
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
CREATE TRIGGER unfused_by_reading AFTER DELETE ON pending
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
CREATE TRIGGER unfused_by_act AFTER INSERT ON acts
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
CREATE TRIGGER unfused_by_undoing AFTER UPDATE ON acts
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
