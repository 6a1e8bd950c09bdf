"""What `chancery query` finds in a store against the same records, filtered here
from what `chancery code` printed."""
import collections
import csv
import datetime
import io
import json
import math
import os
import sqlite3
import tempfile
import unittest

import postgresql
import tap
from program import EXAMPLES, SOURCE, code, run

ARTICLES = [os.path.join(SOURCE, "tests", "event", "articles", name + ".txt")
            for name in ("grain", "drones", "border-clash", "sanctions", "hostage-talks", "aid-quake", "coup", "mitrovica")]
KINDS = ("event", "statement", "amount", "vote", "relation")
ACTING = {"event": "actors", "statement": "holder", "amount": "giver", "relation": "subject"}
OTHER = {"event": "recipients", "statement": "towards", "amount": "receiver", "relation": "object"}

folder = tempfile.TemporaryDirectory()
DB = os.path.join(folder.name, "records.db")
RECORDS, DOCUMENTS = [], {}
WHERE = DB  # the store that is asked
CODED = None


def setUpModule():
    """Reports without a date of their own have one, as most archives give it."""
    global CODED
    lines = []
    for i, path in enumerate(EXAMPLES + ARTICLES):
        with open(path, encoding="utf-8") as f:
            lines.append(json.dumps({"id": os.path.basename(path), "text": f.read(), "date": f"2024-{i % 12 + 1:02}-1{i % 9}"}))
    data = "\n".join(lines).encode()
    coded, records = code("-i", "ndjson", data=data)
    for r in records:
        if r["kind"] == "document":
            DOCUMENTS[r["id"]] = r
        else:
            RECORDS.append(r)
    CODED = coded.stdout
    done = run("store", "--records", "--quiet", DB, "-", data=CODED)
    assert done.returncode == 0, done.stderr


def tearDownModule():
    folder.cleanup()


def ask(*args):
    return run("query", "-f", "ndjson", *args, WHERE)


def rows(*args):
    done = ask(*args)
    assert done.returncode == 0, (args, done.stderr)
    return [json.loads(line) for line in done.stdout.splitlines()]


def name_of(r):
    return r["document"], r["id"]


def parties(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def acting(r):
    if r["kind"] == "vote":
        return [b["voter"] for b in r["ballots"]]
    return parties(r[ACTING[r["kind"]]])


def other(r):
    return [] if r["kind"] == "vote" else parties(r[OTHER[r["kind"]]])


def country(code):
    return lambda p: p["country"] == code


def day(r):
    """The first day that the record's date may mean."""
    if r["date"] is None:
        return None
    start = r["date"]["start"] or r["date"]["end"]
    start = start.rstrip("~?").split("/")[0]
    parts = [int(p) for p in start.split("-")]
    return datetime.date(*(parts + [1, 1])[:3])


class Query(unittest.TestCase):
    maxDiff = 2000

    def finds(self, wanted, *args, some=True):
        """Those records of all, and no others, answer the question."""
        expected = sorted(name_of(r) for r in RECORDS if wanted(r))
        found = rows(*args)
        self.assertEqual(sorted(map(name_of, found)), expected, args)
        if some:
            self.assertNotEqual(expected, [], args)
        by_name = {name_of(r): r for r in RECORDS}
        for r in found:
            self.assertEqual(r, by_name[name_of(r)])

    def events(self, wanted, *args, **kw):
        self.finds(lambda r: r["kind"] == "event" and wanted(r), *args, **kw)

    def test_without_a_filter__all_events(self):
        self.events(lambda r: True)

    def test_kinds(self):
        for kind in KINDS:
            self.finds(lambda r: r["kind"] == kind, "--kind", kind)
        self.finds(lambda r: r["kind"] in ("statement", "amount"), "--kind", "statement,amount")
        self.finds(lambda r: True, "--kind", "all")
        self.finds(lambda r: r["kind"] != "event", "--kind", "all", "--not-kind", "event")

    def test_parties__by_country_code_sector_and_name(self):
        self.events(lambda r: any(map(country("RUS"), acting(r))), "--actor", "RUS")
        self.events(lambda r: any(map(country("RUS"), acting(r))), "--actor", "Russia")
        self.events(lambda r: any(map(country("RUS"), acting(r))), "--actor", "russian")
        self.events(lambda r: any(p["country"] in ("RUS", "UKR") for p in other(r)), "--recipient", "RUS,Ukraine")
        self.events(lambda r: any(map(country("ISR"), acting(r) + other(r))), "--with", "ISR")
        self.events(lambda r: any((p["code"] or "").startswith("RUSGOV") for p in acting(r)), "--actor", "RUSGOV")
        self.events(lambda r: any((p["code"] or "").startswith("RUSGOV") for p in acting(r)), "--actor", "Kremlin")
        self.events(lambda r: any(p["sector"] == "MIL" for p in acting(r)), "--actor", "MIL")
        for r in RECORDS:
            for p in acting(r) if r["kind"] == "event" else []:
                if p["entity"] is not None and p["entity"].count("-") == 1:
                    entity = p["entity"]
        self.events(lambda r: any(p["entity"] == entity for p in acting(r)), "--actor", entity)

    def test_parties__whom_only_the_record_knows(self):
        names = collections.Counter(p["name"] for r in RECORDS if r["kind"] == "event" for p in acting(r)
                                    if p["entity"] is None and p["code"] is None and len(p["name"]) > 6)
        name = sorted(names)[0]
        self.events(lambda r: any(p["name"].lower() == name.lower() for p in acting(r)), "--actor", name.upper())

    def test_the_same_filter_again__must_hold_too(self):
        self.events(lambda r: any(map(country("UKR"), acting(r) + other(r))) and any(map(country("RUS"), acting(r) + other(r))),
                    "--with", "UKR", "--with", "RUS")

    def test_between__either_way(self):
        def one_way(r, a, b):
            return any(map(country(a), acting(r))) and any(map(country(b), other(r)))
        self.events(lambda r: one_way(r, "RUS", "UKR") or one_way(r, "UKR", "RUS"), "--between", "RUS,UKR")
        self.events(lambda r: one_way(r, "RUS", "UKR"), "--actor", "RUS", "--recipient", "UKR")

    def test_not__turns_a_filter_round(self):
        self.events(lambda r: r["type"] != "ASSAULT", "--not-type", "ASSAULT")
        self.events(lambda r: r["mode"] not in ("visit", "phone"), "--not-mode", "visit,phone")
        self.events(lambda r: not any(map(country("RUS"), acting(r))), "--not-actor", "RUS")

    def test_what_happened(self):
        self.events(lambda r: r["type"] in ("CONSULT", "AID"), "--type", "CONSULT,aid")
        self.events(lambda r: r["mode"] == "visit", "--mode", "visit")
        self.events(lambda r: "military" in r["context"], "--context", "military")
        self.events(lambda r: (r["cameo"] or "").startswith("19"), "--cameo", "19")
        self.events(lambda r: r["quad"] == 4, "--quad", "4")
        self.events(lambda r: -10 <= r["goldstein"] <= -5, "--goldstein", "-10..-5")
        self.events(lambda r: r["goldstein"] >= 5, "--goldstein", "5..")
        self.events(lambda r: r["status"] == "planned", "--status", "planned")
        self.events(lambda r: r["confidence"] >= 0.7, "--min-confidence", "0.7")
        self.events(lambda r: 0.3 <= r["confidence"] <= 0.6, "--confidence", "0.3..0.6")
        self.events(lambda r: r["repeats"] is None, "--repeats", "no")
        self.events(lambda r: r["rule"] == RECORDS[0]["rule"], "--rule", RECORDS[0]["rule"], some=False)

    def test_when(self):
        def within(first, last):
            return lambda r: day(r) is not None and first <= day(r).isoformat() <= last
        self.events(within("2024-03-01", "2024-03-31"), "--date", "2024-03")
        self.events(within("2024-02-01", "9999"), "--from", "2024-02")
        self.events(within("0001", "2024-05-31"), "--to", "2024-05")
        self.events(within("2024-02-10", "2024-06-15"), "--from", "2024-02-10", "--to", "2024-06-15")
        self.events(within("2024-02-01", "2024-04-30"), "--date", "2024-02..2024-04")
        self.finds(lambda r: "2024-02" <= DOCUMENTS[r["document"]]["published"][:7] <= "2024-05", "--kind", "all", "--published", "2024-02..2024-05")

    def test_where(self):
        def distance(p, north, east):
            a, b = map(math.radians, (p["latitude"], north))
            half = math.sin((a - b) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(math.radians(p["longitude"] - east) / 2) ** 2
            return 2 * 6371.0088 * math.asin(math.sqrt(half))
        placed = [r["place"] for r in RECORDS if r["kind"] == "event" and r["place"] and r["place"]["latitude"] is not None]
        for p in placed[:3]:
            for km in (20, 700, 20000):
                self.events(lambda r: r["place"] and r["place"]["latitude"] is not None and distance(r["place"], p["latitude"], p["longitude"]) <= km,
                            "--near", f"{p['latitude']},{p['longitude']},{km}km")
        self.events(lambda r: r["place"] and r["place"]["country"] == "UKR", "--place", "Ukraine")
        name = next(p["name"] for p in placed if p["country"] == "UKR" and p["admin1"] not in (None, p["name"]))
        self.events(lambda r: r["place"] and name in (r["place"]["name"], r["place"]["admin1"]), "--place", name)
        self.events(lambda r: r["place"] and r["place"]["latitude"] is not None and 44 <= r["place"]["latitude"] <= 52
                    and 22 <= r["place"]["longitude"] <= 40, "--box", "44,22,52,40")
        self.assertEqual(rows("--box", "-1,179.99,1,-179.99"), [])

    def test_a_named_place__has_the_same_events_as_its_point(self):
        point = rows("--near", "46.48,30.73,300km", "-c", "")[0]["count"]
        self.assertEqual(rows("--near", "Odesa,300km", "-c", "")[0]["count"], point)
        self.assertEqual(rows("--near", "odessa,UKR,300 km", "-c", "")[0]["count"], point)
        self.assertGreater(point, 0)

    def test_facts(self):
        self.finds(lambda r: r["kind"] == "statement" and r["stance"] == "demands", "--stance", "demands")
        self.finds(lambda r: r["kind"] == "statement" and any(map(country("RUS"), acting(r))), "--holder", "RUS")
        topic = next(r["topic"]["text"].split()[0] for r in RECORDS if r["kind"] == "statement" and r["topic"])
        self.finds(lambda r: r["kind"] == "statement" and r["topic"] and topic.lower() in r["topic"]["text"].lower(), "--topic", topic.upper())
        self.finds(lambda r: r["kind"] == "amount" and r["what"] == "killed", "--what", "killed")
        self.finds(lambda r: r["kind"] == "amount" and r["value"] >= 1e6, "--min", "1m")
        self.finds(lambda r: r["kind"] == "amount" and 10 <= r["value"] <= 1000 and r["unit"] == "people", "--min", "10", "--max", "1k",
                   "--unit", "people")
        self.finds(lambda r: r["kind"] == "vote" and r["outcome"] == "vetoed", "--outcome", "vetoed", some=False)
        self.finds(lambda r: r["kind"] == "vote" and any(b["ballot"] == "for" for b in r["ballots"]), "--ballot", "for")
        voter = next(b["voter"]["country"] for r in RECORDS if r["kind"] == "vote" for b in r["ballots"] if b["voter"]["country"])
        self.finds(lambda r: r["kind"] == "vote" and any(b["ballot"] == "for" and b["voter"]["country"] == voter for b in r["ballots"]),
                   "--voter", voter, "--ballot", "for", some=False)
        self.finds(lambda r: r["kind"] == "relation" and r["relation"] == "holds-office", "--relation", "holds-office")

    def test_said_by__whoever_is_named_as_source(self):
        said = next(a["participant"]["country"] for r in RECORDS if r["kind"] == "event" for a in r["attribution"]
                    if "participant" in a and a["participant"]["country"])
        self.events(lambda r: any("participant" in a and a["participant"]["country"] == said for a in r["attribution"]), "--said-by", said)

    def test_documents(self):
        self.finds(lambda r: r["document"] == "grain.txt" and r["kind"] == "event", "--document", "grain.txt")
        self.events(lambda r: r["id"] == "e1", "--id", "e1")
        credit = next(c for d in DOCUMENTS.values() for c in d["credits"])
        self.events(lambda r: credit in DOCUMENTS[r["document"]]["credits"], "--source", credit.lower())

    def test_text__words_phrases_and_what_joins_them(self):
        def has(*words):
            return lambda r: all(w in DOCUMENTS[r["document"]]["text"].lower() for w in words)
        self.events(has("grain"), "--text", "grain")
        self.events(has("black sea"), "--text", "\"black sea\"")
        self.events(lambda r: has("black sea")(r) or has("hamas")(r), "--text", "\"Black Sea\" OR Hamas")
        self.events(lambda r: has("russia")(r) and not has("hamas")(r), "--text", "russia* -hamas")
        found = rows("--search", "\"black sea\"")
        self.assertEqual(sorted(f["document"] for f in found), sorted(d for d, r in DOCUMENTS.items() if "black sea" in r["text"].lower()))
        self.assertTrue(all("\x02Black" in f["words"] for f in found))

    # ------------------------------------------------------------------ pages

    def test_pages__go_on_where_the_last_ended(self):
        everything = rows("--kind", "event,statement")
        for order in ("-date", "date", "confidence", "-confidence"):
            after, met = [], []
            while True:
                done = ask("--kind", "event,statement", "-n", "37", "--order", order, *after)
                page = [json.loads(line) for line in done.stdout.splitlines()]
                met += page
                if len(page) < 37:
                    break
                after = ["--after", done.stderr.decode().split("--after ")[1].split()[0]]
            self.assertEqual(sorted(map(name_of, met)), sorted(map(name_of, everything)), order)
            if "date" in order:
                days = [day(r) for r in met]
                known = [d for d in days if d is not None]
                self.assertEqual(days, sorted(known, reverse=order[0] == "-") + [None] * (len(days) - len(known)))
            else:
                sure = [r["confidence"] for r in met]
                self.assertEqual(sure, sorted(sure, reverse=order[0] == "-"))

    # ----------------------------------------------------------------- counts

    def counted(self, key, by, *args, kind="event"):
        expected = collections.Counter()
        for r in RECORDS:
            if r["kind"] == kind:
                expected.update(set(key(r)))
        found = {tuple(row[f] for f in by.split(",")): row["count"] for row in rows("--kind", kind, "-c", by, *args)}
        self.assertEqual(found, dict(expected), by)

    def test_counts__by_period(self):
        def week(d):
            return "%04d-W%02d" % d.isocalendar()[:2]
        labels = {"day": lambda d: d.isoformat(), "week": week, "month": lambda d: d.isoformat()[:7],
                  "quarter": lambda d: f"{d.year:04}-Q{(d.month + 2) // 3}", "year": lambda d: f"{d.year:04}"}
        for period, label in labels.items():
            self.counted(lambda r: [(label(day(r)) if day(r) else None,)], period)

    def test_counts__by_fields(self):
        self.counted(lambda r: [(r["type"], r["status"])], "type,status")
        self.counted(lambda r: [(r["place"]["country"] if r["place"] else None,)], "place-country")
        self.counted(lambda r: [(c,) for c in r["context"]] or [(None,)], "context")
        self.counted(lambda r: [(p["name"],) for p in acting(r)] or [(None,)], "actor-name")
        self.counted(lambda r: [(a["name"], b["name"]) for a in acting(r) or [{"name": None}] for b in other(r) or [{"name": None}]],
                     "actor-name,recipient-name")
        self.counted(lambda r: [(c,) for c in DOCUMENTS[r["document"]]["credits"]] or [(None,)], "source")
        self.counted(lambda r: [(b["ballot"], b["voter"]["name"]) for b in r["ballots"]] or [(None, None)], "ballot,voter", kind="vote")
        self.counted(lambda r: [(r["stance"],)], "what", kind="statement")

    def test_counts__add_up_to_all(self):
        total = rows("-c", "")[0]["count"]
        self.assertEqual(total, sum(r["kind"] == "event" for r in RECORDS))
        for by in ("day", "week", "month", "quarter", "year", "type", "status,quad", "month,type", "root", "document", "language", "rule"):
            self.assertEqual(sum(r["count"] for r in rows("-c", by)), total, by)

    def test_counts__of_a_dyad_are_those_of_its_events(self):
        for args in (["--actor", "RUS", "--recipient", "UKR"], ["--between", "RUS,UKR"], ["--actor", "RUS,UKR", "--recipient", "UKR,RUS,USA"],
                     ["--actor", "RUS", "--recipient", "UKR", "--status", "asserted", "--repeats", "no", "--goldstein", "..0"]):
            found = rows(*args)
            self.assertGreater(len(found), 0)
            self.assertEqual(rows(*args, "-c", "")[0]["count"], len(found), args)
            months = collections.Counter(day(r).isoformat()[:7] if day(r) else None for r in found)
            self.assertEqual({r["month"]: r["count"] for r in rows(*args, "-c", "month")}, dict(months), args)
            # "place" is nothing that a dyad has: the same question, answered the other way
            self.assertEqual(sum(r["count"] for r in rows(*args, "-c", "place")), len(found), args)

    def test_counts__of_a_country_by_month_are_those_of_its_events(self):
        for args in (["--actor", "RUS"], ["--recipient", "UKR"], ["--actor", "ISR", "--from", "2024-02", "--to", "2024-11"],
                     ["--actor", "RUS", "--date", "2024-01-05..2024-12-20"], ["--recipient", "RUS", "--not-type", "ASSAULT"]):
            found = rows(*args)
            self.assertGreater(len(found), 0, args)
            months = collections.Counter((day(r).isoformat()[:7] if day(r) else None, r["type"]) for r in found)
            self.assertEqual({(r["month"], r["type"]): r["count"] for r in rows(*args, "-c", "month,type")}, dict(months), args)
            self.assertEqual(rows(*args, "-c", "")[0]["count"], len(found), args)
            years = collections.Counter(day(r).isoformat()[:4] if day(r) else None for r in found)
            self.assertEqual({r["year"]: r["count"] for r in rows(*args, "-c", "year")}, dict(years), args)

    def test_sums(self):
        sums = collections.defaultdict(float)
        for r in RECORDS:
            if r["kind"] == "event":
                sums[r["type"]] += r["goldstein"]
        for row in rows("-c", "type", "--sum", "goldstein"):
            self.assertAlmostEqual(row["goldstein"], sums[row["type"]], places=6)
            self.assertAlmostEqual(row["mean"], sums[row["type"]] / row["count"], places=3)
        units = {r["unit"] for r in RECORDS if r["kind"] == "amount"}
        self.assertEqual({r["unit"] for r in rows("--kind", "amount", "--sum", "value")}, units)

    def test_counts__limit_and_order(self):
        counts = [r["count"] for r in rows("-c", "type", "--order", "count")]
        self.assertEqual(counts, sorted(counts))
        self.assertEqual([r["type"] for r in rows("-c", "type", "--order", "label", "-n", "2")], ["ACCUSE", "AGREE"])

    # ---------------------------------------------------------------- formats

    def test_csv__reads_back(self):
        done = run("query", "-f", "csv", "--kind", "all", WHERE)
        table = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
        self.assertEqual(sorted((r["document"], r["id"]) for r in table), sorted(map(name_of, RECORDS)))
        by_name = {name_of(r): r for r in RECORDS}
        for row in table:
            r = by_name[row["document"], row["id"]]
            self.assertEqual(row["text"], r["text"])
            self.assertEqual(row["actors"], "; ".join(p["name"] for p in acting(r)))
            self.assertEqual(row["date"], (r["date"] or {}).get("start") or "")
            self.assertEqual(float(row["confidence"]), r["confidence"])

    def test_table_and_chart__fit_and_say_what_the_counts_say(self):
        done = run("query", "-f", "table", "-n", "0", WHERE)
        self.assertTrue(all(len(line) <= 100 for line in done.stdout.decode().splitlines()))
        self.assertEqual(done.stdout.decode().count("\""), done.stdout.decode().count("\"") // 2 * 2)
        env = dict(os.environ, LC_ALL="C.UTF-8")
        chart = run("query", "-f", "chart", "-c", "type", WHERE, env=env).stdout.decode().splitlines()
        counts = rows("-c", "type")
        self.assertEqual([line.split()[:2] for line in chart], [[r["type"], str(r["count"])] for r in counts])
        self.assertGreater(chart[0].count("\u2588"), chart[-1].count("\u2588"))
        plain = run("query", "-f", "chart", "-c", "month,type", WHERE, env=dict(os.environ, LC_ALL="C")).stdout
        self.assertTrue(plain.isascii())

    # -------------------------------------------------------------------- SQL

    def test_sql__reads_and_never_writes(self):
        if WHERE != DB:
            for query in ("DELETE FROM event", "DROP TABLE event", "SELECT 1; DELETE FROM event", "", "nonsense", "BEGIN",
                          "SET default_transaction_read_only = off", "SELECT set_config('transaction_read_only', 'off', false)",
                          "WITH gone AS (DELETE FROM event RETURNING key) SELECT * FROM gone"):
                self.assertIn(ask("--sql", query).returncode, (0, 1, 2), query)
            self.assertEqual(rows("--sql", "SELECT count(*) AS n FROM event")[0]["n"], sum(r["kind"] == "event" for r in RECORDS))
            return
        with sqlite3.connect(DB) as db:
            self.assertEqual(rows("--sql", "SELECT count(*) AS n FROM event")[0]["n"], db.execute("SELECT count(*) FROM event").fetchone()[0])
        before = open(DB, "rb").read()
        for query in ("DELETE FROM event", "DROP TABLE event", "ATTACH 'x.db' AS x", "PRAGMA user_version = 9", "SELECT 1; DELETE FROM event",
                      "VACUUM INTO '/tmp/x.db'", "", "SELECT", "nonsense", "BEGIN"):
            self.assertEqual(ask("--sql", query).returncode, 2, query)
        self.assertEqual(open(DB, "rb").read(), before)

    def test_sql__ends_in_time(self):
        endless = "SELECT pg_sleep(60)" if WHERE != DB else "WITH RECURSIVE t(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM t) SELECT count(*) FROM t"
        done = ask("--time-limit", "0.2", "--sql", endless, )
        self.assertEqual((done.returncode, b"longer than 0.2 seconds" in done.stderr), (1, True))

    # ------------------------------------------------------------------ errors

    def test_what_makes_no_sense__is_told_with_what_is_near(self):
        for args, near in ((["--type", "CONSLT"], b"CONSULT"), (["--actor", "Macrom"], b"Macron"), (["--near", "Khersn,50km"], b"Kherson"),
                           (["--status", "assertd"], b"asserted"), (["-c", "moth"], b"month"), (["--stance", "demand"], b"demands"),
                           (["--what", "kiled"], b"killed"), (["--place", "Ukrane"], b"Ukraine"), (["--actor", "Bush"], b"george-w-bush")):
            done = ask(*args)
            self.assertEqual((done.returncode, done.stdout), (2, b""), args)
            self.assertIn(near, done.stderr, args)

    def test_hostile_values__are_refused_or_find_nothing(self):
        nasty = ["'", "''; DROP TABLE event; --", "\"", "%", "_", "*", "\\", ",", ",,", "..", "-", "--", "1e999", "nan", "inf", "-inf",
                 "0x10", "9" * 400, "\x01", "\u202e", "\U0010ffff", "\ufffd", "(" * 300, "\"" * 7, "a" * 5000, "NULL", "2024-13", "2024-02-30",
                 "0000", "2024-01..2023-01", "1..0", "$1", "?1", "é" * 100, " ", "a OR", "NOT", "a AND NOT b", "NEAR(a b)", "title:a", "a^2"]
        keys = [line.split()[0][2:] for line in run("query", "--help").stdout.decode().split("lexicon; RANGE")[1].splitlines()
                if line.startswith("      --")]
        self.assertGreater(len(keys), 40)
        total = rows("--kind", "all", "-c", "")[0]["count"]
        for value in nasty:
            for key in keys[len(value) % 8::8]:
                done = ask(f"--{key}", value, "-c", "")
                self.assertIn(done.returncode, (0, 2), (key, value, done.stderr))
                if done.returncode == 2:
                    self.assertEqual((done.stdout, done.stderr.count(b"\n")), (b"", 1), (key, value, done.stderr))
                else:
                    self.assertLess(json.loads(done.stdout)["count"], total + (key in ("kind", "to", "from")), (key, value))
        self.assertEqual(ask("--actor", b"\xff\xfe").returncode, 2)

    def test_stores_that_are_none(self):
        with tempfile.NamedTemporaryFile(suffix=".db") as f:
            f.write(b"no database at all, but long enough to be looked at" * 100)
            f.flush()
            self.assertEqual(run("query", f.name).returncode, 1)
        self.assertEqual(run("query", os.path.join(folder.name, "missing.db")).returncode, 1)
        self.assertFalse(os.path.exists(os.path.join(folder.name, "missing.db")))


@unittest.skipUnless(postgresql.available(), "PostgreSQL is not installed")
class QueryPostgresql(Query):
    """The same answers from the other database."""

    @classmethod
    def setUpClass(cls):
        global WHERE
        cls.server = postgresql.Server()
        WHERE = cls.server.__enter__()
        done = run("store", "--records", "--quiet", WHERE, "-", data=CODED)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        global WHERE
        WHERE = DB
        cls.server.__exit__()

    test_stores_that_are_none = None


if __name__ == "__main__":
    tap.main()
