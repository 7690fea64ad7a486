"""What watch mode shows, as text."""

from __future__ import annotations

from collections.abc import Iterator

from grader.errors import WITHOUT_SOLUTIONS
from grader.hints import as_text
from grader.paths import Tree
from grader.session import Session
from grader.terminal import Look
from grader.text import render_exercise

_KEYS = {
    "n": "next",
    "p": "previous",
    "h": "hint",
    "t": "text of the lesson",
    "r": "run again",
    "d": "diff with our solution",
    "l": "list",
    "x": "reset",
    "?": "help",
    "q": "quit",
}

_HELP = """\
Edit the file, save it, and read the verdict here: it is graded whenever you save.

  n, p   the next exercise, the previous one
  h      a hint for the first thing that fails; there are three levels
  t      the text of the lesson
  r      run the tests again
  d      {diff}
  l      all exercises, and where you stand
  x      put the handed-out file back; yours is kept as a backup
  q      quit; Ctrl-C does as well, also in the middle of a grading"""


def keys(tree: Tree) -> dict[str, str]:
    """Return the keys and what they mean; those that mean nothing here are left out."""
    return {key: meaning for key, meaning in _KEYS.items() if key != "d" or tree.has_solutions}


def help_text(tree: Tree) -> str:
    """Return the keys with a sentence each."""
    return _HELP.format(diff="your code and our solution, compared" if tree.has_solutions else WITHOUT_SOLUTIONS)


def render(session: Session, note: str, look: Look) -> str:
    """Return the whole screen: the exercise, the verdict, a hint, a note, the keys."""
    parts = [*header(session, look), *_verdict(session, look)]
    if session.hint:
        parts += ["", as_text(session.hint, look)]
    if note:
        parts += ["", note]
    return "\n".join([*parts, "", _keys(session, look)])


def header(session: Session, look: Look) -> Iterator[str]:
    """Yield what stands on top: the exercise, the file to edit, the lesson."""
    exercise, road = session.exercise, session.road
    lesson = session.course.lesson(exercise.key)
    yield look.dim(f"{lesson.key}  {lesson.title}")
    yield look.bold(f"{exercise.key}  {exercise.title}") + look.dim(f"  ({exercise.minutes} minutes)")
    yield ""
    for number, place in enumerate(session.places):
        yield f"{'Edit' if number == 0 else '    '}  {look.place(session.file, place)}"
    yield f"Read  ./workbook read {lesson.key}  (or press t)"
    yield f"Road  {road.solved} of {road.total} exercises solved  (l lists them)"
    yield ""


def _verdict(session: Session, look: Look) -> Iterator[str]:
    if session.fault:
        yield look.red(session.fault.message)
        yield session.fault.hint
    elif session.result:
        yield render_exercise(session.result, look)
    if session.has_passed:
        following = session.neighbour(1)
        step = f"n: on to {following.key}." if following else "This was the last exercise."
        yield ""
        compare = "d: compare with our solution. " if session.course.tree.has_solutions else ""
        yield f"{look.green('Solved.')} {compare}{step}"


def _keys(session: Session, look: Look) -> str:
    """Return the line of keys, broken where the terminal ends."""
    lines, width = [""], 0
    for key, meaning in keys(session.course.tree).items():
        item = len(key) + 1 + len(meaning)
        if width and width + 3 + item > look.text_width:
            lines.append("")
            width = 0
        lines[-1] += f"{'   ' if width else ''}{look.bold(key)} {look.dim(meaning)}"
        width += item + (3 if width else 0)
    return "\n".join(lines)
