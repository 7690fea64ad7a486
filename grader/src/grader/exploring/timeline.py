"""The interleaving that shows a bug, as a table: time downwards, a column a thread.

A line has one step, so its text may run on to the right, over the columns of
other threads. Where there are too many threads, each line names its thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.exploring.outcome import Event
from grader.exploring.places import Places
from grader.exploring.story import Story
from grader.terminal import Look

_MOST_EVENTS = 40
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
    events: Sequence[Event], story: Story, places: Places, look: Look, most: int = _MOST_EVENTS
) -> Iterator[str]:
    """Yield the last steps of an interleaving, cut to the terminal's width."""
    waits = {(event.thread, event.pc) for event in events if event.what == "cond_wait"}
    worth = [event for event in events if not (event.what == "unlock" and (event.thread, event.pc) in waits)]
    shown = worth[-most:]
    if len(worth) > most:
        yield look.dim(f"({len(worth) - most} earlier steps left out)")
    yield from _Table(shown, waits, story, places, look).lines()


class _Table:
    def __init__(
        self, events: Sequence[Event], waits: set[tuple[int, int]], story: Story, places: Places, look: Look
    ) -> None:
        self._events = events
        self._waits = waits
        self._story = story
        self._places = places
        self._look = look
        self._threads = sorted({event.thread for event in events})
        room = look.text_width - _NUMBER - _FOR_TEXT
        self._width = min(room // max(len(self._threads) - 1, 1), _WIDEST)
        self._has_columns = self._width >= _NARROWEST

    def lines(self) -> Iterator[str]:
        if self._has_columns:
            *heads, last = (self._story.thread(thread) for thread in self._threads)
            heads = [_cut(head, self._width - 1).ljust(self._width) for head in heads] + [last]
            yield self._look.bold(" " * _NUMBER + "".join(heads).rstrip())
        now = 0
        for event in self._events:
            if event.nanoseconds > now:
                now = event.nanoseconds
                yield self._look.dim(f"{'':{_NUMBER}}time: {now / 1e9:.9f} s")
            yield self._line(event)

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
