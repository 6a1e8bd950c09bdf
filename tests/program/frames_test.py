"""The examples written beside the frames, through the built program."""
import os
import re
import tempfile
import unittest

import tap
from program import run

# Share of the examples that hold. Those that do not are misread by the model or
# taken by a frame beside the one meant; `chancery frames test` lists them. A
# change may not lose what was held: raise this when more hold.
FLOOR = 0.98


class Frames(unittest.TestCase):
    def test_frames__examples_hold_as_often_as_before(self):
        done = run("frames", "test", "--quiet")
        passed, failed = map(int, re.search(rb"(\d+) passed, (\d+) failed", done.stdout).groups())
        self.assertEqual(done.returncode, 1 if failed else 0)
        self.assertGreater(passed + failed, 1000)
        self.assertGreaterEqual(passed / (passed + failed), FLOOR, f"{passed} hold, {failed} do not")

    def test_frames__show_every_code_by_two_sentences_and_two_near_misses(self):
        done = run("frames", "test", "--codes")
        codes, short = map(int, re.search(rb"of (\d+) codes (\d+) are short", done.stdout).groups())
        self.assertGreater(codes, 280)
        self.assertEqual(short, 0, done.stdout.decode())

    def test_frames__tell_which_code_is_short(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, "own.txt"), "w", encoding="utf-8") as f:
                f.write("cameo 0421\n  label: Make a visit by night\n  type: CONSULT\n\n"
                        "frame visit-by-night\n  cameo: 0421\n  verb: drop in by night\n"
                        "  yes: France dropped in by night on Germany.\n  no: France visited Germany.\n")
            done = run("frames", "test", "--codes", "-L", folder)
        self.assertEqual(done.returncode, 1)
        self.assertIn(b"CAMEO 0421 (Make a visit by night) has", done.stdout)

    def test_frames__of_one_file_are_run_alone(self):
        done = run("frames", "test", "frames/aid.txt")
        self.assertTrue(all(b"frames/aid.txt:" in line for line in done.stdout.splitlines()[:-1]))
        self.assertIn(b" passed, ", done.stdout.splitlines()[-1])


if __name__ == "__main__":
    tap.main()
