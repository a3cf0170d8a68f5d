-- The room: one SQLite file. Everything in this file is ground: what was found, where and when.
-- Times are RFC 3339 in UTC. Offsets into texts count Unicode code points, end exclusive; offsets
-- into originals count bytes.

-- What made this room and when.
CREATE TABLE meta (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row for every different sequence of bytes that was read.
CREATE TABLE reports (
    id             INTEGER PRIMARY KEY,
    hash           BLOB    NOT NULL UNIQUE CHECK (length(hash) = 32),  -- SHA-256 of the original
    name           TEXT    NOT NULL,         -- the hash's first 16 hexadecimal digits
    source         TEXT    NOT NULL,         -- the place it was first found at
    format         TEXT    NOT NULL,         -- plain, markdown, html
    charset        TEXT    NOT NULL,         -- the encoding the original was read in
    title          TEXT,
    byline         TEXT,
    outlet         TEXT,
    canonical      TEXT,                     -- the address a page calls its own
    published      TEXT,                     -- ISO 8601, as precise as the report is; null: not said
    published_from TEXT,                     -- what in the report says so
    language       TEXT,                     -- ISO 639-1; null: could not be told
    added          TEXT    NOT NULL,
    newest         INTEGER NOT NULL CHECK (newest IN (0, 1)),  -- 0: a newer version took its place
    original_bytes INTEGER NOT NULL,
    text           TEXT    NOT NULL,         -- all of it, furniture included
    original       BLOB    NOT NULL,         -- the bytes as they were found, compressed (zlib)
    CHECK ((published IS NULL) = (published_from IS NULL))
) STRICT;

CREATE INDEX reports_by_name ON reports (name);
CREATE INDEX reports_by_date ON reports (newest, published, name);

-- Where reports were found: file paths, and the addresses that pages call their own. A place can
-- show one report after another; the last one found there is current.
CREATE TABLE locations (
    id       INTEGER PRIMARY KEY,
    kind     TEXT    NOT NULL CHECK (kind IN ('file', 'url', 'input')),
    place    TEXT    NOT NULL,
    report   INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    replaces INTEGER REFERENCES reports ON DELETE SET NULL,  -- what was found there before
    seen     TEXT    NOT NULL,
    current  INTEGER NOT NULL CHECK (current IN (0, 1))
) STRICT;

CREATE UNIQUE INDEX current_location ON locations (kind, place) WHERE current = 1;
CREATE INDEX locations_by_place ON locations (kind, place);
CREATE INDEX locations_by_report ON locations (report);

-- The parts of a report's text.
CREATE TABLE blocks (
    report       INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    n            INTEGER NOT NULL,
    kind         TEXT    NOT NULL,
    start        INTEGER NOT NULL,
    stop         INTEGER NOT NULL,
    source_start INTEGER,              -- null: could not be aligned with the original
    source_stop  INTEGER,
    PRIMARY KEY (report, n)
) STRICT, WITHOUT ROWID;

-- What could not be read, or only with a loss. A file that is read well later loses its problems.
CREATE TABLE problems (
    id      INTEGER PRIMARY KEY,
    place   TEXT NOT NULL,
    kind    TEXT NOT NULL,
    message TEXT NOT NULL,
    report  INTEGER REFERENCES reports ON DELETE CASCADE,  -- null: nothing was stored
    at      TEXT NOT NULL
) STRICT;

CREATE INDEX problems_by_place ON problems (place);

-- The log of what came and went, never rewritten.
CREATE TABLE arrivals (
    id    INTEGER PRIMARY KEY,
    at    TEXT NOT NULL,
    what  TEXT NOT NULL CHECK (what IN ('added', 'version', 'location', 'removed')),
    hash  BLOB NOT NULL,
    place TEXT NOT NULL
) STRICT;

-- Full-text search over the newest version of each report, furniture left out.
CREATE VIRTUAL TABLE search USING fts5 (
    title, story,
    tokenize = 'unicode61 remove_diacritics 2'
);
