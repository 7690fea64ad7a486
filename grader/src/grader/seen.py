"""What the stages that use the explorer work with, and what they return."""

from __future__ import annotations

from dataclasses import dataclass

from grader.exploring.exercise import ExerciseExplorer
from grader.exploring.places import Places
from grader.exploring.program import Program
from grader.model import Verdict


@dataclass(frozen=True)
class Exploring:
    """An exercise's tests and the code under test, ready to be explored."""

    explorer: ExerciseExplorer
    program: Program
    learner_file: str  # as messages name it

    @property
    def own_file(self) -> str:
        """Return the name of the learner's file."""
        return self.program.sources[0].name

    def places(self) -> Places:
        """Return the places of the program, with the sources as they were."""
        return Places(self.program.path, self.program.path.parent)

    def shown(self, line: int) -> str:
        """Return how messages name a line of the learner's file."""
        return f"{self.learner_file}:{line}"


@dataclass(frozen=True)
class Seen:
    """What the explorer has shown of a check."""

    verdict: Verdict
    message: str
    place: str = ""
    picture: tuple[str, ...] = ()
    trace: str = ""  # what `./workbook replay` is given, or ""
    kind: str = ""  # of the bug, as the explorer calls it, or ""
    misconception: str = ""  # that the way it failed suggests; "": the check's own
    code: str = ""  # of the kind of failure, see failures.py
