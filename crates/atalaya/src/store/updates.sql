-- Fusion by updates: what it keeps from one to the next, and which reports wait for the next.

-- What fusion keeps: texts under texts, read in their order. Derived like all it is about.
-- Long ones stand elsewhere, so that a page of the tree of keys holds many.
CREATE TABLE notes (
    key  TEXT PRIMARY KEY,
    note TEXT,                         -- null: it is a long one
    long INTEGER
) STRICT, WITHOUT ROWID;

CREATE TABLE long_notes (
    id   INTEGER PRIMARY KEY,
    note TEXT NOT NULL
) STRICT;

CREATE TRIGGER long_note_went AFTER DELETE ON notes WHEN OLD.long IS NOT NULL
    BEGIN DELETE FROM long_notes WHERE id = OLD.long; END;
CREATE TRIGGER long_note_shortened AFTER UPDATE ON notes WHEN OLD.long IS NOT NULL AND NEW.long IS NULL
    BEGIN DELETE FROM long_notes WHERE id = OLD.long; END;

-- The reports, by name, that came, went or changed since facts were made of them.
CREATE TABLE unfused (
    report TEXT PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TRIGGER report_came AFTER INSERT ON reports
    BEGIN INSERT OR IGNORE INTO unfused VALUES (NEW.name); END;
CREATE TRIGGER report_turned AFTER UPDATE OF newest ON reports WHEN OLD.newest <> NEW.newest
    BEGIN INSERT OR IGNORE INTO unfused VALUES (NEW.name); END;
CREATE TRIGGER report_went AFTER DELETE ON reports
    BEGIN INSERT OR IGNORE INTO unfused VALUES (OLD.name); END;
CREATE TRIGGER report_waits AFTER INSERT ON pending
    BEGIN INSERT OR IGNORE INTO unfused SELECT name FROM reports WHERE id = NEW.report; END;
CREATE TRIGGER report_read AFTER DELETE ON pending
    BEGIN INSERT OR IGNORE INTO unfused SELECT name FROM reports WHERE id = OLD.report; END;
CREATE TRIGGER act_touches AFTER INSERT ON acts BEGIN
    INSERT OR IGNORE INTO unfused SELECT DISTINCT value ->> 'report' FROM json_each(NEW.anchors)
        WHERE value ->> 'report' IS NOT NULL;
END;
CREATE TRIGGER undoing_touches AFTER UPDATE ON acts BEGIN
    INSERT OR IGNORE INTO unfused SELECT DISTINCT value ->> 'report' FROM json_each(NEW.anchors)
        WHERE value ->> 'report' IS NOT NULL;
END;

-- Actors are written without their mentions, which are counted as they come and go.
DROP TRIGGER actor_came;
CREATE TRIGGER actor_came AFTER INSERT ON actors BEGIN
    INSERT INTO actor_rows (actor, name, sort, class, country, mentions)
        VALUES (NEW.id, NEW.name, NEW.sort, NEW.class, NEW.country, 0);
    INSERT INTO actor_words (rowid, words)
        SELECT row, NEW.name || coalesce((SELECT group_concat(' ' || value, '') FROM json_each(NEW.actor, '$.aliases')), '')
        FROM actor_rows WHERE actor = NEW.id;
END;
DROP TRIGGER actor_changed;
CREATE TRIGGER actor_changed AFTER UPDATE ON actors BEGIN
    DELETE FROM actor_words WHERE rowid = (SELECT row FROM actor_rows WHERE actor = OLD.id);
    INSERT INTO actor_words (rowid, words)
        SELECT row, NEW.name || coalesce((SELECT group_concat(' ' || value, '') FROM json_each(NEW.actor, '$.aliases')), '')
        FROM actor_rows WHERE actor = OLD.id;
    UPDATE actor_rows SET name = NEW.name, sort = NEW.sort, class = NEW.class, country = NEW.country
        WHERE actor = OLD.id;
    UPDATE facets SET label = NEW.name WHERE facet = 'actor' AND value = NEW.id;
END;
CREATE TRIGGER mention_came AFTER INSERT ON actor_mentions
    BEGIN UPDATE actor_rows SET mentions = mentions + 1 WHERE actor = NEW.actor; END;
CREATE TRIGGER mention_went AFTER DELETE ON actor_mentions
    BEGIN UPDATE actor_rows SET mentions = mentions - 1 WHERE actor = OLD.actor; END;

-- An actor with where it is mentioned.
CREATE VIEW actors_told AS
    SELECT id, name, json_set(actor, '$.mentions', (
        SELECT coalesce(json_group_array(json_object('report', report, 'start', start, 'end', stop)), json('[]'))
        FROM (SELECT reports.name AS report, start, stop
              FROM actor_mentions JOIN reports ON reports.id = actor_mentions.report
              WHERE actor_mentions.actor = actors.id ORDER BY reports.name, start, stop)
    )) AS actor
    FROM actors;

-- A commitment's state goes with it.
CREATE TRIGGER state_unfaceted AFTER DELETE ON ladders BEGIN
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.id)
        AND facet IN (SELECT id FROM facets WHERE facet = 'state');
END;

-- A fact that is told of by more keeps what its pages have of those who told it before.
DROP TRIGGER fact_changed;
CREATE TRIGGER fact_changed AFTER UPDATE ON facts BEGIN
    UPDATE fact_rows SET kind = NEW.kind, family = NEW.family, caption = NEW.caption,
        told = coalesce(NEW.fact ->> 'status', NEW.fact ->> 'realis'), denied = coalesce(NEW.fact ->> 'denied', 0),
        first = NEW.first, last = NEW.last, day = coalesce(NEW.last, NEW.first, ''), reports = NEW.reports,
        origins = NEW.origins, credibility = NEW.credibility
        WHERE fact = NEW.id;
    DELETE FROM fact_words WHERE rowid = (SELECT row FROM fact_rows WHERE fact = NEW.id);
    INSERT INTO fact_words (rowid, words)
        SELECT row, NEW.caption || coalesce((SELECT group_concat(' ' || (value ->> 'value'), '') FROM json_each(NEW.fact, '$.roles')), '')
        FROM fact_rows WHERE fact = NEW.id;
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id)
        AND facet IN (SELECT id FROM fact_facets AS given JOIN facets ON id = given.facet
                      WHERE given.fact = (SELECT row FROM fact_rows WHERE fact_rows.fact = NEW.id)
                        AND facets.facet IN ('family', 'kind', 'told', 'alone', 'contested', 'joined'));
    INSERT INTO faceted SELECT row, 'family', family, family FROM fact_rows WHERE fact = NEW.id;
    INSERT INTO faceted SELECT row, 'kind', kind, kind FROM fact_rows WHERE fact = NEW.id;
    INSERT INTO faceted SELECT row, 'told', told, told FROM fact_rows WHERE fact = NEW.id;
    INSERT INTO faceted SELECT row, 'alone', value, label
        FROM fact_rows JOIN fact_facets ON fact_facets.fact = row JOIN facets ON id = fact_facets.facet
        WHERE fact_rows.fact = NEW.id AND facets.facet = 'outlet' AND origins = 1;
    DELETE FROM contests WHERE fact = NEW.id AND why = 'differs';
    INSERT OR IGNORE INTO contests
        SELECT NEW.id, 'differs', value ->> 'role' FROM json_each(NEW.fact, '$.roles')
        WHERE json_array_length(value, '$.differ') > 0
          AND NOT (NEW.family = 'figure' AND value ->> 'role' = 'value');
    INSERT INTO faceted SELECT row, 'contested', 'yes', 'yes' FROM fact_rows
        WHERE fact = NEW.id AND EXISTS (SELECT 1 FROM contests WHERE contests.fact = NEW.id);
    DELETE FROM edges WHERE fact = (SELECT row FROM fact_rows WHERE fact = NEW.id);
    INSERT OR IGNORE INTO edges
        SELECT row, one.value ->> 'actor', other.value ->> 'actor', other.value ->> 'role'
        FROM fact_rows, json_each(NEW.fact, '$.roles') AS one, json_each(NEW.fact, '$.roles') AS other
        WHERE fact_rows.fact = NEW.id AND one.value ->> 'actor' <> other.value ->> 'actor' AND one.key = (
            SELECT min(key) FROM json_each(NEW.fact, '$.roles') WHERE value ->> 'actor' IS NOT NULL);
END;
CREATE TRIGGER part_unfaceted AFTER DELETE ON fact_actors BEGIN
    DELETE FROM fact_facets WHERE fact = (SELECT row FROM fact_rows WHERE fact = OLD.fact)
        AND facet = (SELECT id FROM facets WHERE facet = 'actor' AND value = OLD.actor);
END;

-- Making all pages of a fact anew is putting a row into this view: where fewer tell it than before.
CREATE VIEW repaged AS SELECT id AS fact FROM facts;
CREATE TRIGGER page_remade INSTEAD OF INSERT ON repaged BEGIN
    DELETE FROM paged WHERE fact = NEW.fact;
    INSERT INTO paged VALUES (NEW.fact);
    INSERT INTO telling SELECT claim, fact FROM fact_claims WHERE fact = NEW.fact;
    INSERT INTO faceted SELECT row, 'actor', actors.id, name
        FROM fact_rows JOIN fact_actors ON fact_actors.fact = fact_rows.fact JOIN actors ON actors.id = fact_actors.actor
        WHERE fact_rows.fact = NEW.fact;
    INSERT INTO faceted SELECT row, 'state', state, state
        FROM fact_rows JOIN ladders ON ladders.id = fact WHERE fact = NEW.fact;
END;

-- All is made anew, in the new way.
DELETE FROM fact_actors;
DELETE FROM fact_claims;
DELETE FROM links;
DELETE FROM ladders;
DELETE FROM series;
DELETE FROM facts;
DELETE FROM actor_mentions;
DELETE FROM actors;
DELETE FROM origins;
DELETE FROM bounds;
DELETE FROM judgements;
INSERT INTO unfused SELECT name FROM reports WHERE newest = 1;
UPDATE meta SET value = '0' WHERE key = 'fused';
