-- Where a person said that a fact was is where it is on the map; what its reports say of it stays in their claims.

DROP TRIGGER telling_paged;
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
        SELECT row, own.value ->> 'role', coalesce(own.value ->> '$.place.geonameid', own.value ->> '$.place.name'),
               own.value ->> '$.place.name', nullif(own.value ->> '$.place.country', ''),
               CAST(own.value ->> '$.place.lat' AS REAL), CAST(own.value ->> '$.place.lon' AS REAL), own.value ->> '$.place.precision'
        FROM fact_rows JOIN facts ON facts.id = fact_rows.fact, json_each(facts.fact, '$.roles') AS own
        WHERE fact_rows.fact = NEW.fact AND instr(facts.fact, '"place":{') > 0 AND own.value ->> '$.place.name' IS NOT NULL;
    INSERT OR IGNORE INTO fact_places
        SELECT row, role.value ->> 'role',
               coalesce(role.value ->> '$.value.geonameid', role.value ->> '$.value.name'),
               coalesce(role.value ->> '$.value.entry', role.value ->> '$.value.name'),
               role.value ->> '$.value.country', role.value ->> '$.value.lat', role.value ->> '$.value.lon',
               role.value ->> '$.value.precision'
        FROM fact_rows JOIN facts ON facts.id = fact_rows.fact, told, json_each(told.told, '$.roles') AS role
        WHERE fact_rows.fact = NEW.fact AND claim = NEW.claim AND role.value ->> '$.value.type' = 'place'
          AND (instr(facts.fact, '"place":{') = 0 OR NOT EXISTS (
              SELECT 1 FROM json_each(facts.fact, '$.roles') AS own
              WHERE own.value ->> 'role' = role.value ->> 'role' AND own.value ->> '$.place.name' IS NOT NULL));
    UPDATE fact_rows SET precision = (
            SELECT role.value ->> '$.value.precision' FROM told, json_each(told.told, '$.roles') AS role
            WHERE claim = NEW.claim AND role.value ->> 'role' = 'when' LIMIT 1)
        WHERE fact = NEW.fact AND precision IS NULL;
END;

CREATE TRIGGER place_corrected AFTER UPDATE ON facts
    WHEN instr(NEW.fact, '"place":{') > 0 OR instr(OLD.fact, '"place":{') > 0
    BEGIN INSERT INTO repaged VALUES (NEW.id); END;
