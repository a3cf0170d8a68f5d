-- What a large room changes when reports come: as few pages as can be, in as large a room as may be.

-- Long texts stand in the order in which they came, and not by their keys: so a thousand new ones fill a few hundred
-- pages at the end, and do not change thousands all over the room. Nor does a page then hold one long text and
-- nothing else.
CREATE TABLE claims_kept AS SELECT * FROM claims;
DROP TABLE claims;
CREATE TABLE claims (
    report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,
    n      INTEGER NOT NULL,
    id     TEXT    NOT NULL,           -- a hash of report, kind and the words' places
    kind   TEXT    NOT NULL,           -- of the pack
    family TEXT    NOT NULL,           -- event, commitment, figure, statement, …
    claim  TEXT    NOT NULL,           -- all of it but the report, in JSON
    PRIMARY KEY (report, n)
) STRICT;
INSERT INTO claims SELECT * FROM claims_kept ORDER BY report, n;
DROP TABLE claims_kept;
CREATE INDEX claims_by_kind ON claims (kind);
CREATE INDEX claims_by_id ON claims (id);

DROP TABLE notes;
DROP TABLE long_notes;
DROP TABLE facts;
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
) STRICT;
CREATE INDEX facts_by_kind ON facts (kind);
CREATE TRIGGER fact_came AFTER INSERT ON facts BEGIN INSERT INTO paged VALUES (NEW.id); END;
CREATE TRIGGER fact_went AFTER DELETE ON facts BEGIN DELETE FROM paged WHERE fact = OLD.id; END;
CREATE TRIGGER place_corrected AFTER UPDATE ON facts
    WHEN instr(NEW.fact, '"place":{') > 0 OR instr(OLD.fact, '"place":{') > 0
    BEGIN INSERT INTO repaged VALUES (NEW.id); END;

-- What fusion keeps: texts under keys, read in their order. Derived like all it is about. Keys are mostly packed in
-- few bytes, and only short notes stand with them.
CREATE TABLE notes (
    key  ANY PRIMARY KEY NOT NULL,     -- a text, or packed
    note ANY                           -- null: no words; a number: where it is, in `brief_notes`, or below zero in `long_notes`
) STRICT, WITHOUT ROWID;

-- Those of which a page holds many, and those of which it holds few.
CREATE TABLE brief_notes (
    id   INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;
CREATE TABLE long_notes (
    id   INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

-- A fact that changes keeps of its rows what is still so. Most change in their JSON alone, as when an actor has
-- another identifier; and every row written in vain costs a page of each index of it, of which a large room holds few
-- in memory.
CREATE TRIGGER fact_changed AFTER UPDATE ON facts BEGIN
    UPDATE fact_rows SET kind = NEW.kind, family = NEW.family, caption = NEW.caption,
        told = coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis'), denied = coalesce(NEW.fact ->> 'denied', 0),
        first = NEW.first, last = NEW.last, day = coalesce(NEW.last, NEW.first, ''),
        origins = NEW.origins, credibility = NEW.credibility
        WHERE fact = NEW.id AND (kind, family, caption, told, denied, first, last, origins, credibility) IS NOT (
            NEW.kind, NEW.family, NEW.caption, coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis'),
            coalesce(NEW.fact ->> 'denied', 0), NEW.first, NEW.last, NEW.origins, NEW.credibility);
    UPDATE fact_rows SET reports = NEW.reports WHERE fact = NEW.id AND reports <> NEW.reports;
END;

CREATE TRIGGER fact_reworded AFTER UPDATE ON facts
    WHEN OLD.caption <> NEW.caption
        OR (SELECT group_concat(' ' || (value ->> 'value'), '') FROM json_each(OLD.fact, '$.roles'))
           IS NOT (SELECT group_concat(' ' || (value ->> 'value'), '') FROM json_each(NEW.fact, '$.roles'))
BEGIN
    DELETE FROM fact_words WHERE rowid = (SELECT row FROM fact_rows WHERE fact = NEW.id);
    INSERT INTO fact_words (rowid, words)
        SELECT row, NEW.caption || coalesce((SELECT group_concat(' ' || (value ->> 'value'), '') FROM json_each(NEW.fact, '$.roles')), '')
        FROM fact_rows WHERE fact = NEW.id;
END;

CREATE TRIGGER fact_retold AFTER UPDATE ON facts
    WHEN (OLD.family, OLD.kind, coalesce(OLD.fact ->> 'status', OLD.fact ->> 'realis'))
        IS NOT (NEW.family, NEW.kind, coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis'))
BEGIN
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id)
        AND facet IN (SELECT id FROM fact_facets AS given JOIN facets ON id = given.facet
                      WHERE given.fact = (SELECT row FROM fact_rows WHERE fact_rows.fact = NEW.id)
                        AND facets.facet IN ('family', 'kind', 'told'));
    INSERT INTO faceted SELECT row, 'family', NEW.family, NEW.family FROM fact_rows WHERE fact = NEW.id;
    INSERT INTO faceted SELECT row, 'kind', NEW.kind, NEW.kind FROM fact_rows WHERE fact = NEW.id;
    INSERT INTO faceted
        SELECT row, 'told', coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis'), coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis')
        FROM fact_rows WHERE fact = NEW.id;
END;

-- Who tells it alone. Who tells it as well while it has one origin is put there as it comes.
CREATE TRIGGER fact_shared AFTER UPDATE ON facts WHEN OLD.origins <> NEW.origins BEGIN
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id)
        AND facet IN (SELECT id FROM fact_facets AS given JOIN facets ON id = given.facet
                      WHERE given.fact = (SELECT row FROM fact_rows WHERE fact_rows.fact = NEW.id) AND facets.facet = 'alone');
    INSERT INTO faceted SELECT row, 'alone', value, label
        FROM fact_rows JOIN fact_facets ON fact_facets.fact = row JOIN facets ON id = fact_facets.facet
        WHERE fact_rows.fact = NEW.id AND facets.facet = 'outlet' AND NEW.origins = 1;
END;

-- What it is contested by: only a fact that has, or had, a value that differs has rows of it.
CREATE TRIGGER fact_disputed AFTER UPDATE ON facts
    WHEN instr(OLD.fact, '"differ":[{') > 0 OR instr(NEW.fact, '"differ":[{') > 0 OR OLD.family <> NEW.family
BEGIN
    DELETE FROM contests WHERE fact = NEW.id AND why = 'differs';
    INSERT OR IGNORE INTO contests
        SELECT NEW.id, 'differs', value ->> 'role' FROM json_each(NEW.fact, '$.roles')
        WHERE json_array_length(value, '$.differ') > 0
          AND NOT (NEW.family = 'figure' AND value ->> 'role' = 'value');
END;

CREATE TRIGGER fact_replayed AFTER UPDATE ON facts
    WHEN (SELECT json_group_array(json_array(value ->> 'role', value ->> 'actor')) FROM json_each(OLD.fact, '$.roles'))
        <> (SELECT json_group_array(json_array(value ->> 'role', value ->> 'actor')) FROM json_each(NEW.fact, '$.roles'))
BEGIN
    DELETE FROM edges WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id);
    INSERT OR IGNORE INTO edges
        SELECT row, one.value ->> 'actor', other.value ->> 'actor', other.value ->> 'role'
        FROM fact_rows, json_each(NEW.fact, '$.roles') AS one, json_each(NEW.fact, '$.roles') AS other
        WHERE fact_rows.fact = NEW.id AND one.value ->> 'actor' <> other.value ->> 'actor' AND one.key = (
            SELECT min(key) FROM json_each(NEW.fact, '$.roles') WHERE value ->> 'actor' IS NOT NULL);
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id)
        AND facet = (SELECT id FROM facets WHERE facet = 'joined' AND value = 'yes')
        AND NOT EXISTS (SELECT 1 FROM edges WHERE edges.fact = fact_facets.fact);
END;
