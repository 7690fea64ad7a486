"""The pages about the library: the reference made from its header, and the table of tests."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from grader.authoring.finding import Finding, Settings
from grader.authoring.names import declared_names
from grader.authoring.parity import check_parity, read_rows
from grader.authoring.reference import check_reference, reference_of, write_reference
from grader.authoring.scope import Scope
from grader.course import Course
from grader.paths import HOME, Tree

SETTINGS = Settings(progress=lambda words: None)
HEADER = """// tea: makes tea.
//
//     #include <tea.h>
//     int main(void) { cf_brew(1); }
//
// The chapters: 1 leaves.

#ifndef TEA_H
#define TEA_H

#include <stdbool.h>

// For ourselves.
#define CF_HIDDEN(x) x

// ---------------------------------------------------------------------------
// 1. Leaves
// ---------------------------------------------------------------------------
//
// *Leaves* dry before they are cf_brew(n)ed; see CF_GREEN and a * b < c.
//
//   dry   in the sun
//   wet   not

// Green or black.
enum cf_leaf {
    CF_GREEN,

    CF_BLACK,  // oxidised
};

// A cup with .sugar = 2, as `cf_brew(7,
// 8)` gives it.
#define cf_cup(sugar, ...) \\
    cf_cup_of((sugar), \\
              __VA_ARGS__)

typedef struct cf_pot {
    int cups;
} cf_pot;
typedef bool (*cf_taste)(int sip);

// Brews.
// clang-format off
void cf_brew(int cups);  // slowly
bool cf_is_hot(void);
// clang-format on

#include "tea_macros.h"

#endif
"""


def _page() -> str:
    return reference_of(HEADER)


def test_the_page_has_the_chapters_and_links_to_what_they_declare() -> None:
    page = _page()
    assert "## 1. Leaves\n" in page and "- [1. Leaves](#1-leaves)" in page
    assert "[`cf_leaf`](#cf_leaf)" in page and "### cf_leaf\n" in page
    assert "[`cf_is_hot`](#cf_brew-cf_is_hot)" in page and "### cf_brew, cf_is_hot\n" in page
    assert "### cf_pot, cf_taste\n" in page
    assert "The chapters:" not in page


def test_declarations_are_shown_and_what_macros_are_made_of_is_not() -> None:
    page = _page()
    assert "enum cf_leaf {\n    CF_GREEN,\n\n    CF_BLACK,  // oxidised\n};" in page
    assert "#define cf_cup(sugar, ...)\n```" in page and "cf_cup_of" not in page
    assert "void cf_brew(int cups);  // slowly\nbool cf_is_hot(void);\n```" in page
    assert not any(word in page for word in ("CF_HIDDEN", "For ourselves", "clang-format", "tea_macros"))


def test_code_and_lists_stay_as_they_are_and_prose_marks_names() -> None:
    page = _page()
    assert "```c\n#include <tea.h>\nint main(void) { cf_brew(1); }\n```" in page
    assert "```text\ndry   in the sun\nwet   not\n```" in page
    assert "*Leaves* dry before they are `cf_brew(n)`ed; see `CF_GREEN` and a \\* b \\< c." in page
    assert "A cup with `.sugar = 2`, as `cf_brew(7,\n8)` gives it." in page


def test_every_name_of_the_library_is_on_its_page() -> None:
    page = (HOME / "docs" / "api.md").read_text()
    own = {name for name in declared_names(Tree(HOME)) if name.startswith("cf_")}
    assert {name for name in own if name not in page} == set()


# ----- dev check -----


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return a tree with a library, its tests and both pages."""
    for name, text in (
        ("cfutures/include/cfutures.h", HEADER),
        ("cfutures/tests/test_tea.c", "    TEST(it_is_hot),\n    TEST(it_is_wet),\n"),
        ("cfutures/tests/test_rain.c", "    TEST(it_is_wet),\n"),
        ("cfutures/tests/compile/no_cup.c", ""),
        ("explorer/tests/cfutures/two_cups.c", ""),
        ("docs/parity.md", "| behaviour | pinned by |\n| --- | --- |\n| Hot | `it_is_hot`, `two_cups.c` |\n"),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = Tree(tmp_path, home=tmp_path)
    write_reference(found)
    return found


def _whole(tree: Tree) -> Scope:
    return Scope(Course(tree, ()), (), (), is_whole=True)


def _parity(tree: Tree, pinned: str) -> list[Finding]:
    (tree.home / "docs" / "parity.md").write_text(f"| Hot or cold | {pinned} |\n")
    return list(check_parity(_whole(tree), SETTINGS))


def test_pages_in_step_give_no_finding(tree: Tree) -> None:
    assert list(check_reference(_whole(tree), SETTINGS)) == []
    assert list(check_parity(_whole(tree), SETTINGS)) == []
    assert not write_reference(tree)


def test_a_header_that_went_on_is_found_and_can_be_caught_up_with(tree: Tree) -> None:
    header = tree.library / "include" / "cfutures.h"
    header.write_text(HEADER.replace("// Brews.", "// Brews tea."))
    [finding] = check_reference(_whole(tree), SETTINGS)
    assert str(finding) == "docs/api.md: it is not what the header says: run `./workbook dev reference`"
    assert write_reference(tree)
    assert list(check_reference(_whole(tree), SETTINGS)) == []


@pytest.mark.parametrize("pinned", ["`no_cup.c`", "`rain/it_is_wet`", "planned: with milk", "not here: nobody drinks `cold` tea"])
def test_a_row_has_a_test_or_a_reason(tree: Tree, pinned: str) -> None:
    assert _parity(tree, pinned) == []


@pytest.mark.parametrize(
    ("pinned", "problem"),
    [
        ("`it_is_cold`", "'Hot or cold' names it_is_cold, which is no test"),
        ("`it_is_hot`, `three_cups.c`", "'Hot or cold' names three_cups.c, which is no test"),
        ("it_is_hot", "'Hot or cold' has no test and no reason"),
        ("`it_is_wet`", "'Hot or cold' names it_is_wet, of which there are 2"),
        ("`rain/it_is_hot`", "'Hot or cold' names rain/it_is_hot, which is no test"),
        ("planned", "'Hot or cold' has no test and no reason"),
        ("not here: why", "'Hot or cold' has no test and no reason"),
    ],
)
def test_a_row_without_is_found(tree: Tree, pinned: str, problem: str) -> None:
    assert [finding.problem for finding in _parity(tree, pinned)] == [problem]


def test_a_table_without_rows_is_found(tree: Tree) -> None:
    (tree.home / "docs" / "parity.md").unlink()
    assert [finding.problem for finding in check_parity(_whole(tree), SETTINGS)] == ["it has no rows"]


def test_a_behaviour_may_hold_a_bar() -> None:
    [row] = read_rows("| `CF_WAIT \\| CF_CANCEL` | `it_is_hot` |\n")
    assert row.tests == ("it_is_hot",)


# ----- the picture -----


def test_the_picture_of_ownership_is_what_its_script_draws() -> None:
    pictures = HOME / "docs" / "pictures"
    drawn = runpy.run_path(str(pictures / "ownership.py"))["picture"]()
    assert (pictures / "ownership.svg").read_text() == drawn, "run docs/pictures/ownership.py"
