"""The commands as a user runs them: what they print, and their exit codes."""
import json
import os
import random
import re
import resource
import subprocess
import tempfile
import unittest

import records
import tap
from program import BUILD, COMMANDS, EXAMPLES, PROGRAM, SOURCE, code, coded, run


class Output(unittest.TestCase):
    def test_ndjson__is_valid_for_every_example(self):
        done, _ = code(*EXAMPLES)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(records.validate(done.stdout.decode().splitlines()), [])

    def test_ndjson__validator_finds_what_is_wrong(self):
        done, _ = code(EXAMPLES[0])
        lines = done.stdout.decode().splitlines()
        self.assertGreater(len(lines), 3)
        for old, new in (('"type":"', '"type":"X'), ('"span":[', '"span":[9'), ('"quad":', '"quad":9'), ('"status":"', '"status":"x'),
                         ('"id":"e', '"id":"x'), ('"sentence":[', '"sentence":[9'), ('"cameo":"', '"cameo":"1'), ('"rule":"', '"rull":"')):
            self.assertNotEqual(records.validate([lines[0]] + [l.replace(old, new, 1) for l in lines[1:]]), [], old)

    def test_ndjson__is_the_same_twice_and_on_any_number_of_threads(self):
        files = EXAMPLES * 4
        first = run("code", "--format", "ndjson", "-j1", *files).stdout
        self.assertGreater(len(first), 10000)
        for threads in ("-j1", "-j2", "-j3"):
            self.assertEqual(run("code", "--format", "ndjson", threads, *files).stdout, first)

    def test_ndjson__follows_the_order_of_the_files(self):
        _, got = code("-j3", *reversed(EXAMPLES))
        self.assertEqual([r["id"] for r in got if r["kind"] == "document"], list(reversed(EXAMPLES)))

    def test_stdin__is_read_like_a_file(self):
        with open(EXAMPLES[0], "rb") as f:
            text = f.read()
        _, of_file = code(EXAMPLES[0])
        for args in ((), ("-",)):
            done, got = code(*args, data=text)
            self.assertEqual(done.returncode, 0)
            self.assertEqual([r["span"] for r in got if r["kind"] == "event"], [r["span"] for r in of_file if r["kind"] == "event"])

    def test_table__fits_the_width_and_spells_dates(self):
        out = run("code", "--format", "table", EXAMPLES[0]).stdout.decode()
        self.assertIn("14 May 2024", out)
        self.assertIn("who", out)
        self.assertNotIn("\033", out)
        self.assertLessEqual(max(len(line) for line in out.splitlines()), 100)

    def test_table__of_every_event_names_its_id(self):
        out = run("code", "--format", "table", *EXAMPLES).stdout.decode()
        _, got = code(*EXAMPLES)
        self.assertEqual(re.findall(r"^ +(e\d+) ", out, re.M), [r["id"] for r in got if r["kind"] == "event"])

    def test_explain__shows_sentence_frame_actors_status_and_date(self):
        done = run("explain", EXAMPLES[0], "e1")
        self.assertEqual(done.returncode, 0, done.stderr)
        out = done.stdout.decode()
        for part in ("sentence [", "frame: ", "lexicon/frames/", "actors", "path: ", "status: ", "date: "):
            self.assertIn(part, out)

    def test_context__is_told_by_the_words_that_hang_on_the_act(self):
        for text, context, there in (
                ("Spanish police arrested a Colombian drug trafficker in Madrid.", "illegal_drugs", True),
                ("Spanish police arrested a Colombian poet in Madrid.", "illegal_drugs", False),
                ("Turkey sent blankets to Syria after the earthquake.", "disasters", True),
                ("Canada urged Brazil to halt deforestation.", "environment", True),
                ("Uganda arrested three gay activists from Kenya.", "lgbt", True),
                ("France urged Iran to release a prisoner, and a flood hit Lyon.", "disasters", False)):
            events = coded(text)
            self.assertTrue(events, text)
            self.assertEqual(any(context in e["context"] for e in events), there, text)

    def why_not(self, text, *args, code=0):
        done = run("explain", "--why-not", text, *args)
        self.assertEqual(done.returncode, code, done.stderr.decode())
        return done.stdout.decode()

    def test_why_not__names_the_step_that_refused(self):
        for text, word, step in (
                ("The plumber hummed in the kitchen.", "hummed", None),
                ("The senator suffered a heart attack at home.", "suffered", "counter-pattern: slot obj is filled by \"attack\""),
                ("Brazil won the match.", "won", "constraint: slot obj is filled by \"match\""),
                ("The murder shocked the village.", "murder", "nobody's country is known"),
                ("Doctors urged patients to drink.", "urged", "nobody of politics"),
                ("Poland promised to lift its sanctions.", "lift", "status: what is agreed or conceded"),
                ("Poland promised to lift its sanctions.", "sanctions", "background: ")):
            out = self.why_not(text)
            if step is None:
                self.assertIn(f'no frame has: "plumber", "{word}", "kitchen"', out)
            else:
                told = re.search(rf'  "{word}" is not coded\n((?:    .*\n)+)', out)
                self.assertIsNotNone(told, out)
                self.assertIn(step, told[1])

    def test_why_not__of_what_is_coded_says_so(self):
        self.assertRegex(self.why_not("France accused Sudan of fraud."), r'"accused" is coded: e1, ACCUSE by frame \S+, asserted')

    def test_why_not__finds_the_words_in_a_file(self):
        with open(EXAMPLES[3], encoding="utf-8") as f:
            words = " ".join(f.read().split("\n\n")[2].split()[1:4]).upper()
        out = self.why_not(words, EXAMPLES[3])
        self.assertIn(words.lower(), out.lower())
        self.why_not("words that stand nowhere in it", EXAMPLES[3], code=1)
        self.why_not("", code=2)

    def test_explain__of_every_event_points_into_the_lexicon(self):
        _, got = code(EXAMPLES[3])
        for e in (r for r in got if r["kind"] == "event"):
            out = run("explain", EXAMPLES[3], e["id"]).stdout.decode()
            file, line = re.search(r"\(lexicon/(\S+):(\d+);", out).groups()
            with open(os.path.join(SOURCE, "lexicon", file), encoding="utf-8") as f:
                self.assertEqual(f.read().splitlines()[int(line) - 1], "frame " + e["rule"])

    def test_explain__of_every_fact_points_into_the_lexicon(self):
        _, got = code(EXAMPLES[1])
        facts = [r for r in got if r["kind"] in ("statement", "amount", "vote", "relation")]
        self.assertGreater(len({r["kind"] for r in facts}), 2)
        for r in facts:
            out = run("explain", EXAMPLES[1], r["id"]).stdout.decode()
            file, line = re.search(r"\(lexicon/(\S+):(\d+);", out).groups()
            with open(os.path.join(SOURCE, "lexicon", file), encoding="utf-8") as f:
                self.assertEqual(f.read().splitlines()[int(line) - 1], r["kind"] + " " + r["rule"])

    def test_parse__prints_one_tree_a_sentence(self):
        rows = [l.split("\t") for l in run("parse", EXAMPLES[1]).stdout.decode().splitlines() if l and not l.startswith("#")]
        words = [r for r in rows if r[0].isdigit()]
        self.assertGreater(len(words), 300)
        self.assertTrue(all(len(r) == 10 for r in rows))
        self.assertEqual(sum(r[7] == "root" for r in words), sum(r[0] == "1" for r in words))
        self.assertTrue(all((r[6] == "0") == (r[7] == "root") for r in words))

    def test_parse__reads_its_own_output(self):
        first = run("parse", EXAMPLES[0]).stdout
        again = run("parse", "--input", "conllu", data=first)
        self.assertEqual(again.returncode, 0, again.stderr)
        forms = [[l.split(b"\t")[1] for l in out.splitlines() if l[:1].isdigit()] for out in (first, again.stdout)]
        self.assertEqual(forms[0], forms[1])

    def test_stages__print_a_line_a_document(self):
        for command, key in (("time", "timexes"), ("places", "places"), ("actors", "mentions")):
            done = run(command, *EXAMPLES)
            self.assertEqual(done.returncode, 0, done.stderr)
            lines = [json.loads(l) for l in done.stdout.splitlines()]
            self.assertEqual([l["document"] for l in lines], EXAMPLES)
            self.assertTrue(all(l[key] for l in lines), command)


class Status(unittest.TestCase):
    def status(self, text, kind):
        found = [e["status"] for e in coded(text) if e["type"] == kind]
        self.assertTrue(found, text)
        return found[0]

    def test_event_status__told_act_is_asserted(self):
        self.assertEqual(self.status("French soldiers attacked a rebel camp in Mali on Monday.", "ASSAULT"), "asserted")

    def test_event_status__will_meet_is_planned(self):
        self.assertEqual(self.status("President Macron will meet Chancellor Scholz in Berlin on Friday.", "CONSULT"), "planned")

    def test_event_status__denied_attack_is_negated(self):
        self.assertEqual(self.status("Russia did not attack Ukraine on Monday.", "ASSAULT"), "negated")

    def test_event_status__planned_meeting_has_the_intent_code(self):
        events = [e for e in coded("President Macron will meet Chancellor Scholz in Berlin on Friday.") if e["type"] == "CONSULT"]
        self.assertEqual(events[0]["cameo"], "036")


class Commands(unittest.TestCase):
    def test_help__of_every_command_names_its_usage(self):
        for command in COMMANDS:
            done = run(command, "--help")
            self.assertEqual(done.returncode, 0, command)
            self.assertTrue(done.stdout.startswith(b"usage: chancery " + command.encode()), command)

    def test_help__names_every_command(self):
        named = re.findall(r"^  (\w+) ", run("--help").stdout.decode(), re.M)
        self.assertEqual(named, COMMANDS)

    def test_manual__has_every_option_of_the_help(self):
        for command in COMMANDS:
            with open(os.path.join(SOURCE, "docs", "man", f"chancery-{command}.1"), encoding="utf-8") as f:
                page = f.read().replace("\\-", "-")
            options = set(re.findall(r"^ +(?:-\w, +)?(--[a-z-]+)", run(command, "--help").stdout.decode(), re.M))
            self.assertIn("--help", options, command)
            self.assertEqual([o for o in sorted(options) if o not in page], [], command)

    def test_manual__has_no_mistakes_of_form(self):
        try:
            subprocess.run(["groff", "--version"], stdout=subprocess.DEVNULL, check=True)
        except OSError:
            self.skipTest("groff is not installed")
        folder = os.path.join(SOURCE, "docs", "man")
        for page in sorted(os.listdir(folder)):
            done = subprocess.run(["groff", "-man", "-Tutf8", "-ww", os.path.join(folder, page)], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
            self.assertEqual(done.stderr, b"", page)

    def test_completion__knows_every_command_and_its_options(self):
        script = os.path.join(SOURCE, "docs", "completion", "chancery")

        def complete(*words):
            quoted = " ".join(f"'{w}'" for w in words)
            shell = f"source {script}; COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _chancery; printf '%s\\n' \"${{COMPREPLY[@]}}\""
            return subprocess.run(["bash", "-c", shell], stdout=subprocess.PIPE, text=True).stdout.split()
        self.assertEqual([w for w in complete("chancery", "") if not w.startswith("-")], COMMANDS)
        for command in COMMANDS:
            options = set(re.findall(r"^ +(?:-\w, +)?(--[a-z-]+)", run(command, "--help").stdout.decode(), re.M))
            self.assertEqual(options - set(complete("chancery", command, "--")), set(), command)

    def test_usage__mistakes_exit_with_two_and_one_line(self):
        for args in (("nothing",), ("code", "--nothing"), ("code", "--format", "xml"), ("code", "-j", "0"), ("explain", "x"),
                     ("lexicon",), ("lexicon", "check"), ("frames",), ("code", "--input", "pdf")):
            done = run(*args)
            self.assertEqual(done.returncode, 2, args)
            self.assertIn(len(done.stderr.splitlines()), (1, 2), args)
            self.assertEqual(done.stdout, b"", args)

    def test_date__that_is_none_is_refused(self):
        self.assertEqual(run("code", "--date", "yesterday", EXAMPLES[0]).returncode, 3)

    def test_date__of_the_option_serves_where_the_text_has_none(self):
        done, got = code("--date", "2024-05-06", data=b"Chad attacked Libya.")
        self.assertEqual((got[0]["published"], got[0]["publishedFrom"]), ("2024-05-06", "option"))
        _, got = code("--date", "2024-05-06", EXAMPLES[0])
        self.assertEqual((got[0]["published"], got[0]["publishedFrom"]), ("2024-05-14", "text"))

    def test_explain__of_no_such_record_or_file_exits_with_one(self):
        for args in ((EXAMPLES[0], "e999"), (os.path.join(SOURCE, "none.txt"), "e1")):
            done = run("explain", *args)
            self.assertEqual(done.returncode, 1)
            self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_model_and_lexicon__that_are_none_are_refused_by_name(self):
        for option in ("--model", "--lexicon"):
            done = run("code", option, EXAMPLES[0], EXAMPLES[0])
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"visit.txt", done.stderr)

    def test_model_and_lexicon__damaged_in_one_byte_are_refused(self):
        for option, name in (("--model", "english.model"), ("--lexicon", "lexicon.bin")):
            with open(os.path.join(BUILD, name), "rb") as f:
                whole = f.read()
            for damaged in (whole[:len(whole) // 2], whole[:-1], whole[:4096] + bytes([whole[4096] ^ 1]) + whole[4097:], b""):
                with tempfile.NamedTemporaryFile() as f:
                    f.write(damaged)
                    f.flush()
                    done = run("code", option, f.name, EXAMPLES[0])
                self.assertEqual(done.returncode, 1)
                self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_output__a_full_disk_is_told_and_exits_with_four(self):
        for command in (["code", "--format", "ndjson"], ["code", "--format", "table"], ["parse"], ["actors"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([PROGRAM, *command, *EXAMPLES], stdout=full, stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 4, command)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_output__a_closed_pipe_is_told_and_exits_with_four(self):
        for command in (["code", "--format", "ndjson", *EXAMPLES * 8], ["explain", EXAMPLES[0], "e1"], ["--help"]):
            reading, writing = os.pipe()
            os.close(reading)
            done = subprocess.run([PROGRAM, *command], stdout=writing, stderr=subprocess.PIPE)
            os.close(writing)
            self.assertEqual(done.returncode, 4, command)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_lexicon_check__finds_no_mistake_in_ours(self):
        done = run("lexicon", "check", os.path.join(SOURCE, "lexicon"))
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])

    def test_lexicon_check__names_file_line_column_and_remedy(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "mine.txt"), "w", encoding="utf-8") as f:
                f.write("country FRA\n  name: France\n  naem: Gaul\n")
            done = run("lexicon", "check", folder)
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr.decode(), r"mine\.txt:3:\d+: \w+: .*naem.*; .+")


DICTIONARIES = {
    "t.actors.txt": "OAKLAND [OAK]\n+OAKLANDER\nELMIA [ELM]\nIRA_BIRCH [OAKGOV]\n\t[OAKREB <19991231]\n",
    "t.agents.txt": "WARDEN [~MIL]\n",
    "t.verbs.txt": "--- GIVE [070] ---\nGIVE {GAVE GIVEN GIVES}\n- * ACORNS [073]\n- * SPEECH [---]\n\n"
                   "--- VISIT [032:033] ---\nVISIT\n\n--- PLAN [---] ---\nPLAN\n",
    "t.discards.txt": "TREE CUP\n+FOREST GAMES\n",
}


class Lexicons(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def write(self, name, text):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "w", encoding="utf-8") as f:
            f.write(text)
        return path

    def imported(self):
        files = [self.write("in/" + name, text) for name, text in DICTIONARIES.items()]
        out = os.path.join(self.folder.name, "out")
        done = run("lexicon", "import", "--from", "petrarch", "-o", out, *files)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(done.stderr, b"")
        self.assertTrue(os.path.exists(os.path.join(out, "import.report")))
        return out

    def triples(self, out, text, date="2001-01-01"):
        got = code("--only-lexicon", out, "--date", date, data=text.encode())[1]
        return sorted((a["code"], r["code"], e["cameo"]) for e in got if e["kind"] == "event"
                      for a in e["actors"] for r in e["recipients"])

    def test_import__codes_by_the_dictionaries_alone(self):
        out = self.imported()
        self.assertEqual(self.triples(out, "Oakland gave money to Elmia."), [("OAK", "ELM", "070")])
        self.assertEqual(self.triples(out, "Oakland gave acorns to Elmia."), [("OAK", "ELM", "073")])
        self.assertEqual(self.triples(out, "Oakland gave a speech in Elmia."), [])
        self.assertEqual(self.triples(out, "Germany gave money to France."), [])

    def test_import__pairs_of_codes_give_both_sides(self):
        self.assertEqual(self.triples(self.imported(), "Ira Birch visited Elmia."), [("ELM", "OAKGOV", "033"), ("OAKGOV", "ELM", "032")])

    def test_import__codes_follow_the_date(self):
        self.assertEqual(self.triples(self.imported(), "Ira Birch gave money to Elmia.", "1999-05-05"), [("OAKREB", "ELM", "070")])

    def test_import__discards_take_sentence_or_document(self):
        out = self.imported()
        one = "Oakland gave money to Elmia."
        self.assertEqual(len(self.triples(out, one + " Before the tree cup Elmia gave money to Oakland.")), 1)
        self.assertEqual(self.triples(out, one + " It was during the forest games."), [])

    def test_import__wrong_usage(self):
        path = self.write("t.actors.txt", DICTIONARIES["t.actors.txt"])
        self.assertEqual(run("lexicon", "import", "-o", self.folder.name, path).returncode, 2)
        self.assertEqual(run("lexicon", "import", "--from", "petrarch", path).returncode, 2)
        self.assertEqual(run("lexicon", "import", "--from", "petrarch", "-o", self.folder.name).returncode, 2)
        self.assertEqual(run("lexicon", "import", "--from", "petrarch", "-o", path + "/x", path).returncode, 1)

    def actors(self, text, *args):
        done = run("actors", "--date", "2024-04-02", *args, data=text.encode())
        self.assertEqual(done.returncode, 0, done.stderr)
        return {m["text"]: m["code"] for m in json.loads(done.stdout)["mentions"]}

    def test_lexicon_folder__adds_to_ours_and_overrides_by_entry(self):
        self.assertEqual(self.actors("France met Zorbania.")["France"], "FRA")
        own = self.write("own/mine.txt", "country ZRB\n  name: Zorbania\n\n+country FRA\n  name: Hexagonia\n\n"
                                         "person emmanuel-macron\n  name: Emmanuel Macron\n  role: ZRBGOV\n")
        got = self.actors("Zorbania and Hexagonia thanked Emmanuel Macron.", "--lexicon", os.path.dirname(own))
        self.assertEqual(got["Zorbania"], "ZRB")
        self.assertEqual(got["Hexagonia"], "FRA")
        self.assertEqual(got["Emmanuel Macron"], "ZRBGOV")

    def test_lexicon_folder__with_a_mistake_is_refused_by_place(self):
        own = self.write("own/mine.txt", "country ZRB\n  nome: Zorbania\n")
        done = run("code", "--lexicon", os.path.dirname(own), EXAMPLES[0])
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"mine.txt", done.stderr)
        self.assertIn(b"line 2", done.stderr)

    def test_show__tells_roles_day_and_place(self):
        done = run("lexicon", "show", "--on", "2015-05-05", "macron")
        self.assertEqual(done.returncode, 0, done.stderr)
        out = done.stdout.decode()
        self.assertIn("  > 2014-08-26..2016-08-30 FRAGOV", out)
        self.assertRegex(out, r"actors/people/[a-z-]+\.txt:\d+")
        self.assertEqual(run("lexicon", "show", "Zorbania").returncode, 1)
        self.assertEqual(run("lexicon", "show", "--on", "soon", "Macron").returncode, 1)

    def test_add__checks_a_file_beside_ours_and_copies_it(self):
        good = self.write("good.txt", "country ZRB\n  name: Zorbania\n\nperson x/ola\n  name: Ola Zor\n  role: ZRBGOV\n")
        bad = self.write("bad.txt", "person x/ola\n  name: Ola Zor\n  role: QQQGOV\n")
        to = os.path.join(self.folder.name, "own")
        done = run("lexicon", "add", "--to", to, good)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b"2 entries with 2 names", done.stdout)
        self.assertTrue(os.path.exists(os.path.join(to, "good.txt")))
        done = run("lexicon", "add", "--to", to, bad)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"bad.txt:3:9: error", done.stderr)
        self.assertFalse(os.path.exists(os.path.join(to, "bad.txt")))
        over = self.write("over.txt", "country FRA\n  name: France\n")
        self.assertIn(b"replaces the entry of actors/countries/europe.txt:", run("lexicon", "add", over).stderr)

    def test_gaps__lists_unknown_names_by_how_often_they_are_met(self):
        text = "Minister Olaf Zorbansky met Emmanuel Macron in Paris. Later Olaf Zorbansky spoke. Drobnik left. "
        path = self.write("r.txt", text)
        out = run("lexicon", "gaps", "--at-least", "1", path).stdout.decode()
        self.assertRegex(out, r"(?m)^ +2  Olaf Zorbansky")
        self.assertNotRegex(out, r"(?m)^ +\d+  .*Macron")
        self.assertNotIn("Drobnik", run("lexicon", "gaps", path).stdout.decode().split("\n")[0])
        blocks = run("lexicon", "gaps", "--blocks", "--most", "1", path).stdout.decode()
        self.assertIn("name: Olaf Zorbansky", blocks)

    def test_start__with_a_million_names_is_quick(self):
        with open(PROGRAM, "rb") as f:
            if b"__asan_init" in f.read():
                raise unittest.SkipTest("times mean nothing under a sanitizer")
        rng = random.Random(5)
        parts = ["ka", "ro", "mi", "ten", "bal", "su", "dor", "vin", "esh", "lu", "par", "gor", "na", "zi", "hem", "tol"]
        name = lambda: "".join(rng.choices(parts, k=3)).capitalize()
        blocks = (f"person p{i}\n  name: {name()} {name()}; {name()} {i}\n  role: 2001..2020 FRAGOV\n" for i in range(500000))
        self.write("big/names.txt", "".join(blocks))
        image = os.path.join(self.folder.name, "big.bin")
        done = run("lexicon", "compile", "-q", "-o", image, os.path.join(SOURCE, "lexicon"), os.path.join(self.folder.name, "big"))
        self.assertEqual(done.returncode, 0, done.stderr[-500:])
        times = []
        for _ in range(20):
            before = resource.getrusage(resource.RUSAGE_CHILDREN)
            self.assertEqual(run("lexicon", "show", "--lexicon", image, "France").returncode, 0)
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            times.append(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime)
        self.assertLess(min(times), 0.030)


if __name__ == "__main__":
    tap.main()
