"""explorer.h: what programs ask of the explorer holds, inside of it and outside."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import PROGRAMS

from grader.exploring.outcome import Bug, explore
from grader.exploring.places import Places
from grader.exploring.program import Program
from grader.exploring.story import Story
from grader.paths import HOME
from grader.run import Limits, run

Build = Callable[..., Program]
ASKS = {"elapsed": 1, "schedules": 2, "fail": 3, "name": 4}


@pytest.mark.parametrize("mode", ["default", "spurious", "hostile"])
def test_all_that_a_program_asks_holds_in_every_schedule(build: Build, mode: str) -> None:
    outcome = explore(build("asks_everything").path, {"schedules": 300, "mode": mode})
    assert outcome.bug is None, outcome.bug


@pytest.mark.parametrize("compiler", ["gcc", "clang"])
def test_outside_of_the_explorer_the_same_program_runs(tmp_path: Path, compiler: str) -> None:
    if not shutil.which(compiler):
        pytest.skip(f"there is no {compiler}")
    sources = [PROGRAMS / "asks_everything.c", HOME / "explorer" / "explorer_absent.c"]
    flags = ["-std=c11", "-D_GNU_SOURCE", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-pthread"]
    include = f"-I{HOME / 'explorer' / 'include'}"
    built = run([compiler, *flags, include, *sources, "-o", tmp_path / "p"], Limits(seconds=60), cwd=tmp_path)
    assert built.status == 0, built.output
    ran = run([tmp_path / "p"], Limits(seconds=60), cwd=tmp_path)
    assert ran.status == 0, ran.output


def asked(build: Build, what: str) -> tuple[Program, Bug]:
    """Return the bug of asks_in_vain, and its program."""
    program = build("asks_in_vain", f"-DASK={ASKS[what]}")
    bug = explore(program.path, {"schedules": 50, "mode": "default"}).bug
    assert bug
    return program, bug


def test_time_that_should_have_passed_is_told_exactly(build: Build) -> None:
    _, bug = asked(build, "elapsed")
    assert bug.kind == "assertion"
    assert "2.000000000 s of virtual time have passed, expected were 1.500000000 s" in bug.text


def test_time_means_nothing_in_hostile_mode(build: Build) -> None:
    program = build("asks_in_vain", f"-DASK={ASKS['elapsed']}")
    assert explore(program.path, {"schedules": 50, "mode": "hostile"}).bug is None


def test_words_of_the_program_are_told(build: Build) -> None:
    _, bug = asked(build, "fail")
    assert (bug.kind, bug.text) == ("assertion", "the sum is wrong: 3 != 4")


def test_names_show_in_what_is_told(build: Build) -> None:
    program = build("asks_in_vain", f"-DASK={ASKS['name']}")
    outcome = explore(program.path, {"schedules": 5})
    assert outcome.bug
    sides = list(Story(outcome, Places(program.path)).sides(outcome.bug))
    assert 'waits for a mutex (lock of "the" account), held by main' in sides[0]
    assert 'holds lock of "the" account since asks_in_vain.c:' in sides[1]


def test_schedules_are_counted(build: Build) -> None:
    program = build("asks_in_vain", f"-DASK={ASKS['schedules']}")
    outcome = explore(program.path, {"schedules": 500})
    assert outcome.bug and outcome.bug.kind == "nonzero_exit"
    assert outcome.found_at == 21
