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

    def test_what_was_met__is_known_to_a_run_that_goes_on(self):
        texts = [(str(i), report(i % 5)[:300 + 40 * (i * 7 % 50)]) for i in range(4000)]
        options = ["--duplicates", "--one-a-day", "--date", "2024-05-14"]
        wanted = run("code", "-f", "ndjson", "-i", "ndjson", "--quiet", *options, data=lines(texts)).stdout
        with tempfile.TemporaryDirectory() as folder:
            archive, out, point = (os.path.join(folder, n) for n in ("in.ndjson", "out", "point"))
            with open(archive, "wb") as f:
                f.write(lines(texts))
            command = [PROGRAM, "code", "--quiet", *options, "-j1", "--output", out, "--checkpoint", point, archive]
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


class OneADay(unittest.TestCase):
    def events(self, texts, *args):
        data = "".join(json.dumps({"id": str(i), "date": date, "text": text}) + "\n" for i, (date, text) in enumerate(texts)).encode()
        done = run("code", "-f", "ndjson", "-i", "ndjson", *args, data=data)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(records.validate(done.stdout.decode().splitlines(), "--one-a-day" in args), [])
        got = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(sum(r["kind"] == "document" for r in got), len(texts))
        return [(e["document"], e["type"]) for e in got if e["kind"] == "event"]

    def test_events__are_written_once_a_day_pair_type_and_place(self):
        texts = [("2024-04-02", "France attacked Spain on Monday."), ("2024-04-02", "France met Spain on Monday."),
                 ("2024-04-02", "France attacked Italy on Monday."), ("2024-04-12", "France attacked Spain on Monday."),
                 ("2024-04-02", "France attacked Spain on Monday.")]
        every = self.events(texts)
        once = self.events(texts, "--one-a-day")
        self.assertEqual([d for d, _ in every], ["0", "1", "2", "3", "4"])
        self.assertEqual([d for d, _ in once], ["0", "1", "2", "3"])

    def test_events__are_thinned_the_same_on_any_number_of_threads(self):
        texts = [("2024-05-14", report(i % 5)) for i in range(15)]
        once = self.events(texts, "--one-a-day", "-j1")
        self.assertLess(len(once), len(self.events(texts)))
        self.assertGreater(len(once), 5)
        self.assertEqual(self.events(texts, "--one-a-day", "--duplicates", "-j4"), once)

    def test_option__needs_ndjson(self):
        self.assertEqual(run("code", "-f", "table", "--one-a-day", EXAMPLES[0]).returncode, 2)

    def test_events__of_nobody_known_nowhere_are_all_written(self):
        texts = [("2024-04-02", "Protesters marched on Monday.")] * 2
        self.assertEqual(len(self.events(texts)), 2)
        self.assertEqual(self.events(texts, "--one-a-day"), self.events(texts))


if __name__ == "__main__":
    tap.main()
