-- Version 3: what is asked of all events of a country at once has the tables' names that
-- it has in SQLite. There they are kept counted; here writers would wait for each
-- other at the rows of great countries, and the processors count together.

DROP INDEX party_actor;
CREATE INDEX party_actor ON party (actor, role, start_day);

-- An event once for each side on either end of it.
CREATE VIEW event_side AS
SELECT DISTINCT e.key, a.side, p.role,
       coalesce(to_char(DATE '1970-01-01' + e.start_day::int, 'YYYYMM')::bigint, 0) AS month, e.type,
       (e.status IN ('asserted', 'ongoing') AND e.repeats IS NULL)::int AS happened, e.goldstein
FROM event e JOIN party p ON p.record = e.key JOIN actor a ON a.key = p.actor
WHERE p.role IN ('actor', 'recipient') AND a.side IS NOT NULL;

-- How often a side acted, or was acted upon: an event once for each side in it.
CREATE VIEW side_month AS
SELECT side, role, month, type, count(*) AS events, sum(happened) AS happened, sum(goldstein * happened) AS goldstein
FROM event_side
GROUP BY side, role, month, type;

-- dyad_month with the month as a number.
CREATE VIEW dyad_count AS
SELECT actor, recipient, month, count(*) AS events, count(*) FILTER (WHERE quad = 1) AS verbal_cooperation,
       count(*) FILTER (WHERE quad = 2) AS material_cooperation, count(*) FILTER (WHERE quad = 3) AS verbal_conflict,
       count(*) FILTER (WHERE quad = 4) AS material_conflict, sum(goldstein) AS goldstein
FROM dyad
WHERE status IN ('asserted', 'ongoing') AND repeated = 0
GROUP BY dyad.actor, dyad.recipient, dyad.month;
