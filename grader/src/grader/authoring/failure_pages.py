"""Aspect `failures`: codes and pages fit together, and each page's example fails as it says."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from grader import failures
from grader.authoring.failing_examples import Examples, ExplainedBy
from grader.authoring.finding import Finding, Settings
from grader.authoring.lesson_text import Block, parse
from grader.authoring.scope import Scope
from grader.failures import Failure, Page
from grader.paths import Tree

_HEADINGS = ("Example", "How to think about it", "What to read")
_MARKER = re.compile(r"example: (graded|explored)|not run: .+")


@dataclass(frozen=True)
class _Example:
    """The first program of a page, and how it is to be run."""

    page: Page
    block: Block
    way: ExplainedBy


def check_failures(scope: Scope, settings: Settings) -> Iterator[Finding]:
    """Look at the catalogue; it belongs to the workbook and not to a lesson."""
    tree = scope.tree
    if not scope.is_whole or tree.root != tree.home:
        return
    yield from check_pages(tree)
    present = [failures.page(tree, code.value) for code in Failure if _path(tree, code.value).is_file()]
    examples = [example for page in present if (example := _example(page))]
    settings.progress(f"{len(examples)} examples of failures are run")
    with tempfile.TemporaryDirectory(prefix="workbook-") as scratch, ThreadPoolExecutor(
        settings.jobs
    ) as threads:
        bench = Examples(tree, Path(scratch), settings.progress)
        codes = threads.map(lambda example: bench.code_of(example.way, example.block.text), examples)
        for example, code in zip(examples, codes, strict=True):
            if code != example.page.code:
                file = tree.shown(_path(tree, example.page.code))
                seen = f"fails with {code}" if code else "does not fail"
                yield Finding(file, f"its example {seen}", "let it show what the page is about")


def check_pages(tree: Tree) -> Iterator[Finding]:
    """Check what needs no compiler."""
    codes = {code.value for code in Failure}
    for name in sorted(codes - {path.stem for path in failures.folder(tree).glob("W*.md")}):
        yield Finding(tree.shown(_path(tree, name)), "the page is missing", "write what this failure means")
    for path in sorted(failures.folder(tree).glob("W*.md")):
        if path.stem not in codes:
            yield Finding(
                tree.shown(path), "no failure has this code", "give it one in failures.py, or remove the page"
            )
            continue
        markdown = failures.page(tree, path.stem).markdown
        for problem, remedy in _problems(path.stem, markdown, codes):
            yield Finding(tree.shown(path), problem, remedy)


def _problems(code: str, markdown: str, codes: set[str]) -> Iterator[tuple[str, str]]:
    if not re.match(rf"# {code}: \S", markdown):
        yield f"it does not begin with `# {code}: ...`", "let the heading name the code and the failure"
    for heading in _HEADINGS:
        if f"\n## {heading}\n" not in markdown:
            yield f"it has no part '{heading}'", "write it"
    for other in sorted(set(re.findall(r"\bW\d{3}\b", markdown)) - codes):
        yield f"it speaks of {other}, which is no code", "correct it"
    for block in parse(markdown).blocks:
        if block.language == "c" and not _MARKER.fullmatch(block.marker):
            yield (
                f"line {block.line}: the program has no marker",
                "put `<!-- example: graded -->`, `<!-- example: explored -->` or `<!-- not run: why -->` above",
            )


def _example(page: Page) -> _Example | None:
    for block in parse(page.markdown).blocks:
        if match := re.fullmatch(r"example: (graded|explored)", block.marker):
            return _Example(page, block, ExplainedBy(match[1]))
    return None


def _path(tree: Tree, code: str) -> Path:
    return failures.folder(tree) / f"{code}.md"
