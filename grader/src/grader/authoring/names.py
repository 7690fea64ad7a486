"""Aspect `names`: which names of the library each lesson introduces."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.c_text import read_text, without_comments
from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.course import Course
from grader.paths import Tree

MOST_NEW_NAMES = 5
_DEFINE = re.compile(r"^[ \t]*#[ \t]*define[ \t]+(?P<name>\w+)(?:\\\n|[^\n])*", re.MULTILINE)
_NAME = re.compile(r"\b(?:cf|CF)_\w+")


def check_names(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Check what the lessons say they introduce."""
    declared = declared_names(scope.tree)
    introduced: dict[str, str] = {}
    for lesson in scope.course.lessons:
        file = scope.tree.shown(scope.tree.lesson_facts / f"{lesson.key}.toml")
        found: list[tuple[str, str]] = []
        if len(lesson.new_names) > MOST_NEW_NAMES:
            found.append(
                (
                    f"{len(lesson.new_names)} new names",
                    f"introduce {MOST_NEW_NAMES} at most; split the lesson",
                )
            )
        for name in lesson.new_names:
            if name not in declared:
                found.append((f"'{name}' is not declared in cfutures.h", "correct the name in `new_names`"))
            if name in introduced:
                found.append(
                    (f"'{name}' is introduced by {introduced[name]} already", "take it out of `new_names`")
                )
            introduced.setdefault(name, lesson.key)
        if lesson in scope.lessons:
            yield from (Finding(file, problem, remedy) for problem, remedy in found)


def declared_names(tree: Tree) -> frozenset[str]:
    """Return the names that cfutures.h gives its users: functions, types, macros, constants."""
    code = without_comments(read_text(tree.library / "include" / "cfutures.h"))
    macros = {match["name"] for match in _DEFINE.finditer(code)}
    # What macros are made of is not for users, so their bodies don't count.
    return frozenset(name for name in macros if _NAME.fullmatch(name)) | frozenset(
        _NAME.findall(_DEFINE.sub("", code))
    )


def table(course: Course) -> str:
    """Return a line a lesson: what it introduces."""
    width = max((len(lesson.key) for lesson in course.lessons), default=0)
    return "\n".join(
        f"{lesson.key:<{width}}  {', '.join(lesson.new_names) or '-'}" for lesson in course.lessons
    )
