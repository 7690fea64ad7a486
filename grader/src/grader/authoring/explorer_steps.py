"""The selftest's steps for the explorer: its own tests, and the long ones of `--full`.

The durations are of two cores with nothing else to do.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.authoring.python_tests import MODULES, pytest
from grader.authoring.step import Step
from grader.paths import Tree

_COLLECTION = "explorer/tests/test_collection.py"
_SMALL_ONES = ("explorer/tests/test_clock.py", "explorer/tests/test_limits.py")
_CROSS = ("aarch64-linux-gnu-gcc", "aarch64-linux-gnu-objcopy", "qemu-aarch64")


def usual_explorer_step(tree: Tree, jobs: int) -> Step:
    """Return the step of every selftest."""
    return _step(tree, "explorer", "the explorer's own tests pass", pytest(jobs, "explorer/tests"), 900)


def full_explorer_steps(tree: Tree, jobs: int) -> Iterator[Step]:
    """Yield the long ones."""
    yield _step(
        tree,
        "explorer-seeds",
        "30 seeds find each bug and accuse nobody; each trace replays, 100 of 100 (5 minutes)",
        pytest(jobs, _COLLECTION, "--full"),
        4 * 3600,
    )
    yield _step(
        tree,
        "explorer-threads",
        "the explorer's tests pass on real threads, with their smaller budget (6 minutes)",
        pytest(jobs, "explorer/tests", "--threads"),
        2 * 3600,
    )
    yield _step(
        tree,
        "explorer-aarch64",
        "the same on an emulated aarch64, on fibers (2 minutes)",
        pytest(jobs, _COLLECTION, *_SMALL_ONES, "--cross", "aarch64"),
        2 * 3600,
        needs=_CROSS,
    )
    yield _step(
        tree,
        "explorer-aarch64-threads",
        "the same there on real threads (8 minutes)",
        pytest(jobs, _COLLECTION, "--cross", "aarch64", "--threads"),
        4 * 3600,
        needs=_CROSS,
    )


def _step(
    tree: Tree, name: str, says: str, command: tuple[str, ...], seconds: float, needs: tuple[str, ...] = ()
) -> Step:
    return Step(
        name,
        says,
        (command,),
        seconds,
        needs=("cmake", "objcopy", *needs),
        modules=MODULES,
        env={"PYTHONPATH": str(tree.home / "grader" / "src")},
    )
