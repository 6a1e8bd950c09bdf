"""A whole news report, of the data beside this checkout: what a reader of it
expects to find in the record."""
import os
import unittest

import records
import tap
from program import SHARED, code

ARTICLE = os.path.join(SHARED, "data", "article.txt")


def who(event, side):
    return {p["country"] or p["code"] for p in event[side]}


class Article(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        if not os.path.exists(ARTICLE):
            raise unittest.SkipTest("the folder shared/ is not beside this checkout")
        cls.done, all_records = code(ARTICLE)
        cls.document = all_records[0]
        cls.events = [r for r in all_records if r["kind"] == "event"]

    def find(self, types, actor, recipient=None, **fields):
        return [e for e in self.events if e["type"] in types and actor in who(e, "actors")
                and (recipient is None or recipient in who(e, "recipients"))
                and all(e[k] == v for k, v in fields.items())]

    def told(self):
        return "\n".join(f"{e['id']} {e['type']} {e['mode']} {e['status']} {who(e, 'actors')} > {who(e, 'recipients')} {e['text']!r}"
                         for e in self.events)

    def test_article__is_valid(self):
        self.assertEqual(self.done.returncode, 0)
        self.assertEqual(records.validate(self.done.stdout.decode().splitlines()), [])

    def test_article__credits_are_the_agencies(self):
        self.assertEqual(self.document["credits"], ["AFP", "Reuters"])

    def test_article__furniture_is_what_is_no_report_and_nothing_else(self):
        text = self.document["text"].encode()
        quoted = [text[f["span"][0]:f["span"][1]].decode().strip() for f in self.document["furniture"]]
        self.assertEqual(len(quoted), 4, quoted)
        for got, start, end in zip(quoted, ("First modification", "4 min", "Read also", "With AFP"), (":", "min", "Ukraine", "Reuters")):
            self.assertTrue(got.startswith(start) and got.endswith(end), quoted)

    def test_article__visit_of_the_american_to_france(self):
        self.assertTrue(self.find({"CONSULT"}, "USA", "FRA", mode="visit"), self.told())

    def test_article__meeting_of_the_two_countries(self):
        met = [e for e in self.find({"CONSULT"}, "USA", "FRA") if e["mode"] != "visit"]
        self.assertTrue(any("USA" in who(e, "recipients") and "FRA" in who(e, "actors") for e in met), self.told())
        self.assertTrue(any(e["status"] == "planned" for e in met), self.told())

    def test_article__france_demands_a_ceasefire(self):
        demands = self.find({"REQUEST"}, "FRA")
        text = self.document["text"].encode()
        self.assertTrue(any(b"ceasefire" in text[e["sentence"][0]:e["sentence"][1]] for e in demands), self.told())

    def test_article__abstention_is_the_act_of_the_united_states_alone(self):
        text = self.document["text"].encode()
        found = [e for e in self.events if b"abstained" in text[e["sentence"][0]:e["sentence"][1]]
                 and e["type"] in ("CONCEDE", "REJECT", "AGREE", "SUPPORT") and who(e, "actors") == {"USA"}]
        self.assertTrue(found, self.told())

    def test_article__agencies_never_act(self):
        named = {p["name"] for e in self.events for side in ("actors", "recipients") for p in e[side]}
        self.assertFalse(named & {"AFP", "Agence France-Presse", "Reuters"})


if __name__ == "__main__":
    tap.main()
