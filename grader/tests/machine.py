"""A machine for the launcher's tests: a PATH of its own, on which little is there.

Programs are small scripts; apt-get copies from `archive`. What is called is
written down in `log`.
"""

from __future__ import annotations

import fcntl
import os
import pty
import select
import shutil
import signal
import subprocess
import sys
import termios
import time
from pathlib import Path

from conftest import Called

HOME = Path(__file__).parents[2]
PATIENCE = 60.0  # seconds after which a test gives up; no verdict depends on it
CORE = ("gcc", "libc6-dev", "cmake", "ninja-build", "pkg-config", "libcunit1-dev", "python3")

# What the launcher may use of the system, as POSIX has it.
_TOOLS = ("cat", "cksum", "cut", "env", "mkdir", "mv", "readlink", "sed", "setsid", "sh", "tail", "tr")

_GRADER = """
import json, os, signal, sys
names = ("WORKBOOK_ROOT", "WORKBOOK_NO_INSTALL", "PYTHONPYCACHEPREFIX", "PYTHONDONTWRITEBYTECODE")
seen = {name: os.environ.get(name) for name in names}
seen["ctrl-c works"] = signal.getsignal(signal.SIGINT) is signal.default_int_handler
print(json.dumps({"arguments": sys.argv[1:], "python": sys.executable, **seen}))
raise SystemExit(7)
"""

_SCRIPTS = {
    # Knows the headers that are in `include`.
    "gcc": """
        header=$(sed -n 's/^#include <\\(.*\\)>$/\\1/p')
        [ -e "$MACHINE/include/$header" ]
    """,
    "apt-get": """
        [ ! -e "$MACHINE/broken" ] || { echo "E: no space left"; exit 100; }
        case " $* " in *" update "*) touch "$MACHINE/lists"; exit 0 ;; esac
        [ -e "$MACHINE/lists" ] || { echo "E: Unable to locate package"; exit 100; }
        case " $* " in *" --download-only "*) exit 0 ;; esac
        [ ! -e "$MACHINE/waits" ] || "$MACHINE/patience" || exit 100
        while [ "$1" != install ]; do shift; done
        shift
        for package in "$@"; do cp -R "$MACHINE/archive/$package/." "$MACHINE"; done
    """,
    "sudo": '[ "$1" != -n ] || shift; exec "$@"',
    "python3": f'exec "{sys.executable}" "$@"',
    "old-python": "exit 1",
    "uname": """
        [ "$1" = -s ] || more=" ${HOST:-here} x86_64"
        echo "${SYSTEM:-Linux}$more"
    """,
    "id": 'echo "${USER_ID:-0}"',
}

# A program that ends when the file `go` is there, and is stopped by Ctrl-C even
# if its parent ignores that, as apt-get is.
_PATIENCE = f"""#!{sys.executable} -I
import os, signal, time
signal.signal(signal.SIGINT, signal.SIG_DFL)
folder = os.environ["MACHINE"]
open(f"{{folder}}/waiting", "w").close()
while not os.path.exists(f"{{folder}}/go"):
    time.sleep(0.01)
"""

_PACKAGES = {
    "gcc": ["bin/gcc"],
    "libc6-dev": ["include/pthread.h"],
    "cmake": ["bin/cmake"],
    "ninja-build": ["bin/ninja"],
    "pkg-config": ["bin/pkg-config"],
    "libcunit1-dev": ["include/CUnit/CUnit.h"],
    "python3": ["usr/bin/python3"],
}


class Machine:
    """A machine, and a clone of the workbook on it whose grader only says how it was called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tree = folder / "home" / "Übung mit Blank"
        self._environment: dict[str, str] = {}
        for package, files in _PACKAGES.items():
            for file in files:
                self._write_program(folder / "archive" / package / file)
        (folder / "bin").mkdir()
        (folder / "tools").mkdir()
        for tool in (*_TOOLS, "cp", "touch", "true"):
            (folder / "tools" / tool).symlink_to(_path_of(tool))
        self.has("bin/uname", "bin/id", "bin/apt-get")
        (folder / "lists").touch()
        (folder / "patience").write_text(_PATIENCE)
        (folder / "patience").chmod(0o755)
        self._clone()

    def _clone(self) -> None:
        package = self.tree / "grader" / "src" / "grader"
        package.mkdir(parents=True)
        (package / "__init__.py").touch()
        (package / "__main__.py").write_text(_GRADER)
        shutil.copy(HOME / "packages.txt", self.tree)
        text = (HOME / "workbook").read_text()
        self.launcher = self.tree / "workbook"
        self.launcher.write_text(text.replace("/usr/bin/python3", f"{self.folder}/usr/bin/python3"))
        self.launcher.chmod(0o755)

    def has(self, *files: str) -> None:
        """Put programs in place."""
        for file in files:
            self._write_program(self.folder / file)

    def has_packages(self, *packages: str) -> None:
        """Put in place what these packages bring."""
        for package in packages:
            shutil.copytree(self.folder / "archive" / package, self.folder, dirs_exist_ok=True)

    def lacks(self, file: str) -> None:
        """Remove a program."""
        (self.folder / file).unlink()

    def _write_program(self, path: Path, script: str | None = None) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        body = _SCRIPTS.get(path.name, "exit 0") if script is None else script
        path.write_text(f'#!/bin/sh\necho "{path.name} $*" >>"{self.folder}/log"\n{body}\n')
        path.chmod(0o755)

    def program(self, file: str, script: str) -> Path:
        """Put a program of the test's own in place."""
        self._write_program(self.folder / file, script)
        return self.folder / file

    def is_for(self, **environment: str) -> None:
        """Set variables for all calls."""
        self._environment.update(environment)

    @property
    def log(self) -> list[str]:
        """Return what was called since the machine was made."""
        log = self.folder / "log"
        return log.read_text().splitlines() if log.exists() else []

    @property
    def installed(self) -> list[str]:
        """Return the packages that apt-get was asked to install, not just to fetch."""
        calls = [line for line in self.log if line.startswith("apt-get") and " install " in line]
        return [p for c in calls if "--download-only" not in c for p in c.partition(" install ")[2].split()]

    def waits_for(self, file: str) -> None:
        """Wait until a program has made this file."""
        end = time.monotonic() + PATIENCE
        while not (self.folder / file).exists():
            assert time.monotonic() < end, f"{file} does not come"
            time.sleep(0.01)

    def environment(self) -> dict[str, str]:
        """Return what a program on this machine sees."""
        return {
            "PATH": f"{self.folder}/bin:{self.folder}/tools",
            "MACHINE": str(self.folder),
            "LC_ALL": "C.UTF-8",
            **self._environment,
        }

    def calls(self, *arguments: str, launcher: Path | str | None = None, cwd: Path | None = None) -> Called:
        """Start the launcher without a terminal."""
        done = subprocess.run(
            [launcher or self.launcher, *arguments],
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=self.environment(),
            cwd=cwd or self.folder,
            preexec_fn=_as_usual,
            timeout=PATIENCE,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    def answers(self, keys: str) -> tuple[int, str]:
        """Start the launcher in a terminal in which somebody types; return the exit code and the screen."""
        with Terminal(self) as terminal:
            terminal.types(keys)
            return terminal.ends(), terminal.seen


class Terminal:
    """The launcher in a terminal of its own."""

    def __init__(self, machine: Machine) -> None:
        self.seen = ""
        self._screen, inside = pty.openpty()
        self._process = subprocess.Popen(
            [machine.launcher, "list"],
            stdin=inside,
            stdout=inside,
            stderr=inside,
            env=machine.environment(),
            start_new_session=True,
            preexec_fn=_in_this_terminal,
        )
        os.close(inside)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._screen)
        self._process.kill()
        self._process.wait()

    def types(self, keys: str) -> None:
        """Type."""
        os.write(self._screen, keys.encode())

    def reads(self, words: str) -> None:
        """Wait until the screen has shown these words."""
        while words not in self.seen and self._read():
            pass
        assert words in self.seen, self.seen

    def ends(self) -> int:
        """Wait until the launcher has ended; return its exit code."""
        while self._read():
            pass
        return self._process.wait(PATIENCE)

    def _read(self) -> bool:
        ready, _, _ = select.select([self._screen], [], [], PATIENCE)
        assert ready, f"nothing happens any more; the screen shows:\n{self.seen}"
        try:
            piece = os.read(self._screen, 65536)
        except OSError:  # the last one has left the terminal
            return False
        self.seen += piece.decode(errors="replace")
        return bool(piece)


def _as_usual() -> None:
    """React to Ctrl-C, even if these tests were started in the background."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def _in_this_terminal() -> None:
    _as_usual()
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


def _path_of(tool: str) -> str:
    path = shutil.which(tool)
    assert path, f"{tool} is missing here"
    return path
