"""Records of our own for the export tests, and what vocabularies they are in."""
import json
import os
import re

from program import SOURCE

TEXT = ("Ministers meet in Berlin\n\n"
        "Poland and Germany held talks in Berlin on Tuesday. \"Caf\u00e9\" police\nof Kinshasa arrested\trebels on Sunday.\n\n"
        "They will meet again on 12 April. France may send tanks; Rebels did not attack Goma. "
        "The army will shell Bukavu in May. Kinshasa's police detained the rebels. The United Nations praised the calm. "
        "Togo, Benin and Ghana condemned Mali and Niger. Gunmen fired at nobody. Texans marched in Austin.")


class Report:
    """A document whose records' spans are looked up in its text."""

    def __init__(self, id, text, **members):
        self.text, self.id, self.count = text, id, {}
        ends = [m.end() for m in re.finditer(r"[.]\s|\n\n|\Z", text)]
        spans, start = [], 0
        for end in ends:
            sentence = text[start:end].strip()
            if sentence:
                first = text.index(sentence, start)
                spans.append((self.byte(first), self.byte(first + len(sentence))))
            start = end
        self.sentences = spans
        self.lines = [dict({"kind": "document", "id": id, "version": 1, "title": None, "url": None, "language": "en",
                            "published": "2024-04-02", "publishedFrom": "input", "credits": [], "text": text,
                            "sentences": spans, "furniture": []}, **members)]

    def byte(self, at):
        return len(self.text[:at].encode())

    def span(self, words):
        at = self.text.index(words)
        return [self.byte(at), self.byte(at + len(words))]

    def party(self, words, code=None, name=None, **members):
        country = code[:3] if code and code[:3] not in ("IGO", "NGO", "REB", "UAF") else None
        sectors = (code or "")[3 if country else 0:]
        return dict({"text": words, "span": self.span(words), "name": name or words, "code": code, "country": country,
                     "sector": sectors[:3] or None, "entity": None, "via": None}, **members)

    def add(self, kind, words, **members):
        letter = kind[0]
        self.count[letter] = self.count.get(letter, 0) + 1
        span = self.span(words)
        sentence = [s for s in self.sentences if s[0] <= span[0] < s[1]][0]
        self.lines.append(dict({"kind": kind, "document": self.id, "id": f"{letter}{self.count[letter]}", "sentence": sentence,
                                "span": span, "text": words, "date": None, "status": "asserted", "attribution": [],
                                "rule": "r-" + kind, "confidence": 0.75}, **members))

    def event(self, words, type, cameo, actors, recipients, goldstein=0.0, quad=1, mode=None, **members):
        self.add("event", words, **dict({"type": type, "mode": mode, "context": ["diplomatic"], "cameo": cameo, "quad": quad,
                                         "goldstein": goldstein, "actors": actors, "recipients": recipients, "place": None,
                                         "repeats": None}, **members))

    def date(self, words, start, end=None):
        return {"start": start, "end": end or start, "text": words, "span": self.span(words), "assumed": False}

    def place(self, words, country, admin1, latitude, longitude, name=None):
        return {"text": words, "span": self.span(words), "name": name or words, "country": country, "admin1": admin1,
                "latitude": latitude, "longitude": longitude, "geonames": None}


def made():
    """Two reports: what formats differ in, and one that lacks what it can."""
    r = Report("news/one \"a\"", TEXT, title="Ministers meet in Berlin", url="https://www.example.org/a?b=1", credits=["AFP"])
    today = {"start": "2024-04-02", "end": "2024-04-02", "text": None, "span": None, "assumed": True}
    both = [r.party("Poland", "POL"), r.party("Germany", "DEUGOV")]
    r.event("held talks", "CONSULT", "046", both, both, 7.0, date=r.date("Tuesday", "2024-04-02"),
            place=r.place("Berlin", "DEU", "Berlin", 52.52, 13.4))
    police = r.party("\"Caf\u00e9\" police\nof Kinshasa", "CODCOP")
    r.event("arrested", "COERCE", "173", [police], [r.party("rebels", "REB")], -5.0, 4, "arrest", date=r.date("Sunday", "2024-03-31"))
    they = [r.party("They", "POL", "Poland"), r.party("They", "DEU", "Germany")]
    r.event("meet again", "CONSULT", "036", they, they, 4.0, status="planned", date=r.date("12 April", "2024-04-12"))
    r.event("send tanks", "AID", "0332", [r.party("France", "FRA")], [], 5.2, 2, status="possible", date=today)
    r.event("attack", "ASSAULT", "190", [r.party("Rebels", "CODREB")], [r.party("Goma", "COD")], -10.0, 4, status="negated", date=today,
            place=r.place("Goma", "COD", "North Kivu", -1.68, 29.23))
    r.event("shell", "ASSAULT", "194", [r.party("The army", "CODMIL")], [r.party("Bukavu", "COD")], -10.0, 4, "heavy-weapons",
            status="planned", date=r.date("May", "2024-05"))
    r.event("detained", "COERCE", "173", [r.party("Kinshasa's police", "CODCOP")], [r.party("the rebels", "REB")], -5.0, 4, "arrest",
            repeats="e2", date=r.date("Sunday", "2024-03-31"))
    r.event("praised", "SUPPORT", None, [r.party("The United Nations", "IGOUNO", "United Nations", entity="united-nations")], [], 5.0,
            date=today)
    r.event("condemned", "ACCUSE", "111", [r.party(n, c) for n, c in (("Togo", "TGO"), ("Benin", "BEN"), ("Ghana", "GHA"))],
            [r.party("Mali", "MLI"), r.party("Niger", "NER")], -2.0, 3, "disapprove", date=today)
    r.event("fired", "ASSAULT", "190", [r.party("Gunmen", "UAF")], [r.party("nobody")], -10.0, 4, "firearms", date=today)
    r.event("marched", "PROTEST", "141", [r.party("Texans", "USACVL")], [r.party("Austin", "USA", "United States")], -6.5, 4, "demo",
            date=today, place=r.place("Austin", "USA", "Texas", 30.27, -97.74))
    r.add("statement", "did not", holder=r.party("Rebels", "CODREB"), stance="denies", topic={"text": "attack Goma", "span": r.span("attack Goma")},
          towards=[], quote=None, contrasts=[], cameo="016", claim=None)
    r.add("amount", "tanks", what="weapons", value=40, unit="tank", bound="at-least", giver=[r.party("France", "FRA")], receiver=[],
          partOf=None, state=None)
    r.add("vote", "condemned", body=None, measure=None, outcome="adopted", tally={"for": 12, "against": 3, "abstain": None},
          ballots=[{"voter": r.party("Togo", "TGO"), "ballot": "for"}, {"voter": r.party("Mali", "MLI"), "ballot": "against"}])
    r.add("relation", "Ministers", subject=r.party("Ministers", "POLGOV"), relation="holds-office", object=None, detail=None)
    s = Report("news/three", "France praised Kenya in April 2020.", published=None, publishedFrom=None)
    s.event("praised", "SUPPORT", "051", [s.party("France", "FRA")], [s.party("Kenya", "KEN")], 3.4, date=s.date("April 2020", "2020-04~"))
    error = {"kind": "error", "document": "news/two", "code": "encoding", "message": "its encoding is unknown"}
    return r.lines + [error] + s.lines


def ndjson(lines):
    return "".join(json.dumps(l, ensure_ascii=False) + "\n" for l in lines).encode()


def blocks(kind, *path):
    """Blocks of the lexicon's text as {id: {key: [values]}}."""
    found, at = {}, None
    folder = os.path.join(SOURCE, "lexicon", *path)
    files = [folder] if folder.endswith(".txt") else [os.path.join(d, f) for d, _, fs in os.walk(folder) for f in fs if f.endswith(".txt")]
    for file in files:
        with open(file, encoding="utf-8") as f:
            for line in f:
                head = re.match(r"(\w[\w-]*) (\S+)\s*$", line)
                if head:
                    at = found.setdefault(head[2], {}) if head[1] == kind else None
                field = re.match(r"  ([\w-]+): (.*)", line)
                if field and at is not None:
                    at.setdefault(field[1], []).extend(v.strip() for v in field[2].split(";"))
    return found


CAMEO = {c for c in blocks("cameo", "ontology", "cameo.txt") if len(c) > 2}
COUNTRIES = set(blocks("country", "actors", "countries"))
NAMES = {b["name"][0] for b in blocks("country", "actors", "countries").values()}
SECTORS = set(blocks("sector", "ontology", "sectors.txt"))
CODES = {table: dict(re.split(r"\s*=\s*", c, maxsplit=1) for c in b["code"]) for table, b in blocks("codes", "export").items()}
