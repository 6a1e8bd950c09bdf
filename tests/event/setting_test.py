"""When and where acts happen, by the table settings.tsv. A case a text."""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "program"))
from program import run  # noqa: E402

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "settings.tsv")
ANY = "*"

# Texts that are known to come out wrong, by the reader or by us. They stay in the
# table, are run and told of, and do not count; one that comes right should leave
# this list.
KNOWN = {
    "Blinken and Lavrov discussed the war in Ukraine on Tuesday.",
    "Blinken and Lavrov discussed the war in Ukraine in Jakarta on Tuesday.",
    "Earlier on Monday, Russian troops shelled Kharkiv and attacked soldiers near Bakhmut.",
    "On Friday, Israel bombed Beirut and Hezbollah fired rockets at Haifa.",
    "A Russian attack on Kharkiv on Sunday wounded eight people.",
    "Clashes between the army and the Rapid Support Forces broke out in Khartoum on 15 April 2023.",
}


def read_table(path):
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        if not line.startswith("#") and line.strip():
            text, date, expected = line.rstrip("\n").split("\t")
            yield f"{number}", text.replace("\\n", "\n"), date, [e.split("|") for e in expected.split("; ")]


def start_of(event):
    """None also where it is only assumed to be the day of publication."""
    return event["date"]["start"] if event["date"] and not event["date"]["assumed"] else None


def place_of(event):
    return event["place"]["text"] if event["place"] else None


def is_told(expected, told):
    return expected == ANY or (told or "-") == expected


def fault(events, expected):
    """What is wrong with the event of an expected trigger, or None."""
    word, start, place = expected
    named = [e for e in events if word.lower() in e["text"].lower()]
    if not named:
        return "no event: " + word
    if any(is_told(start, start_of(e)) and is_told(place, place_of(e)) for e in named):
        return None
    return f"{word}: {start_of(named[0])} at {place_of(named[0])}, not {start} at {place}"


def main():
    cases = list(read_table(TABLE))
    lines = [json.dumps({"id": name, "text": text, "date": date}) for name, text, date, _ in cases]
    done = run("code", "--format", "ndjson", "--input", "ndjson", "-", data="\n".join(lines).encode())
    events = {}
    for line in done.stdout.splitlines():
        record = json.loads(line)
        if record["kind"] == "event":
            events.setdefault(record["document"], []).append(record)
    print(f"1..{len(cases)}")
    failed = 0
    for i, (name, text, _, expected) in enumerate(cases, 1):
        wrong = [f for f in (fault(events.get(name, []), e) for e in expected) if f]
        known = text in KNOWN
        failed += bool(wrong) and not known
        print(f"{'not ok' if wrong else 'ok'} {i} - setting {name} {' '.join(text.split())}" +
              (" # TODO known to be wrong" if known else ""))
        for w in wrong:
            print("#   " + w)
    sys.exit(1 if failed else 0)


main()
