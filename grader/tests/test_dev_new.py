"""`dev new`: it creates what is graded from the first minute, and overwrites nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from authors import FACTS, MAP, STATIC, Author, author
from grader.cli import main
from grader.course import load_course
from grader.paths import Tree

__all__ = ["author"]

KEY = "02_later/thrice"


def new(author: Author, key: str) -> tuple[int, str, str]:
    """Call `dev new`; return its exit code and what it printed."""
    code = main(["--root", str(author.root), "dev", "new", key])
    printed = author.capsys.readouterr()
    return code, printed.out, printed.err


def files(root: Path) -> dict[str, bytes]:
    """Return every file of a course with its content."""
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_an_exercise_gets_all_its_files(author: Author) -> None:
    before = files(author.root)
    code, out, err = new(author, KEY)
    assert (code, err) == (0, "")
    assert set(files(author.root)) - set(before) == {
        "exercises/02_later/test_thrice.c",
        "exercises/02_later/thrice.c",
        "exercises/02_later/thrice.h",
        "grader/lessons/02_later.toml",
        "grader/skeletons/02_later/thrice.c",
        "grader/wrong/02_later/thrice/first_misconception.c",
        "grader/wrong/02_later/thrice/second_misconception.c",
        "grader/wrong/02_later/thrice/third_misconception.c",
        "lessons/02_later/README.md",
        "solutions/02_later/thrice.c",
    }
    assert "created   exercises/02_later/thrice.c" in out
    assert f"`./workbook dev check {KEY}` names what is still missing" in out
    assert [lesson.key for lesson in load_course(Tree(author.root)).lessons] == ["01_sound", "02_later"]


def test_dev_check_names_what_is_not_written_yet(author: Author) -> None:
    new(author, KEY)
    findings = "\n".join(author.finds(*STATIC, more=(KEY,)))
    for words in (
        "02_later.toml: the title is not written yet",
        "02_later/thrice: the title of check works is not written yet",
        "02_later/thrice: hint 3 of check memory is not written yet",
        "02_later/thrice: `says` of first_misconception.c is not written yet",
        "third_misconception.c: the wrong submission is not written yet",
        "exercises/02_later/thrice.c: its TODO says too little",
        "exercises/02_later/thrice.h: it is not finished",
        "exercises/02_later/test_thrice.c: it is not finished",
        "solutions/02_later/thrice.c: the solution has a TODO",
        "lessons/02_later/README.md: the text is not written yet",
    ):
        assert words in findings
    assert "missing" not in findings and "earn" not in findings and "01_sound" not in findings


def test_nothing_is_ever_overwritten(author: Author) -> None:
    author.writes("solutions/02_later/thrice.c", "// mine\n")
    _, out, _ = new(author, KEY)
    assert (author.root / "solutions/02_later/thrice.c").read_text() == "// mine\n"
    assert "kept      solutions/02_later/thrice.c" in out
    before = files(author.root)
    code, out, _ = new(author, KEY)
    assert code == 0 and "nothing was changed" in out
    assert files(author.root) == before


def test_a_second_exercise_is_added_to_the_facts(author: Author) -> None:
    facts = (author.root / FACTS).read_text()
    _, out, _ = new(author, "01_sound/thrice")
    assert (author.root / FACTS).read_text().startswith(facts)
    assert f"extended  {FACTS}" in out
    keys = [exercise.key for exercise in load_course(Tree(author.root)).exercises]
    assert keys == ["01_sound/twice", "01_sound/thrice"]


def test_a_lesson_comes_first_and_an_exercise_later(author: Author) -> None:
    assert new(author, "02_later")[0] == 0
    findings = author.finds("files", more=("02_later",))
    assert findings == [
        "grader/lessons/02_later.toml: the lesson has no exercise: run `./workbook dev new 02_later/NAME`"
    ]
    assert new(author, KEY)[0] == 0
    assert author.finds("files", more=("02_later",)) == []


def test_a_planned_section_is_put_into_the_facts(author: Author) -> None:
    author.replaces(MAP, 'kind = "bullet"\nin = "doubling"', 'kind = "section"')
    new(author, "02_later")
    assert load_course(Tree(author.root)).lesson("02_later").section == "doubling-more"


@pytest.mark.parametrize("key", ["later", "2_later", "02_Later", "02_later/Thrice", "02_later/test_x", ""])
def test_a_key_that_cannot_be_one_is_wrong_use(author: Author, key: str) -> None:
    before = files(author.root)
    code, out, err = new(author, key)
    assert (code, out) == (2, "")
    assert "is no " in err and len(err.splitlines()) == 1
    assert files(author.root) == before


def test_what_cannot_be_written_is_said_in_one_line(author: Author) -> None:
    author.writes("lessons/02_later", "a file in the folder's place\n")
    code, _, err = new(author, KEY)
    assert code == 3
    assert "lessons/02_later" in err and len(err.splitlines()) == 1
