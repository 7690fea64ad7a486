"""The command that runs tests written in Python, for the selftest's steps.

A file of tests at a time on each core: what a file's tests share is made once.
"""

from __future__ import annotations

import sys

MODULES = ("pytest", "xdist")


def pytest(jobs: int, *arguments: str) -> tuple[str, ...]:
    """Return the command, with as many files of tests at a time as jobs."""
    quiet = ("-q", "-p", "no:cacheprovider", "-c", "grader/pyproject.toml")
    return (sys.executable, "-m", "pytest", *quiet, "-n", str(jobs), "--dist", "loadfile", *arguments)
