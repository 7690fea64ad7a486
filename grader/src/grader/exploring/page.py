"""The interleaving that shows a bug, as a page: one HTML file that needs nothing else.

A table has a column for each thread and a row for each step. Every cell says, as
its title, what its thread is doing then; page.js only shows that beside the table,
with the source. So the page works without scripts, and prints.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from pathlib import Path
from string import Template

from grader.exploring.lanes import Lane, moments
from grader.exploring.outcome import Bug, Event, Outcome
from grader.exploring.own_lines import own_steps
from grader.exploring.places import Place, Places
from grader.exploring.rows import Repeat, rows
from grader.exploring.steps import Step, steps_of
from grader.exploring.story import Story, switches
from grader.exploring.traces import StoredTrace

_LOCKS = ("lock", "read_lock", "write_lock")
_COLORS = 6  # of page.css
_MOST_CELLS = 20_000  # more would make a browser slow


def write_page(stored: StoredTrace, outcome: Outcome, *, every_step: bool) -> Path:
    """Write the page of a stored trace beside it; the outcome has its bug."""
    assert outcome.bug
    facts = [f"See it again as text: ./workbook replay {stored.id}."]
    if stored.flags:
        facts.append(f"Compiled with {stored.flags}.")
    places = Places(stored.program, stored.folder)
    text = page(outcome, outcome.bug, places, facts, stored.own_file, every_step=every_step)
    stored.page.write_text(text, encoding="utf-8")
    return stored.page


def page(
    outcome: Outcome,
    bug: Bug,
    places: Places,
    facts: Sequence[str],
    own_file: str = "",
    *,
    every_step: bool = False,
) -> str:
    """Return the page; `facts`: what else is to be said of the run.

    With `own_file` on its lines alone, unless every step is wanted.
    """
    story = Story(outcome, places, own_file)
    shown = _on_own_lines(outcome, places, own_file) if own_file and not every_step else outcome
    told = rows(steps_of(shown.events, places, shown.works, own_file), places, every_step=every_step)
    threads = sorted({event.thread for event in shown.events})
    most = _MOST_CELLS // max(len(threads), 1)
    table = _Table(shown, shown.bug or bug, story, places, threads)
    body = "\n".join(table.rows(told[-most:], len(told)))
    kind = bug.kind.replace("_", " ")
    return Template(_asset("html")).substitute(
        title=escape(f"{kind}: {story.sentence(bug)}"),
        heading=f"<b>{escape(kind)}</b>: {escape(story.sentence(bug))}",
        sides="\n".join(f"<li>{escape(side)}</li>" for side in story.sides(bug)),
        facts=escape(" ".join([f"{outcome.trace.mode} mode, {switches(outcome)}.", *facts])),
        legend=table.legend(),
        heads="".join(f'<th scope="col">{escape(story.thread(thread))}</th>' for thread in threads),
        lanes=len(threads),
        rows=body,
        sources="\n".join(table.sources()),
        style=_asset("css"),
        script=_asset("js"),
    )


def _on_own_lines(outcome: Outcome, places: Places, own_file: str) -> Outcome:
    """Return the outcome with the steps of the reader's own file; bugs come after the same steps as before."""
    steps = own_steps(outcome.events, places, own_file)

    def moved(bug: Bug | None) -> Bug | None:
        if not bug or not bug.at:
            return bug
        last = outcome.events[min(bug.at, len(outcome.events)) - 1]
        is_before = [s.step < last.step or (s.step, s.thread) == (last.step, last.thread) for s in steps]
        return replace(bug, at=sum(is_before))

    return replace(outcome, events=tuple(steps), bug=moved(outcome.bug), harm=moved(outcome.harm))


def _asset(suffix: str) -> str:
    return Path(__file__).with_name(f"page.{suffix}").read_text(encoding="utf-8")


class _Table:
    """The rows, and what they refer to: letters for locks, lines of sources."""

    def __init__(
        self, outcome: Outcome, bug: Bug, story: Story, places: Places, threads: Sequence[int]
    ) -> None:
        self._events = outcome.events
        self._story = story
        self._places = places
        self._threads = threads
        self._found = [(bug.at or len(outcome.events), f"{bug.kind.replace('_', ' ')}: {story.sentence(bug)}")]
        if outcome.harm:
            self._found.append((outcome.harm.at or len(outcome.events), story.harm()))
        self._letters: dict[int, str] = {}
        self._files: dict[str, int] = {}
        self._now = 0

    def rows(self, told: Sequence[Step | Repeat], in_all: int) -> Iterator[str]:
        """Yield the table's rows, with what was found among them."""
        if in_all > len(told):
            yield self._wide(f"({in_all - len(told)} earlier rows left out)")
        wanted = {row.until for row in told if isinstance(row, Step)}
        after = moments(self._events, wanted)
        for row in told:
            if isinstance(row, Repeat):
                yield self._wide(str(row))
                continue
            yield from self._finds_until(row.index)
            yield from self._time(row.event)
            yield self._step(row, next(after)[1])
        yield from self._finds_until(len(self._events))

    def legend(self) -> str:
        """Return what the lines and letters mean."""
        letters = ", ".join(
            f"{self._badge(lock)} {escape(self._places.name_of(lock))}" for lock in self._letters
        )
        held = (
            f" A boxed letter: the thread holds that lock; dashed: it waits for it. The locks: {letters}."
            if letters
            else ""
        )
        return f"A solid line beside a cell: the thread could run; dashed: it waits.{held}"

    def sources(self) -> Iterator[str]:
        """Yield the files that the rows refer to, a list item a line."""
        for file, number in self._files.items():
            yield f"<h2>{escape(Path(file).name)}</h2>\n<ol>"
            for at, line in enumerate(self._places.text(file), start=1):
                yield f'<li id="f{number}-{at}"><span>{at}</span><code>{escape(line)}</code></li>'
            yield "</ol>"

    def _wide(self, text: str, kind: str = "") -> str:
        row, cell = (f' class="{kind}"', f" {kind}") if kind else ("", "")
        return (
            f'<tr{row}><th></th><td class="wide{cell}" colspan="{len(self._threads)}">'
            f"<span>{escape(text)}</span></td></tr>"
        )

    def _finds_until(self, index: int) -> Iterator[str]:
        while self._found and self._found[0][0] <= index:
            yield self._wide(self._found.pop(0)[1], "found")

    def _time(self, event: Event) -> Iterator[str]:
        if event.nanoseconds > self._now:
            self._now = event.nanoseconds
            yield self._wide(f"time: {self._now / 1e9:.9f} s", "time")

    def _step(self, step: Step, lanes: Mapping[int, Lane]) -> str:
        cells = "".join(self._cell(thread, step, lanes) for thread in self._threads)
        number = f'<th scope="row">{step.event.step}</th>'
        return f'<tr class="step" id="step-{step.index}">{number}{cells}</tr>'

    def _cell(self, thread: int, step: Step, lanes: Mapping[int, Lane]) -> str:
        lane = lanes.get(thread)
        acts = thread == step.event.thread
        kind = "waits" if lane and lane.awaits else "ready" if lane and lane.is_there else ""
        anchor = self._anchor(self._places.at(lane.pc)) if lane and lane.pc else ""
        classes = " ".join(filter(None, [kind, "acts" if acts else ""]))
        attributes = f' class="{classes}"' if classes else ""
        attributes += f' data-at="{anchor}"' if anchor else ""
        words = self._says(thread, lanes)
        content = f"<span>{escape(step.verb)}</span> " if acts else ""
        content += "".join(self._badges(lane)) if lane else ""
        content += self._link(step) if acts else ""
        return f'<td{attributes} title="{escape(words)}">{content}</td>'

    def _link(self, step: Step) -> str:
        anchor = self._anchor(step.place)
        line = escape(step.line).replace("(", "(<wbr>").replace("-&gt;", "<wbr>-&gt;")
        text = f"<code>{step.where}:&nbsp;{line}</code>" if line else ""
        return f'<a href="#{anchor}">{text}</a>' if anchor and text else text

    def _anchor(self, place: Place) -> str:
        if not self._places.line(place) or not place.is_of_program:
            return ""
        return f"f{self._files.setdefault(place.file, len(self._files))}-{place.line}"

    def _badges(self, lane: Lane) -> Iterator[str]:
        yield from (self._badge(lock) for lock in lane.holds)
        if lane.awaits and lane.awaits.what in _LOCKS:
            yield self._badge(lane.awaits.object, wanted=True)

    def _badge(self, lock: int, wanted: bool = False) -> str:
        letter = self._letter(lock)
        color = list(self._letters).index(lock) % _COLORS
        kind = " wanted" if wanted else ""
        return f'<span class="lock lock-{color}{kind}">{letter}{"?" if wanted else ""}</span>'

    def _letter(self, lock: int) -> str:
        at = len(self._letters)
        return self._letters.setdefault(lock, chr(ord("A") + at % 26) + (str(at // 26) if at >= 26 else ""))

    def _says(self, thread: int, lanes: Mapping[int, Lane]) -> str:
        lane = lanes.get(thread)
        if lane is None or not lane.is_there:
            return "not started" if lane is None else "has ended"
        held = [f"holds {self._letter(lock)} ({self._places.name_of(lock)})" for lock in lane.holds]
        if not lane.awaits:
            return "; ".join(["can run", *held])
        event = lane.awaits
        if event.what in ("sleep", "work"):
            return "; ".join([f"{event.what}s", *held])
        owners = [event.object] if event.what == "join" else []
        owners += [other for other, its in lanes.items() if event.object in its.holds]
        awaited = self._story.awaited(event.what, event.object, owners[0] if owners else -1)
        return "; ".join([f"waits for {awaited}", *held])
