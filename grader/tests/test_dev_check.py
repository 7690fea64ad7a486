"""`dev check` goes red when one thing is taken from a sound course: what needs no compiler."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from authors import (
    EXERCISE,
    FACTS,
    MAP,
    PROGRAM,
    SKELETON,
    SOLUTION,
    STATIC,
    TESTS,
    TEXT,
    WRONG,
    Author,
    author,
)
from grader.authoring.names import declared_names
from grader.paths import Tree

__all__ = ["author"]

Spoil = Callable[[Author], None]
_SECOND_HINT = '"Look at the header.", '


def test_a_sound_course_has_no_findings(author: Author) -> None:
    code, out, err = author.checks(*(word for aspect in STATIC for word in ("--aspect", aspect)))
    assert (code, err) == (0, "")
    assert out == "Sound: 1 lesson, 1 exercise, 3 wrong submissions.\n"


def test_an_exercise_may_have_a_longer_skeleton(author: Author) -> None:
    _exercise_and_twin("// Exercise", "//\n" * 80 + "// Exercise")(author)
    author.replaces(FACTS, "skeleton_fails =", "skeleton_lines = 120\nskeleton_fails =")
    assert author.checks("--aspect", "sources", "--aspect", "facts")[0] == 0


def _exercise_and_twin(old: str, new: str) -> Spoil:
    def spoil(author: Author) -> None:
        author.replaces(EXERCISE, old, new)
        author.replaces(SKELETON, old, new)

    return spoil


SPOILED: dict[str, tuple[Spoil, str, str]] = {
    # what is missing
    "hint": (lambda a: a.replaces(FACTS, _SECOND_HINT, ""), FACTS, "check doubles has 2 hints"),
    "all hints": (
        lambda a: a.replaces(
            FACTS, '["What is three and three?", "Look at the header.", "A sum, or a product."]', "[]"
        ),
        FACTS,
        "check doubles has 0 hints",
    ),
    "words of a hint": (
        lambda a: a.replaces(FACTS, "Who frees it?", " "),
        FACTS,
        "hint 2 of check memory is empty",
    ),
    "TODO": (_exercise_and_twin("// TODO: What has to be added to the number?", ""), EXERCISE, "has no TODO"),
    "question of the TODO": (
        _exercise_and_twin(" What has to be added to the number?", ""),
        EXERCISE,
        "too little",
    ),
    "solution": (
        lambda a: a.removes(SOLUTION),
        SOLUTION,
        "the file is missing: write the reference solution",
    ),
    "tests": (lambda a: a.removes(TESTS), TESTS, "the file is missing: write the tests"),
    "header": (lambda a: a.removes("exercises/01_sound/twice.h"), "twice.h", "write the contract"),
    "exercise": (lambda a: a.removes(EXERCISE), EXERCISE, "the file is missing"),
    "skeleton": (lambda a: a.removes(SKELETON), SKELETON, "the file is missing"),
    "wrong submission": (
        lambda a: a.removes(f"{WRONG}/leaks.c"),
        "leaks.c",
        "the wrong submission is missing",
    ),
    "program": (lambda a: a.removes(PROGRAM), TEXT, f"there is no {PROGRAM}"),
    "text": (lambda a: a.removes(TEXT), TEXT, "the lesson's text is missing"),
    "map": (lambda a: a.removes(MAP), MAP, "No such file"),
    "declaration of a wrong submission": (
        lambda a: a.writes(f"{WRONG}/new.c", "int x;\n"),
        "new.c",
        "no [[exercises.wrong]] names it",
    ),
    # what is too much
    "stray exercise": (
        lambda a: a.writes("exercises/01_sound/thrice.c", "int x;\n"),
        "thrice.c",
        "belongs to nothing",
    ),
    "stray solution": (
        lambda a: a.writes("solutions/01_sound/thrice.c", "int x;\n"),
        "thrice.c",
        "belongs to nothing",
    ),
    "stray program": (lambda a: a.writes("lessons/01_sound/more.c", "int x;\n"), "more.c", "`programs`"),
    "stray lesson": (
        lambda a: a.writes("lessons/07_lost/README.md", "x\n"),
        "07_lost",
        "grader/lessons/07_lost.toml",
    ),
    "long skeleton": (
        _exercise_and_twin("// Exercise", "//\n" * 80 + "// Exercise"),
        EXERCISE,
        "80 are the most",
    ),
    "long skeleton by leave": (
        lambda a: a.replaces(FACTS, "skeleton_fails =", "skeleton_lines = 151\nskeleton_fails ="),
        FACTS,
        "allow 150 at most",
    ),
    "long program": (
        lambda a: a.replaces(PROGRAM, "// Doubles", "//\n" * 60 + "// Doubles"),
        PROGRAM,
        "60 are the most",
    ),
    "TODO in the solution": (lambda a: a.replaces(SOLUTION, "A product", "TODO"), SOLUTION, "has a TODO"),
    "TODO in a wrong submission": (
        lambda a: a.writes(f"{WRONG}/leaks.c", "// TODO\n"),
        "leaks.c",
        "is not written yet",
    ),
    "answer in a hint": (
        lambda a: a.replaces(FACTS, "A sum, or a product.", "Write return factor * number; and be done."),
        FACTS,
        "hint 3 of check doubles holds a line of the solution",
    ),
    "same hint twice": (
        lambda a: a.replaces(FACTS, "Look at the header.", "What is  three and three?"),
        FACTS,
        "the same hint twice",
    ),
    # what does not fit
    "points": (lambda a: a.replaces(FACTS, "points = 25", "points = 20"), FACTS, "add up to 95 points"),
    "minutes": (lambda a: a.replaces(FACTS, "minutes = 5", "minutes = 4"), FACTS, "it takes 4 minutes"),
    "lesson's minutes": (
        lambda a: a.replaces(FACTS, "minutes = 10", "minutes = 3"),
        FACTS,
        "its exercises take 5",
    ),
    "full stop": (lambda a: a.replaces(FACTS, '"Double a number"', '"Double."'), FACTS, "full stop"),
    "something to earn": (
        lambda a: a.replaces(FACTS, 'points = 25\nrequires = ["doubles"]', "points = 25"),
        FACTS,
        "the skeleton could earn the points of check negative",
    ),
    "declared score": (lambda a: a.replaces(FACTS, "score = 75", "score = 70"), FACTS, "its checks leave 75"),
    "misconception": (lambda a: a.replaces(FACTS, '"leak"', '"leaks"'), FACTS, "'leaks' is not known"),
    "a check's misconception": (
        lambda a: a.replaces(FACTS, 'id = "doubles"', 'id = "doubles"\nmisconception = "none"'),
        FACTS,
        "check doubles: the misconception 'none' is not known",
    ),
    "reason of the solution": (
        lambda a: a.replaces(
            SOLUTION, "A product, because a sum would name the number\n// twice; the tempting", "The"
        ),
        SOLUTION,
        "no comment says why",
    ),
    "edited exercise": (lambda a: a.replaces(EXERCISE, "return 1", "return 3"), EXERCISE, "it differs from"),
    # names
    "unknown name": (
        lambda a: a.replaces(FACTS, "cf_submit", "cf_sumbit"),
        FACTS,
        "'cf_sumbit' is not declared",
    ),
    "too many names": (
        lambda a: a.replaces(
            FACTS, '"cf_submit"', '"cf_submit", "cf_result", "cf_done", "cf_with", "cf_close", "cf_str"'
        ),
        FACTS,
        "6 new names",
    ),
    "name introduced before": (
        lambda a: a.writes(
            "grader/lessons/00_before.toml",
            'title = "x"\nminutes = 1\nsection = "doubling"\nprograms = []\n'
            'new_names = ["cf_submit"]\nexercises = []\n',
        ),
        FACTS,
        "is introduced by 00_before already",
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED)
def test_it_goes_red(author: Author, spoiled: str) -> None:
    spoil, file, words = SPOILED[spoiled]
    spoil(author)
    findings = author.finds(*STATIC)
    assert any(file in finding and words in finding for finding in findings), "\n".join(findings)


def test_fewer_than_three_wrong_submissions_are_too_few(author: Author) -> None:
    author.removes(f"{WRONG}/leaks.c")
    facts = (author.root / FACTS).read_text()
    author.writes(FACTS, facts[: facts.rindex("[[exercises.wrong]]")])
    assert "2 wrong submissions are declared, 3 are needed" in "\n".join(author.finds("files"))


def test_one_thing_is_one_finding(author: Author) -> None:
    author.removes(f"{WRONG}/leaks.c")
    assert len(author.finds(*STATIC)) == 1


def test_a_key_leaves_the_rest_alone(author: Author) -> None:
    author.writes("lessons/07_lost/README.md", "x\n")
    author.removes(MAP)
    assert author.finds(*STATIC, more=("01_sound/twice",)) == []


def test_an_unknown_key_is_wrong_use(author: Author) -> None:
    code, out, err = author.checks("99_nowhere")
    assert (code, out) == (2, "")
    assert "99_nowhere" in err


def test_findings_are_lines_and_a_summary(author: Author) -> None:
    author.removes(SOLUTION)
    code, out, _ = author.checks("--aspect", "files")
    assert code == 1
    assert out.splitlines() == [
        f"{SOLUTION}: the file is missing: write the reference solution",
        "1 finding in 1 lesson, 1 exercise, 3 wrong submissions.",
    ]


def test_the_table_says_who_introduces_what(author: Author) -> None:
    assert author.checks("--names")[:2] == (0, "01_sound  cf_submit\n")


def test_names_for_users_are_those_outside_of_macro_bodies(author: Author) -> None:
    declared = declared_names(Tree(author.root))
    assert {"cf_submit", "cf_as_int", "cf_executor", "CF_ETIMEOUT", "cf_with"} <= declared
    assert "cf_as_int_at" not in declared


def test_the_matrix_is_written_and_kept_in_step(author: Author) -> None:
    assert author.finds("matrix") == []  # a course need not have one
    assert author.checks("--matrix") == (0, "Written: docs/matrix.md\n", "")
    assert author.finds("matrix") == []
    page = (author.root / "docs/matrix.md").read_text()
    assert "`leaks.c` | + | + | + | **x** | 85 |" in page
    author.replaces(FACTS, "score = 85", "score = 80")
    assert "docs/matrix.md: it is not what the lessons' facts say" in author.finds("matrix")[0]
