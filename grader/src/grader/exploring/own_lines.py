"""The steps of an interleaving on the reader's own lines.

Most steps of a program that uses a library are inside of the library. Each is
told here on the line from which the library was called, and what one line does
without a break is one step. What no line of the reader's has caused is left out;
but of a thread that has no such line, a task of the test's, it is told when it
has done its work.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from grader.exploring.outcome import Event
from grader.exploring.places import Place, Places

CALLS, GOES_ON = "calls", "goes on"
WORK = "work"
_BLOCKED = -1
_LIFE = ("begin", "exit")
_QUIET = ("memory", "atomic")  # of no interest outside of the reader's file


def own_steps(events: Sequence[Event], places: Places, own_file: str) -> list[Event]:
    """Return the steps to be shown; `own_file`: the name of the file that the reader wrote."""
    places.learn(pc for event in events for pc in (event.pc, *event.calls))
    steps: list[Event] = []
    waiting: dict[int, Event] = {}
    for event in _on_own_lines(events, places, own_file):
        last = steps[-1] if steps else None
        waits = waiting.pop(event.thread, None)
        if event.detail == _BLOCKED:
            waiting[event.thread] = event
        elif waits and places.at(waits.pc) == places.at(event.pc) and event.what == CALLS:
            event = replace(event, what=GOES_ON)
        elif last and _is_same_step(last, event, places):
            continue
        steps.append(event)
    return _with_life(events, [*steps, *_work_of_others(events, steps)])


def own_pc(pc: int, calls: Sequence[int], places: Places, own_file: str) -> int:
    """Return the innermost address in the reader's file, else in the program; 0 if there is none."""
    known = [pc for pc in (pc, *calls) if places.at(pc).is_of_program]
    own = [pc for pc in known if is_own(places.at(pc), own_file)]
    return next(iter(own or known), 0)


def is_own(place: Place, own_file: str) -> bool:
    """Whether a place is in the file that the reader wrote."""
    return Path(place.file).name == own_file


def _on_own_lines(events: Sequence[Event], places: Places, own_file: str) -> Iterator[Event]:
    for event in events:
        pc = own_pc(event.pc, event.calls, places, own_file)
        if not pc or event.what in _LIFE:
            continue
        if event.what in _QUIET and not is_own(places.at(pc), own_file):
            continue
        is_inside = pc != event.pc and event.detail != _BLOCKED
        yield replace(event, pc=pc, what=CALLS if is_inside else event.what)


def _work_of_others(events: Sequence[Event], steps: Sequence[Event]) -> Iterator[Event]:
    told = {step.thread for step in steps}
    return (event for event in events if event.what == WORK and event.thread not in told)


def _is_same_step(last: Event, event: Event, places: Places) -> bool:
    same_line = last.thread == event.thread and places.at(last.pc) == places.at(event.pc)
    return same_line and event.what == CALLS and last.what in (CALLS, GOES_ON)


def _with_life(events: Sequence[Event], steps: list[Event]) -> list[Event]:
    """Add the beginning and the end of the threads that have a step."""
    threads = {step.thread for step in steps}
    life = [event for event in events if event.what in _LIFE and event.thread in threads]
    return sorted([*steps, *life], key=lambda event: event.step)
