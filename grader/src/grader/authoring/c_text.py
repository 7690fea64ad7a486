"""Look at C source as text: comments, code without them, marked regions."""

from __future__ import annotations

import re
import textwrap
from pathlib import Path

# Texts and characters come first, so that `"//"` is not taken for a comment.
_TOKEN = re.compile(
    r"""(?P<literal>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')""" r"""|(?P<comment>//[^\n]*|/\*.*?\*/)""",
    re.DOTALL,
)
_REGION_MARK = re.compile(r"^[ \t]*// \[/?[a-z0-9_-]+\][ \t]*\n?", re.MULTILINE)


def read_text(path: Path) -> str:
    """Return a file's text, or '' when there is none: another aspect says so."""
    try:
        return path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def comments(source: str) -> list[str]:
    """Return the comments; // lines that follow each other are one."""
    found: list[str] = []
    last_end = 0
    for match in _TOKEN.finditer(source):
        if not match["comment"]:
            continue
        text = match["comment"].removeprefix("//").removeprefix("/*").removesuffix("*/").strip()
        between = source[last_end : match.start()]
        if found and not between.strip() and between.count("\n") == 1:
            found[-1] = f"{found[-1]} {text}"
        else:
            found.append(text)
        last_end = match.end()
    return found


def without_comments(source: str) -> str:
    """Return the code with each comment replaced by a blank."""
    return _TOKEN.sub(lambda match: match["literal"] or " ", source)


def without_marks(source: str) -> str:
    """Return the source without the lines that mark regions."""
    return _REGION_MARK.sub("", source)


def region(source: str, name: str) -> str | None:
    """Return the lines between `// [name]` and `// [/name]`, not indented; None if there are none."""
    match = re.search(
        rf"^[ \t]*// \[{re.escape(name)}\][ \t]*\n(.*?)^[ \t]*// \[/{re.escape(name)}\][ \t]*$",
        source,
        re.DOTALL | re.MULTILINE,
    )
    return textwrap.dedent(without_marks(match[1])) if match else None
