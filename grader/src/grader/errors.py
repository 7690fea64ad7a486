"""The one exception that people see without a traceback."""

from __future__ import annotations


class GraderError(Exception):
    """Say what is wrong, and what to do next.

    Anything else that escapes is a bug of the grader's, and the command line
    says so. Both end with the exit code 3; a wrong use ends with 2.
    """

    exit_code = 3

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(GraderError):
    """What was asked for does not exist or makes no sense."""

    exit_code = 2


WITHOUT_SOLUTIONS = "This copy of the workbook comes without solutions."


def no_solutions() -> UsageError:
    """Return what to say when a solution is asked for and there are none at all."""
    return UsageError(WITHOUT_SOLUTIONS, "Ask whoever gave it to you about theirs.")
