"""`./workbook doctor`, and packages.txt, which it reads."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import Called, call
from grader import health
from grader.errors import GraderError
from grader.packages import Package, how_to_install, read_packages
from grader.paths import HOME, Tree

_SHELL = ("sh", "env", "sed")


def _finding(called: Called, name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(f for f in called.json["findings"] if f["name"] == name)
    return found


@pytest.fixture
def bin(tmp_path: Path) -> Path:
    """Return a folder for PATH with core's commands; a test takes away what it likes."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in (*_SHELL, "gcc", "cmake", "ninja", "pkg-config", "apt-get"):
        _write(folder / name, f'PATH="{os.environ["PATH"]}" exec {shutil.which(name) or "false"} "$@"')
    return folder


def _write(program: Path, script: str) -> None:
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)


def _doctor(tiny: Path, bin: Path, *arguments: str, **environment: str) -> Called:
    return call(tiny, "doctor", *arguments, PATH=str(bin), WORKBOOK_CC="", **environment)


def test_where_all_is_there_it_says_ready(tiny: Path, bin: Path) -> None:
    called = _doctor(tiny, bin)
    assert called.code == 0
    assert called.out.splitlines()[-1] == "Ready: all that grading needs is there."


def test_json_has_what_the_text_has(tiny: Path, bin: Path) -> None:
    called = _doctor(tiny, bin, "--json")
    assert called.code == 0
    assert called.json["ready"] is True
    assert _finding(called, "cmake")["state"] == "fine"
    assert str(bin / "cmake") in _finding(called, "cmake")["found"]
    assert _finding(called, "libcunit1-dev")["found"].endswith("/CUnit/CUnit.h")
    assert "threads met" in _finding(called, "threads")["found"]


def test_each_thing_is_looked_at_once(tiny: Path, bin: Path) -> None:
    names = [finding["name"] for finding in _doctor(tiny, bin, "--json").json["findings"]]
    assert sorted(names) == sorted(set(names))


def test_a_missing_package_is_named_with_the_command_that_brings_it(tiny: Path, bin: Path) -> None:
    (bin / "ninja").unlink()
    called = _doctor(tiny, bin, "--json")
    assert (called.code, called.json["ready"]) == (1, False)
    finding = _finding(called, "ninja-build")
    assert finding["state"] == "missing"
    assert finding["advice"] == "apt-get install --no-install-recommends ninja-build"
    assert "apt-get install --no-install-recommends ninja-build" in _doctor(tiny, bin).out.splitlines()[-1]


def test_without_a_compiler_the_rest_is_still_examined(tiny: Path, bin: Path) -> None:
    (bin / "gcc").unlink()
    called = _doctor(tiny, bin, "--json")
    assert called.code == 1
    assert _finding(called, "compiler")["state"] == "missing"
    assert _finding(called, "libc6-dev")["state"] == "missing"  # nobody can tell
    assert _finding(called, "cmake")["state"] == "fine"


def test_a_compiler_that_does_not_work_is_found_out(tiny: Path, bin: Path) -> None:
    _write(bin / "gcc", 'echo "gcc: fatal error: no ld"; exit 1')
    called = _doctor(tiny, bin, "--json")
    assert called.code == 1
    assert "no ld" in _finding(called, "threads")["found"]


def test_a_program_that_does_not_run_is_found_out(tiny: Path, bin: Path) -> None:
    bad = 'printf "#!/bin/sh\\nexit 4\\n" >meet && /bin/chmod +x meet'
    _write(bin / "gcc", f'case " $* " in *" meet "*) {bad} ;; esac')
    called = _doctor(tiny, bin, "--json")
    assert called.code == 1
    assert "status 4" in _finding(called, "threads")["found"]
    assert "TMPDIR" in _finding(called, "threads")["advice"]


def test_what_only_selftest_needs_does_not_hinder(tiny: Path, bin: Path) -> None:
    called = _doctor(tiny, bin, "--json")
    assert _finding(called, "shellcheck")["state"] == "missing"
    assert "./workbook selftest" in _finding(called, "shellcheck")["advice"]
    assert called.code == 0


def test_what_only_the_explorers_authors_need_is_no_fault(tiny: Path, bin: Path) -> None:
    called = _doctor(tiny, bin, "--json")
    assert _finding(called, "qemu-user")["state"] == "note"
    assert "qemu-user" in _finding(called, "qemu-user")["advice"]
    assert called.code == 0


def test_a_folder_that_cannot_be_written_hinders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda path, mode: False)  # root may write anywhere
    finding = health._folder(Tree(tmp_path))
    assert finding.hinders
    assert f"{tmp_path} can't be written" in finding.found


def test_without_utf8_plain_signs_are_used_and_it_says_so(tiny: Path, bin: Path) -> None:
    called = _doctor(tiny, bin, LC_ALL="C", PYTHONCOERCECLOCALE="0")
    assert called.out.isascii()
    assert "plain signs" in called.out


# ----- packages.txt -----


def test_the_list_can_be_read() -> None:
    packages = read_packages(HOME / "packages.txt")
    assert {package.group for package in packages} == {"core", "selftest", "cross"}
    assert all(len(package.names) == 4 for package in packages)


def test_a_line_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / "packages.txt"
    file.write_text("# head\ncore gcc gcc gcc gcc gcc compiles\n")
    with pytest.raises(GraderError, match="packages.txt:2"):
        read_packages(file)


@pytest.mark.parametrize(
    ("manager", "command"),
    [("dnf", "dnf install c d"), ("zypper", "zypper install f"), ("nothing", "in Debian: a")],
)
def test_each_system_has_its_own_command(
    manager: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _write(tmp_path / manager, "")
    monkeypatch.setenv("PATH", str(tmp_path))
    package = Package("core", ("a", "c,d", "e", "f"), "command:x", "is needed")
    assert how_to_install([package]) == command
