"""./workbook: every machine that it may find itself on."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from machine import CORE, Machine, Terminal

GRADERS_OWN = 7  # the fake grader's exit code: the launcher passes it on

# A Python that has a module more than the one that runs this.
_PYTHON_WITH_WONDER = """
    [ "$1 $2" = "-I -c" ] || exec "$MACHINE/archive/python3/usr/bin/python3" "$@"
    code="import sys; sys.modules['wonder'] = sys; sys.executable = '$0'
$3"
    shift 3
    exec "$MACHINE/archive/python3/usr/bin/python3" -I -c "$code" "$@"
"""


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return a machine that has nothing of what is needed."""
    return Machine(tmp_path)


@pytest.fixture
def ready(machine: Machine) -> Machine:
    """Return a machine that has all of core."""
    machine.has_packages(*CORE)
    return machine


# ----- nothing is missing -----


def test_the_grader_gets_the_arguments_as_they_are(ready: Machine) -> None:
    called = ready.calls("check", "a b", "*", "--json")
    assert called.code == GRADERS_OWN
    assert called.json["arguments"] == ["check", "a b", "*", "--json"]
    assert called.json["WORKBOOK_ROOT"] == str(ready.tree)
    assert called.json["PYTHONPYCACHEPREFIX"] == f"{ready.tree}/build/pycache"
    assert called.err == ""


def test_what_python_compiled_is_kept_whatever_is_wanted_elsewhere(ready: Machine) -> None:
    ready.is_for(PYTHONDONTWRITEBYTECODE="1")
    assert ready.calls("list").json["PYTHONDONTWRITEBYTECODE"] is None


def test_a_second_start_looks_at_nothing_but_the_stamp(ready: Machine) -> None:
    ready.calls("list")
    before = ready.log
    ready.calls("list")
    assert ready.log[len(before) :] == ["uname -snm"]


def test_another_list_of_packages_is_looked_through(ready: Machine) -> None:
    ready.calls("list")
    with (ready.tree / "packages.txt").open("a") as packages:
        packages.write("core new command:new new new new is new\n")
    called = ready.calls("--offline", "list")
    assert (called.code, "is new" in called.err) == (3, True)


def test_another_machine_with_the_same_tree_is_looked_at(ready: Machine) -> None:
    ready.calls("list")
    ready.lacks("bin/cmake")
    ready.is_for(HOST="elsewhere")
    assert "cmake" in ready.calls("--offline", "list").err


def test_a_python_that_has_gone_is_replaced(ready: Machine) -> None:
    gone = ready.program("bin/python3.12", 'echo "$0"')
    ready.is_for(WORKBOOK_PYTHON=str(gone))
    ready.calls("list")
    gone.unlink()
    assert ready.calls("list").code == GRADERS_OWN


def test_it_starts_from_anywhere(ready: Machine, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(ready.launcher)
    assert ready.calls("list", launcher=link).json["WORKBOOK_ROOT"] == str(ready.tree)
    assert ready.calls("list", launcher="./workbook", cwd=ready.tree).code == GRADERS_OWN


def test_a_module_in_the_current_folder_is_not_taken_for_pythons(ready: Machine) -> None:
    (ready.folder / "json.py").write_text("raise SystemExit('taken')")
    assert ready.calls("list").code == GRADERS_OWN


# ----- Debian and its kin -----


def test_what_is_missing_is_named_and_then_installed(machine: Machine) -> None:
    called = machine.calls("list", "--json")
    assert called.code == GRADERS_OWN
    assert called.json["arguments"] == ["list", "--json"]  # nothing else on standard output
    assert called.json["ctrl-c works"]
    assert machine.installed == list(CORE)
    assert "libcunit1-dev    the unit tests are written with it" in called.err


def test_only_what_is_missing_is_installed(ready: Machine) -> None:
    ready.lacks("include/CUnit/CUnit.h")
    ready.lacks("bin/ninja")
    ready.calls("list")
    assert ready.installed == ["ninja-build", "libcunit1-dev"]


def test_a_compiler_that_is_not_gcc_will_do(ready: Machine) -> None:
    (ready.folder / "bin" / "gcc").rename(ready.folder / "bin" / "clang")
    ready.calls("list")
    assert ready.installed == []


def test_it_is_fetched_before_anything_is_changed(machine: Machine) -> None:
    machine.calls("list")
    first, second = (line for line in machine.log if line.startswith("apt-get"))
    assert "--download-only" in first
    assert "--download-only" not in second
    for call in (first, second):
        assert "--no-install-recommends" in call


def test_ctrl_c_does_not_stop_an_installation_halfway(machine: Machine) -> None:
    (machine.folder / "waits").touch()
    with Terminal(machine) as terminal:
        terminal.types("y\n")
        terminal.reads("Installing")
        machine.waits_for("waiting")
        terminal.types("\x03")
        terminal.reads("^C")  # shown when it has been sent
        (machine.folder / "go").touch()
        assert terminal.ends() == GRADERS_OWN
    assert machine.installed == list(CORE)


def test_ctrl_c_stops_the_fetching(machine: Machine) -> None:
    machine.program("bin/apt-get", 'exec "$MACHINE/patience"')
    with Terminal(machine) as terminal:
        terminal.types("y\n")
        terminal.reads("Fetching")
        machine.waits_for("waiting")
        terminal.types("\x03")
        assert terminal.ends() == -signal.SIGINT


def test_missing_lists_are_fetched_first(machine: Machine) -> None:
    (machine.folder / "lists").unlink()
    called = machine.calls("list")
    assert called.code == GRADERS_OWN
    assert "apt-get -q update" in machine.log
    assert "Fetching the lists of packages first" in called.err


def test_a_failure_shows_why_and_the_command(machine: Machine) -> None:
    (machine.folder / "broken").touch()
    called = machine.calls("list")
    assert called.code == 3
    assert "E: no space left" in called.err
    assert "apt-get install --no-install-recommends gcc libc6-dev" in called.err
    assert called.out == ""


def test_a_package_that_does_not_bring_what_it_should_is_named(machine: Machine) -> None:
    (machine.folder / "archive/cmake/bin/cmake").unlink()
    called = machine.calls("list")
    assert called.code == 3
    assert "still not found" in called.err
    assert "cmake" in called.err.partition("still not found")[2]


def test_a_user_with_sudo_installs_by_it(machine: Machine) -> None:
    machine.has("bin/sudo")
    machine.is_for(USER_ID="1000")
    assert machine.calls("list").code == GRADERS_OWN
    assert any(line.startswith("sudo env DEBIAN_FRONTEND=noninteractive apt-get") for line in machine.log)


def test_without_a_terminal_sudo_is_not_let_ask_for_a_password(machine: Machine) -> None:
    machine.program("bin/sudo", '[ "$1" != -n ]')
    machine.is_for(USER_ID="1000")
    called = machine.calls("list")
    assert (called.code, machine.installed) == (3, [])
    assert "sudo apt-get install --no-install-recommends gcc" in called.err


def test_a_user_without_sudo_is_told_the_command(machine: Machine) -> None:
    machine.is_for(USER_ID="1000")
    called = machine.calls("list")
    assert (called.code, machine.installed) == (3, [])
    assert "Only an administrator can install it, with:\n    apt-get install" in called.err


@pytest.mark.parametrize("keys", ["\n", "y\n"])
def test_in_a_terminal_it_asks_and_yes_is_the_default(machine: Machine, keys: str) -> None:
    code, screen = machine.answers(keys)
    assert (code, machine.installed) == (GRADERS_OWN, list(CORE))
    assert "Install it now, with apt-get? [Y/n]" in screen


@pytest.mark.parametrize("keys", ["n\n", "No\n", "\x04"])
def test_in_a_terminal_no_and_the_end_of_input_install_nothing(machine: Machine, keys: str) -> None:
    code, screen = machine.answers(keys)
    assert (code, machine.installed) == (3, [])
    assert "Nothing was installed. The command is:" in screen


def test_offline_nothing_is_installed(machine: Machine) -> None:
    called = machine.calls("--offline", "list")
    assert (called.code, machine.installed) == (3, [])
    assert "apt-get install --no-install-recommends gcc" in called.err
    machine.is_for(WORKBOOK_NO_INSTALL="1")
    assert machine.calls("list").code == 3
    assert machine.installed == []


def test_offline_is_not_the_graders_argument(ready: Machine) -> None:
    called = ready.calls("--offline", "list")
    assert called.json["arguments"] == ["list"]
    assert called.json["WORKBOOK_NO_INSTALL"] == "1"


# ----- other systems -----


@pytest.mark.parametrize(
    ("manager", "command"),
    [
        ("dnf", "dnf install gcc libasan libubsan glibc-devel"),
        ("pacman", "pacman -S --needed gcc glibc"),
        ("zypper", "zypper install gcc glibc-devel"),
    ],
)
def test_other_linux_systems_name_what_is_missing(machine: Machine, manager: str, command: str) -> None:
    machine.lacks("bin/apt-get")
    machine.has(f"bin/{manager}")
    called = machine.calls("list")
    assert called.code == 3
    assert command in called.err
    assert not any(line.startswith(manager) for line in machine.log)


def test_an_unknown_linux_system_gets_debians_names(machine: Machine) -> None:
    machine.lacks("bin/apt-get")
    called = machine.calls("list")
    assert called.code == 3
    assert "libcunit1-dev    the unit tests are written with it" in called.err
    assert "its names in Debian" in called.err


@pytest.mark.parametrize(
    ("system", "words"), [("Darwin", "macOS"), ("MINGW64_NT-10.0", "WSL 2"), ("FreeBSD", "FreeBSD")]
)
def test_macos_windows_and_others_are_led_to_linux(ready: Machine, system: str, words: str) -> None:
    ready.is_for(SYSTEM=system)
    called = ready.calls("check")
    assert called.code == 3
    assert len(called.err.splitlines()) == 3
    assert words in called.err
    assert "dev container" in called.err


# ----- which Python -----


def test_the_systems_python_comes_before_one_on_path(ready: Machine) -> None:
    for place in ("usr/bin/python3", "bin/python3"):
        ready.program(place, _PYTHON_WITH_WONDER)  # says that it is itself
    ready.calls("list")
    python = (ready.tree / "build" / "ready-core").read_text().splitlines()[1]
    assert python == f"{ready.folder}/usr/bin/python3"


def test_a_python_that_is_too_old_is_passed_over(ready: Machine) -> None:
    ready.program("usr/bin/python3", "exit 1")
    ready.program("bin/python3", "exit 1")
    newer = ready.program("bin/python3.12", f'exec "{ready.folder}/archive/python3/usr/bin/python3" "$@"')
    assert ready.calls("list").code == GRADERS_OWN
    assert any(line.startswith(newer.name) for line in ready.log)


def test_workbook_python_is_preferred(ready: Machine) -> None:
    mine = ready.program("mine", f'exec "{ready.folder}/archive/python3/usr/bin/python3" "$@"')
    ready.is_for(WORKBOOK_PYTHON=str(mine))
    ready.calls("list")
    assert any(line.startswith("mine -I -c") for line in ready.log)


def test_a_python_that_will_not_do_leads_to_the_systems(ready: Machine) -> None:
    ready.is_for(WORKBOOK_PYTHON=str(ready.program("mine", "exit 1")))
    called = ready.calls("list")
    assert called.code == GRADERS_OWN
    assert "note: WORKBOOK_PYTHON is not used" in called.err


def test_the_real_interpreter_is_started_not_a_shim(ready: Machine) -> None:
    ready.calls("list")
    python = (ready.tree / "build" / "ready-core").read_text().splitlines()[1]
    assert python != f"{ready.folder}/usr/bin/python3"  # that is a shim here
    assert ready.calls("list").json["python"] == python


# ----- a group that is fetched when it is first needed -----


def _needs_a_module(machine: Machine) -> None:
    machine.program("archive/python3-wonder/usr/bin/python3", _PYTHON_WITH_WONDER)
    (machine.tree / "packages.txt").write_text(
        "core python3 python:3.11 - - - runs the grader\n"
        "selftest python3-wonder module:wonder - - - a wonder\n"
    )


def test_selftest_fetches_its_own_group_once(ready: Machine) -> None:
    _needs_a_module(ready)
    assert ready.calls("list").code == GRADERS_OWN
    assert ready.installed == []
    assert ready.calls("selftest").code == GRADERS_OWN
    assert ready.calls("selftest").code == GRADERS_OWN
    assert ready.installed == ["python3-wonder"]


def test_selftest_fetches_nothing_for_a_release_that_has_none(ready: Machine) -> None:
    _needs_a_module(ready)
    (ready.tree / "RELEASE").touch()
    assert ready.calls("selftest").code == GRADERS_OWN
    assert ready.installed == []


def test_a_compiler_without_its_sanitizers_gets_them(ready: Machine) -> None:
    with (ready.tree / "packages.txt").open("a") as packages:
        packages.write("core runtime sanitizers:clang - - - finds what is misused\n")
    ready.program("bin/clang", 'case " $* " in *" -fsanitize="*) [ -e "$MACHINE/lib/runtime" ] ;; esac')
    ready.program("archive/runtime/lib/runtime", "")
    assert ready.calls("list").code == GRADERS_OWN
    assert ready.installed == ["runtime"]


def test_for_selftest_a_python_with_its_modules_is_sought(ready: Machine) -> None:
    _needs_a_module(ready)
    ready.program("bin/python3.11", _PYTHON_WITH_WONDER)
    assert ready.calls("selftest").code == GRADERS_OWN
    assert ready.installed == []


# ----- a tree that can't be written, and what works all the same -----


def test_a_build_folder_that_cannot_be_made_is_named(ready: Machine) -> None:
    (ready.tree / "build").write_text("in the way")
    called = ready.calls("check")
    assert called.code == 3
    assert f"{ready.tree}/build can't be written" in called.err


@pytest.mark.parametrize("command", ["doctor", "help", "--help"])
def test_doctor_and_help_install_nothing(machine: Machine, command: str) -> None:
    machine.has_packages("python3")
    assert machine.calls(command).json["arguments"] == [command]
    assert machine.installed == []


def test_doctor_without_a_python_names_what_is_missing(machine: Machine) -> None:
    called = machine.calls("doctor")
    assert (called.code, machine.installed) == (3, [])
    assert "python3          3.11 or newer; runs the grader" in called.err


def test_without_packages_txt_it_asks_for_a_whole_clone(ready: Machine) -> None:
    (ready.tree / "packages.txt").unlink()
    called = ready.calls("list")
    assert called.code == 3
    assert "Is this a whole clone?" in called.err
