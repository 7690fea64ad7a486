"""Aspect `texts`: what a lesson's text shows is what its programs are and do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from grader.authoring.c_text import read_text, region, without_marks
from grader.authoring.finding import Finding, Settings
from grader.authoring.lesson_text import Block, LessonText, parse
from grader.authoring.markers import FORMS, ShowsCode, ShowsOutput, read_marker
from grader.authoring.scope import Scope
from grader.course import Lesson
from grader.paths import Tree

WORDS = range(300, 901)
_HEADING = r"^(?:#+ +|\*\*){}\b"
_HEADINGS = {
    "Your turn": "Your turn",
    "Remember": "(?:What to )?[Rr]emember",
    "Further reading": "Further reading",
}


def check_texts(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Check the words and the code of each lesson's text."""
    for lesson in scope.lessons:
        path = scope.tree.lesson_text(lesson.key)
        shown = scope.tree.shown(path)
        markdown = read_text(path)
        if not markdown:
            yield Finding(
                shown, "the lesson's text is missing", "write it; docs/authoring.md says what belongs in it"
            )
            continue
        text = parse(markdown)
        yield from _shape(shown, markdown, text)
        yield from _minutes(shown, lesson, text)
        for program in lesson.programs:
            if program not in markdown:
                yield Finding(shown, f"it never mentions {program}", "show it, or say when to run it")
        for block in text.blocks:
            yield from _block(scope.tree, lesson, f"{shown}:{block.line}", block)


def _shape(shown: str, markdown: str, text: LessonText) -> Iterator[Finding]:
    if "TODO" in markdown:
        yield Finding(shown, "the text is not written yet", "replace every TODO")
    if text.words not in WORDS:
        yield Finding(
            shown,
            f"it has {text.words} words, not {WORDS.start} to {WORDS.stop - 1}",
            "a lesson is read in one sitting: say it shorter, or split it"
            if text.words >= WORDS.stop
            else "say more",
        )
    for name, pattern in _HEADINGS.items():
        if not re.search(_HEADING.format(pattern), text.prose, re.MULTILINE):
            yield Finding(shown, f"it has no part '{name}'", f"add the heading '## {name}'")


def _minutes(shown: str, lesson: Lesson, text: LessonText) -> Iterator[Finding]:
    says = f"Time: {lesson.minutes} minutes with the exercise"
    if "Time: TODO" not in text.prose and says not in " ".join(text.prose.split()):
        yield Finding(
            shown,
            f"it does not say '{says}s', as {lesson.key}.toml does",
            "correct the one that is wrong",
        )


def _block(tree: Tree, lesson: Lesson, where: str, block: Block) -> Iterator[Finding]:
    if not block.marker and not block.needs_marker:
        return
    marker = read_marker(block.marker)
    if marker is None:
        problem = (
            f"'{block.marker}' is no marker"
            if block.marker
            else "the block has no marker, so nobody checks it"
        )
        yield Finding(where, problem, f"write <!-- ... --> directly above it, with {FORMS}")
    elif isinstance(marker, ShowsCode):
        yield from _code(tree, lesson, where, block, marker)
    elif isinstance(marker, ShowsOutput) and marker.file not in lesson.programs:
        yield Finding(
            where,
            f"{marker.file} is no program of this lesson",
            "name it in `programs`, or correct the marker",
        )


def _code(tree: Tree, lesson: Lesson, where: str, block: Block, marker: ShowsCode) -> Iterator[Finding]:
    path = tree.lesson_folder(lesson.key) / marker.file
    source = read_text(path)
    if not source:
        yield Finding(where, f"there is no {tree.shown(path)}", "correct the marker, or write the program")
        return
    expected = region(source, marker.region) if marker.region else without_marks(source)
    if expected is None:
        yield Finding(
            where,
            f"{marker.file} has no region '{marker.region}'",
            f"put it between the lines `// [{marker.region}]` and `// [/{marker.region}]`",
        )
    elif _lines(expected) != _lines(block.text):
        yield Finding(
            where, f"the block differs from {marker.file}{_first_difference(expected, block.text)}", "copy it"
        )


def _first_difference(expected: str, shown: str) -> str:
    theirs, ours = _lines(expected), _lines(shown)
    for number, line in enumerate(theirs):
        if number >= len(ours) or ours[number] != line:
            return f" at '{line.strip()}'"
    return f" at '{ours[len(theirs)].strip()}'"


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.strip("\n").splitlines()]
