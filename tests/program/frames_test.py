"""The examples written beside the frames, through the built program."""
import re
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

    def test_frames__of_one_file_are_run_alone(self):
        done = run("frames", "test", "frames/aid.txt")
        self.assertTrue(all(b"frames/aid.txt:" in line for line in done.stdout.splitlines()[:-1]))
        self.assertIn(b" passed, ", done.stdout.splitlines()[-1])


if __name__ == "__main__":
    tap.main()
