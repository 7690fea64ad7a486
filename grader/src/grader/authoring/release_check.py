"""Aspect `release`: a release for students is whole, and gives nothing away.

`dev export` asks here, too, before it writes one.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.links import links_of
from grader.authoring.release import Released, Rules, load_rules, rules_file
from grader.authoring.scope import Scope
from grader.authoring.tracked import Tracked, is_repository, tracked_files
from grader.course import Course
from grader.errors import GraderError
from grader.paths import Tree
from grader.skeletons import is_edited

_ANSWERS = ("solutions/", "grader/wrong/")


def check_release(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Check the rules against what git tracks; elsewhere nobody can make a release."""
    tree = scope.tree
    is_wanted = rules_file(tree).is_file() or tree.root == tree.home
    if scope.is_whole and is_wanted and is_repository(tree.root):
        try:
            yield from _findings(tree)
        except GraderError as error:
            yield Finding(tree.shown(rules_file(tree)), error.message, error.hint or "correct it")


def reasons_against(course: Course) -> Iterator[Finding]:
    """Yield why no release should be made now."""
    yield from _findings(course.tree)
    for exercise in course.exercises:
        if is_edited(course.tree, exercise.key):
            file = course.tree.shown(course.tree.exercise(exercise.key))
            yield Finding(file, "it is not the handed-out file", f"`./workbook reset {exercise.key}`")


def _findings(tree: Tree) -> Iterator[Finding]:
    rules, tracked = load_rules(tree), tracked_files(tree.root)
    released = tuple(rules.released(tracked))
    yield from _rules(tree, rules, tracked)
    for one in released:
        if one.ours.startswith(_ANSWERS):
            yield Finding(one.ours, "students would get it", "put it out")
    yield from _dead_links(tree, released)


def _rules(tree: Tree, rules: Rules, tracked: tuple[Tracked, ...]) -> Iterator[Finding]:
    file = tree.shown(rules_file(tree))
    paths = [one.path for one in tracked]
    for path in paths:
        if rules.rule_of(path) is None:
            yield Finding(path, f"no rule of {file} fits it", "say there whether students get it")
    deciding = {rules.rule_of(path) for path in paths}
    for rule in rules.rules:
        if rule not in deciding:
            yield Finding(file, f"the rule '{rule.pattern}' decides about no file", "remove or correct it")
    for path, ours in rules.instead.items():
        if ours not in paths:
            yield Finding(file, f"'{ours}', put in for {path}, is not tracked", "add it, or correct the rule")


def _dead_links(tree: Tree, released: tuple[Released, ...]) -> Iterator[Finding]:
    """Find links that lead somewhere here, and nowhere in the release."""
    files = {one.path for one in released}
    folders = {folder for path in files for folder in _folders(path)}
    for one in released:
        if not one.path.endswith(".md"):
            continue
        for link in links_of(read_text(tree.root / one.ours)):
            name = unquote(link).partition("#")[0]
            target = posixpath.normpath(posixpath.join(posixpath.dirname(one.path), name))
            if name and target not in files | folders:
                yield Finding(
                    one.ours, f"in a release its link to {link} leads nowhere", "remove it, or let that in"
                )


def _folders(path: str) -> Iterator[str]:
    while path := posixpath.dirname(path):
        yield path
