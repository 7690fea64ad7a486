"""One step of the selftest: commands with a limit, a log, and a result."""

from __future__ import annotations

import importlib.util
import os
import shutil
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from grader.errors import GraderError
from grader.run import Limits, run

_LOG_BYTES = 32 * 1024 * 1024
_TAIL_LINES = 40


@dataclass(frozen=True)
class Step:
    """Commands that all have to end with 0, within a time."""

    name: str
    says: str  # what is true when it has passed
    commands: tuple[tuple[str, ...], ...]
    seconds: float  # for all of them together; a safety net, never a criterion
    needs: tuple[str, ...] = ()  # programs; without them the step is skipped
    modules: tuple[str, ...] = ()  # of Python, the same
    env: Mapping[str, str] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """Return what keeps the step from being run on this machine."""
        programs = [name for name in self.needs if shutil.which(name) is None]
        return (*programs, *(name for name in self.modules if importlib.util.find_spec(name) is None))


class Ending(StrEnum):
    """What became of a step."""

    PASSED = "passed"
    FAILED = "FAILED"
    TIMED_OUT = "TIMED OUT"
    SKIPPED = "skipped"


@dataclass(frozen=True)
class StepResult:
    """A step's ending, and the last lines that it printed when it did not pass."""

    step: Step
    ending: Ending
    seconds: float = 0.0
    why: str = ""
    tail: tuple[str, ...] = ()

    @property
    def is_failure(self) -> bool:
        """Whether the selftest can't pass because of it."""
        return self.ending in (Ending.FAILED, Ending.TIMED_OUT)


def run_step(step: Step, home: Path, log: Path) -> StepResult:
    """Run a step's commands, one after another, until one fails; keep what they print."""
    if step.missing:
        return StepResult(step, Ending.SKIPPED, why=f"not on this machine: {', '.join(step.missing)}")
    started = time.monotonic()
    log.parent.mkdir(parents=True, exist_ok=True)
    printed = ""
    for command in step.commands:
        left = step.seconds - (time.monotonic() - started)
        printed += f"$ {' '.join(command)}\n"
        try:
            finished = run(
                command, Limits(max(left, 0.0), _LOG_BYTES), cwd=home, env={**os.environ, **step.env}
            )
        except GraderError as error:
            return _ended(step, Ending.FAILED, started, error.message, log, printed + error.message)
        printed += finished.output
        if finished.timed_out:
            why = f"killed after {step.seconds:.0f} s"
            return _ended(step, Ending.TIMED_OUT, started, why, log, printed)
        if finished.status != 0:
            return _ended(step, Ending.FAILED, started, _status(finished.status), log, printed)
    return _ended(step, Ending.PASSED, started, "", log, printed)


def _ended(step: Step, ending: Ending, started: float, why: str, log: Path, printed: str) -> StepResult:
    log.write_text(printed, encoding="utf-8", errors="replace")
    tail = () if ending is Ending.PASSED else tuple(printed.splitlines()[-_TAIL_LINES:])
    return StepResult(step, ending, time.monotonic() - started, why, tail)


def _status(status: int) -> str:
    return f"ended by signal {-status}" if status < 0 else f"ended with status {status}"
