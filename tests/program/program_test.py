"""The built program as a user runs it: output, exit codes, hostile input."""
import bz2
import gzip
import json
import lzma
import os
import random
import subprocess
import tempfile
import time
import unittest

import records
import tap

PROGRAM = os.environ["CHANCERY_PROGRAM"]
SOURCE = os.environ["CHANCERY_SOURCE"]
SHARED = os.environ.get("CHANCERY_SHARED", "")
ARTICLE = os.path.join(SHARED, "data", "article.txt")
EXAMPLES = [os.path.join(SOURCE, "examples", name + ".txt") for name in ("visit", "vote", "aid", "attack", "protest")]
COMMANDS = ["code", "explain", "parse", "time", "places", "actors", "lexicon", "frames", "train"]


def run(*args, data=b"", timeout=300):
    return subprocess.run([PROGRAM, *args], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)


def code(*args, **kw):
    done = run("code", "--format", "ndjson", *args, **kw)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def coded(text, date="2024-04-02"):
    return [e for e in code("--date", date, data=text.encode())[1] if e["kind"] == "event"]


def who(event, side):
    return {p["country"] or p["code"] for p in event[side]}


class Output(unittest.TestCase):
    def test_ndjson__is_valid_for_every_example(self):
        done, _ = code(*EXAMPLES)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(records.validate(done.stdout.decode().splitlines()), [])

    def test_ndjson__validator_finds_what_is_wrong(self):
        done, _ = code(EXAMPLES[0])
        lines = done.stdout.decode().splitlines()
        self.assertGreater(len(lines), 3)
        for old, new in (('"type":"', '"type":"X'), ('"span":[', '"span":[9'), ('"quad":', '"quad":9'), ('"status":"', '"status":"x')):
            self.assertNotEqual(records.validate([lines[0]] + [l.replace(old, new, 1) for l in lines[1:]]), [], old)

    def test_ndjson__is_the_same_twice_and_on_any_number_of_threads(self):
        files = EXAMPLES * 4
        first = run("code", "--format", "ndjson", "-j1", *files).stdout
        self.assertGreater(len(first), 10000)
        for threads in ("-j1", "-j2", "-j3"):
            self.assertEqual(run("code", "--format", "ndjson", threads, *files).stdout, first)

    def test_table__fits_the_width_and_spells_dates(self):
        out = run("code", "--format", "table", EXAMPLES[0]).stdout.decode()
        self.assertIn("14 May 2024", out)
        self.assertIn("who", out)
        self.assertNotIn("\033", out)
        self.assertLessEqual(max(len(line) for line in out.splitlines() if not line.startswith((" e", "/"))), 100)

    def test_explain__shows_sentence_frame_actors_status_and_date(self):
        done = run("explain", EXAMPLES[0], "e1")
        self.assertEqual(done.returncode, 0, done.stderr)
        out = done.stdout.decode()
        for part in ("sentence [", "frame: ", "lexicon/frames/", "actors", "path: ", "status: ", "date: "):
            self.assertIn(part, out)

    def test_parse__prints_one_tree_a_sentence(self):
        rows = [l.split("\t") for l in run("parse", EXAMPLES[1]).stdout.decode().splitlines() if l and not l.startswith("#")]
        words = [r for r in rows if r[0].isdigit()]
        self.assertGreater(len(words), 300)
        self.assertTrue(all(len(r) == 10 for r in rows))
        self.assertTrue(any(r[7] == "root" for r in words))


class Article(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not os.path.exists(ARTICLE):
            raise unittest.SkipTest("the folder shared/ is not beside this checkout")
        cls.done, all_records = code(ARTICLE)
        cls.document = all_records[0]
        cls.events = [r for r in all_records if r["kind"] == "event"]

    def find(self, types, actor, recipient=None):
        return [e for e in self.events if e["type"] in types and actor in who(e, "actors")
                and (recipient is None or recipient in who(e, "recipients"))]

    def test_article__is_valid(self):
        self.assertEqual(records.validate(self.done.stdout.decode().splitlines()), [])

    def test_article__credits_and_furniture_are_found(self):
        self.assertEqual(self.document["credits"], ["AFP", "Reuters"])
        text = self.document["text"].encode()
        quoted = [text[f["span"][0]:f["span"][1]].decode() for f in self.document["furniture"]]
        for part in ("First modification:", "4 min", "Read also", "With AFP and Reuters"):
            self.assertTrue(any(part in q for q in quoted), part)

    def test_article__visit_and_meeting_of_the_two_countries(self):
        self.assertTrue(self.find({"CONSULT"}, "USA", "FRA"))
        self.assertTrue(any(e["mode"] == "visit" for e in self.find({"CONSULT"}, "USA", "FRA")))

    def test_article__france_demands_a_ceasefire(self):
        self.assertTrue(self.find({"REQUEST"}, "FRA"))

    def test_article__abstention_of_the_united_states(self):
        self.assertTrue(any("abstain" in e["text"] or "blocking" in e["text"] for e in self.find({"CONCEDE", "REJECT", "AGREE"}, "USA")))


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


class Hostile(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, data, name="input.txt"):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as f:
            f.write(data)
        return path

    def handled(self, path, *args):
        done, got = code(*args, path)
        self.assertIn(done.returncode, (0, 3), done.stderr)
        self.assertEqual(records.validate(done.stdout.decode().splitlines()), [])
        if done.returncode == 3:
            self.assertTrue(done.stderr.strip())
            self.assertTrue(any(r["kind"] == "error" for r in got))
        return done, got

    def test_hostile__random_bytes(self):
        rng = random.Random(7)
        self.handled(self.file(bytes(rng.randrange(256) for _ in range(1 << 20))))

    def test_hostile__empty_file_gives_an_empty_document(self):
        done, got = self.handled(self.file(b""))
        self.assertEqual(done.returncode, 0)
        self.assertEqual([r["kind"] for r in got], ["document"])

    def test_hostile__line_of_fifty_megabytes(self):
        done, got = self.handled(self.file(b"The army attacked the town. " * (50 * 1024 * 1024 // 28)))
        self.assertEqual(done.returncode, 3)
        self.assertEqual(got[0]["code"], "limit")

    def test_hostile__directory_and_missing_file_and_the_rest_goes_on(self):
        done, got = code(self.folder.name, os.path.join(self.folder.name, "none"), EXAMPLES[0])
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r["kind"] for r in got[:3]], ["error", "error", "document"])
        self.assertEqual(len(done.stderr.decode().strip().splitlines()), 2)

    def test_hostile__nul_bytes_bad_utf8_and_marks(self):
        self.handled(self.file(b"France\x00 met \xff\xfe Germany. \xe2\x80\xaeIran\xe2\x80\xac said.\n" * 50))

    def test_hostile__one_word_without_end(self):
        self.handled(self.file(b"a" * 1000000))

    def test_hostile__sentence_without_end(self):
        self.handled(self.file(b"and the minister of France met the king of Spain " * 4000))

    def test_hostile__brackets_a_hundred_thousand_deep(self):
        self.handled(self.file(b"(" * 100000 + b"France" + b")" * 100000))

    def test_ndjson_input__bad_lines_are_told_and_passed_over(self):
        path = self.file(b'{"id":"a","text":"France attacked Spain."}\n{"id":\n[1]\n{"id":"b"}\n{"id":"c","text":"Iran met Iraq."}\n', "in.ndjson")
        done, got = self.handled(path)
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r["id"] for r in got if r["kind"] == "document"], ["a", "c"])
        self.assertEqual(sum(r["kind"] == "error" for r in got), 3)


ARTICLE_HTML = """<!DOCTYPE html><html lang="en"><head><meta charset="%s"><title>Talks in Madrid | The Example</title>
<meta name="author" content="Jane Doe"><link rel="canonical" href="https://example.org/talks">
<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "headline": "Talks in Madrid",
"datePublished": "2024-04-02T10:00:00Z", "author": [{"name": "Jane Doe"}, {"name": "John Roe"}]}]}</script></head><body>
<nav><ul><li><a href="/">Home</a><li><a href="/world">World</a></ul></nav>
<div><figure><figcaption>The king of Spain attacked nobody in this picture.</figcaption></figure>
<p>The foreign minister of France, Jos\u00e9 Doe, met the king of Spain in Madrid on Tuesday.</p>
<p>Iran&nbsp;rejected the offer of the two sides &amp; recalled its envoy from Madrid for talks.</p>
<p>The ministers of the two states will meet again in Paris in May, a spokesman said.</p>
<p><a href="/other">Germany attacked Poland: read the story of that war here</a></p></div>
<section class="comments"><p>I say that Chad attacked Mali and that nobody here has read the article at all.</p></section>
<footer><p>The Example Publishing House of Nowhere, all rights reserved in every country.</p></footer></body></html>"""


class Inputs(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)

    def file(self, name, data):
        path = os.path.join(self.folder.name, name)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode())
        return path

    def documents(self, *args, exit_code=0):
        done, got = code(*args)
        self.assertEqual(done.returncode, exit_code, done.stderr)
        self.assertEqual(records.validate(done.stdout.decode().splitlines()), [])
        return [r for r in got if r["kind"] == "document"]

    def test_html__gives_the_article_and_its_metadata(self):
        for charset in ("utf-8", "iso-8859-1"):
            (doc,) = self.documents(self.file("a.html", (ARTICLE_HTML % charset).encode(charset)))
            self.assertEqual([doc["title"], doc["url"], doc["language"], doc["published"], doc["publishedFrom"], doc["credits"]],
                             ["Talks in Madrid", "https://example.org/talks", "en", "2024-04-02", "metadata", ["Jane Doe", "John Roe"]])
            self.assertIn("Jos\u00e9 Doe, met the king", doc["text"])
            self.assertIn("Iran rejected the offer of the two sides & recalled", doc["text"])
            for outside in ("Home", "picture", "Poland", "Chad", "Publishing", "{"):
                self.assertNotIn(outside, doc["text"])

    def test_html__is_known_by_its_first_bytes(self):
        (doc,) = self.documents(self.file("page", ARTICLE_HTML % "utf-8"))
        self.assertEqual(doc["title"], "Talks in Madrid")

    def test_csv__rows_of_several_lines_and_other_names(self):
        path = self.file("a.csv", 'id,body,date\n1,"Iran met ""Iraq"".\nIt left.",2024-04-02\n2,Chad met Mali.,"Tue, 02 Apr 2024 10:00:00 GMT"\n')
        docs = self.documents("--field", "text=body", path)
        self.assertEqual([(d["id"], d["text"], d["published"]) for d in docs],
                         [("1", 'Iran met "Iraq".\nIt left.', "2024-04-02"), ("2", "Chad met Mali.", "2024-04-02")])
        self.documents(path, exit_code=3)

    def test_ndjson__fields_by_other_names(self):
        path = self.file("a.jsonl", '{"key": 7, "body": "Iran met Iraq."}\n')
        (doc,) = self.documents("--field", "text=body", "--field", "id=key", path)
        self.assertEqual((doc["id"], doc["text"]), ("7", "Iran met Iraq."))
        self.assertEqual(code("--field", "nothing=body", path)[0].returncode, 3)
        self.assertEqual(run("code", "--field", "body", path).returncode, 2)

    def test_feed__rss_and_atom_items(self):
        rss = self.file("a.xml", '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
                        "<title>Feed</title><item><title>Iran meets Iraq</title><link>http://e/1</link><guid>g1</guid>"
                        "<pubDate>Tue, 02 Apr 2024 10:00:00 GMT</pubDate><description>Short.</description>"
                        "<content:encoded><![CDATA[<p>Iran met Iraq.</p><p>They left.</p>]]></content:encoded></item>"
                        "<item><title>Two</title><link>http://e/2</link><description>&lt;b&gt;Chad&lt;/b&gt; met Mali.</description></item></channel></rss>")
        atom = self.file("b.xml", '<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>A</title><id>u1</id><link href="http://e/3"/>'
                         '<published>2024-04-02T01:00:00Z</published><content type="html">&lt;p&gt;Oman met Iran.&lt;/p&gt;</content></entry></feed>')
        docs = self.documents(rss, atom)
        self.assertEqual([(d["id"], d["url"], d["published"], d["text"]) for d in docs],
                         [("g1", "http://e/1", "2024-04-02", "Iran meets Iraq\n\nIran met Iraq.\n\nThey left."),
                          ("http://e/2", "http://e/2", None, "Two\n\nChad met Mali."),
                          ("u1", "http://e/3", "2024-04-02", "A\n\nOman met Iran.")])

    def warc(self, *parts):
        return b"".join(b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
                        % (kind, uri, len(body), body) for kind, uri, body in parts)

    def test_warc__pages_and_texts_of_an_archive_packed_record_by_record(self):
        page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + (ARTICLE_HTML % "utf-8").encode()
        lost = b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n<p>Chad attacked Mali and nothing was found here."
        parts = [(b"warcinfo", b"", b"x"), (b"response", b"http://e/1", page), (b"response", b"http://e/2", lost),
                 (b"conversion", b"http://e/3", b"Iran met Iraq.")]
        docs = self.documents(self.file("a.warc.gz", b"".join(gzip.compress(self.warc(p)) for p in parts)))
        self.assertEqual([d["id"] for d in docs], ["http://e/1", "http://e/3"])
        self.assertEqual(docs[0]["title"], "Talks in Madrid")

    def test_warc__cut_off_is_told_after_what_stood_before(self):
        whole = self.warc((b"conversion", b"http://e/3", b"Iran met Iraq."), (b"conversion", b"http://e/4", b"Chad met Mali."))
        docs = self.documents(self.file("a.warc", whole[:-10]), exit_code=3)
        self.assertEqual([d["id"] for d in docs], ["http://e/3"])

    def test_packed__is_read_as_what_is_in_it(self):
        text = b"Iran met Iraq.\n" * 40
        for name, pack in (("a.txt.gz", gzip.compress), ("a.txt.bz2", bz2.compress), ("a.txt.xz", lzma.compress)):
            packed = pack(text)
            (doc,) = self.documents(self.file(name, packed))
            self.assertEqual(doc["text"].encode(), text)
            self.assertEqual(self.documents(self.file("cut-" + name, packed[:len(packed) // 2]), exit_code=3), [])

    def test_packed__bomb_ends_in_an_error_and_soon(self):
        bomb = gzip.compress(b"\n" * (1 << 28))
        started = time.monotonic()
        done, got = code("--input", "ndjson", self.file("bomb.gz", bomb))
        self.assertEqual(done.returncode, 3)
        self.assertEqual(got[0]["code"], "format")
        self.assertLess(time.monotonic() - started, 20)

    def test_markup__entities_that_swell_and_depth_without_end(self):
        laughs = "".join(f'<!ENTITY l{i} "{("&l%d;" % (i - 1)) * 10}">' for i in range(1, 12))
        self.documents(self.file("a.rss", f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]><rss><channel><item><title>&l11;</title>'
                                 "<description>Iran met Iraq.</description></item></channel></rss>"))
        self.documents(self.file("deep.html", "<html><body>" + "<div><b>" * 200000 + "Iran met Iraq."))
        self.documents(self.file("long.html", "<html><body>" + "<p>Iran met Iraq in the town.</p>" * 100000))

    def test_folder__is_walked_in_the_order_of_names(self):
        for name in ("b.txt", "a/z.txt", "a/.hidden.txt", "c.ndjson"):
            self.file("tree/" + name, '{"id": "n", "text": "Iran met Iraq."}\n' if name.endswith("json") else "Iran met Iraq.")
        tree = os.path.join(self.folder.name, "tree")
        self.assertEqual([d["id"].replace(tree, "") for d in self.documents(tree)], ["/a/z.txt", "/b.txt", "n"])

    def test_stdin__records_come_while_the_stream_goes_on(self):
        process = subprocess.Popen([PROGRAM, "code", "--format", "ndjson", "--input", "ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        for i in range(3):
            process.stdin.write(b'{"id": "%d", "text": "Quiet day."}\n' % i)
            process.stdin.flush()
            self.assertEqual(json.loads(process.stdout.readline())["id"], str(i))
        process.stdin.close()
        self.assertEqual(process.wait(60), 0)
        process.stdout.close()


class Commands(unittest.TestCase):
    def test_help__of_every_command_names_its_usage(self):
        for command in COMMANDS:
            done = run(command, "--help")
            self.assertEqual(done.returncode, 0, command)
            self.assertTrue(done.stdout.startswith(b"usage: chancery " + command.encode()), command)

    def test_usage__mistakes_exit_with_two_and_one_line(self):
        for args in ((), ("nothing",), ("code", "--nothing"), ("code", "--format", "xml"), ("code", "-j", "0"), ("explain", "x"),
                     ("lexicon",), ("lexicon", "check"), ("frames",)):
            self.assertEqual(run(*args).returncode, 2, args)

    def test_date__that_is_none_is_refused(self):
        self.assertEqual(run("code", "--date", "yesterday", EXAMPLES[0]).returncode, 3)

    def test_model_and_lexicon__that_are_none_are_refused_by_name(self):
        for option in ("--model", "--lexicon"):
            done = run("code", option, EXAMPLES[0], EXAMPLES[0])
            self.assertEqual(done.returncode, 1)
            self.assertIn(b"visit.txt", done.stderr)

    def test_output__a_full_disk_is_told_and_exits_with_four(self):
        with open("/dev/full", "wb") as full:
            done = subprocess.run([PROGRAM, "code", "--format", "ndjson", *EXAMPLES], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 4)

    def test_lexicon_check__finds_no_mistake_in_ours(self):
        done = run("lexicon", "check", os.path.join(SOURCE, "lexicon"))
        self.assertEqual(done.returncode, 0, done.stderr[-2000:])


if __name__ == "__main__":
    tap.main()
