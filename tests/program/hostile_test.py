"""Any bytes give records or one clear error, and the rest of the run goes on."""
import bz2
import gzip
import json
import lzma
import os
import random
import resource
import shutil
import subprocess
import tempfile
import unittest
import zlib

import records
import tap
from program import EXAMPLES, PROGRAM, SANITIZED, code

SLOWER = 10 if SANITIZED else 1  # how much slower a build with sanitizers is


def size(n):
    """A number of bytes or of pieces, fewer for a build with sanitizers."""
    return n // 5 if SANITIZED else n


def peak_megabytes(pid):
    """Of a process that still runs; what wait4() tells counts the memory of the one that forked it."""
    for line in open(f"/proc/{pid}/status", encoding="ascii"):
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("no peak of memory is known")


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

    def written(self, name, pieces):
        """A file that this process never holds whole: its own size would count as the program's."""
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as f:
            for piece, times in pieces:
                block = piece * max(1, min(times, 65536 // len(piece)))
                for _ in range(times * len(piece) // len(block)):
                    f.write(block)
        return path

    def bounded(self, name, pieces, *args, megabytes=150):
        """Within so much memory and thirty seconds of a processor; the records' kinds and codes."""
        path = self.written(name, pieces)
        command = [PROGRAM, "code", "--format", "ndjson", "--quiet", "-j2", *args, path]
        with open(os.path.join(self.folder.name, "out"), "w+b") as out:
            process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL,
                                       preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (30 * SLOWER, 30 * SLOWER)))
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.assertIn(process.returncode, (0, 3), name)
            if not SANITIZED:
                self.assertLess(usage.ru_maxrss / 1024, megabytes, name)
            out.seek(0)
            got = [json.loads(line) for line in out]
        self.assertTrue(got, name)
        return [r.get("code", r["kind"]) if r["kind"] in ("error", "document") else "record" for r in got]

    def test_bytes__at_random(self):
        rng = random.Random(7)
        self.handled(self.file(rng.randbytes(1 << 20)))

    def test_bytes__at_random_as_every_kind_of_input(self):
        rng = random.Random(8)
        path = self.file(rng.randbytes(1 << 16))
        for kind in ("text", "ndjson", "conllu"):
            self.handled(path, "--input", kind)

    def test_bytes__of_a_report_changed_here_and_there(self):
        rng = random.Random(9)
        with open(EXAMPLES[0], "rb") as f:
            report = f.read()
        paths = []
        for i in range(20):
            changed = bytearray(report)
            for _ in range(rng.randrange(1, 60)):
                changed[rng.randrange(len(changed))] = rng.randrange(256)
            paths.append(self.file(bytes(changed), f"{i}.txt"))
        done, got = code(*paths)
        self.assertIn(done.returncode, (0, 3))
        self.assertEqual(records.validate(done.stdout.decode().splitlines()), [])
        self.assertEqual(sum(r["kind"] in ("document", "error") for r in got), len(paths))

    def test_empty__file_gives_an_empty_document(self):
        done, got = self.handled(self.file(b""))
        self.assertEqual(done.returncode, 0)
        self.assertEqual([r["kind"] for r in got], ["document"])

    def test_long__line_of_fifty_megabytes_is_over_the_limit(self):
        done, got = self.handled(self.file(b"The army attacked the town. " * (50 * 1024 * 1024 // 28)))
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r["code"] for r in got], ["limit"])
        self.assertEqual(len(done.stderr.splitlines()), 1)

    def test_long__one_word_of_a_megabyte(self):
        self.handled(self.file(b"a" * 1000000))

    def test_long__sentence_of_a_million_bytes_takes_no_more_memory_than_text(self):
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        self.handled(self.file(b"and the minister of France met the king of Spain " * 20000))
        self.assertLess(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, max(before, 3 << 20))

    def test_bombs__end_in_an_error_whatever_packs_them(self):
        pack = {"gz": zlib.compressobj(9, zlib.DEFLATED, 31), "bz2": bz2.BZ2Compressor(), "xz": lzma.LZMACompressor()}
        zeros = bytes(1 << 20)
        for ending, packer in pack.items():
            bomb = b"".join(packer.compress(zeros) for _ in range(256)) + packer.flush()
            for kind in ("ndjson", "csv", "warc", "feed"):
                self.assertEqual(set(self.bounded("bomb." + ending, [(bomb, 1)], "--input", kind, megabytes=200)), {"format"})
            for kind in ("text", "html"):
                self.assertEqual(self.bounded("bomb." + ending, [(bomb, 1)], "--input", kind, megabytes=200), ["limit"])
        zst = shutil.which("zstd")
        if zst is not None:
            bomb = subprocess.run([zst, "-19", "-c"], input=zeros * 256, stdout=subprocess.PIPE, check=True).stdout
            self.assertEqual(set(self.bounded("bomb.zst", [(bomb, 1)], "--input", "ndjson", megabytes=400)), {"format"})

    def test_entities__swell_neither_in_text_nor_in_attributes_nor_from_files(self):
        item = b"</title><description>Iran met Iraq.</description></item></channel></rss>"
        entity = (b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "' + b"x" * 100000 + b'">]>')
        for head in (b"<rss><channel><item><title>", b'<rss><channel><item><link href="'):
            tail = item if b"title" in head else b'"/><title>' + item
            self.assertEqual(self.bounded("a.rss", [(entity + head, 1), (b"&a;", 50000), (tail, 1)])[0], "document")
        with open(self.written("secret", [(b"Chad attacked Mali.", 1)]), "rb"):
            path = self.file(b'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a SYSTEM "file://%s">]><rss><channel><item><title>&a;'
                             % os.path.join(self.folder.name, "secret").encode() + item, "b.rss")
        self.assertNotIn(b"Chad", code(path)[0].stdout)

    def test_markup__deep_wide_and_strange(self):
        body = b"<html><body>"
        for name, pieces in {
            "deep": [(body, 1), (b"<div><b>", size(900000)), (b"Iran met Iraq in the town of Goma.", 1)],
            "classes": [(body + b'<p class="', 1), (b"a b c ", size(1300000)), (b'">Iran met Iraq in the town of Goma.', 1)],
            "attributes": [(body + b"<p ", 1)] + [(b"a%d=1 " % i, 1) for i in range(size(200000))] + [(b">Iran met Iraq in the town of Goma.", 1)],
            "open": [(b"<", size(8000000))],
            "scripts": [(b'<script type="application/ld+json">', 1), (b"[", size(4000000)), (b"</script><p>Iran met Iraq in the town.", 1)],
        }.items():
            self.assertEqual(self.bounded(name + ".html", pieces)[0], "document")
            self.assertEqual(self.bounded(name + ".html", pieces, "--keep-html-map", megabytes=400)[0], "document")
        self.bounded("feed.rss", [(b"<rss><channel><item><description>", 1), (b"<a>", size(1000000)), (b"</description></item></channel></rss>", 1)])

    def test_text__of_one_kind_without_end(self):
        for name, piece in {"nul": b"\0", "word": b"a", "tokens": b"a ", "dots": b"a.b.", "quotes": b"\"' ", "digits": b"1,2.3-", "lines": b"a\n",
                            "brackets": b"(", "marks": "\u202eIran\u202c met \u200fIraq\u2066. ".encode(), "accents": "\u0301".encode()}.items():
            self.assertEqual(self.bounded(name + ".txt", [(piece, size(300000) // len(piece))], megabytes=600)[0], "document")

    def test_text__a_sentence_of_a_million_words(self):
        words = 100000 if SANITIZED else 1000000
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertEqual(self.bounded("long.txt", [(b"harbour ", words)], megabytes=300)[0], "document")
        spent = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.assertLess(spent.ru_utime - before.ru_utime, 3 * SLOWER)

    def test_text__behind_a_sentence_without_end_is_read(self):
        end = b"harbour " * 6000
        done, got = self.handled(self.file(b"Iran met Iraq on Monday. Then " + end + b"closed.\n\nChad attacked Mali on Tuesday.\n"))
        read = [got[0]["text"][a:b] for a, b in got[0]["sentences"]]
        self.assertEqual((read[0], read[-1]), ("Iran met Iraq on Monday.", "Chad attacked Mali on Tuesday."))
        (unread,) = got[0]["furniture"]
        self.assertEqual(unread["reason"], "endless")
        self.assertEqual(len(got[0]["text"][:unread["span"][0]].split()), 5 + 4096)
        self.assertTrue(got[0]["text"][:unread["span"][1]].endswith("closed."))
        for text in (b"The harbour of the town " * 100, b"and the minister of France met the king of Spain " * 400):
            self.assertEqual(self.handled(self.file(text))[1][0]["furniture"], [])

    def test_lines__of_a_hundred_megabytes_are_told_and_passed_over(self):
        sentence = b"The army attacked the town. "
        many = 100 * 1024 * 1024 // len(sentence)
        self.assertEqual(self.bounded("a.ndjson", [(b'{"text":"', 1), (sentence, many), (b'"}\n{"text":"Quiet day."}\n', 1)], megabytes=200),
                         ["limit", "document"])
        self.assertEqual(self.bounded("a.csv", [(b'id,text\n1,"', 1), (sentence, many)], megabytes=200), ["limit"])
        self.assertEqual(self.bounded("a.txt", [(sentence, many)], megabytes=200), ["limit"])

    def test_stream__memory_stays_the_same_however_long_it_is(self):
        line = b'{"id":"%d","text":"Iran met Iraq on Monday.","pad":"' + b"x" * 1000000 + b'"}\n'
        for count in (20, size(200)):
            process = subprocess.Popen([PROGRAM, "code", "-f", "ndjson", "-i", "ndjson", "--quiet", "-j2"], stdin=subprocess.PIPE,
                                       stdout=subprocess.DEVNULL)
            for i in range(count):
                process.stdin.write(line % i)
            peak = peak_megabytes(process.pid)
            process.stdin.close()
            self.assertEqual(process.wait(), 0)
            if not SANITIZED:
                self.assertLess(peak, 150)

    def test_json__lone_surrogates_become_replacement_characters(self):
        path = self.file(b'{"id":"a","text":"\\ud800Iran met \\udc00Iraq \\ud83d\\ude00 \\u0000on Monday."}\n', "in.ndjson")
        done, got = self.handled(path)
        self.assertEqual(done.returncode, 0)
        self.assertEqual(got[0]["text"], "\ufffdIran met \ufffdIraq \U0001f600  on Monday.")

    def test_folder__with_loops_of_links_pipes_and_what_cannot_be_read(self):
        tree = os.path.join(self.folder.name, "tree")
        os.makedirs(os.path.join(tree, "sub"))
        for name in ("a.txt", "sub/z.txt"):
            self.file(b"Iran met Iraq on Monday.", "tree/" + name)
        os.symlink("..", os.path.join(tree, "sub", "loop"))
        os.symlink("nothing", os.path.join(tree, "b.txt"))
        os.mkfifo(os.path.join(tree, "c.txt"))
        done, got = code(tree, timeout=120)
        self.assertEqual(done.returncode, 3)
        self.assertEqual([os.path.relpath(r["id"], tree) for r in got if r["kind"] == "document"], ["a.txt", "sub/z.txt"])
        self.assertEqual([os.path.relpath(r["document"], tree) for r in got if r["kind"] == "error"], ["b.txt"])

    def test_warc__with_wrong_lengths(self):
        record = b"WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Target-URI: http://e/%d\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        text = b"Iran met Iraq on Monday."
        for length in (0, 5, len(text) + 9, 10 ** 18, 2 ** 64 + 5, -1):
            done, got = self.handled(self.file(record % (1, len(text), text) + record % (2, length, text) + record % (3, len(text), text), "a.warc"))
            self.assertEqual(done.returncode, 3)
            self.assertEqual(got[0]["id"], "http://e/1")

    def test_packed__several_members_and_cut_off_ones(self):
        text = b"Iran met Iraq on Monday.\n"
        for name, pack in (("a.gz", gzip.compress), ("a.bz2", bz2.compress), ("a.xz", lzma.compress)):
            packed = pack(text)
            done, got = self.handled(self.file(packed * 3, name))
            self.assertEqual(got[0]["text"].encode(), text * 3)
            done, got = self.handled(self.file(packed * 2 + packed[:-3], name), "-i", "ndjson")
            self.assertEqual(done.returncode, 3)
            self.assertIn("cut off", got[-1]["message"])

    def test_deep__brackets(self):
        self.handled(self.file(b"(" * 100000 + b"France" + b")" * 100000))

    def test_deep__json(self):
        self.handled(self.file(b'{"text":' + b"[" * 100000 + b"]" * 100000 + b"}\n", "in.ndjson"))

    def test_files__directory_and_missing_are_told_and_the_rest_goes_on(self):
        done, got = code("--quiet", self.folder.name, os.path.join(self.folder.name, "none"), EXAMPLES[0])
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r["kind"] for r in got[:3]], ["error", "error", "document"])
        self.assertEqual([r["code"] for r in got[:2]], ["io", "io"])
        self.assertEqual(len(done.stderr.decode().strip().splitlines()), 2)

    def test_files__many(self):
        paths = [self.file(b"Iran attacked Iraq.\n", f"{i}.txt") for i in range(500)]
        done, got = code(*paths)
        self.assertEqual(done.returncode, 0)
        self.assertEqual([r["id"] for r in got if r["kind"] == "document"], paths)

    def test_text__with_nul_bad_utf8_and_direction_marks(self):
        self.handled(self.file(b"France\x00 met \xff\xfe Germany. \xe2\x80\xaeIran\xe2\x80\xac said.\n" * 50))

    def test_ndjson__bad_lines_are_told_and_passed_over(self):
        path = self.file(b'{"id":"a","text":"France attacked Spain."}\n{"id":\n[1]\n{"id":"b"}\n{"id":"c","text":"Iran met Iraq."}\n', "in.ndjson")
        done, got = self.handled(path)
        self.assertEqual(done.returncode, 3)
        self.assertEqual([r["id"] for r in got if r["kind"] == "document"], ["a", "c"])
        self.assertEqual(sum(r["kind"] == "error" for r in got), 3)


if __name__ == "__main__":
    tap.main()
