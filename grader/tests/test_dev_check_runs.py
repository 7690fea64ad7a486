"""`dev check` goes red when something compiles, runs or is graded otherwise than claimed."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from authors import EXERCISE, FACTS, PROGRAM, SKELETON, SOLUTION, TESTS, TEXT, WRONG, Author, author
from grader.cli import main

__all__ = ["author"]

Spoil = Callable[[Author], None]


def test_a_sound_course_has_no_findings(author: Author) -> None:
    code, out, err = author.checks("--repeat", "2")
    assert (code, err) == (0, "")
    assert out == "Sound: 1 lesson, 1 exercise, 3 wrong submissions, each graded 2 times.\n"


def _scoring_skeleton(author: Author) -> None:
    for name in (EXERCISE, SKELETON):
        author.replaces(name, "(void)number;\n    return 1;", "return number + number;")


GRADED: dict[str, tuple[Spoil, str, str]] = {
    "a skeleton that scores": (_scoring_skeleton, EXERCISE, "it scores 100; declared: 0"),
    "a skeleton that fails something else": (
        lambda a: a.replaces(FACTS, 'skeleton_fails = ["doubles"]', 'skeleton_fails = ["negative"]'),
        EXERCISE,
        "it fails doubles; declared: negative",
    ),
    "a solution that fails": (
        lambda a: a.replaces(SOLUTION, "factor = 2", "factor = 3"),
        SOLUTION,
        "it fails doubles; declared: nothing: see why doubles failed",
    ),
    "a solution that does not compile": (
        lambda a: a.replaces(SOLUTION, "factor * number;", "factor * number"),
        SOLUTION,
        "it fails compile; declared: nothing",
    ),
    "a solution with a warning": (
        lambda a: a.replaces(SOLUTION, "const int factor = 2;", "const int factor = 2;\n    int spare;"),
        SOLUTION,
        "the compiler warns (solutions/01_sound/twice.c",
    ),
    "a wrong submission that is right": (
        lambda a: a.replaces(f"{WRONG}/no_sign.c", "-2 * number", "2 * number"),
        "no_sign.c",
        "it fails nothing; declared: negative: sharpen the check",
    ),
    "a wrong submission caught elsewhere": (
        lambda a: a.replaces(f"{WRONG}/no_sign.c", "2 * number : 2 * number", "number : 3 * number"),
        "no_sign.c",
        "it fails doubles; declared: negative",
    ),
    "not reached otherwise than declared": (
        lambda a: a.replaces(FACTS, 'not_reached = ["negative", "memory"]', 'not_reached = ["memory"]'),
        "always_one.c",
        "not reached: memory, negative; declared: memory",
    ),
    "a score otherwise than declared": (
        lambda a: a.replaces(FACTS, "score = 75", "score = 70"),
        "no_sign.c",
        "it scores 75; declared: 70",
    ),
}


@pytest.mark.parametrize("spoiled", GRADED)
def test_grading_goes_red(author: Author, spoiled: str) -> None:
    spoil, file, words = GRADED[spoiled]
    spoil(author)
    findings = author.finds("grading")
    assert any(file in finding and words in finding for finding in findings), "\n".join(findings)
    assert all(file in finding for finding in findings), "\n".join(findings)


def test_a_verdict_that_changes_is_found(author: Author) -> None:
    """The third run of the test finds the file that the first two made longer."""
    memory = author.root / "memory"
    author.writes(
        SOLUTION,
        f"""// A solution with a memory.
#include "twice.h"
#include <stdio.h>
int twice(int number)
{{
    FILE *memory = fopen("{memory}", "a+");
    if (memory == NULL || number != 3) {{
        return 2 * number;
    }}
    fputc('x', memory);
    const long runs = ftell(memory);
    fclose(memory);
    return runs > 4 ? 0 : 2 * number;  // plain and sanitized: two a run
}}
""",
    )
    findings = author.finds("grading", more=("--submissions", "solutions", "--repeat", "9"))
    assert f"{SOLUTION}: run 3 of 9: it fails doubles; declared: nothing" in findings[0]


TESTED: dict[str, tuple[Spoil, str]] = {
    "a test without a check": (
        lambda a: a.replaces(FACTS, '"three_becomes_six"', '"minus_one_becomes_minus_two"'),
        "no check names the test three_becomes_six",
    ),
    "a test of two checks": (
        lambda a: a.replaces(
            FACTS, '"minus_one_becomes_minus_two"', '"minus_one_becomes_minus_two", "three_becomes_six"'
        ),
        "2 checks name the test three_becomes_six",
    ),
    "a check without its test": (
        lambda a: a.replaces(TESTS, '    {"three_becomes_six", three_becomes_six},\n', ""),
        "there is no test three_becomes_six, which a check names",
    ),
    "two tests of one name": (
        lambda a: a.replaces(TESTS, '{"three_becomes_six"', '{"minus_one_becomes_minus_two"'),
        "two tests are named minus_one_becomes_minus_two",
    ),
    "tests that do not compile": (
        lambda a: a.replaces(TESTS, "twice(3), 6", "twice(3)"),
        "it does not compile",
    ),
    "tests with a warning": (
        lambda a: a.replaces(
            TESTS, "    WB_EQUAL_INT(twice(3), 6);", "    int x;\n    WB_EQUAL_INT(twice(3), 6);"
        ),
        "the compiler warns",
    ),
    "no tests at all": (lambda a: a.replaces(TESTS, "wb_suites[]", "wb_nothing[]"), "define wb_suites"),
}


@pytest.mark.parametrize("spoiled", TESTED)
def test_tests_go_red(author: Author, spoiled: str) -> None:
    spoil, words = TESTED[spoiled]
    spoil(author)
    findings = author.finds("tests")
    assert any(TESTS in finding and words in finding for finding in findings), "\n".join(findings)


@pytest.mark.skipif(shutil.which("clang") is None, reason="clang is not installed")
def test_a_warning_of_the_other_compiler_is_found(author: Author) -> None:
    # clang's -Wall sees that a variable is assigned to itself; gcc's does not.
    author.replaces(SOLUTION, "const int factor = 2;", "int factor = 2;\n    factor = factor;")
    findings = author.finds("compilers")
    assert len(findings) == 1 and findings[0].startswith(f"{SOLUTION}: a compiler warns (clang: ")
    assert author.finds("grading", more=("--submissions", "solutions")) == []


PRINTED: dict[str, tuple[Spoil, str]] = {
    "another output": (
        lambda a: a.replaces(TEXT, "first\n42", "first\n43"),
        f"{TEXT}:36: doubled.c prints something else, first '42'",
    ),
    "another order": (
        lambda a: a.replaces(TEXT, "first\n42", "42\nfirst"),
        f"{TEXT}:36: doubled.c prints something else, first 'first'",
    ),
    "other lines in any order": (
        lambda a: a.replaces(TEXT, "46\nfirst", "46\nlast"),
        f"{TEXT}:45: doubled.c prints something else",
    ),
    "an output that comes only with luck": (
        lambda a: a.replaces(TEXT, "doubled.c -->\n```\nfirst\n42", "doubled.c one-of -->\n```\nfirst\n41"),
        "doubled.c prints something else",
    ),
    "the same output twice": (
        lambda a: a.replaces(
            TEXT,
            "<!-- output: doubled.c -->",
            "<!-- output: doubled.c -->\n```\nfirst\n42\n```\n\n<!-- output: doubled.c -->",
        ),
        "the output of doubled.c is shown twice",
    ),
    "a warning": (
        lambda a: a.replaces(PROGRAM, "    (void)argv;\n", ""),
        f"{PROGRAM}: it does not compile without a warning",
    ),
    "a crash": (
        lambda a: a.replaces(PROGRAM, "    (void)argv;\n", "    (void)argv;\n    __builtin_trap();\n"),
        "doubled.c: signal 4 ended it",
    ),
    "a failure": (lambda a: a.replaces(PROGRAM, "return 0", "return 7"), "doubled.c: it ended with status 7"),
    "a missing program": (lambda a: a.removes(PROGRAM), f"{PROGRAM}: the program is missing"),
}


@pytest.mark.parametrize("spoiled", PRINTED)
def test_outputs_go_red(author: Author, spoiled: str) -> None:
    spoil, words = PRINTED[spoiled]
    spoil(author)
    findings = author.finds("outputs")
    assert any(words in finding for finding in findings), "\n".join(findings)


def test_one_of_several_outputs_is_enough(author: Author) -> None:
    shown = "<!-- output: doubled.c -->\n```\nfirst\n42\n```\n"
    other = shown.replace("doubled.c", "doubled.c one-of").replace("42", "41")
    author.replaces(TEXT, shown, shown.replace("doubled.c", "doubled.c one-of") + "\n" + other)
    assert author.finds("outputs", "texts") == []


def test_a_program_whose_output_is_not_shown_has_to_run_all_the_same(author: Author) -> None:
    author.writes("lessons/01_sound/silent.c", "int main(void)\n{\n    return 5;\n}\n")
    author.replaces(FACTS, '["doubled.c"]', '["doubled.c", "silent.c"]')
    assert author.finds("outputs") == [
        "lessons/01_sound/silent.c: run without arguments, it ended with status 5: mend it"
    ]


def test_a_new_exercise_is_graded_as_it_declares(author: Author) -> None:
    assert main(["--root", str(author.root), "dev", "new", "02_later/thrice"]) == 0
    author.capsys.readouterr()
    assert author.finds("tests", "grading", "outputs", more=("02_later/thrice",)) == []
