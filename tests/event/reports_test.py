"""Statements, amounts, votes and relations of whole reports against all that
they state: the example reports and those of reports/. Fails below its floors.
usage: reports_test.py [--show]
"""
import json
import os
import subprocess
import sys
from pathlib import Path

import facts_test

GOLD = Path(__file__).resolve().parent / "reports"
EXAMPLES = GOLD.parents[2] / "examples"
FLOORS = {"statement": 0.80, "amount": 0.83, "vote": 0.90, "relation": 0.82}
MEETS = {"statement": facts_test.statement_meets, "amount": facts_test.amount_meets, "relation": facts_test.relation_meets,
         "vote": facts_test.item_meets}


def code(report):
    run = subprocess.run([os.environ["CHANCERY_PROGRAM"], "code", "--format", "ndjson", str(report)], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in run.stdout.splitlines()]


def main():
    totals = {kind: [0, 0, 0] for kind in FLOORS}
    for gold in sorted(GOLD.glob("*.tsv")):
        report = gold.with_suffix(".txt")
        records = code(report if report.exists() else EXAMPLES / report.name)
        rows = [line.split("\t") for line in gold.read_text(encoding="utf-8").splitlines()]
        for kind, sums in totals.items():
            found = [r for r in records if r["kind"] == kind and facts_test.is_stated(r)]
            wanted = [expect for k, expect in rows if k == kind]
            if kind == "vote":
                found = [item for r in found for item in facts_test.vote_items(r)]
                wanted = [item for expect in wanted for item in facts_test.vote_wants(expect)]
            right, missing, extra = facts_test.match(found, wanted, MEETS[kind])
            for i, n in enumerate((right, len(found), len(wanted))):
                sums[i] += n
            if "--show" in sys.argv and (missing or extra):
                print(f"  {gold.stem} {kind}\n      missing {missing}\n      extra   {[facts_test.brief(o) for o in extra]}")
    print(f"1..{len(totals)}")
    failed = False
    for number, (kind, (right, coded, expected)) in enumerate(totals.items(), 1):
        p, r = right / max(coded, 1), right / max(expected, 1)
        f1 = 2 * p * r / max(p + r, 1e-9)
        failed |= f1 < FLOORS[kind]
        print(f"{'ok' if f1 >= FLOORS[kind] else 'not ok'} {number} - {kind}s of reports: precision {p:.3f} recall {r:.3f} F1 {f1:.3f} of {expected}")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
