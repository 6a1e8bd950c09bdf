"""When and where acts happen, by the table settings.tsv. A case a text."""
import os

import cases

TABLE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "settings.tsv")
ANY = "*"

# Texts that are known to come out wrong, by the reader or by us. They stay in the
# table, are run and told of, and do not count; one that comes right should leave
# this list.
KNOWN = set()


def read_table(path):
    for number, text, date, expected in cases.rows(path):
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


def faults(events, expected):
    return filter(None, (fault(events, e) for e in expected))


cases.tell("setting", read_table(TABLE), KNOWN, faults)
