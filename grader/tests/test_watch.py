"""`watch`: a verdict for each save, and keys in a terminal that stays usable."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from fake_grader import FakeGrader
from learner import KEY, OTHER, Learner, Terminal, environment, fake

from grader.course import load_course
from grader.paths import Tree
from grader.session import Session
from grader.watching import FileWatcher

READY = "q quit"  # the end of a drawn screen: from here on keys are taken


@pytest.fixture
def learner(own_tiny: Path) -> Learner:
    """Return a learner at the start of the tiny course."""
    return Learner(own_tiny)


@pytest.fixture
def terminal(learner: Learner) -> Iterator[Terminal]:
    """Return watch mode as `./workbook` starts it, with the first screen drawn."""
    env = environment(learner.root, NO_COLOR="1")
    with Terminal(fake(), learner.root, env) as terminal:
        terminal.shows(READY)
        yield terminal


def _session(learner: Learner) -> Session:
    """Return a session whose watcher needs no time to see a file rest."""
    course = load_course(Tree(learner.root))
    seconds = iter(range(1_000_000))

    def watcher(path: Path) -> FileWatcher:
        return FileWatcher(path, clock=lambda: float(next(seconds)))

    return Session(course, course.exercises[0], FakeGrader(course).grade, watcher)


# Without a terminal --------------------------------------------------------


def test_without_a_terminal_there_is_a_line_a_verdict_and_no_escape_code(learner: Learner) -> None:
    done = learner.calls("watch", KEY, "--polls", "1")
    assert done.code == 0
    watching, verdict = done.out.splitlines()
    assert f"exercises/{KEY}.c" in watching
    assert f"{KEY}: failed, 0 of 100 points: A number is doubled" in verdict


def test_without_a_terminal_a_save_gives_another_line(learner: Learner) -> None:
    with subprocess.Popen(
        fake("watch", KEY),
        stdout=subprocess.PIPE,
        stdin=subprocess.DEVNULL,
        text=True,
        env=environment(learner.root),
    ) as process:
        assert process.stdout
        process.stdout.readline()
        assert "failed" in process.stdout.readline()
        learner.saves("SOLVED")
        assert "passed, 100 of 100" in process.stdout.readline()
        process.send_signal(signal.SIGINT)
    assert process.returncode == 130


def test_without_a_terminal_a_fault_of_the_graders_ends_it(learner: Learner) -> None:
    learner.saves("FAULT")
    done = learner.calls("watch", KEY)
    assert done.code == 3 and "The fake grader broke." in done.err


def test_when_all_is_solved_there_is_nothing_to_watch(learner: Learner) -> None:
    for key in (KEY, OTHER):
        learner.saves("SOLVED", key)
        learner.calls("hint", key)
    done = learner.calls("watch")
    assert done.code == 0 and "Every exercise is solved" in done.out


def test_an_unknown_key_is_wrong_usage(learner: Learner) -> None:
    assert learner.calls("watch", "nothing").code == 2


# The session ---------------------------------------------------------------


def test_a_hint_stays_while_its_check_fails_and_goes_when_it_passes(learner: Learner) -> None:
    session = _session(learner)
    session.grade()
    session.next_hint()
    learner.saves("still wrong")
    session.grade()
    assert session.hint and session.hint.check.id == "doubles"
    learner.saves("SOLVED")
    session.grade()
    assert session.has_passed and session.hint is None


def test_a_save_during_grading_is_graded_afterwards(learner: Learner) -> None:
    session = _session(learner)
    learner.saves("saved while grading")  # the watcher has begun before that
    session.grade()
    looks = [session.was_saved() for _ in range(3)]
    assert looks == [False, True, False] and session.is_due


def test_the_road_ends_on_both_sides(learner: Learner) -> None:
    session = _session(learner)
    assert session.neighbour(-1) is None
    following = session.neighbour(1)
    assert following and following.key == OTHER
    session.open(following)
    assert session.neighbour(1) is None and session.is_due


# In a terminal -------------------------------------------------------------


def test_the_first_screen_says_what_to_edit_and_what_fails(learner: Learner) -> None:
    with Terminal(fake(), learner.root, environment(learner.root, NO_COLOR="1")) as terminal:
        screen = terminal.shows(READY)
    for words in (f"exercises/{KEY}.c:6", "./workbook read 01_tiny", "A number is doubled", "h hint"):
        assert words in screen


def test_saving_in_place_and_by_rename_are_both_graded(learner: Learner, terminal: Terminal) -> None:
    learner.saves("SYNTAX ERROR")
    assert "did not compile" in terminal.shows(READY)
    draft = learner.file().with_suffix(".c.new")
    draft.write_text("SOLVED")
    draft.replace(learner.file())
    screen = terminal.shows(READY)
    assert "100 of 100" in screen and f"n: on to {OTHER}" in screen


def test_keys_turn_the_pages_and_give_hints(learner: Learner, terminal: Terminal) -> None:
    terminal.types("h")
    assert "Hint 1 of 3" in terminal.shows(READY)
    terminal.types("h")
    assert "Hint 2 of 3" in terminal.shows(READY)
    terminal.types("n")
    assert f"{OTHER}  Two at once" in terminal.shows(READY)
    terminal.types("n")
    assert "This is the last exercise." in terminal.shows(READY)
    terminal.types("p")
    assert f"{KEY}  Double a number" in terminal.shows(READY)
    terminal.types("?")
    terminal.shows("it is graded whenever you save")
    assert learner.standing()["hints"] == {"doubles": 2}


@pytest.mark.parametrize("keys", ["z", "\x1b[A", "zxxyyqqnn"])
def test_arrow_keys_and_pasted_text_set_nothing_off(learner: Learner, terminal: Terminal, keys: str) -> None:
    learner.saves("mine")
    terminal.shows(READY)
    terminal.types(keys)  # in one piece, of which only the beginning counts
    assert "That key means nothing here" in terminal.shows(READY)
    terminal.types("?")
    assert "[y/N]" not in terminal.shows("it is graded whenever you save")
    assert learner.file().read_text() == "mine"


def test_reset_asks_and_keeps_a_backup(learner: Learner, terminal: Terminal) -> None:
    learner.saves("mine")
    terminal.shows(READY)
    terminal.types("x")
    terminal.shows("[y/N]")
    terminal.shows(READY)
    terminal.types("n")
    terminal.shows(READY)
    assert learner.file().read_text() == "mine"
    terminal.types("x")
    terminal.shows("[y/N]")
    terminal.shows(READY)
    terminal.types("y")
    terminal.shows(".workbook/backups")
    assert "TODO" in learner.file().read_text()


def test_the_solution_is_shown_after_a_yes(learner: Learner) -> None:
    env = environment(learner.root, NO_COLOR="1", PATH="/nonexistent")  # no pager: any key goes back
    with Terminal(fake(), learner.root, env) as terminal:
        terminal.shows(READY)
        terminal.types("d")
        terminal.shows("Nobody counts it against you. [y/N]")
        terminal.shows(READY)
        terminal.types("y")
        assert "return 2 * number;" in terminal.shows("Press any key")
        terminal.types(" ")
        terminal.shows(READY)
    assert learner.standing()["peeked"]


def test_a_fault_of_the_graders_is_shown_and_watching_goes_on(learner: Learner, terminal: Terminal) -> None:
    learner.saves("FAULT")
    assert "The fake grader broke." in terminal.shows(READY)
    learner.saves("SOLVED")
    assert "100 of 100" in terminal.shows(READY)


@pytest.mark.parametrize("leave", ["q", "\x03"])
def test_leaving_gives_the_terminal_back(terminal: Terminal, leave: str) -> None:
    assert not terminal.is_as_usual()
    terminal.types(leave)
    assert terminal.ends() == 0 and terminal.is_as_usual()


@pytest.mark.parametrize("leave", ["q", "\x03"])
def test_a_grading_that_hangs_can_be_left(learner: Learner, terminal: Terminal, leave: str) -> None:
    learner.saves("HANG")
    terminal.shows("Reading ...")
    terminal.types("n")  # dropped
    terminal.types(leave)
    assert terminal.ends() == 0 and terminal.is_as_usual()
    assert not (learner.root / ".workbook" / "state.json").exists() or learner.standing()["attempts"] == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT])
def test_a_signal_that_ends_it_gives_the_terminal_back(terminal: Terminal, number: signal.Signals) -> None:
    os.kill(terminal.pid, number)
    assert terminal.ends() == 128 + number and terminal.is_as_usual()


def test_stopping_gives_the_terminal_back_for_as_long(learner: Learner) -> None:
    script = 'trap : TSTP; "$@"; echo has stopped; read go; fg; echo "it was $?"'
    command = ["sh", "-m", "-c", script, "shell", *fake()]
    with Terminal(command, learner.root, environment(learner.root, NO_COLOR="1")) as terminal:
        terminal.shows(READY)
        assert not terminal.is_as_usual()
        terminal.types("\x1a")
        terminal.shows("has stopped")
        assert terminal.is_as_usual()
        terminal.types("go\n")
        terminal.shows(READY)  # the screen is drawn again
        assert not terminal.is_as_usual()
        terminal.types("q")
        terminal.shows("it was 0")
        assert terminal.is_as_usual()


def test_a_dumb_terminal_gets_no_escape_codes(learner: Learner) -> None:
    with Terminal(fake(), learner.root, environment(learner.root, TERM="dumb", LC_ALL="C")) as terminal:
        screen = terminal.shows(READY)
        terminal.types("q")
        assert terminal.ends() == 0
    assert "\x1b" not in screen and screen.isascii()
