"""Measure how long `./workbook explore FILE.c` takes, on each broken program of the collection.

    PYTHONPATH=grader/src python3 explorer/bench/first_verdict.py [--rounds N] [WORD ...]

Words pick the programs whose names contain one of them. It is the command as it is typed, launcher and
all, with a course of its own to keep the traces in. Elapsed time means something on an idle machine
alone, so the processor time of all that the command starts is beside it, and the load of the machine.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from cases import BENCH

from grader.paths import HOME

BUGS = BENCH.parent / "tests" / "bugs"


@dataclass(frozen=True)
class Timed:
    """One run of the command: seconds since its start, but for the last one."""

    verdict: float  # its first line could be read: what is wrong, and where
    told: float  # its last line could be read
    end: float
    processor: float  # of the command, and of all that it waited for


ROWS = {
    "until the verdict": lambda timed: timed.verdict,
    "until all is told": lambda timed: timed.told,
    "until the command has ended": lambda timed: timed.end,
    "processor time of the command": lambda timed: timed.processor,
}


def explore(source: Path, root: str) -> Timed:
    """Explore a program that has a bug, and take the times."""
    began = time.monotonic()
    verdict = told = 0.0
    command = [HOME / "workbook", "--root", root, "explore", source]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for _ in process.stdout:
            told = time.monotonic() - began
            verdict = verdict or told
        _, status, used = os.wait4(process.pid, 0)
        end = time.monotonic() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 1:
        raise SystemExit(f"{source.name}: no bug was found; exit code {process.returncode}.")
    return Timed(verdict, told, end, used.ru_utime + used.ru_stime)


def cells(seconds: Sequence[float]) -> tuple[str, ...]:
    """Return what stands in a row: the median, what 95 of 100 stay below, and the longest."""
    in_order = sorted(seconds)
    of_95 = in_order[(len(in_order) * 95 - 1) // 100]
    return (f"**{median(in_order):.2f} s**", f"{of_95:.2f} s", f"{in_order[-1]:.2f} s")


def load() -> str:
    """Return how many processes wanted a processor, in the last minute."""
    return f"{os.getloadavg()[0]:.1f}"


def sources(words: Sequence[str]) -> list[Path]:
    """Return the broken programs whose names contain one of the words; all without words."""
    broken = (path for path in sorted(BUGS.glob("*.c")) if not path.stem.endswith("_mended"))
    return [path for path in broken if not words or any(word in path.stem for word in words)]


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure the time to the verdict.")
    parser.add_argument("words", nargs="*", help="of the names of programs; all without")
    parser.add_argument("--rounds", type=int, default=1, help="so many times each; the best one counts (1)")
    options = parser.parse_args()
    programs = sources(options.words)
    if not programs:
        parser.error("no program has such a name")
    before = load()
    with tempfile.TemporaryDirectory() as root:
        explore(programs[0], root)  # what is built once, and kept, is there from now on
        rounds = [[explore(program, root) for program in programs] for _ in range(options.rounds)]
    print(
        f"Measured on {date.today()}: {len(programs)} programs, the best of {options.rounds} rounds; "
        f"{os.cpu_count()} processors, load {before} before and {load()} after.\n"
    )
    print("| `./workbook explore FILE.c` | median | 95 of 100 | longest |\n| --- | ---: | ---: | ---: |")
    for name, seconds_of in ROWS.items():
        best = [min(map(seconds_of, runs)) for runs in zip(*rounds, strict=True)]
        print(f"| {name} | " + " | ".join(cells(best)) + " |")


if __name__ == "__main__":
    main()
