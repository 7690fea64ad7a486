"""A small timeline of the virtual clock, in ASCII.

A line for each piece of slow work: where its task waited before, and when it was
at work. Then where the code that started them waited meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.exploring.outcome import Event, Outcome
from grader.exploring.own_lines import is_own, own_pc
from grader.exploring.places import Places

_COLUMNS = 48  # for all of the time
_LONGEST_NAME = 20
_MAIN = "your code"
_MOST_BARS = 12
_MOST_TICKS = 10
_SECOND = 1_000_000_000
_BLOCKED = -1


@dataclass(frozen=True)
class Bar:
    """Something that took time; of a wait: the line of the reader's file."""

    thread: int
    name: str
    start: float  # seconds
    end: float
    line: int = 0
    what: str = ""  # it waits for, as the explorer calls it


def picture(outcome: Outcome, places: Places, own_file: str) -> Iterator[str]:
    """Yield the lines of the timeline; none if nothing took time."""
    seconds = outcome.elapsed / _SECOND
    works = list(works_in(outcome))[:_MOST_BARS]
    if not works or not seconds:
        return
    waits = waits_in(outcome, places, own_file)
    width = max(len(bar.name) for bar in [*works, Bar(0, _MAIN, 0, 0)])
    scale = _COLUMNS / seconds
    yield " " * (width + 2) + _axis(seconds, scale)
    for bar in works:
        before = [wait for wait in waits if _is_before(wait, bar, works)]
        yield f"{bar.name:<{width}}  {_drawn([*before, bar], scale)}"
    yield f"{_MAIN:<{width}}  {_drawn([wait for wait in waits if wait.thread == 0], scale)}".rstrip()
    yield "#: at work; |7...: waits at line 7"


def waits_in(outcome: Outcome, places: Places, own_file: str) -> list[Bar]:
    """Return when which thread waited in the reader's file, and at which line."""
    places.learn(pc for event in outcome.events for pc in (event.pc, *event.calls))
    bars: list[Bar] = []
    for at, event in enumerate(outcome.events):
        place = places.at(own_pc(event.pc, event.calls, places, own_file))
        if event.detail != _BLOCKED or event.what == "work" or not is_own(place, own_file):
            continue
        end = _next_of_same_thread(outcome, at)
        if end > event.nanoseconds:
            start = event.nanoseconds / _SECOND
            bars.append(Bar(event.thread, "", start, end / _SECOND, place.line, event.what))
    return bars


def _next_of_same_thread(outcome: Outcome, at: int) -> int:
    thread = outcome.events[at].thread
    later = (event.nanoseconds for event in outcome.events[at + 1 :] if event.thread == thread)
    return next(later, outcome.elapsed)


def _is_before(wait: Bar, work: Bar, works: Sequence[Bar]) -> bool:
    """Whether a thread waited for this piece of work, and not for its one before."""
    ends = [bar.end for bar in works if bar.thread == work.thread and bar.end <= work.start]
    is_main = work.thread == 0
    return not is_main and wait.thread == work.thread and max(ends, default=0) <= wait.start < work.start


def works_in(outcome: Outcome) -> Iterator[Bar]:
    """Yield the pieces of work in the order in which they began."""
    ends = {(e.thread, e.object): e.nanoseconds for e in outcome.events if _is_end_of_work(e)}
    for event in outcome.events:
        if event.what == "work" and event.detail == _BLOCKED and event.object:
            end = ends.get((event.thread, event.object), outcome.elapsed)
            name = outcome.works[event.object - 1][:_LONGEST_NAME]
            yield Bar(event.thread, name, event.nanoseconds / _SECOND, end / _SECOND)


def _is_end_of_work(event: Event) -> bool:
    return event.what == "work" and event.detail != _BLOCKED


def _axis(seconds: float, scale: float) -> str:
    """Return a line with the seconds at their columns."""
    step = max(1, round(seconds / _MOST_TICKS + 0.49))
    line = ""
    for second in range(0, int(seconds) + 1, step):
        line = line.ljust(round(second * scale)) + f"{second} s"
    return line


def _drawn(bars: Sequence[Bar], scale: float) -> str:
    line = ""
    for bar in bars:
        start, end = round(bar.start * scale), round(bar.end * scale)
        label, stroke = (f"|{bar.line}", ".") if bar.line else ("", "#")
        line = line.ljust(start) + label[: end - start].ljust(end - start, stroke)
    return line
