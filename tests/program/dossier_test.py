"""What `chancery dossier` says of somebody against the same records, counted here."""
import collections
import json
import os
import sqlite3
import unittest

import postgresql
import query_test as q
import tap
from program import run
from query_test import DOCUMENTS, RECORDS, acting, country, day, other

LISTS = ("events", "planned", "positions", "addressed", "gave", "received", "votes", "relations", "quotations")


def setUpModule():
    q.setUpModule()


def tearDownModule():
    q.tearDownModule()


def dossier(name, *args):
    done = run("dossier", "-f", "json", *args, q.WHERE, name)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def events():
    return [r for r in RECORDS if r["kind"] == "event"]


def happened(r):
    return r["status"] in ("asserted", "ongoing") and r["repeats"] is None


def side(p):
    return p["country"] or p["code"]


class Dossier(unittest.TestCase):
    maxDiff = 2000

    def counts(self, found, them, partner_of):
        """Totals, months, types and partners of whoever `them` holds of."""
        acts = [r for r in events() if any(map(them, acting(r)))]
        receives = [r for r in events() if any(map(them, other(r)))]
        self.assertEqual((found["acts"], found["receives"]), (len(acts), len(receives)))
        self.assertGreater(len(acts) + len(receives), 0)
        for key, records in (("acts", acts), ("receives", receives)):
            months = collections.Counter(day(r).isoformat()[:7] if day(r) else None for r in records)
            self.assertEqual({m["month"]: m[key] for m in found["months"] if m[key]}, dict(months))
            types = collections.Counter(r["type"] for r in records)
            self.assertEqual({t["type"]: t[key] for t in found["types"] if t[key]}, dict(types))
        partners, scores = collections.Counter(), collections.defaultdict(float)
        for key, mine, theirs in (("acts", acting, other), ("receives", other, acting)):
            for r in filter(happened, events()):
                if any(map(them, mine(r))):
                    for partner in {partner_of(p) for p in theirs(r) if not them(p) and partner_of(p)}:
                        partners[partner, key] += 1
                        scores[partner] += r["goldstein"]
        met = [p for p in found["partners"] if p["name"] != "(at home)"]
        self.assertEqual({(p["side"], key): p[key] for p in met for key in ("acts", "receives") if p[key]}, dict(partners))
        for p in met:
            self.assertAlmostEqual(p["goldstein"], scores[p["side"]] / (p["acts"] + p["receives"]), delta=0.006)
        order = [p["acts"] + p["receives"] for p in found["partners"]]
        self.assertEqual(order, sorted(order, reverse=True))

    def test_a_country__counts_are_those_of_its_events(self):
        for name, code in (("Russia", "RUS"), ("UKR", "UKR"), ("Israeli", "ISR")):
            found = dossier(name)
            self.assertEqual((found["kind"], found["code"]), ("country", code))
            self.counts(found, country(code), side)

    def test_somebody__counts_are_those_of_their_events(self):
        entities = collections.Counter(p["entity"] for r in events() for p in acting(r) + other(r) if p["entity"])
        for entity, _ in entities.most_common(3):
            found = dossier(entity)
            self.assertEqual(found["id"], entity)
            self.counts(found, lambda p: p["entity"] == entity, lambda p: side(p) or p["name"])
        self.counts(dossier("RUSGOV"), lambda p: (p["code"] or "").startswith("RUSGOV"), lambda p: side(p) or p["name"])

    def test_months__leave_none_out(self):
        months = [m["month"] for m in dossier("RUS")["months"] if m["month"] is not None]
        numbers = [int(m[:4]) * 12 + int(m[5:]) for m in months]
        self.assertEqual(numbers, list(range(numbers[0], numbers[-1] + 1)))

    def test_lists__hold_the_latest_of_what_is_asked_for(self):
        them = country("RUS")
        wanted = {
            "events": lambda r: r["kind"] == "event" and any(map(them, acting(r) + other(r))) and r["repeats"] is None and r["status"] != "planned",
            "planned": lambda r: r["kind"] == "event" and any(map(them, acting(r) + other(r))) and r["status"] == "planned",
            "positions": lambda r: r["kind"] == "statement" and any(map(them, acting(r))),
            "addressed": lambda r: r["kind"] == "statement" and any(map(them, other(r))),
            "gave": lambda r: r["kind"] == "amount" and any(map(them, acting(r))),
            "received": lambda r: r["kind"] == "amount" and any(map(them, other(r))),
            "votes": lambda r: r["kind"] == "vote" and any(map(them, acting(r) + ([r["body"]] if r["body"] else []))),
            "relations": lambda r: r["kind"] == "relation" and any(map(them, acting(r) + other(r))),
            "quotations": lambda r: r["kind"] == "statement" and any(map(them, acting(r))) and r["quote"],
        }
        everything = dossier("RUS", "-n", "1000")
        few = dossier("RUS", "-n", "3")
        for name in LISTS:
            expected = sorted((r["document"], r["id"]) for r in RECORDS if wanted[name](r))
            self.assertEqual(sorted((r["document"], r["id"]) for r in everything[name]), expected, name)
            days = [day(r) for r in everything[name]]
            known = [d for d in days if d is not None]
            self.assertEqual(days, sorted(known, reverse=True) + [None] * (len(days) - len(known)), name)
            self.assertEqual(few[name], everything[name][:3], name)
        kinds = collections.Counter(r["kind"] for r in RECORDS if r["kind"] != "event" and any(
            map(them, acting(r) + other(r) + parties_besides(r))))
        self.assertEqual(everything["records"], dict(kinds))

    def test_each_record__has_its_sentence_and_its_report(self):
        found = dossier("RUS", "-n", "40")
        for r in (r for name in LISTS for r in found[name]):
            document = DOCUMENTS[r["document"]]
            text = document["text"].encode()
            self.assertEqual(r["sentenceText"].encode(), text[r["sentence"][0]:r["sentence"][1]])
            self.assertIn(r["text"], r["sentenceText"])
            self.assertEqual((r["published"], r["title"]), (document["published"], document["title"]))

    def test_from_and_to__bound_lists_and_counts(self):
        found = dossier("RUS", "--from", "2024-02", "--to", "2024-09", "-n", "1000")
        for r in (r for name in LISTS for r in found[name]):
            self.assertTrue("2024-02" <= day(r).isoformat()[:7] <= "2024-09")
        inside = [r for r in events() if day(r) and "2024-02" <= day(r).isoformat()[:7] <= "2024-09"]
        self.assertEqual(found["acts"], sum(any(map(country("RUS"), acting(r))) for r in inside))
        self.assertEqual(dossier("RUSGOV", "--from", "2024-02", "--to", "2024-09")["acts"],
                         sum(any((p["code"] or "").startswith("RUSGOV") for p in acting(r)) for r in inside))

    def test_text__cites_every_record_within_the_width(self):
        found = dossier("RUS", "-n", "5")
        for env in ("C", "C.UTF-8"):
            text = run("dossier", "-n", "5", q.WHERE, "RUS", env=dict(os.environ, LC_ALL=env)).stdout.decode()
            self.assertTrue(all(len(line) <= 100 for line in text.splitlines()), [l for l in text.splitlines() if len(l) > 100])
            self.assertEqual("\u2588" in text, env != "C")
            folded = " ".join(text.split())
            for r in (r for name in LISTS for r in found[name]):
                self.assertRegex(folded, r["document"].replace(".", r"\.") + r"( \w\d+)* " + r["id"] + r"\b")
                if r["kind"] != "statement":
                    self.assertIn(" ".join(r["sentenceText"].split())[:60].split(" ", 1)[1].rsplit(" ", 1)[0], folded)

    def test_markdown__has_headings_and_no_marks_of_the_texts_own(self):
        text = run("dossier", "-f", "markdown", q.WHERE, "RUS").stdout.decode()
        self.assertTrue(text.startswith("# Russia\n"))
        self.assertIn("\n## Positions\n", text)
        self.assertIn("| with | acts on them | they act | Goldstein, mean |", text)

    def test_a_name__of_nobody_or_of_several_is_told(self):
        for name, near in (("Karim Kahn", b"Karim Khan"), ("Bush", b"george-w-bush"), ("", b"nobody's name"), ("x" * 5000, b"nobody's name")):
            done = run("dossier", q.WHERE, name)
            self.assertEqual((done.returncode, done.stdout), (2, b""), name)
            self.assertIn(near, done.stderr)

    def test_whoever_only_the_store_knows__has_one(self):
        name = next(p["name"] for r in events() for p in acting(r) if p["entity"] is None and p["code"] is None and len(p["name"]) > 6)
        self.assertEqual(dossier(name)["kind"], "name")
        self.assertGreater(dossier(name)["acts"], 0)

    def test_nothing_stored_of_a_country__is_said(self):
        found = dossier("Tuvalu")
        self.assertEqual((found["acts"], found["receives"], found["partners"], found["events"]), (0, 0, [], []))
        self.assertIn(b"no events", run("dossier", q.WHERE, "Tuvalu").stdout)


def parties_besides(r):
    """Parties on neither side that a record has all the same."""
    if r["kind"] == "statement":
        return r["contrasts"]
    return [r["body"]] if r["kind"] == "vote" and r["body"] else []


class Kept(unittest.TestCase):
    """What is kept counted is what there is, whatever was replaced."""

    def check(self, db):
        def ask(sql):
            return sorted(tuple(round(v, 6) if isinstance(v, float) else v for v in row) for row in db.execute(sql))
        self.assertEqual(ask("SELECT * FROM side_month WHERE events > 0"), ask("""SELECT side, role, month, type, count(*), sum(happened),
            sum(goldstein * happened) + 0.0 FROM event_side GROUP BY side, role, month, type"""))
        self.assertEqual(ask("SELECT * FROM dyad_count WHERE events > 0"), ask("""SELECT actor, recipient, month, count(*), sum(quad = 1),
            sum(quad = 2), sum(quad = 3), sum(quad = 4), sum(goldstein) + 0.0 FROM dyad WHERE status IN ('asserted', 'ongoing') AND repeated = 0
            GROUP BY actor, recipient, month"""))
        return db.execute("SELECT sum(events) FROM side_month").fetchone()[0]

    def test_counts_that_are_kept__follow_documents_that_are_replaced_and_removed(self):
        path = os.path.join(q.folder.name, "kept.db")
        run("store", "--records", "--quiet", path, "-", data=q.CODED)
        with sqlite3.connect(path) as db:
            first = self.check(db)
        fewer = b"\n".join(line for i, line in enumerate(q.CODED.splitlines()) if b'"kind":"event"' not in line or i % 3) + b"\n"
        fewer = fewer.replace(b'"status":"planned"', b'"status":"asserted"')
        done = run("store", "--records", "--quiet", path, "-", data=fewer)
        self.assertEqual(done.returncode, 0, done.stderr)
        with sqlite3.connect(path) as db:
            second = self.check(db)
            self.assertLess(second, first)
            db.execute("PRAGMA foreign_keys = ON")
            db.execute("DELETE FROM document WHERE key % 2 = 0")
            self.assertLess(self.check(db), second)


@unittest.skipUnless(postgresql.available(), "PostgreSQL is not installed")
class DossierPostgresql(Dossier):
    """The same dossiers from the other database."""

    @classmethod
    def setUpClass(cls):
        cls.server = postgresql.Server()
        q.WHERE = cls.server.__enter__()
        done = run("store", "--records", "--quiet", q.WHERE, "-", data=q.CODED)
        assert done.returncode == 0, done.stderr

    @classmethod
    def tearDownClass(cls):
        q.WHERE = q.DB
        cls.server.__exit__()


if __name__ == "__main__":
    tap.main()
