"""What each thread is doing after a step: who holds what, and who waits for what.

Worked out from the recorded events alone, so that a page can show any moment.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from grader.exploring.outcome import Event

_TAKES = ("lock", "read_lock", "write_lock")
_GIVES = ("unlock", "rw_unlock")
_BLOCKED = -1  # an event's detail: the thread has to wait


@dataclass(frozen=True)
class Lane:
    """One thread at one moment."""

    is_there: bool = False  # it has begun, and not ended
    holds: tuple[int, ...] = ()  # addresses of locks, in the order of taking them
    awaits: Event | None = None  # why it can't go on
    pc: int = 0  # where it was seen last


def moments(
    events: Sequence[Event], wanted: Container[int]
) -> Iterator[tuple[int, Mapping[int, Lane]]]:
    """Yield the lanes as they are after each event whose index is wanted."""
    lanes: dict[int, Lane] = {}
    for index, event in enumerate(events):
        lanes[event.thread] = _after(lanes.get(event.thread, Lane()), event)
        if index in wanted:
            yield index, dict(lanes)


def _after(lane: Lane, event: Event) -> Lane:
    if event.what == "begin":
        return Lane(is_there=True)
    if event.what == "exit":
        return Lane()
    if event.detail == _BLOCKED:
        return replace(lane, awaits=event, pc=event.pc)
    return Lane(True, _held(lane.holds, event), None, event.pc)


def _held(holds: tuple[int, ...], event: Event) -> tuple[int, ...]:
    if event.what in _TAKES:
        return (*holds, event.object)
    if event.what in _GIVES and event.object in holds:
        last = len(holds) - 1 - holds[::-1].index(event.object)
        return holds[:last] + holds[last + 1 :]
    return holds
