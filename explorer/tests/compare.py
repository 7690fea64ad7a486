"""Compare the explorer with what else finds concurrency bugs, on the collection.

    PYTHONPATH=grader/src python3 explorer/tests/compare.py > docs/explorer-comparison.md

Needs gcc with its thread sanitizer, and valgrind. It takes ten minutes
or so: a program that hangs is waited for.
"""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median

from collection import Lab, Pair, pairs

from grader.exploring.outcome import explore
from grader.run import Finished, Limits, run

LIMIT = 5.0  # seconds a run; who takes longer hangs
REPORTED = 66  # exit status by which the tools say that they have something to say


@dataclass(frozen=True)
class Seen:
    """What a tool said of one program."""

    how: str  # "" : nothing
    seconds: float  # until it said so, or until all runs were over

    def __str__(self) -> str:
        return f"{self.how}, {self.seconds:.2f} s" if self.how else "-"


@dataclass(frozen=True)
class Tool:
    """A way to look for bugs in one program."""

    name: str
    look: Callable[[Path, Path], Seen]


def series(command: Sequence[str | Path], runs: int, env: dict[str, str] | None = None) -> Seen:
    """Run a command again and again until it fails, or hangs twice: once may be the machine's fault."""
    began = time.monotonic()
    hangs = 0
    while runs > 0:
        done = run(command, Limits(seconds=LIMIT), cwd=Path.cwd(), env={**os.environ, **(env or {})})
        if done.timed_out:
            hangs += 1  # such a run does not count
            if hangs == 2:
                return Seen("hangs", time.monotonic() - began)
            continue
        if done.status:
            return Seen(_how(done), time.monotonic() - began)
        runs -= 1
    return Seen("", time.monotonic() - began)


def _how(done: Finished) -> str:
    if "ThreadSanitizer" in done.output and "WARNING: ThreadSanitizer" not in done.output:
        return "breaks down"
    return "reported" if done.status == REPORTED else "failed"


def compiled(source: Path, folder: Path, *flags: str) -> Path:
    """Compile a program as a student would."""
    program = folder / ("program" + "".join(flags).replace("=", "").replace("-", "_"))
    subprocess.run(["gcc", "-std=gnu11", "-g", "-O1", "-pthread", *flags, source, "-o", program], check=True)
    return program


def by_explorer(lab: Lab) -> Callable[[Path, Path], Seen]:
    """Return what `./workbook explore` does, without the words."""

    def look(source: Path, folder: Path) -> Seen:
        program = lab.build(source, folder)
        began = time.monotonic()
        bug = explore(program.path, {}).bug
        return Seen(bug.kind.replace("_", " ") if bug else "", time.monotonic() - began)

    return look


def by_tsan(source: Path, folder: Path) -> Seen:
    program = compiled(source, folder, "-fsanitize=thread")
    steady = ["setarch", "-R"] if shutil.which("setarch") else []
    return series([*steady, program], 20, {"TSAN_OPTIONS": f"exitcode={REPORTED}"})


def by_valgrind(tool: str) -> Callable[[Path, Path], Seen]:
    def look(source: Path, folder: Path) -> Seen:
        program = compiled(source, folder)
        return series(["valgrind", f"--tool={tool}", f"--error-exitcode={REPORTED}", program], 1)

    return look


def by_running(source: Path, folder: Path) -> Seen:
    return series([compiled(source, folder)], 100)


def examine(pair: Pair, tools: Sequence[Tool]) -> tuple[list[Seen], list[Seen]]:
    """Let each tool look at both programs of a pair."""
    with tempfile.TemporaryDirectory() as scratch:
        broken = [tool.look(pair.broken, Path(scratch)) for tool in tools]
        mended = [tool.look(pair.mended, Path(scratch)) for tool in tools]
    print(pair.name, *broken, sep=" | ", file=sys.stderr)
    return broken, mended


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    """Yield the lines of a table in Markdown."""
    yield "| " + " | ".join(head) + " |"
    yield "| --- " * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(map(str, row)) + " |"


def page(tools: Sequence[Tool], seen: dict[str, tuple[list[Seen], list[Seen]]]) -> Iterator[str]:
    """Yield the lines of the page."""
    yield "# The explorer beside other tools"
    yield ""
    yield (
        f"Made by `explorer/tests/compare.py` on {date.today()} ({platform.machine()}, "
        f"{os.cpu_count()} cores; "
        "one series each, the load not controlled), on the collection in `explorer/tests/bugs/`. "
        "The explorer has its default budget. "
        "The thread sanitizer had 20 runs, helgrind and drd one each, the plain program 100. A run may take "
        f"{LIMIT:.0f} s, then it hangs; a series ends when a run fails or is reported, or with the second "
        "that hangs. "
        "Seconds are without compiling. A hang or a crash counts as found, although nothing says why. "
        "Leaks and misuse of memory are other tools' business (memcheck, the address sanitizer). "
        "A bug counts as found when the tool says something of the broken program that it does not say "
        "of its mended twin too; whatever is said of a mended one is an alarm."
    )
    yield ""
    found = [[b[i] for b, m in seen.values() if b[i].how not in ("", m[i].how)] for i in range(len(tools))]
    alarms = [[name for name in seen if seen[name][1][i].how] for i in range(len(tools))]
    rows = [
        (tool.name, f"{len(found[i])} of {len(seen)}",
         f"{median(s.seconds for s in found[i]):.2f} s" if found[i] else "-", len(alarms[i]))
        for i, tool in enumerate(tools)
    ]  # fmt: skip
    yield from table(["", "found", "median time to find", "alarms on mended programs"], rows)
    yield ""
    names = [tool.name for tool in tools]
    yield from table(["broken program", *names], [(f"`{name}`", *seen[name][0]) for name in seen])
    yield ""
    yield "## Alarms on mended programs"
    yield ""
    flagged = [name for name in seen if any(s.how for s in seen[name][1])]
    yield from table(["mended program", *names], [(f"`{name}`", *seen[name][1]) for name in flagged])


def main() -> None:
    lab = Lab()
    tools = [
        Tool("explorer", by_explorer(lab)),
        Tool("gcc TSan", by_tsan),
        Tool("helgrind", by_valgrind("helgrind")),
        Tool("drd", by_valgrind("drd")),
        Tool("plain", by_running),
    ]
    wanted = [pair for pair in pairs() if not sys.argv[1:] or pair.name in sys.argv[1:]]
    with ThreadPoolExecutor(2) as workers:
        # The last ones sleep for a second a run: they go first, so that nobody waits for them in the end.
        results = list(workers.map(lambda pair: examine(pair, tools), reversed(wanted)))
    seen = {pair.name: result for pair, result in zip(wanted, reversed(results), strict=True)}
    print("\n".join(page(tools, seen)))


if __name__ == "__main__":
    main()
