"""Who speaks in quotations, against a table: the statement that carries the word
has to be held by the one that the text gives it to. Fails below its floor.
usage: speakers_test.py [--show]
"""
import sys
from pathlib import Path

import facts_test

TABLE = Path(__file__).resolve().parent / "facts" / "speakers.tsv"
FLOOR = 0.90


def holds(statement, who):
    holder = statement["holder"]
    return who in (holder["name"] or "") or who in holder["text"] or (who.isupper() and (holder["code"] or "").startswith(who))


def carries(statement, word):
    """Whether the word is in what is said, not only in the words around it."""
    said = [(statement[side] or {"text": ""})["text"] for side in ("quote", "topic")]
    return any(word in s for s in said)


def main():
    rows = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    right = total = 0
    for (text, expect), records in zip(rows, facts_test.code([r[0].replace(" ¶ ", "\n\n") for r in rows])):
        statements = [o for o in records if o["kind"] == "statement"]
        for want in expect.split(" | "):
            word, who = want.split("=")
            carrying = [s for s in statements if carries(s, word)]
            total += 1
            if carrying and all(holds(s, who) for s in carrying):
                right += 1
            elif "--show" in sys.argv:
                print(f"  {text}\n      {want}: {[(s['holder']['name'], s['holder']['text'], s['stance']) for s in carrying]}")
    print("1..1")
    good = total != 0 and right >= FLOOR * total
    print(f"{'ok' if good else 'not ok'} 1 - speakers: {right} of {total} right")
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
