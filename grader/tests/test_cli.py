"""The command line itself: wrong use, our own bugs, closed pipes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from conftest import SOURCES, Workbook, call
from grader import cli, course
from grader.cli import main


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["chek"], "`./workbook check`"),
        (["dev", "chekc"], "`./workbook dev check`"),
        (["--all"], "--all"),
        (["check"], "./workbook check"),
        (["check", "--no-such"], "--no-such"),
        (["check", "01_tiny/twise"], "Did you mean '01_tiny/twice'?"),
        (["check", "togehter"], "Did you mean '01_tiny/together'?"),
        (["check", "99_nowhere"], "./workbook list"),
        (["check", "01_tiny", "--file", "01_tiny=x.c"], "KEY=PATH"),
        (["check", "01_tiny", "--repeat", "0"], "above 0"),
        (["--root"], "folder"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_said_in_one_line(workbook: Workbook, arguments: list[str], word: str) -> None:
    done = workbook(*arguments)
    assert (done.code, done.out) == (2, "")
    assert word in done.err
    assert len(done.err.splitlines()) == 1


def test_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    printed = capsys.readouterr().out
    assert all(name in printed for name in cli.COMMANDS)


def test_our_own_bug_is_never_the_learners(tiny: Path, monkeypatch: pytest.MonkeyPatch,
                                           capsys: pytest.CaptureFixture[str]) -> None:  # fmt: skip
    def broken(tree: object) -> None:
        raise ZeroDivisionError("oops")

    monkeypatch.setattr(course, "load_course", broken)
    monkeypatch.delenv("WORKBOOK_DEBUG", raising=False)
    assert main(["--root", str(tiny), "check", "--all"]) == 3
    said = capsys.readouterr().err
    assert "bug in the workbook, not in your code" in said and "Traceback" not in said
    monkeypatch.setenv("WORKBOOK_DEBUG", "1")
    assert main(["--root", str(tiny), "check", "--all"]) == 3
    assert "Traceback" in capsys.readouterr().err


def test_a_course_without_lessons_is_an_error_of_one_line(tmp_path: Path) -> None:
    done = call(tmp_path, "check", "--all")
    assert (done.code, len(done.err.splitlines())) == (3, 1)


def test_a_missing_compiler_says_what_to_install(workbook: Workbook, tmp_path: Path) -> None:
    done = workbook("check", "--all", PATH=str(tmp_path))
    assert (done.code, done.out) == (3, "")
    assert "apt-get install gcc" in done.err and len(done.err.splitlines()) == 1


def test_a_compiler_that_is_asked_for_and_missing_is_named(workbook: Workbook) -> None:
    done = workbook("check", "--all", WORKBOOK_CC="no-such-cc")
    assert done.code == 3
    assert "no-such-cc" in done.err


def test_a_closed_pipe_is_quiet(tiny: Path) -> None:
    read_end, write_end = os.pipe()
    os.close(read_end)
    done = subprocess.run(
        [sys.executable, "-m", "grader", "--help"],
        stdout=write_end,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(SOURCES), "WORKBOOK_ROOT": str(tiny)},
    )
    os.close(write_end)
    assert done.stderr == b""
    assert done.returncode == 128 + signal.SIGPIPE


def test_control_c_is_quiet(tiny: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def interrupted(tree: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(course, "load_course", interrupted)
    assert main(["--root", str(tiny), "check", "--all"]) == 130
    assert capsys.readouterr() == ("", "")
