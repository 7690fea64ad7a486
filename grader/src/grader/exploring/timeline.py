"""The interleaving that shows a bug, as a table: time downwards, a column a thread.

A line has one step, so its text may run on to the right, over the columns of
other threads. Where there are too many threads, each line names its thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from grader.exploring.outcome import Event
from grader.exploring.places import Places
from grader.exploring.story import Story
from grader.terminal import Look

MOST_LINES = 40
_LONGEST_LOOP, _WORTH_FOLDING = 6, 4  # steps; times
_NUMBER = 6  # columns for the number of a step
_FOR_TEXT = 44  # columns at least for the text of a step
_NARROWEST, _WIDEST = 10, 30  # distance of two threads' columns
_VERBS = {
    "memory": "touches", "atomic": "touches", "lock": "locks", "unlock": "unlocks",
    "cond_wait": "waits", "cond_signal": "signals", "cond_broadcast": "broadcasts",
    "read_lock": "read-locks", "write_lock": "write-locks", "rw_unlock": "unlocks", "sem_wait": "takes",
    "sem_post": "posts", "barrier": "passes", "create": "starts", "join": "joins",
    "free": "frees", "destroy": "destroys", "io": "uses", "address_wait": "waits",
    "address_wake": "wakes", "fork": "forks", "sleep": "wakes up", "together": "meets",
}  # fmt: skip
_BLOCKED = {"cond_wait": "waits", "sleep": "sleeps", "address_wait": "waits"}


def table(
    events: Sequence[Event], story: Story, places: Places, look: Look, most: int = MOST_LINES
) -> Iterator[str]:
    """Yield the last steps of an interleaving, cut to the terminal's width."""
    waits = {(event.thread, event.pc) for event in events if event.what == "cond_wait"}
    worth = [event for event in events if not (event.what == "unlock" and (event.thread, event.pc) in waits)]
    rows = _folded(worth)
    if len(rows) > most:
        yield look.dim(f"({len(rows) - most} earlier lines left out)")
    yield from _Table(rows[-most:], waits, story, places, look).lines()


@dataclass(frozen=True)
class _Repeat:
    """The steps above this line come again and again: a loop that waits."""

    length: int
    times: int


def _folded(events: Sequence[Event]) -> list[Event | _Repeat]:
    keys = [(event.thread, event.what, event.pc) for event in events]
    rows: list[Event | _Repeat] = []
    at = 0
    while at < len(events):
        loop = _loop_at(keys, at)
        rows += events[at : at + loop.length]
        if loop.times > 1:
            rows.append(loop)
        at += loop.length * loop.times
    return rows


def _loop_at(keys: Sequence[object], at: int) -> _Repeat:
    for length in range(1, _LONGEST_LOOP + 1):
        times = 1
        while keys[at : at + length] == keys[at + times * length : at + (times + 1) * length]:
            times += 1
        if times >= _WORTH_FOLDING:
            return _Repeat(length, times)
    return _Repeat(1, 1)


class _Table:
    def __init__(
        self,
        rows: Sequence[Event | _Repeat],
        waits: set[tuple[int, int]],
        story: Story,
        places: Places,
        look: Look,
    ) -> None:
        self._rows = rows
        self._waits = waits
        self._story = story
        self._places = places
        self._look = look
        self._threads = sorted({row.thread for row in rows if isinstance(row, Event)})
        room = look.text_width - _NUMBER - _FOR_TEXT
        self._width = min(room // max(len(self._threads) - 1, 1), _WIDEST)
        self._has_columns = self._width >= _NARROWEST

    def lines(self) -> Iterator[str]:
        if self._has_columns:
            *heads, last = (self._story.thread(thread) for thread in self._threads)
            heads = [_cut(head, self._width - 1).ljust(self._width) for head in heads] + [last]
            yield self._look.bold(" " * _NUMBER + "".join(heads).rstrip())
        now = 0
        for row in self._rows:
            if isinstance(row, _Repeat):
                lines = f"the {row.length} lines above" if row.length > 1 else "the line above"
                yield self._look.dim(f"{'':{_NUMBER}}({lines}, {row.times} times)")
                continue
            if row.nanoseconds > now:
                now = row.nanoseconds
                yield self._look.dim(f"{'':{_NUMBER}}time: {now / 1e9:.9f} s")
            yield self._line(row)

    def _line(self, event: Event) -> str:
        number = f"{event.step:>{_NUMBER - 1}} "
        if self._has_columns:
            who = " " * (self._width * self._threads.index(event.thread))
        else:
            who = f"{self._story.thread(event.thread)}: "
        return _cut(f"{number}{who}{self._cell(event)}", self._look.text_width)

    def _cell(self, event: Event) -> str:
        if event.what in ("begin", "exit"):
            return "begins" if event.what == "begin" else "ends"
        place = self._places.at(event.pc)
        line = self._places.line(place) if place.file else ""
        verb = self._verb(event)
        return f"{verb}  {place.line}: {line}" if line else verb

    def _verb(self, event: Event) -> str:
        if event.what in ("memory", "atomic"):
            return "writes" if event.detail & 1 else "reads"
        if event.what == "cond_wait" and event.detail == 2:
            return "wakes unsignalled"
        if event.what == "lock" and (event.thread, event.pc) in self._waits:
            return "wakes up" if event.detail != -1 else "wakes, wants lock"
        verb = _VERBS.get(event.what, event.what)
        return _BLOCKED.get(event.what, f"{verb} (blocked)") if event.detail == -1 else verb


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 3, 0)] + "..."
