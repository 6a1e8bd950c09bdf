-- Version 1 of the store in SQLite; docs/store.md explains it. `key` is a number of
-- this database alone, `id` what the record format calls a thing.

CREATE TABLE version (
    key     INTEGER PRIMARY KEY,
    program TEXT NOT NULL, -- '' where the records came without it
    model   TEXT NOT NULL, -- checksum of the model file, 16 hexadecimal digits
    lexicon TEXT NOT NULL, -- checksum of the compiled lexicon
    UNIQUE (program, model, lexicon)
);

CREATE TABLE document (
    key            INTEGER PRIMARY KEY AUTOINCREMENT,
    id             TEXT NOT NULL UNIQUE,
    text_hash      TEXT NOT NULL,    -- XXH3 of the text
    records_hash   TEXT NOT NULL,    -- XXH3 of the lines that the document came in
    made_by        INTEGER NOT NULL REFERENCES version (key),
    change         INTEGER NOT NULL, -- grows with each batch that was stored
    title          TEXT,
    url            TEXT,
    language       TEXT,
    published      TEXT,
    published_day  INTEGER,          -- days since 1970-01-01, as all *_day
    published_from TEXT,
    credits        TEXT NOT NULL,    -- JSON array of strings
    duplicate_of   TEXT,             -- id of the document that it repeats
    passed_over    TEXT,
    text           TEXT NOT NULL,
    json           TEXT NOT NULL     -- its line, where "text" is "": see document_line
);
CREATE INDEX document_change ON document (change);
CREATE INDEX document_published ON document (published_day, key);

-- What every record has, of any kind: the line as it was written, and its ids.
CREATE TABLE record (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    id       TEXT NOT NULL, -- 'e1'
    kind     TEXT NOT NULL, -- 'event', 'statement', 'amount', 'vote', 'relation'
    json     TEXT NOT NULL,
    UNIQUE (document, id)
);

-- Who somebody is, once for all records that say the same of them. Somebody who is
-- known by another code on another day is another row.
CREATE TABLE actor (
    key     INTEGER PRIMARY KEY,
    hash    INTEGER NOT NULL UNIQUE, -- of the five fields below
    name    TEXT NOT NULL,
    code    TEXT, -- 'USAGOV'
    country TEXT, -- 'USA'
    sector  TEXT, -- 'GOV'
    entity  TEXT, -- id in the lexicon
    side    TEXT, -- country, else code: what dyads are counted by
    folded  TEXT NOT NULL -- name as it is looked up: lower case, no accents
);
CREATE INDEX actor_country ON actor (country);
CREATE INDEX actor_code ON actor (code);
CREATE INDEX actor_entity ON actor (entity);
CREATE INDEX actor_folded ON actor (folded);

-- Somebody's part in a record.
CREATE TABLE party (
    record     INTEGER NOT NULL REFERENCES record (key) ON DELETE CASCADE,
    role       TEXT NOT NULL, -- actor recipient | holder towards contrast | giver receiver | body for against
                              -- abstain veto sponsor | subject object | source (an attribution, of any kind)
    n          INTEGER NOT NULL, -- from 0, in the order of the record's list
    actor      INTEGER NOT NULL REFERENCES actor (key),
    start_day  INTEGER, -- the record's
    text       TEXT NOT NULL,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    via        TEXT,
    PRIMARY KEY (record, role, n)
) WITHOUT ROWID;
CREATE INDEX party_actor ON party (actor, start_day, role);

CREATE TABLE event (
    key            INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
    type           TEXT NOT NULL,
    mode           TEXT,
    contexts       TEXT NOT NULL, -- JSON array of strings
    cameo          TEXT,
    quad           INTEGER NOT NULL,
    goldstein      REAL NOT NULL,
    place_text     TEXT,
    place_start    INTEGER,
    place_end      INTEGER,
    place_name     TEXT,
    place_country  TEXT,
    place_admin1   TEXT,
    latitude       REAL,
    longitude      REAL,
    geonames       INTEGER,
    repeats        TEXT, -- id of the event of the document that it tells again
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    date_start     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_assumed   INTEGER, -- 0 or 1; NULL without a date
    start_day      INTEGER, -- first and last day that the date may mean
    end_day        INTEGER,
    status         TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL NOT NULL
);
CREATE INDEX event_day ON event (start_day, type, status, quad, goldstein, repeats);
CREATE INDEX event_type ON event (type, start_day);
CREATE INDEX event_place_country ON event (place_country, start_day) WHERE place_country IS NOT NULL;

-- An event once for each two sides of which one acts on the other.
CREATE TABLE dyad (
    actor     TEXT NOT NULL,    -- actor.side
    recipient TEXT NOT NULL,
    month     INTEGER NOT NULL, -- 202404; 0 without a date
    event     INTEGER NOT NULL REFERENCES event (key) ON DELETE CASCADE,
    start_day INTEGER,
    type      TEXT NOT NULL,
    quad      INTEGER NOT NULL,
    goldstein REAL NOT NULL,
    status    TEXT NOT NULL,
    repeated  INTEGER NOT NULL, -- 1: it tells an earlier event of its document again
    PRIMARY KEY (actor, recipient, month, event)
) WITHOUT ROWID;
CREATE INDEX dyad_recipient ON dyad (recipient, month);
CREATE INDEX dyad_event ON dyad (event);

CREATE TABLE statement (
    key            INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
    stance         TEXT NOT NULL,
    topic          TEXT,
    topic_start    INTEGER,
    topic_end      INTEGER,
    quote          TEXT,
    quote_start    INTEGER,
    quote_end      INTEGER,
    cameo          TEXT,
    claim          TEXT, -- id of the statement of the document that it denies
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    date_start     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_assumed   INTEGER,
    start_day      INTEGER,
    end_day        INTEGER,
    status         TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL NOT NULL
);
CREATE INDEX statement_day ON statement (start_day, stance);

CREATE TABLE amount (
    key            INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
    what           TEXT NOT NULL,
    value          REAL NOT NULL,
    unit           TEXT,
    bound          TEXT NOT NULL,
    part_of        TEXT, -- id of the amount of the document that it is a share of
    state          TEXT,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    date_start     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_assumed   INTEGER,
    start_day      INTEGER,
    end_day        INTEGER,
    status         TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL NOT NULL
);
CREATE INDEX amount_day ON amount (start_day, what);

CREATE TABLE vote (
    key            INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
    measure        TEXT,
    measure_start  INTEGER,
    measure_end    INTEGER,
    outcome        TEXT,
    in_favour      INTEGER,
    against        INTEGER,
    abstained      INTEGER,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    date_start     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_assumed   INTEGER,
    start_day      INTEGER,
    end_day        INTEGER,
    status         TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL NOT NULL
);
CREATE INDEX vote_day ON vote (start_day);

CREATE TABLE relation (
    key            INTEGER PRIMARY KEY REFERENCES record (key) ON DELETE CASCADE,
    relation       TEXT NOT NULL,
    detail         TEXT,
    detail_start   INTEGER,
    detail_end     INTEGER,
    sentence_start INTEGER NOT NULL,
    sentence_end   INTEGER NOT NULL,
    span_start     INTEGER NOT NULL,
    span_end       INTEGER NOT NULL,
    text           TEXT NOT NULL,
    date_start     TEXT,
    date_end       TEXT,
    date_text      TEXT,
    date_assumed   INTEGER,
    start_day      INTEGER,
    end_day        INTEGER,
    status         TEXT NOT NULL,
    rule           TEXT NOT NULL,
    confidence     REAL NOT NULL
);
CREATE INDEX relation_relation ON relation (relation, start_day);

-- Inputs that could not be read. Once one of that id is stored, it goes.
CREATE TABLE error (
    key      INTEGER PRIMARY KEY,
    hash     TEXT NOT NULL UNIQUE, -- of the line
    document TEXT,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    json     TEXT NOT NULL
);
CREATE INDEX error_document ON error (document);

-- ------------------------------------------------------------ full text, places

CREATE VIRTUAL TABLE document_text USING fts5 (
    title, text, content = 'document', content_rowid = 'key', tokenize = 'porter unicode61 remove_diacritics 2'
);
CREATE TRIGGER document_text_insert AFTER INSERT ON document BEGIN
    INSERT INTO document_text (rowid, title, text) VALUES (new.key, new.title, new.text);
END;
CREATE TRIGGER document_text_delete AFTER DELETE ON document BEGIN
    INSERT INTO document_text (document_text, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
END;
CREATE TRIGGER document_text_update AFTER UPDATE OF key, title, text ON document BEGIN
    INSERT INTO document_text (document_text, rowid, title, text) VALUES ('delete', old.key, old.title, old.text);
    INSERT INTO document_text (rowid, title, text) VALUES (new.key, new.title, new.text);
END;

CREATE VIRTUAL TABLE event_place USING rtree (key, min_latitude, max_latitude, min_longitude, max_longitude);
CREATE TRIGGER event_place_insert AFTER INSERT ON event WHEN new.latitude IS NOT NULL BEGIN
    INSERT INTO event_place VALUES (new.key, new.latitude, new.latitude, new.longitude, new.longitude);
END;
CREATE TRIGGER event_place_delete AFTER DELETE ON event WHEN old.latitude IS NOT NULL BEGIN
    DELETE FROM event_place WHERE key = old.key;
END;

-- ------------------------------------------------------------------------ views

-- The lines as `chancery code` wrote them.
CREATE VIEW document_line AS
SELECT key, id, replace(json, ',"text":""', ',"text":' || json_quote(text)) AS line FROM document;

CREATE VIEW event_party AS
SELECT d.id AS document, r.id AS event, p.role AS side, p.n, a.name, a.code, a.country, a.sector, a.entity, p.text,
       p.span_start, p.span_end, p.via, p.record, p.actor
FROM party p JOIN actor a ON a.key = p.actor JOIN record r ON r.key = p.record JOIN document d ON d.key = r.document
WHERE p.role IN ('actor', 'recipient');

CREATE VIEW attribution AS
SELECT d.id AS document, r.id AS record_id, r.kind, p.n, a.name, a.code, a.country, a.sector, a.entity, p.text,
       p.span_start, p.span_end, p.record, p.actor
FROM party p JOIN actor a ON a.key = p.actor JOIN record r ON r.key = p.record JOIN document d ON d.key = r.document
WHERE p.role = 'source';

CREATE VIEW ballot AS
SELECT d.id AS document, r.id AS vote, p.role AS ballot, p.n, a.name AS voter, a.code, a.country, a.sector, a.entity, p.text,
       p.span_start, p.span_end, p.record, p.actor
FROM party p JOIN actor a ON a.key = p.actor JOIN record r ON r.key = p.record JOIN document d ON d.key = r.document
WHERE p.role IN ('for', 'against', 'abstain', 'veto', 'sponsor');

-- What one side did to another in a month: events that happened or go on, each once a report.
CREATE VIEW dyad_month AS
SELECT actor, recipient, CASE month WHEN 0 THEN NULL ELSE printf('%04d-%02d', month / 100, month % 100) END AS month,
       count(*) AS events, sum(quad = 1) AS verbal_cooperation, sum(quad = 2) AS material_cooperation,
       sum(quad = 3) AS verbal_conflict, sum(quad = 4) AS material_conflict, sum(goldstein) AS goldstein
FROM dyad
WHERE status IN ('asserted', 'ongoing') AND repeated = 0
GROUP BY dyad.actor, dyad.recipient, dyad.month;

-- Everything that somebody has a part in; ask it by actor, name, code, country or entity.
CREATE VIEW actor_timeline AS
SELECT a.name, a.code, a.country, a.sector, a.entity, p.actor, p.start_day,
       coalesce(e.date_start, s.date_start, m.date_start, v.date_start, l.date_start) AS date, r.kind, p.role,
       coalesce(e.type, s.stance, m.what, v.outcome, l.relation) AS what,
       coalesce(e.status, s.status, m.status, v.status, l.status) AS status,
       p.text AS words, d.id AS document, r.id AS id, p.record
FROM actor a JOIN party p ON p.actor = a.key JOIN record r ON r.key = p.record JOIN document d ON d.key = r.document
     LEFT JOIN event e ON e.key = r.key LEFT JOIN statement s ON s.key = r.key LEFT JOIN amount m ON m.key = r.key
     LEFT JOIN vote v ON v.key = r.key LEFT JOIN relation l ON l.key = r.key;

CREATE VIEW event_daily AS
SELECT date(start_day * 86400, 'unixepoch') AS date, start_day, type, count(*) AS events, sum(goldstein) AS goldstein
FROM event
WHERE status IN ('asserted', 'ongoing') AND repeats IS NULL AND start_day IS NOT NULL
GROUP BY event.start_day, event.type;

-- What each gave to whom, by what, unit and state. A share of another amount is left
-- out: the whole has it. Where several gave together, the sum stands with each.
CREATE VIEW amounts_by_giver AS
SELECT g.name AS giver, g.country AS giver_country, w.name AS receiver, w.country AS receiver_country, m.what, m.unit, m.state,
       count(*) AS amounts, sum(m.value) AS total, min(m.start_day) AS first_day, max(m.end_day) AS last_day
FROM amount m JOIN party pg ON pg.record = m.key AND pg.role = 'giver' JOIN actor g ON g.key = pg.actor
     LEFT JOIN party pr ON pr.record = m.key AND pr.role = 'receiver' LEFT JOIN actor w ON w.key = pr.actor
WHERE m.part_of IS NULL AND m.status NOT IN ('negated', 'hypothetical')
GROUP BY g.name, g.country, w.name, w.country, m.what, m.unit, m.state;

-- Everything of an event in one row.
CREATE VIEW event_flat AS
SELECT d.id AS document, r.id AS id, d.published, e.date_start, e.date_end, e.type, e.mode, e.contexts, e.cameo, e.quad,
       e.goldstein, e.status,
       (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM party p JOIN actor a ON a.key = p.actor
        WHERE p.record = e.key AND p.role = 'actor' ORDER BY p.n)) AS actors,
       (SELECT group_concat(code, '; ') FROM (SELECT a.code FROM party p JOIN actor a ON a.key = p.actor
        WHERE p.record = e.key AND p.role = 'actor' ORDER BY p.n)) AS actor_codes,
       (SELECT group_concat(name, '; ') FROM (SELECT a.name FROM party p JOIN actor a ON a.key = p.actor
        WHERE p.record = e.key AND p.role = 'recipient' ORDER BY p.n)) AS recipients,
       (SELECT group_concat(code, '; ') FROM (SELECT a.code FROM party p JOIN actor a ON a.key = p.actor
        WHERE p.record = e.key AND p.role = 'recipient' ORDER BY p.n)) AS recipient_codes,
       (SELECT group_concat(text, '; ') FROM (SELECT p.text FROM party p
        WHERE p.record = e.key AND p.role = 'source' ORDER BY p.n)) AS sources,
       e.place_name, e.place_country, e.place_admin1, e.latitude, e.longitude, e.geonames, e.text, e.repeats, e.rule,
       e.confidence, e.start_day, e.end_day, e.key
FROM event e JOIN record r ON r.key = e.key JOIN document d ON d.key = r.document;
