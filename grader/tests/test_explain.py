"""`explain`, and the catalogue behind it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from conftest import Workbook
from grader import failures
from grader.authoring.failing_examples import Examples, ExplainedBy
from grader.authoring.failure_pages import check_pages
from grader.failures import Failure
from grader.paths import HOME, Tree

BUGS = (  # as docs/explorer.md and the design name them
    "race deadlock lost_wakeup assertion nonzero_exit crash use_after_free double_free "
    "out_of_bounds leak thread_leak misuse no_progress limit"
).split()


@pytest.fixture
def home(tmp_path: Path) -> Tree:
    """Return a tree whose pages the test may spoil."""
    shutil.copytree(HOME / "docs" / "failures", tmp_path / "docs" / "failures")
    return Tree(tmp_path, tmp_path)


def test_a_code_shows_its_page(workbook: Workbook) -> None:
    done = workbook("explain", "W301")
    assert done.code == 0 and done.err == ""
    assert "W301: One after another" in done.out and "How to think about it" in done.out
    assert "<!--" not in done.out


@pytest.mark.parametrize("asked", ["w402", "deadlock", "Deadlock", "DEADLOCK", " W402 ", "402"])
def test_a_name_does_as_well_as_a_code(workbook: Workbook, asked: str) -> None:
    assert "W402: A deadlock" in workbook("explain", asked).out


def test_the_explorers_kinds_are_names(workbook: Workbook) -> None:
    assert "W503" in workbook("explain", "out-of-bounds").out
    assert "W407" in workbook("explain", "misuse").out


def test_without_a_code_all_are_listed(workbook: Workbook) -> None:
    done = workbook("explain")
    assert done.code == 0
    assert all(code.value in done.out for code in Failure)
    assert done.out.index("It does not compile") < done.out.index("W101") < done.out.index("W201")


def test_the_list_as_data(workbook: Workbook) -> None:
    listed = json.loads(workbook("explain", "--json").out)
    assert [entry["code"] for entry in listed] == [code.value for code in Failure]
    assert all(entry["title"] for entry in listed)


@pytest.mark.parametrize(
    ("asked", "meant"), [("W3011", "W301"), ("301a", "W301"), ("deadlok", "W402"), ("raze", "W401")]
)
def test_an_unknown_code_gets_a_near_match(workbook: Workbook, asked: str, meant: str) -> None:
    done = workbook("explain", asked)
    assert done.code == 2 and done.out == ""
    assert f"There is no failure '{asked}'." in done.err and f"Did you mean {meant}" in done.err


def test_what_resembles_nothing_gets_the_way_to_the_list(workbook: Workbook) -> None:
    done = workbook("explain", "x")
    assert done.code == 2 and "Did you mean" not in done.err and "`./workbook explain` lists all" in done.err


def test_each_kind_of_bug_has_a_code() -> None:
    assert [failures.of_bug(kind) for kind in BUGS]


def test_codes_and_pages_fit_together() -> None:
    assert not list(check_pages(Tree(HOME)))


def test_a_missing_page_is_found(home: Tree) -> None:
    (home.root / "docs/failures/W301.md").unlink()
    assert [f"{f.file}: {f.problem}" for f in check_pages(home)] == ["docs/failures/W301.md: the page is missing"]


def test_a_page_without_a_code_is_found(home: Tree) -> None:
    (home.root / "docs/failures/W999.md").write_text("# W999: Nothing\n")
    assert ["no failure has this code"] == [f.problem for f in check_pages(home)]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("# W301: ", "# ", "does not begin with `# W301: ...`"),
        ("## What to read", "## More", "no part 'What to read'"),
        ("## What to read", "See W999.\n\n## What to read", "speaks of W999"),
        ("<!-- example: graded -->\n", "", "the program has no marker"),
    ],
)
def test_a_page_that_lacks_something_is_found(home: Tree, old: str, new: str, problem: str) -> None:
    page = home.root / "docs/failures/W301.md"
    assert old in page.read_text()
    page.write_text(page.read_text().replace(old, new))
    (found,) = check_pages(home)
    assert found.file == "docs/failures/W301.md" and problem in found.problem


def test_an_example_says_by_its_code_what_is_wrong_with_it(tmp_path: Path) -> None:
    examples = Examples(Tree(HOME), tmp_path, lambda words: None)
    right = '#include "example.h"\nint example(void)\n{\n    return 42;\n}\n'
    assert examples.code_of(ExplainedBy.GRADER, right) == ""
    assert examples.code_of(ExplainedBy.GRADER, right.replace("42", "41")) == "W201"
    assert examples.code_of(ExplainedBy.EXPLORER, "int main(void)\n{\n    return 0;\n}\n") == ""
    assert examples.code_of(ExplainedBy.EXPLORER, "int main(void)\n{\n    return 1;\n}\n") == "W408"
