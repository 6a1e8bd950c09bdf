"""Reports that repeat others are found, and nothing else is."""
import json
import os
import signal
import subprocess
import tempfile
import time
import unittest

import records
import tap
from program import BUILD, EXAMPLES, PROGRAM, SOURCE, run

SHORT = "The army shelled {} on Monday, and four people were killed, the ministry said."


def report(example=0):
    with open(EXAMPLES[example], encoding="utf-8") as f:
        return f.read()


def lines(texts):
    return "".join(json.dumps({"id": name, "text": text}) + "\n" for name, text in texts).encode()


def originals(texts, *args):
    done = run("code", "-f", "ndjson", "-i", "ndjson", "--duplicates", *args, data=lines(texts))
    assert records.validate(done.stdout.decode().splitlines()) == []
    return [r["duplicateOf"] for r in map(json.loads, done.stdout.splitlines()) if r["kind"] == "document"]


class Duplicates(unittest.TestCase):
    def test_duplicates__are_told_on_request_alone(self):
        done = run("code", "-f", "ndjson", EXAMPLES[0])
        self.assertNotIn("duplicateOf", json.loads(done.stdout.splitlines()[0]))
        self.assertEqual(run("code", "-f", "table", "--duplicates", EXAMPLES[0]).returncode, 2)

    def test_duplicates__word_for_word(self):
        short = SHORT.format("the port")
        self.assertEqual(originals([("a", short), ("b", short.upper()), ("c", short)]), [None, "a", "a"])

    def test_duplicates__with_another_headline_and_a_paragraph_less(self):
        for example in range(len(EXAMPLES)):
            paragraphs = report(example).split("\n\n")
            again = "\n\n".join(["Ministers wait for an answer that may never come"] + paragraphs[1:-1])
            self.assertEqual(originals([("a \"quoted\" id", report(example)), ("b", again)]), [None, "a \"quoted\" id"], EXAMPLES[example])

    def test_duplicates__are_not_other_reports_nor_short_ones_that_differ_in_a_word(self):
        self.assertEqual(originals([(str(i), report(i)) for i in range(len(EXAMPLES))]), [None] * len(EXAMPLES))
        self.assertEqual(originals([(place, SHORT.format(place)) for place in ("Goma", "Homs", "Aden")]), [None] * 3)
        self.assertEqual(originals([("a", ""), ("b", "")]), [None, None])

    def test_duplicates__are_the_same_on_any_number_of_threads(self):
        texts = [(str(i), report(i % 3)[:200 + 700 * (i % 7)]) for i in range(60)]
        first = originals(texts, "-j1")
        self.assertGreater(len([o for o in first if o is not None]), 20)
        for threads in ("-j2", "-j5"):
            self.assertEqual(originals(texts, threads), first)

    @staticmethod
    def seen(point):
        """What the checkpoint says, "" while there is none."""
        try:
            with open(point, encoding="ascii") as f:
                return f.read()
        except FileNotFoundError:
            return ""

    def test_duplicates__are_known_to_a_run_that_goes_on(self):
        texts = [(str(i), report(i % 5)[:300 + 40 * (i * 7 % 50)]) for i in range(4000)]
        wanted = run("code", "-f", "ndjson", "-i", "ndjson", "--quiet", "--duplicates", data=lines(texts)).stdout
        with tempfile.TemporaryDirectory() as folder:
            archive, out, point = (os.path.join(folder, n) for n in ("in.ndjson", "out", "point"))
            with open(archive, "wb") as f:
                f.write(lines(texts))
            command = [PROGRAM, "code", "--quiet", "--duplicates", "-j1", "--output", out, "--checkpoint", point, archive]
            resumed = 0
            for kill in (True, True, False):
                with subprocess.Popen(command) as process:
                    before = self.seen(point)
                    while kill and process.poll() is None and self.seen(point) == before:
                        time.sleep(0.01)
                    if kill and process.poll() is None:
                        process.send_signal(signal.SIGKILL)
                        resumed += 1
                    code = process.wait(600)
            self.assertEqual(code, 0)
            self.assertGreater(resumed, 0)
            with open(out, "rb") as f:
                self.assertEqual(f.read(), wanted)

    def test_duplicates__of_made_up_stories_are_found_and_hardly_anything_else(self):
        done = subprocess.run([os.path.join(SOURCE, "scripts", "duplicates"), BUILD, "60"], stdout=subprocess.PIPE, check=True, text=True)
        row = [float(cell) for cell in done.stdout.splitlines()[2].split("|")[2:-1]]
        precision, same, headline, less = row[:4]
        self.assertGreaterEqual(precision, 97)
        self.assertEqual((same, headline), (100, 100))
        self.assertGreaterEqual(less, 80)


if __name__ == "__main__":
    tap.main()
