"""The interleaving that shows a bug, as rows: steps in words, and loops folded.

Both renderings are made from these rows: the text (timeline.py) and the page
(page.py).
"""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.exploring.outcome import Event
from grader.exploring.places import Place, Places

_LONGEST_LOOP, _WORTH_FOLDING = 6, 4  # steps; times
_VERBS = {
    "memory": "touches", "atomic": "touches", "lock": "locks", "unlock": "unlocks",
    "cond_wait": "waits", "cond_signal": "signals", "cond_broadcast": "broadcasts",
    "read_lock": "read-locks", "write_lock": "write-locks", "rw_unlock": "unlocks", "sem_wait": "takes",
    "sem_post": "posts", "barrier": "passes", "create": "starts", "join": "joins",
    "free": "frees", "destroy": "destroys", "io": "uses", "address_wait": "waits",
    "address_wake": "wakes", "fork": "forks", "sleep": "wakes up", "together": "meets",
    "begin": "begins", "exit": "ends",
}  # fmt: skip
_BLOCKED = {
    "cond_wait": "waits", "sleep": "sleeps", "address_wait": "waits",
    "sigwait": "waits for a signal", "pause": "waits for a signal",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """One step of one thread, as it is told."""

    event: Event
    index: int  # of the event, in the whole run
    verb: str
    place: Place  # Place("", "", 0) where a thread begins or ends
    line: str  # the text there, or ""
    where: str = ""  # the line's number, with its file if that is not the reader's

    @property
    def text(self) -> str:
        """Return the step in one line."""
        return f"{self.verb}  {self.where}: {self.line}" if self.line else self.verb


@dataclass(frozen=True)
class Repeat:
    """The steps above this row come again and again: a loop that waits."""

    length: int
    times: int

    def __str__(self) -> str:
        lines = f"the {self.length} lines above" if self.length > 1 else "the line above"
        return f"({lines}, {self.times} times)"


def rows(
    events: Sequence[Event], places: Places, works: Sequence[str] = (), own_file: str = ""
) -> list[Step | Repeat]:
    """Return the steps that are worth telling, in their order.

    `works`: names of what takes time; `own_file`: the file that goes without saying.
    """
    waits = {(event.thread, event.pc) for event in events if event.what == "cond_wait"}
    steps = [
        _step(event, index, _verb(event, waits, works), places, own_file)
        for index, event in enumerate(events)
        # The unlocking within a wait goes without saying.
        if not (event.what == "unlock" and (event.thread, event.pc) in waits)
    ]
    return _folded(steps)


def _step(event: Event, index: int, verb: str, places: Places, own_file: str) -> Step:
    place = places.at(event.pc)
    if event.what in ("begin", "exit") or (event.what == "work" and not place.is_of_program):
        place = Place("", "", 0)
    line = places.line(place) if place.file else ""
    is_elsewhere = own_file and Path(place.file).name != own_file
    return Step(event, index, verb, place, line, str(place) if is_elsewhere else str(place.line))


def _verb(event: Event, waits: set[tuple[int, int]], works: Sequence[str]) -> str:
    if event.what in ("memory", "atomic"):
        return "writes" if event.detail & 1 else "reads"
    if event.what == "cond_wait" and event.detail == 2:
        return "wakes unsignalled"
    if event.what == "lock" and (event.thread, event.pc) in waits:
        return "wakes up" if event.detail != -1 else "wakes, wants lock"
    if event.what in ("signal", "handler", "sigwait") and event.detail != -1:
        return _signal_verb(event)
    if event.what == "work":
        name = works[event.object - 1] if 0 < event.object <= len(works) else "work"
        return f"{'begins' if event.detail == -1 else 'has done'} {name}"
    verb = _VERBS.get(event.what, event.what)
    if event.what in ("create", "join"):
        verb += f" T{event.object}"
    return _BLOCKED.get(event.what, f"{verb} (blocked)") if event.detail == -1 else verb


def _signal_verb(event: Event) -> str:
    name = signal_name(event.object)
    if event.what == "signal":
        return f"sends {name} to {f'T{event.detail - 1}' if event.detail > 1 else 'main' if event.detail else 'any'}"
    if event.what == "sigwait":
        return f"takes {name}" if event.object else "takes no signal"
    return f"{name} comes in" if event.detail else f"has handled {name}"


def signal_name(number: int) -> str:
    """Return what programs call a signal."""
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def _folded(steps: Sequence[Step]) -> list[Step | Repeat]:
    keys = [(step.event.thread, step.event.pc, step.verb) for step in steps]
    told: list[Step | Repeat] = []
    at = 0
    while at < len(steps):
        loop = _loop_at(keys, at)
        told += steps[at : at + loop.length]
        if loop.times > 1:
            told.append(loop)
        at += loop.length * loop.times
    return told


def _loop_at(keys: Sequence[object], at: int) -> Repeat:
    for length in range(1, _LONGEST_LOOP + 1):
        times = 1
        while keys[at : at + length] == keys[at + times * length : at + (times + 1) * length]:
            times += 1
        if times >= _WORTH_FOLDING:
            return Repeat(length, times)
    return Repeat(1, 1)
