"""Run tests through wb_runner, and read what it reports.

`docs/runner.md` is the contract. The runner is ours, the code inside is not:
whatever is missing or odd in a report becomes `Outcome.BROKEN`, never an
exception.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.run import REPORT_FD, Finished, Limits, run

_SLACK_SECONDS = 20.0  # beyond the test's own limit: the runner's start and end
_OUTPUT_BYTES = 64 * 1024


class Outcome(StrEnum):
    """What the runner says of a test."""

    PASSED = "passed"
    FAILED = "failed"
    CRASHED = "crashed"
    EXITED = "exited"
    TIMED_OUT = "timed_out"
    LEFT_PROCESS = "left_process"
    NOT_LOADED = "not_loaded"
    FLOODED = "flooded"
    SANITIZER = "sanitizer"
    BROKEN = "no record to be believed"  # never said by the runner: ours


@dataclass(frozen=True)
class Failure:
    """A check of a test that did not hold."""

    file: str
    line: int
    message: str


@dataclass(frozen=True)
class Record:
    """What became of one test."""

    test: str
    outcome: Outcome
    failures: tuple[Failure, ...] = ()
    signal: int | None = None
    exit_code: int | None = None
    message: str = ""
    output: str = ""
    seconds: float = 0.0
    is_racy: bool = False  # the explorer saw accesses that nothing orders: another run may differ


@dataclass(frozen=True)
class Runner:
    """One flavour of wb_runner."""

    program: Path

    def problem(self) -> str:
        """Return why this flavour's sanitizers can't be believed on this machine, or ''."""
        finished = self._run(["--probe"], 30.0)
        if finished.status == 0:
            return ""
        return finished.output.strip() or f"the probe ended with status {finished.status}"

    def list_tests(self, tests: Path) -> tuple[str, ...]:
        """Return the names of a module's tests, in order."""
        finished = self._run(["--list", str(tests)], 10.0)
        if finished.status != 0:
            raise GraderError(f"The tests can't be listed: {finished.output.strip()}")
        return tuple(line.partition("\t")[2] for line in finished.output.splitlines() if "\t" in line)

    def run_test(self, tests: Path, code: Path, test: str, seconds: float) -> Record:
        """Run one test with the code, in a runner of its own."""
        finished = self._run(
            [
                *("--report", REPORT_FD, "--seconds", f"{seconds:g}"),
                *("--output-bytes", str(_OUTPUT_BYTES), "--only", test, str(tests), str(code)),
            ],
            seconds,
        )
        return _record(test, finished)

    def _run(self, arguments: list[str], seconds: float) -> Finished:
        env = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
        with tempfile.TemporaryDirectory(prefix="workbook-") as folder:
            env["TMPDIR"] = env["HOME"] = folder
            return run(
                [self.program, *arguments], Limits(seconds + _SLACK_SECONDS), cwd=Path(folder), env=env
            )


def _record(test: str, finished: Finished) -> Record:
    """Return the test's record; it counts only if the end record follows it."""
    lines = [_parsed(line) for line in finished.report.splitlines()]
    records = [line for line in lines if line.get("test") == test]
    ended = bool(lines) and lines[-1].get("end") is True
    if ended and len(records) == 1:
        try:
            return _from_json(records[0])
        except (KeyError, TypeError, ValueError):
            pass
    return Record(test, Outcome.BROKEN, message=_why_broken(finished), output=finished.output)


def _from_json(record: dict[str, Any]) -> Record:
    return Record(
        test=record["test"],
        outcome=Outcome(record["verdict"]),
        failures=tuple(Failure(f["file"], int(f["line"]), f["message"]) for f in record["failures"]),
        signal=record["signal"],
        exit_code=record["exit_code"],
        message=record["message"],
        output=record["output"],
        seconds=float(record["seconds"]),
    )


def _parsed(line: str) -> dict[str, Any]:
    try:
        parsed = json.loads(line)
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _why_broken(finished: Finished) -> str:
    if finished.timed_out:
        return f"the test runner did not end within {finished.seconds:.0f} s"
    if finished.status < 0:
        origin = "from the code under test or from outside"
        return f"the test runner was ended by signal {-finished.status}, {origin}"
    return f"the test runner ended with status {finished.status} and no full report"
