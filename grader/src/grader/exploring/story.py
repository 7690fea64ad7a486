"""Tell a bug in words: a sentence, and who did what where. The steps are in steps.py."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.exploring.outcome import Bug, Note, Outcome
from grader.exploring.own_lines import is_own, own_pc
from grader.exploring.places import Place, Places

_WHAT = {
    "lock": "a mutex", "cond_wait": "a condition variable", "read_lock": "a read-write lock",
    "write_lock": "a read-write lock", "sem_wait": "a semaphore", "barrier": "a barrier",
    "once": "pthread_once", "join": "the end of a thread",
    "address_wait": "a wake-up at an address", "together": "a meeting", "sleep": "a time",
    "sigwait": "a signal", "pause": "a signal",
}  # fmt: skip
_TOUCHES = ("read", "write", "atomic read", "atomic write", "free", "use", "initialisation", "destruction")
MODES = {
    "spurious": "In this mode a wait may end without a signal, as POSIX allows.",
    "hostile": "In this mode a sleep or a time limit may end while others could still run, as on a "
    "busy machine.",
}


class Story:
    """The words for one outcome of one program."""

    def __init__(self, outcome: Outcome, places: Places, own_file: str = "") -> None:
        """`own_file`: the name of the file whose lines the reader knows best, if there is one."""
        self.own_file = own_file
        self._callers = {(e.thread, e.pc): e.calls for e in outcome.events}
        self._outcome = outcome
        self._places = places
        self._starts = {e.thread: e.object for e in outcome.events if e.what == "begin"}
        if outcome.bug:
            self._starts |= {n.thread: n.object for n in outcome.bug.notes if n.role == "created"}
        places.call(outcome.names)
        places.learn(_addresses(outcome), starts=self._starts.values())

    @property
    def works(self) -> Sequence[str]:
        """Return the names of what takes time in the program."""
        return self._outcome.works

    def thread(self, number: int) -> str:
        """Return what a thread is called: by its number and the function it runs."""
        if number == 0:
            return "main"
        start = self._starts.get(number)
        if not start:
            return f"T{number}"
        place = self._places.at(start)
        is_workers = place.library or (self.own_file and not place.is_of_program)
        return f"T{number} ({'worker' if is_workers else place.function})"

    def sentence(self, bug: Bug) -> str:
        """Return the bug in one sentence, with the first place."""
        if bug.cause == "unended_wait" and (waits := self._readers_own(bug)):
            return f"{self.place(waits[0])}: nobody ends this wait"
        first = bug.notes[0] if bug.notes else None
        place = self.place(first) if first else Place("", "", 0)
        return f"{place}: {bug.text}" if place.file else bug.text

    def sides(self, bug: Bug) -> Iterator[str]:
        """Yield a line for each side of the bug; a worker that waits for work is none."""
        own = self._readers_own(bug) if bug.cause == "unended_wait" else []
        for note in own or bug.notes:
            yield self._side(note)

    def place(self, note: Note) -> Place:
        """Return where a note is, in the program's own files if it can be said."""
        calls = note.calls or self._callers.get((note.thread, note.pc), ())
        return self._places.at(own_pc(note.pc, calls, self._places, self.own_file) or note.pc)

    def _readers_own(self, bug: Bug) -> list[Note]:
        """Return the sides outside of cfutures: those of the reader's file first, then who waits there itself."""

        def rank(note: Note) -> tuple[bool, bool]:
            return not is_own(self.place(note), self.own_file), bool(self._places.at(note.pc).library)

        return sorted((note for note in bug.notes if not self.place(note).library), key=rank)

    def harm(self) -> str:
        """Return what came of a race in the run that is shown, or ''."""
        harm = self._outcome.harm
        return f"What came of it in this run: {self.sentence(harm)}" if harm else ""

    def awaited(self, what: str, address: int, owner: int) -> str:
        """Return what a thread waits for; `owner`: the thread that has it, or -1."""
        if what == "join" and owner >= 0:
            return f"the end of {self.thread(owner)}"
        if what in ("join", "sleep", "together", "sigwait", "pause"):
            return _WHAT[what]
        if what == "io":
            return f"descriptor {address}"
        held = f", held by {self.thread(owner)}" if owner >= 0 else ""
        return f"{_WHAT.get(what, what)} ({self._places.name_of(address)}){held}"

    def _side(self, note: Note) -> str:
        who = self.thread(note.thread)
        place = self.place(note)
        where = f"{place}: {self._places.line(place)}" if place.file else "an unknown place"
        name = self._places.name_of(note.object) if note.object else ""
        simple = {
            "holds": f"{who} holds {name} since {where}",
            "allocated": f"{note.value} bytes, allocated by {who} at {where}",
            "freed": f"freed by {who} at {where}",
            "created": f"{who} was started at {where}",
            "owner": f"the variable belonged to {who}",
        }
        if note.role in simple:
            return simple[note.role]
        if note.role == "waits":
            if note.what == "address_wait" and self._places.at(note.pc).library:
                return f"{who} waits at {where}"
            comma = "," if note.owner >= 0 and note.what != "join" else ""
            return f"{who} waits for {self.awaited(note.what, note.object, note.owner)}{comma} at {where}"
        if note.what in _TOUCHES and name:
            return f"{who}: {note.what} of {name} at {where}"
        return f"{who} at {where}"


def _addresses(outcome: Outcome) -> set[int]:
    found = {pc for event in outcome.events for pc in (event.pc, *event.calls) if event.what != "begin"}
    for bug in filter(None, (outcome.bug, outcome.harm)):
        for note in bug.notes:
            found |= {note.pc, *note.calls}
    return found


def tried(outcome: Outcome) -> str:
    """Say what was tried, and no more than that."""
    parts = [f"{count:,} in {mode} mode" for mode, count in outcome.modes.items() if count]
    count = f"{outcome.schedules:,} schedule{'' if outcome.schedules == 1 else 's'}"
    words = f"{count} ({', '.join(parts)}) in {outcome.seconds:.2f} s"
    if outcome.is_exhaustive:
        words += (
            f"; they cover all {outcome.interleavings:,} interleavings "
            f"with at most {outcome.bound} preemptions"
        )
    if outcome.stopped_by == "seconds":
        words += "; the time was up before all that was asked for"
    return words


def found(outcome: Outcome) -> Iterator[str]:
    """Yield how the bug was found, and what its mode means."""
    yield (
        f"Found in {outcome.trace.mode} mode, in schedule {outcome.found_at:,}; tried: {tried(outcome)}. "
        f"This run has {switches(outcome)}."
    )
    if outcome.trace.mode in MODES:
        yield MODES[outcome.trace.mode]
    yield from backend(outcome)
    if not outcome.replays:
        yield "It did not show again when replayed: the program depends on something outside of it."


def backend(outcome: Outcome) -> Iterator[str]:
    """Say that real threads were used, why, and what that means."""
    if outcome.backend == "pthreads":
        yield (
            f"On real threads instead of fibers ({outcome.why_threads}): slower, with a budget of "
            f"{outcome.budget:,} schedules."
        )


def switches(outcome: Outcome) -> str:
    """Say how much of the run differs from the default order."""
    count = len(outcome.trace.choices)
    if not count:
        return "no forced switch: it is the default order"
    return f"{count} forced switch{'' if count == 1 else 'es'}"
