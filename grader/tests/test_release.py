"""A release of this very workbook: it gives nothing away, and a student can work with it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from conftest import Called
from grader.authoring.tracked import is_repository
from grader.cli import main
from grader.course import load_course
from grader.paths import HOME, Tree

pytestmark = pytest.mark.skipif(not is_repository(HOME), reason="a release is made from a git repository")

FULL = Tree(HOME)
PASSED = "01_submit/greeter"
_TELLING = 16  # characters; a shorter line is in many files
_RUN = 3  # lines in a row: fewer are an idiom


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release, of the files as they are now."""
    folder = tmp_path_factory.mktemp("student") / "work book"  # a blank in the path, on purpose
    arguments = ("dev", "export", "--students", "--to", str(folder), "--allow-changes")
    assert main(["--root", str(HOME), *arguments]) == 0
    return folder


def student(release: Path, *arguments: str) -> Called:
    """Call ./workbook as a student does, far from the full repository."""
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "WORKBOOK_ROOT")}
    done = subprocess.run(
        [release / "workbook", *arguments],
        cwd=release,
        env={**kept, "WORKBOOK_NO_INSTALL": "1", "LC_ALL": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
    )
    return Called(done.returncode, done.stdout, done.stderr)


# ----- nothing is given away -----


def telling_lines(text: str) -> list[str]:
    """Return the lines that are long enough to be recognised."""
    return [line.strip() for line in text.splitlines() if len(line.strip()) >= _TELLING]


def runs(lines: list[str]) -> Iterator[tuple[str, ...]]:
    """Yield all lines in a row."""
    return zip(*(lines[start:] for start in range(_RUN)))


@pytest.mark.parametrize("key", [exercise.key for exercise in load_course(FULL).exercises])
def test_no_file_holds_a_piece_of_a_solution(release: Path, key: str) -> None:
    handed_out = FULL.skeleton(key).read_text()
    secret = [line for line in telling_lines(FULL.solution(key).read_text()) if line not in handed_out]
    pieces = set(runs(secret))
    assert pieces, f"no line of the solution of {key} is its own"
    for path in release.rglob("*"):
        if path.is_file() and not path.is_relative_to(release / "build"):
            found = pieces.intersection(runs(telling_lines(path.read_text(errors="replace"))))
            assert not found, f"{path.relative_to(release)} has of {key}: {found}"


def test_the_answers_and_the_papers_of_authors_are_not_there(release: Path) -> None:
    gone = ("solutions", "grader/wrong", "grader/tests", "grader/src/grader/authoring", "cfutures/tests",
            "explorer/tests", ".git", ".workbook", "docs/matrix.md", "docs/instructors.md")  # fmt: skip
    assert [name for name in gone if (release / name).exists()] == []


# ----- it works -----


def test_a_check_grades_with_a_runner_and_an_explorer_of_its_own(release: Path) -> None:
    """Build all that grading needs from the release's sources, and use each part of it."""
    done = student(release, "check", "--json", "--file", f"{PASSED}={FULL.solution(PASSED)}")
    assert done.code == 0, done.out + done.err
    assert {check["verdict"] for check in done.exercise["checks"]} <= {"passed", "not_measurable"}
    assert (release / "build" / "grader" / "runner" / "wb_runner-release").exists()


def test_an_exercise_as_handed_out_scores_nothing(release: Path) -> None:
    done = student(release, "check", "--json", "00_kitchen/first_order")
    assert done.code == 1 and done.exercise["score"] == 0
    assert done.exercise["verdict"] == "failed"


@pytest.mark.parametrize("command", ["selftest", "selftest --list", "dev check", "dev new 02_map"])
def test_what_needs_the_full_repository_says_so(release: Path, command: str) -> None:
    done = student(release, *command.split())
    assert done.code == 2 and done.out == ""
    assert "needs the full repository, and this is a release for students" in done.err


def test_help_and_doctor_are_about_what_students_need(release: Path) -> None:
    told = student(release, "help").out
    assert "watch" in told and "dev" not in told and "selftest" not in told
    doctor = student(release, "doctor").out
    assert "release for students, made from commit" in doctor
    assert "core" in doctor and "selftest" not in doctor and "cross" not in doctor


def test_the_commands_of_the_front_page_are_there(release: Path) -> None:
    page = (release / "README.md").read_text()
    commands = sorted(set(re.findall(r"^\./workbook (\w+)", page, re.MULTILINE)))
    assert commands == ["check", "explore", "pack", "read"]
    for command in commands:
        assert student(release, command, "--help").code == 0


def test_lessons_lists_and_pages_are_shown(release: Path) -> None:
    assert PASSED.partition("/")[2] in student(release, "list").out
    assert len(student(release, "read", "00_kitchen").out) > 1000
    assert "W301" in student(release, "explain", "W301").out
    assert "comes without solutions" in student(release, "diff", PASSED).err


@pytest.mark.parametrize("preset", ["dev", "asan", "tsan", "release"])
def test_cmake_has_all_that_it_asks_for(release: Path, preset: str, tmp_path: Path) -> None:
    configure = ["cmake", "--preset", preset, "-B", str(tmp_path / "build")]
    done = subprocess.run(configure, cwd=release, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
