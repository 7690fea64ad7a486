"""What libc does for the program is seen: memory that it gives, texts that it reads."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from grader.exploring.outcome import explore
from grader.exploring.program import Program

Build = Callable[..., Program]


@pytest.mark.parametrize("name", ["takes_memory_from_libc", "prints_in_every_way"])
def test_a_sound_program_is_not_flagged(build: Build, name: str) -> None:
    outcome = explore(build(name, "-w").path, {"schedules": 5})
    assert outcome.bug is None, outcome.bug


@pytest.mark.parametrize("number", range(1, 9))
def test_a_leak_of_what_libc_gave_is_found_where_it_was_taken(build: Build, number: int) -> None:
    bug = explore(build("takes_memory_from_libc", f"-DLEAKS={number}").path, {"schedules": 5}).bug
    assert bug and bug.kind == "leak"
    assert bug.notes[0].role == "allocated" and bug.notes[0].value > 0


def test_a_text_among_many_arguments_is_followed(build: Build) -> None:
    bug = explore(build("prints_in_every_way", "-w", "-DLATE").path, {"schedules": 5}).bug
    assert bug and bug.kind == "use_after_free"
