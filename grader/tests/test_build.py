"""Modules come from the cache only if everything that went into them is the same."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from grader import build
from grader.build import Builder, Built, Flavour
from grader.paths import Tree
from grader.source import read_source
from grader.toolchain import find_compiler

KEY = "01_tiny/twice"


def twice(root: Path) -> Built:
    file = root / "solutions" / "01_tiny" / "twice.c"
    tree = Tree(root)
    return Builder(tree, find_compiler()).build(read_source(file, tree.shown(file)), KEY, Flavour.PLAIN)


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Count how often the compiler is started."""
    seen: list[str] = []
    real = build.run

    def counted(arguments: list[str], *rest: object, **named: object) -> object:
        seen.append(str(arguments[0]))
        return real(arguments, *rest, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(build, "run", counted)
    return seen


def test_the_same_code_is_compiled_once(own_tiny: Path, calls: list[str]) -> None:
    first, second = twice(own_tiny), twice(own_tiny)
    assert first.module == second.module and first.module is not None
    assert len(calls) == 1


def test_other_code_is_compiled_again(own_tiny: Path, calls: list[str]) -> None:
    first = twice(own_tiny)
    (own_tiny / "solutions" / "01_tiny" / "twice.c").write_text(
        '#include "twice.h"\nint twice(int number) { return number + number; }\n'
    )
    assert twice(own_tiny).module != first.module
    assert len(calls) == 2


def test_another_header_is_noticed(own_tiny: Path, calls: list[str]) -> None:
    first = twice(own_tiny)
    header = own_tiny / "exercises" / "01_tiny" / "twice.h"
    header.write_text(header.read_text() + "// changed\n")
    assert twice(own_tiny).module != first.module
    assert len(calls) == 2


@pytest.mark.parametrize("damage", ["index", "module", "header"])
def test_a_damaged_cache_is_repaired(own_tiny: Path, calls: list[str], damage: str) -> None:
    first = twice(own_tiny)
    cache = Tree(own_tiny).cache
    if damage == "index":
        next(cache.glob("*.json")).write_text("{")
    elif damage == "module":
        next(cache.glob("*.module")).unlink()
    else:
        index = next(cache.glob("*.json"))
        index.write_text(index.read_text().replace("twice.h", "gone.h"))
    again = twice(own_tiny)
    assert again.module == first.module and again.module is not None and again.module.exists()
    assert len(calls) == 2


def test_what_does_not_compile_is_not_kept(own_tiny: Path, calls: list[str]) -> None:
    (own_tiny / "solutions" / "01_tiny" / "twice.c").write_text("int x = ;\n")
    assert twice(own_tiny).module is None
    assert twice(own_tiny).module is None
    assert len(calls) == 2
    assert list(Tree(own_tiny).cache.iterdir()) == []


def test_many_at_once_do_not_disturb_each_other(own_tiny: Path) -> None:
    found: list[Built] = []
    threads = [threading.Thread(target=lambda: found.append(twice(own_tiny))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 6 and len({built.module for built in found}) == 1
    assert all(built.module and built.module.exists() for built in found)


def test_a_full_cache_forgets_its_older_half(own_tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Tree(own_tiny).cache
    cache.mkdir(parents=True)
    for number in range(12):
        (cache / f"{number}.so").write_text("")
    monkeypatch.setattr(build, "_MOST_FILES", 10)
    Builder(Tree(own_tiny), find_compiler())
    assert len(list(cache.iterdir())) == 6
