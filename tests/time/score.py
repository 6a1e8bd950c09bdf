#!/usr/bin/env python3
"""Gold of the tables in this folder, for a scorer of TempEval-3's kind.

usage: score.py gold|input [tune|held|all] [FILE.tsv...]

gold prints {"id","text","dct","timexes"} a line, input what `chancery time`
reads. A third of the rows, chosen by a hash of their text, is held back: rules
are not made by looking at it.
"""
import hashlib
import json
import pathlib
import re
import sys

TYPES = {"D": "DATE", "T": "TIME", "P": "DURATION", "S": "SET"}
MARK = re.compile(r"\[([^\[\]|]*)\|([DTPS])\|([^\[\]|]*)\]")


def read_row(row):
    """Date, text and timexes of a row, spans in bytes."""
    dct, marked = row.split("\t")
    marked = marked.replace("\\n", "\n\n")
    text, timexes, at = "", [], 0
    for m in MARK.finditer(marked):
        text += marked[at:m.start()]
        start = len(text.encode())
        text += m.group(1)
        timexes.append({"start": start, "end": len(text.encode()), "type": TYPES[m.group(2)], "value": m.group(3)})
        at = m.end()
    return dct, text + marked[at:], timexes


def is_held(text):
    return hashlib.sha256(text.encode()).digest()[0] % 3 == 0


def rows(files, part):
    for path in files:
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            dct, text, timexes = read_row(line)
            if part == "all" or is_held(text) == (part == "held"):
                yield {"id": f"{path.name}:{number}", "text": text, "dct": dct, "timexes": timexes}


def main():
    what, part = sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else "all"
    files = [pathlib.Path(f) for f in sys.argv[3:]] or sorted(pathlib.Path(__file__).parent.glob("*.tsv"))
    for row in rows(files, part):
        if what == "input":
            row = {"id": row["id"], "text": row["text"]} | ({"date": row["dct"]} if row["dct"] != "-" else {})
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
