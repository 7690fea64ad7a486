"""The steps of an order on the learner's own lines, and what others did meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from grader.exploring.outcome import Event
from grader.exploring.own_lines import own_steps
from grader.exploring.places import Place, Places
from grader.exploring.rows import rows
from grader.exploring.steps import Step, steps_of

OWN, TEST, LIBRARY = 10, 20, 30  # program counters


class _Places:
    """Three places: in the learner's file, in the test's, and in one that is not the program's."""

    def learn(self, addresses: Iterable[int]) -> None:
        """Know all of them already."""

    def at(self, pc: int) -> Place:
        return {
            OWN: Place("greet_all", "exercises/01/greet.c", 5),
            TEST: Place("it", "exercises/01/test_greet.c", 9),
        }.get(pc, Place("cfi_lock", "", 0))

    def line(self, place: Place) -> str:
        return "some code();"


PLACES = cast(Places, _Places())


def event(step: int, thread: int, what: str, pc: int, *calls: int, thing: int = 0) -> Event:
    return Event(step, thread, what, pc, 1, thing, 0, calls)


def told(*events: Event) -> list[tuple[int, str]]:
    """Return the rows of the table, as thread and text."""
    steps = own_steps(events, PLACES, "greet.c")
    shown = rows(steps_of(steps, PLACES, ["greeting Ada"], "greet.c"), PLACES, every_step=False)
    return [(row.event.thread, row.text) for row in shown if isinstance(row, Step)]


def test_a_task_of_the_tests_is_told_by_its_work() -> None:
    assert told(
        event(0, 0, "begin", LIBRARY),
        event(1, 0, "lock", LIBRARY, OWN),
        event(2, 1, "begin", LIBRARY),
        event(3, 1, "atomic", TEST, LIBRARY),
        event(4, 1, "work", LIBRARY, LIBRARY, thing=1),
        event(5, 1, "lock", LIBRARY),
    ) == [
        (0, "begins"),
        (0, "calls  5: some code();"),
        (1, "begins"),
        (1, "has done greeting Ada"),
    ]


def test_a_task_on_the_learners_lines_is_told_by_these() -> None:
    assert told(
        event(1, 1, "memory", OWN),
        event(2, 1, "work", LIBRARY, OWN, thing=1),
        event(3, 1, "memory", OWN),
    ) == [
        (1, "writes  5: some code();"),
        (1, "calls  5: some code();"),
        (1, "writes  5: some code();"),
    ]


def test_a_line_of_another_file_is_told_with_its_name() -> None:
    assert told(event(1, 0, "lock", LIBRARY, TEST)) == [(0, "calls  test_greet.c:9: some code();")]
