"""A validator of the record format, version 1: what every line must hold.

validate(lines) gives a list of complaints, empty for a valid output. Imported
by the tests, and a program: records.py FILE prints the complaints.
"""
import json
import re
import sys

TYPES = set("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST "
            "SANCTION MOBILIZE COERCE ASSAULT".split())
STATUSES = {"asserted", "planned", "ongoing", "alleged", "possible", "negated", "hypothetical"}
MODES = {
    "CONSULT": "visit third-party multilateral phone", "RETREAT": "withdraw release disarm ceasefire access resign",
    "REQUEST": "assist change yield meet", "ACCUSE": "disapprove investigate allege", "REJECT": "assist change yield meet",
    "THREATEN": "restrict arrest relations expel territory violence",
    "PROTEST": "demo riot strike hunger boycott obstruct vandalize", "SANCTION": "convict expel withdraw discontinue",
    "MOBILIZE": "troops weapons police militia",
    "COERCE": "seize restrict censor curfew martial-law arrest deport withhold misinformation cyber",
    "ASSAULT": "abduct beat torture sexual targeted destroy primitive firearms explosives suicide-attack aerial drone "
               "heavy-weapons crowd-control unconventional",
}
QUAD = {t: q for q, ts in {1: "AGREE CONSULT SUPPORT CONCEDE", 2: "COOPERATE AID RETREAT", 3: "REQUEST ACCUSE REJECT THREATEN",
                           4: "PROTEST SANCTION MOBILIZE COERCE ASSAULT"}.items() for t in ts.split()}
DATE = re.compile(r"^\d{4}(-\d{2}(-\d{2})?)?[~?%]?$|^\d{3}X$|^\d{2}XX$")
DOCUMENT_FIELDS = {"kind", "id", "version", "title", "url", "language", "published", "publishedFrom", "credits", "text",
                   "sentences", "furniture"}
EVENT_FIELDS = {"kind", "document", "id", "sentence", "span", "text", "type", "mode", "context", "cameo", "quad", "goldstein",
                "actors", "recipients", "date", "place", "status", "attribution", "repeats", "rule", "confidence"}
SECTORS = set("""GOV MIL REB OPP PTY COP JUD SPY MED EDU BUS CVL NGO IGO LEG LAB REF CRM ELI ETH REL SET UAF MNC HRI DEV
    ENV HLH AGR IMG INT IRG MOD NON PRM RAD SEP INS SOC""".split())
COMMON_FIELDS = {"kind", "document", "id", "sentence", "span", "text", "date", "status", "attribution", "rule", "confidence"}
FACT_FIELDS = {
    "statement": {"holder", "stance", "topic", "towards", "quote", "contrasts", "cameo", "claim"},
    "amount": {"what", "value", "unit", "bound", "giver", "receiver", "partOf", "state"},
    "vote": {"body", "measure", "outcome", "ballots", "tally"},
    "relation": {"subject", "relation", "object", "detail"},
}
STANCES = {"supports", "opposes", "demands", "offers", "denies", "warns", "claims"}
BOUNDS = {"exact", "at-least", "at-most", "about"}
STATES = {None, "given", "allocated", "pledged", "proposed", "stalled"}
OUTCOMES = {None, "adopted", "rejected", "vetoed", "pending"}
BALLOTS = {"for", "against", "abstain", "veto", "sponsor"}
RELATIONS = {"ally-of", "member-of", "supplier-to", "head-of", "holds-office", "party-to-conflict-with", "mediates-between",
             "has-veto-in", "hosts"}
PARTICIPANT_FIELDS = {"text", "span", "name", "code", "country", "sector", "entity", "via"}
ERRORS = {"memory", "io", "format", "limit", "encoding", "argument"}
PLACE_FIELDS = {"text", "span", "name", "country", "admin1", "latitude", "longitude", "geonames"}


class Checker:
    def __init__(self, thinned=False):
        self.thinned = thinned  # events were left out
        self.complaints = []
        self.text = b""
        self.document = None
        self.ids = []
        self.sentences = set()
        self.last_start = 0
        self.facts = {}
        self.line = 0

    def say(self, message):
        self.complaints.append(f"line {self.line}: {message}")

    def span(self, span, quoted=None, what="span"):
        if not (isinstance(span, list) and len(span) == 2 and all(type(x) is int for x in span)
                and 0 <= span[0] < span[1] <= len(self.text)):
            self.say(f"{what} {span} does not lie in the text")
            return
        if any(at < len(self.text) and 0x80 <= self.text[at] < 0xC0 for at in span):
            self.say(f"{what} {span} cuts a character in two")
        if quoted is not None and self.text[span[0]:span[1]] != quoted.encode():
            self.say(f"{what} {span} is {self.text[span[0]:span[1]]!r}, not {quoted!r}")

    def fields(self, obj, wanted, what):
        missing = wanted - set(obj)
        if missing:
            self.say(f"{what} lacks {sorted(missing)}")
        if what != "document" and "" in obj.values():
            self.say(f"{what} has an empty string where null is meant")
        return not missing

    def read_document(self, o):
        if not self.fields(o, DOCUMENT_FIELDS, "document"):
            return
        self.document, self.text, self.ids, self.last_start = o["id"], o["text"].encode(), [], 0
        self.facts = {kind: [] for kind in FACT_FIELDS}
        self.sentences = {tuple(s) for s in o["sentences"]}
        if o["version"] != 1:
            self.say(f"version {o['version']}")
        if (o["published"] is None) != (o["publishedFrom"] is None):
            self.say("published and publishedFrom do not agree")
        if o["published"] is not None and not DATE.match(o["published"]):
            self.say(f"published {o['published']}")
        if o["publishedFrom"] not in (None, "input", "metadata", "text", "option"):
            self.say(f"publishedFrom {o['publishedFrom']}")
        last = 0
        for s in o["sentences"]:
            self.span(s, what="sentence")
            if s[0] < last:
                self.say(f"sentence {s} overlaps the one before")
            last = s[1]
        for f in o["furniture"]:
            self.span(f["span"], what="furniture")
            if not f["reason"]:
                self.say("furniture without a reason")
            for s in o["sentences"]:
                if s[0] < f["span"][1] and f["span"][0] < s[1]:
                    self.say(f"furniture {f['span']} is read as sentence {s}")

    def read_participant(self, p, what):
        if not self.fields(p, PARTICIPANT_FIELDS, what):
            return
        self.span(p["span"], p["text"], what)
        code, country = p["code"], p["country"]
        if code is not None and not re.match(r"^([A-Z]{3})+$", code):
            self.say(f"{what} code {code}")
        if country is not None and (not re.match(r"^[A-Z]{3}$", country) or not (code or "").startswith(country)):
            self.say(f"{what} country {country} is not that of code {code}")
        if p["sector"] is not None and (p["sector"] not in SECTORS or p["sector"] not in (code or "")):
            self.say(f"{what} sector {p['sector']} of code {code}")
        if p["via"] is not None and p["via"].encode() not in self.text:
            self.say(f"{what} via {p['via']!r} is not in the text")

    def read_common(self, o, ids, letter):
        """What every record but the document's carries; `ids` are those of its kind so far."""
        if o["document"] != self.document:
            self.say(f"{o['kind']} of {o['document']} among those of {self.document}")
        ids.append(o["id"])
        next_ids = [f"{letter}{len(ids)}"]
        if self.thinned and letter == "e":
            next_ids = [f"e{n}" for n in range(int(ids[-2][1:]) + 1 if len(ids) > 1 else 1, 10000)]
        if o["id"] not in next_ids:
            self.say(f"id {o['id']} is not the next")
        if tuple(o["sentence"]) not in self.sentences:
            self.say(f"sentence {o['sentence']} is none of the document's")
        if not o["sentence"][0] <= o["span"][0] <= o["span"][1] <= o["sentence"][1]:
            self.say(f"span {o['span']} lies outside of its sentence {o['sentence']}")
        self.span(o["span"], o["text"])
        if o["span"][0] < self.last_start:
            self.say(f"{o['kind']} {o['id']} is not in the order of the text")
        self.last_start = o["span"][0]
        if o["status"] not in STATUSES:
            self.say(f"status {o['status']}")
        if not 0 <= o["confidence"] <= 1:
            self.say(f"confidence {o['confidence']}")
        if not o["rule"]:
            self.say("no rule")
        for a in o["attribution"]:
            self.span(a["span"], a["text"], "attribution")
            if "participant" in a:
                self.read_participant(a["participant"], "attribution")
        date = o["date"]
        if date is not None:
            for side in ("start", "end"):
                if date[side] is not None and not DATE.match(date[side]):
                    self.say(f"date {side} {date[side]}")
            if None not in (date["start"], date["end"]) and date["start"][:4] > date["end"][:4]:
                self.say(f"date from {date['start']} to {date['end']}")
            if date["start"] is None and date["end"] is None:
                self.say("a date without start and end")
            if date["text"] is not None:
                self.span(date["span"], date["text"], "date")

    def read_event(self, o):
        if not self.fields(o, EVENT_FIELDS, "event"):
            return
        self.read_common(o, self.ids, "e")
        if o["type"] not in TYPES:
            self.say(f"type {o['type']}")
        elif o["quad"] != QUAD[o["type"]]:
            self.say(f"quad {o['quad']} of {o['type']}")
        if o["mode"] is not None and o["mode"] not in MODES.get(o["type"], "").split():
            self.say(f"mode {o['mode']} of {o['type']}")
        if o["cameo"] is not None and not re.match(r"^\d{3,4}$", o["cameo"]):
            self.say(f"cameo {o['cameo']}")
        if not -10 <= o["goldstein"] <= 10:
            self.say(f"goldstein {o['goldstein']}")
        if not o["actors"] and not o["recipients"]:
            self.say("nobody takes part")
        for side in ("actors", "recipients"):
            for p in o[side]:
                self.read_participant(p, side)
        if o["place"] is not None and self.fields(o["place"], PLACE_FIELDS, "place"):
            self.span(o["place"]["span"], o["place"]["text"], "place")
        if o["repeats"] is not None and o["repeats"] not in self.ids[:-1]:
            self.say(f"repeats {o['repeats']}, which is no earlier event")

    def read_words(self, o, key):
        if o[key] is not None:
            self.span(o[key]["span"], o[key]["text"], key)

    def read_statement(self, o):
        self.read_participant(o["holder"], "holder")
        if o["stance"] not in STANCES:
            self.say(f"stance {o['stance']}")
        self.read_words(o, "topic")
        self.read_words(o, "quote")
        for side in ("towards", "contrasts"):
            for p in o[side]:
                self.read_participant(p, side)

    def read_amount(self, o):
        if not o["what"]:
            self.say("an amount without a role")
        if not isinstance(o["value"], (int, float)) or o["value"] < 0:
            self.say(f"value {o['value']}")
        if not o["unit"]:
            self.say("an amount without a unit")
        if o["bound"] not in BOUNDS:
            self.say(f"bound {o['bound']}")
        if o["state"] not in STATES:
            self.say(f"state {o['state']}")
        if o["partOf"] is not None and o["partOf"] not in self.facts["amount"][:-1]:
            self.say(f"part of {o['partOf']}, which is no earlier amount")
        for side in ("giver", "receiver"):
            for p in o[side]:
                self.read_participant(p, side)

    def read_vote(self, o):
        if o["body"] is not None:
            self.read_participant(o["body"], "body")
        self.read_words(o, "measure")
        if o["outcome"] not in OUTCOMES:
            self.say(f"outcome {o['outcome']}")
        if not o["ballots"] and o["outcome"] is None:
            self.say("a vote without a ballot and an outcome")
        for b in o["ballots"]:
            self.read_participant(b["voter"], "voter")
            if b["ballot"] not in BALLOTS:
                self.say(f"ballot {b['ballot']}")

    def read_relation(self, o):
        self.read_participant(o["subject"], "subject")
        if o["object"] is not None:
            self.read_participant(o["object"], "object")
        if o["relation"] not in RELATIONS:
            self.say(f"relation {o['relation']}")
        self.read_words(o, "detail")

    def read_fact(self, o):
        kind = o["kind"]
        if self.fields(o, COMMON_FIELDS | FACT_FIELDS[kind], kind):
            self.read_common(o, self.facts[kind], kind[0])
            getattr(self, "read_" + kind)(o)

    def read(self, line):
        self.line += 1
        try:
            o = json.loads(line)
        except ValueError as e:
            self.say(f"no JSON: {e}")
            return
        kind = o.get("kind")
        if kind == "document":
            self.read_document(o)
        elif kind == "event":
            self.read_event(o)
        elif kind in FACT_FIELDS and self.document is not None:
            self.read_fact(o)
        elif kind == "error":
            if self.fields(o, {"document", "code", "message"}, "error") and o["code"] not in ERRORS:
                self.say(f"error of code {o['code']}")
        else:
            self.say(f"kind {kind}")


def validate(lines, thinned=False):
    checker = Checker(thinned)
    for line in lines:
        checker.read(line)
    return checker.complaints


if __name__ == "__main__":
    found = validate(open(sys.argv[1], encoding="utf-8"))
    print("\n".join(found))
    sys.exit(1 if found else 0)
