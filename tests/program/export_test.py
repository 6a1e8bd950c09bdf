"""Exports, read back with readers that are not ours: Python's csv, sqlite3, jq, xmllint."""
import csv
import gzip
import io
import itertools
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tempfile
import unittest
import xml.etree.ElementTree as ElementTree

import tap
from export_records import CAMEO, CODES, COUNTRIES, NAMES, SECTORS, made, ndjson
from program import EXAMPLES, PROGRAM, SANITIZED, SOURCE, code, run
from records import MODES, QUAD, STATUSES, TYPES

LINES = made()
RECORDS = ndjson(LINES)
DONE = {"asserted", "ongoing"}
INTENT = {"036", "0332"}  # of the planned acts in the records, those that CAMEO has a code of intent for


def export(format, *args, data=RECORDS, code=0):
    done = run("export", "-q", "-f", format, *args, data=data)
    if done.returncode != code:
        raise AssertionError(f"{format} {args}: exit {done.returncode}: {done.stderr.decode()}")
    return done.stdout


def tabs(text, header=False):
    """Rows, as the fields between tabs: no reader of these series knows quoting."""
    text = text.decode()
    assert "\r" not in text and text.endswith("\n"), "line ends"
    rows = [line.split("\t") for line in text[:-1].split("\n")]
    return rows[1:] if header else rows


def events(lines=LINES):
    return [r for r in lines if r["kind"] == "event"]


def published(record, lines=LINES):
    return [d["published"] for d in lines if d["kind"] == "document" and d["id"] == record["document"]][0]


def dyads(record, both):
    """Pairs of codes that have a row; with `both` each side must have one."""
    pairs = []
    for a, b in itertools.product(record["actors"] or [None], record["recipients"] or [None]):
        if a and b and (a["span"], a["code"], a["name"]) == (b["span"], b["code"], b["name"]):
            continue
        codes = tuple(p and p["code"] for p in (a, b))
        if all(codes) or (not both and any(codes)):
            pairs.append(codes)
    return pairs


def kept(record, statuses=DONE | {"planned"}, cameo=True):
    return (record["status"] in statuses and record["repeats"] is None and (record["cameo"] or not cameo) and
            (record["status"] != "planned" or not cameo or record["cameo"] in INTENT))


# ------------------------------------------------------------------ what columns may hold

def one_of(values, empty=False):
    return lambda v: v in values or (empty and v == "")


def matches(pattern):
    return lambda v: re.fullmatch(pattern, v) is not None


def number(low, high, empty=True):
    return lambda v: (empty and v == "") or (re.fullmatch(r"-?\d+(\.\d+)?", v) is not None and low <= float(v) <= high)


def actor_code(empty):
    def check(v):
        groups = [v[i:i + 3] for i in range(0, len(v), 3)]
        known = COUNTRIES | SECTORS | {"IGO", "NGO", "IMG", "MNC"}
        return v == "" if not groups else groups[0] in known and all(re.fullmatch("[A-Z]{3}", g) for g in groups)
    return lambda v: check(v) and (empty or v != "")


def listed(test, mark=";"):
    return lambda v: v == "" or all(test(part) for part in v.split(mark))


TEXT = matches(r"[^\t\n\r\"\x00-\x1f]*")
DAY8 = matches(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])")
DAY = matches(r"(19|20)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
STAMP = matches(r"(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])000000")
INTEGER = matches(r"-?\d+")
SECTOR3 = one_of(SECTORS, empty=True)
ROOTS = COUNTRIES | {"IGO", "NGO", "IMG", "MNC"}

PARTY_PHOENIX = [("Full", actor_code(False)), ("Entity", one_of(ROOTS, True)), ("Role", one_of(set(
    "GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CRM CVL".split()), True)), ("Attribute", listed(matches("[A-Z]{3}")))]
PHOENIX = ([("EventID", matches(r"\d+_chancery[\d.]+")), ("Date", DAY8), ("Year", matches(r"\d{4}")), ("Month", matches("0[1-9]|1[0-2]")),
            ("Day", matches(r"[0-3]\d"))] +
           [("SourceActor" + n, t) for n, t in PARTY_PHOENIX] + [("TargetActor" + n, t) for n, t in PARTY_PHOENIX] +
           [("EventCode", one_of(CAMEO)), ("EventRootCode", matches("0[1-9]|1\\d|20")), ("QuadClass", one_of(set("01234"))),
            ("GoldsteinScore", number(-10, 10, False)), ("Issues", one_of({""})), ("Lat", number(-90, 90)), ("Lon", number(-180, 180)),
            ("LocationName", TEXT), ("StateName", TEXT), ("CountryCode", one_of(COUNTRIES, True)),
            ("SentenceID", matches(r"[^\t]+_\d+")), ("URLs", TEXT), ("NewsSources", matches(r"[^\t]+"))])

ICEWS = [("Event ID", INTEGER), ("Event Date", DAY), ("Source Name", matches(r"[^\t]+")), ("Source Sectors", TEXT),
         ("Source Country", one_of(NAMES | {"Russian Federation"}, True)), ("Event Text", matches(r"[^\t]+")), ("CAMEO Code", one_of(CAMEO)),
         ("Intensity", number(-10, 10, False)), ("Target Name", matches(r"[^\t]+")), ("Target Sectors", TEXT),
         ("Target Country", one_of(NAMES | {"Russian Federation"}, True)), ("Story ID", INTEGER), ("Sentence Number", INTEGER),
         ("Publisher", TEXT), ("City", TEXT), ("District", TEXT), ("Province", TEXT), ("Country", one_of(NAMES | {"Russian Federation"}, True)),
         ("Latitude", number(-90, 90)), ("Longitude", number(-180, 180))]

GDELT_TYPES = set("COP GOV INS JUD MIL OPP REB SEP SPY UAF AGR BUS CRM CVL DEV EDU ELI ENV HLH HRI LAB LEG MED REF MOD RAD IGO IMG INT MNC "
                  "NGM NGO SET".split())
EMPTY = one_of({""})
GDELT = [("GLOBALEVENTID", INTEGER), ("SQLDATE", DAY8), ("MonthYear", matches(r"\d{6}")), ("Year", matches(r"\d{4}")),
         ("FractionDate", matches(r"\d{4}\.\d{4}"))]
for _n in "12":
    GDELT += [(f"Actor{_n}Code", actor_code(True)), (f"Actor{_n}Name", lambda v: v == v.upper()), (f"Actor{_n}CountryCode", one_of(COUNTRIES, True)),
              (f"Actor{_n}KnownGroupCode", matches("([A-Z]{3})?")), (f"Actor{_n}EthnicCode", EMPTY), (f"Actor{_n}Religion1Code", EMPTY),
              (f"Actor{_n}Religion2Code", EMPTY)] + [(f"Actor{_n}Type{k}Code", one_of(GDELT_TYPES, True)) for k in "123"]
GDELT += [("IsRootEvent", one_of({"0", "1"})), ("EventCode", one_of(CAMEO)), ("EventBaseCode", matches(r"\d{3}")),
          ("EventRootCode", matches("0[1-9]|1\\d|20")), ("QuadClass", one_of(set("1234"))), ("GoldsteinScale", number(-10, 10, False)),
          ("NumMentions", matches("[1-9]\\d*")), ("NumSources", one_of({"1"})), ("NumArticles", one_of({"1"})), ("AvgTone", EMPTY)]
for _p in ("Actor1Geo", "Actor2Geo", "ActionGeo"):
    GDELT += [(_p + "_Type", one_of(set("012345"))), (_p + "_FullName", TEXT), (_p + "_CountryCode", one_of(set(CODES["fips"].values()), True)),
              (_p + "_ADM1Code", matches("([A-Z]{2}([A-Z]{2})?)?")), (_p + "_ADM2Code", EMPTY), (_p + "_Lat", number(-90, 90)),
              (_p + "_Long", number(-180, 180)), (_p + "_FeatureID", matches("([A-Z]{2})?"))]
GDELT += [("DATEADDED", STAMP), ("SOURCEURL", matches(r"[^\t]+"))]

MENTIONS = [("GLOBALEVENTID", INTEGER), ("EventTimeDate", STAMP), ("MentionTimeDate", STAMP), ("MentionType", one_of(set("123456"))),
            ("MentionSourceName", matches(r"[^\t]+")), ("MentionIdentifier", matches(r"[^\t]+")), ("SentenceID", matches("[1-9]\\d*")),
            ("Actor1CharOffset", INTEGER), ("Actor2CharOffset", INTEGER), ("ActionCharOffset", INTEGER), ("InRawText", one_of({"0", "1"})),
            ("Confidence", number(0, 100, False)), ("MentionDocLen", INTEGER), ("MentionDocTone", EMPTY), ("MentionDocTranslationInfo", EMPTY),
            ("Extras", EMPTY)]


def or_none(test):
    return lambda v: v == "None" or (v != "" and test(v))


POLECAT = [("Event ID", matches(r"\d{8}-[0-9a-f]{4}-[0-9a-f]{12}_[A-Z]+_e\d+")), ("Event Date", DAY), ("Event Type", one_of(TYPES)),
           ("Event Mode", or_none(one_of({m for ms in MODES.values() for m in ms.split()}))), ("Intensity", number(-10, 10, False)),
           ("Quad Code", one_of({"VERBAL COOPERATION", "MATERIAL COOPERATION", "VERBAL CONFLICT", "MATERIAL CONFLICT"})),
           ("Contexts", or_none(listed(matches("[a-z_]+"), "; ")))]
for _s in ("Actor", "Recipient"):
    POLECAT += [(_s + " Name", TEXT), (_s + " Country", or_none(listed(one_of(ROOTS), "; "))),
                (_s + " COW", or_none(listed(one_of(set(CODES["cow"].values())), "; "))), (f"Primary {_s} Sector", or_none(one_of(SECTORS))),
                (_s + " Sectors", or_none(listed(one_of(SECTORS), "; "))), (_s + " Title", one_of({"None"})), (_s + " Name Raw", TEXT),
                (f"Wikipedia {_s} ID", one_of({"None"}))]
POLECAT += [("Placename", TEXT), ("City", TEXT), ("District", TEXT), ("Province", TEXT), ("Country", or_none(one_of(COUNTRIES))),
            ("Latitude", or_none(number(-90, 90))), ("Longitude", or_none(number(-180, 180))), ("GeoNames ID", or_none(INTEGER)),
            ("Raw Placename", TEXT), ("Feature Type", or_none(one_of({"PCLI", "ADM1", "ADM2", "PPL", "RGN"}))), ("Source", TEXT),
            ("Publication Date", or_none(DAY)), ("Story People", TEXT), ("Story Organizations", TEXT), ("Story Locations", TEXT),
            ("Language", or_none(matches("[a-z]{2}.*"))), ("Version", matches(r"chancery-[\d.]+"))]


class Tables(unittest.TestCase):
    def check(self, rows, columns):
        for row in rows:
            self.assertEqual(len(row), len(columns), row)
            for value, (name, test) in zip(row, columns):
                self.assertTrue(test(value), f"{name}: {value!r} in {row}")

    def rows_of(self, format, columns, header=False, data=RECORDS, args=()):
        text = export(format, *args, data=data)
        if header:
            self.assertEqual(text.decode().split("\n")[0].split("\t"), [c[0] for c in columns])
        rows = tabs(text, header)
        self.check(rows, columns)
        return rows

    def names_of(self, format):
        done = run("export", "-f", format, "--data-dictionary")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode())))
        self.assertEqual([int(r["number"]) for r in rows], list(range(1, len(rows) + 1)))
        return [r["column"] for r in rows]

    def test_phoenix__columns_and_rows(self):
        self.assertEqual(len(PHOENIX), 26)
        self.assertEqual(self.names_of("phoenix"), [c[0] for c in PHOENIX])
        rows = self.rows_of("phoenix", PHOENIX)
        self.assertEqual([(r[5], r[9], r[13]) for r in rows],
                         [(a, b, e["cameo"]) for e in events() if kept(e) for a, b in dyads(e, True)])
        self.assertEqual([r[0].split("_")[0] for r in rows], [str(i + 1) for i in range(len(rows))])
        version = rows[0][0].split("_")[1]
        self.assertEqual(rows[1], ["2_" + version, "20240402", "2024", "04", "02", "DEUGOV", "DEU", "GOV", "", "POL", "POL", "", "", "046", "04",
                                   "1", "7.0", "", "52.52", "13.4", "Berlin", "Berlin", "DEU", "news/one 'a'_2",
                                   "https://www.example.org/a?b=1", "AFP"])

    def test_phoenix__class_of_reduced_relations_is_not_gdelts(self):
        lines = made()
        for e in events(lines):
            e["cameo"] = "161" if e["cameo"] == "111" else e["cameo"]
        condemned = [r for r in tabs(export("phoenix", data=ndjson(lines))) if r[13] == "161"]
        self.assertEqual({r[15] for r in condemned}, {"3"})
        self.assertEqual({r[29] for r in tabs(export("gdelt", data=ndjson(lines))) if r[26] == "161"}, {"4"})

    def test_phoenix__same_rows_of_a_document_are_one(self):
        lines = made()
        again = [dict(e, id="e99") for e in events(lines) if e["cameo"] == "173" and e["repeats"] is None]
        lines[1:1] = again
        self.assertEqual(len(tabs(export("phoenix", data=ndjson(lines)))), len(tabs(export("phoenix"))))

    def test_petrarch2__columns_with_and_without_an_address(self):
        rows = tabs(export("petrarch2"))
        self.assertEqual([r[1:4] for r in rows], [r[5:6] + r[9:10] + r[13:14] for r in tabs(export("phoenix"))])
        for row in rows:
            self.assertTrue(DAY8(row[0]) and actor_code(False)(row[1]) and actor_code(False)(row[2]) and row[3] in CAMEO and row[4] == "", row)
            self.assertRegex(row[5], r"_\d+$")
        self.assertEqual(rows[0][6:], ["https://www.example.org/a?b=1", "AFP"])
        self.assertEqual(rows[-1], ["20200401", "FRA", "KEN", "051", "", "news/three_1", "NULL"])
        texts = tabs(export("petrarch2-text"))
        self.assertEqual(texts[-1], rows[-1] + ["France", "Kenya", "praised", "FRA", "KEN"])
        self.assertEqual([len(t) for t in texts], [len(r) + 5 for r in rows])

    def test_icews__columns_and_rows(self):
        rows = self.rows_of("icews", ICEWS, header=True)
        self.assertEqual([r[6] for r in rows], [r[13] for r in tabs(export("phoenix"))])
        self.assertEqual(len({r[0] for r in rows}), len(rows))
        police = [r for r in rows if r[6] == "173"][0]
        self.assertEqual(police[2:5], ["'Caf\u00e9' police of Kinshasa", "Police", "Democratic Republic of the Congo"])
        self.assertEqual(police[8:13], ["rebels", "Rebel", "", "1", "3"])

    def test_gdelt__columns_and_rows(self):
        self.assertEqual((len(GDELT), len(MENTIONS)), (61, 16))
        self.assertEqual(self.names_of("gdelt"), [c[0] for c in GDELT])
        self.assertEqual(self.names_of("gdelt-mentions"), [c[0] for c in MENTIONS])
        rows = self.rows_of("gdelt", GDELT)
        self.assertEqual([(r[5], r[15], r[26]) for r in rows],
                         [(a or "", b or "", e["cameo"]) for e in events() if kept(e) for a, b in dyads(e, False)])
        self.assertEqual([r[0] for r in rows], [str(i + 1) for i in range(len(rows))])
        austin = rows[-2]
        self.assertEqual(austin[51:59], ["3", "Austin, Texas, United States", "US", "USTX", "", "30.27", "-97.74", ""])
        self.assertEqual(rows[0][1:5], ["20240402", "202404", "2024", "2024.2521"])  # (3 x 30 + 2) / 365
        self.assertEqual({r[26]: r[31] for r in rows}["173"], "2")  # told and restated

    def test_gdelt__mentions_are_of_the_events(self):
        rows, mentions = tabs(export("gdelt")), self.rows_of("gdelt-mentions", MENTIONS)
        counts = {r[0]: int(r[31]) for r in rows}
        for serial, group in itertools.groupby(mentions, lambda m: m[0]):
            self.assertEqual(len(list(group)), counts.pop(serial))
        self.assertEqual(counts, {})
        text = LINES[0]["text"]
        arrested = [m for m in mentions if rows[int(m[0]) - 1][26] == "173"]
        self.assertEqual([int(m[9]) for m in arrested], [text.index("arrested"), text.index("detained")])
        self.assertEqual([int(m[7]) for m in arrested], [text.index("\"Caf"), text.index("Kinshasa's")])
        self.assertEqual({m[12] for m in mentions}, {str(len(text)), "35"})

    def test_gdelt__sqlite_imports_it(self):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "events.tsv")
            with open(path, "wb") as f:
                f.write(export("gdelt"))
            columns = ", ".join(f"{name} TEXT" for name, _ in GDELT)
            if shutil.which("sqlite3"):
                base = os.path.join(folder, "e.db")
                done = subprocess.run(["sqlite3", base, f"CREATE TABLE e ({columns});", ".mode ascii", '.separator "\\t" "\\n"', f".import {path} e"],
                                      capture_output=True, timeout=60)
                self.assertEqual((done.returncode, done.stderr), (0, b""))
                with sqlite3.connect(base) as db:
                    rows = db.execute("SELECT * FROM e").fetchall()
                self.assertEqual([list(r) for r in rows], tabs(export("gdelt")))
            else:
                self.skipTest("no sqlite3 here")

    def test_polecat__columns_and_rows(self):
        self.assertEqual(len(POLECAT), 40)
        rows = self.rows_of("polecat", POLECAT, header=True)
        self.assertEqual([r[0].split("_")[2] for r in rows], [e["id"] for e in events() if kept(e, DONE, cameo=False)])
        self.assertEqual(rows[0][7:12], ["Poland; Germany", "POL; DEU", "290; 255", "None" if rows[0][10] == "None" else "GOV", "GOV"])
        by_module = list(csv.reader(io.StringIO(export("polecat").decode()), delimiter="\t"))
        self.assertEqual(by_module[1:], rows)  # no quotation mark misleads a reader that knows them
        self.assertEqual({r[2]: r[5].split()[1][:4] for r in rows if QUAD[r[2]] > 2}, {t: "CONF" for t in {r[2] for r in rows} if QUAD[t] > 2})

    def test_statuses__what_is_not_done_is_asked_for(self):
        def codes(*args):
            return sorted({r[26] for r in tabs(export("gdelt", *args))})
        self.assertNotIn("190:COD", [f"{r[26]}:{r[15]}" for r in tabs(export("gdelt"))])
        self.assertEqual(codes("--status", "negated"), ["190"])
        self.assertEqual(codes("--status", "possible,negated"), ["0332", "190"])
        self.assertNotIn("194", codes("--status", "planned"))  # a planned attack: CAMEO has no such code
        self.assertEqual(codes("--status", "planned"), ["036"])
        self.assertEqual(run("export", "-f", "gdelt", "--status", "maybe", data=RECORDS).returncode, 2)

    def test_repeats_confidence_and_first_id(self):
        self.assertEqual(len(tabs(export("phoenix", "--repeats"))), len(tabs(export("phoenix"))))  # once a document
        self.assertEqual(len(tabs(export("icews", "--repeats"))), len(tabs(export("icews"))) + 1)
        self.assertEqual(export("gdelt", "--min-confidence", "0.8"), b"")
        self.assertEqual([r[0] for r in tabs(export("gdelt", "--first-id", "1000"))][:2], ["1000", "1001"])

    def test_days__planned_acts_are_told_on_the_day_of_the_report(self):
        self.assertEqual({r[1] for r in tabs(export("gdelt", "--status", "planned"))}, {"20240402"})

    def test_real_records__of_the_examples(self):
        done, records = code("--date", "2024-04-02", *EXAMPLES)
        data = done.stdout
        for format, columns, header in (("phoenix", PHOENIX, False), ("icews", ICEWS, True), ("gdelt", GDELT, False),
                                        ("gdelt-mentions", MENTIONS, False), ("polecat", POLECAT, True)):
            rows = self.rows_of(format, columns, header, data)
            self.assertGreater(len(rows), 5, format)
        statuses = {e["status"] for e in events(records)}
        self.assertTrue(statuses <= STATUSES)
        wanted = [e for e in events(records) if e["status"] in DONE and not e["repeats"]]
        self.assertEqual(len(tabs(export("polecat", data=data), True)), len(wanted))


KINDS = {"document": "document", "event": "event", "participant": "event", "statement": "statement", "amount": "amount", "vote": "vote",
         "ballot": "vote", "relation": "relation"}


class Csv(unittest.TestCase):
    def table(self, kind, data=RECORDS):
        return list(csv.DictReader(io.StringIO(export("csv", "--kind", kind, data=data).decode(), newline="")))

    def test_csv__every_record_has_its_row(self):
        for kind in KINDS:
            rows = self.table(kind)
            of_kind = [r for r in LINES if r["kind"] == KINDS[kind]]
            if kind == "participant":
                self.assertEqual([(r["id"], r["role"], r["code"]) for r in rows],
                                 [(e["id"], role, p["code"] or "") for e in of_kind for role in ("actor", "recipient") for p in e[role + "s"]])
            elif kind == "ballot":
                self.assertEqual([(r["voter_code"], r["ballot"]) for r in rows],
                                 [(b["voter"]["code"], b["ballot"]) for v in of_kind for b in v["ballots"]])
            elif kind == "document":
                self.assertEqual([r["document"] for r in rows], [d["id"] for d in of_kind])
                self.assertEqual([int(r["characters"]) for r in rows], [len(d["text"]) for d in of_kind])
            else:
                self.assertEqual([(r["document"], r["id"], r["status"]) for r in rows], [(e["document"], e["id"], e["status"]) for e in of_kind])
        self.assertEqual(self.table("event")[1]["cameo"], "173")
        self.assertEqual(self.table("event")[2]["cameo"], "036")
        self.assertEqual(self.table("vote")[0]["votes_for"], "12")

    def test_csv__text_comes_back_as_it_was(self):
        rows = self.table("participant")
        self.assertIn("\"Caf\u00e9\" police\nof Kinshasa", [r["text"] for r in rows])
        lines = made()
        odd = "a,b\n\"c\"\t\u2028;=1+1 "
        lines[0]["title"] = odd
        self.assertEqual(self.table("document", ndjson(lines))[0]["title"], odd)

    def test_csv__one_file_a_table_in_a_folder(self):
        with tempfile.TemporaryDirectory() as folder:
            export("csv", "-o", folder)
            self.assertEqual(sorted(os.listdir(folder)), sorted(k + ".csv" for k in KINDS))
            for kind in KINDS:
                with open(os.path.join(folder, kind + ".csv"), "rb") as f:
                    self.assertEqual(f.read(), export("csv", "--kind", kind))
        with tempfile.TemporaryDirectory() as folder:
            self.assertEqual(run("export", "-f", "gdelt", "-o", folder, data=RECORDS).returncode, 2)

    def test_csv__sqlite_imports_it(self):
        if not shutil.which("sqlite3"):
            self.skipTest("no sqlite3 here")
        with tempfile.TemporaryDirectory() as folder:
            path, base = os.path.join(folder, "p.csv"), os.path.join(folder, "p.db")
            export("csv", "--kind", "participant", "-o", path)
            done = subprocess.run(["sqlite3", base, f".import --csv {path} p"], capture_output=True, timeout=60)
            self.assertEqual((done.returncode, done.stderr), (0, b""))
            with sqlite3.connect(base) as db:
                self.assertEqual([r[0] for r in db.execute("SELECT text FROM p")], [r["text"] for r in self.table("participant")])

    def test_dictionary__names_every_column(self):
        done = run("export", "--data-dictionary")
        rows = list(csv.DictReader(io.StringIO(done.stdout.decode(), newline="")))
        for kind in KINDS:
            header = next(csv.reader(io.StringIO(export("csv", "--kind", kind).decode(), newline="")))
            self.assertEqual([r["column"] for r in rows if r["format"] == "csv-" + kind], header)
        self.assertTrue(all(r["meaning"] and r["type"] in {"text", "list", "integer", "number", "date", "code", "flag"} for r in rows))
        markdown = run("export", "--format", "csv", "--data-dictionary=markdown").stdout.decode()
        self.assertEqual(len(re.findall(r"^\| \d+ \|", markdown, re.M)), len([r for r in rows if r["format"].startswith("csv-")]))
        self.assertEqual(run("export", "-f", "geojson", "--data-dictionary").returncode, 2)
        with open(os.path.join(SOURCE, "docs", "export.md"), encoding="utf-8") as f:
            self.assertTrue(f.read().endswith(run("export", "--data-dictionary=markdown").stdout.decode()))


class Calendar(unittest.TestCase):
    def entries(self, text):
        """Each VEVENT as {property: value}, by the rules of RFC 5545."""
        self.assertTrue(text.endswith(b"\r\n"))
        physical = text.split(b"\r\n")[:-1]
        for line in physical:
            self.assertLessEqual(len(line), 75)
            line.decode()  # no character is cut in two
            self.assertNotIn(b"\n", line)
        lines = []
        for line in physical:
            if line.startswith(b" "):
                lines[-1] += line[1:]
            else:
                lines.append(line)
        self.assertEqual((lines[0], lines[-1], lines[1]), (b"BEGIN:VCALENDAR", b"END:VCALENDAR", b"VERSION:2.0"))
        found, at = [], None
        for line in lines[1:-1]:
            name, value = re.fullmatch(r"([A-Z][A-Z0-9-]*(?:;[A-Z]+=[A-Z]+)*):(.*)", line.decode(), re.S).groups()
            if (name, value) == ("BEGIN", "VEVENT"):
                at = {}
            elif (name, value) == ("END", "VEVENT"):
                found.append(at)
                at = None
            elif at is not None:
                self.assertNotIn(name, at)
                at[name] = value
        self.assertIsNone(at)
        return found

    @staticmethod
    def unescape(value):
        return re.sub(r"\\(.)", lambda m: "\n" if m[1] in "nN" else m[1], value)

    def test_icalendar__planned_acts_on_the_days_that_are_told(self):
        entries = self.entries(export("icalendar"))
        self.assertEqual([(e["DTSTART;VALUE=DATE"], e["DTEND;VALUE=DATE"]) for e in entries], [("20240412", "20240413"), ("20240501", "20240601")])
        self.assertEqual(entries[0]["SUMMARY"], "CONSULT: Poland\\, Germany")
        self.assertEqual(self.unescape(entries[0]["DESCRIPTION"]), "They will meet again on 12 April.")
        self.assertEqual({e["DTSTAMP"] for e in entries}, {"20240402T000000Z"})
        self.assertEqual(entries[0]["URL"], "https://www.example.org/a?b=1")
        self.assertEqual(len({e["UID"] for e in entries}), 2)
        self.assertEqual(export("icalendar"), export("icalendar"))

    def test_icalendar__long_and_odd_texts_are_folded_and_escaped(self):
        lines = made()
        odd = "a;b,c\\d \u00e9\u20ac\U0001F54A " * 12 + "end"
        for e in events(lines):
            if e["cameo"] == "036":
                e["place"] = dict(text="They", span=[0, 4], name=odd, country="DEU", admin1=None, latitude=None, longitude=None, geonames=None)
        entry = self.entries(export("icalendar", data=ndjson(lines)))[0]
        self.assertEqual(self.unescape(entry["LOCATION"]), odd)
        self.assertNotIn("GEO", entry)

    def test_icalendar__nothing_planned_is_no_calendar(self):
        self.assertEqual(export("icalendar", data=ndjson([l for l in LINES if l.get("status") != "planned"])), b"")
        negated = self.entries(export("icalendar", "--status", "asserted"))
        self.assertEqual({e["STATUS"] for e in negated}, {"CONFIRMED"})


class GeoJson(unittest.TestCase):
    def test_geojson__a_point_for_each_event_with_a_place(self):
        found = json.loads(export("geojson"))
        placed = [e for e in events() if e["place"] and e["status"] in DONE | {"planned"}]
        self.assertEqual((found["type"], set(found)), ("FeatureCollection", {"type", "features"}))
        self.assertEqual([f["geometry"]["coordinates"] for f in found["features"]],
                         [[e["place"]["longitude"], e["place"]["latitude"]] for e in placed])
        self.assertEqual(len({f["id"] for f in found["features"]}), len(placed))
        for feature, event in zip(found["features"], placed):
            self.assertEqual((feature["type"], feature["geometry"]["type"]), ("Feature", "Point"))
            properties = feature["properties"]
            self.assertEqual((properties["type"], properties["status"], properties["cameo"]), (event["type"], event["status"], event["cameo"]))
            self.assertEqual(properties["actorCodes"], [p["code"] for p in event["actors"]])
        self.assertEqual(json.loads(export("geojson", data=b"")), {"type": "FeatureCollection", "features": []})

    def test_geojson__jq_reads_it(self):
        if not shutil.which("jq"):
            self.skipTest("no jq here")
        done = subprocess.run(["jq", "-r", ".features[] | select(.properties.country == \"USA\") | .geometry.coordinates | @csv"],
                              input=export("geojson"), capture_output=True, timeout=60)
        self.assertEqual(done.stdout.decode().strip(), "-97.74,30.27")


class Graph(unittest.TestCase):
    NS = "{http://graphml.graphdrawing.org/xmlns}"

    def read(self, data=RECORDS):
        text = export("graphml", data=data)
        if shutil.which("xmllint"):
            self.assertEqual(subprocess.run(["xmllint", "--noout", "-"], input=text, capture_output=True, timeout=60).returncode, 0)
        root = ElementTree.fromstring(text)
        keys = {k.get("id"): (k.get("for"), k.get("attr.type")) for k in root.iter(self.NS + "key")}

        def parts(name):
            found = {}
            for e in root.iter(self.NS + name):
                data = {d.get("key"): d.text for d in e}
                for key, value in data.items():
                    self.assertEqual(keys[key][0], name)
                    {"int": int, "long": int, "double": float, "string": str}[keys[key][1]](value)
                found[e.get("id")] = (e, data)
            return found
        return parts("node"), parts("edge")

    def test_graphml__edges_count_the_dyads(self):
        nodes, edges = self.read()
        self.assertTrue(all(e.get("source") in nodes and e.get("target") in nodes for e, _ in edges.values()))
        wanted = {}
        for e in events():
            if kept(e, DONE, cameo=False):
                for a, b in dyads(e, True):
                    count, total = wanted.get((a, b, e["type"]), (0, 0.0))
                    wanted[a, b, e["type"]] = (count + 1, total + e["goldstein"])
        codes = {i: d.get("code") for i, (_, d) in nodes.items()}
        found = {(codes[e.get("source")], codes[e.get("target")], d["type"]): (int(d["count"]), float(d["goldstein"]))
                 for e, d in edges.values() if codes[e.get("source")] and codes[e.get("target")]}
        self.assertEqual(found, wanted)
        labels = {d["label"]: d for _, d in nodes.values()}
        self.assertEqual(labels["Poland"], {"label": "Poland", "code": "POL", "country": "POL"})
        self.assertEqual(labels["CODCOP"]["sector"], "COP")

    def test_graphml__adds_up_over_documents(self):
        twice = ndjson(LINES) + ndjson([dict(l, **{"document": "b"} if "document" in l else {"id": "b"}) for l in LINES])
        _, once = self.read()
        _, both = self.read(twice)
        self.assertEqual([int(d["count"]) for _, d in both.values()], [2 * int(d["count"]) for _, d in once.values()])
        self.assertEqual([(d["first"], d["last"]) for _, d in both.values()], [(d["first"], d["last"]) for _, d in once.values()])


TIMEML_DTD = """<!ELEMENT TimeML (DOCID, DCT?, TEXT, MAKEINSTANCE*, TLINK*)>
<!ELEMENT DOCID (#PCDATA)><!ELEMENT DCT (TIMEX3)><!ELEMENT TEXT (#PCDATA | EVENT | TIMEX3 | SIGNAL)*>
<!ELEMENT EVENT (#PCDATA)><!ATTLIST EVENT eid ID #REQUIRED class (OCCURRENCE|PERCEPTION|REPORTING|ASPECTUAL|STATE|I_STATE|I_ACTION) #REQUIRED>
<!ELEMENT SIGNAL (#PCDATA)><!ATTLIST SIGNAL sid ID #REQUIRED>
<!ELEMENT TIMEX3 (#PCDATA)><!ATTLIST TIMEX3 tid ID #REQUIRED type (DATE|TIME|DURATION|SET) #REQUIRED value CDATA #REQUIRED
 functionInDocument (CREATION_TIME|EXPIRATION_TIME|MODIFICATION_TIME|PUBLICATION_TIME|RELEASE_TIME|RECEPTION_TIME|NONE) #IMPLIED
 temporalFunction (true|false) #IMPLIED mod (BEFORE|AFTER|ON_OR_BEFORE|ON_OR_AFTER|LESS_THAN|MORE_THAN|EQUAL_OR_LESS|EQUAL_OR_MORE|START|MID|END|APPROX) #IMPLIED>
<!ELEMENT MAKEINSTANCE EMPTY><!ATTLIST MAKEINSTANCE eiid ID #REQUIRED eventID IDREF #REQUIRED
 tense (FUTURE|INFINITIVE|PAST|PASTPART|PRESENT|PRESPART|NONE) #REQUIRED aspect (PROGRESSIVE|PERFECTIVE|PERFECTIVE_PROGRESSIVE|NONE) #REQUIRED
 pos (ADJECTIVE|NOUN|VERB|PREPOSITION|OTHER) #REQUIRED polarity (POS|NEG) #REQUIRED modality CDATA #IMPLIED>
<!ELEMENT TLINK EMPTY><!ATTLIST TLINK lid ID #REQUIRED eventInstanceID IDREF #REQUIRED relatedToTime IDREF #IMPLIED relatedToEventInstance IDREF #IMPLIED
 relType (BEFORE|AFTER|INCLUDES|IS_INCLUDED|DURING|SIMULTANEOUS|IAFTER|IBEFORE|IDENTITY|BEGINS|ENDS|BEGUN_BY|ENDED_BY|DURING_INV) #REQUIRED>
"""


class TimeMl(unittest.TestCase):
    def documents(self, data=RECORDS):
        with tempfile.TemporaryDirectory() as folder:
            out, dtd = os.path.join(folder, "out/"), os.path.join(folder, "timeml.dtd")
            with open(dtd, "w") as f:
                f.write(TIMEML_DTD)
            export("timeml", "-o", out, data=data)
            found = []
            for name in sorted(os.listdir(out)):
                if shutil.which("xmllint"):
                    done = subprocess.run(["xmllint", "--noout", "--dtdvalid", dtd, os.path.join(out, name)], capture_output=True, timeout=60)
                    self.assertEqual((done.returncode, done.stderr), (0, b""), name)
                found.append((name, ElementTree.parse(os.path.join(out, name)).getroot()))
            return found

    def test_timeml__events_and_dates_of_the_text(self):
        documents = self.documents()
        self.assertEqual([n for n, _ in documents], ["000001-news_one__a_.tml", "000002-news_three.tml"])
        first = documents[0][1]
        self.assertEqual("".join(first.find("TEXT").itertext()), LINES[0]["text"])
        self.assertEqual([e.text for e in first.iter("EVENT")], [e["text"] for e in events() if e["document"] == LINES[0]["id"]])
        self.assertEqual({t.text: t.get("value") for t in first.find("TEXT").iter("TIMEX3")},
                         {"Tuesday": "2024-04-02", "Sunday": "2024-03-31", "12 April": "2024-04-12", "May": "2024-05"})
        april = documents[1][1].find("TEXT").find("TIMEX3")
        self.assertEqual((april.get("value"), april.get("mod"), documents[1][1].find("DCT")), ("2020-04", "APPROX", None))
        polarity = [(e["status"] == "negated", i.get("polarity") == "NEG")
                    for e, i in zip([e for e in events() if e["document"] == LINES[0]["id"]], first.iter("MAKEINSTANCE"))]
        self.assertTrue(polarity and all(a == b for a, b in polarity))

    def test_timeml__links_lead_somewhere(self):
        for _, root in self.documents():
            instances = {i.get("eiid") for i in root.iter("MAKEINSTANCE")}
            times = {t.get("tid") for t in root.iter("TIMEX3")}
            for link in root.iter("TLINK"):
                self.assertIn(link.get("eventInstanceID"), instances)
                self.assertTrue(link.get("relatedToTime") in times or link.get("relatedToEventInstance") in instances)
        relations = [(l.get("eventInstanceID"), l.get("relatedToEventInstance")) for l in self.documents()[0][1].iter("TLINK")
                     if l.get("relType") == "IDENTITY"]
        self.assertEqual(relations, [("ei7", "ei2")])

    def test_timeml__overlapping_words_and_forbidden_characters(self):
        lines = made()[:1] + [e for e in made() if e["kind"] == "event" and e["document"] == LINES[0]["id"]]
        lines[0]["text"] = lines[0]["text"].replace("<", " ").replace("Ministers", "Mini\x01<&>s")
        lines[1]["date"]["span"] = [lines[1]["span"][0] + 2, lines[1]["span"][1] + 3]
        root = self.documents(ndjson(lines))[0][1]
        self.assertEqual("".join(root.find("TEXT").itertext())[:8], "Mini\ufffd<&>")

    def test_timeml__several_documents_need_a_folder(self):
        self.assertEqual(run("export", "-f", "timeml", data=RECORDS).returncode, 2)


class Running(unittest.TestCase):
    FORMATS = ["phoenix", "petrarch2", "icews", "gdelt", "gdelt-mentions", "polecat", "csv", "icalendar", "geojson", "graphml"]

    def test_input__standard_input_files_and_packed_ones_are_the_same(self):
        with tempfile.TemporaryDirectory() as folder:
            plain, packed = os.path.join(folder, "r.ndjson"), os.path.join(folder, "r.ndjson.gz")
            with open(plain, "wb") as f:
                f.write(RECORDS)
            with gzip.open(packed, "wb") as f:
                f.write(RECORDS)
            for format in self.FORMATS:
                self.assertEqual(export(format, plain), export(format), format)
                self.assertEqual(export(format, packed), export(format), format)

    def test_input__what_is_no_record_is_told_with_its_line(self):
        for bad in (RECORDS + b"{\"kind\": \"event\"", b"\n\nnews\n", b"[1]\n", b"{}{}\n", b"\"\xff\""):
            done = run("export", "-q", "-f", "gdelt", data=bad)
            self.assertEqual(done.returncode, 1, bad)
            self.assertIn(f"line {bad[:bad.rstrip().rfind(10) + 1].count(10) + 1} ".encode(), done.stderr)

    def test_input__lines_of_any_shape_give_no_crash(self):
        values = [None, True, -1, 1e308, "", "x\u0000y", [], [[]], {}, [1, 2], {"text": 1}, [None, {"code": []}], "\u2028\"\t"]
        lines = made()
        for e in [l for l in lines if l["kind"] != "error"]:
            for key in list(e):
                for value in values if not SANITIZED else values[::4]:
                    odd = dict(e, **{key: value})
                    if key != "kind":
                        odd["kind"] = e["kind"]
                    lines.append(odd)
        data = ndjson(lines)
        for format in self.FORMATS + ["csv --kind participant", "csv --kind ballot"]:
            export(*format.split(), data=data)
        with tempfile.TemporaryDirectory() as folder:
            export("timeml", "-o", folder, data=data)
        for columns, format in ((PHOENIX, "phoenix"), (GDELT, "gdelt"), (MENTIONS, "gdelt-mentions")):
            self.assertEqual({len(r) for r in tabs(export(format, data=data))}, {len(columns)})

    def test_memory__does_not_grow_with_the_input(self):
        if SANITIZED:
            self.skipTest("memory is the sanitizer's")
        copies = b"".join(ndjson([dict(l, **({"document": str(i)} if l["kind"] != "document" else {"id": str(i)})) for l in LINES[:12]])
                          for i in range(3000))
        peaks = []
        for data in (RECORDS, copies):
            child = subprocess.Popen([PROGRAM, "export", "-q", "-f", "gdelt", "-o", os.devnull], stdin=subprocess.PIPE)
            child.stdin.write(data)
            child.stdin.close()
            _, status, usage = os.wait4(child.pid, 0)
            child.returncode = os.waitstatus_to_exitcode(status)
            self.assertEqual(child.returncode, 0)
            peaks.append(usage.ru_maxrss)
        self.assertGreater(len(copies), 10e6)
        self.assertLess(peaks[1] - peaks[0], 4096)  # KiB

    def test_store__gives_what_its_records_give(self):
        printed = code(*EXAMPLES)[0].stdout
        with tempfile.TemporaryDirectory() as folder:
            db = os.path.join(folder, "store.db")
            self.assertEqual(run("store", "-q", "--records", db, "-", data=printed).returncode, 0)
            for format in self.FORMATS:
                self.assertEqual(run("export", "-q", "-f", *format.split(), db).stdout, export(*format.split(), data=printed), format)

    def test_output__a_full_disk_is_told(self):
        if not os.path.exists("/dev/full"):
            self.skipTest("no /dev/full here")
        self.assertEqual(run("export", "-q", "-f", "gdelt", "-o", "/dev/full", data=RECORDS).returncode, 4)

    def test_usage(self):
        for args in (["export"], ["export", "-f", "nothing"], ["export", "-f", "gdelt", "--kind", "event"], ["export", "-f", "csv", "--kind", "news"],
                     ["export", "-f", "gdelt", "--first-id", "0"], ["export", "-f", "gdelt", "--min-confidence", "2"],
                     ["export", "--data-dictionary=pdf"]):
            self.assertEqual(run(*args, data=RECORDS).returncode, 2, args)
        self.assertEqual(run("export", "-f", "gdelt", "/no/such/file").returncode, 1)
        listed = [line.split("\t")[0] for line in run("export", "--formats").stdout.decode().splitlines()]
        self.assertTrue(set(self.FORMATS + ["timeml"]) <= set(listed))

    def test_summary__says_what_was_left_out(self):
        done = run("export", "-f", "gdelt", data=RECORDS)
        told = done.stderr.decode()
        for count, what in ((2, "of another status"), (1, "planned, and CAMEO"), (1, "restating"), (1, "without a CAMEO code")):
            self.assertIn(f"left out: {count} {what}", told)

    def test_layouts__of_ones_own(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "mine.txt"), "w") as f:
                f.write("codes side\n  code: POL = West; COD = South\nlayout mine\n  rows: dyads\n  header: yes\n  separator: comma\n"
                        "  column: who; text; {actor.name}, {actor.country|map side|else elsewhere}; who and where\n"
                        "  column: year; integer; {day|date %Y}; year\n")
            rows = list(csv.reader(io.StringIO(export("mine", "-L", folder).decode(), newline="")))
            self.assertEqual(rows[:3], [["who", "year"], ["Poland, West", "2024"], ["Germany, elsewhere", "2024"]])
            with open(os.path.join(folder, "mine.txt"), "a") as f:
                f.write("  column: bad; text; {actor.name|map nowhere}; no such table\n")
            done = run("export", "-f", "mine", "-L", folder, data=RECORDS)
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"no codes \"nowhere\"", done.stderr)


if __name__ == "__main__":
    tap.main()
