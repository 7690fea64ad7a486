"""Names that are taken: the learner's file defines what the tests, cfutures or the grader have already.

In one program there can be one thing of a name. The compiler sees one file at a
time and is content; on real threads the wrong one of two functions would be
called in silence, and for the explorer nothing could be linked.
"""

from __future__ import annotations

import re
from pathlib import Path

from grader.build import Built
from grader.compiler_words import Explanation
from grader.failures import Failure
from grader.paths import Tree
from grader.source import Source

# Whoever links an exercise's program brings names with these beginnings and no others; a test sees to it.
_BEGINNINGS = (
    (re.compile(r"cfi_"), "cfutures"),
    (re.compile(r"wbi?_|CU_|__wrap_"), "the tests' runner"),
    (re.compile(r"xpi?_|__tsan_"), "the explorer"),
)


def owner_of(name: str, tree: Tree) -> str:
    """Return whose name this is, or '': the library's public names are those in its headers."""
    if name.startswith("cf_") and any(
        re.search(rf"\b{name}\b", header.read_text(encoding="utf-8"))
        for header in (tree.library / "include").glob("*.h")
    ):
        return "cfutures"
    return next((owner for beginning, owner in _BEGINNINGS if beginning.match(name)), "")


def explain_taken(tree: Tree, header: Path, source: Source, code: Built, tests: Built) -> Explanation | None:
    """Explain the first name that is taken, if there is one."""
    own = sorted(code.defines)
    for name in own:
        if name in tests.defines:
            return _explain(name, source, _of_tests(name, header))
        if owner := owner_of(name, tree):
            return _explain(name, source, _of_others(name, owner))
    return None


def _explain(name: str, source: Source, sentences: tuple[str, ...]) -> Explanation:
    line = _line_of(name, source)
    place = f"{source.shown}:{line}" if line else source.shown
    text = source.lines[line - 1].strip() if 0 < line <= len(source.lines) else ""
    return Explanation(
        "\n".join([f"{place}: {text}" if text else place, *sentences]), place, Failure.NAME_TAKEN
    )


def _of_tests(name: str, header: Path) -> tuple[str, ...]:
    if re.search(rf"\b{name}\s*\(", header.read_text(encoding="utf-8")):
        return (
            f"{name} is there already: {header.name} declares it, and the tests bring it.",
            "Delete yours, and call theirs. Or is yours something else? Then give it another name.",
        )
    return (f"The tests have something that is called {name}, too: give yours another name.",)


def _of_others(name: str, owner: str) -> tuple[str, ...]:
    beginning = name[: name.index("_", 2) + 1]
    return (
        f"{name} is a name of {owner}, which is linked with your code: give yours another name.",
        f"What begins with {beginning} is never yours.",
    )


def _line_of(name: str, source: Source) -> int:
    """Return the line on which it is defined, or 0: what is declared only ends with a semicolon."""
    begins = re.compile(rf"(?!return\b)[A-Za-z_][\w\s*]*\b{name}\b")
    lines = [number for number, line in enumerate(source.lines, start=1) if begins.match(line)]
    bodies = [number for number in lines if not source.lines[number - 1].rstrip().endswith(");")]
    return (bodies or lines or [0])[0]
