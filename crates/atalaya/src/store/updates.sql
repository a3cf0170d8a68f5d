-- Fusion by updates: what it keeps from one to the next, and which reports wait for the next.

-- What fusion keeps: texts under texts, read in their order. Derived like all it is about.
CREATE TABLE notes (
    key  TEXT PRIMARY KEY,
    note TEXT NOT NULL
) STRICT, WITHOUT ROWID;

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
