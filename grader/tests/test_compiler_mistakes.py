"""Beginners' mistakes in the real exercises, through both compilers, in words of few lines."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from mistakes import MISTAKES

from grader.build import Builder, Flavour
from grader.compiler_words import MOST_LINES, Explanation, explain_errors
from grader.failures import Failure
from grader.paths import HOME, Tree
from grader.source import Source
from grader.toolchain import find_compiler

COMPILERS = [name for name in ("gcc", "clang") if shutil.which(name)]


def explained(name: str, compiler: str, root: Path) -> Explanation:
    mistake = MISTAKES[name]
    shutil.copytree(HOME / "exercises" / mistake.topic, root / "exercises" / mistake.topic)
    tree = Tree(root)
    found = find_compiler({"WORKBOOK_CC": compiler, "PATH": "/usr/bin:/bin:/usr/local/bin"})
    source = Source(root / "go.c", "go.c", mistake.source.encode(), len(mistake.source))
    built = Builder(tree, found).build(source, f"{mistake.topic}/any", Flavour.PLAIN)
    assert built.module is None, "it compiles"
    return explain_errors(built.words, source)


@pytest.mark.parametrize("compiler", COMPILERS)
@pytest.mark.parametrize("name", MISTAKES)
def test_the_line_is_named_and_the_mending(name: str, compiler: str, tmp_path: Path) -> None:
    mistake = MISTAKES[name]
    said = explained(name, compiler, tmp_path)
    assert said.place == f"go.c:{mistake.line}"
    assert said.message.startswith(f"go.c:{mistake.line}: {mistake.source.splitlines()[mistake.line - 1].strip()[:60]}")
    assert mistake.says in said.message
    assert said.code == mistake.code
    lines = said.message.splitlines()
    assert len(lines) <= MOST_LINES
    if said.code is Failure.WRONG_TYPE:  # nothing of values where there is none
        assert "cf_value" not in said.message and "cf_as_" not in " ".join(lines[1:])
