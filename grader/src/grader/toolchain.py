"""Find the C compiler, and say what to install when there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.errors import GraderError

_CANDIDATES = ("gcc", "clang")


@dataclass(frozen=True)
class Compiler:
    """A C compiler of this machine."""

    path: Path
    identity: str  # changes when another compiler, or another version, is used

    @property
    def name(self) -> str:
        """Return what messages call it."""
        return self.path.name


def find_compiler(environment: Mapping[str, str] = os.environ) -> Compiler:
    """Return the compiler that WORKBOOK_CC names, else gcc, else clang."""
    wanted = environment.get("WORKBOOK_CC", "")
    search = environment.get("PATH", os.defpath)
    for name in [wanted] if wanted else _CANDIDATES:
        found = shutil.which(name, path=search)
        if found:
            return _compiler(Path(found))
    if wanted:
        raise GraderError(
            f"WORKBOOK_CC names '{wanted}', which was not found.", "Unset it, or name gcc or clang."
        )
    raise GraderError(
        "No C compiler was found.", "Install gcc: `apt-get install gcc`, or see `./workbook doctor`."
    )


def _compiler(path: Path) -> Compiler:
    """Identify a compiler without starting it: that would cost 20 ms each time."""
    real = path.resolve()
    facts = real.stat()
    return Compiler(path, f"{real} {facts.st_size} {facts.st_mtime_ns}")
