"""What the thread that started everything did, line by line, and where it waited.

So a loop that submits and waits in turn is seen as one.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.exploring.gantt import waits_in
from grader.exploring.outcome import Outcome
from grader.exploring.own_lines import is_own, own_pc
from grader.exploring.places import Places

_SECOND = 1_000_000_000
_BLOCKED = -1
_MOST_LINES = 6
_MOST_COLUMNS = 74


@dataclass
class Entry:
    """One line that the main thread came to."""

    line: int
    start: float  # seconds
    until: float = 0.0  # when the last wait there ended, or 0


def diary(outcome: Outcome, places: Places, own_file: str) -> Iterator[str]:
    """Yield a line for each line of the reader's file that the main thread came to."""
    told = entries(outcome, places, own_file)
    texts = places.text(own_file)
    for entry in told[:_MOST_LINES]:
        text = texts[entry.line - 1].strip() if 0 < entry.line <= len(texts) else ""
        waits = f"  waits until {entry.until:.3f} s" if entry.until else ""
        room = _MOST_COLUMNS - len(waits)
        yield f"{f'{entry.start:.3f} s  {entry.line:>3}: {text}'[:room]}{waits}"
    if len(told) > _MOST_LINES:
        yield "..."


def entries(outcome: Outcome, places: Places, own_file: str) -> list[Entry]:
    """Return what the main thread did in the reader's file, in order; one entry a line."""
    ends = {(w.start, w.line): w.end for w in waits_in(outcome, places, own_file) if w.thread == 0}
    found: list[Entry] = []
    for event in outcome.events:
        place = places.at(own_pc(event.pc, event.calls, places, own_file))
        if event.thread != 0 or not is_own(place, own_file):
            continue
        moment = event.nanoseconds / _SECOND
        if not found or found[-1].line != place.line:
            found.append(Entry(place.line, moment))
        if event.detail == _BLOCKED:
            found[-1].until = ends.get((moment, place.line), found[-1].until)
    return found
