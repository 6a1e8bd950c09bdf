"""What the tables of sentences share: read, coded in one run, told as TAP."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "program"))
from program import run  # noqa: E402


def rows(path):
    """Sentence, date and what is expected of each row, behind its line's number."""
    with open(path, encoding="utf-8") as table:
        for number, line in enumerate(table, 1):
            if not line.startswith("#") and line.strip():
                yield number, *line.rstrip("\n").split("\t")


def code(cases):
    """The events of each case, which begins with name, text and date."""
    lines = [json.dumps({"id": name, "text": text, "date": date}) for name, text, date, *_ in cases]
    done = run("code", "--format", "ndjson", "--input", "ndjson", "-", data="\n".join(lines).encode())
    events = {name: [] for name, *_ in cases}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if record["kind"] == "event":
            events[record["document"]].append(record)
    return events


def tell(what, cases, known, faults):
    """A case a line. `faults` gives what is wrong with a case's events; what is wrong
    with a text of `known` is told and does not count."""
    cases = list(cases)
    events = code(cases)
    print(f"1..{len(cases)}")
    failed = 0
    for i, (name, text, _, expected) in enumerate(cases, 1):
        wrong = list(faults(events[name], expected))
        failed += bool(wrong) and text not in known
        print(f"{'not ok' if wrong else 'ok'} {i} - {what} {name} {' '.join(text.split())}" +
              (" # TODO known to be wrong" if text in known else ""))
        for fault in wrong:
            print("#   " + fault)
    sys.exit(1 if failed else 0)
