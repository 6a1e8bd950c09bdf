"""Every kind of input, as a user has it: pages, feeds, tables, archives, folders."""
import bz2
import gzip
import html
import json
import lzma
import os
import re
import subprocess
import tempfile
import time
import unittest

import records
import tap
from program import PROGRAM, code, run

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

    def quotes(self, record, page, text):
        """Each span in a record with what stands in the page there, markup and references resolved."""
        if isinstance(record, dict):
            if record.get("span") and record["pageSpan"]:
                (a, b), (c, d) = record["span"], record["pageSpan"]
                yield text[a:b].decode(), html.unescape(re.sub("<[^>]*>|\u00ad", "", page[c:d].decode()))
            record = list(record.values())
        for part in record if isinstance(record, list) else []:
            yield from self.quotes(part, page, text)

    def test_html_map__tells_where_each_quoted_word_stands_in_the_page(self):
        page = (ARTICLE_HTML % "utf-8").replace("Jos\u00e9 Doe", "Jos&eacute; <b>Doe</b>").replace("king of", "king\r\n  of").encode()
        for path in (self.file("a.html", page), self.file("tree/a.html", page),
                     self.file("a.warc", self.warc((b"response", b"http://e/1", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + page)))):
            got = code("--keep-html-map", path)[1]
            text = got[0]["text"].encode()
            quotes = [q for r in got for q in self.quotes(r, page, text)]
            self.assertGreater(len(quotes), 5)
            for ours, theirs in quotes:
                self.assertEqual(ours.split(), theirs.split())
            runs = got[0]["pageMap"]
            self.assertEqual(runs, sorted(runs))
            for start, end, first, last in runs:
                self.assertEqual(text[start:end].decode().split(), html.unescape(page[first:last].decode()).split())
            self.assertGreater(sum(end - start for start, end, _, _ in runs), 0.9 * (len(text) - len("Talks in Madrid")))

    def test_html_map__is_told_on_request_and_of_pages_alone(self):
        page, text = self.file("a.html", ARTICLE_HTML % "utf-8"), self.file("a.txt", "Iran met Iraq on Monday.")
        for args in ((page,), ("--keep-html-map", text)):
            self.assertNotIn("pageMap", code(*args)[1][0])
        self.assertEqual(run("code", "-f", "table", "--keep-html-map", page).returncode, 2)

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

    def test_language__that_is_not_english_is_passed_over_and_force_reads_it(self):
        path = self.file("fr.txt", "Les ministres des deux pays se sont vus lundi dans la capitale et ils ont dit que la guerre est finie.")
        (doc,) = self.documents(path)
        self.assertEqual((doc["language"], doc["passedOver"], doc["sentences"]), ("fr", "language", []))
        (doc,) = self.documents("--force", path)
        self.assertNotIn("passedOver", doc)
        self.assertTrue(doc["sentences"])

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


if __name__ == "__main__":
    tap.main()
