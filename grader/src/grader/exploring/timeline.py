"""The interleaving that shows a bug, as text: time downwards, a column a thread.

A line has one step, so its text may run on to the right, over the columns of
other threads. Where there are too many threads, each line names its thread.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.exploring.outcome import Event
from grader.exploring.places import Places
from grader.exploring.rows import Repeat, rows
from grader.exploring.steps import Step, steps_of
from grader.exploring.story import Story
from grader.terminal import Look

MOST_LINES = 40
_NUMBER = 6  # columns for the number of a step
_FOR_TEXT = 44  # columns at least for the text of a step
_NARROWEST, _WIDEST = 10, 30  # distance of two threads' columns


def table(
    events: Sequence[Event],
    story: Story,
    places: Places,
    look: Look,
    most: int = MOST_LINES,
    *,
    every_step: bool = False,
) -> Iterator[str]:
    """Yield the last steps of an interleaving, cut to the terminal's width."""
    told = rows(steps_of(events, places, story.works, story.own_file), places, every_step=every_step)
    if len(told) > most:
        yield look.dim(f"({len(told) - most} earlier lines left out)")
    yield from _Table(told[-most:], story, look).lines()


class _Table:
    def __init__(self, told: Sequence[Step | Repeat], story: Story, look: Look) -> None:
        self._rows = told
        self._story = story
        self._look = look
        self._threads = sorted({row.event.thread for row in told if isinstance(row, Step)})
        room = look.text_width - _NUMBER - _FOR_TEXT
        self._width = min(room // max(len(self._threads) - 1, 1), _WIDEST)
        self._has_columns = self._width >= _NARROWEST

    def lines(self) -> Iterator[str]:
        if self._has_columns and self._threads:
            *heads, last = (self._story.thread(thread) for thread in self._threads)
            heads = [_cut(head, self._width - 1).ljust(self._width) for head in heads] + [last]
            yield self._look.bold(" " * _NUMBER + "".join(heads).rstrip())
        now = 0
        for row in self._rows:
            if isinstance(row, Repeat):
                yield self._look.dim(f"{'':{_NUMBER}}{row}")
                continue
            if row.event.nanoseconds > now:
                now = row.event.nanoseconds
                yield self._look.dim(f"{'':{_NUMBER}}time: {now / 1e9:.9f} s")
            yield self._line(row)

    def _line(self, step: Step) -> str:
        number = f"{step.event.step:>{_NUMBER - 1}} "
        if self._has_columns:
            who = " " * (self._width * self._threads.index(step.event.thread))
        else:
            who = f"{self._story.thread(step.event.thread)}: "
        return _cut(f"{number}{who}{step.text}", self._look.text_width)


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(width - 3, 0)] + "..."
