"""Choose the next hint, for the first check that fails, and put it into words."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, replace

from grader.checks import COMPILE, Check
from grader.course import Exercise
from grader.errors import WITHOUT_SOLUTIONS
from grader.paths import Tree
from grader.state import Standing, StateFile
from grader.terminal import Look


@dataclass(frozen=True)
class Hint:
    """One hint, and what it is about."""

    check: Check
    level: int  # from 1

    @property
    def text(self) -> str:
        """Return the hint's words."""
        return self.check.hints[self.level - 1]

    @property
    def is_last(self) -> bool:
        """Whether there is no further one."""
        return self.level == len(self.check.hints)


def first_failing(exercise: Exercise, standing: Standing) -> Check | None:
    """Return the first check that failed in the last grading, if it still exists."""
    return next((check for check in exercise.checks if check.id in standing.failing), None)


def shown(check: Check, standing: Standing) -> list[Hint]:
    """Return the hints that the learner has seen already."""
    levels = min(standing.hints.get(check.id, 0), len(check.hints))
    return [Hint(check, level + 1) for level in range(levels)]


def upcoming(check: Check, standing: Standing) -> Hint | None:
    """Return the next hint, or None when all have been shown."""
    level = len(shown(check, standing)) + 1
    return Hint(check, level) if level <= len(check.hints) else None


def due(exercise: Exercise, standing: Standing) -> Hint | None:
    """Return the hint that comes unasked: when the same check fails in one more attempt.

    Never the last one, which says most: that is for whoever asks. Code that
    does not compile gets the compiler's words instead.
    """
    check = first_failing(exercise, standing)
    hint = upcoming(check, standing) if check and check.id != COMPILE else None
    if not check or not hint or hint.is_last:
        return None
    return hint if hint.level < standing.failing[check.id] else None


def take_due(state: StateFile, exercise: Exercise) -> Hint | None:
    """Return the hint that is due, if there is one, and remember that it was shown."""
    hint = due(exercise, state.read().of(exercise.key))
    if hint:
        mark_shown(state, exercise, hint)
    return hint


def mark_shown(state: StateFile, exercise: Exercise, hint: Hint) -> None:
    """Remember that a hint was shown."""
    state.change(exercise.key, lambda standing: _with_shown(standing, hint))


def _with_shown(standing: Standing, hint: Hint) -> Standing:
    level = max(standing.hints.get(hint.check.id, 0), hint.level)
    return replace(standing, hints={**standing.hints, hint.check.id: level})


def as_text(hint: Hint, look: Look) -> str:
    """Return a hint with what it is about."""
    title = f'Hint {hint.level} of {len(hint.check.hints)} for "{hint.check.title}"'
    words = textwrap.fill(
        hint.text,
        look.text_width,
        initial_indent="  ",
        subsequent_indent="  ",
        break_on_hyphens=False,
        break_long_words=False,
    )
    return f"{look.bold(title)}\n{words}"


def exhausted(tree: Tree, exercise: Exercise, check: Check) -> str:
    """Return what to do when there is no further hint."""
    last = f"Our solution:  ./workbook diff {exercise.key} --peek" if tree.has_solutions else WITHOUT_SOLUTIONS
    return (
        f'You have seen all {len(check.hints)} hints for "{check.title}".\n'
        f"  Again:         ./workbook hint {exercise.key} --all-shown\n"
        f"  The lesson:    ./workbook read {exercise.lesson_key}\n"
        f"  {last}"
    )
