"""Any bytes give records or one clear error, and the rest of the run goes on."""
import os
import random
import resource
import tempfile
import unittest

import records
import tap
from program import EXAMPLES, code


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
