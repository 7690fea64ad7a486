"""Measure schedules a second, beside another explorer or beside our own slower ways.

    PYTHONPATH=grader/src python3 explorer/bench/speed.py [--peer FILE.c --peer-syms FILE.syms] [WORD ...]

Words pick the cases whose names contain one of them. A peer is the source of another explorer that
is told what to do by XR_N, XR_SEED, XR_STOP and XR_TIME, and says "N schedules in ...". Two numbers
are comparable only when they were measured in turns: so everything runs on one processor, in pairs,
now the one first, now the other. Seconds are of processor time, for others may be at work, too.
"""

from __future__ import annotations

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from cases import BuiltByPeer, BuiltByUs, Case, OurBuilder, PeerBuilder, named

SLOWER_WAYS = (
    ("spurious mode", (("mode", "spurious"),)),
    ("hostile mode", (("mode", "hostile"),)),
    ("a process a schedule", (("fresh", 1),)),
    ("real threads", (("pthreads", 1),)),
)


@dataclass(frozen=True)
class Pairs:
    """What was measured of two, in turns."""

    ours: list[float]
    other: list[float]

    @property
    def ratios(self) -> list[float]:
        """Return ours by the other's, sorted."""
        return sorted(a / b for a, b in zip(self.ours, self.other, strict=True))

    def cells(self) -> tuple[str, ...]:
        """Return what stands in a row: both medians, the median ratio, and its spread."""
        ratios = self.ratios
        return (f"{median(self.ours):,.0f}", f"{median(self.other):,.0f}", f"**{median(ratios):.2f}**",
                f"{ratios[0]:.2f} to {ratios[-1]:.2f}")  # fmt: skip


def enough(built: BuiltByUs | BuiltByPeer, seconds: float) -> int:
    """Return how many schedules take about so long."""
    schedules = 4
    while (rate := built.rate(schedules, 1)) * seconds / 4 > schedules:
        schedules *= 4
    return max(4, int(rate * seconds))


def measure(ours: BuiltByUs, other: BuiltByUs | BuiltByPeer, pairs: int, seconds: float) -> Pairs:
    """Measure two in turns; each pair has a seed of its own, and changes who goes first."""
    schedules = {built: enough(built, seconds) for built in (ours, other)}
    seen: dict[BuiltByUs | BuiltByPeer, list[float]] = {ours: [], other: []}
    for n in range(pairs):
        for built in (ours, other) if n % 2 == 0 else (other, ours):
            seen[built].append(built.rate(schedules[built], n + 1))
    return Pairs(seen[ours], seen[other])


def beside_peer(cases: Sequence[Case], options: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Yield the rows: each case on our explorer and on the peer."""
    yield ("schedules a second", "ours", "peer", "ratio", "spread")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        us, peer = OurBuilder(), PeerBuilder(options.peer, options.peer_syms, folder)
        for case in cases:
            ours, other = BuiltByUs(us.build(case, folder)), BuiltByPeer(peer.build(case, folder))
            yield (case.name, *measure(ours, other, options.pairs, options.seconds).cells())


def beside_ourselves(cases: Sequence[Case], options: argparse.Namespace) -> Iterator[tuple[str, ...]]:
    """Yield the rows: each case in the default mode, and what it loses in another way."""
    yield ("schedules a second", "default", "otherwise", "ratio", "spread")
    with tempfile.TemporaryDirectory() as scratch:
        us = OurBuilder()
        for case in cases:
            program = us.build(case, Path(scratch))
            for name, way in SLOWER_WAYS:
                pairs = measure(BuiltByUs(program), BuiltByUs(program, way), options.pairs, options.seconds)
                yield (f"{case.name}; {name}", *pairs.cells())


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Measure schedules a second, in pairs.")
    parser.add_argument("words", nargs="*", help="of the names of cases; all without")
    parser.add_argument("--peer", type=Path, help="the C source of another explorer")
    parser.add_argument("--peer-syms", type=Path, help="the names that its programs are to have renamed")
    parser.add_argument("--pairs", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=0.4, help="about so long for each run")
    options = parser.parse_args()
    if (options.peer is None) != (options.peer_syms is None):
        parser.error("--peer and --peer-syms belong together")
    if not named(options.words):
        parser.error("no case has such a name")
    return options


def main() -> None:
    options = arguments()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    cases = named(options.words)
    rows = beside_peer(cases, options) if options.peer else beside_ourselves(cases, options)
    head = next(rows)
    print(
        f"Measured on {date.today()} ({platform.machine()}, one processor): the medians of {options.pairs} "
        f"pairs, about {options.seconds:g} s of processor time a run; "
        "spread: the lowest and the highest ratio.\n"
    )
    print("| " + " | ".join(head) + " |\n| --- " + "| ---: " * (len(head) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(row) + " |")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
