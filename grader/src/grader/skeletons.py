"""The exercises as they were handed out: `grader/skeletons/NN_topic/name.c`.

The file under `exercises/` belongs to the learner, this copy belongs to the
course. `docs/learner-state.md` says why there is a copy, `dev check` proves
that it is one.
"""

from __future__ import annotations

from grader.errors import GraderError
from grader.paths import Tree


def handed_out(tree: Tree, key: str) -> bytes:
    """Return the content of an exercise's file before anybody edited it."""
    path = tree.skeleton(key)
    try:
        return path.read_bytes()
    except OSError as error:
        raise GraderError(
            f"The handed-out version of {key} can't be read from {tree.shown(path)}: {error.strerror}.",
            "Is this a whole clone?",
        ) from error


def is_edited(tree: Tree, key: str) -> bool:
    """Tell whether the learner's file is there and is not the handed-out one."""
    return tree.exercise(key).exists() and not _is_handed_out(tree, key)


def _is_handed_out(tree: Tree, key: str) -> bool:
    try:
        return tree.exercise(key).read_bytes() == tree.skeleton(key).read_bytes()
    except OSError:
        return False
