"""Draw docs/pictures/grading.svg from the output of a real grading.

Needs python3-rich. Run it after the grader's words have changed:

    /usr/bin/python3 docs/pictures/make.py
"""

from __future__ import annotations

import os
import pty
import re
import subprocess
from pathlib import Path

from rich.console import Console
from rich.text import Text

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
KEY = "01_submit/greeter"
TRIES = ("waits_before_the_next_submit.c", None)  # None: the reference solution
COLUMNS = 84


def in_a_terminal(command: list[str]) -> str:
    """Return what a command prints to a terminal, colours included."""
    mine, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": str(COLUMNS)}
    environment.pop("NO_COLOR", None)
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdin=theirs, stdout=theirs, stderr=subprocess.DEVNULL
    ):
        os.close(theirs)
        pieces = []
        try:
            while piece := os.read(mine, 65536):
                pieces.append(piece)
        except OSError:  # Linux says so when the other end is closed
            pass
    os.close(mine)
    return b"".join(pieces).decode().replace("\r\n", "\n")


def session() -> Text:
    """Return the two gradings, each below the command that a learner would type."""
    shown = Text()
    for wrong in TRIES:
        path = f"grader/wrong/{KEY}/{wrong}" if wrong else f"solutions/{KEY}.c"
        output = in_a_terminal(["./workbook", "check", "--file", f"{KEY}={path}"])
        shown.append(f"$ ./workbook check {KEY}\n", style="bold")
        # The learner's own file, not the one that stands in for it here.
        shown.append_text(Text.from_ansi(output.replace(path, f"exercises/{KEY}.c").rstrip()))
        shown.append("\n\n")
    shown.right_crop(2)
    return shown


def main() -> None:
    """Write the picture."""
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w"), color_system="truecolor")
    console.print(session())
    svg = console.export_svg(title="a grading", font_aspect_ratio=0.61)
    # Names fonts on a server elsewhere; a monospaced one of the reader's does.
    svg = re.sub(r"@font-face \{.*?\}\s*", "", svg, flags=re.DOTALL)
    svg = svg.replace("Fira Code, monospace", "monospace")
    (HERE / "grading.svg").write_text(svg)


if __name__ == "__main__":
    main()
