"""What the terminal can show, and talking with the person in front of it."""

from __future__ import annotations

import os
import shlex
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TextIO

_BOLD, _DIM, _RED, _GREEN, _YELLOW, _CYAN = "1", "2", "31", "32", "33", "36"
_WIDEST = 100  # longer lines of text are hard to read


def is_interactive() -> bool:
    """Tell whether a person is there to read and to answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def confirm(question: str) -> bool:
    """Ask a person; everything but a clear yes is no."""
    try:
        return input(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        print()
        return False


@dataclass(frozen=True)
class Look:
    """How to dress text: colours, symbols, width. By default plain."""

    color: bool = False
    unicode: bool = False
    columns: int = 80

    @classmethod
    def of(cls, stream: TextIO, environment: Mapping[str, str] = os.environ) -> Look:
        """Return what suits a stream."""
        is_terminal = stream.isatty() and environment.get("TERM") != "dumb"
        return cls(
            color=is_terminal and not environment.get("NO_COLOR"),
            unicode=_shows_unicode(stream, environment),
            columns=shutil.get_terminal_size().columns if is_terminal else 80,
        )

    @property
    def text_width(self) -> int:
        """Return the width for running text."""
        return max(min(self.columns, _WIDEST), 20)

    def symbol(self, symbol: str, plain: str) -> str:
        """Return the symbol where it can be shown, else the plain sign."""
        return symbol if self.unicode else plain

    def bold(self, text: str) -> str:
        """Return the text in bold."""
        return self._dressed(text, _BOLD)

    def dim(self, text: str) -> str:
        """Return the text dimmed."""
        return self._dressed(text, _DIM)

    def red(self, text: str) -> str:
        """Return the text in red."""
        return self._dressed(text, _RED)

    def green(self, text: str) -> str:
        """Return the text in green."""
        return self._dressed(text, _GREEN)

    def yellow(self, text: str) -> str:
        """Return the text in yellow."""
        return self._dressed(text, _YELLOW)

    def code(self, text: str) -> str:
        """Return the text as code."""
        return self._dressed(text, _CYAN)

    def place(self, path: Path, shown: str) -> str:
        """Return a place in a file as a link, where terminals follow links."""
        if not self.color:
            return shown
        return f"\x1b]8;;{path.absolute().as_uri()}\x1b\\{self.code(shown)}\x1b]8;;\x1b\\"

    def _dressed(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.color and text else text


def _shows_unicode(stream: TextIO, environment: Mapping[str, str]) -> bool:
    """Python may write UTF-8 under LANG=C; whether it is shown is the locale's word."""
    locale = next((v for n in ("LC_ALL", "LC_CTYPE", "LANG") if (v := environment.get(n))), "")
    encoding = (getattr(stream, "encoding", None) or "").lower().replace("-", "")
    return encoding == "utf8" and "utf8" in locale.lower().replace("-", "")


def page(text: str) -> None:
    """Show a long text: through a pager in a terminal, else as it is."""
    # -F: leave at once when all fits on the screen; -X: leave the text on it.
    if not is_interactive() or not _shown_by(_pager(), text, os.environ.get("LESS", "FRX")):
        print(text)


def page_until_left(text: str) -> bool:
    """Show a text in a pager that stays until it is left; False if there is none."""
    # -c: from the top of the screen; -~: no signs below the text; -P: the prompt.
    return _shown_by(["less"], text, "Rc~Psq goes back$")


def _pager() -> list[str]:
    try:
        return shlex.split(os.environ.get("PAGER", "less"))
    except ValueError:
        return []


def _shown_by(pager: list[str], text: str, less_options: str) -> bool:
    """Run a pager in the foreground: it talks with the keyboard, as long as it likes."""
    if not pager or not shutil.which(pager[0]):
        return False
    data = f"{text}\n".encode(sys.stdout.encoding or "utf-8", errors="replace")
    usual = signal.signal(signal.SIGINT, _leave_to_the_pager)
    try:
        subprocess.run(pager, input=data, env={**os.environ, "LESS": less_options}, check=False)
    except OSError:
        return False
    finally:
        signal.signal(signal.SIGINT, usual)
    return True


def _leave_to_the_pager(number: int, frame: FrameType | None) -> None:
    """Ctrl-C in a pager is for the pager alone."""
