"""What is remembered of memory is enough, and is not believed for too long."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from collection import BUGS, Lab

from grader.exploring.places import Places
from grader.exploring.program import Program

ONE = {"schedules": 1, "mode": "default"}


def test_a_reader_is_remembered_however_many_come_after(lab: Lab, build: Callable[..., Program]) -> None:
    bug = lab.explore(build("first_reader_of_many"), ONE).bug
    assert bug and bug.kind == "race"
    assert {note.thread for note in bug.notes} == {0, 1}, "main and the first reader"


@pytest.mark.parametrize(
    ("name", "sides"),
    [
        ("covers_in_part", {"value.half[1] = 1;", "uint64_t seen = value.all;"}),
        ("reads_after_a_write", {"return value == 0 ? NULL : seconds;", "value = 1;"}),
    ],
)
def test_a_newer_access_hides_no_more_than_it_stands_for(
    lab: Lab, build: Callable[..., Program], name: str, sides: set[str]
) -> None:
    program = build(name)
    bug = lab.explore(program, ONE).bug
    assert bug and bug.kind == "race"
    places = Places(program.path)
    places.learn(note.pc for note in bug.notes)
    assert {places.line(places.at(note.pc)) for note in bug.notes} == sides


@pytest.mark.parametrize("name", ["reads_a_stack_that_is_gone", "reads_what_it_freed"])
def test_what_was_touched_a_moment_ago_may_be_gone(lab: Lab, build: Callable[..., Program], name: str) -> None:
    bug = lab.explore(build(name), ONE).bug
    assert bug and bug.kind == "use_after_free"


def test_nothing_is_left_of_what_earlier_schedules_did(lab: Lab, tmp_path: Path) -> None:
    """So many that the shadow starts anew several times."""
    program = lab.build(BUGS / "counter_without_lock_mended.c", tmp_path)
    outcome = lab.explore(program, {**ONE, "sample_only": 1, "schedules": 40_000, "seconds": 60})
    assert outcome.bug is None and outcome.schedules == 40_000
