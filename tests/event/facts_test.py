"""Statements, amounts, votes and relations of single sentences against tables.

Each table has a sentence a line and what it must give. Precision, recall and F1
are counted over single facts, apart for the tables under blind/, which are
counted and never shown; a table fails below its floor.
usage: facts_test.py [--show] [KIND]
"""
import json
import os
import subprocess
import sys
from pathlib import Path

TABLES = Path(__file__).resolve().parent / "facts"
FLOORS = {"statements": 0.82, "amounts": 0.80, "votes": 0.90, "relations": 0.85}
DATE = "2024-04-02"


def read(kind, blind):
    lines = (TABLES / ("blind" if blind else ".") / f"{kind}.tsv").read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def code(sentences):
    """The records of each sentence, by one run of the program."""
    lines = "".join(json.dumps({"id": str(i), "text": s, "date": DATE}) + "\n" for i, s in enumerate(sentences))
    out = subprocess.run([os.environ["CHANCERY_PROGRAM"], "code", "--format", "ndjson", "--input", "ndjson", "-"], input=lines,
                         capture_output=True, text=True, check=True).stdout
    records = [[] for _ in sentences]
    for line in out.splitlines():
        o = json.loads(line)
        if o["kind"] != "document":
            records[int(o["document"])].append(o)
    return records


def codes(people):
    return [p["code"] or "" for p in people]


def begins(found, wanted):
    """"RUS" is met by RUSGOV, "REB" by CODREB; "-" by whoever has no code."""
    if wanted == "-":
        return True
    return found.startswith(wanted) or found[3:].startswith(wanted)


def statement_meets(o, want):
    holder, stance, word = want.split(" ", 2)
    words = (o["topic"] or {"text": ""})["text"] + " " + (o["quote"] or {"text": ""})["text"]
    return begins(o["holder"]["code"] or "", holder) and o["stance"] == stance and word.lower() in words.lower()


def amount_meets(o, want):
    what, bound, value, unit, *more = want.split()
    if (o["what"], o["bound"], o["unit"]) != (what, bound, unit) or abs(o["value"] - float(value)) > 1e-6 * float(value):
        return False
    for m in more:
        if ">" in m:
            giver, receiver = m.split(">")
            if giver and not any(begins(c, giver) for c in codes(o["giver"])):
                return False
            if receiver and not any(begins(c, receiver) for c in codes(o["receiver"])):
                return False
        elif m == "part":
            if o["partOf"] is None:
                return False
        elif o["state"] != m:
            return False
    return True


def relation_meets(o, want):
    subject, relation, obj, *date = want.split()
    found = o["object"]["code"] or "" if o["object"] else ""
    if date and not (o["date"] and o["date"]["start"].startswith(date[0])):
        return False
    return (subject == "-" or begins(o["subject"]["code"] or "", subject)) and o["relation"] == relation and (obj == "-" or begins(found, obj))


def is_stated(o):
    """A relation that is denied, wished or possible is recorded, but the text does not state it as a fact."""
    return o["kind"] != "relation" or o["status"] in ("asserted", "ongoing", "alleged", "planned")


def match(found, wanted, meets):
    """Right, coded, expected, and what is missing and what is too much."""
    left, missing = list(found), []
    for w in wanted:
        hit = next((o for o in left if meets(o, w)), None)
        if hit is None:
            missing.append(w)
        else:
            left.remove(hit)
    return len(wanted) - len(missing), missing, left


def vote_items(o):
    items = [f"{b['ballot']}={b['voter']['code'] or ''}" for b in o["ballots"]]
    if o["body"]:
        items.append(f"body={o['body']['code'] or ''}")
    if o["outcome"]:
        items.append(f"outcome={o['outcome']}")
    if o.get("tally"):
        items.append("tally=" + "/".join("_" if o["tally"][k] is None else str(o["tally"][k]) for k in ("for", "against", "abstain")))
    return items


def vote_wants(text):
    items = []
    for part in text.split():
        key, _, values = part.partition("=")
        items += [f"{key}={v}" for v in values.split(",")]
    return items


def item_meets(item, want):
    key, _, value = item.partition("=")
    wkey, _, wvalue = want.partition("=")
    return key == wkey and (value == wvalue or (key != "outcome" and begins(value, wvalue)))


def brief(o):
    if not isinstance(o, dict):
        return o
    if o["kind"] == "statement":
        return f"{o['holder']['code']} {o['stance']} {(o['topic'] or {'text': '-'})['text']}"
    if o["kind"] == "amount":
        return f"{o['what']} {o['bound']} {o['value']} {o['unit']} {codes(o['giver'])}>{codes(o['receiver'])} {o['state']} {o['partOf']}"
    return f"{o['subject']['code']} {o['relation']} {o['object'] and o['object']['code']}"


def score(kind, blind, show):
    rows = read(kind, blind)
    right = coded = expected = 0
    for (sentence, expect), records in zip(rows, code([r[0] for r in rows])):
        found = [o for o in records if o["kind"] + "s" == kind and is_stated(o)]
        if kind == "votes":
            found = [item for o in found for item in vote_items(o)]
            wanted = [] if expect == "-" else vote_wants(expect)
            # the body is a bonus where the table does not ask for it
            if not any(w.startswith("body=") for w in wanted) and wanted:
                found = [f for f in found if not f.startswith("body=")]
        else:
            wanted = [] if expect == "-" else expect.split(" | ")
        meets = {"statements": statement_meets, "amounts": amount_meets, "relations": relation_meets, "votes": item_meets}[kind]
        hits, missing, extra = match(found, wanted, meets)
        right, coded, expected = right + hits, coded + len(found), expected + len(wanted)
        if show and not blind and (missing or extra):
            print(f"  {sentence}\n      missing {missing}\n      extra   {[brief(o) for o in extra]}")
    p, r = right / max(coded, 1), right / max(expected, 1)
    return p, r, 2 * p * r / max(p + r, 1e-9), expected


def main():
    kinds = [a for a in sys.argv[1:] if a != "--show"] or list(FLOORS)
    print(f"1..{2 * len(kinds)}")
    failed, number = False, 0
    for kind in kinds:
        for blind in (False, True):
            number += 1
            p, r, f1, n = score(kind, blind, "--show" in sys.argv)
            good = f1 >= FLOORS[kind]
            failed |= not good
            print(f"{'ok' if good else 'not ok'} {number} - {kind}{' held back' if blind else ''}: precision {p:.3f} recall {r:.3f} F1 {f1:.3f} of {n}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
