-- Lists in each order, walked in their index alone: what a list is narrowed by stands in the index too, so that
-- rows that do not fit are passed over without being looked up.

DROP INDEX rows_by_day;
DROP INDEX rows_by_origins;
CREATE INDEX rows_by_day ON fact_rows (day DESC, fact, first, origins, credibility, family, kind, told);
CREATE INDEX rows_by_age ON fact_rows (day = '', day, fact DESC, first, origins, credibility, family, kind, told);
CREATE INDEX rows_by_origins ON fact_rows (origins DESC, reports DESC, day DESC, fact, first, credibility, family, kind, told);
CREATE INDEX rows_by_grade ON fact_rows (credibility, origins DESC, day DESC, fact, first, family, kind, told);

-- Facts that a map can show, and those that a network can.
CREATE TRIGGER placed AFTER INSERT ON fact_places
    BEGIN INSERT INTO faceted VALUES (NEW.fact, 'placed', 'yes', 'yes'); END;
CREATE TRIGGER joined AFTER INSERT ON edges
    BEGIN INSERT INTO faceted VALUES (NEW.fact, 'joined', 'yes', 'yes'); END;
INSERT INTO faceted SELECT DISTINCT fact, 'placed', 'yes', 'yes' FROM fact_places;
INSERT INTO faceted SELECT DISTINCT fact, 'joined', 'yes', 'yes' FROM edges;
