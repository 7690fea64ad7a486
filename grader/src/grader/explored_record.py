"""Tell a check that did not hold under the explorer as the runner would.

For what is no matter of the order of steps: the order would say no more.
"""

from __future__ import annotations

from pathlib import Path

from grader.exploring.outcome import Bug
from grader.exploring.outcome import Outcome as Explored
from grader.exploring.places import Place
from grader.exploring.story import Story
from grader.paths import HOME
from grader.runner import Failure, Outcome, Record
from grader.seen import Exploring

_LIBRARY = HOME / "cfutures"


def record_of_check(exploring: Exploring, test: str, outcome: Explored, bug: Bug) -> Record:
    """Return a check that did not hold, or a wrong use of cfutures, as the runner would."""
    places = exploring.places()
    Story(outcome, places, exploring.own_file)  # learns the places
    stack = [places.at(pc) for note in bug.notes for pc in (note.pc, *note.calls)]
    if stack and Path(stack[0].file).is_relative_to(_LIBRARY):
        return Record(test, Outcome.CRASHED, message=bug.text, output=outcome.output)
    where = next((place for place in stack if place.is_of_program), Place("", "", 0))
    failure = Failure(where.file.removeprefix("./"), where.line, bug.text)
    return Record(test, Outcome.FAILED, (failure,), output=outcome.output, is_racy=bug is outcome.harm)
