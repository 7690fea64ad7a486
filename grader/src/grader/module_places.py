"""Turn addresses in the runner's words into files and lines.

The runner knows where a thread waits only as `{MODULE+0xOFFSET}`; what it was
compiled from, the module's debug information tells. `docs/runner.md` has the form.
An explored program is such a module, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from grader.run import Limits, run
from grader.runner import Record

_ADDRESS = re.compile(r"(?P<before>, at )?\{(?P<module>[^{}+]+)\+0x(?P<offset>[0-9a-f]+)\}")
_LIMITS = Limits(seconds=20)


def placed(record: Record, modules: Sequence[Path]) -> Record:
    """Return the record with a place for each address in its words."""
    failures = tuple(replace(one, message=with_places(one.message, modules)) for one in record.failures)
    return replace(record, message=with_places(record.message, modules), failures=failures)


def with_places(message: str, modules: Sequence[Path]) -> str:
    """Return the message with `file:line` for each address; what can't be told is left out."""
    by_name = {module.name: module for module in modules}

    def place(match: re.Match[str]) -> str:
        module = by_name.get(match["module"])
        found = _line(module, int(match["offset"], 16)) if module else ""
        return f"{match['before'] or ''}{found}" if found else ""

    return _ADDRESS.sub(place, message)


def _line(module: Path, offset: int) -> str:
    """Return where the call is that returns to this offset, if that is in the exercise: not in cfutures."""
    finished = run(["addr2line", "-e", module, f"{offset - 1:#x}"], _LIMITS, cwd=module.parent)
    found = re.match(r"(?:\./)*(?P<place>[^?/\s][^:\n]*:\d+)", finished.output)
    return found["place"] if found and finished.status == 0 else ""
