"""Count what the exhaustive search covers of cfutures' racing pairs: the figures of docs/races.md.

    PYTHONPATH=grader/src python3 explorer/bench/racing.py

Explores the program of each row with at most two preemptions, until nothing is left, and writes into the
row how many interleavings that were, the schedules that were run for them, and the processor time.
"""

from __future__ import annotations

import re
import tempfile
from datetime import date
from pathlib import Path

from cases import BENCH, Case, OurBuilder, processor_seconds

from grader.exploring.outcome import Outcome, explore

CASES = BENCH.parent / "tests" / "cfutures"
PAGE = BENCH.parents[1] / "docs" / "races.md"
OPTIONS = {"mode": "default", "exhaust_only": 1, "schedules": 1_000_000, "seconds": 300}
ROW = re.compile(r"^(?P<pair>\|[^|]*\| `(?P<program>\w+)\.c` \|).*$", re.MULTILINE)
DATE = re.compile(r"\d{4}-\d\d-\d\d")


def figures(builder: OurBuilder, name: str) -> str:
    """Return the last three cells of a program's row."""
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory() as scratch:
        program = builder.build(Case(name, str(CASES / f"{name}.c")), Path(scratch))
        seconds = processor_seconds(lambda: outcomes.append(explore(program, OPTIONS)))
    [outcome] = outcomes
    if outcome.bug or not outcome.is_exhaustive:
        raise SystemExit(f"{name}.c: {outcome.bug or 'not all of it was tried'}. The page stays as it was.")
    return f" {outcome.interleavings:,} | {outcome.schedules:,} | {seconds:.1f} s |"


def main() -> None:
    builder = OurBuilder()
    text = ROW.sub(lambda row: row["pair"] + figures(builder, row["program"]), PAGE.read_text())
    PAGE.write_text(DATE.sub(str(date.today()), text))


if __name__ == "__main__":
    main()
