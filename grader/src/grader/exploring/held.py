"""Which locks the two sides of a data race held, and what that suggests."""

from __future__ import annotations

from collections.abc import Sequence

from grader.exploring.outcome import Bug, Event, Note

_TAKES, _GIVES = ("lock", "read_lock", "write_lock"), ("unlock", "rw_unlock")
_BLOCKED = -1


def belief_behind(bug: Bug, events: Sequence[Event]) -> str:
    """Return the key of the belief that a race suggests, or "" for another kind of bug."""
    if bug.kind != "race" or len(bug.notes) < 2:
        return ""
    held = [_held_at(note, events) for note in bug.notes[:2]]
    if all(held):
        return "lock-not-tied-to-data"  # each a lock, and not the same
    return "check-outside-the-lock" if any(held) else "no-lock"


def _held_at(note: Note, events: Sequence[Event]) -> set[int]:
    """Return the locks that a thread held when it did what the note says."""
    own = [event for event in events if event.thread == note.thread]
    at = [index for index, event in enumerate(own) if event.pc == note.pc]
    held: set[int] = set()
    for event in own[: at[-1] if at else len(own)]:
        if event.what in _TAKES and event.detail != _BLOCKED:
            held.add(event.object)
        elif event.what in _GIVES:
            held.discard(event.object)
    return held
