"""Tell a bug: a sentence, who did what where, and the interleaving as a table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.exploring.outcome import Bug, Event, Note, Outcome
from grader.exploring.places import Place, Places
from grader.terminal import Look

_MOST_EVENTS = 40
_WHAT = {
    "lock": "a mutex", "cond_wait": "a condition variable", "read_lock": "a read-write lock",
    "write_lock": "a read-write lock", "sem_wait": "a semaphore", "barrier": "a barrier",
    "once": "pthread_once", "join": "the end of a thread", "io": "a descriptor",
    "address_wait": "a wake-up at an address", "together": "a meeting", "sleep": "a time",
}  # fmt: skip
_VERBS = {
    "begin": "begins", "memory": "touches", "atomic": "touches", "lock": "locks", "unlock": "unlocks",
    "cond_wait": "waits for", "cond_signal": "signals", "cond_broadcast": "broadcasts",
    "read_lock": "read-locks", "write_lock": "write-locks", "rw_unlock": "unlocks", "sem_wait": "takes",
    "sem_post": "posts", "barrier": "passes", "create": "starts", "join": "joins", "exit": "ends",
    "free": "frees", "destroy": "destroys", "io": "uses", "address_wait": "waits at",
    "address_wake": "wakes at", "fork": "forks", "sleep": "wakes from its sleep",
}  # fmt: skip
_ABOUT_MEMORY = ("race", "use_after_free", "double_free", "out_of_bounds")
_HOW = {0: "reads", 1: "writes"}


class Story:
    """The words for one outcome of one program."""

    def __init__(self, outcome: Outcome, places: Places) -> None:
        self._outcome = outcome
        self._places = places
        self._starts = {e.thread: e.object for e in outcome.events if e.what == "begin"}
        places.learn(_addresses(outcome))
        places.learn(self._starts.values(), are_returns=False)

    def thread(self, number: int) -> str:
        """Return what a thread is called: by its number and the function it runs."""
        if number == 0:
            return "main"
        start = self._starts.get(number)
        return f"T{number} ({self._places.at(start).function})" if start else f"T{number}"

    def sentence(self, bug: Bug) -> str:
        """Return the bug in one sentence, with the first place."""
        first = bug.notes[0] if bug.notes else None
        place = self.place(first) if first else Place("", "", 0)
        return f"{place}: {bug.text}" if place.file else bug.text

    def sides(self, bug: Bug) -> Iterator[str]:
        """Yield a line for each side of the bug."""
        for note in bug.notes:
            yield self._side(bug, note)

    def place(self, note: Note) -> Place:
        """Return where a note is, in the program's own files if it can be said."""
        for pc in (note.pc, *note.calls):
            place = self._places.at(pc)
            if place.file:
                return place
        return self._places.at(note.pc)

    def table(self, look: Look, most: int = _MOST_EVENTS) -> Iterator[str]:
        """Yield the interleaving: a column a thread, a line a step, time downwards."""
        events = [event for event in self._outcome.events if self._is_worth_a_line(event)]
        left_out = len(events) - most
        shown = events[-most:] if left_out > 0 else events
        threads = sorted({event.thread for event in shown})
        if left_out > 0:
            yield look.dim(f"({left_out} earlier steps left out)")
        width = max(20, min(44, (look.text_width - 6) // max(len(threads), 1)))
        yield look.bold("      " + "".join(self.thread(t)[: width - 2].ljust(width) for t in threads).rstrip())
        for event in shown:
            indent = " " * (width * threads.index(event.thread))
            yield f"{event.step:>5} {indent}{self._cell(event)}"

    def _side(self, bug: Bug, note: Note) -> str:
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
            return f"{who} waits for {self._awaited(note, name)} at {where}"
        if bug.kind in _ABOUT_MEMORY:
            return f"{who}: {note.what} of {name} at {where}"
        return f"{who} at {where}"

    def _awaited(self, note: Note, name: str) -> str:
        what = _WHAT.get(note.what, note.what)
        if note.what in ("join", "sleep"):
            return what
        held = f", held by {self.thread(note.owner)}," if note.owner >= 0 else ""
        return f"{what} ({name}){held}"

    def _is_worth_a_line(self, event: Event) -> bool:
        waits_then_goes_on = event.what == "unlock" and self._is_inside_wait(event)
        return not waits_then_goes_on

    def _is_inside_wait(self, event: Event) -> bool:
        return any(
            other.what == "cond_wait" and other.pc == event.pc and other.thread == event.thread
            for other in self._outcome.events
        )

    def _cell(self, event: Event) -> str:
        place = self._places.at(event.pc)
        verb = _VERBS.get(event.what, event.what)
        if event.what in ("memory", "atomic"):
            verb = _HOW.get(event.detail & 1, verb)
        if event.what == "begin":
            return "begins"
        if event.detail == -1:
            verb = f"{verb} (waits)" if event.what != "cond_wait" else verb
        line = self._places.line(place) if place.file else ""
        return f"{verb}  {place.line}: {line}" if line else verb


def _addresses(outcome: Outcome) -> set[int]:
    found = {event.pc for event in outcome.events if event.what != "begin"}
    for note in outcome.bug.notes if outcome.bug else ():
        found |= {note.pc, *note.calls}
    return found


def tried(outcome: Outcome) -> str:
    """Say what was tried, and no more than that."""
    parts = [f"{count:,} in {mode} mode" for mode, count in outcome.modes.items() if count]
    words = f"{outcome.schedules:,} schedules ({', '.join(parts)}) in {outcome.seconds:.2f} s"
    if outcome.is_exhaustive:
        words += (
            f"; among them all {outcome.exhausted_schedules:,} interleavings "
            f"with at most {outcome.bound} preemptions"
        )
    return words


def choices(sequence: Sequence[tuple[int, int]]) -> str:
    """Say how many switches had to be forced."""
    count = len(sequence)
    return f"{count} forced switch{'' if count == 1 else 'es'}" if count else "no forced switch: the default order"
