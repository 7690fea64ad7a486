"""A learner for the tests: a course of their own, a command line, a terminal."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import select
import subprocess
import sys
import termios
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from conftest import SOURCES, Called

FAKE = Path(__file__).parent / "fake_grader.py"
KEY = "01_tiny/twice"
OTHER = "01_tiny/together"
PATIENCE = 60.0  # seconds after which a test gives up; no verdict depends on it


def fake(*arguments: str) -> list[str]:
    """Return the command line with the grader that only reads."""
    return [sys.executable, str(FAKE), *arguments]


def environment(root: Path, **more: str) -> dict[str, str]:
    """Return an environment in which nothing of this machine's user shines through."""
    usual = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "PAGER", "LESS")}
    course = {"PYTHONPATH": str(SOURCES), "WORKBOOK_ROOT": str(root)}
    return {**usual, **course, "TERM": "xterm", "LC_ALL": "C.UTF-8", **more}


class Learner:
    """Somebody who works through the tiny course."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def file(self, key: str = KEY) -> Path:
        """Return the file of an exercise."""
        return self.root / "exercises" / f"{key}.c"

    def saves(self, text: str, key: str = KEY) -> None:
        """Save a file in place."""
        self.file(key).write_text(text)

    def calls(self, *arguments: str, cwd: Path | None = None, **more: str) -> Called:
        """Call the command line without a terminal."""
        done = subprocess.run(
            fake(*arguments),
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=environment(self.root, **more),
            cwd=cwd or self.root,
            timeout=PATIENCE,
        )
        return Called(done.returncode, done.stdout, done.stderr)

    def standing(self, key: str = KEY) -> dict[str, Any]:
        """Return what the state file says of an exercise."""
        state = json.loads((self.root / ".workbook" / "state.json").read_text())
        found: dict[str, Any] = state["exercises"][key]
        return found


class Terminal:
    """A program in a terminal of its own; use it in a `with` statement."""

    def __init__(self, command: Sequence[str], cwd: Path, env: dict[str, str]) -> None:
        self._screen, self._inside = pty.openpty()
        self._seen = ""
        self._process = subprocess.Popen(
            command,
            stdin=self._inside,
            stdout=self._inside,
            stderr=self._inside,
            env=env,
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> Terminal:
        """Return the terminal."""
        return self

    def __exit__(self, *_: object) -> None:
        """End whatever still runs."""
        self._process.kill()
        self._process.wait()
        os.close(self._screen)
        os.close(self._inside)

    @property
    def pid(self) -> int:
        """Return the program's process id."""
        return self._process.pid

    def types(self, keys: str) -> None:
        """Type."""
        os.write(self._screen, keys.encode())

    def shows(self, text: str) -> str:
        """Wait until the text appears; return all that came before and with it."""
        deadline = time.monotonic() + PATIENCE
        while text not in self._seen:
            ready, _, _ = select.select([self._screen], [], [], deadline - time.monotonic())
            assert ready, f"'{text}' did not appear; on the screen: {self._seen}"
            self._seen += os.read(self._screen, 65536).decode(errors="replace")
        end = self._seen.index(text) + len(text)
        shown, self._seen = self._seen[:end], self._seen[end:]
        return shown

    def ends(self) -> int:
        """Wait for the program's end and return its exit status."""
        return self._process.wait(PATIENCE)

    def is_as_usual(self) -> bool:
        """Tell whether the terminal echoes and collects lines."""
        flags: int = termios.tcgetattr(self._inside)[3]
        return flags & (termios.ECHO | termios.ICANON) == termios.ECHO | termios.ICANON
