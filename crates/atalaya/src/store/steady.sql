-- A fact that changes keeps of its rows what is still so. Most change in their JSON alone, as when an actor has
-- another identifier; and every row written in vain costs a page of each index of it, of which a large room holds few
-- in memory.

DROP TRIGGER fact_changed;
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
