"""The runner is built once, again when its sources change, and failures are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grader import setup
from grader.errors import GraderError
from grader.paths import Tree
from grader.setup import Workshop, set_up
from grader.toolchain import Compiler

# A home as small as can be: a runner that does nothing but end.
FILES = {
    "CMakeLists.txt": "cmake_minimum_required(VERSION 3.22)\nproject(tiny LANGUAGES C)\n"
    "add_executable(wb_runner exercises/support/main.c)\n",
    "CMakePresets.json": """{"version": 3, "configurePresets": [
        {"name": "release", "generator": "Ninja", "binaryDir": "build/release"},
        {"name": "asan", "generator": "Ninja", "binaryDir": "build/asan",
         "cacheVariables": {"CMAKE_C_FLAGS": "-fsanitize=address,undefined"}}]}""",
    "exercises/support/main.c": "int main(void) { return 0; }\n",
}


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    home = tmp_path / "home"
    for name, text in FILES.items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text)
    return Tree(tmp_path / "course", home)


def prepared(tree: Tree) -> tuple[Workshop, list[str]]:
    said: list[str] = []
    return set_up(tree, said.append), said


def test_what_was_built_is_not_built_again(tree: Tree) -> None:
    workshop, said = prepared(tree)
    assert [runner.program.exists() for runner in workshop.engine.runners.values()] == [True, True]
    assert workshop.engine.not_measurable == ""
    assert any("building" in words for words in said)
    assert prepared(tree) == (workshop, [])


def test_changed_sources_are_built_again(tree: Tree) -> None:
    prepared(tree)
    source = tree.home / "exercises" / "support" / "main.c"
    source.write_text("#include <stdio.h>\nint main(void) { puts(\"the sanitizers are tired\"); return 1; }\n")
    workshop, said = prepared(tree)
    assert said
    assert workshop.engine.not_measurable == "the sanitizers are tired"


@pytest.mark.parametrize("condition", ["#if 1", "#ifdef __SANITIZE_ADDRESS__"])
def test_a_build_that_fails_says_why_and_is_tried_again(tree: Tree, condition: str) -> None:
    prepared(tree)
    source = tree.home / "exercises" / "support" / "main.c"
    good = source.read_text()
    source.write_text(f"{condition}\nint broken(void) {{ return oops; }}\n#endif\n{good}")
    for _ in range(2):
        with pytest.raises(GraderError) as caught:
            prepared(tree)
        assert "'oops' undeclared" in caught.value.message
        assert len(caught.value.message.splitlines()) <= 8
    source.write_text(good)
    assert prepared(tree)[1] != [], "what an older stamp stands for is gone"


def test_a_machine_without_sanitizers_grades_the_rest(tree: Tree, tmp_path: Path,
                                                      monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    limited = tmp_path / "limited-gcc"
    limited.write_text(
        '#!/bin/sh\ncase "$*" in *-fsanitize*) echo "error: cannot find -lasan" >&2; exit 1;; esac\nexec gcc "$@"\n'
    )
    limited.chmod(0o755)
    monkeypatch.setenv("WORKBOOK_CC", str(limited))
    assert "limited-gcc has no sanitizers here" in prepared(tree)[0].engine.not_measurable


def test_another_compiler_means_another_build(tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    prepared(tree)
    other = Compiler(Path(shutil.which("gcc") or "gcc"), "another version")
    monkeypatch.setattr(setup, "find_compiler", lambda: other)
    assert prepared(tree)[1] != []


def test_a_missing_cmake_is_named(tree: Tree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "gcc").symlink_to(shutil.which("gcc") or "/usr/bin/gcc")
    monkeypatch.setenv("PATH", str(tools))
    with pytest.raises(GraderError) as caught:
        prepared(tree)
    assert "CMake" in caught.value.message and "apt-get install cmake" in caught.value.hint
