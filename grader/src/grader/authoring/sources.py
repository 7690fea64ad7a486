"""Aspect `sources`: what skeletons, solutions and programs look like."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from grader.authoring.c_text import comments, read_text
from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.course import Exercise
from grader.paths import Tree

MOST_PROGRAM_LINES = 60
_LEAST_TODO_WORDS = 3  # fewer can be neither a question nor an instruction
_LEAST_WORDS_OF_WHY = 12
_TITLE = re.compile(r"^Solution of \S+\.\s*")


def check_sources(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Read skeletons, solutions, wrong submissions and lesson programs."""
    tree = scope.tree
    for exercise in scope.exercises:
        yield from _skeleton(tree, exercise)
        yield from _solution(tree, tree.solution(exercise.key))
        for path in (tree.header(exercise.key), tree.test(exercise.key)):
            if "TODO" in read_text(path):
                yield Finding(tree.shown(path), "it is not finished", "replace the TODO")
        yield from _wrong(tree, exercise)
    for lesson in scope.lessons:
        for program in lesson.programs:
            yield from _length(tree, tree.lesson_folder(lesson.key) / program, MOST_PROGRAM_LINES)


def _skeleton(tree: Tree, exercise: Exercise) -> Iterator[Finding]:
    path = tree.exercise(exercise.key)
    shown = tree.shown(path)
    yield from _length(tree, path, exercise.skeleton_lines)
    todos = [text for text in comments(read_text(path)) if "TODO" in text]
    if path.is_file() and not todos:
        yield Finding(shown, "the skeleton has no TODO", "ask the learner a question where code is missing")
    for todo in todos:
        asks = todo.partition("TODO")[2].lstrip(": ")
        if "?" not in asks and len(asks.split()) < _LEAST_TODO_WORDS:
            yield Finding(
                shown,
                f"its TODO says too little ('{asks or 'TODO'}')",
                "ask a question, or say what has to be done",
            )


def _solution(tree: Tree, path: Path) -> Iterator[Finding]:
    text = read_text(path)
    if not text:
        return
    shown = tree.shown(path)
    if "TODO" in text:
        yield Finding(shown, "the solution has a TODO", "finish it")
    if not text.startswith("//"):
        yield Finding(
            shown,
            "the solution does not open with a comment",
            "say whose solution it is, and why it is as it is",
        )
    said = " ".join(_TITLE.sub("", comment) for comment in comments(text))
    if len(said.split()) < _LEAST_WORDS_OF_WHY:
        yield Finding(
            shown,
            "no comment says why",
            "explain the choice that a learner could miss, and the tempting wrong way",
        )


def _wrong(tree: Tree, exercise: Exercise) -> Iterator[Finding]:
    for wrong in exercise.wrong:
        path = tree.wrong_folder(exercise.key) / wrong.file
        if "TODO" in read_text(path):
            yield Finding(
                tree.shown(path), "the wrong submission is not written yet", "write it, without TODO"
            )


def _length(tree: Tree, path: Path, most: int) -> Iterator[Finding]:
    lines = len(read_text(path).splitlines())
    if lines > most:
        yield Finding(
            tree.shown(path), f"it has {lines} lines, {most} are the most", "take out what is not the idea"
        )
