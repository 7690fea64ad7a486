"""Aspect `files`: whatever has to be there is there, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.authoring.finding import Finding, Settings
from grader.authoring.scope import Scope
from grader.course import Exercise, Lesson
from grader.paths import Tree

LEAST_WRONG = 3
_NO_LESSONS = {"support"}  # folders of exercises/ that belong to all


def check_files(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Look for files that are missing or belong to nothing."""
    tree = scope.tree
    for exercise in scope.exercises:
        yield from _missing(tree, exercise)
        yield from _skeleton_is_handed_out(tree, exercise)
        yield from _wrong_submissions(tree, exercise)
    for lesson in scope.lessons:
        if not lesson.exercises:
            facts = tree.shown(tree.lesson_facts / f"{lesson.key}.toml")
            yield Finding(facts, "the lesson has no exercise", f"run `./workbook dev new {lesson.key}/NAME`")
        yield from _strays(tree, lesson)
    if scope.is_whole:
        yield from _stray_lessons(tree, {lesson.key for lesson in scope.lessons})


def _missing(tree: Tree, exercise: Exercise) -> Iterator[Finding]:
    wanted = {
        tree.exercise(exercise.key): "the file that the learner edits",
        tree.skeleton(exercise.key): "the copy of the exercise as it is handed out",
        tree.header(exercise.key): "the contract",
        tree.test(exercise.key): "the tests",
        tree.solution(exercise.key): "the reference solution",
    }
    for path, what in wanted.items():
        if not path.is_file():
            yield Finding(tree.shown(path), "the file is missing", f"write {what}")


def _skeleton_is_handed_out(tree: Tree, exercise: Exercise) -> Iterator[Finding]:
    """The learner's file has a twin, from which `reset` restores it."""
    own, twin = tree.exercise(exercise.key), tree.skeleton(exercise.key)
    if own.is_file() and twin.is_file() and own.read_bytes() != twin.read_bytes():
        yield Finding(
            tree.shown(own),
            f"it differs from {tree.shown(twin)}",
            f"copy it there if this is the new skeleton, or `./workbook reset {exercise.key}` if it is a try",
        )


def _wrong_submissions(tree: Tree, exercise: Exercise) -> Iterator[Finding]:
    folder = tree.wrong_folder(exercise.key)
    declared = {wrong.file for wrong in exercise.wrong}
    present = {path.name for path in folder.glob("*.c")}
    for name in sorted(declared - present):
        yield Finding(
            tree.shown(folder / name),
            "the wrong submission is missing",
            "write it, or take it out of the facts",
        )
    for name in sorted(present - declared):
        yield Finding(
            tree.shown(folder / name),
            "no [[exercises.wrong]] names it",
            "declare which checks have to fail, and the score",
        )
    if len(exercise.wrong) < LEAST_WRONG:
        yield Finding(
            tree.shown(folder),
            f"{len(exercise.wrong)} wrong submissions are declared, {LEAST_WRONG} are needed",
            "think of what a learner is likely to believe, and write it down as code",
        )


def _strays(tree: Tree, lesson: Lesson) -> Iterator[Finding]:
    """Find files in a lesson's folders that no exercise and no program accounts for."""
    keys = [exercise.key for exercise in lesson.exercises]
    places = {
        tree.root
        / "exercises"
        / lesson.key: [f(k) for k in keys for f in (tree.exercise, tree.header, tree.test)],
        tree.root / "solutions" / lesson.key: [tree.solution(k) for k in keys],
        tree.root / "grader" / "skeletons" / lesson.key: [tree.skeleton(k) for k in keys],
    }
    for folder, known in places.items():
        for path in _files_below(folder):
            if path not in known:
                yield _stray(tree, path, f"{lesson.key}.toml names no exercise of this name")
    wrong_folders = [tree.wrong_folder(key) for key in keys]
    for path in _files_below(tree.root / "grader" / "wrong" / lesson.key):
        if path.parent not in wrong_folders or path.suffix != ".c":
            yield _stray(tree, path, "it is no wrong submission of an exercise")
    for path in _files_below(tree.lesson_folder(lesson.key)):
        if path.suffix in (".c", ".h") and path.name not in lesson.programs:
            yield _stray(tree, path, f"`programs` in {lesson.key}.toml does not name it")


def _stray_lessons(tree: Tree, lesson_keys: set[str]) -> Iterator[Finding]:
    for name in ("lessons", "exercises", "solutions", "grader/skeletons", "grader/wrong"):
        folder = tree.root / name
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            if path.is_dir() and path.name not in lesson_keys | _NO_LESSONS:
                yield _stray(tree, path, f"there is no grader/lessons/{path.name}.toml")


def _stray(tree: Tree, path: Path, why: str) -> Finding:
    return Finding(tree.shown(path), f"it belongs to nothing: {why}", "declare it, or remove it")


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())
