"""The interleaving that shows a bug, as steps in words. What of them is a row is said in rows.py."""

from __future__ import annotations

import signal
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.exploring.outcome import Event
from grader.exploring.places import NOWHERE, Place, Places

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
    until: int  # the same, or of the last one that is told here
    verb: str
    place: Place  # NOWHERE where a thread begins or ends
    line: str  # the text there, or ""
    where: str = ""  # the line's number, with its file if that is not the reader's

    @property
    def text(self) -> str:
        """Return the step in one line."""
        return f"{self.verb}  {self.where}: {self.line}" if self.line else self.verb


def steps_of(
    events: Sequence[Event], places: Places, works: Sequence[str] = (), own_file: str = ""
) -> list[Step]:
    """Return the steps that are worth telling, in their order.

    `works`: names of what takes time; `own_file`: the file that goes without saying.
    """
    waits = {(event.thread, event.pc) for event in events if event.what == "cond_wait"}
    return [
        _step(event, index, _verb(event, waits, works), places, own_file)
        for index, event in enumerate(events)
        # The unlocking within a wait goes without saying.
        if not (event.what == "unlock" and (event.thread, event.pc) in waits)
    ]


def _step(event: Event, index: int, verb: str, places: Places, own_file: str) -> Step:
    place = places.at(event.pc)
    if event.what in ("begin", "exit") or (event.what == "work" and not place.is_of_program):
        place = NOWHERE
    line = places.line(place) if place.file else ""
    is_elsewhere = own_file and Path(place.file).name != own_file
    return Step(event, index, index, verb, place, line, str(place) if is_elsewhere else str(place.line))


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
