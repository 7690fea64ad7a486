"""`dev coverage`: counts what tests run of a library, and says when it is too little."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.authoring import coverage
from grader.authoring.coverage import LEAST_BRANCHES, LEAST_LINES, find_tools, measure
from grader.authoring.gcov import File, Line, Share
from grader.cli import main
from grader.commands import dev_coverage
from grader.errors import GraderError

# One function in two libraries, as the library's ports are; each test runs another half of it.
CMAKE = """
cmake_minimum_required(VERSION 3.22)
project(tiny LANGUAGES C)
enable_testing()
foreach(side left right)
    add_library(${side} STATIC src/sides.c)
    add_executable(test_${side} tests/${side}.c)
    target_link_libraries(test_${side} PRIVATE ${side})
    add_test(NAME ${side} COMMAND test_${side})
    set_tests_properties(${side} PROPERTIES LABELS cfutures)
endforeach()
add_test(NAME tiny_compile_gcc COMMAND false)
set_tests_properties(tiny_compile_gcc PROPERTIES LABELS cfutures)
"""
SIDES = """int side(int x)
{
    if (x < 0) {
        return -1;
    }
    return 1;
}

int never(void)
{
    return 0;
}
"""


def _library(root: Path, left: str, right: str) -> Path:
    for name, text in (
        ("CMakeLists.txt", CMAKE),
        ("src/sides.c", SIDES),
        ("tests/left.c", f"int side(int x);\nint main(void) {{ return {left}; }}\n"),
        ("tests/right.c", f"int side(int x);\nint main(void) {{ return {right}; }}\n"),
    ):
        path = root / "tiny library" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return root / "tiny library"


def _measured(library: Path, build: Path) -> File:
    [file] = measure(library, build, 1, lambda words: None)
    return file


def test_what_either_build_of_a_file_ran_was_run(tmp_path: Path) -> None:
    library = _library(tmp_path, left="side(-5) != -1", right="side(5) != 1")
    file = _measured(library, tmp_path / "build")
    assert file.name == "sides.c"
    assert (file.lines, file.branches) == (Share(4, 6), Share(2, 2))
    assert list(file.missed) == [(9, "never run"), (11, "never run")]


def test_what_neither_ran_is_named_and_old_counts_are_forgotten(tmp_path: Path) -> None:
    _measured(_library(tmp_path, left="side(-5) != -1", right="side(5) != 1"), tmp_path / "build")
    file = _measured(_library(tmp_path, left="side(5) != 1", right="side(5) != 1"), tmp_path / "build")
    assert (file.lines, file.branches) == (Share(3, 6), Share(1, 2))
    assert list(file.missed)[:2] == [(3, "1 of 2 branches never taken"), (4, "never run")]


def test_a_failing_test_is_no_measure(tmp_path: Path) -> None:
    library = _library(tmp_path, left="side(-5)", right="0")
    with pytest.raises(GraderError, match="can't be tested") as error:
        measure(library, tmp_path / "build", 1, lambda words: None)
    assert "left" in error.value.message


def test_a_library_that_does_not_compile_says_so(tmp_path: Path) -> None:
    library = _library(tmp_path, left="0", right="0")
    (library / "src" / "sides.c").write_text("int side(int x) { return y; }\n")
    with pytest.raises(GraderError, match="can't be built") as error:
        measure(library, tmp_path / "build", 1, lambda words: None)
    assert "undeclared" in error.value.message


def test_without_gcc_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coverage.shutil, "which", lambda name: None)
    with pytest.raises(GraderError, match="gcc was not found"):
        find_tools()


def _file(lines_run: int, branches_run: int) -> File:
    """Return a file of 100 lines, each with a branch."""
    numbered = {i: Line(int(i <= lines_run), [int(i <= branches_run)]) for i in range(1, 101)}
    return File("whole.c", numbered)


@pytest.mark.parametrize(
    ("lines", "branches", "code"),
    [
        (LEAST_LINES, LEAST_BRANCHES, 0),
        (100, 100, 0),
        (LEAST_LINES - 1, 100, 1),
        (100, LEAST_BRANCHES - 1, 1),
    ],
)
def test_the_exit_code_says_whether_it_is_enough(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    lines: float,
    branches: float,
    code: int,
) -> None:
    file = _file(int(lines), int(branches))
    monkeypatch.setattr(dev_coverage, "measure", lambda *_: [file])
    assert main(["dev", "coverage"]) == code
    out = capsys.readouterr().out
    assert f"{int(lines)} of 100" in out and ("Too few" in out) == (code == 1)


def test_the_total_is_of_all_files(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [File("a.c", {1: Line(1, [])}), File("b.c", {1: Line(1, []), 2: Line(0, [])})]
    monkeypatch.setattr(dev_coverage, "measure", lambda *_: files)
    assert main(["dev", "coverage", "--missed"]) == 1
    out = capsys.readouterr().out
    assert ["total", *"2 of 3 66.7 % 0 of 0 100.0 %".split()] in [line.split() for line in out.splitlines()]
    assert "b.c:2: never run" in out


def test_the_goals_are_those_of_the_project() -> None:
    assert (LEAST_LINES, LEAST_BRANCHES) == (95.0, 85.0)
