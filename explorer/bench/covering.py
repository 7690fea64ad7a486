"""Measure what it saves that the exhaustive search follows no state twice.

    PYTHONPATH=grader/src python3 explorer/bench/covering.py [PROGRAM.c ...]

Without programs: small.c, and the cases of cfutures. Each is exhausted with at most two preemptions,
once as the explorer does it and once following every interleaving; both must come to the same number.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from cases import BENCH, Case, OurBuilder, processor_seconds

from grader.exploring.outcome import Outcome, explore

MOST = 1_000_000  # schedules


def exhaust(program: Path, follow_all: int) -> tuple[Outcome, float]:
    """Return what was found, and the processor time that it took."""
    options = {"mode": "default", "exhaust_only": 1, "schedules": MOST, "seconds": 60}
    outcomes: list[Outcome] = []
    told = {**options, "follow_all": follow_all}
    seconds = processor_seconds(lambda: outcomes.append(explore(program, told)))
    return outcomes[0], seconds


def row(source: Path, program: Path) -> tuple[str, ...]:
    """Return what stands in the row of a program."""
    (every, slow), (covering, fast) = exhaust(program, 1), exhaust(program, 0)
    if not (every.is_exhaustive and covering.is_exhaustive):
        return (source.stem, "more than can be tried", "", "", "", "")
    if every.interleavings != covering.interleavings:
        raise SystemExit(f"{source.name}: {covering.interleavings} of {every.interleavings} are covered.")
    return (
        f"`{source.name}`", f"{covering.interleavings:,}", f"{covering.schedules:,}",
        f"**{every.schedules / covering.schedules:.1f}**", f"{slow:.2f} s", f"{fast:.2f} s",
    )  # fmt: skip


def rows(sources: list[Path]) -> Iterator[tuple[str, ...]]:
    builder = OurBuilder()
    for source in sources:
        with tempfile.TemporaryDirectory() as scratch:
            yield row(source, builder.build(Case(source.stem, str(source)), Path(scratch)))


def main() -> None:
    of_cfutures = sorted((BENCH.parent / "tests" / "cfutures").glob("*.c"))
    sources = [Path(name).resolve() for name in sys.argv[1:]] or [BENCH / "small.c", *of_cfutures]
    print(f"Measured on {date.today()}: at most two preemptions, processor time.\n")
    print("| program | interleavings | schedules | fewer by | following all | following no state twice |")
    print("| --- |" + " ---: |" * 5)
    for cells in rows(sources):
        print("| " + " | ".join(cells) + " |", flush=True)


if __name__ == "__main__":
    main()
