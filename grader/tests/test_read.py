"""`read`: a lesson's Markdown, readable in a terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from learner import KEY, Learner, Terminal, environment, fake

from grader.markdown import to_terminal
from grader.terminal import Look

PLAIN = Look()
COLOR = Look(color=True, unicode=True)


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner whose lesson has a text."""
    folder = own_tiny / "lessons" / "01_tiny"
    folder.mkdir(parents=True)
    (folder / "README.md").write_text("# Doubling\n\nTwice is **more**.\n", encoding="utf-8")
    return Learner(own_tiny)


@pytest.mark.parametrize(
    ("markdown", "shown"),
    [
        ("# Title\n\nText.\n", "Title\n=====\n\nText."),
        ("## Part\nText.\n", "Part\n----\n\nText."),
        ("### Small ###\n", "Small"),
        ("one\ntwo\n\nthree\n", "one two\n\nthree"),
        ("a\n<!-- mark -->\n\nb\n", "a\n\nb"),
        ("a <!-- two\nlines --> b\n", "a  b"),
        ("```c\nint a;\n\n\n\nint b; // <!-- kept -->\n```\n", "    int a;\n\n\n\n    int b; // <!-- kept -->"),
        ("```\nnever closed\n", "    never closed"),
        ("- one\n  more\n- two\n", "- one more\n- two"),
        ("1. one\n2. two\n", "1. one\n2. two"),
        ("| a | b |\n| - | :-: |\n| long | `c` |\n", "  a     b\n  ----  ---\n  long  `c`"),
        ("| a |\n| - |\n| one | too many |\n\nb\n", "  a\n  ---\n  one  too many\n\nb"),
        (
            f"| {'wide ' * 20}| b |\n| - | - |\n| `x y` | c |\n",
            f"  {' '.join(['wide'] * 15)}   b\n  {' '.join(['wide'] * 5)}\n  {'-' * 75}  -\n  `x y`{' ' * 70}  c",
        ),
        ("| - |\n", "  ---"),
        ("see [here](#below)\n", "see here"),
        ("> said\n> so\n", "| said so"),
        ("see [the header](a/b.h) or [c.h](../c.h)\n", "see the header (a/b.h) or c.h"),
        ("a `code` and **bold**\n", "a `code` and bold"),
        ("use `**p` and `[x](y)`\n", "use `**p` and `[x](y)`"),
        ("<details>\n<summary>Answer</summary>\n\nIt is 4.\n\n</details>\n", "Answer\n\nIt is 4."),
        ("", ""),
    ],
)
def test_markdown_becomes_plain_text(markdown: str, shown: str) -> None:
    assert to_terminal(markdown, PLAIN) == shown


def test_colours_replace_the_marks() -> None:
    shown = to_terminal("# T\n\na `code` and **bold**\n", COLOR)
    assert shown == "\x1b[1mT\x1b[0m\n\na \x1b[36mcode\x1b[0m and \x1b[1mbold\x1b[0m"


def test_text_is_filled_to_the_width_and_marks_survive_a_line_break() -> None:
    look = Look(color=True, columns=20)
    shown = to_terminal("aaaa bbbb cccc **dddd eeee ffff gggg** hhhh\n", look)
    assert "**" not in shown
    assert all(line.count("\x1b[1m") == line.count("\x1b[0m") for line in shown.splitlines())


def test_a_lesson_is_read_by_its_key_or_an_exercises(learner: Learner) -> None:
    ways: list[list[str]] = [["01_tiny"], [KEY], []]
    for arguments in ways:
        done = learner.calls("read", *arguments)
        assert (done.code, done.out) == (0, "Doubling\n========\n\nTwice is more.\n")


@pytest.mark.parametrize("your_turn", ["## Your turn", "**Your turn**"])
def test_of_an_exercise_its_task_is_read(learner: Learner, your_turn: str) -> None:
    text = learner.root / "lessons" / "01_tiny" / "README.md"
    text.write_text(
        f"# Doubling\n\nTwice.\n\n{your_turn}\n\nDouble **it**.\n\n**Remember**\n\n- More.\n", encoding="utf-8"
    )
    out = learner.calls("read", KEY).out
    assert "Double it.\n\n" in out and "Twice" not in out and "More" not in out
    assert out.startswith(f"{KEY}: ")
    for place in (f"exercises/{KEY}.h", f"exercises/{KEY}.c", "./workbook read 01_tiny"):
        assert place in out
    assert "Twice" in learner.calls("read", "01_tiny").out


def test_an_unknown_lesson_gets_a_suggestion(learner: Learner) -> None:
    done = learner.calls("read", "01_tinny")
    assert (done.code, done.out) == (2, "") and "01_tiny" in done.err


def test_a_missing_text_is_our_fault_in_one_line(learner: Learner) -> None:
    (learner.root / "lessons" / "01_tiny" / "README.md").unlink()
    done = learner.calls("read", "01_tiny")
    assert done.code == 3 and done.err.count("\n") == 1 and "lessons/01_tiny/README.md" in done.err


def test_in_a_terminal_the_pager_shows_it(learner: Learner, tmp_path: Path) -> None:
    pager = tmp_path / "pager"
    pager.write_text("#!/bin/sh\necho paged\ncat\n")
    pager.chmod(0o755)
    env = environment(learner.root, PAGER=str(pager), NO_COLOR="1")
    with Terminal(fake("read", "01_tiny"), learner.root, env) as terminal:
        terminal.shows("paged")
        terminal.shows("Twice is more.")
        assert terminal.ends() == 0


@pytest.mark.parametrize("pager", ["no-such-pager", "", "'unbalanced"])
def test_without_a_pager_it_is_printed(learner: Learner, pager: str) -> None:
    env = environment(learner.root, PAGER=pager, NO_COLOR="1")
    with Terminal(fake("read", "01_tiny"), learner.root, env) as terminal:
        terminal.shows("Twice is more.")
        assert terminal.ends() == 0


def test_colours_only_where_they_are_wanted(learner: Learner) -> None:
    for more, is_colored in (({"PAGER": "cat"}, True), ({"PAGER": "cat", "NO_COLOR": "1"}, False)):
        with Terminal(fake("read", "01_tiny"), learner.root, environment(learner.root, **more)) as terminal:
            assert ("\x1b[1m" in terminal.shows("more")) is is_colored
