"""The rows of both renderings, the text (timeline.py) and the page (page.py): steps, some of them folded.

Whoever explores a program of their own knows its lines, not those of cfutures. So
what a thread does inside of it without a break, for one call, becomes one step on
the line that made the call: "cfutures: 14 steps in cf_submit". A thread of the
library's own has no such line. And of a loop that waits one turn is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from grader.exploring.outcome import Event
from grader.exploring.places import NOWHERE, Place, Places
from grader.exploring.steps import Step

_LONGEST_LOOP, _WORTH_FOLDING = 6, 4  # steps; times
_BLOCKED = -1


@dataclass(frozen=True)
class Repeat:
    """The steps above this row come again and again: a loop that waits."""

    length: int
    times: int

    def __str__(self) -> str:
        lines = f"the {self.length} lines above" if self.length > 1 else "the line above"
        return f"({lines}, {self.times} times)"


@dataclass(frozen=True)
class _Call:
    """How a library came to do something."""

    library: str
    function: str  # that was called, or "": the library did it by itself
    caller: Place


def rows(steps: Sequence[Step], places: Places, *, every_step: bool) -> list[Step | Repeat]:
    """Return the rows for these steps; with `every_step` those inside of a library, too."""
    return _with_loops_folded(steps if every_step else _with_library_folded(steps, places))


def has_library_steps(events: Iterable[Event], places: Places) -> bool:
    """Whether there is anything to fold."""
    return any(places.at(event.pc).library for event in events)


def _with_library_folded(steps: Sequence[Step], places: Places) -> list[Step]:
    told: list[Step] = []
    stretch: list[Step] = []
    call: _Call | None = None
    for step in steps:
        its_call = _call(step, places)
        if stretch and call and not (its_call == call and _goes_on(stretch[-1], step)):
            told.append(_as_one(stretch, call, places))
            stretch = []
        call = its_call
        if call:
            stretch.append(step)
        else:
            told.append(step)
    return [*told, _as_one(stretch, call, places)] if stretch and call else told


def _call(step: Step, places: Places) -> _Call | None:
    if not step.place.library:
        return None
    frames = [places.at(pc) for pc in (step.event.pc, *step.event.calls)]
    inside = list(takewhile(lambda place: place.library, frames))
    caller = frames[len(inside)] if len(inside) < len(frames) else NOWHERE
    if not caller.is_of_program:
        return _Call(step.place.library, "", NOWHERE)
    return _Call(step.place.library, _as_written(inside[-1].function), caller)


def _as_written(function: str) -> str:
    """Return what stands in the program: some of a library's functions are called by a macro."""
    return function.removesuffix("_value").removesuffix("_at_end_of_scope")


def _goes_on(last: Step, step: Step) -> bool:
    is_same_time = last.event.nanoseconds == step.event.nanoseconds
    return is_same_time and last.event.thread == step.event.thread


def _as_one(stretch: Sequence[Step], call: _Call, places: Places) -> Step:
    count = f"{len(stretch)} step{'' if len(stretch) == 1 else 's'}"
    where = f" in {call.function}" if call.function else ""
    waits = ", waits" if stretch[-1].event.detail == _BLOCKED else ""
    return replace(
        stretch[0],
        until=stretch[-1].until,
        verb=f"{call.library}: {count}{where}{waits}",
        place=call.caller,
        line=places.line(call.caller),
        where=str(call.caller.line),
    )


def _with_loops_folded(steps: Sequence[Step]) -> list[Step | Repeat]:
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
