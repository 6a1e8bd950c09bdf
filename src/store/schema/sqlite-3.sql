-- Version 3: what is asked of all events of a country at once is kept counted.

DROP INDEX party_actor;
CREATE INDEX party_actor ON party (actor, role, start_day);

-- How often a side acted, or was acted upon: an event once for each side in it.
CREATE TABLE side_month (
    side      TEXT NOT NULL,    -- actor.side
    role      TEXT NOT NULL,    -- 'actor' or 'recipient'
    month     INTEGER NOT NULL, -- 202404; 0 without a date
    type      TEXT NOT NULL,
    events    INTEGER NOT NULL, -- of any status
    happened  INTEGER NOT NULL, -- of them those that happened or go on, each once a report
    goldstein REAL NOT NULL,    -- sum of these
    PRIMARY KEY (side, role, month, type)
) WITHOUT ROWID;

-- dyad_month as a table.
CREATE TABLE dyad_count (
    actor                TEXT NOT NULL,
    recipient            TEXT NOT NULL,
    month                INTEGER NOT NULL,
    events               INTEGER NOT NULL,
    verbal_cooperation   INTEGER NOT NULL,
    material_cooperation INTEGER NOT NULL,
    verbal_conflict      INTEGER NOT NULL,
    material_conflict    INTEGER NOT NULL,
    goldstein            REAL NOT NULL,
    PRIMARY KEY (actor, recipient, month)
) WITHOUT ROWID;
CREATE INDEX dyad_count_recipient ON dyad_count (recipient, actor, month, events, goldstein);

-- An event once for each side on either end of it.
CREATE VIEW event_side AS
SELECT DISTINCT e.key, a.side, p.role,
       coalesce(CAST(strftime('%Y%m', e.start_day * 86400, 'unixepoch') AS INTEGER), 0) AS month, e.type,
       e.status IN ('asserted', 'ongoing') AND e.repeats IS NULL AS happened, e.goldstein
FROM event e JOIN party p ON p.record = e.key JOIN actor a ON a.key = p.actor
WHERE p.role IN ('actor', 'recipient') AND a.side IS NOT NULL;

INSERT INTO side_month
SELECT side, role, month, type, count(*), sum(happened), sum(goldstein * happened) FROM event_side GROUP BY side, role, month, type;

INSERT INTO dyad_count
SELECT actor, recipient, month, count(*), sum(quad = 1), sum(quad = 2), sum(quad = 3), sum(quad = 4), sum(goldstein)
FROM dyad WHERE status IN ('asserted', 'ongoing') AND repeated = 0 GROUP BY actor, recipient, month;

CREATE TRIGGER side_month_insert AFTER INSERT ON party WHEN new.role IN ('actor', 'recipient') BEGIN
    INSERT INTO side_month
    SELECT s.side, s.role, s.month, s.type, 1, s.happened, s.goldstein * s.happened
    FROM actor a JOIN event_side s ON s.key = new.record AND s.role = new.role AND s.side = a.side
    WHERE a.key = new.actor AND NOT EXISTS (
        SELECT 1 FROM party p JOIN actor b ON b.key = p.actor
        WHERE p.record = new.record AND p.role = new.role AND p.n <> new.n AND b.side = a.side)
    ON CONFLICT (side, role, month, type) DO UPDATE
    SET events = events + 1, happened = happened + excluded.happened, goldstein = goldstein + excluded.goldstein;
END;
CREATE TRIGGER side_month_delete BEFORE DELETE ON record WHEN old.kind = 'event' BEGIN
    UPDATE side_month
    SET events = events - 1, happened = side_month.happened - s.happened, goldstein = side_month.goldstein - s.goldstein * s.happened
    FROM event_side s
    WHERE s.key = old.key AND side_month.side = s.side AND side_month.role = s.role AND side_month.month = s.month
          AND side_month.type = s.type;
END;
CREATE TRIGGER dyad_count_insert AFTER INSERT ON dyad WHEN new.status IN ('asserted', 'ongoing') AND new.repeated = 0 BEGIN
    INSERT INTO dyad_count
    VALUES (new.actor, new.recipient, new.month, 1, new.quad = 1, new.quad = 2, new.quad = 3, new.quad = 4, new.goldstein)
    ON CONFLICT (actor, recipient, month) DO UPDATE
    SET events = events + 1, verbal_cooperation = verbal_cooperation + excluded.verbal_cooperation,
        material_cooperation = material_cooperation + excluded.material_cooperation,
        verbal_conflict = verbal_conflict + excluded.verbal_conflict,
        material_conflict = material_conflict + excluded.material_conflict, goldstein = goldstein + excluded.goldstein;
END;
CREATE TRIGGER dyad_count_delete AFTER DELETE ON dyad WHEN old.status IN ('asserted', 'ongoing') AND old.repeated = 0 BEGIN
    UPDATE dyad_count
    SET events = events - 1, verbal_cooperation = verbal_cooperation - (old.quad = 1),
        material_cooperation = material_cooperation - (old.quad = 2), verbal_conflict = verbal_conflict - (old.quad = 3),
        material_conflict = material_conflict - (old.quad = 4), goldstein = goldstein - old.goldstein
    WHERE actor = old.actor AND recipient = old.recipient AND month = old.month;
END;

DROP VIEW dyad_month;
CREATE VIEW dyad_month AS
SELECT actor, recipient, CASE month WHEN 0 THEN NULL ELSE printf('%04d-%02d', month / 100, month % 100) END AS month, events,
       verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, round(goldstein, 6) AS goldstein
FROM dyad_count
WHERE events > 0;
