"""What `make install` puts where, and that others can build on it."""
import glob
import os
import re
import subprocess
import tempfile
import unittest

import tap
from program import BUILD, COMMANDS, EXAMPLES, SANITIZED, SOURCE


class Install(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if SANITIZED:
            raise unittest.SkipTest("a build with sanitizers is not for installing")
        cls.folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.folder.cleanup)
        cls.root = os.path.join(cls.folder.name, "root")
        subprocess.run(["make", "--no-print-directory", "-C", SOURCE, "install", f"BUILD={BUILD}", f"DESTDIR={cls.root}"],
                       check=True, stdout=subprocess.PIPE)
        prefix = glob.glob(cls.root + "/**/bin/chancery", recursive=True)[0]
        cls.prefix = os.path.dirname(os.path.dirname(prefix))

    def one(self, pattern):
        found = glob.glob(os.path.join(self.prefix, "**", pattern), recursive=True)
        self.assertEqual(len(found), 1, pattern)
        return found[0]

    def env(self):
        return dict(os.environ, CHANCERY_DATA=os.path.join(self.prefix, "share", "chancery"),
                    LD_LIBRARY_PATH=os.path.dirname(self.one("libchancery.so")))

    def test_install__has_every_part(self):
        for part in ("chancery.h", "libchancery.so", "libchancery.so.0", "chancery.pc", "lexicon.bin", "english.model",
                     "chancery.1", os.path.join("completions", "chancery"), *(f"chancery-{c}.1" for c in COMMANDS)):
            self.one(part)

    def test_install__program_finds_its_data_where_it_stands(self):
        env = {k: v for k, v in os.environ.items() if k != "CHANCERY_DATA"}
        done = subprocess.run([self.one(os.path.join("bin", "chancery")), "code", EXAMPLES[0]], env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn(b'"kind":"event"', done.stdout)

    def test_library__exports_its_interface_and_nothing_else(self):
        out = subprocess.run(["nm", "-D", "--defined-only", self.one("libchancery.so")], stdout=subprocess.PIPE, text=True, check=True).stdout
        names = {l.split()[2].split("@")[0] for l in out.splitlines() if l.split()[1] != "A"}
        with open(os.path.join(SOURCE, "include", "chancery.h"), encoding="utf-8") as f:
            declared = set(re.findall(r"CHANCERY_API[^;]*?\b(chancery_\w+)\(", f.read()))
        self.assertEqual(names, declared)

    def test_library__is_versioned(self):
        out = subprocess.run(["readelf", "-dV", self.one("libchancery.so")], stdout=subprocess.PIPE, text=True, check=True).stdout
        self.assertIn("[libchancery.so.0]", out)
        self.assertIn("CHANCERY_0", out)

    def test_library__serves_a_program_built_against_it(self):
        pc = self.one("chancery.pc")
        env = dict(self.env(), PKG_CONFIG_PATH=os.path.dirname(pc), PKG_CONFIG_SYSROOT_DIR=self.root)
        flags = subprocess.run(["pkg-config", "--cflags", "--libs", "chancery"], env=env, stdout=subprocess.PIPE, text=True, check=True).stdout.split()
        program = os.path.join(self.folder.name, "embed")
        subprocess.run(["cc", "-std=c11", "-Wall", "-Wextra", "-Wpedantic", "-Werror", os.path.join(SOURCE, "examples", "embed.c"), "-o", program, *flags], check=True)
        with open(EXAMPLES[0], "rb") as report:
            done = subprocess.run([program], stdin=report, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertGreater(len(done.stdout.splitlines()), 5)


class Build(unittest.TestCase):
    def test_build__made_once_has_nothing_left_to_do(self):
        done = subprocess.run(["ninja", "-C", BUILD, "-n"], stdout=subprocess.PIPE, text=True)
        self.assertIn("no work to do", done.stdout)


if __name__ == "__main__":
    tap.main()
