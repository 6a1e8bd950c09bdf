"""The article found in a page: pages as the builders of news sites make them.

Beside each page in tests/intake/pages/ stands what a reader takes for the report:
title, date, byline, perhaps address and language, a blank line, and the paragraphs."""
import glob
import json
import os
import unittest

import tap
from program import SOURCE, run

PAGES = sorted(glob.glob(os.path.join(SOURCE, "tests", "intake", "pages", "*.html")))


def expected(page):
    with open(page[:-5] + ".txt", encoding="utf-8") as f:
        head, _, text = f.read().partition("\n\n")
    return dict(line.partition(": ")[::2] for line in head.splitlines()), text.rstrip("\n").split("\n\n")


class Pages(unittest.TestCase):
    def document(self, page):
        done = run("code", "-f", "ndjson", page)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout.splitlines()[0])

    def check(self, page):
        doc, (head, text) = self.document(page), expected(page)
        got = doc["text"].split("\n\n")
        self.assertEqual(got[1:] if got[0] == head["title"] else got, text)
        self.assertEqual(doc["title"], head["title"])
        self.assertEqual(doc["published"], head["date"] or None)
        self.assertEqual(doc["credits"], head["byline"].split("; ") if head["byline"] else [])
        for field in ("url", "language"):
            if field in head:
                self.assertEqual(doc[field], head[field] or None)


for path in PAGES:
    setattr(Pages, "test_page__" + os.path.basename(path)[:-5], lambda self, path=path: self.check(path))

if __name__ == "__main__":
    tap.main()
