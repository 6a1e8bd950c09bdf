"""What is coded of whole sentences, by tables: *.tsv. A case a sentence."""
import glob
import os
import re

import cases

HERE = os.path.dirname(os.path.abspath(__file__))
EVENT = re.compile(r"(\??)([A-Z]+) (\S+) > (\S+)(?: \[(\w+)\])?$")
NOT_DONE = ("negated", "hypothetical")


# Sentences that are known to come out wrong, by the reader or by us. They stay in the tables, are run
# and told of, and do not count; one that comes right should leave this list.
KNOWN = {
    "Ukrainian drones hit an oil refinery in the Russian region of Ryazan.",
    "The United States condemned the military coup in Niger.",
}


def tables():
    """All but that of setting_test.py, which has another form."""
    return [path for path in sorted(glob.glob(os.path.join(HERE, "*.tsv"))) if not path.endswith("settings.tsv")]


def read_table(path):
    for number, sentence, date, expected in cases.rows(path):
        yield f"{os.path.basename(path)[:-4]}:{number}", sentence, date, [] if expected == "-" else expected.split("; ")


def meets(party, code):
    return (party["country"] or "") == "" if code == "-" else (party["code"] or "").startswith(code)


def side_matches(parties, codes):
    """Each code has its party, each party whose country is known a code."""
    if codes == "*":
        return True
    codes = codes.split(",")
    found = all(code == "-" or any(meets(p, code) for p in parties) for code in codes)
    return found and all(any(meets(p, code) for code in codes) for p in parties if p["country"])


def is_event(event, form):
    _, kind, actors, recipients, status = form
    if event["type"] != kind or (status and event["status"] != status) or (not status and event["status"] in NOT_DONE):
        return False
    return side_matches(event["actors"], actors) and side_matches(event["recipients"], recipients)


def faults(events, expected):
    forms = [EVENT.match(e).groups() for e in expected]
    for text, form in zip(expected, forms):
        if not form[0] and not any(is_event(e, form) for e in events):
            yield "missing " + text
    kinds = {form[1] for form in forms}
    for e in events:
        if e["type"] not in kinds and e["status"] not in NOT_DONE:
            yield "too much: " + show(e)


def faults_told(events, expected):
    """The faults, and behind them what was coded."""
    wrong = list(faults(events, expected))
    return wrong + ["coded: " + "; ".join(map(show, events))] if wrong else []


def show(e):
    def codes(side):
        return ",".join(p["code"] or "-" for p in e[side]) or "-"
    return f"{e['type']} {codes('actors')} > {codes('recipients')} [{e['status']}] by {e['rule']}"


cases.tell("event", (case for path in tables() for case in read_table(path)), KNOWN, faults_told)
