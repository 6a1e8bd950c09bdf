-- A store of schema 1, made of version-1.ndjson by `chancery store --records` and dumped by sqlite3.
PRAGMA application_id = 1128812099;
PRAGMA user_version = 1;
PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE version (
    key     INTEGER PRIMARY KEY,
    program TEXT NOT NULL, -- '' where the records came without it
    model   TEXT NOT NULL, -- checksum of the model file, 16 hexadecimal digits
    lexicon TEXT NOT NULL, -- checksum of the compiled lexicon
    UNIQUE (program, model, lexicon)
);
INSERT INTO version VALUES(1,'','','');
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
INSERT INTO document VALUES(1,'one.txt','8d2bda0d148c7d1c','16e849e995096bdc',1,1,NULL,NULL,'en','2024-04-02',19815,'option','[]',NULL,NULL,replace('France sent 20 tents to Norway on Monday.\n\nThe envoy said  nothing, Reuters reported.\n','\n',char(10)),'{"kind":"document","id":"one.txt","version":1,"title":null,"url":null,"language":"en","published":"2024-04-02","publishedFrom":"option","credits":[],"text":"","sentences":[[0,41],[43,86]],"furniture":[]}');
INSERT INTO document VALUES(2,'two.txt','e23e2fe33b47bc31','e1da8c42028e77a1',1,1,NULL,NULL,NULL,'2024-04-02',19815,'option','[]',NULL,NULL,replace('Spain accused Portugal of fraud in Lisbon on 3 March 2024.\n','\n',char(10)),'{"kind":"document","id":"two.txt","version":1,"title":null,"url":null,"language":null,"published":"2024-04-02","publishedFrom":"option","credits":[],"text":"","sentences":[[0,58]],"furniture":[]}');
CREATE TABLE record (
    key      INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (key) ON DELETE CASCADE,
    id       TEXT NOT NULL, -- 'e1'
    kind     TEXT NOT NULL, -- 'event', 'statement', 'amount', 'vote', 'relation'
    json     TEXT NOT NULL,
    UNIQUE (document, id)
);
INSERT INTO record VALUES(1,1,'e1','event','{"kind":"event","document":"one.txt","id":"e1","sentence":[0,41],"span":[7,20],"text":"sent 20 tents","type":"AID","mode":null,"context":["humanitarian"],"cameo":"073","quad":2,"goldstein":7.4,"actors":[{"text":"France","span":[0,6],"name":"France","code":"FRA","country":"FRA","sector":null,"entity":null,"via":null}],"recipients":[{"text":"Norway","span":[24,30],"name":"Norway","code":"NOR","country":"NOR","sector":null,"entity":null,"via":null}],"date":{"start":"2024-04-01","end":"2024-04-01","text":"Monday","span":[34,40],"assumed":false},"place":null,"status":"asserted","attribution":[],"repeats":null,"rule":"aid-humanitarian","confidence":0.81}');
INSERT INTO record VALUES(2,1,'a1','amount','{"kind":"amount","document":"one.txt","id":"a1","sentence":[0,41],"span":[12,20],"text":"20 tents","what":"aid","value":20,"unit":"tent","bound":"exact","giver":[{"text":"France","span":[0,6],"name":"France","code":"FRA","country":"FRA","sector":null,"entity":null,"via":null}],"receiver":[{"text":"Norway","span":[24,30],"name":"Norway","code":"NOR","country":"NOR","sector":null,"entity":null,"via":null}],"partOf":null,"state":"given","date":{"start":"2024-04-01","end":"2024-04-01","text":"Monday","span":[34,40],"assumed":false},"status":"asserted","attribution":[],"rule":"relief-goods","confidence":0.45}');
INSERT INTO record VALUES(3,1,'s1','statement','{"kind":"statement","document":"one.txt","id":"s1","sentence":[43,86],"span":[53,57],"text":"said","holder":{"text":"The envoy","span":[43,52],"name":"The envoy","code":"GOV","country":null,"sector":"GOV","entity":null,"via":null},"stance":"claims","topic":{"text":"nothing","span":[60,67]},"towards":[],"quote":null,"contrasts":[],"cameo":"010","claim":null,"date":{"start":"2024-04-02","end":"2024-04-02","text":null,"span":null,"assumed":true},"status":"asserted","attribution":[{"text":"Reuters","span":[69,76],"participant":{"text":"Reuters","span":[69,76],"name":"Reuters","code":"GBRMED","country":"GBR","sector":"MED","entity":"reuters","via":null}}],"rule":"says","confidence":0.85}');
INSERT INTO record VALUES(4,2,'e1','event','{"kind":"event","document":"two.txt","id":"e1","sentence":[0,58],"span":[6,13],"text":"accused","type":"ACCUSE","mode":"allege","context":["crime","corruption"],"cameo":"1121","quad":3,"goldstein":-2,"actors":[{"text":"Spain","span":[0,5],"name":"Spain","code":"ESP","country":"ESP","sector":null,"entity":null,"via":null}],"recipients":[{"text":"Portugal","span":[14,22],"name":"Portugal","code":"PRT","country":"PRT","sector":null,"entity":null,"via":null}],"date":{"start":"2024-03-03","end":"2024-03-03","text":"3 March 2024","span":[45,57],"assumed":false},"place":null,"status":"asserted","attribution":[],"repeats":null,"rule":"accuse-of-crime","confidence":0.811}');
INSERT INTO record VALUES(5,2,'s1','statement','{"kind":"statement","document":"two.txt","id":"s1","sentence":[0,58],"span":[6,13],"text":"accused","holder":{"text":"Spain","span":[0,5],"name":"Spain","code":"ESP","country":"ESP","sector":null,"entity":null,"via":null},"stance":"claims","topic":{"text":"fraud","span":[26,31]},"towards":[{"text":"Portugal","span":[14,22],"name":"Portugal","code":"PRT","country":"PRT","sector":null,"entity":null,"via":null}],"quote":null,"contrasts":[],"cameo":null,"claim":null,"date":{"start":"2024-03-03","end":"2024-03-03","text":"3 March 2024","span":[45,57],"assumed":false},"status":"asserted","attribution":[],"rule":"accuses","confidence":0.85}');
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
INSERT INTO actor VALUES(1,2922258487217961099,'France','FRA','FRA',NULL,NULL,'FRA','france');
INSERT INTO actor VALUES(2,2746222044654714901,'Norway','NOR','NOR',NULL,NULL,'NOR','norway');
INSERT INTO actor VALUES(3,2666702437795695609,'The envoy','GOV',NULL,'GOV',NULL,'GOV','the envoy');
INSERT INTO actor VALUES(4,6569381559377317359,'Reuters','GBRMED','GBR','MED','reuters','GBR','reuters');
INSERT INTO actor VALUES(5,8228525425205637566,'Spain','ESP','ESP',NULL,NULL,'ESP','spain');
INSERT INTO actor VALUES(6,-4060665717016890986,'Portugal','PRT','PRT',NULL,NULL,'PRT','portugal');
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
INSERT INTO party VALUES(1,'actor',0,1,19814,'France',0,6,NULL);
INSERT INTO party VALUES(1,'recipient',0,2,19814,'Norway',24,30,NULL);
INSERT INTO party VALUES(2,'giver',0,1,19814,'France',0,6,NULL);
INSERT INTO party VALUES(2,'receiver',0,2,19814,'Norway',24,30,NULL);
INSERT INTO party VALUES(3,'holder',0,3,19815,'The envoy',43,52,NULL);
INSERT INTO party VALUES(3,'source',0,4,19815,'Reuters',69,76,NULL);
INSERT INTO party VALUES(4,'actor',0,5,19785,'Spain',0,5,NULL);
INSERT INTO party VALUES(4,'recipient',0,6,19785,'Portugal',14,22,NULL);
INSERT INTO party VALUES(5,'holder',0,5,19785,'Spain',0,5,NULL);
INSERT INTO party VALUES(5,'towards',0,6,19785,'Portugal',14,22,NULL);
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
INSERT INTO event VALUES(1,'AID',NULL,'["humanitarian"]','073',2,7.4000000000000003552,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,41,7,20,'sent 20 tents','2024-04-01','2024-04-01','Monday',0,19814,19814,'asserted','aid-humanitarian',0.81000000000000005329);
INSERT INTO event VALUES(4,'ACCUSE','allege','["crime","corruption"]','1121',3,-2.0,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,0,58,6,13,'accused','2024-03-03','2024-03-03','3 March 2024',0,19785,19785,'asserted','accuse-of-crime',0.81100000000000005417);
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
INSERT INTO dyad VALUES('ESP','PRT',202403,4,19785,'ACCUSE',3,-2.0,'asserted',0);
INSERT INTO dyad VALUES('FRA','NOR',202404,1,19814,'AID',2,7.4000000000000003552,'asserted',0);
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
INSERT INTO statement VALUES(3,'claims','nothing',60,67,NULL,NULL,NULL,'010',NULL,43,86,53,57,'said','2024-04-02','2024-04-02',NULL,1,19815,19815,'asserted','says',0.84999999999999997779);
INSERT INTO statement VALUES(5,'claims','fraud',26,31,NULL,NULL,NULL,NULL,NULL,0,58,6,13,'accused','2024-03-03','2024-03-03','3 March 2024',0,19785,19785,'asserted','accuses',0.84999999999999997779);
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
INSERT INTO amount VALUES(2,'aid',20.0,'tent','exact',NULL,'given',0,41,12,20,'20 tents','2024-04-01','2024-04-01','Monday',0,19814,19814,'asserted','relief-goods',0.4500000000000000111);
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
CREATE TABLE error (
    key      INTEGER PRIMARY KEY,
    hash     TEXT NOT NULL UNIQUE, -- of the line
    document TEXT,
    code     TEXT NOT NULL,
    message  TEXT NOT NULL,
    json     TEXT NOT NULL
);
PRAGMA writable_schema=ON;
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','document_text','document_text',0,'CREATE VIRTUAL TABLE document_text USING fts5 (
    title, text, content = ''document'', content_rowid = ''key'', tokenize = ''porter unicode61 remove_diacritics 2''
)');
CREATE TABLE IF NOT EXISTS 'document_text_data'(id INTEGER PRIMARY KEY, block BLOB);
INSERT INTO document_text_data VALUES(1,X'020019');
INSERT INTO document_text_data VALUES(10,X'000000000102020002010101020101');
INSERT INTO document_text_data VALUES(137438953473,X'0000009a0330323001060101040105656e766f69010601010b01056672616e63010601010201066d6f6e646169010601010901066e6f72776169010601010703027468010601010d01026f6e010601010801067265706f7274010601010f030475746572010601010e010473616964010601010c0203656e740106010103010474656e74010601010502026865010601010a02016f010601010604090c0c0d0d09090d0b0b0a0b09');
INSERT INTO document_text_data VALUES(274877906945,X'0000007b053032303234020601010c010133020601010a0105616363757302060101030105667261756402060101060102696e020601010701066c6973626f6e020601010801056d61726368020601010b01026f66020601010502016e02060101090106706f7274756702060101040105737061696e0206010102040b080c0c090d0c09080d');
CREATE TABLE IF NOT EXISTS 'document_text_idx'(segid, term, pgno, PRIMARY KEY(segid, term)) WITHOUT ROWID;
INSERT INTO document_text_idx VALUES(1,X'',2);
INSERT INTO document_text_idx VALUES(2,X'',2);
CREATE TABLE IF NOT EXISTS 'document_text_docsize'(id INTEGER PRIMARY KEY, sz BLOB);
INSERT INTO document_text_docsize VALUES(1,X'000e');
INSERT INTO document_text_docsize VALUES(2,X'000b');
CREATE TABLE IF NOT EXISTS 'document_text_config'(k PRIMARY KEY, v) WITHOUT ROWID;
INSERT INTO document_text_config VALUES('version',4);
INSERT INTO sqlite_schema(type,name,tbl_name,rootpage,sql)VALUES('table','event_place','event_place',0,'CREATE VIRTUAL TABLE event_place USING rtree (key, min_latitude, max_latitude, min_longitude, max_longitude)');
CREATE TABLE IF NOT EXISTS "event_place_rowid"(rowid INTEGER PRIMARY KEY,nodeno);
CREATE TABLE IF NOT EXISTS "event_place_node"(nodeno INTEGER PRIMARY KEY,data);
INSERT INTO event_place_node VALUES(1,X'00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000');
CREATE TABLE IF NOT EXISTS "event_place_parent"(nodeno INTEGER PRIMARY KEY,parentnode);
DELETE FROM sqlite_sequence;
INSERT INTO sqlite_sequence VALUES('document',2);
INSERT INTO sqlite_sequence VALUES('record',5);
CREATE INDEX document_change ON document (change);
CREATE INDEX document_published ON document (published_day, key);
CREATE INDEX actor_country ON actor (country);
CREATE INDEX actor_code ON actor (code);
CREATE INDEX actor_entity ON actor (entity);
CREATE INDEX actor_folded ON actor (folded);
CREATE INDEX party_actor ON party (actor, start_day, role);
CREATE INDEX event_day ON event (start_day, type, status, quad, goldstein, repeats);
CREATE INDEX event_type ON event (type, start_day);
CREATE INDEX event_place_country ON event (place_country, start_day) WHERE place_country IS NOT NULL;
CREATE INDEX dyad_recipient ON dyad (recipient, month);
CREATE INDEX dyad_event ON dyad (event);
CREATE INDEX statement_day ON statement (start_day, stance);
CREATE INDEX amount_day ON amount (start_day, what);
CREATE INDEX vote_day ON vote (start_day);
CREATE INDEX relation_relation ON relation (relation, start_day);
CREATE INDEX error_document ON error (document);
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
CREATE TRIGGER event_place_insert AFTER INSERT ON event WHEN new.latitude IS NOT NULL BEGIN
    INSERT INTO event_place VALUES (new.key, new.latitude, new.latitude, new.longitude, new.longitude);
END;
CREATE TRIGGER event_place_delete AFTER DELETE ON event WHEN old.latitude IS NOT NULL BEGIN
    DELETE FROM event_place WHERE key = old.key;
END;
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
CREATE VIEW dyad_month AS
SELECT actor, recipient, CASE month WHEN 0 THEN NULL ELSE printf('%04d-%02d', month / 100, month % 100) END AS month,
       count(*) AS events, sum(quad = 1) AS verbal_cooperation, sum(quad = 2) AS material_cooperation,
       sum(quad = 3) AS verbal_conflict, sum(quad = 4) AS material_conflict, sum(goldstein) AS goldstein
FROM dyad
WHERE status IN ('asserted', 'ongoing') AND repeated = 0
GROUP BY dyad.actor, dyad.recipient, dyad.month;
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
CREATE VIEW amounts_by_giver AS
SELECT g.name AS giver, g.country AS giver_country, w.name AS receiver, w.country AS receiver_country, m.what, m.unit, m.state,
       count(*) AS amounts, sum(m.value) AS total, min(m.start_day) AS first_day, max(m.end_day) AS last_day
FROM amount m JOIN party pg ON pg.record = m.key AND pg.role = 'giver' JOIN actor g ON g.key = pg.actor
     LEFT JOIN party pr ON pr.record = m.key AND pr.role = 'receiver' LEFT JOIN actor w ON w.key = pr.actor
WHERE m.part_of IS NULL AND m.status NOT IN ('negated', 'hypothetical')
GROUP BY g.name, g.country, w.name, w.country, m.what, m.unit, m.state;
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
PRAGMA writable_schema=OFF;
COMMIT;
