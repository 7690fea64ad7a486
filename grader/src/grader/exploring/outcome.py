"""Run an explored program, and read what the explorer found, as data."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from grader.errors import GraderError
from grader.module_places import with_places
from grader.run import REPORT_FD, Limits, run

_LARGEST_FILE = 64 << 20
_MORE_SECONDS = 60.0  # for making the trace small, and for a busy machine


@dataclass(frozen=True)
class Budget:
    """How much is tried: never a time, so that it is the same everywhere."""

    schedules: int
    seed: int


_SENT = "a signal came when nobody waited"  # so says the explorer of a lost wake-up


@dataclass(frozen=True)
class Note:
    """One side of a bug: which thread, where, doing what."""

    role: str  # access, other, waits, holds, allocated, freed, owner, created
    thread: int
    what: str
    object: int
    owner: int  # the thread that holds the object, or -1
    value: int
    pc: int
    calls: tuple[int, ...]


@dataclass(frozen=True)
class Bug:
    """What is wrong, as the explorer says it."""

    kind: str
    text: str
    at: int  # number of events before it
    notes: tuple[Note, ...]

    @property
    def cause(self) -> str:
        """Return the kind, with one told apart: no wake-up is lost where none was sent."""
        is_unended = self.kind == "lost_wakeup" and _SENT not in self.text
        return "unended_wait" if is_unended else self.kind

    @property
    def is_survived(self) -> bool:
        """Whether the run went on to its end: two accesses that nothing orders, or a thread left behind."""
        is_unordered = len(self.notes) == 2 and self.notes[1].role == "other"
        return is_unordered or self.kind == "thread_leak"


@dataclass(frozen=True)
class Event:
    """One step of the interleaving that shows the bug."""

    step: int
    thread: int
    what: str
    pc: int
    detail: int  # -1: the thread has to wait
    object: int  # its address; of create and join: the other thread's number
    nanoseconds: int
    calls: tuple[int, ...]  # who called the function; innermost first


@dataclass(frozen=True)
class Trace:
    """What has to be repeated to see the same run again."""

    mode: str
    seed: int
    racy: tuple[int, ...]
    choices: tuple[tuple[int, int], ...]

    def to_text(self) -> str:
        """Return the trace as the explorer reads it."""
        return (
            "xp-trace 1\n"
            f"mode {self.mode}\n"
            f"seed {self.seed}\n"
            f"racy {' '.join(str(pc) for pc in self.racy)}\n"
            f"choices {' '.join(f'{at}={taken}' for at, taken in self.choices)}\n"
        )


@dataclass(frozen=True)
class Outcome:
    """The result of a search, or of a replay."""

    schedules: int
    interleavings: int  # that an exhaustive search covers
    is_exhaustive: bool
    bound: int
    seconds: float
    stopped_by: str
    backend: str
    modes: Mapping[str, int]
    elapsed: int  # virtual nanoseconds of the last schedule
    found_at: int  # number of the first schedule that failed
    replays: bool  # the bug showed again, step by step
    digest: str  # of all schedules: equal searches have equal ones
    bug: Bug | None
    harm: Bug | None  # what came of a race in the run that is shown
    also: tuple[str, ...]
    trace: Trace
    events: tuple[Event, ...]
    works: tuple[str, ...]  # names of what took time; a work event's object counts from 1
    names: Mapping[int, str]  # what the program calls its objects (xp_name)
    output: str  # what the program printed, when it was allowed to
    budget: int = 0  # how many schedules were to be sampled
    why_threads: str = ""  # why real threads were used instead of fibers

    @property
    def end(self) -> Bug | None:
        """Return what kept the run from its proper end, or None."""
        if self.bug and not self.bug.is_survived:
            return self.bug
        return self.harm if self.harm and not self.harm.is_survived else None


def explore(
    program: Path,
    options: Mapping[str, object],
    arguments: Sequence[str] = (),
    emulator: Sequence[str] = (),
    scratch: Path | None = None,
    more_seconds: float = _MORE_SECONDS,
) -> Outcome:
    """Let the explorer run a program; `options` are those of control.c, `emulator` what starts it.

    With a scratch folder the program has that for its own, and nothing of our environment.
    """
    seconds = float(str(options.get("seconds", 10)))
    words = ",".join([*(f"{name}={value}" for name, value in options.items()), f"report={REPORT_FD}"])
    finished = run(
        ["/usr/bin/env", f"XP_OPTIONS={words}", *emulator, program, *arguments],
        Limits(seconds=seconds + more_seconds, file_bytes=_LARGEST_FILE),
        cwd=scratch or Path.cwd(),
        env=_own_environment(scratch) if scratch else None,
    )
    try:
        return _outcome(json.loads(finished.report), finished.output, program)
    except (ValueError, KeyError) as error:
        why = "did not end in time" if finished.timed_out else f"ended with status {finished.status}"
        raise GraderError(f"The explorer {why}: {finished.output.strip()[-300:]}") from error


def _own_environment(scratch: Path) -> dict[str, str]:
    own = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8"}
    return {**own, "HOME": str(scratch), "TMPDIR": str(scratch)}


def _outcome(facts: dict[str, Any], output: str, program: Path) -> Outcome:
    trace = facts["trace"]
    return Outcome(
        schedules=facts["schedules"],
        interleavings=facts["interleavings"],
        is_exhaustive=facts["exhaustive"],
        bound=facts["bound"],
        seconds=facts["seconds"],
        stopped_by=facts["stopped_by"],
        backend=facts["backend"],
        modes=facts["modes"],
        elapsed=facts["elapsed"],
        found_at=facts["found_at"],
        replays=facts["replays"],
        digest=facts["digest"],
        bug=_bug(facts["bug"], program),
        harm=_bug(facts["harm"], program),
        also=tuple(facts["also"]),
        trace=Trace(
            trace["mode"], trace["seed"], tuple(trace["racy"]), tuple((at, to) for at, to in trace["choices"])
        ),
        events=tuple(_event(event) for event in facts["events"]),
        works=tuple(facts["works"]),
        names=dict(facts["names"]),
        output=output,
        budget=facts["budget"],
        why_threads=facts["why_threads"],
    )


def _event(facts: list[Any]) -> Event:
    facts[-1] = tuple(facts[-1])
    return Event(*facts)


def _bug(facts: dict[str, Any] | None, program: Path) -> Bug | None:
    if facts is None:
        return None
    text = with_places(facts["text"], [program])
    return Bug(facts["kind"], text, facts["at"], tuple(_note(note) for note in facts["notes"]))


def _note(facts: dict[str, Any]) -> Note:
    facts["calls"] = tuple(facts["calls"])
    return Note(**facts)
