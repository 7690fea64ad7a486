"""Aspect `grading`: each submission gets exactly its declared verdict, every time."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.authoring.submissions import WRONG, Submission, submissions
from grader.build import Flavour
from grader.errors import GraderError
from grader.grade import Grader


def check_grading(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Grade skeletons, solutions and wrong submissions as often as asked."""
    work = [
        submission
        for exercise in scope.exercises
        if scope.tree.test(exercise.key).is_file()
        for submission in submissions(scope.course, exercise, settings.submissions)
    ]
    grader = Grader(scope.course)
    with ThreadPoolExecutor(max_workers=settings.jobs) as threads:
        futures = [threads.submit(_graded, scope, grader, submission, settings) for submission in work]
        for future in futures:
            yield from future.result()


def _graded(scope: Scope, grader: Grader, submission: Submission, settings: Settings) -> list[Finding]:
    """Compile once, judge as often as asked, and stop at the first surprise."""
    shown = scope.tree.shown(submission.path)
    settings.progress(f"grading {shown}")
    try:
        compiled = grader.compile(submission.exercise, submission.path)
        warning = _warning(compiled.code[Flavour.PLAIN].words)
        if warning and submission.kind != WRONG:
            return [Finding(shown, f"the compiler warns ({warning})", "mend what it warns of")]
        for run in range(1, settings.repeat + 1):
            differences = list(submission.differences(grader.judge(compiled)))
            if differences:
                which = f"run {run} of {settings.repeat}: " if settings.repeat > 1 else ""
                return [Finding(shown, f"{which}{problem}", remedy) for problem, remedy in differences]
    except GraderError as error:
        return [Finding(shown, error.message, error.hint or "see `./workbook doctor`")]
    return []


def _warning(words: str) -> str:
    return next((line.strip() for line in words.splitlines() if "warning:" in line), "")
