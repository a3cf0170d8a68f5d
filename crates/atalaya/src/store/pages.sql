-- What the pages of the web read: facts and actors by what they are looked for by. All of it follows
-- the tables of facts by triggers, so that whoever writes those need not know of it.

-- A person says why, and can note something down.
ALTER TABLE acts RENAME TO acts_of_old;
CREATE TABLE acts (
    id      INTEGER PRIMARY KEY,
    at      TEXT NOT NULL,
    verb    TEXT NOT NULL CHECK (verb IN ('same', 'different', 'reject', 'correct', 'confirm', 'rate', 'claim', 'note')),
    anchors TEXT NOT NULL,             -- JSON: report, start, end, kind, role
    subject TEXT,                      -- an outlet, for a rating
    value   TEXT,                      -- a rating; a role's right value; a claim of the person's own; a note
    shown   TEXT NOT NULL,             -- what was decided, as it was shown then
    undone  TEXT,                      -- when it was taken back
    reason  TEXT                       -- why, in the person's words
) STRICT;
INSERT INTO acts SELECT *, NULL FROM acts_of_old;
DROP TABLE acts_of_old;
CREATE TRIGGER unfused_by_act AFTER INSERT ON acts WHEN NEW.verb NOT IN ('note', 'confirm')
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
CREATE TRIGGER unfused_by_undoing AFTER UPDATE ON acts WHEN NEW.verb NOT IN ('note', 'confirm')
    BEGIN UPDATE meta SET value = '0' WHERE key = 'fused'; END;
CREATE INDEX own_claims ON acts (json_extract(value, '$.id')) WHERE verb = 'claim' AND undone IS NULL;

CREATE INDEX claims_by_id ON claims (id);
CREATE INDEX reports_by_outlet ON reports (newest, outlet, published, name);
CREATE INDEX arrivals_by_time ON arrivals (at);
CREATE INDEX arrivals_by_hash ON arrivals (hash);
CREATE INDEX reports_by_origin ON origins (origin);
CREATE INDEX mentions_by_report ON actor_mentions (report, start);
CREATE INDEX links_by_other ON links (other);
CREATE INDEX actors_by_fact ON fact_actors (fact);

-- A fact in a list.
CREATE TABLE fact_rows (
    row         INTEGER PRIMARY KEY,
    fact        TEXT    NOT NULL UNIQUE,
    kind        TEXT    NOT NULL,
    family      TEXT    NOT NULL,
    caption     TEXT    NOT NULL,
    told        TEXT    NOT NULL,      -- its rung, or how it is told
    denied      INTEGER NOT NULL,
    first       TEXT,
    last        TEXT,
    day         TEXT    NOT NULL,      -- the last day it can have been, else the first; empty: not known
    precision   TEXT,                  -- of its time
    reports     INTEGER NOT NULL,
    origins     INTEGER NOT NULL,
    credibility INTEGER NOT NULL
) STRICT;

CREATE INDEX rows_by_day ON fact_rows (day DESC, fact);
CREATE INDEX rows_by_origins ON fact_rows (origins DESC, reports DESC, day DESC, fact);

-- The words of facts: captions and the values of roles.
CREATE VIRTUAL TABLE fact_words USING fts5(
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

-- What facts can be chosen by: a kind, a place, an actor, an outlet; with how many have it.
CREATE TABLE facets (
    id    INTEGER PRIMARY KEY,
    facet TEXT    NOT NULL,            -- family, kind, told, state, actor, place, country, outlet, alone, report, contested
    value TEXT    NOT NULL,
    label TEXT    NOT NULL,
    n     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (facet, value)
) STRICT;

CREATE INDEX facets_by_number ON facets (facet, n DESC, label);

CREATE TABLE fact_facets (
    facet INTEGER NOT NULL,
    fact  INTEGER NOT NULL,            -- a row
    PRIMARY KEY (facet, fact)
) STRICT, WITHOUT ROWID;

CREATE INDEX facets_of_fact ON fact_facets (fact, facet);
CREATE TRIGGER facet_counted AFTER INSERT ON fact_facets
    BEGIN UPDATE facets SET n = n + 1 WHERE id = NEW.facet; END;
CREATE TRIGGER facet_uncounted AFTER DELETE ON fact_facets
    BEGIN UPDATE facets SET n = n - 1 WHERE id = OLD.facet; END;

-- Giving a fact a facet is putting a row into this view.
CREATE VIEW faceted AS
    SELECT fact, facets.facet, value, label FROM fact_facets JOIN facets ON id = fact_facets.facet;
CREATE TRIGGER facet_given INSTEAD OF INSERT ON faceted BEGIN
    INSERT OR IGNORE INTO facets (facet, value, label) VALUES (NEW.facet, NEW.value, NEW.label);
    INSERT OR IGNORE INTO fact_facets
        SELECT id, NEW.fact FROM facets WHERE facet = NEW.facet AND value = NEW.value;
END;

-- Where facts are: each place of each role once.
CREATE TABLE fact_places (
    fact      INTEGER NOT NULL,        -- a row
    role      TEXT    NOT NULL,
    place     TEXT    NOT NULL,        -- its number in GeoNames, else its name
    name      TEXT    NOT NULL,
    country   TEXT,
    lat       REAL,                    -- null: known by name only
    lon       REAL,
    precision TEXT,
    PRIMARY KEY (fact, role, place)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER place_faceted AFTER INSERT ON fact_places BEGIN
    INSERT INTO faceted VALUES (NEW.fact, 'place', NEW.place, NEW.name);
    INSERT INTO faceted SELECT NEW.fact, 'country', NEW.country, NEW.country WHERE NEW.country IS NOT NULL;
END;

-- Who did something to or with whom: from the first actor of a fact's roles to each other one.
CREATE TABLE edges (
    fact   INTEGER NOT NULL,           -- a row
    source TEXT    NOT NULL,
    target TEXT    NOT NULL,
    role   TEXT    NOT NULL,           -- the target's
    PRIMARY KEY (fact, source, target)
) STRICT, WITHOUT ROWID;

-- Why a fact is contested: what it hangs on, so that it goes with it.
CREATE TABLE contests (
    fact  TEXT NOT NULL,
    why   TEXT NOT NULL,               -- differs, denied, contradicts
    other TEXT NOT NULL,               -- the denial; the series
    PRIMARY KEY (fact, why, other)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER contested AFTER INSERT ON contests BEGIN
    INSERT INTO faceted SELECT row, 'contested', 'yes', 'yes' FROM fact_rows WHERE fact = NEW.fact;
END;
CREATE TRIGGER uncontested AFTER DELETE ON contests
    WHEN NOT EXISTS (SELECT 1 FROM contests WHERE fact = OLD.fact) BEGIN
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.fact)
        AND facet = (SELECT id FROM facets WHERE facet = 'contested' AND value = 'yes');
END;
CREATE TRIGGER contested_by_link AFTER INSERT ON links WHEN NEW.relation = 'denied'
    BEGIN INSERT OR IGNORE INTO contests VALUES (NEW.fact, 'denied', NEW.other); END;
CREATE TRIGGER uncontested_by_link AFTER DELETE ON links WHEN OLD.relation = 'denied'
    BEGIN DELETE FROM contests WHERE fact = OLD.fact AND why = 'denied' AND other = OLD.other; END;
CREATE TRIGGER contested_by_series AFTER INSERT ON series BEGIN
    INSERT OR IGNORE INTO contests
        SELECT DISTINCT point.value ->> 'fact', 'contradicts', NEW.id
        FROM json_each(NEW.series, '$.pairs') AS pair, json_each(NEW.series, '$.points') AS point
        WHERE pair.value ->> 'standing' = 'contradicts'
          AND point.value ->> 'claim' IN (pair.value ->> 'left', pair.value ->> 'right');
END;
CREATE INDEX contests_by_other ON contests (other);
CREATE TRIGGER uncontested_by_series AFTER DELETE ON series
    BEGIN DELETE FROM contests WHERE why = 'contradicts' AND other = OLD.id; END;

-- Every claim, a person's own among them, by its identifier.
CREATE VIEW told AS
    SELECT id AS claim, report, claim AS told FROM claims
    UNION ALL
    SELECT json_extract(value, '$.id'),
           (SELECT id FROM reports WHERE name = json_extract(anchors, '$[0].report')), value
    FROM acts WHERE verb = 'claim' AND undone IS NULL;

-- Making a fact's rows, and a telling's, is putting a row into these views.
CREATE VIEW paged AS SELECT fact FROM fact_rows;
CREATE TRIGGER page_made INSTEAD OF INSERT ON paged BEGIN
    INSERT INTO fact_rows (fact, kind, family, caption, told, denied, first, last, day, reports, origins, credibility)
        SELECT id, kind, family, caption, coalesce(fact ->> 'status', fact ->> 'realis'),
               coalesce(fact ->> 'denied', 0), first, last, coalesce(last, first, ''),
               reports, origins, credibility
        FROM facts WHERE id = NEW.fact;
    INSERT INTO fact_words (rowid, words)
        SELECT row, facts.caption || coalesce((SELECT group_concat(' ' || (value ->> 'value'), '') FROM json_each(facts.fact, '$.roles')), '')
        FROM fact_rows JOIN facts ON facts.id = fact_rows.fact WHERE facts.id = NEW.fact;
    INSERT INTO faceted SELECT row, 'family', family, family FROM fact_rows WHERE fact = NEW.fact;
    INSERT INTO faceted SELECT row, 'kind', kind, kind FROM fact_rows WHERE fact = NEW.fact;
    INSERT INTO faceted SELECT row, 'told', told, told FROM fact_rows WHERE fact = NEW.fact;
    -- Of figures, another value is another figure: the series tells which contradict.
    INSERT OR IGNORE INTO contests
        SELECT NEW.fact, 'differs', value ->> 'role' FROM facts, json_each(facts.fact, '$.roles')
        WHERE facts.id = NEW.fact AND json_array_length(value, '$.differ') > 0
          AND NOT (family = 'figure' AND value ->> 'role' = 'value');
    INSERT INTO faceted SELECT row, 'contested', 'yes', 'yes' FROM fact_rows
        WHERE fact = NEW.fact AND EXISTS (SELECT 1 FROM contests WHERE contests.fact = NEW.fact);
    INSERT OR IGNORE INTO edges
        SELECT row, one.value ->> 'actor', other.value ->> 'actor', other.value ->> 'role'
        FROM fact_rows JOIN facts ON facts.id = fact_rows.fact,
             json_each(facts.fact, '$.roles') AS one, json_each(facts.fact, '$.roles') AS other
        WHERE facts.id = NEW.fact AND one.value ->> 'actor' <> other.value ->> 'actor' AND one.key = (
            SELECT min(key) FROM json_each(facts.fact, '$.roles') WHERE value ->> 'actor' IS NOT NULL);
END;
CREATE TRIGGER page_unmade INSTEAD OF DELETE ON paged BEGIN
    DELETE FROM fact_words WHERE rowid = (SELECT row FROM fact_rows WHERE fact = OLD.fact);
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.fact);
    DELETE FROM fact_places WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.fact);
    DELETE FROM edges WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.fact);
    DELETE FROM fact_rows WHERE fact = OLD.fact;
    DELETE FROM contests WHERE fact = OLD.fact AND why = 'differs';
END;

CREATE VIEW telling AS SELECT claim, fact FROM fact_claims;
CREATE TRIGGER telling_paged INSTEAD OF INSERT ON telling BEGIN
    INSERT INTO faceted
        SELECT row, 'report', name, name
        FROM fact_rows, told JOIN reports ON reports.id = told.report WHERE fact = NEW.fact AND claim = NEW.claim;
    INSERT INTO faceted
        SELECT row, 'outlet', outlet, outlet
        FROM fact_rows, told JOIN reports ON reports.id = told.report
        WHERE fact = NEW.fact AND claim = NEW.claim AND outlet IS NOT NULL;
    INSERT INTO faceted
        SELECT row, 'alone', outlet, outlet
        FROM fact_rows, told JOIN reports ON reports.id = told.report
        WHERE fact = NEW.fact AND claim = NEW.claim AND outlet IS NOT NULL AND origins = 1;
    INSERT OR IGNORE INTO fact_places
        SELECT row, role.value ->> 'role',
               coalesce(role.value ->> '$.value.geonameid', role.value ->> '$.value.name'),
               coalesce(role.value ->> '$.value.entry', role.value ->> '$.value.name'),
               role.value ->> '$.value.country', role.value ->> '$.value.lat', role.value ->> '$.value.lon',
               role.value ->> '$.value.precision'
        FROM fact_rows, told, json_each(told.told, '$.roles') AS role
        WHERE fact = NEW.fact AND claim = NEW.claim AND role.value ->> '$.value.type' = 'place';
    UPDATE fact_rows SET precision = (
            SELECT role.value ->> '$.value.precision' FROM told, json_each(told.told, '$.roles') AS role
            WHERE claim = NEW.claim AND role.value ->> 'role' = 'when' LIMIT 1)
        WHERE fact = NEW.fact AND precision IS NULL;
END;

CREATE TRIGGER fact_came AFTER INSERT ON facts BEGIN INSERT INTO paged VALUES (NEW.id); END;
CREATE TRIGGER fact_went AFTER DELETE ON facts BEGIN DELETE FROM paged WHERE fact = OLD.id; END;
CREATE TRIGGER fact_changed AFTER UPDATE ON facts BEGIN
    DELETE FROM paged WHERE fact = OLD.id;
    INSERT INTO paged VALUES (NEW.id);
    INSERT INTO telling SELECT claim, fact FROM fact_claims WHERE fact = NEW.id;
    INSERT INTO faceted SELECT row, 'actor', actors.id, name
        FROM fact_rows JOIN fact_actors ON fact_actors.fact = fact_rows.fact JOIN actors ON actors.id = fact_actors.actor WHERE fact_rows.fact = NEW.id;
    INSERT INTO faceted SELECT row, 'state', state, state
        FROM fact_rows JOIN ladders ON ladders.id = fact WHERE fact = NEW.id;
END;
CREATE TRIGGER telling_came AFTER INSERT ON fact_claims
    BEGIN INSERT INTO telling VALUES (NEW.claim, NEW.fact); END;

CREATE TRIGGER state_faceted AFTER INSERT ON ladders BEGIN
    INSERT INTO faceted SELECT row, 'state', NEW.state, NEW.state FROM fact_rows WHERE fact = NEW.id;
END;

-- Actors in a list, and their names.
CREATE TABLE actor_rows (
    row      INTEGER PRIMARY KEY,
    actor    TEXT    NOT NULL UNIQUE,
    name     TEXT    NOT NULL,
    sort     TEXT    NOT NULL,
    class    TEXT,
    country  TEXT,
    mentions INTEGER NOT NULL,
    facts    INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX actors_by_facts ON actor_rows (facts DESC, mentions DESC, name, actor);
CREATE INDEX actors_by_sort ON actor_rows (sort, facts DESC, mentions DESC, name, actor);
CREATE VIRTUAL TABLE actor_words USING fts5(
    words, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2'
);

CREATE TRIGGER actor_came AFTER INSERT ON actors BEGIN
    INSERT INTO actor_rows (actor, name, sort, class, country, mentions) VALUES (
        NEW.id, NEW.name, NEW.sort, NEW.class, NEW.country, coalesce(json_array_length(NEW.actor, '$.mentions'), 0));
    INSERT INTO actor_words (rowid, words)
        SELECT row, NEW.name || coalesce((SELECT group_concat(' ' || value, '') FROM json_each(NEW.actor, '$.aliases')), '')
        FROM actor_rows WHERE actor = NEW.id;
END;
CREATE TRIGGER actor_went AFTER DELETE ON actors BEGIN
    DELETE FROM actor_words WHERE rowid = (SELECT row FROM actor_rows WHERE actor = OLD.id);
    DELETE FROM actor_rows WHERE actor = OLD.id;
    DELETE FROM facets WHERE facet = 'actor' AND value = OLD.id AND n = 0;
END;
CREATE TRIGGER actor_changed AFTER UPDATE ON actors BEGIN
    DELETE FROM actor_words WHERE rowid = (SELECT row FROM actor_rows WHERE actor = OLD.id);
    INSERT INTO actor_words (rowid, words)
        SELECT row, NEW.name || coalesce((SELECT group_concat(' ' || value, '') FROM json_each(NEW.actor, '$.aliases')), '')
        FROM actor_rows WHERE actor = OLD.id;
    UPDATE actor_rows SET actor = NEW.id, name = NEW.name, sort = NEW.sort, class = NEW.class, country = NEW.country,
        mentions = coalesce(json_array_length(NEW.actor, '$.mentions'), 0) WHERE actor = OLD.id;
    UPDATE facets SET label = NEW.name WHERE facet = 'actor' AND value = NEW.id;
END;
CREATE TRIGGER part_came AFTER INSERT ON fact_actors BEGIN
    UPDATE actor_rows SET facts = facts + 1 WHERE actor = NEW.actor;
    INSERT INTO faceted SELECT row, 'actor', NEW.actor, name
        FROM fact_rows, actors WHERE fact = NEW.fact AND actors.id = NEW.actor;
END;
CREATE TRIGGER part_went AFTER DELETE ON fact_actors
    BEGIN UPDATE actor_rows SET facts = facts - 1 WHERE actor = OLD.actor; END;

-- Facts that stand already are made anew, and their rows with them.
UPDATE meta SET value = '0' WHERE key = 'fused';
