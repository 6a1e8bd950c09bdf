"""No leak and no stray access, by valgrind's word."""
import shutil
import subprocess
import unittest

import tap
from program import EXAMPLES, PROGRAM, SANITIZED


class Memory(unittest.TestCase):
    def setUp(self):
        if SANITIZED:
            self.skipTest("a build with sanitizers looks for itself")
        if shutil.which("valgrind") is None:
            self.skipTest("valgrind is not installed")

    def clean(self, *args):
        done = subprocess.run(["valgrind", "--quiet", "--leak-check=full", "--show-leak-kinds=all", "--errors-for-leak-kinds=all",
                               "--error-exitcode=99", PROGRAM, *args], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=800)
        self.assertEqual(done.returncode, 0, done.stderr.decode()[-3000:])

    def test_code__leaves_nothing_behind(self):
        self.clean("code", "--format", "table", "-j1", EXAMPLES[0])

    def test_code__on_two_threads_leaves_nothing_behind(self):
        self.clean("code", "--format", "ndjson", "-j2", *EXAMPLES[:2])

    def test_explain__leaves_nothing_behind(self):
        self.clean("explain", EXAMPLES[0], "e1")


if __name__ == "__main__":
    tap.main()
