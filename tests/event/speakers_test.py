"""Who speaks in quotations, against a table: the statement that carries the word
has to be held by the one that the text gives it to. Fails below its floor; the
table under blind/ is counted and never shown.
usage: speakers_test.py [--show]
"""
import sys
from pathlib import Path

import facts_test

TABLES = Path(__file__).resolve().parent / "facts"
FLOOR, HELD_BACK_FLOOR = 0.90, 0.85


def holds(statement, who):
    holder = statement["holder"]
    named = (holder["name"], holder["text"], holder["via"])  # "he" is whom the pronoun was resolved through
    return any(who in (n or "") for n in named) or (who.isupper() and (holder["code"] or "").startswith(who))


def carries(statement, word):
    """Whether the word is in what is said, not only in the words around it."""
    said = [(statement[side] or {"text": ""})["text"] for side in ("quote", "topic")]
    return any(word in s for s in said)


def score(table, show):
    rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    right = total = 0
    for (text, expect), records in zip(rows, facts_test.code([r[0].replace(" ¶ ", "\n\n") for r in rows])):
        statements = [o for o in records if o["kind"] == "statement"]
        for want in expect.split(" | "):
            word, who = want.split("=")
            carrying = [s for s in statements if carries(s, word)]
            total += 1
            if carrying and all(holds(s, who) for s in carrying):
                right += 1
            elif show:
                print(f"  {text}\n      {want}: {[(s['holder']['name'], s['holder']['text'], s['stance']) for s in carrying]}")
    return right, total


def main():
    tables = {"speakers": TABLES / "speakers.tsv", "speakers held back": TABLES / "blind" / "speakers.tsv"}
    print(f"1..{len(tables)}")
    failed = False
    for number, (name, table) in enumerate(tables.items(), 1):
        right, total = score(table, "--show" in sys.argv and table.parent == TABLES)
        good = total != 0 and right >= (FLOOR if table.parent == TABLES else HELD_BACK_FLOOR) * total
        failed |= not good
        print(f"{'ok' if good else 'not ok'} {number} - {name}: {right} of {total} right")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
