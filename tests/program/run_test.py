"""Long runs: killed ones that go on, signals, full disks, closed pipes, what is told meanwhile.

CHANCERY_KILLS is how often runs are killed (20)."""
import json
import os
import random
import re
import signal
import subprocess
import tempfile
import time
import unittest

import tap
from program import EXAMPLES, PROGRAM, SANITIZED, run

KILLS = int(os.environ.get("CHANCERY_KILLS", "20"))
SUMMARY = re.compile(rb"^chancery: (\d+) documents, (\d+) sentences, (\d+) events.*, in [\d.]+ s ", re.M)


class Runs(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = folder.name

    def path(self, name):
        return os.path.join(self.folder, name)

    def archive(self, count, name="archive.ndjson"):
        """Reports of different length, here and there a line that is none."""
        texts = []
        for example in EXAMPLES:
            with open(example, encoding="utf-8") as f:
                texts.append(f.read())
        with open(self.path(name), "w", encoding="utf-8") as f:
            for i in range(count):
                if i % 41 == 7:
                    f.write('{"id": "broken\n')
                f.write(json.dumps({"id": f"d{i}", "date": "2024-05-14", "text": texts[i % len(texts)][:100 + 97 * i % 1500]}) + "\n")
        return self.path(name)

    def command(self, archive, *more):
        return [PROGRAM, "code", "-f", "ndjson", "--quiet", "--checkpoint", self.path("point"), *more, archive]

    def bytes(self, name):
        with open(self.path(name), "rb") as f:
            return f.read()

    def reference(self, archive):
        done = run("code", "-f", "ndjson", "--quiet", archive)
        self.assertEqual(done.returncode, 3)
        self.assertGreater(done.stdout.count(b"\n"), 200)
        return done.stdout

    def killed(self, command, seconds, number=signal.SIGKILL, **kw):
        """Ends a run after a while; its exit code."""
        with subprocess.Popen(command, stderr=subprocess.DEVNULL, **kw) as process:
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                process.send_signal(number)
                return process.wait(120)

    def test_checkpoint__killed_run_goes_on_and_gives_the_same_bytes(self):
        rng = random.Random(11)
        archive = self.archive(120 if SANITIZED else 400)
        wanted = self.reference(archive)
        kills = resumed = 0
        while kills < KILLS:
            code = self.killed(self.command(archive, "--output", self.path("out")), rng.uniform(0.01, 1.2))
            if code == -signal.SIGKILL:
                kills += 1
                resumed += os.path.exists(self.path("point")) and b"inputs 0\n" not in self.bytes("point")
                continue
            self.assertEqual(code, 3)
            self.assertEqual(self.bytes("out"), wanted)
            os.unlink(self.path("point"))
        self.assertGreater(resumed, 0)
        last = subprocess.run(self.command(archive, "--output", self.path("out")), stderr=subprocess.DEVNULL, timeout=300)
        self.assertEqual(last.returncode, 3)
        self.assertEqual(self.bytes("out"), wanted)

    def test_checkpoint__appends_to_an_output_that_the_shell_opened(self):
        archive = self.archive(200)
        wanted = self.reference(archive)
        code = None
        with open(self.path("out"), "wb") as out:
            out.write(b"what was there\n")
        for seconds in (0.5, 0.7, 300):
            with open(self.path("out"), "ab") as out:
                code = self.killed(self.command(archive), seconds, stdout=out)
        self.assertEqual(code, 3)
        self.assertEqual(self.bytes("out"), b"what was there\n" + wanted)

    def test_checkpoint__of_a_run_that_is_done_does_nothing_and_takes_what_is_added(self):
        archive = self.archive(30)
        command = self.command(archive, "--output", self.path("out"))
        self.assertEqual(subprocess.run(command, stderr=subprocess.DEVNULL).returncode, 3)
        first = self.bytes("out")
        self.assertEqual(subprocess.run(command, stderr=subprocess.DEVNULL).returncode, 3)
        self.assertEqual(self.bytes("out"), first)
        with open(archive, "a", encoding="utf-8") as f:
            f.write('{"id": "added", "text": "France attacked Spain on Monday."}\n')
        subprocess.run(command, stderr=subprocess.DEVNULL)
        self.assertEqual(self.bytes("out"), run("code", "-f", "ndjson", archive).stdout)

    def refused(self, command, words, **kw):
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, **kw)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertIn(words, done.stderr)

    def test_checkpoint__refuses_other_inputs_other_options_and_a_shorter_output(self):
        archive, other = self.archive(20), self.archive(21, "other.ndjson")
        with open(other, "r+", encoding="utf-8") as f:
            f.write('{"id": "D')
        out = ("--output", self.path("out"))
        subprocess.run(self.command(archive, *out), stderr=subprocess.DEVNULL)
        before = self.bytes("out")
        self.refused(self.command(other, *out), b"other inputs or other options")
        self.refused(self.command(archive, "--date", "2020-01-01", *out), b"other inputs or other options")
        self.refused(self.command("/dev/null", *out), b"repeat the command as it was")
        self.assertEqual(self.bytes("out"), before)
        with open(self.path("out"), "wb") as emptied:
            self.refused(self.command(archive), b"give it as it was left", stdout=emptied)
        with open(self.path("point"), "w", encoding="ascii") as f:
            f.write("something else\n")
        self.refused(self.command(archive, *out), b"is no checkpoint")

    def test_checkpoint__needs_an_output_that_is_a_file(self):
        self.refused(self.command(EXAMPLES[0]), b"--output", stdout=subprocess.PIPE)

    def test_signal__ends_the_run_between_two_documents(self):
        archive = self.archive(600)
        wanted = self.reference(archive)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            command = self.command(archive, "--output", self.path("out"))
            if os.path.exists(self.path("point")):
                os.unlink(self.path("point"))
            code = self.killed(command, 1.0, number)
            self.assertIn(code, (-number, 3))
            self.assertTrue(wanted.startswith(self.bytes("out")))
            self.assertTrue(self.bytes("out").endswith(b"}\n"))
            self.assertIn(b"output %d\n" % len(self.bytes("out")), self.bytes("point"))

    def test_signal__ends_a_run_that_waits_for_input(self):
        with subprocess.Popen([PROGRAM, "code", "-f", "ndjson", "-i", "ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdin.write(b'{"id": "a", "text": "France attacked Spain on Monday."}\n')
            process.stdin.flush()
            self.assertIn(b'"a"', process.stdout.readline())
            process.send_signal(signal.SIGTERM)
            self.assertEqual(process.wait(60), -signal.SIGTERM)
            self.assertIn(b"stopped", process.stderr.read())

    def test_pipe__that_is_closed_ends_a_run_though_its_input_stays_open(self):
        with subprocess.Popen([PROGRAM, "code", "-f", "ndjson", "-i", "ndjson"], stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE) as process:
            process.stdout.close()
            process.stdin.write(b'{"id": "a", "text": "France attacked Spain on Monday."}\n')
            process.stdin.flush()
            self.assertEqual(process.wait(60), 4)
            self.assertIn(b"standard output", process.stderr.read())

    def test_disk__that_is_full_is_told_and_exits_4(self):
        for more in ((), ("-j1",)):
            done = subprocess.run([PROGRAM, "code", "--quiet", *more, "--output", "/dev/full", *EXAMPLES], stderr=subprocess.PIPE)
            self.assertEqual(done.returncode, 4)
            self.assertEqual(len(done.stderr.splitlines()), 1, done.stderr)

    def test_output__that_cannot_be_made_exits_4(self):
        done = run("code", "--output", self.path("no/such"), EXAMPLES[0])
        self.assertEqual(done.returncode, 4)
        self.assertIn(b"no/such", done.stderr)

    def test_output__is_ndjson_and_replaces_what_was_there(self):
        wanted = run("code", "-f", "ndjson", EXAMPLES[0]).stdout
        with open(self.path("out"), "wb") as f:
            f.write(b"x" * (2 * len(wanted)))
        self.assertEqual(run("code", "-o", self.path("out"), EXAMPLES[0]).stdout, b"")
        self.assertEqual(self.bytes("out"), wanted)

    def test_summary__counts_what_was_written(self):
        done = run("code", "-f", "ndjson", *EXAMPLES, self.path("missing"))
        got = [json.loads(line) for line in done.stdout.splitlines()]
        counts = [sum(r["kind"] in ("document", "error") for r in got), sum(len(r.get("sentences", [])) for r in got),
                  sum(r["kind"] == "event" for r in got)]
        self.assertEqual([int(n) for n in SUMMARY.search(done.stderr).groups()], counts)
        self.assertIn(b"; 1 could not be read", done.stderr)

    def test_summary__is_not_told_of_one_text_nor_when_quiet(self):
        self.assertEqual(run("code", "-f", "ndjson", EXAMPLES[0]).stderr, b"")
        self.assertEqual(run("code", "-f", "ndjson", "--quiet", *EXAMPLES).stderr, b"")

    def test_progress__is_a_bar_on_a_terminal(self):
        archive = self.archive(600)
        ours, theirs = os.openpty()
        with subprocess.Popen([PROGRAM, "code", "-o", self.path("out"), archive], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                              stderr=theirs) as process:
            os.close(theirs)
            shown = b""
            while True:
                try:
                    got = os.read(ours, 4096)
                except OSError:
                    break
                if not got:
                    break
                shown += got
            process.wait(120)
        os.close(ours)
        self.assertRegex(shown, rb"\r\x1b\[K\[[#.]{24}\] \d+ documents, [\d.]+/s, \d+%, .* left")
        self.assertTrue(SUMMARY.search(shown.replace(b"\r\x1b[K", b"\n")), shown[-300:])


if __name__ == "__main__":
    tap.main()
