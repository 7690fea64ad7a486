"""The catalogue of misconceptions, as lessons' facts and messages use it."""

from __future__ import annotations

import re

from grader import misconceptions
from grader.paths import HOME, Tree

KNOWN = misconceptions.load(Tree(HOME))


def test_every_row_of_the_document_is_read() -> None:
    rows = re.findall(r"^\| `", misconceptions.path(Tree(HOME)).read_text(), re.MULTILINE)
    assert len(KNOWN) == len(rows) > 30


def test_an_idea_is_suggested_in_one_sentence_each() -> None:
    assert KNOWN["no-lock"].suggestion() == (
        'Perhaps you thought: "`x = x + 1` is one step". '
        "It is a read and a write, and somebody may come between."
    )
    assert not [m.key for m in KNOWN.values() if "[" in m.truth or m.truth.endswith(".")]
