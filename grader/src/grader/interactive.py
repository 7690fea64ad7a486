"""Watch mode in a terminal: show the screen, and do what the keys ask for."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping

from grader.commands import diff, read, reset
from grader.commands import list as road_list
from grader.course import Exercise
from grader.errors import GraderError
from grader.hints import exhausted, first_failing
from grader.keyboard import Keyboard
from grader.screen import header, help_text, render
from grader.session import Session
from grader.skeletons import is_edited
from grader.terminal import Look, page_until_left
from grader.watching import POLL_SECONDS

_CLEAR = "\x1b[H\x1b[2J"
_CLEAR_LINE = "\r\x1b[K"


class Interactive:
    """One run of watch mode."""

    _session: Session
    _keyboard: Keyboard

    def __init__(self) -> None:
        self._can_clear = os.environ.get("TERM", "dumb") != "dumb"
        self._note = ""
        self._is_over = False
        self._actions: Mapping[str, Callable[[], None]] = {
            "n": lambda: self._go(1),
            "p": lambda: self._go(-1),
            "h": self._hint,
            "t": self._text,
            "r": self._run_again,
            "d": self._diff,
            "l": self._list,
            "x": self._reset,
            "?": self._help,
            "q": self._quit,
        }

    def run(self, session: Session, keyboard: Keyboard) -> None:
        """Watch until the learner quits."""
        self._session, self._keyboard = session, keyboard
        while not self._is_over:
            if session.was_saved():
                self._note = ""
            if session.is_due:
                self._grade()
            if key := keyboard.read(POLL_SECONDS):
                self._press(key)
            elif keyboard.screen_is_stale():
                self._draw()

    def show_progress(self, words: str) -> None:
        """Show in one line what the grader is doing."""
        line = f"{words[:1].upper()}{words[1:]} ... (q interrupts)"[: Look.of(sys.stdout).columns - 1]
        self._write(f"{_CLEAR_LINE}{line}" if self._can_clear else f"{line}\n")

    def _grade(self) -> None:
        look = Look.of(sys.stdout)
        self._show("\n".join(header(self._session, look)))
        self.show_progress("grading")
        with self._keyboard.interruptible():
            self._session.grade()
        self._draw()

    def _press(self, key: str) -> None:
        self._note = ""
        try:
            self._actions.get(key.lower(), self._unknown)()
        except GraderError as error:
            self._note = f"{error.message} {error.hint}"
        if not self._is_over and not self._session.is_due:  # else drawn with the verdict
            self._draw()

    def _go(self, step: int) -> None:
        neighbour = self._session.neighbour(step)
        if neighbour:
            self._session.open(neighbour)
        else:
            self._note = f"This is the {'last' if step > 0 else 'first'} exercise."

    def _hint(self) -> None:
        if self._session.has_passed:
            self._note = "It passes: no hint is needed."
        elif self._session.next_hint() is None:
            exercise = self._session.exercise
            check = first_failing(exercise, self._session.standing)
            tree = self._session.course.tree
            self._note = exhausted(tree, exercise, check) if check else "Nothing fails that has hints."

    def _text(self) -> None:
        course, exercise = self._session.course, self._session.exercise
        self._leaf_through(read.lesson_text(course, exercise.key, Look.of(sys.stdout)))

    def _run_again(self) -> None:
        self._session.is_due = True

    def _diff(self) -> None:
        exercise = self._session.exercise
        text = diff.comparison(self._session.course.tree, exercise, Look.of(sys.stdout))
        if not diff.may_see(self._session.standing):
            if not self._ask(diff.PEEK_QUESTION):
                return
            diff.remember_peek(self._session.state, exercise)
        self._leaf_through(text)

    def _list(self) -> None:
        look = Look.of(sys.stdout)
        self._leaf_through("\n".join(road_list.as_text(self._session.road, look)))

    def _reset(self) -> None:
        exercise: Exercise = self._session.exercise
        tree = self._session.course.tree
        if is_edited(tree, exercise.key) and not self._ask(reset.question([exercise])):
            return
        self._note = reset.reset(tree, exercise)
        self._session.open(exercise)

    def _unknown(self) -> None:
        self._note = "That key means nothing here; ? says which do."

    def _help(self) -> None:
        self._note = help_text(self._session.course.tree)

    def _quit(self) -> None:
        self._is_over = True

    def _ask(self, question: str) -> bool:
        """Ask for a key; everything but `y` is no."""
        self._note = f"{question} [y/N]"
        self._draw()
        while not (key := self._keyboard.read(POLL_SECONDS)):
            if self._keyboard.screen_is_stale():
                self._draw()
        self._note = ""
        return key in "yY"

    def _leaf_through(self, text: str) -> None:
        """Show a text that may be longer than the screen, until the learner has read it."""
        with self._keyboard.lent():
            was_shown = page_until_left(text)
        if not was_shown:
            self._show(f"{text}\n\nPress any key to go back.")
            while not self._keyboard.read(POLL_SECONDS):
                pass

    def _draw(self) -> None:
        self._show(render(self._session, self._note, Look.of(sys.stdout)))

    def _show(self, text: str) -> None:
        self._write(f"{_CLEAR if self._can_clear else ''}{text}\n")

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
