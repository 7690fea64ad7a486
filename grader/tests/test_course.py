"""What is wrong with a lesson's facts is said with file, place and key."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course import Course, load_course
from grader.errors import GraderError, UsageError
from grader.model import Kind
from grader.paths import Tree

CHECK = """[[exercises.checks]]
id = "doubles"
kind = "unit"
title = "A number is doubled"
tests = ["three_becomes_six"]
points = 100
hints = ["a", "b", "c"]
"""
LESSON = f"""title = "Tiny"
minutes = 10
section = "none"
programs = []
new_names = []
[[exercises]]
name = "twice"
title = "Double"
minutes = 5
skeleton_fails = ["doubles"]
{CHECK}"""


def load(root: Path, text: str) -> Course:
    tree = Tree(root)
    tree.lesson_facts.mkdir(parents=True, exist_ok=True)
    (tree.lesson_facts / "01_tiny.toml").write_text(text)
    return load_course(tree)


def test_a_lesson_is_read_whole(tmp_path: Path) -> None:
    exercise = load(tmp_path, LESSON).exercises[0]
    assert exercise.key == "01_tiny/twice"
    assert [check.id for check in exercise.checks] == ["compile", "doubles"]
    assert exercise.check("doubles").requires == ("compile",)
    assert exercise.check("compile").kind is Kind.COMPILE and len(exercise.check("compile").hints) == 3
    assert exercise.seconds == 10.0


def test_a_review_stands_behind_its_lesson(tmp_path: Path) -> None:
    facts = Tree(tmp_path).lesson_facts
    facts.mkdir(parents=True)
    for key in ("01_tiny", "02_small", "03_large"):
        (facts / f"{key}.toml").write_text(LESSON)
    (facts / "review_1.toml").write_text(f'after = "01_tiny"\n{LESSON}')
    (facts / "review_2.toml").write_text(f'after = "02_not_there_yet"\n{LESSON}')
    keys = [lesson.key for lesson in load_course(Tree(tmp_path)).lessons]
    assert keys == ["01_tiny", "review_1", "review_2", "02_small", "03_large"]


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "Tiny"', "", "the lesson: 'title' is missing"),
        ("minutes = 10", 'minutes = "10"', "the lesson: 'minutes' has to be of type int"),
        ("minutes = 10", "minutes = true", "the lesson: 'minutes' has to be of type int"),
        ("minutes = 10", "minutes = -1", "the lesson: 'minutes' is negative"),
        ("programs = []", "programs = [1]", "the lesson: 'programs' has to be a list of texts"),
        ("programs = []", "programms = []", "the lesson: unknown key 'programms'"),
        ("minutes = 5", "minutes = 5\nseconds = 0", "exercise twice: 'seconds' has to be a number above 0"),
        ("points = 100", "", "exercise twice, check doubles: 'points' is missing"),
        ('kind = "unit"', 'kind = "magic"', "kind 'magic' is not one of unit, timing, memory"),
        ('kind = "unit"', 'kind = "memory"', "a memory check has no 'tests'"),
        ("points = 100", 'points = 100\nrequires = ["later"]', "requires 'later', which is no earlier check"),
        ("points = 100", "points = 100\nrequires = 1", "'requires' has to be of type list"),
        ('skeleton_fails = ["doubles"]', 'skeleton_fails = ["dubles"]', "there is no check 'dubles'"),
        (CHECK, CHECK + CHECK, "two checks have the same id"),
        ('title = "Tiny"', 'title = "Tiny', "01_tiny.toml: Illegal character"),
    ],
)
def test_a_slip_is_named(tmp_path: Path, old: str, new: str, complaint: str) -> None:
    with pytest.raises(GraderError) as caught:
        load(tmp_path, LESSON.replace(old, new, 1))
    assert complaint in caught.value.message
    assert caught.value.message.startswith("01_tiny.toml")


def test_two_exercises_of_one_name_are_refused(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="two exercises have the same name"):
        load(tmp_path, LESSON + LESSON[LESSON.index("[[exercises]]") :])


def test_a_wrong_submission_that_names_an_unknown_check_is_refused(tmp_path: Path) -> None:
    wrong = (
        '[[exercises.wrong]]\nfile = "w.c"\nmisconception = "m"\nsays = "s"\nfails = ["nothing"]\nscore = 0\n'
    )
    with pytest.raises(GraderError, match="there is no check 'nothing'"):
        load(tmp_path, LESSON + wrong)


@pytest.mark.parametrize("key", ["01_tiny/twice", "01_tiny", "exercises/01_tiny/twice.c", "01_tiny/"])
def test_a_key_may_be_written_as_a_path(tmp_path: Path, key: str) -> None:
    assert [exercise.key for exercise in load(tmp_path, LESSON).select([key])] == ["01_tiny/twice"]


def test_the_nearest_key_is_suggested(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as caught:
        load(tmp_path, LESSON).select(["twise"])
    assert caught.value.hint == "Did you mean '01_tiny/twice'?"
    with pytest.raises(UsageError):
        load(tmp_path, LESSON).lesson("77_else")
