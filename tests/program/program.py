"""The built program, and where its files lie: what all whole-program tests share."""
import json
import os
import subprocess

PROGRAM = os.environ["CHANCERY_PROGRAM"]
SOURCE = os.environ["CHANCERY_SOURCE"]
BUILD = os.environ["CHANCERY_DATA"]
SHARED = os.environ.get("CHANCERY_SHARED", "")
SANITIZED = os.environ.get("CHANCERY_SANITIZE", "none") != "none"
EXAMPLES = [os.path.join(SOURCE, "examples", name + ".txt") for name in ("visit", "vote", "aid", "attack", "protest")]
COMMANDS = ["code", "store", "query", "dossier", "explain", "export", "parse", "time", "places", "actors", "lexicon", "frames", "train"]


def run(*args, data=b"", timeout=600, **kw):
    return subprocess.run([PROGRAM, *args], input=data, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, **kw)


def code(*args, **kw):
    """The run and its records."""
    done = run("code", "--format", "ndjson", *args, **kw)
    return done, [json.loads(line) for line in done.stdout.splitlines()]


def coded(text, date="2024-04-02"):
    """The events of one short text."""
    return [e for e in code("--date", date, data=text.encode())[1] if e["kind"] == "event"]
