"""`diff`: the learner's code and ours, once that is no spoiler any more."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from learner import KEY, Learner, Terminal, environment, fake

from grader.comparison import compare, note_why
from grader.terminal import Look

WIDE = Look(columns=160)
NARROW = Look(columns=80)
MINE = "// My notes.\n\nint a;\nint b = 1;\nint c;\n"
OURS = "// Why: two\n// reasons.\n\nint a;\nint b = 2;\nint c;\nint d;\n"


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner at the start of the tiny course."""
    return Learner(own_tiny)


def test_narrow_terminals_show_one_below_the_other_with_line_numbers() -> None:
    assert compare(MINE, OURS, NARROW).splitlines() == [
        "     3  int a;",
        "-    4  int b = 1;",
        "+    5  int b = 2;",
        "     5  int c;",
        "+    7  int d;",
    ]


def test_wide_terminals_show_side_by_side() -> None:
    lines = [line.split() for line in compare(MINE, OURS, WIDE).splitlines()]
    assert lines == [
        ["3", "int", "a;", "|", "4", "int", "a;"],
        ["-", "4", "int", "b", "=", "1;", "|", "+", "5", "int", "b", "=", "2;"],
        ["5", "int", "c;", "|", "6", "int", "c;"],
        ["|", "+", "7", "int", "d;"],
    ]


def test_side_by_side_never_exceeds_the_terminal() -> None:
    long = f"int a = {'1 + ' * 80}1;\n"
    for line in compare(long, "int a;\n", WIDE).splitlines():
        assert len(line) <= WIDE.columns


def test_what_is_far_from_a_change_is_left_out() -> None:
    same = "".join(f"int x{number};\n" for number in range(40))
    text = compare(f"{same}int mine;\n", f"{same}int ours;\n", NARROW)
    assert "x39" in text and "x36" not in text


def test_the_same_code_differs_nowhere_even_under_other_note_whys() -> None:
    assert compare("// a\nint a;\n", "/* b\n * c */\n\nint a;\n", NARROW) == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("// One.\n// Two.\nint a; // three\n", "One.\nTwo."),
        ("/* One.\n * Two.\n */\nint a;\n", "One.\nTwo."),
        ("// Solution of 01_a/b. It is short.\nint a;\n", "It is short."),
        ("int a;\n// Not this.\n", ""),
        ("", ""),
    ],
)
def test_the_note_is_the_opening_comment(code: str, words: str) -> None:
    assert note_why(code) == words


def test_before_passing_the_solution_is_not_shown_by_accident(learner: Learner) -> None:
    done = learner.calls("diff", KEY)
    assert (done.code, done.out) == (2, "") and f"./workbook diff {KEY} --peek" in done.err


def test_a_peek_is_never_refused_and_is_remembered(learner: Learner) -> None:
    assert "return 2 * number;" in learner.calls("diff", KEY, "--peek").out
    assert learner.standing()["peeked"]
    assert learner.calls("diff", KEY).code == 0


def test_after_passing_it_is_shown_and_is_no_peek(learner: Learner) -> None:
    learner.saves('#include "twice.h"\n\nint twice(int number)\n{\n    return number + number; // SOLVED\n}\n')
    learner.calls("hint", KEY)
    done = learner.calls("diff", KEY, "--peek")
    assert "return number + number; // SOLVED" in done.out and "return 2 * number;" in done.out
    assert learner.standing()["peeked"] == ""


def test_a_note_why_follows_the_comparison(learner: Learner) -> None:
    solution = learner.root / "solutions" / f"{KEY}.c"
    note = f"// Solution of {KEY}.\n//\n// Twice is a product."
    solution.write_text(f"{note}\n\n{solution.read_text()}")
    out = learner.calls("diff", KEY, "--peek").out
    assert out.rstrip().endswith("Why ours is as it is\n\nTwice is a product.")


def test_an_note_why_that_only_names_the_file_is_no_note(learner: Learner) -> None:
    solution = learner.root / "solutions" / f"{KEY}.c"
    solution.write_text(f"// Solution of {KEY}.\n\n{solution.read_text()}")
    assert "Why ours" not in learner.calls("diff", KEY, "--peek").out


def test_a_release_without_solutions_says_so(learner: Learner) -> None:
    shutil.rmtree(learner.root / "solutions")
    done = learner.calls("diff", KEY, "--peek")
    assert done.code == 2 and "without solutions" in done.err
    assert not (learner.root / ".workbook").exists()  # nothing was peeked at


@pytest.mark.parametrize(("answer", "is_shown"), [("y\n", True), ("n\n", False)])
def test_in_a_terminal_a_peek_is_asked_about_once(learner: Learner, answer: str, is_shown: bool) -> None:
    env = environment(learner.root, PAGER="cat")
    with Terminal(fake("diff", KEY, "--peek"), learner.root, env) as terminal:
        terminal.shows("[y/N]")
        terminal.types(answer)
        if is_shown:
            terminal.shows("return 2 * number;")
        assert terminal.ends() == 0
    if is_shown:
        with Terminal(fake("diff", KEY, "--peek"), learner.root, env) as terminal:
            assert "[y/N]" not in terminal.shows("return 2 * number;")
