"""What `chancery store` keeps, read with sqlite3 and psql: every record once, whatever
happens meanwhile. CHANCERY_KILLS is how often runs are killed (20)."""
import json
import os
import random
import signal
import sqlite3
import subprocess
import tempfile
import time
import unittest

import postgresql
import tap
from program import EXAMPLES, PROGRAM, SANITIZED, SOURCE, code, run

KILLS = int(os.environ.get("CHANCERY_KILLS", "20"))
FIXTURES = os.path.join(SOURCE, "tests", "store")
# what is stored of a record, told without keys: the same in any store of the same reports
FLAT = """SELECT d.id, r.id, e.type, e.mode, e.cameo, e.quad, e.goldstein, e.date_start, e.date_end, e.start_day, e.end_day, e.status,
 e.place_name, e.latitude, e.confidence FROM event e JOIN record r ON r.key = e.key JOIN document d ON d.key = r.document ORDER BY 1, 2"""
PARTIES = """SELECT d.id, r.id, p.role, p.n, a.name, a.code, a.country, a.sector, a.entity, p.text, p.span_start, p.via FROM party p
 JOIN actor a ON a.key = p.actor JOIN record r ON r.key = p.record JOIN document d ON d.key = r.document ORDER BY 1, 2, 3, 4"""
LINES = "SELECT r.json FROM record r JOIN document d ON d.key = r.document ORDER BY d.id, r.key"


class Stores(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name
        self.db = self.path("store.db")

    def path(self, name):
        return os.path.join(self.folder, name)

    def archive(self, count, name="archive.ndjson", suffix=""):
        texts = []
        for example in EXAMPLES:
            with open(example, encoding="utf-8") as f:
                texts.append(f.read())
        with open(self.path(name), "w", encoding="utf-8") as f:
            for i in range(count):
                text = texts[i % len(texts)][:300 + 97 * i % 1500] + suffix
                f.write(json.dumps({"id": f"d{i}", "date": "2024-05-14", "text": text}) + "\n")
        return self.path(name)

    def store(self, *args, expect=0, **kw):
        done = run("store", *args, **kw)
        self.assertEqual(done.returncode, expect, done.stderr.decode())
        return done

    def ask(self, sql, db=None):
        with sqlite3.connect(f"file:{db or self.db}?mode=ro", uri=True) as connection:
            return connection.execute(sql).fetchall()

    def assertSound(self, db=None):
        self.assertEqual(self.ask("PRAGMA integrity_check", db), [("ok",)])
        self.assertEqual(self.ask("PRAGMA foreign_key_check", db), [])

    def dump(self):
        with sqlite3.connect(self.db) as connection:
            return "\n".join(connection.iterdump())

    def test_lines_are_those_that_code_prints(self):
        self.store(self.db, *EXAMPLES)
        printed = code(*EXAMPLES)[0].stdout.decode().splitlines()
        documents = [line for line in printed if line.startswith('{"kind":"document"')]
        records = [line for line in printed if not line.startswith('{"kind":"document"')]
        self.assertEqual([line for line, in self.ask("SELECT line FROM document_line ORDER BY key")], documents)
        self.assertEqual([line for line, in self.ask("SELECT json FROM record ORDER BY key")], records)
        self.assertSound()

    def test_columns_are_those_of_the_record(self):
        self.store(self.db, *EXAMPLES)
        events = {(e["document"], e["id"]): e for e in code(*EXAMPLES)[1] if e["kind"] == "event"}
        rows = self.ask(FLAT)
        self.assertEqual({row[:2] for row in rows}, set(events))
        for document, key, type_, mode, cameo, quad, goldstein, start, end, _, _, status, place, latitude, confidence in rows:
            e = events[document, key]
            date, where = e["date"] or {"start": None, "end": None}, e["place"] or {"name": None, "latitude": None}
            self.assertEqual((type_, mode, cameo, quad, goldstein, start, end, status, place, latitude, confidence),
                             (e["type"], e["mode"], e["cameo"], e["quad"], e["goldstein"], date["start"], date["end"], e["status"],
                              where["name"], where["latitude"], e["confidence"]))
        parties = {(d, r, role, n): (name, code_) for d, r, role, n, name, code_, *_ in self.ask(PARTIES)}
        for (document, key), e in events.items():
            for role, people in (("actor", e["actors"]), ("recipient", e["recipients"])):
                for n, p in enumerate(people):
                    self.assertEqual(parties[document, key, role, n], (p["name"], p["code"]))

    def test_stored_again__changes_nothing(self):
        archive = self.archive(40)
        self.store(self.db, archive)
        before = self.dump()
        done = self.store(self.db, archive)
        self.assertIn(b"0 documents stored, 0 replaced, 40 as they were", done.stderr)
        self.assertEqual(self.dump(), before)

    def test_another_text_of_an_id__replaces_its_records(self):
        self.store(self.db, self.archive(10))
        keys = self.ask("SELECT id, key FROM document ORDER BY id")
        changed = self.archive(10, "changed.ndjson", " Norway expelled two Danish diplomats on Monday.")
        done = self.store(self.db, changed)
        self.assertIn(b"10 replaced", done.stderr)
        self.assertEqual(self.ask("SELECT id, key FROM document ORDER BY id"), keys)
        self.assertEqual([line for line, in self.ask("SELECT json FROM record ORDER BY document, key")],
                         [line for line in run("code", "-f", "ndjson", changed).stdout.decode().splitlines() if '"kind":"document"' not in line])
        self.assertSound()

    def test_another_lexicon__replaces_and_is_named(self):
        lexicon = self.path("lexicon")
        os.mkdir(lexicon)
        with open(os.path.join(lexicon, "more.txt"), "w", encoding="utf-8") as f:
            f.write("group zembla-front\n  name: Zembla Front\n  role: NORREB\n")
        self.store(self.db, EXAMPLES[0], EXAMPLES[1])
        done = self.store("-L", lexicon, self.db, EXAMPLES[0])
        self.assertIn(b"1 replaced", done.stderr)
        versions = self.ask("SELECT d.id, v.lexicon FROM document d JOIN version v ON v.key = d.made_by ORDER BY d.key")
        self.assertEqual([v[0] for v in versions], [EXAMPLES[0], EXAMPLES[1]])
        self.assertNotEqual(versions[0][1], versions[1][1])

    def test_records_made_before__give_the_same_rows(self):
        self.store(self.db, *EXAMPLES)
        other = self.path("other.db")
        self.store("--records", other, "-", data=run("code", "-f", "ndjson", *EXAMPLES).stdout)
        for sql in (FLAT, PARTIES, LINES):
            self.assertEqual(self.ask(sql), self.ask(sql, other))

    def test_records_that_are_none__are_told_with_their_line(self):
        good = run("code", "-f", "ndjson", EXAMPLES[0]).stdout
        for bad in (b'{"kind":"event"}\n', b"{\n", b"[]\n", b'{"kind":"document","id":7}\n', b"\xff\xfe\n", b'{"kind":"vote","document":"x"}\n'):
            done = run("store", "--records", self.db, "-", data=good + bad)
            self.assertIn(done.returncode, (1, 3), bad)
            self.assertIn(str(good.count(b"\n") + 1).encode(), done.stderr, bad)
            self.assertSound()

    def test_what_is_no_store__is_refused_and_stays(self):
        for name, content in (("text", b"no database at all, but a text\n" * 40), ("short", b"x")):
            with open(self.path(name), "wb") as f:
                f.write(content)
            done = self.store(self.path(name), EXAMPLES[0], expect=4)
            self.assertIn(name.encode(), done.stderr)
            with open(self.path(name), "rb") as f:
                self.assertEqual(f.read(), content)
        with sqlite3.connect(self.path("foreign.db")) as db:
            db.execute("CREATE TABLE cake (sort TEXT)")
        self.assertIn(b"foreign.db", self.store(self.path("foreign.db"), EXAMPLES[0], expect=4).stderr)
        self.assertEqual(self.ask("SELECT name FROM sqlite_schema", self.path("foreign.db")), [("cake",)])
        self.store(self.path("no/such/folder.db"), EXAMPLES[0], expect=4)

    def test_store_of_a_later_schema__is_refused(self):
        self.store(self.db, EXAMPLES[0])
        with sqlite3.connect(self.db) as db:
            db.execute("PRAGMA user_version = 999")
        self.assertIn(b"999", self.store(self.db, EXAMPLES[0], expect=4).stderr)

    def test_store_of_the_first_schema__is_brought_to_this_one(self):
        with open(os.path.join(FIXTURES, "version-1.sql"), encoding="utf-8") as f:
            dump = f.read()
        with sqlite3.connect(self.db) as db:
            # a dump tells of virtual tables by writing the schema itself
            db.executescript("PRAGMA writable_schema = ON;" + dump if "writable_schema" in dump else dump)
        records = os.path.join(FIXTURES, "version-1.ndjson")
        self.store(self.db)
        fresh = self.path("fresh.db")
        self.store("--records", fresh, records)
        for sql in (FLAT, PARTIES, LINES, "SELECT line FROM document_line ORDER BY key", "SELECT * FROM dyad_month ORDER BY 1, 2, 3",
                    "SELECT name, type, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_%' AND name NOT LIKE 'document_text%' "
                    "AND name NOT LIKE 'event_place%' ORDER BY 1"):
            self.assertEqual(self.ask(sql), self.ask(sql, fresh), sql)
        self.assertIn(b" as they were", self.store("--records", self.db, records).stderr)
        self.assertSound()

    def test_killed_at_any_moment__loses_and_doubles_nothing(self):
        rng = random.Random(5)
        count = 60 if SANITIZED else 400
        archive = self.archive(count)
        kills, had = 0, set()
        while kills < KILLS:
            process = subprocess.Popen([PROGRAM, "store", "--quiet", self.db, archive])
            time.sleep(rng.uniform(0.01, 0.4))
            process.kill()
            code_ = process.wait()
            kills += code_ == -signal.SIGKILL
            if os.path.exists(self.db) and self.ask("SELECT count(*) FROM sqlite_schema WHERE name = 'document'") == [(1,)]:
                has = {i for i, in self.ask("SELECT id FROM document")}
                self.assertLessEqual(had, has)
                had = has
                if code_ == 0:
                    os.unlink(self.db)
                    had = set()
        self.store(self.db, archive)
        self.assertEqual(self.ask("SELECT count(*), count(DISTINCT id) FROM document"), [(count, count)])
        self.assertSound()
        clean = self.path("clean.db")
        self.store(clean, archive)
        for sql in (FLAT, PARTIES, LINES, "SELECT * FROM dyad_month ORDER BY 1, 2, 3"):
            self.assertEqual(self.ask(sql), self.ask(sql, clean))

    def test_two_writers__wait_for_each_other(self):
        archives = [self.archive(60, f"{k}.ndjson") for k in "ab"]
        with open(archives[1], encoding="utf-8") as f:
            text = f.read().replace('"id": "d', '"id": "e')
        with open(archives[1], "w", encoding="utf-8") as f:
            f.write(text)
        writers = [subprocess.Popen([PROGRAM, "store", "--quiet", self.db, a]) for a in archives]
        self.assertEqual([w.wait() for w in writers], [0, 0])
        self.assertEqual(self.ask("SELECT count(*) FROM document"), [(120,)])
        self.assertSound()

    def test_error_of_an_input__is_kept_until_it_can_be_read(self):
        self.store(self.db, self.path("missing.txt"), EXAMPLES[0], expect=3)
        self.assertEqual(len(self.ask("SELECT * FROM error")), 1)
        with open(EXAMPLES[1], encoding="utf-8") as f, open(self.path("missing.txt"), "w", encoding="utf-8") as to:
            to.write(f.read())
        self.store(self.db, self.path("missing.txt"))
        self.assertEqual(self.ask("SELECT * FROM error"), [])


@unittest.skipUnless(postgresql.available(), "PostgreSQL is not installed: apt-get install postgresql")
class PostgreSQL(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = postgresql.Server()
        cls.address = cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = folder.name
        cls.databases = 0

    def setUp(self):
        PostgreSQL.databases += 1
        name = f"store{self.databases}"
        self.psql(f"CREATE DATABASE {name}", self.address)
        self.db = self.address.rsplit("/", 1)[0] + "/" + name

    def psql(self, sql, address=None):
        done = subprocess.run(["psql", "-X", "-A", "-t", "-F", "\t", "-v", "ON_ERROR_STOP=1", address or self.db, "-c", sql],
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.splitlines()

    archive = Stores.archive

    def path(self, name):
        return os.path.join(self.folder, name)

    def store(self, *args, expect=0, **kw):
        done = run("store", *args, **kw)
        self.assertEqual(done.returncode, expect, done.stderr.decode())
        return done

    def test_has_the_lines_that_code_prints__and_changes_nothing_twice(self):
        self.store(self.db, *EXAMPLES)
        printed = [l for l in code(*EXAMPLES)[0].stdout.decode().splitlines() if not l.startswith('{"kind":"document"')]
        self.assertEqual(self.psql("SELECT json FROM record ORDER BY key"), printed)
        self.assertIn(b"0 documents stored, 0 replaced, 5 as they were", self.store(self.db, *EXAMPLES).stderr)
        self.assertEqual(self.psql("SELECT count(*) FROM record"), [str(len(printed))])

    def test_is_exported_as_its_records_are(self):
        self.store(self.db, *EXAMPLES)
        printed = code(*EXAMPLES)[0].stdout
        # a batch may come in in another order, and rows are numbered in it
        rows = [sorted(line.split(b"\t")[1:] for line in text.splitlines()) for text in (
            run("export", "-q", "-f", "gdelt", self.db).stdout, run("export", "-q", "-f", "gdelt", data=printed).stdout)]
        self.assertEqual(rows[0], rows[1])

    def test_has_the_rows_of_sqlite(self):
        archive = self.archive(60, "rows.ndjson")
        sqlite = self.path("rows.db")
        for db in (self.db, sqlite):
            self.store(db, archive)
        count = "SELECT (SELECT count(*) FROM {}) FROM version LIMIT 1"
        with sqlite3.connect(sqlite) as lite:
            for table in ("document", "record", "event", "statement", "amount", "vote", "relation", "party", "actor", "dyad", "dyad_month"):
                self.assertEqual(self.psql(count.format(table)), [str(lite.execute(count.format(table)).fetchone()[0])], table)
            wanted = ["\t".join(map(str, row)) for row in lite.execute(
                "SELECT actor, recipient, month, events, verbal_cooperation, material_conflict FROM dyad_month ORDER BY 1, 2, 3")]
        got = self.psql("SELECT actor, recipient, month, events, verbal_cooperation, material_conflict FROM dyad_month "
                        "ORDER BY actor COLLATE \"C\", recipient COLLATE \"C\", month COLLATE \"C\" NULLS FIRST")
        self.assertEqual(got, [w.replace("None", "") for w in wanted])

    def test_several_writers_of_the_same_reports__store_each_once(self):
        archive = self.archive(80, "several.ndjson")
        writers = [subprocess.Popen([PROGRAM, "store", "--quiet", "-j1", self.db, archive]) for _ in range(3)]
        self.assertEqual([w.wait() for w in writers], [0, 0, 0])
        self.assertEqual(self.psql("SELECT count(*), count(DISTINCT id) FROM document"), ["80\t80"])
        clean = self.path("several.db")
        self.store(clean, archive)
        with sqlite3.connect(clean) as lite:
            self.assertEqual(self.psql("SELECT count(*) FROM record"), [str(lite.execute("SELECT count(*) FROM record").fetchone()[0])])

    def test_killed_at_any_moment__loses_and_doubles_nothing(self):
        rng = random.Random(6)
        archive = self.archive(60 if SANITIZED else 300, "killed.ndjson")
        kills, had = 0, set()
        while kills < min(KILLS, 200):
            process = subprocess.Popen([PROGRAM, "store", "--quiet", self.db, archive])
            time.sleep(rng.uniform(0.02, 0.4))
            process.kill()
            code_ = process.wait()
            kills += code_ == -signal.SIGKILL
            if self.psql("SELECT count(*) FROM pg_tables WHERE tablename = 'document'") == ["1"]:
                has = set(self.psql("SELECT id FROM document"))
                self.assertLessEqual(had, has)
                had = has
                if code_ == 0:
                    self.psql("DELETE FROM document")
                    had = set()
        self.store(self.db, archive)
        clean = self.path("killed.db")
        self.store(clean, archive)
        with sqlite3.connect(clean) as lite:
            for table in ("document", "record", "party", "event", "dyad"):
                self.assertEqual(self.psql(f"SELECT count(*) FROM {table}"), [str(lite.execute(f"SELECT count(*) FROM {table}").fetchone()[0])], table)

    def test_server_that_is_not_there__is_told(self):
        done = self.store("postgres://desk@127.0.0.1:1/nothing", EXAMPLES[0], expect=4)
        self.assertIn(b"127.0.0.1", done.stderr)


if __name__ == "__main__":
    tap.main()
