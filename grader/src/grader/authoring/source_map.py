"""Aspect `map`: docs/source-map.toml says where each part of the source document lives.

The workbook mirrors a tutorial on Python's `concurrent.futures`. The map lists
its sections, samples and bullets by an id, in our own words, so that nothing
is forgotten; what is not there yet is planned for a lesson.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.authoring.c_text import read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.course import Course
from grader.errors import GraderError
from grader.facts import Table
from grader.paths import Tree

SECTION = "section"
_KINDS = (SECTION, "sample", "bullet")
_KEYS = {"id", "kind", "in", "says", "lives", "planned"}
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


@dataclass(frozen=True)
class Entry:
    """One part of the source document."""

    id: str
    kind: str
    within: str  # id of the section that it is in, or ''
    says: str
    lives: tuple[str, ...]  # paths; with `#words` a text that the file there holds
    planned: str  # key of the lesson that will have it, or ''


def check_map(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Check that each entry lives somewhere, and that lessons name real sections."""
    file = scope.tree.shown(_path(scope.tree))
    try:
        entries = load_map(scope.tree)
    except GraderError as error:
        if scope.is_whole:
            yield Finding(file, error.message, "docs/authoring.md shows an entry")
        return
    if scope.is_whole:
        yield from (Finding(file, problem, remedy) for problem, remedy in _entries(scope.course, entries))
    yield from _sections(scope, entries)
    yield from _reviews(scope, entries)


def load_map(tree: Tree) -> tuple[Entry, ...]:
    """Read the map."""
    facts = Table.of_file(_path(tree), "the map")
    facts.only({"entries"})
    return tuple(_entry(table) for table in facts.tables("entries"))


def section_planned_for(tree: Tree, lesson_key: str) -> str:
    """Return the id of the section that a new lesson will mirror, or ''."""
    try:
        entries = load_map(tree)
    except GraderError:
        return ""
    return next((e.id for e in entries if e.kind == SECTION and e.planned == lesson_key), "")


def _path(tree: Tree) -> Path:
    return tree.root / "docs" / "source-map.toml"


def _entry(facts: Table) -> Entry:
    entry_id = facts.text("id")
    facts = facts.named(f"entry {entry_id}")
    facts.only(_KEYS)
    return Entry(
        id=entry_id,
        kind=facts.text("kind"),
        within=facts.text("in") if facts.has("in") else "",
        says=facts.text("says"),
        lives=facts.texts("lives", ()),
        planned=facts.text("planned") if facts.has("planned") else "",
    )


_Words = Iterator[tuple[str, str]]


def _entries(course: Course, entries: tuple[Entry, ...]) -> _Words:
    ids = [entry.id for entry in entries]
    sections = {entry.id for entry in entries if entry.kind == SECTION}
    for entry in entries:
        if ids.count(entry.id) > 1 or not _ID.fullmatch(entry.id):
            yield f"the id '{entry.id}' is used twice, or is no slug", "give-each-a-name-like-this"
        if entry.kind not in _KINDS:
            yield f"{entry.id}: kind '{entry.kind}' is not one of {', '.join(_KINDS)}", "correct it"
        if entry.within not in sections and (entry.within or entry.kind != SECTION):
            yield f"{entry.id}: it is in '{entry.within}', which is no section", "name its section"
        if not entry.says.strip():
            yield f"{entry.id}: it says nothing", "say in own words what is there"
        yield from _home(course, entry)


def _home(course: Course, entry: Entry) -> _Words:
    """Each entry lives where something is, or is planned for what is not there yet."""
    if not entry.lives and not entry.planned:
        yield f"{entry.id}: it lives nowhere and is not planned", "say where it `lives`, or what it is `planned` for"
    if entry.planned in {lesson.key for lesson in course.lessons}:
        yield f"{entry.id}: it is planned for {entry.planned}, which is there now", "say where it `lives`"
    for place in entry.lives:
        name, _, words = place.partition("#")
        path = course.tree.root / name
        if not path.exists():
            yield f"{entry.id}: it lives in {name}, which does not exist", "correct it, or say `planned`"
        elif words and (not path.is_file() or words not in read_text(path)):
            yield f"{entry.id}: {name} does not hold '{words}'", "correct the words behind #"


def _sections(scope: Scope, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    by_id = {entry.id: entry for entry in entries if entry.kind == SECTION}
    for lesson in scope.lessons:
        facts = scope.tree.shown(scope.tree.lesson_facts / f"{lesson.key}.toml")
        entry = by_id.get(lesson.section)
        if entry is None:
            yield Finding(
                facts, f"the map has no section '{lesson.section}'", f"name one of: {', '.join(by_id)}"
            )
        elif not any(place.startswith(f"lessons/{lesson.key}") for place in entry.lives):
            yield Finding(
                facts,
                f"section '{entry.id}' of the map lives elsewhere",
                "correct `lives` there, or `section` here",
            )


def _reviews(scope: Scope, entries: tuple[Entry, ...]) -> Iterator[Finding]:
    """A review stands behind a lesson that is there, or will be."""
    lessons = {lesson.key for lesson in scope.course.lessons} | {entry.planned for entry in entries}
    for lesson in scope.lessons:
        if lesson.after and lesson.after not in lessons:
            facts = scope.tree.shown(scope.tree.lesson_facts / f"{lesson.key}.toml")
            yield Finding(facts, f"it stands after '{lesson.after}', which is no lesson", "correct `after`")
