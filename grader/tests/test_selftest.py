"""`selftest`: what it does with steps that pass, fail, hang, or cannot be run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from authors import Author, author
from conftest import SOURCES
from grader.authoring.full_result import page
from grader.authoring.resuming import Done, hash_of_sources
from grader.authoring.step import Ending, Step, run_step
from grader.authoring.steps import busy, full_steps, usual_steps
from grader.cli import main
from grader.commands.selftest import run_all
from grader.course import load_course
from grader.paths import Tree

__all__ = ["author"]

PATIENCE = 60.0  # seconds after which a test gives up; no verdict depends on it
GOOD = Step("good", "it is good", (("true",),), PATIENCE)
BAD = Step("bad", "it is bad", (("/bin/sh", "-c", "echo what is wrong; exit 3"),), PATIENCE)
ABSENT = Step("absent", "it can't be run", (("true",),), PATIENCE, needs=("no-such-program",))
# The busy loops are children of the command that they run beside.
LISTS_ITS_CHILDREN = (
    sys.executable,
    "-c",
    """
import os, pathlib, sys

def parent(stat):
    try:
        return int(stat.read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0  # gone meanwhile

stats = pathlib.Path("/proc").glob("[0-9]*/stat")
children = [stat.parent.name for stat in stats if parent(stat) == os.getpid()]
pathlib.Path(sys.argv[1]).write_text(" ".join(children))
""",
)


def test_the_last_line_is_the_sum_and_nothing_else(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_all([GOOD, BAD, GOOD, ABSENT], tmp_path)
    assert capsys.readouterr().out.splitlines()[-1] == "2 passed, 1 failed"


def test_each_step_has_a_line_with_its_seconds(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run_all([GOOD, ABSENT], tmp_path)
    first, second, _ = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r"passed +good +\d+\.\d s  it is good", first)
    assert re.fullmatch(r"skipped +absent .*it can't be run \(not on this machine: no-such-program\)", second)


def test_a_failing_step_shows_what_it_printed_and_keeps_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_all([BAD], tmp_path)
    out = capsys.readouterr().out
    assert "ended with status 3" in out and "    | what is wrong" in out
    assert "build/selftest/bad.log" in out
    assert "what is wrong" in (tmp_path / "build" / "selftest" / "bad.log").read_text()


def test_a_step_ends_at_its_first_failing_command(tmp_path: Path) -> None:
    step = Step("two", "both", (("false",), ("touch", str(tmp_path / "reached"))), PATIENCE)
    assert run_step(step, tmp_path, tmp_path / "log").ending is Ending.FAILED
    assert not (tmp_path / "reached").exists()


def test_a_program_that_cannot_be_started_fails_the_step(tmp_path: Path) -> None:
    step = Step("odd", "it starts", ((str(tmp_path),),), PATIENCE)
    assert run_step(step, tmp_path, tmp_path / "log").ending is Ending.FAILED


def test_a_step_that_hangs_is_killed_with_all_that_it_started(tmp_path: Path) -> None:
    pid_file = tmp_path / "pid"
    order = f"sleep 1000 & echo $! > {pid_file}; wait"
    step = Step("hangs", "it ends", (("/bin/sh", "-c", order),), 0.5)
    result = run_step(step, tmp_path, tmp_path / "log")
    assert result.ending is Ending.TIMED_OUT and result.is_failure
    assert not pid_file.exists() or _ends(int(pid_file.read_text()))


def test_the_load_lasts_as_long_as_the_command_and_no_longer(tmp_path: Path) -> None:
    pids = tmp_path / "pids"
    step = Step("busy", "it is busy", (busy(2, (*LISTS_ITS_CHILDREN, str(pids))),), PATIENCE)
    assert run_step(step, tmp_path, tmp_path / "log").ending is Ending.PASSED
    loops = [int(pid) for pid in pids.read_text().split()]
    assert len(loops) == 2
    assert all(_ends(pid) for pid in loops)


def test_the_load_ends_even_if_nobody_kills_it(tmp_path: Path) -> None:
    # Started by hand, outside of a step: no group is killed at the end.
    pids = tmp_path / "pids"
    subprocess.run(busy(1, (*LISTS_ITS_CHILDREN, str(pids))), timeout=PATIENCE, check=True)
    loops = [int(pid) for pid in pids.read_text().split()]
    assert len(loops) == 1
    assert all(_ends(pid) for pid in loops)


def _ends(pid: int) -> bool:
    """Wait until a process is gone; give up, and kill it, when that takes too long."""
    for _ in range(int(PATIENCE / 0.05)):
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return True
        if _is_zombie(pid):
            return True
        time.sleep(0.05)
    os.kill(pid, signal.SIGKILL)
    return False


def _is_zombie(pid: int) -> bool:
    try:
        return ") Z" in Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return True


# ----- resuming -----


def test_a_step_that_has_passed_is_not_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    count = Step("count", "it runs", (("/bin/sh", "-c", "echo x >> build/count"),), PATIENCE)
    (tmp_path / "source.c").write_text("int x;\n")
    run_all([count, BAD], tmp_path, Done(tmp_path))
    results = run_all([count, BAD], tmp_path, Done(tmp_path))
    assert (tmp_path / "build" / "count").read_text() == "x\n"
    assert [result.ending for result in results] == [Ending.PASSED, Ending.FAILED]
    assert capsys.readouterr().out.splitlines()[-1] == "1 passed, 1 failed"


def test_a_change_of_a_source_begins_again(tmp_path: Path) -> None:
    (tmp_path / "source.c").write_text("int x;\n")
    Done(tmp_path).add("step", 1.0)
    assert Done(tmp_path).seconds("step") == 1.0
    (tmp_path / "source.c").write_text("int y;\n")
    assert Done(tmp_path).seconds("step") is None


def test_what_is_made_is_no_source(tmp_path: Path) -> None:
    before = hash_of_sources(tmp_path)
    for name in ("build/x", ".git/x", ".workbook/x", "grader/__pycache__/x", "docs/selftest-full.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    assert hash_of_sources(tmp_path) == before


def test_a_damaged_record_is_no_record(tmp_path: Path) -> None:
    Done(tmp_path).add("step", 1.0)
    (tmp_path / "build" / "selftest" / "full.json").write_text("{")
    assert Done(tmp_path).seconds("step") is None


def test_the_page_names_every_step_and_no_path(tmp_path: Path) -> None:
    results = run_all([GOOD, BAD], tmp_path)
    text = page(results, "0123456789abcdef0123")
    assert "| `good` | it is good | passed |" in text
    assert "| `bad` | it is bad | failed (ended with status 3) |" in text
    assert str(tmp_path) not in text


# ----- the command -----


def test_the_steps_are_named(author: Author) -> None:
    assert main(["--root", str(author.root), "selftest", "--list"]) == 0
    names = [line.split()[0] for line in author.capsys.readouterr().out.splitlines()]
    assert names[:2] == ["shell", "types"] and names[-1] == "replays"
    assert len(set(names)) == len(names)


def test_an_unknown_step_is_wrong_use(author: Author) -> None:
    assert main(["--root", str(author.root), "selftest", "--only", "nonsense"]) == 2
    assert "nonsense" in author.capsys.readouterr().err


def test_the_full_steps_come_an_exercise_at_a_time(author: Author) -> None:
    course = load_course(Tree(author.root))
    usual = {step.name for step in usual_steps(course, 2)}
    full = {step.name for step in full_steps(course, 2)}
    kinds = ("loaded", "pinned", "nice", "wrong", "replays")
    repetitions = {f"{kind}-01_sound-twice" for kind in kinds}
    assert {name for name in full if not name.startswith("explorer-")} == repetitions
    assert not usual & full


def test_a_stopped_selftest_stops_its_step(tmp_path: Path) -> None:
    """SIGTERM, as CI sends it, ends the step's processes, too."""
    pid_file = tmp_path / "pid"
    script = f"""
import signal, sys
from pathlib import Path
from grader.authoring.step import Step
from grader.commands.selftest import leave, run_all
signal.signal(signal.SIGTERM, leave)
order = "echo $$ > {pid_file}.new; mv {pid_file}.new {pid_file}; exec sleep 1000"
run_all([Step("long", "it is long", (("/bin/sh", "-c", order),), 1000)], Path({str(tmp_path)!r}))
"""
    selftest = subprocess.Popen(
        [sys.executable, "-c", script], env={**os.environ, "PYTHONPATH": str(SOURCES)}
    )
    try:
        for _ in range(int(PATIENCE / 0.05)):
            if pid_file.exists():
                break
            time.sleep(0.05)
        selftest.terminate()
        assert selftest.wait(PATIENCE) == 128 + signal.SIGTERM
        assert _ends(int(pid_file.read_text()))
    finally:
        selftest.kill()
        selftest.wait()
