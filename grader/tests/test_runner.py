"""A report is believed only if it is whole; anything else is our fault, not an exception."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grader.errors import GraderError
from grader.runner import Outcome, Record, Runner

RECORD: dict[str, Any] = {
    "suite": "s",
    "test": "works",
    "verdict": "passed",
    "checks": 1,
    "failures": [],
    "signal": None,
    "exit_code": 0,
    "message": "",
    "output": "printed",
    "seconds": 0.25,
}
END = {"end": True, "tests": 1}


def runner(folder: Path, script: str) -> Runner:
    program = folder / "wb_runner"
    program.write_text(f"#!/usr/bin/python3\nimport os, signal, sys\nreport = int(sys.argv[2])\n{script}\n")
    program.chmod(0o755)
    return Runner(program)


def reported(folder: Path, *lines: object, status: int = 0) -> Record:
    report = "".join(f"{line if isinstance(line, str) else json.dumps(line)}\n" for line in lines)
    script = f"os.write(report, {report.encode()!r})\nprint('noise')\nsys.exit({status})"
    return runner(folder, script).run_test(folder / "t.so", folder / "c.so", "works", 5)


def test_a_whole_report_is_read(tmp_path: Path) -> None:
    failure = {"file": "t.c", "line": 7, "message": "no"}
    record = reported(tmp_path, {**RECORD, "verdict": "failed", "failures": [failure]}, END, status=1)
    assert (record.outcome, record.output, record.seconds) == (Outcome.FAILED, "printed", 0.25)
    assert [(f.file, f.line, f.message) for f in record.failures] == [("t.c", 7, "no")]


@pytest.mark.parametrize(
    "lines",
    [
        [],
        [RECORD],
        [END],
        [END, RECORD],
        [RECORD, RECORD, END],
        [{**RECORD, "test": "another"}, END],
        [{**RECORD, "verdict": "splendid"}, END],
        [{**RECORD, "verdict": "broken"}, END],
        [{**RECORD, "failures": [{}]}, END],
        [{**RECORD, "failures": 7}, END],
        [{**RECORD, "seconds": "long"}, END],
        [{"test": "works"}, END],
        ["{not json", END],
        [RECORD, "[1]"],
    ],
    ids=range(14),
)
def test_a_report_that_is_not_whole_is_our_fault(tmp_path: Path, lines: list[object]) -> None:
    record = reported(tmp_path, *lines, status=3)
    assert record.outcome is Outcome.BROKEN
    assert "status 3" in record.message and record.output == "noise\n"


def test_a_runner_that_is_killed_is_our_fault(tmp_path: Path) -> None:
    killed = runner(tmp_path, "os.kill(os.getpid(), signal.SIGKILL)")
    record = killed.run_test(tmp_path / "t.so", tmp_path / "c.so", "works", 5)
    assert record.outcome is Outcome.BROKEN
    assert record.message.startswith("the test runner was ended by signal 9")


def test_a_runner_is_called_as_its_contract_says(tmp_path: Path) -> None:
    script = "os.write(report, b'')\nprint(' '.join(sys.argv[3:]), os.getcwd() != '/', sorted(os.environ))"
    record = runner(tmp_path, script).run_test(tmp_path / "t.so", tmp_path / "c.so", "works", 2.5)
    called, _, rest = record.output.partition(" True ")
    assert called == (
        f"--seconds 2.5 --output-bytes 65536 --only works {tmp_path / 't.so'} {tmp_path / 'c.so'}"
    )
    assert "PATH" in rest and "WORKBOOK_ROOT" not in rest and "PYTHONPATH" not in rest


def test_tests_are_listed_by_name(tmp_path: Path) -> None:
    program = tmp_path / "wb_runner"
    program.write_text("#!/bin/sh\nprintf 's\\tone\\ns\\ttwo\\n'\n")
    program.chmod(0o755)
    assert Runner(program).list_tests(tmp_path / "t.so") == ("one", "two")
    program.write_text("#!/bin/sh\necho 'no such module'; exit 2\n")
    with pytest.raises(GraderError, match="no such module"):
        Runner(program).list_tests(tmp_path / "t.so")


def test_a_probe_that_fails_says_why(tmp_path: Path) -> None:
    program = tmp_path / "wb_runner"
    program.write_text("#!/bin/sh\nexit 0\n")
    program.chmod(0o755)
    assert Runner(program).problem() == ""
    program.write_text("#!/bin/sh\necho 'ptrace is forbidden'; exit 3\n")
    assert Runner(program).problem() == "ptrace is forbidden"
    program.write_text("#!/bin/sh\nexit 3\n")
    assert Runner(program).problem() == "the probe ended with status 3"
