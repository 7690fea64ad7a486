#!/usr/bin/env python3
"""Measure what a learner waits for: from saving a file to the verdict.

    python3 grader/bench/save_to_verdict.py [--rounds N] [--lesson 01_submit] [--json]

Each round grades the lesson's solutions, every one with a comment that was never
there before, so that nothing of the learner's comes from a cache, as after an
edit; the tests' modules do, as they would. Reported are, over the rounds:

    first     until the first exercise's verdict is on the screen
    all       until all are
    cpu       processor time for all, which says more on a busy machine

A report, no test: nothing fails on a slow machine.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
_WARM_UP = 1


def main() -> None:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description="from saving a file to the verdict")
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--lesson", default="01_submit")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    rounds = [_round(args.lesson, number) for number in range(_WARM_UP + args.rounds)][_WARM_UP:]
    figures = {name: _quantiles([figures[name] for figures in rounds]) for name in rounds[0]}
    if args.json:
        print(json.dumps({"lesson": args.lesson, "rounds": args.rounds, "seconds": figures}, indent=2))
        return
    print(f"{args.lesson}, {args.rounds} rounds, seconds:")
    for name, (middle, most) in figures.items():
        print(f"  {name:<6} p50 {middle:6.3f}   p95 {most:6.3f}")


def _round(lesson: str, number: int) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        arguments: list[str] = []
        for solution in sorted((HOME / "solutions" / lesson).glob("*.c")):
            edited = Path(folder) / solution.name
            edited.write_text(f"{solution.read_text()}\n// edit {os.getpid()} {number}\n")
            arguments += ["--file", f"{lesson}/{solution.stem}={edited}"]
        before = _cpu_of_children()
        began = time.monotonic()
        process = subprocess.Popen(
            [HOME / "workbook", "check", *arguments], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        assert process.stdout
        first = 0.0
        for line in process.stdout:
            first = first or (time.monotonic() - began if b" points" in line else 0.0)
        process.wait()
        return {"first": first, "all": time.monotonic() - began, "cpu": _cpu_of_children() - before}


def _cpu_of_children() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _quantiles(samples: Sequence[float]) -> tuple[float, float]:
    """Return the median and the 95th percentile (the nearest sample)."""
    ordered = sorted(samples)
    return ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]


if __name__ == "__main__":
    main()
