"""What a failed check of a timing test is called."""

from __future__ import annotations

import pytest

from grader.checks import Check
from grader.failures import Failure
from grader.model import Kind
from grader.record_words import finding
from grader.runner import Failure as FailedCheck
from grader.runner import Outcome, Record


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("5 greetings should be under way at once, but only 1 ever was", Failure.ONE_AFTER_ANOTHER),
        ('your code asked "done yet?" 1000 times and more', Failure.BUSY_WAITING),
        ("There was no limit, and greet_all returned while a task was running", Failure.WRONG_RESULT),
        ("On a pool of processes greet_all returned 1; 2 was expected", Failure.WRONG_RESULT),
    ],
)
def test_which_failure_a_timing_test_shows(message: str, code: Failure) -> None:
    record = Record("a_test", Outcome.FAILED, (FailedCheck("test_greet.c", 7, message),))
    check = Check("together", Kind.TIMING, "All greet at the same time", 30, ())
    assert finding(record, "greet.c", check).code is code
