"""What the workbook remembers of a learner: `.workbook/state.json`.

Everybody who changes it goes through `StateFile.change`, which reads, changes
and writes under a lock, so that a check in one terminal and watch mode in
another lose nothing of each other's. Fields and exercises that this version
does not know are kept. `docs/learner-state.md` describes the file.
"""

from __future__ import annotations

import fcntl
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.files import write_atomically
from grader.paths import Tree

FORMAT = 1


def timestamp() -> str:
    """Return the current time in UTC, to the second, fit for a file name."""
    return datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")


@dataclass(frozen=True)
class Standing:
    """What is known of one exercise."""

    attempts: int = 0  # versions of the file that were graded
    best_score: int = 0
    solved: bool = False  # passed, and not reset since
    first_passed: str = ""  # a timestamp, or ""
    peeked: str = ""  # when the solution was shown before it was solved, or ""
    verdict: str = ""  # of the last grading, or ""
    code: str = ""  # SHA-256 of the file that was graded last, or ""
    failing: Mapping[str, int] = field(default_factory=dict)  # check: times in a row
    hints: Mapping[str, int] = field(default_factory=dict)  # check: levels shown
    other: Mapping[str, Any] = field(default_factory=dict)  # another version's fields

    def to_json(self) -> dict[str, Any]:
        """Return the fields as the file holds them."""
        known = {name: getattr(self, name) for name in _FIELDS}
        return {**self.other, **known}


_FIELDS: Mapping[str, type] = {
    "attempts": int,
    "best_score": int,
    "solved": bool,
    "first_passed": str,
    "peeked": str,
    "verdict": str,
    "code": str,
    "failing": dict,
    "hints": dict,
}


@dataclass(frozen=True)
class State:
    """What is known of all exercises."""

    standings: Mapping[str, Standing] = field(default_factory=dict)
    other: Mapping[str, Any] = field(default_factory=dict)

    def of(self, key: str) -> Standing:
        """Return what is known of an exercise, which may be nothing."""
        return self.standings.get(key, Standing())

    def to_json(self) -> dict[str, Any]:
        """Return the whole file's content."""
        exercises = {key: standing.to_json() for key, standing in self.standings.items()}
        return {**self.other, "format": FORMAT, "exercises": exercises}


class _Damaged(Exception):
    """The file is not what this program writes."""


def _tell(message: str) -> None:
    print(message, file=sys.stderr)


class StateFile:
    """The one way to read and change the state."""

    def __init__(self, tree: Tree, tell: Callable[[str], None] = _tell) -> None:
        self._path = tree.private / "state.json"
        self._tell = tell

    def read(self) -> State:
        """Return the state; of a file that isn't there yet, an empty one."""
        try:
            return self._parsed()
        except _Damaged:
            with self._locked():
                return self._parsed_or_set_aside()

    def change(self, key: str, change: Callable[[Standing], Standing]) -> Standing:
        """Replace what is known of one exercise, and return the new standing."""
        with self._locked():
            state = self._parsed_or_set_aside()
            standing = change(state.of(key))
            state = replace(state, standings={**state.standings, key: standing})
            text = json.dumps(state.to_json(), indent=2)
            write_atomically(self._path, f"{text}\n".encode())
        return standing

    @contextmanager
    def _locked(self) -> Iterator[None]:
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(self._path.with_suffix(".lock"), "ab") as lock:
                with suppress(OSError):  # some network drives have no locks
                    fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            raise GraderError(
                f"Your progress can't be saved in {self._path.parent}: {error.strerror}.",
                "Make the folder writable. Your exercises are not affected.",
            ) from error

    def _parsed_or_set_aside(self) -> State:
        try:
            return self._parsed()
        except _Damaged as damage:
            aside = _free_name(self._path.with_name(f"state.damaged-{timestamp()}.json"))
            self._path.rename(aside)
            self._tell(
                f"note: {self._path} is damaged ({damage}). It was kept as {aside.name}, "
                "and your progress is counted anew. Your exercises are not affected."
            )
            return State()

    def _parsed(self) -> State:
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return State()
        except OSError as error:
            raise GraderError(
                f"Your progress in {self._path} can't be read: {error.strerror}.",
                "Make the file readable. Your exercises are not affected.",
            ) from error
        except (ValueError, RecursionError) as error:
            raise _Damaged("it is no JSON") from error
        return _state_from(content, self._path)


def _free_name(path: Path) -> Path:
    candidate, number = path, 1
    while candidate.exists():
        number += 1
        candidate = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return candidate


def _state_from(content: Any, path: Path) -> State:
    if not isinstance(content, dict) or not isinstance(content.get("exercises"), dict):
        raise _Damaged("it holds no exercises")
    if not isinstance(content.get("format"), int):
        raise _Damaged("it says no format")
    if content["format"] > FORMAT:
        raise GraderError(
            f"{path} was written by a newer version of the workbook.",
            "Use that version, or move the file away to count your progress anew.",
        )
    return State(
        {key: _standing_from(key, facts) for key, facts in content["exercises"].items()},
        {key: value for key, value in content.items() if key not in ("format", "exercises")},
    )


def _standing_from(key: str, facts: Any) -> Standing:
    if not isinstance(facts, dict):
        raise _Damaged(f"what it says of {key} is no object")
    known = {name: facts[name] for name in _FIELDS if name in facts}
    for name, value in known.items():
        # type() and not isinstance(): JSON's true is no number here.
        if type(value) is not _FIELDS[name]:
            raise _Damaged(f"'{name}' of {key} is of the wrong type")
        if isinstance(value, dict) and any(type(count) is not int for count in value.values()):
            raise _Damaged(f"'{name}' of {key} does not count checks")
    other = {name: value for name, value in facts.items() if name not in _FIELDS}
    return Standing(**known, other=other)
